"""Names of the kinds of slots, answers and clashes."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.accounts.models import Via
from coordinator.core.clashes import ClashKind

from .models import ActAnswer, SlotKind

SLOT_KINDS: Final[Mapping[str, LazyString]] = {
    SlotKind.SET: _l("set"),
    SlotKind.SPEECH: _l("speech"),
    SlotKind.BREAK: _l("break"),
    SlotKind.SOUNDCHECK: _l("sound check"),
}
PUBLIC_SLOT_KINDS: Final[Mapping[str, LazyString]] = {  # what the public reads if a slot has no name
    SlotKind.SET: _l("To be announced"),
    SlotKind.SPEECH: _l("A few words"),
    SlotKind.BREAK: _l("Intermission"),
    SlotKind.SOUNDCHECK: _l("To be announced"),
}
ANSWERS: Final[Mapping[str, LazyString]] = {
    ActAnswer.OPEN: _l("Waiting"),
    ActAnswer.INVITED: _l("Waiting"),
    ActAnswer.CONFIRMED: _l("Confirmed"),
    ActAnswer.DECLINED: _l("Can't play"),
}
CONFIRMED_HOW: Final[Mapping[str, LazyString]] = {
    **dict.fromkeys(Via, _l("Confirmed")),
    Via.TEXT: _l("Confirmed by text"),
    Via.LINK: _l("Confirmed by link"),
    Via.COORDINATOR: _l("Confirmed by a coordinator"),
}
CLASHES: Final[Mapping[str, LazyString]] = {  # for the act called ``act``, by ``number`` minutes
    ClashKind.OUT_OF_ORDER: _l("%(act)s is scheduled before the one above it."),
    ClashKind.OVERLAP: _l("%(act)s starts %(number)d min before the previous slot ends."),
    ClashKind.TIGHT: _l("The changeover before %(act)s is %(number)d min too short."),
    ClashKind.SHORT: _l("The changeover before %(act)s is %(number)d min shorter than it should be."),
    ClashKind.PAST_CURFEW: _l("%(act)s ends %(number)d min after curfew."),
}
CLASHES_IN_PLACE: Final[Mapping[str, LazyString]] = {  # the same beside the act's name
    ClashKind.OUT_OF_ORDER: _l("Scheduled before the one above it: %(number)d min."),
    ClashKind.OVERLAP: _l("Starts %(number)d min before the one above ends."),
    ClashKind.TIGHT: _l("The changeover is %(number)d min under its minimum."),
    ClashKind.SHORT: _l("The changeover is %(number)d min shorter than it should be."),
    ClashKind.PAST_CURFEW: _l("Ends %(number)d min after curfew."),
}
