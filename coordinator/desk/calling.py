"""The call list of a night: who performs and who helps, in the order in which they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.show_time import whole_minute
from ..core.timeline import NOTHING, ProjectedSlot
from ..lineup.models import Slot
from ..people.models import Person
from ..shifts.models import Shift, SignUp
from ..shifts.queries import shift_times
from ..shownight.queries import Night


@dataclass(frozen=True, slots=True)
class Performing:
    """A slot with people to call; ``late`` in minutes."""

    slot: Slot
    seen: ProjectedSlot
    at: datetime
    late: int


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody on a shift, with its projected times; None while what it follows has none."""

    sign_up: SignUp
    person: Person
    role: str
    starts_at: datetime | None
    ends_at: datetime | None


def lines_of(night: Night) -> list[Performing]:
    """Every slot, in the order in which they start on whatever stage."""
    lines = [
        Performing(slot, seen, whole_minute(seen.starts_at or slot.starts_at), _minutes(seen.late))
        for stage in night.stages
        for slot, seen in stage.pairs()
    ]
    return sorted(lines, key=lambda line: line.at)


def helpers_of(night: Night, shifts: Iterable[Shift]) -> list[Helping]:
    """Everybody on a shift, in the order in which the shifts start; those who gave up are left out."""
    helpers = []
    for shift in shifts:
        times = shift_times(shift, night)
        helpers += [
            Helping(sign_up, sign_up.person, shift.role.name, times.starts_at, times.ends_at)
            for sign_up in shift.sign_ups
            if sign_up.state != "cancelled" and shift.cancelled_at is None
        ]
    return sorted(helpers, key=lambda helper: helper.starts_at or helper.sign_up.shift.starts_at)


def _minutes(late: timedelta | None) -> int:
    return (late or NOTHING) // timedelta(minutes=1)
