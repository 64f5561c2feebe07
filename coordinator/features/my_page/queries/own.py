"""One person's own page: their slots and shifts to come, and nobody else's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from coordinator.core.arrivals import ArrivalState
from coordinator.core.cover import check_in_opens
from coordinator.core.show_time import call_time, whole_minute
from coordinator.core.timeline import ProjectedSlot, SlotState
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import is_not_over
from coordinator.features.public_lineup.queries.about import directions_to
from coordinator.features.public_lineup.queries.lineup import moved_to
from coordinator.lineup.models import ActAnswer, Slot, SlotKind
from coordinator.lineup.queries import slots_played_by
from coordinator.people.models import Person
from coordinator.reminders.queries.call_times import called_in
from coordinator.reminders.queries.rules import call_lead
from coordinator.shifts.models import EXPECTED, Shift, SignUp, SignUpState
from coordinator.shifts.queries.arrivals import performer_stands
from coordinator.shifts.queries.company import Company, companies_of
from coordinator.shifts.queries.objections import places_in_queues
from coordinator.shifts.queries.planned import ShiftAtItsTimes, Times, shift_times, sign_ups_by, times_now
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of
from coordinator.shifts.queries.who_is_here import who_is_here
from coordinator.shownight.queries import Night, night

SHOWN_AFTER = timedelta(hours=6)  # how long a set that is over stays on the page


@dataclass(frozen=True, slots=True)
class OwnSlot:
    """A slot of the person. ``call_at`` is when to be there; ``now_at`` where a move put the set."""

    slot: Slot
    event: Event
    seen: ProjectedSlot
    stands: ArrivalState
    here_at: datetime | None
    before: str | None
    after: str | None
    call_at: datetime | None
    now_at: datetime | None
    called_at: datetime  # by which check-in opens: the planned call, or an earlier one
    check_in_opens_at: datetime
    now: datetime
    is_today: bool
    several_stages: bool

    @property
    def starts_at(self) -> datetime:
        return self.now_at or self.slot.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.slot.length

    @property
    def is_open(self) -> bool:
        """Whether an answer is wanted."""
        return self.seen.state is SlotState.TO_COME and self.slot.is_unanswered

    @property
    def is_on(self) -> bool:
        return self.seen.state is SlotState.ON

    @property
    def can_be_late(self) -> bool:
        return self.is_today and self.seen.state is SlotState.TO_COME and self.slot.answer != ActAnswer.DECLINED

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


@dataclass(frozen=True, slots=True)
class OwnShift(ShiftAtItsTimes):
    """A shift of the person, at the times that it really has."""

    sign_up: SignUp
    shift: Shift
    event: Event
    times: Times
    now: datetime
    is_today: bool
    leave_until: datetime
    company: Company | None = None
    place_in_queue: int | None = None

    @property
    def was_missed(self) -> bool:
        """Whether they were marked as a no-show; until the shift is over they may still come."""
        return self.sign_up.state == SignUpState.NO_SHOW

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= self.now

    @property
    def call_at(self) -> datetime | None:
        """When to be there, if that is before the shift starts."""
        return call_time(self.starts_at, self.shift.call) if self.shift.call else None

    @property
    def can_leave(self) -> bool:
        """Whether the person may drop the shift; later they ask for cover."""
        return self.now <= self.leave_until

    @property
    def is_host(self) -> bool:
        """Whether they bring someone who has not said yes yet."""
        return self.company is not None and self.sign_up.person_id in self.company.host_ids

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


@dataclass(frozen=True, slots=True)
class Own:
    """Everything of one person that is still to come."""

    slots: Sequence[OwnSlot]
    shifts: Sequence[OwnShift]
    waiting: Sequence[OwnShift] = ()  # full shifts on whose waitlist they are

    @property
    def with_friends(self) -> list[OwnShift]:
        """One shift for each friend who has not said yes yet."""
        return list({own.company.key: own for own in self.shifts if own.is_host and own.company}.values())

    @property
    def wanted(self) -> list[OwnSlot]:
        """The slots for which an answer is wanted."""
        return [own for own in self.slots if own.is_open]

    @property
    def events(self) -> list[Event]:
        seen = [own.event for own in self.slots] + [own.event for own in (*self.shifts, *self.waiting)]
        return list({event.id: event for event in seen}.values())


def own_things(person: Person, now: datetime) -> Own:
    """The person's slots and shifts to come, in order of their times."""
    slots, sign_ups = _slots(person, now), _sign_ups(person, now)
    events = {slot.event_id for slot in slots} | {sign_up.event_id for sign_up in sign_ups}
    nights = {event_id: night(event_id, now) for event_id in events}
    leads = {event_id: call_lead(event_id) for event_id in events}
    own_slots = [_own_slot(slot, nights[slot.event_id], leads[slot.event_id], now) for slot in slots]
    own_shifts = list(_own_shifts(sign_ups, nights, now))
    return Own(
        sorted(own_slots, key=lambda own: (not own.is_open, own.slot.starts_at)),
        sorted((own for own in own_shifts if own.place_in_queue is None), key=lambda own: own.starts_at),
        sorted((own for own in own_shifts if own.place_in_queue is not None), key=lambda own: own.starts_at),
    )


