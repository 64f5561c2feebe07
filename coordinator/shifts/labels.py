"""Names of texts about a spot on a shift, and of the times that shifts follow."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.core.arrivals import ArrivalState
from coordinator.core.commitments import OverlapKind
from coordinator.core.cover import AsksWhom
from coordinator.core.timeline import Anchor

NOTES: Final[Mapping[str, LazyString]] = {  # by the name of their words, which is also their rule
    "cover-offer": _l("Asked to cover"),
    "cover-found": _l("Cover found"),
    "cover-nobody": _l("No cover found yet"),
    "cover-filled": _l("Cover: already taken"),
    "cover-off": _l("Cover: no longer needed"),
    "waitlist-up": _l("Off the waitlist"),
    "waitlist-off": _l("No longer on the waitlist"),
    "swap-ask": _l("Asked to trade shifts"),
    "swap-done": _l("Trade done"),
    "swap-no": _l("Trade declined"),
    "friend-late": _l("Friend didn't confirm"),
    "report": _l("Report of the show"),
    "thanks": _l("Thank-you"),
}
ARRIVALS: Final[Mapping[str, LazyString]] = {
    ArrivalState.EXPECTED: _l("Expected"),
    ArrivalState.LATE: _l("Says late"),
    ArrivalState.MISSING: _l("Missing"),
    ArrivalState.NO_SHOW: _l("No-show"),
    ArrivalState.HERE: _l("Here"),
    ArrivalState.SIDE_STAGE: _l("Side stage"),
    ArrivalState.ON: _l("On now"),
    ArrivalState.DONE: _l("Done"),
}
ASKS_WHOM: Final[Mapping[str, LazyString]] = {
    AsksWhom.EVERYBODY: _l("Everyone in the show who is free"),
    AsksWhom.HISTORY: _l("Those who did this work before"),
    AsksWhom.NOBODY: _l("Nobody else"),
}
ANCHORS: Final[Mapping[str, LazyString]] = {
    Anchor.CHANGEOVER_START: _l("the changeover starts"),
    Anchor.SET_START: _l("the set starts"),
    Anchor.SET_END: _l("the set ends"),
    Anchor.DOORS: _l("doors open"),
    Anchor.CURFEW: _l("curfew"),
}
CLASH_TITLES: Final[Mapping[str, LazyString]] = {
    OverlapKind.SAME_TIME: _l("%(name)s has two things at once"),
    OverlapKind.TOO_CLOSE: _l("%(name)s has too little time in between"),
    OverlapKind.REST: _l("%(name)s has too little rest"),
}
CLASHES: Final[Mapping[str, LazyString]] = {  # ``one`` and ``other`` with their places and times
    OverlapKind.SAME_TIME: _l("%(one)s, and %(other)s: %(minutes)d min at once."),
    OverlapKind.TOO_CLOSE: _l("%(one)s, then %(other)s: %(minutes)d min short of the %(needed)d min needed."),
    OverlapKind.REST: _l("%(one)s, then %(other)s: %(minutes)d min short of %(needed)d min of rest."),
}
