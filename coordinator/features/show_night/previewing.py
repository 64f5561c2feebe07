"""Previewing a press, with the choices of minutes for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import SlotState
from coordinator.lineup.models import Slot
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import Outlook
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.models import FACT_OF, Verb
from coordinator.shownight.queries import StageNight
from coordinator.shownight.refusals import CannotPress, NoSuchTime

from .fingerprint import fingerprint_of
from .moments import when_clocks_showed, when_it_was_sent

MINUTE = timedelta(minutes=1)
LATER = (5, 10, 15)
EARLIER = -5
BACK, OTHER = "back", "other"  # to the advertised time; minutes that are typed
WITH_MINUTES = (Verb.LATE, Verb.EXTEND)
TIMED = (Verb.START, Verb.END)  # they can be given their true time


@dataclass(frozen=True, slots=True)
class Asked:
    """The press that a coordinator is previewing, as it was asked for.

    ``minutes``: what the press sets, as a ProposedPress takes them. ``by``: how many minutes from what now stands (of
    late) or longer, "back" or "other", with what was typed in ``other``. ``clock``: when it really was, as typed;
    ``at`` the same as a device sent it. ``again``: what changed since it was shown, so that it must be shown again:
    "minutes", "night" or "".
    """

    verb: str
    slot: Slot
    minutes: str = ""
    again: str = ""
    by: str = ""
    other: str = ""
    clock: str = ""
    at: str = ""
    corrects: bool = False

    def press(self, now: datetime) -> ProposedPress:
        """The press itself. Raises NoSuchTime."""
        at = None
        if self.verb in TIMED:
            if self.corrects and not (self.at or self.clock):
                raise NoSuchTime
            at = when_it_was_sent(self.at, now) or when_clocks_showed(self.clock, self.slot.event.zone, now)
        minutes = whole_number(self.minutes) if self.verb in WITH_MINUTES else None
        return ProposedPress(self.verb, self.slot.id, minutes, at, self.corrects and self.verb in TIMED)

    @property
    def chosen(self) -> str:
        """What was chosen or typed in its form."""
        return self.clock if self.verb in TIMED else self.other if self.by == OTHER else self.by


@dataclass(frozen=True, slots=True)
class MinutesChoice:
    """One choice of minutes, ``by`` from what now stands, and the time it leads to: a start, for longer an end."""

    by: str
    at: datetime
    chosen: bool


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a press makes of another slot: it ``ends``, or is ``left_out``."""

    what: Literal["ends", "left_out"]
    slot: Slot


@dataclass(frozen=True, slots=True)
class PressPreview:
    """What the press would do, or why it is impossible.

    ``stands``: how many minutes after its advertised time the slot now stands. ``becomes``: other slots that it ends or
    passes over. ``shown`` is the fingerprint of the effect.
    """

    asked: Asked
    effect: Effect | None
    refusal: CannotPress | None = None
    choices: tuple[MinutesChoice, ...] = ()
    stands: int = 0
    becomes: tuple[Becomes, ...] = ()
    shown: str = ""


def asked_in(form: Mapping[str, str], verb: str, slot: Slot) -> Asked:
    """The press that a form or an address asks for."""
    by, other, stands = form.get("by", ""), form.get("other", "").strip(), whole_number(form.get("stands", "")) or 0
    asked = Asked(verb, slot, form.get("minutes", ""), form.get("again", ""), by, other)
    asked = replace(asked, clock=form.get("clock", "").strip()[:8], at=form.get("at", "")[:40])
    asked = replace(asked, corrects=bool(form.get("corrects")))
    return replace(asked, minutes=_minutes_of(asked, stands)) if by else asked


def whole_number(written: str) -> int | None:
    """The typed minutes; None if they are not a whole number."""
    written = written.strip()
    return int(written) if written.isascii() and written.removeprefix("-").isdigit() and len(written) < 6 else None


