"""What is asked before a press and what its button says (``name`` is the act's); names of boards, texts and holds."""

from collections.abc import Mapping
from typing import Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .models import BoardKind, Verb

PRESS_QUESTIONS: Final[Mapping[str, LazyString]] = {
    Verb.START: _l("Has %(name)s started?"),
    Verb.END: _l("Has %(name)s finished?"),
    Verb.LATE: _l("Move %(name)s?"),
    Verb.EXTEND: _l("Let %(name)s play longer?"),
    Verb.CANCEL: _l("Cancel %(name)s?"),
    Verb.RESTORE: _l("Bring %(name)s back?"),
}
PRESS_MINUTES: Final[Mapping[str, LazyString]] = {  # of those that need them
    Verb.LATE: _l("Minutes from its time now"),
    Verb.EXTEND: _l("Minutes longer"),
}
PRESS_TRUE_TIMES: Final[Mapping[str, LazyString]] = {  # of a start and an end that were earlier than now
    Verb.START: _l("It really began at (empty: now)"),
    Verb.END: _l("It really ended at (empty: now)"),
}
CORRECTION_QUESTIONS: Final[Mapping[str, LazyString]] = {
    Verb.START: _l("When did %(name)s really start?"),
    Verb.END: _l("When did %(name)s really finish?"),
}
PRESS_BUTTONS: Final[Mapping[str, LazyString]] = {  # of those that need no minutes
    Verb.START: _l("Set started"),
    Verb.END: _l("Set finished"),
    Verb.CANCEL: _l("Cancel %(name)s"),
    Verb.RESTORE: _l("Bring it back"),
}
BOARDS: Final[Mapping[str, LazyString]] = {
    BoardKind.NOW_NEXT: _l("Now and next"),
    BoardKind.WALL: _l("Backstage wall"),
    BoardKind.TIMER: _l("Stage timer"),
    BoardKind.GOAL: _l("Goal"),
}
WHAT_BOARDS_SHOW: Final[Mapping[str, LazyString]] = {
    BoardKind.NOW_NEXT: _l("For everyone: what's on and what's next on each stage, at the times people were told."),
    BoardKind.WALL: _l("For the crew: every stage, how late it is, the changeover crew and your messages."),
    BoardKind.TIMER: _l("For whoever is on this stage: the time left, when to play the last song, and your messages."),
    BoardKind.GOAL: _l("For everyone: how much is raised, and a code to give."),
}
NOTES: Final[Mapping[str, LazyString]] = {  # by the name of their words, which is also their rule
    "slot-offer-forward": _l("Asked to start earlier"),
    "slot-offer-stand-in": _l("Asked to step in"),
    "slot-offer-filled": _l("No longer asked to play"),
    "slot-offer-accepted": _l("Another time agreed"),
    "offer-answer": _l("An act's answer"),
    "hold": _l("Stage on hold"),
    "hold-over": _l("Stage goes on"),
}
HOLD_REASONS: Final[Mapping[str, LazyString]] = {
    "weather": _l("bad weather"),
    "power": _l("power cut"),
    "medical": _l("medical emergency"),
    "security": _l("security"),
}


def hold_reason(kept: str | None) -> LazyString | str:
    """Why a stage is on hold: one of the reasons above by its key, else the words that somebody typed."""
    return HOLD_REASONS.get(kept or "", kept or "")


def hold_reason_in(language: str, kept: str | None) -> str:
    """The same for a reader of this language."""
    with force_locale(language):
        return str(hold_reason(kept))
