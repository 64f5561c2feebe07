"""The steps of a script, and what is said about one that is impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

TEXT, PLAN, ATTEND = "text", "plan", "attend"  # steps that are not presses
HOLD, GO_ON, STAND_IN, SWAP, NO_SHOW = "hold", "go_on", "stand_in", "swap", "no_show"  # nor are these of the desk
DESK = (HOLD, GO_ON, STAND_IN, SWAP, NO_SHOW)


class BadScript(ValueError):
    """A step of the script is impossible; the sentence says which one and what would be right.

    ``why`` is the reason alone, if it is one that a stage manager would be told too.
    """

    def __init__(self, sentence: str | LazyString, why: ValueError | None = None) -> None:
        super().__init__(sentence)
        self.why = why


class TakesTooLong(ValueError):
    """The rehearsal was given up: the night is too large for the time that there is."""

    def __init__(self) -> None:
        super().__init__(
            _l("This show is too large to play in a browser. Whoever runs Callboard can play it with flask rehearse.")
        )


@dataclass(frozen=True, slots=True)
class RehearsalStep:
    """One step: a press, a new planned start of a slot, a text, someone takes charge of a stage, or what the desk does.

    ``stage`` may be None if there is only one. ``act`` is the stand-in that is asked; ``sender`` also who does not
    come; ``body`` also why a stage is held.
    """

    at: datetime
    do: str
    slot: str | None = None
    minutes: int | None = None
    starts_at: datetime | None = None
    stage: str | None = None
    sender: str | None = None
    body: str = ""
    act: str | None = None


@dataclass(frozen=True, slots=True)
class SkippedStep:
    """A step that could not be taken when its time came, and why."""

    step: RehearsalStep
    why: BadScript
