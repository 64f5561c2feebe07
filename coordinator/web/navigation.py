"""The places of the coordinators' side, in the order of the menu. A place that is not built yet is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Place:
    """One entry: its endpoint, its word, a shorter word for a phone's tab, its icon.

    ``covers`` names blueprints whose every page counts as this place; ``tab`` False keeps it out of the tabs.
    """

    endpoint: str
    word: LazyString
    short: LazyString
    icon: str
    covers: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()  # of its page, in the query
    tab: bool = True
    only_simulated: bool = False


@dataclass(frozen=True)
class Link:
    """A place as one page shows it."""

    word: str
    short: str
    icon: str
    url: str
    here: bool
    count: int
    tab: bool


VOLUNTEERS = Place(
    "volunteers.plan",
    _l("Volunteers"),
    _l("Shifts"),
    "hand",
    covers=("volunteers", "after", "cover", "prints", "poster", "sheet", "door", "kiosk"),
)
TEXTS = Place("texts.planned", _l("Texts"), _l("Texts"), "chat", covers=("texts", "rules"))
PLACES = (
    Place("desk.overview", _l("Overview"), _l("Overview"), "home"),
    Place("lineup.running_order", _l("Running order"), _l("Order"), "list"),
    Place("lineup.performers", _l("Performers"), _l("Acts"), "people", tab=False),
    VOLUNTEERS,
    TEXTS,
    Place("show.show", _l("Show night"), _l("Tonight"), "lamp", covers=("show",)),
)
NIGHT_PLACES = (
    Place("show.show", _l("Show night"), _l("Show"), "lamp"),
    Place("show.people", _l("People"), _l("People"), "people"),
    Place("sheet.tonight", _l("Shift sheet"), _l("Shifts"), "hand", covers=("sheet",)),
    TEXTS,
    Place("desk.overview", _l("Overview"), _l("Overview"), "home"),
)
HOUSE_PLACES = (
    Place("desk.shows", _l("All shows"), _l("Shows"), "cal", asks=(("all", "1"),)),
    Place("desk.start_show", _l("Start a show"), _l("Start"), "plus"),
    Place("texting.set_up", _l("Set up texts"), _l("Set up"), "send", covers=("texting",)),
    Place("messaging.phones", _l("Phones"), _l("Phones"), "phone", covers=("messaging",), only_simulated=True),
)


def init_app(app: Flask, *, simulated: bool) -> None:
    """Give the layouts ``places(slug, needs)``, ``night_places(slug, needs)`` and ``house_places()``.

    ``needs`` counts what waits at a place, by its endpoint. ``simulated``: phones are simulated.
    """

    def shown(place: Place) -> bool:
        return place.endpoint in current_app.view_functions and (simulated or not place.only_simulated)

    def of_event(all_places: tuple[Place, ...], slug: str, needs: dict[str, int] | None) -> list[Link]:
        return [_link(place, (needs or {}).get(place.endpoint, 0), slug=slug) for place in all_places if shown(place)]

    def places(slug: str, needs: dict[str, int] | None = None) -> list[Link]:
        return of_event(PLACES, slug, needs)

    def night_places(slug: str, needs: dict[str, int] | None = None) -> list[Link]:
        return of_event(NIGHT_PLACES, slug, needs)

    def house_places() -> list[Link]:
        return [_link(place, 0, **dict(place.asks)) for place in HOUSE_PLACES if shown(place)]

    app.jinja_env.globals.update(
        places=places,
        night_places=night_places,
        house_places=house_places,
        built=lambda endpoint: endpoint in current_app.view_functions,
    )


def _link(place: Place, count: int, **values: Any) -> Link:
    return Link(
        word=str(place.word),
        short=str(place.short),
        icon=place.icon,
        url=url_for(place.endpoint, **values),
        here=request.endpoint == place.endpoint or request.blueprint in place.covers,
        count=count,
        tab=place.tab,
    )
