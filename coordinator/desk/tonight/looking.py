"""Looking at a press before it is pressed, with the minutes that are offered for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ...core.show_time import whole_minute
from ...core.timeline import NOTHING
from ...lineup.models import Slot
from ...shownight.actions import ProposedPress
from ...shownight.queries import StageNight
from ...shownight.refusals import CannotPress
from ..previews import Effect, Outlook

MINUTE = timedelta(minutes=1)
STEP = 5  # minutes between two choices


@dataclass(frozen=True, slots=True)
class Asked:
    """The press that a coordinator is looking at before pressing it. ``minutes`` is as it was typed."""

    verb: str
    slot: Slot
    minutes: str = ""

    @property
    def press(self) -> ProposedPress:
        return ProposedPress(self.verb, self.slot.id, whole_number(self.minutes))


@dataclass(frozen=True, slots=True)
class Choice:
    """One number of minutes, and the time it leads to: a start when late, an end when longer."""

    minutes: int
    at: datetime
    chosen: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What the asked press would do, or why it cannot be pressed.

    ``other`` are minutes that were typed and are none of the choices.
    """

    asked: Asked
    effect: Effect | None
    refusal: CannotPress | None = None
    choices: tuple[Choice, ...] = ()
    other: str = ""


def whole_number(written: str) -> int | None:
    """The minutes that somebody typed; None when it is no whole number."""
    written = written.strip()
    return int(written) if written.isascii() and written.removeprefix("-").isdigit() and len(written) < 6 else None


def look_at(outlook: Outlook, asked: Asked) -> Look:
    """What the asked press would do now, or why it cannot be pressed."""
    choices: tuple[Choice, ...] = ()
    if asked.verb in CHOICES:
        from_at, ways = CHOICES[asked.verb](outlook.night.stage_of(asked.slot.id), asked.slot)
        asked = replace(asked, minutes=asked.minutes or str(ways[1]))
        chosen = asked.press.minutes
        choices = tuple(Choice(way, whole_minute(from_at + way * MINUTE), way == chosen) for way in ways)
    other = "" if any(choice.chosen for choice in choices) else asked.minutes
    try:
        return Look(asked, outlook.effect(asked.press), None, choices, other)
    except CannotPress as refusal:
        return Look(asked, None, refusal, choices, other)


def _ways_to_be_late(stage: StageNight, slot: Slot) -> tuple[datetime, list[int]]:
    """Later than it is already, in steps after the advertised time."""
    late = max(stage.seen(slot).late or NOTHING, NOTHING) // MINUTE // STEP * STEP
    return slot.starts_at, [late + STEP, late + 2 * STEP, late + 3 * STEP]


def _ways_to_play_longer(stage: StageNight, slot: Slot) -> tuple[datetime, list[int]]:
    return stage.seen(slot).ends_at or slot.starts_at, [STEP, 2 * STEP, 3 * STEP]


CHOICES: Mapping[str, Callable[[StageNight, Slot], tuple[datetime, list[int]]]] = MappingProxyType(
    {"late": _ways_to_be_late, "extend": _ways_to_play_longer}
)
