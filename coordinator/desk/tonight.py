"""The show night as its page shows it: what is on, what comes next, and the running order with its changeovers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ..core.show_time import whole_minute
from ..core.timeline import NOTHING, ProjectedSlot, SlotState
from ..lineup.models import Slot
from ..reminders.queries import Subject
from ..shownight.actions import ProposedPress
from ..shownight.models import Press
from ..shownight.queries import StageNight
from ..shownight.refusals import CannotPress
from .previews import Effect, Outlook

MINUTE = timedelta(minutes=1)
STEP = 5  # minutes between two choices of how late
UNDO_SHOWN_FOR = timedelta(minutes=10)


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


@dataclass(frozen=True, slots=True)
class OnNow:
    """The set that is on. ``left`` minutes are negative when it runs over; ``end`` is what finishing it would do."""

    slot: Slot
    started_at: datetime
    should_end_at: datetime
    played: int
    minutes: int
    left: int
    end: Look


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next. ``start`` is what starting it now would do, ``late`` what the chosen lateness would."""

    slot: Slot
    seen: ProjectedSlot
    planned_at: datetime | None
    late_by: int
    start: Look
    late: Look


@dataclass(frozen=True, slots=True)
class Changeover:
    """The minutes between two sets, and what they are short of the nominal."""

    at: datetime
    length: timedelta
    short_by: timedelta
    at_minimum: bool
    crew: int


@dataclass(frozen=True, slots=True)
class Line:
    """One slot of the running order, with the changeover before it while that is to come, and what follows it.

    ``planned_at`` is None unless it differs from ``at``. ``says_late_by`` is a performer's own word, not decided yet.
    """

    slot: Slot
    seen: ProjectedSlot
    at: datetime
    planned_at: datetime | None
    late: int
    played: timedelta | None
    says_late_by: int | None
    changeover: Changeover | None
    shifts: tuple[tuple[datetime, str, int], ...]
    press: Press | None


@dataclass(frozen=True, slots=True)
class Tonight:
    """One stage of the night."""

    stage: StageNight
    late: int | None
    on: OnNow | None
    coming: Coming | None
    look: Look | None
    lines: tuple[Line, ...]
    last_press: Press | None
    texts_wait: bool


def whole_number(written: str) -> int | None:
    """The minutes that somebody typed; None when it is no whole number."""
    written = written.strip()
    return int(written) if written.isascii() and written.removeprefix("-").isdigit() and len(written) < 6 else None


def tonight(outlook: Outlook, stage: StageNight, asked: Asked | None, presses: Mapping[int, Press]) -> Tonight:
    """One stage as its page shows it. ``asked`` is shown among the choices of lateness when it is about what comes."""
    now = outlook.night.now
    coming = _coming(outlook, stage, asked)
    own = asked is not None and not (coming and (asked.verb, asked.slot.id) == ("late", coming.slot.id))
    last = max(presses.values(), key=lambda press: press.id, default=None)
    fresh = last if last and now - last.pressed_at <= UNDO_SHOWN_FOR else None
    return Tonight(
        stage=stage,
        late=None if stage.late is None else stage.late // MINUTE,
        on=_on_now(outlook, stage),
        coming=coming,
        look=_look(outlook, asked) if asked and own else None,
        lines=tuple(_lines(outlook, stage, presses)),
        last_press=fresh,
        texts_wait=fresh is not None and now - fresh.pressed_at < timedelta(seconds=30),
    )


def _look(outlook: Outlook, asked: Asked) -> Look:
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


def _on_now(outlook: Outlook, stage: StageNight) -> OnNow | None:
    slot, now = stage.on, stage.now
    if slot is None or slot.started_at is None:
        return None
    length = slot.length + slot.extension
    should_end_at = slot.started_at + length
    return OnNow(
        slot=slot,
        started_at=slot.started_at,
        should_end_at=should_end_at,
        played=min((now - slot.started_at) // MINUTE, length // MINUTE),
        minutes=length // MINUTE,
        left=-((now - should_end_at) // MINUTE),
        end=_look(outlook, Asked("end", slot)),
    )


def _coming(outlook: Outlook, stage: StageNight, asked: Asked | None) -> Coming | None:
    slot = stage.next
    if slot is None:
        return None
    if asked is None or asked.verb != "late" or asked.slot.id != slot.id:
        asked = Asked("late", slot)
    return Coming(
        slot=slot,
        seen=stage.seen(slot),
        planned_at=_unless_same(slot, stage.seen(slot)),
        late_by=(stage.seen(slot).late or NOTHING) // MINUTE,
        start=_look(outlook, Asked("start", slot)),
        late=_look(outlook, asked),
    )


def _lines(outlook: Outlook, stage: StageNight, presses: Mapping[int, Press]) -> Iterator[Line]:
    subjects = {subject.slot.id: subject for subject in outlook.subjects if subject.slot}
    for slot, seen in stage.pairs():
        yield Line(
            slot=slot,
            seen=seen,
            at=whole_minute(seen.starts_at or slot.starts_at),
            planned_at=_unless_same(slot, seen),
            late=(seen.late or NOTHING) // MINUTE,
            played=seen.ends_at - slot.started_at if slot.ended_at and slot.started_at and seen.ends_at else None,
            says_late_by=_undecided(slot),
            changeover=_changeover(slot, seen, subjects.get(slot.id)),
            shifts=tuple(_shifts_behind(slot, outlook.subjects)),
            press=presses.get(slot.id),
        )


def _unless_same(slot: Slot, seen: ProjectedSlot) -> datetime | None:
    """The planned start, unless it is the projected one."""
    return None if whole_minute(seen.starts_at or slot.starts_at) == whole_minute(slot.starts_at) else slot.starts_at


def _undecided(slot: Slot) -> int | None:
    if slot.said_late_by is None or slot.said_late_by == slot.late_by or slot.started_at or slot.cancelled_at:
        return None
    return slot.said_late_by // MINUTE


def _changeover(slot: Slot, seen: ProjectedSlot, subject: Subject | None) -> Changeover | None:
    if seen.state is not SlotState.TO_COME or seen.window_starts_at is None or seen.starts_at is None:
        return None
    crew = [one for one in subject.recipients if one.audience == "changeover_crew"] if subject else []
    length = seen.starts_at - seen.window_starts_at
    return Changeover(
        at=whole_minute(seen.window_starts_at),
        length=length,
        short_by=max(slot.changeover - length, NOTHING),
        at_minimum=seen.at_minimum,
        crew=len(crew),
    )


def _shifts_behind(slot: Slot, subjects: Sequence[Subject]) -> Iterator[tuple[datetime, str, int]]:
    """The shifts that begin when the set ends: when, which role, how many people."""
    for subject in subjects:
        shift, at = subject.shift, subject.anchors.get(subject.own_anchor)
        if shift and at and shift.follows_slot_id == slot.id and shift.follows_from == "set_end":
            yield whole_minute(at), shift.role.name, len(subject.recipients)
