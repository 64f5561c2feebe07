"""Names of reminders, of their recipients, and of what they come before."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.core.rules import Audience
from coordinator.core.timeline import Anchor

RULES: Final[Mapping[str, LazyString]] = {
    "ask-1": _l("First ask"),
    "ask-2": _l("Second ask"),
    "ask-now": _l("Asked by you"),
    "ask-now-again": _l("Asked again by you"),
    "details": _l("Details"),
    "call": _l("Call time"),
    "stage": _l("To the stage"),
    "changeover": _l("Changeover"),
    "shift-ask": _l("Shift: can you come?"),
    "shift-day": _l("Shift, the day before"),
    "shift-hour": _l("Shift, an hour before"),
    "digest": _l("Morning digest"),
}
ASKED_BY_THE_CLOCK: Final[Mapping[str, LazyString]] = {
    "call-missed": _l("Missed call time")
}  # by the name of its words
AUDIENCES: Final[Mapping[str, LazyString]] = {
    Audience.PERFORMERS: _l("performers"),
    Audience.CHANGEOVER_CREW: _l("the changeover crew"),
    Audience.VOLUNTEERS: _l("volunteers"),
    Audience.COORDINATORS: _l("coordinators"),
}
ANCHORS: Final[Mapping[str, LazyString]] = {
    Anchor.SET_START: _l("before the set"),
    Anchor.SET_END: _l("before the set ends"),
    Anchor.CHANGEOVER_START: _l("before the changeover"),
    Anchor.DOORS: _l("before doors"),
    Anchor.CURFEW: _l("before curfew"),
    Anchor.SHIFT_START: _l("before the shift"),
}