def own_slot(person: Person, slot_id: int, now: datetime) -> Slot | None:
    """The slot, if it is one of the person's still to come and not cancelled."""
    theirs = (slot for slot in _slots(person, now) if slot.cancelled_at is None and slot.ended_at is None)
    return next((slot for slot in theirs if slot.id == slot_id), None)


def own_sign_up(person: Person, sign_up_id: int, now: datetime) -> SignUp | None:
    """The sign-up, if it is the person's own and not a final no-show."""
    row = next((row for row in _sign_ups(person, now) if row.id == sign_up_id), None)
    if row is None or row.state != SignUpState.NO_SHOW:
        return row
    return None if times_now(row.shift, now).or_planned(row.shift)[1] <= now else row


def _slots(person: Person, now: datetime) -> Sequence[Slot]:
    lately = or_(Slot.ended_at.is_(None), Slot.ended_at > now - SHOWN_AFTER)
    mine = slots_played_by([person.id]).where(lately, is_not_over(now))
    ordered = mine.order_by(Slot.starts_at, Slot.id).options(joinedload(Slot.event), joinedload(Slot.act))
    return [slot for _, slot in db.session.execute(ordered)]


def _sign_ups(person: Person, now: datetime) -> Sequence[SignUp]:
    mine = sign_ups_by([person.id]).where(
        SignUp.state.in_((*EXPECTED, SignUpState.WAITLISTED, SignUpState.NO_SHOW)), is_not_over(now)
    )
    return db.session.scalars(mine.options(joinedload(SignUp.shift).joinedload(Shift.event))).all()


def _own_slot(slot: Slot, tonight: Night, lead: timedelta | None, now: datetime) -> OwnSlot:
    stage = tonight.stage_of(slot.id)
    playing = [
        each for each in stage.slots if each.id == slot.id or (not each.cancelled_at and each.kind != SlotKind.BREAK)
    ]
    place = [each.id for each in playing].index(slot.id)
    seen = tonight.told(slot.id)
    now_at, called = moved_to(slot, seen), called_in(tonight, slot, lead)
    here_at = who_is_here(tonight.today, ()).since(slot)
    return OwnSlot(
        slot=slot,
        event=tonight.event,
        seen=seen,
        stands=performer_stands(slot, tonight.seen(slot.id), here_at=here_at, call_at=whole_minute(called), now=now),
        here_at=here_at,
        before=playing[place - 1].name if place else None,
        after=playing[place + 1].name if place + 1 < len(playing) else None,
        call_at=call_time(now_at or slot.starts_at, lead) if lead is not None else None,
        now_at=now_at,
        called_at=called,
        check_in_opens_at=check_in_opens(called),
        now=now,
        is_today=tonight.event.is_today(slot.starts_at, now),
        several_stages=len(tonight.event.stages) > 1,
    )


def _own_shifts(sign_ups: Sequence[SignUp], nights: dict[int, Night], now: datetime) -> Iterator[OwnShift]:
    companies, places = companies_of(sign_ups, now), places_in_queues(sign_ups)
    for sign_up in sign_ups:
        tonight, shift = nights[sign_up.event_id], sign_up.shift
        times = shift_times(shift, tonight)
        starts_at, ends_at = times.or_planned(shift)
        if ends_at > now or (shift.cancelled_at is not None and sign_up.state != SignUpState.NO_SHOW):
            yield OwnShift(
                sign_up,
                shift,
                tonight.event,
                times,
                now,
                tonight.event.is_today(starts_at, now),
                leave_until=starts_at - volunteer_policy_of(tonight.event).leave_until,
                company=companies.get(sign_up.friends_key or ""),
                place_in_queue=places.get(sign_up.id),
            )
