"""The places of the coordinators' side, in the order of the menu. A place that is not built yet is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Place:
    """One entry: its endpoint, its word, a shorter word for a phone's tab, its icon."""

    endpoint: str
    word: LazyString
    short: LazyString
    icon: str
    tab: bool = True
    of_event: bool = True
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


PLACES = (
    Place("desk.overview", _l("Overview"), _l("Overview"), "home"),
    Place("lineup.running_order", _l("Running order"), _l("Order"), "list"),
    Place("lineup.performers", _l("Performers"), _l("Acts"), "people", tab=False),
    Place("shifts.volunteers", _l("Volunteers"), _l("Shifts"), "hand"),
    Place("messaging.texts", _l("Texts"), _l("Texts"), "chat"),
    Place("shownight.live", _l("Show night"), _l("Tonight"), "lamp"),
)
HOUSE_PLACES = (
    Place("desk.shows", _l("All shows"), _l("Shows"), "cal", tab=False, of_event=False),
    Place("desk.start_show", _l("Start a show"), _l("Start"), "plus", tab=False, of_event=False),
    Place("messaging.phones", _l("Phones"), _l("Phones"), "phone", tab=False, of_event=False, only_simulated=True),
)


def init_app(app: Flask, *, simulated: bool) -> None:
    """Give the layouts ``places(event, needs)`` and ``house_places()``. ``simulated``: phones are simulated."""

    def shown(place: Place) -> bool:
        return place.endpoint in current_app.view_functions and (simulated or not place.only_simulated)

    def places(slug: str, needs: dict[str, int] | None = None) -> list[Link]:
        return [_link(place, (needs or {}).get(place.endpoint, 0), slug=slug) for place in PLACES if shown(place)]

    def house_places() -> list[Link]:
        return [_link(place, 0) for place in HOUSE_PLACES if shown(place)]

    app.jinja_env.globals.update(
        places=places, house_places=house_places, built=lambda endpoint: endpoint in current_app.view_functions
    )


def _link(place: Place, count: int, **values: Any) -> Link:
    return Link(
        word=str(place.word),
        short=str(place.short),
        icon=place.icon,
        url=url_for(place.endpoint, **values),
        here=request.endpoint == place.endpoint,
        count=count,
        tab=place.tab,
    )
