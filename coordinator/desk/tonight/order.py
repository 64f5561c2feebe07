"""The running order of a stage, line by line: slots, the changeovers before them, the shifts behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...core.show_time import whole_minute
from ...core.timeline import NOTHING, ProjectedSlot, SlotState
from ...lineup.models import Slot
from ...reminders.queries import Subject
from ...shownight.models import Press
from ...shownight.queries import StageNight
from ..previews import Outlook

MINUTE = timedelta(minutes=1)


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


def lines_of(outlook: Outlook, stage: StageNight, presses: Mapping[int, Press]) -> Iterator[Line]:
    """Every slot of the stage in order, with the newest press of each that stands."""
    subjects = {subject.slot.id: subject for subject in outlook.subjects if subject.slot}
    for slot, seen in stage.pairs():
        yield Line(
            slot=slot,
            seen=seen,
            at=whole_minute(seen.starts_at or slot.starts_at),
            planned_at=unless_same(slot, seen),
            late=(seen.late or NOTHING) // MINUTE,
            played=seen.ends_at - slot.started_at if slot.ended_at and slot.started_at and seen.ends_at else None,
            says_late_by=_undecided(slot),
            changeover=_changeover(slot, seen, subjects.get(slot.id)),
            shifts=tuple(_shifts_behind(slot, outlook.subjects)),
            press=presses.get(slot.id),
        )


def unless_same(slot: Slot, seen: ProjectedSlot) -> datetime | None:
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
