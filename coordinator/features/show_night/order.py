"""The running order of a stage, line by line: slots, the changeovers before them, the shifts after them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.rules import Audience
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import NOTHING, ProjectedSlot, SlotState
from coordinator.events.labels import called
from coordinator.lineup.models import Slot
from coordinator.reminders.previews.outlook import Outlook
from coordinator.reminders.queries.lateness import LateWord, late_word_of
from coordinator.reminders.queries.subjects import Subject
from coordinator.shifts.queries.who_is_here import WhoIsHere
from coordinator.shownight.models import Press
from coordinator.shownight.queries import StageNight

from .labels import Tag, lateness_of

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Changeover:
    """The minutes between two sets, and how much shorter than planned they are."""

    at: datetime
    length: timedelta
    short_by: timedelta
    at_minimum: bool
    crew: int


@dataclass(frozen=True, slots=True)
class RunningOrderLine:
    """One slot, with the changeover before it while that is to come, and the shifts after it.

    ``planned_at`` and ``told_at`` are None unless they differ from ``at``. ``says`` is a performer's own statement, not
    decided yet. ``here_at``: since when the act has been in the building.
    """

    slot: Slot
    seen: ProjectedSlot
    at: datetime
    planned_at: datetime | None
    told_at: datetime | None
    lateness: Tag | None
    played: timedelta | None
    says: LateWord | None
    changeover: Changeover | None
    shifts: tuple[tuple[datetime, str, int], ...]
    press: Press | None
    here_at: datetime | None


def lines_of(
    outlook: Outlook, stage: StageNight, presses: Mapping[int, Press], here: WhoIsHere
) -> Iterator[RunningOrderLine]:
    """Every slot of the stage in order, with its newest press that was not undone."""
    subjects = {subject.slot.id: subject for subject in outlook.subjects if subject.slot}
    for slot, seen in stage.pairs():
        yield RunningOrderLine(
            slot=slot,
            seen=seen,
            at=whole_minute(seen.starts_at or slot.starts_at),
            planned_at=unless_same(slot, seen),
            told_at=told_unless_same(stage, slot),
            lateness=lateness_of(seen.late),
            played=seen.ends_at - slot.started_at if slot.ended_at and slot.started_at and seen.ends_at else None,
            says=late_word_of(slot),
            changeover=_changeover(slot, seen, subjects.get(slot.id)),
            shifts=tuple(_shifts_behind(slot, outlook.subjects)),
            press=presses.get(slot.id),
            here_at=here.since(slot),
        )


def unless_same(slot: Slot, seen: ProjectedSlot) -> datetime | None:
    """The planned start, unless it is the projected one."""
    return None if whole_minute(seen.starts_at or slot.starts_at) == whole_minute(slot.starts_at) else slot.starts_at


def told_unless_same(stage: StageNight, slot: Slot) -> datetime | None:
    """The start that people are told, unless it is the one shown."""
    shown, told = stage.seen(slot), stage.told[slot.key]
    if shown.state is not SlotState.TO_COME or shown.starts_at is None or told.starts_at is None:
        return None
    return None if whole_minute(shown.starts_at) == whole_minute(told.starts_at) else told.starts_at


def _changeover(slot: Slot, seen: ProjectedSlot, subject: Subject | None) -> Changeover | None:
    """None before a slot that needs none, or with nothing before it."""
    if not slot.changeover or seen.state is not SlotState.TO_COME or seen.window_starts_at is None:
        return None
    if seen.starts_at is None or seen.changeover_starts_at is None:
        return None
    crew = [one for one in subject.recipients if one.audience == Audience.CHANGEOVER_CREW] if subject else []
    length = seen.starts_at - seen.changeover_starts_at
    return Changeover(
        at=whole_minute(seen.changeover_starts_at),
        length=length,
        short_by=short if (short := slot.changeover - length) >= A_MINUTE else NOTHING,
        at_minimum=seen.at_minimum,
        crew=len(crew),
    )


def _shifts_behind(slot: Slot, subjects: Sequence[Subject]) -> Iterator[tuple[datetime, str, int]]:
    """The shifts that start when the set ends: when, which role, how many people."""
    for subject in subjects:
        shift, at = subject.shift, subject.anchors.get(subject.own_anchor)
        if shift and at and shift.follows_slot_id == slot.id and shift.follows_from == "set_end":
            yield whole_minute(at), called(shift.role), len(subject.recipients)
