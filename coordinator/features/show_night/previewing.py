"""Previewing a press, with the choices of minutes for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import NOTHING
from coordinator.lineup.models import Slot
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import Outlook
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight
from coordinator.shownight.refusals import CannotPress

from .fingerprint import fingerprint_of

MINUTE = timedelta(minutes=1)
STEP = 5  # minutes between two choices


@dataclass(frozen=True, slots=True)
class Asked:
    """The press that a coordinator is previewing. ``minutes`` is as typed.

    ``again``: what changed since it was shown, so that it must be shown again: "minutes", "night" or "".
    """

    verb: str
    slot: Slot
    minutes: str = ""
    again: str = ""

    @property
    def press(self) -> ProposedPress:
        return ProposedPress(self.verb, self.slot.id, whole_number(self.minutes))


@dataclass(frozen=True, slots=True)
class MinutesChoice:
    """One number of minutes, and the time it leads to: a start for late, an end for longer."""

    minutes: int
    at: datetime
    chosen: bool


@dataclass(frozen=True, slots=True)
class PressPreview:
    """What the press would do, or why it is impossible.

    ``other`` are typed minutes that are none of the choices. ``shown`` is the fingerprint of the effect.
    """

    asked: Asked
    effect: Effect | None
    refusal: CannotPress | None = None
    choices: tuple[MinutesChoice, ...] = ()
    other: str = ""
    shown: str = ""


def typed_minutes(form: Mapping[str, str]) -> str:
    """The minutes that were chosen, or typed beside "other"; "" if the press has none."""
    minutes = form.get("minutes", "")
    return form.get("other", "").strip() if minutes == "other" else minutes


def whole_number(written: str) -> int | None:
    """The typed minutes; None if they are not a whole number."""
    written = written.strip()
    return int(written) if written.isascii() and written.removeprefix("-").isdigit() and len(written) < 6 else None


def preview_press(outlook: Outlook, asked: Asked) -> PressPreview:
    """What the asked press would do now, or why it cannot be pressed."""
    choices: tuple[MinutesChoice, ...] = ()
    if asked.verb in CHOICES:
        from_at, ways = CHOICES[asked.verb](outlook.night.stage_of(asked.slot.id), asked.slot)
        asked = replace(asked, minutes=asked.minutes or str(ways[1]))
        chosen = asked.press.minutes
        choices = tuple(MinutesChoice(way, whole_minute(from_at + way * MINUTE), way == chosen) for way in ways)
    other = "" if any(choice.chosen for choice in choices) else asked.minutes
    try:
        effect = outlook.effect(asked.press)
        return PressPreview(asked, effect, None, choices, other, str(fingerprint_of(outlook, effect)))
    except CannotPress as refusal:
        return PressPreview(asked, None, refusal, choices, other)


def _ways_to_be_late(stage: StageNight, slot: Slot) -> tuple[datetime, list[int]]:
    """Later than it is already, in steps after the advertised time."""
    late = max(stage.seen(slot).late or NOTHING, NOTHING) // MINUTE // STEP * STEP
    return slot.starts_at, [late + STEP, late + 2 * STEP, late + 3 * STEP]


def _ways_to_play_longer(stage: StageNight, slot: Slot) -> tuple[datetime, list[int]]:
    return stage.seen(slot).ends_at or slot.starts_at, [STEP, 2 * STEP, 3 * STEP]


CHOICES: Mapping[str, Callable[[StageNight, Slot], tuple[datetime, list[int]]]] = MappingProxyType(
    {Verb.LATE: _ways_to_be_late, Verb.EXTEND: _ways_to_play_longer}
)
