"""What a text from a phone can be about: its people, their slots and shifts, the shows they run today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from coordinator.accounts.models import Coordinator
from coordinator.accounts.permissions import may_run
from coordinator.accounts.queries import account_of
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.events.queries import is_not_over, runs_the_night
from coordinator.lineup.models import Act, ActAnswer, ActMember, Slot
from coordinator.lineup.queries import slots_played_by
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.people.queries import people_with_phone
from coordinator.shifts.models import EXPECTED, Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import FAR, check_in_opens_at, shift_times, sign_ups_by
from coordinator.shownight.queries import night


@dataclass(frozen=True, slots=True)
class Mine:
    """One slot of one person on the phone."""

    person: Person
    slot: Slot

    @property
    def said(self) -> str | None:
        """Their own answer; None without one."""
        return self.slot.said.get(self.person.id)

    @property
    def has_declined(self) -> bool:
        """Whether they, or someone else for the act, have said no."""
        return self.slot.answer == ActAnswer.DECLINED or self.said == "declined"

    @property
    def is_unanswered(self) -> bool:
        return self.slot.is_unanswered and self.said is None and self.slot.started_at is None


@dataclass(frozen=True, slots=True)
class MyShift:
    """One shift of one person on the phone, with its actual times."""

    person: Person
    sign_up: SignUp
    starts_at: datetime
    ends_at: datetime

    @property
    def check_in_opens_at(self) -> datetime:
        return check_in_opens_at(self.sign_up.shift, self.starts_at)

    @property
    def is_here(self) -> bool:
        return self.sign_up.state == SignUpState.CHECKED_IN


@dataclass(frozen=True, slots=True)
class SenderContext:
    """Everything that a text from this phone may be about, in order of time."""

    phone: str
    people: tuple[Person, ...]
    slots: tuple[Mine, ...]
    shifts: tuple[MyShift, ...]
    missed: tuple[MyShift, ...]  # shifts still running whose person was marked as a no-show: they may still come
    runs: tuple[Event, ...]  # today's shows that someone on this phone may run by text
    stage_ids: frozenset[int]  # the stages of those shows that they may run

    @property
    def unconfirmed(self) -> list[Mine]:
        return [mine for mine in self.slots if mine.is_unanswered]

    @property
    def is_expected(self) -> bool:
        """Whether anything is coming up for them, as WHEN tells it."""
        return bool(self.shifts) or any(not mine.has_declined for mine in self.slots)

    @property
    def event_id(self) -> int | None:
        """The show that a text is most likely about: the one they run, or else the show of what comes first."""
        coming = [
            *self.runs,
            *(mine.slot.event for mine in self.slots),
            *(mine.sign_up.shift.event for mine in (*self.shifts, *self.missed)),
        ]
        return coming[0].id if coming else None

    @property
    def first_person(self) -> Person | None:
        return self.people[0] if self.people else None


def sender_context_of(message: Message, now: datetime) -> SenderContext:
    """What a text from the sender of the message can be about at ``now``."""
    people = tuple([message.person] if message.person else people_with_phone(message.phone))
    ids = [person.id for person in people]
    by_id = {person.id: person for person in people}
    shifts, runs = _shifts(by_id, now), _runs(ids, now)
    return SenderContext(
        phone=message.phone,
        people=people,
        slots=tuple(_slots(by_id, now)),
        shifts=tuple(mine for mine in shifts if mine.sign_up.state in EXPECTED),
        missed=tuple(mine for mine in shifts if mine.sign_up.state not in EXPECTED),
        runs=tuple(dict.fromkeys(runs.values())),
        stage_ids=frozenset(runs),
    )


def _slots(people: dict[int, Person], now: datetime) -> list[Mine]:
    playing = slots_played_by(people).where(Slot.cancelled_at.is_(None), Slot.ended_at.is_(None), is_not_over(now))
    rows = db.session.execute(
        playing.order_by(Slot.starts_at, Slot.id, ActMember.id).options(
            joinedload(Slot.event),
            joinedload(Slot.act).selectinload(Act.members).joinedload(ActMember.person),
            selectinload(Slot.answers),
        )
    )
    return [Mine(people[person_id], slot) for person_id, slot in rows]


def _shifts(people: dict[int, Person], now: datetime) -> list[MyShift]:
    """The shifts that are not over, by their actual times."""
    states = SignUp.state.in_((*EXPECTED, SignUpState.NO_SHOW))
    theirs = sign_ups_by(people).where(states, Shift.cancelled_at.is_(None), Shift.ends_at > now - FAR)
    rows = db.session.scalars(theirs.options(joinedload(SignUp.shift).joinedload(Shift.event))).all()
    nights = {event_id: night(event_id, now) for event_id in {row.event_id for row in rows}}
    timed = [(row, *shift_times(row.shift, nights[row.event_id]).or_planned(row.shift)) for row in rows]
    mine = [MyShift(people[row.person_id], row, begins_at, ends_at) for row, begins_at, ends_at in timed]
    return sorted((each for each in mine if each.ends_at > now), key=lambda each: (each.starts_at, each.sign_up.id))


def next_show_run_by(ids: Sequence[int], now: datetime) -> Event | None:
    """The next show that one of these people runs, today or later."""
    return next((event for event in _shows_of(ids, now) if _stages_run(event, ids)), None)


def _runs(ids: Sequence[int], now: datetime) -> dict[int, Event]:
    """The shows someone on this phone runs today, as a stage manager or by the role of their account."""
    today = [event for event in _shows_of(ids, now) if event.is_on(now)]
    return {stage_id: event for event in today for stage_id in _stages_run(event, ids)}


def _shows_of(ids: Sequence[int], now: datetime) -> Sequence[Event]:
    """The shows that are not over which someone of these may run, the next first."""
    managing = select(EventPerson.event_id).where(EventPerson.person_id.in_(ids), EventPerson.stage_manager)
    houses = {each.organisation_id for each in _members(ids)}
    theirs = select(Event).where(or_(Event.id.in_(managing), Event.organisation_id.in_(houses)))
    return db.session.scalars(theirs.where(Event.plan_until_at > now).order_by(Event.plan_until_at, Event.id)).all()


def _stages_run(event: Event, ids: Sequence[int]) -> list[int]:
    is_managed = any(runs_the_night(event.id, person_id) for person_id in ids)
    members = _members(ids)
    return [
        stage.id for stage in event.stages if is_managed or any(_may_run(each, event, stage.id) for each in members)
    ]


def _members(ids: Sequence[int]) -> list[Coordinator]:
    return [member for member in map(account_of, ids) if member is not None]


def _may_run(member: Coordinator, event: Event, stage_id: int) -> bool:
    return member.organisation_id == event.organisation_id and may_run(member, stage_id)
