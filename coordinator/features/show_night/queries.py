"""The people of a night: performers and volunteers, in the order in which they are needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import ProjectedSlot
from coordinator.events.labels import called
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import coming_of
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import shift_times
from coordinator.shownight.queries import Night

from .labels import Tag, lateness_of


@dataclass(frozen=True, slots=True)
class Performing:
    """A slot with people to call."""

    slot: Slot
    seen: ProjectedSlot
    at: datetime
    lateness: Tag | None


@dataclass(frozen=True, slots=True)
class VolunteerOnShift:
    """Someone on a shift, with its projected times; None while it has none."""

    sign_up: SignUp
    person: Person
    role: str
    coming: str  # how sure it is that they come: not_told, asked, coming or cannot
    starts_at: datetime | None
    ends_at: datetime | None


def lines_of(night: Night) -> list[Performing]:
    """Every slot, by its start on any stage."""
    lines = [
        Performing(slot, seen, whole_minute(seen.starts_at or slot.starts_at), lateness_of(seen.late))
        for stage in night.stages
        for slot, seen in stage.pairs()
    ]
    return sorted(lines, key=lambda line: line.at)


def helpers_of(night: Night, shifts: Iterable[Shift]) -> list[VolunteerOnShift]:
    """Everyone on a shift, by its start; people who gave theirs up are left out."""
    helpers, shifts = [], [shift for shift in shifts if shift.cancelled_at is None]
    coming = coming_of([sign_up for shift in shifts for sign_up in shift.sign_ups])
    for shift in shifts:
        times = shift_times(shift, night)
        helpers += [
            VolunteerOnShift(
                sign_up, sign_up.person, called(shift.role), coming.get(sign_up.id, ""), times.starts_at, times.ends_at
            )
            for sign_up in shift.sign_ups
            if sign_up.state != SignUpState.CANCELLED
        ]
    return sorted(helpers, key=lambda helper: helper.starts_at or helper.sign_up.shift.starts_at)
