"""Everybody of a show day by call time, performers and crew in one list, each with where they stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.arrivals import ArrivalState, crew_state, performer_state
from coordinator.core.cover import check_in_opens
from coordinator.core.show_time import call_time, whole_minute
from coordinator.core.timeline import ProjectedSlot, SlotState
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.people.models import Person
from coordinator.shownight.queries import Night

from ..models import Shift, SignUp, SignUpState
from .planned import check_in_opens_at, shift_times
from .who_is_here import WhoIsHere, who_is_here

AWAITED = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN, SignUpState.NO_SHOW, SignUpState.DONE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person at one of their sets or shifts. ``starts_at``: of the set or shift, as it is shown."""

    person: Person
    state: ArrivalState
    call_at: datetime
    starts_at: datetime
    here_at: datetime | None
    is_open: bool  # whether it is time to check in: an hour before the call until a shift is over
    slot: Slot | None = None
    sign_up: SignUp | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether they are not here yet."""
        return self.state in (ArrivalState.EXPECTED, ArrivalState.LATE, ArrivalState.MISSING, ArrivalState.NO_SHOW)


def arrivals_of(seen: Night, shifts: Iterable[Shift], called_at: Callable[[Slot], datetime]) -> list[Arrival]:
    """Of a night of one show day and the shifts of that day; whoever cannot come, or need not, is left out.

    ``called_at``: when the people of a slot must be there.
    """
    shifts = [shift for shift in shifts if shift.cancelled_at is None]
    here = who_is_here(seen, [sign_up for shift in shifts for sign_up in shift.sign_ups])
    found = [*_performers(seen, here, called_at), *_crew(seen, here, shifts)]
    return sorted(found, key=lambda each: (each.call_at, each.starts_at, each.person.name, each.person.id))


def performer_stands(
    slot: Slot, shown: ProjectedSlot, *, here_at: datetime | None, call_at: datetime, now: datetime
) -> ArrivalState:
    """Where the people of a slot that is not canceled stand; ``here_at``: since when they have been here."""
    said = slot.asked_late_until
    return performer_state(
        shown.state,
        is_here=here_at is not None,
        is_side_stage=slot.side_stage_at is not None,
        call_at=call_at,
        late_until=call_at + (said - slot.starts_at) if said else None,
        now=now,
    )


def crew_stands(
    sign_up: SignUp, starts_at: datetime, ends_at: datetime, call_at: datetime, now: datetime
) -> ArrivalState:
    """Where somebody with a spot on a shift stands, by the times that the shift really has."""
    late_until = starts_at + sign_up.late_by if sign_up.late_by else None
    return crew_state(
        sign_up.state, starts_at=starts_at, ends_at=ends_at, call_at=call_at, late_until=late_until, now=now
    )


def _performers(seen: Night, here: WhoIsHere, called_at: Callable[[Slot], datetime]) -> Iterator[Arrival]:
    for stage in seen.stages:
        for slot, shown in stage.pairs():
            if shown.state is SlotState.CANCELLED or slot.answer == ActAnswer.DECLINED:
                continue
            call_at = whole_minute(called_at(slot))
            for person in slot.people:
                here_at = here.since(slot) or here.person_since(person)
                state = performer_stands(slot, shown, here_at=here_at, call_at=call_at, now=seen.now)
                is_open = check_in_opens(call_at) <= seen.now
                yield Arrival(person, state, call_at, shown.starts_at or slot.starts_at, here_at, is_open, slot=slot)


def _crew(seen: Night, here: WhoIsHere, shifts: Iterable[Shift]) -> Iterator[Arrival]:
    for shift in shifts:
        times = shift_times(shift, seen)
        if times.starts_at is None:  # it goes with an act that is canceled
            continue
        starts_at, ends_at = times.or_planned(shift)
        call_at = call_time(starts_at, shift.call)
        for sign_up in shift.sign_ups:
            if sign_up.state in AWAITED:
                state = crew_stands(sign_up, starts_at, ends_at, call_at, seen.now)
                is_open = check_in_opens_at(shift, starts_at) <= seen.now < ends_at
                here_at = sign_up.here_at or here.person_since(sign_up.person)
                yield Arrival(sign_up.person, state, call_at, starts_at, here_at, is_open, sign_up=sign_up)
