"""What volunteers did for a show: who was there, for how long, who did not come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.core.cover import Presence, hours_worked, worth
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.money.queries import raised_of
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, WORKED, Shift, SignUp, SignUpState, VolunteerPolicy
from coordinator.shifts.queries.planned import Times, shift_times, shifts_of
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of
from coordinator.shownight.queries import Night, night


@dataclass(frozen=True, slots=True)
class WorkedShift:
    """One person's shift as it was. ``came`` None: nobody has said."""

    sign_up: SignUp
    starts_at: datetime
    ends_at: datetime

    @property
    def came(self) -> bool | None:
        if self.sign_up.state in WORKED:
            return True
        return False if self.sign_up.state == SignUpState.NO_SHOW else None

    @property
    def is_excused(self) -> bool:
        """Whether they did not come, and a coordinator has excused it."""
        return self.came is False and self.sign_up.excused_at is not None

    @property
    def presence(self) -> Presence:
        return Presence(self.starts_at, self.ends_at, self.sign_up.here_at, self.sign_up.left_at)


@dataclass(frozen=True, slots=True)
class Helped:
    """What one person did, in order of time."""

    person: Person
    shifts: Sequence[WorkedShift]

    @property
    def length(self) -> timedelta:
        return hours_worked(worked.presence for worked in self.shifts if worked.came)

    @property
    def came(self) -> bool:
        return any(worked.came for worked in self.shifts)


@dataclass(frozen=True, slots=True)
class VolunteerHours:
    """All volunteers, by name, and the sums. ``value`` None: nobody has entered what an hour is worth.

    ``still_on``: the ids of people who have a shift that is not over. ``ends_at``: when the last of these shifts
    is; None: all are over. ``counted``: what was counted and confirmed; None: nothing was.
    """

    people: Sequence[Helped]
    policy: VolunteerPolicy
    still_on: frozenset[int]
    ends_at: datetime | None
    counted: Decimal | None = None

    @property
    def raised(self) -> Decimal | None:
        """What was raised: as typed, or else as counted; None: neither."""
        return self.policy.raised if self.policy.raised is not None else self.counted

    @property
    def length(self) -> timedelta:
        return sum((each.length for each in self.people), timedelta(0))

    @property
    def value(self) -> Decimal | None:
        return worth(self.length, self.policy.hour_is_worth) if self.policy.hour_is_worth is not None else None

    def value_of(self, helped: Helped) -> Decimal | None:
        """What one person's work is worth."""
        return worth(helped.length, self.policy.hour_is_worth) if self.policy.hour_is_worth is not None else None

    @property
    def came(self) -> Sequence[Helped]:
        return [each for each in self.people if each.came]

    @property
    def unsaid(self) -> Sequence[WorkedShift]:
        """The shifts for which nobody has said whether someone came."""
        return [worked for each in self.people for worked in each.shifts if worked.came is None]

    @property
    def missed(self) -> Sequence[WorkedShift]:
        """No-shows that nobody has excused."""
        shifts = [worked for each in self.people for worked in each.shifts]
        return [worked for worked in shifts if worked.came is False and not worked.is_excused]


def volunteer_hours_of(event: Event, now: datetime) -> VolunteerHours:
    """Everyone with a spot on shifts that are over, in the same number of queries however many there are."""
    tonight = night(event.id, now)
    shifts: dict[int, list[WorkedShift]] = defaultdict(list)
    people: dict[int, Person] = {}
    still_on: set[int] = set()
    ends: list[datetime] = []
    for shift in shifts_of(event):
        times = _times(shift, tonight)
        if shift.cancelled_at is not None:
            continue
        if times[1] > now:
            still_on |= {sign_up.person_id for sign_up in shift.holding}
            ends.append(times[1])
            continue
        for sign_up in shift.sign_ups:
            if sign_up.state in (*HOLDING, SignUpState.NO_SHOW):
                people[sign_up.person_id] = sign_up.person
                shifts[sign_up.person_id].append(WorkedShift(sign_up, *times))
    helped = [Helped(person, shifts[person_id]) for person_id, person in people.items()]
    by_name = sorted(helped, key=lambda each: each.person.name.casefold())
    last_end = max(ends, default=None)
    return VolunteerHours(by_name, volunteer_policy_of(event), frozenset(still_on), last_end, raised_of(event) or None)


def no_shows_of(organisation_id: int) -> Sequence[SignUp]:
    """Every no-show of the organization, at any of its events, newest first."""
    found = (
        select(SignUp)
        .join(Event, Event.id == SignUp.event_id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(Event.organisation_id == organisation_id, SignUp.state == SignUpState.NO_SHOW)
        .order_by(Shift.starts_at.desc(), SignUp.id)
        .options(
            joinedload(SignUp.person),
            joinedload(SignUp.shift).joinedload(Shift.role),
            joinedload(SignUp.shift).joinedload(Shift.event),
        )
    )
    return db.session.scalars(found).all()


def no_show_of(organisation_id: int, sign_up_id: int) -> SignUp | None:
    """The no-show with this id, if it is the organization's."""
    return next((each for each in no_shows_of(organisation_id) if each.id == sign_up_id), None)


def _times(shift: Shift, tonight: Night) -> tuple[datetime, datetime]:
    times: Times = shift_times(shift, tonight)
    return times.or_planned(shift)
