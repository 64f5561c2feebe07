"""The entries of the coordinators' menu, in order."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from .guard import may_open


@dataclass(frozen=True)
class MenuPlace:
    """One entry: its endpoint, its name, a shorter name for a phone's tab, its icon.

    ``covers`` names blueprints whose every page belongs to this entry; ``tab`` False keeps it out of the tabs.
    """

    endpoint: str
    word: LazyString
    short: LazyString
    icon: str
    covers: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()  # arguments of its page's query string
    tab: bool = True
    only_simulated: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it."""

    word: str
    short: str
    icon: str
    url: str
    here: bool
    count: int
    tab: bool


VOLUNTEERS = MenuPlace(
    "shift_plan.plan",
    _l("Volunteers"),
    _l("Shifts"),
    "hand",
    covers=("shift_plan", "cover", "printouts", "check_in"),
)
TEXTS = MenuPlace("texts.planned", _l("Texts"), _l("Texts"), "chat", covers=("texts", "reminder_rules"))
AFTERWARDS = MenuPlace(
    "report.report",
    _l("After the show"),
    _l("After"),
    "gift",
    covers=("report", "counting", "afterwards"),
    tab=False,
)
PLACES = (
    MenuPlace("overview.overview", _l("Overview"), _l("Overview"), "home"),
    MenuPlace("running_order.running_order", _l("Running order"), _l("Order"), "list"),
    MenuPlace("performers.performers", _l("Performers"), _l("Acts"), "people", tab=False),
    VOLUNTEERS,
    MenuPlace("people_list.people", _l("People list"), _l("People"), "people", covers=("people_list",), tab=False),
    TEXTS,
    MenuPlace("show_night.show", _l("Show night"), _l("Tonight"), "lamp", covers=("show_night",)),
    MenuPlace("rehearsal.rehearsal", _l("Rehearsal"), _l("Rehearse"), "play", covers=("rehearsal",), tab=False),
    MenuPlace("boards.boards", _l("Boards"), _l("Boards"), "screen", covers=("boards",), tab=False),
    AFTERWARDS,
)
NIGHT_PLACES = (
    MenuPlace("show_night.show", _l("Show night"), _l("Show"), "lamp"),
    MenuPlace("show_night.people", _l("Arrivals"), _l("Arrivals"), "people"),
    MenuPlace("check_in.tonight", _l("Shift sheet"), _l("Shifts"), "hand", covers=("check_in",)),
    MenuPlace("show_night.texts", _l("Texts"), _l("Texts"), "chat"),
    MenuPlace("overview.overview", _l("Overview"), _l("Overview"), "home"),
)
ORGANISATION_PLACES = (
    MenuPlace("organisation.shows", _l("All shows"), _l("Shows"), "cal", asks=(("all", "1"),)),
    MenuPlace("start_show.start_show", _l("Start a show"), _l("Start"), "plus"),
    MenuPlace(
        "text_setup.set_up",
        _l("Set up texts"),
        lazy_pgettext("navigation", "Set up"),
        "send",
        covers=("text_setup",),
    ),
    MenuPlace("audit_log.of_organisation", _l("What changed"), _l("Log"), "list", covers=("audit_log",), tab=False),
    MenuPlace("members.members", _l("Members"), _l("Members"), "people", covers=("members",)),
    MenuPlace("organisation.doors", _l("Public pages"), _l("Public"), "lock", tab=False),
    MenuPlace("phones.phones", _l("Phones"), _l("Phones"), "phone", covers=("phones",), only_simulated=True),
)


def init_app(app: Flask, *, simulated: bool, mails_simulated: bool) -> None:
    """Give the layouts their menus: ``places`` and ``night_places`` of a show, ``organisation_places``.

    ``needs`` counts what waits at an entry, by its endpoint. ``simulated``: phones are, ``mails_simulated``: mailboxes.
    """

    def shown(place: MenuPlace) -> bool:
        return (simulated or not place.only_simulated) and may_open(place.endpoint)

    def of_event(all_places: tuple[MenuPlace, ...], slug: str, needs: dict[str, int] | None) -> list[Link]:
        return [_link(place, (needs or {}).get(place.endpoint, 0), slug=slug) for place in all_places if shown(place)]

    def places(slug: str, needs: dict[str, int] | None = None) -> list[Link]:
        return of_event(PLACES, slug, needs)

    def night_places(slug: str, needs: dict[str, int] | None = None) -> list[Link]:
        return of_event(NIGHT_PLACES, slug, needs)

    def organisation_places() -> list[Link]:
        return [_link(place, 0, **dict(place.asks)) for place in ORGANISATION_PLACES if shown(place)]

    app.jinja_env.globals.update(
        texts_simulated=simulated,
        mails_simulated=mails_simulated,
        places=places,
        night_places=night_places,
        organisation_places=organisation_places,
    )


def _link(place: MenuPlace, count: int, **values: Any) -> Link:
    return Link(
        word=str(place.word),
        short=str(place.short),
        icon=place.icon,
        url=url_for(place.endpoint, **values),
        here=request.endpoint == place.endpoint or request.blueprint in place.covers,
        count=count,
        tab=place.tab,
    )
