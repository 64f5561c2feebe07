"""What one person's own page shows: their slots and shifts to come, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...core.show_time import show_day_bounds, zone_named
from ...core.timeline import ProjectedSlot, SlotState
from ...db import db
from ...events.models import Event
from ...lineup.models import Act, ActMember, Slot
from ...people.models import Person, PersonalLink
from ...reminders.queries import rules_of
from ...shifts.models import EXPECTED, Shift, SignUp
from ...shifts.queries import Company, Times, companies_of, house_rule_of, places_in_queues, shift_times, times_now
from ...shownight.queries import Night, night
from .public import directions_to, moved_to

CALL = "call"  # the reminder whose moment is when a performer must be there


@dataclass(frozen=True, slots=True)
class OwnSlot:
    """A slot of the person. ``call_at`` is when to be there; ``now_at`` where a move put the set."""

    slot: Slot
    event: Event
    seen: ProjectedSlot
    before: str | None
    after: str | None
    call_at: datetime | None
    now_at: datetime | None
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
        return self.seen.state is SlotState.TO_COME and self.slot.answer in ("open", "invited")

    @property
    def is_on(self) -> bool:
        return self.seen.state is SlotState.ON

    @property
    def can_be_late(self) -> bool:
        return self.is_today and self.seen.state is SlotState.TO_COME and self.slot.answer != "declined"

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


@dataclass(frozen=True, slots=True)
class OwnShift:
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
    def starts_at(self) -> datetime:
        return self.times.starts_at or self.shift.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.times.ends_at or self.shift.ends_at

    @property
    def was_missed(self) -> bool:
        """Whether they were marked as not there; until the shift is over they may still come."""
        return self.sign_up.state == "no_show"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= self.now

    @property
    def call_at(self) -> datetime | None:
        """When to be there, where that is before the shift begins."""
        return self.starts_at - self.shift.call if self.shift.call else None

    @property
    def can_leave(self) -> bool:
        """Whether the person may just leave; later they ask for cover."""
        return self.now <= self.leave_until

    @property
    def is_host(self) -> bool:
        """Whether they bring somebody who has not said yes yet."""
        return self.company is not None and self.sign_up.person_id in self.company.host_ids

    @property
    def is_about(self) -> bool:
        return self.shift.follows_slot_id is not None

    def instructions(self, language: str) -> str | None:
        """What to do, in this language, else in the other."""
        both = (self.shift.role.instructions_en, self.shift.role.instructions_es)
        return next((words for words in (both if language != "es" else both[::-1]) if words), None)

    @property
    def directions(self) -> str | None:
        return directions_to(self.event)


@dataclass(frozen=True, slots=True)
class Own:
    """Everything of one person that is still to come."""

    slots: Sequence[OwnSlot]
    shifts: Sequence[OwnShift]
    waiting: Sequence[OwnShift] = ()  # shifts that are full, for which they queue

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
    leads = {event_id: _call_lead(event_id) for event_id in events}
    own_slots = [_own_slot(slot, nights[slot.event_id], leads[slot.event_id], now) for slot in slots]
    own_shifts = list(_own_shifts(sign_ups, nights, now))
    return Own(
        sorted(own_slots, key=lambda own: (not own.is_open, own.slot.starts_at)),
        sorted((own for own in own_shifts if own.place_in_queue is None), key=lambda own: own.starts_at),
        sorted((own for own in own_shifts if own.place_in_queue is not None), key=lambda own: own.starts_at),
    )


def own_slot(person: Person, slot_id: int, now: datetime) -> Slot | None:
    """The slot, if it is one of the person's still to come and not cancelled."""
    return next((slot for slot in _slots(person, now) if slot.id == slot_id and slot.cancelled_at is None), None)


def own_sign_up(person: Person, sign_up_id: int, now: datetime) -> SignUp | None:
    """The sign-up, if it is the person's own, and not one that they missed for good."""
    row = next((row for row in _sign_ups(person, now) if row.id == sign_up_id), None)
    if row is None or row.state != "no_show":
        return row
    return None if times_now(row.shift, now).or_planned(row.shift)[1] <= now else row


def was_a_link(token: str) -> bool:
    """Whether this once opened somebody's page."""
    return db.session.scalars(select(PersonalLink.id).where(PersonalLink.token == token)).first() is not None


def _slots(person: Person, now: datetime) -> Sequence[Slot]:
    return db.session.scalars(
        select(Slot)
        .join(Act, Act.id == Slot.act_id)
        .join(ActMember, ActMember.act_id == Act.id)
        .join(Event, Event.id == Slot.event_id)
        .where(ActMember.person_id == person.id, Slot.ended_at.is_(None))
        .where(or_(Event.plan_until_at.is_(None), Event.plan_until_at > now))
        .order_by(Slot.starts_at, Slot.id)
        .options(joinedload(Slot.event), joinedload(Slot.act))
    ).all()


def _sign_ups(person: Person, now: datetime) -> Sequence[SignUp]:
    return db.session.scalars(
        select(SignUp)
        .join(Event, Event.id == SignUp.event_id)
        .where(SignUp.person_id == person.id, SignUp.state.in_((*EXPECTED, "waitlisted", "no_show")))
        .where(or_(Event.plan_until_at.is_(None), Event.plan_until_at > now))
        .options(joinedload(SignUp.shift).joinedload(Shift.role), joinedload(SignUp.shift).joinedload(Shift.event))
    ).all()


def _call_lead(event_id: int) -> timedelta | None:
    """How long before their set performers are called; None where that reminder is switched off."""
    return next((rule.lead for rule in rules_of(event_id) if rule.key == CALL), None)


def _own_slot(slot: Slot, tonight: Night, lead: timedelta | None, now: datetime) -> OwnSlot:
    stage = tonight.stage_of(slot.id)
    playing = [each for each in stage.slots if each.id == slot.id or (not each.cancelled_at and each.kind != "break")]
    place = [each.id for each in playing].index(slot.id)
    seen, now_at = stage.seen(slot), moved_to(slot, stage.seen(slot))
    return OwnSlot(
        slot=slot,
        event=tonight.event,
        seen=seen,
        before=playing[place - 1].name if place else None,
        after=playing[place + 1].name if place + 1 < len(playing) else None,
        call_at=(now_at or slot.starts_at) - lead if lead is not None else None,
        now_at=now_at,
        is_today=_is_today(tonight.event, now),
        several_stages=len(tonight.stages) > 1,
    )


def _own_shifts(sign_ups: Sequence[SignUp], nights: dict[int, Night], now: datetime) -> Iterator[OwnShift]:
    companies, places = companies_of(sign_ups, now), places_in_queues(sign_ups)
    for sign_up in sign_ups:
        tonight, shift = nights[sign_up.event_id], sign_up.shift
        times = shift_times(shift, tonight)
        starts_at, ends_at = times.or_planned(shift)
        if ends_at > now or (shift.cancelled_at is not None and sign_up.state != "no_show"):
            yield OwnShift(
                sign_up,
                shift,
                tonight.event,
                times,
                now,
                _is_today(tonight.event, now),
                leave_until=starts_at - house_rule_of(tonight.event).leave_until,
                company=companies.get(sign_up.friends or ""),
                place_in_queue=places.get(sign_up.id),
            )


def _is_today(event: Event, now: datetime) -> bool:
    begins_at, ends_at = show_day_bounds(event.date, zone_named(event.zone))
    return begins_at <= now < ends_at