def preview_press(outlook: Outlook, asked: Asked) -> PressPreview:
    """What the asked press would do now, or why it cannot be pressed."""
    stage, slot = outlook.night.stage_of(asked.slot.id), asked.slot
    stands = stands_late(stage, slot) if asked.verb == Verb.LATE else 0
    asked = _with_minutes(asked, stands)
    asked = _with_clock(asked, stage)
    look = PressPreview(asked, None, choices=tuple(_choices(stage, asked, stands)), stands=stands)
    try:
        press = asked.press(stage.now)
        effect = outlook.effect(press)
    except CannotPress as refusal:
        return replace(look, refusal=refusal)
    becomes = tuple(_becomes(stage, outlook.supposing(press, slot).stage_of(slot.id), slot))
    return replace(look, effect=effect, becomes=becomes, shown=str(fingerprint_of(outlook, effect)))


def stands_late(stage: StageNight, slot: Slot) -> int:
    """How many minutes after its advertised time the slot now stands; nothing starts in the past."""
    stands_at = max(stage.seen(slot).starts_at or slot.starts_at, slot.starts_at)
    if slot is stage.next:
        stands_at = max(stands_at, stage.now)
    return (whole_minute(stands_at) - slot.starts_at) // MINUTE


def _with_minutes(asked: Asked, stands: int) -> Asked:
    """With the minutes of what was chosen, or the choice of the minutes; ten are chosen if nothing was."""
    if asked.verb not in WITH_MINUTES:
        return asked
    if not asked.by and not asked.minutes:
        asked = replace(asked, by=str(LATER[1]))
    if asked.by:
        return replace(asked, minutes=_minutes_of(asked, stands))
    minutes = whole_number(asked.minutes)
    by = "" if minutes is None else str(minutes - stands)
    if by in map(str, LATER):
        return replace(asked, by=by)
    return replace(asked, by=OTHER, other=by or asked.minutes)


def _with_clock(asked: Asked, stage: StageNight) -> Asked:
    """With the time that was marked, if that is to be corrected and nothing was typed yet."""
    marked_at = getattr(asked.slot, FACT_OF[asked.verb]) if asked.corrects and asked.verb in TIMED else None
    if marked_at is None or asked.clock or asked.at:
        return asked
    return replace(asked, clock=f"{marked_at.astimezone(ZoneInfo(stage.stage.event.zone)):%H:%M}")


def _minutes_of(asked: Asked, stands: int) -> str:
    if asked.by == BACK:
        return "0"
    typed = asked.other if asked.by == OTHER else asked.by
    number = whole_number(typed)
    return typed if number is None else str(max(stands + number, 0) if stands else number)


def _choices(stage: StageNight, asked: Asked, stands: int) -> Iterator[MinutesChoice]:
    """Minutes later than it now stands; earlier, and back to the advertised time, where that leads anywhere."""
    slot = asked.slot
    if asked.verb == Verb.EXTEND:
        ends_at = stage.seen(slot).ends_at or slot.starts_at
        for by in LATER:
            yield MinutesChoice(str(by), whole_minute(ends_at + by * MINUTE), asked.by == str(by))
    if asked.verb != Verb.LATE:
        return
    stands_at = slot.starts_at + stands * MINUTE
    earlier_at, back_at = (_starts_at(stage, slot, late) for late in (max(stands + EARLIER, 0), 0))
    if slot.late_by and earlier_at < stands_at:
        yield MinutesChoice(str(EARLIER), earlier_at, asked.by == str(EARLIER))
    for by in LATER:
        yield MinutesChoice(str(by), stands_at + by * MINUTE, asked.by == str(by))
    if slot.late_by and back_at < stands_at:
        yield MinutesChoice(BACK, back_at, asked.by == BACK)


def _starts_at(stage: StageNight, slot: Slot, late: int) -> datetime:
    """When it would start if it were declared this late."""
    plan = replace(slot.plan, late_by=late * MINUTE if late > 0 else None)
    return whole_minute(stage.supposing({slot.key: plan}).projection[slot.key].starts_at or slot.starts_at)


def _becomes(before: StageNight, after: StageNight, pressed: Slot) -> Iterator[Becomes]:
    for slot, was, will in zip(before.slots, before.told.slots, after.told.slots, strict=True):
        if slot is pressed:
            continue
        if (was.state, will.state) == (SlotState.ON, SlotState.ENDED):
            yield Becomes("ends", slot)
        if (was.state, will.state) == (SlotState.TO_COME, SlotState.PASSED):
            yield Becomes("left_out", slot)
