"""Who may be at the door: people with a set or shift that is on, or whose check-in is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from coordinator.core.cover import check_in_opens
from coordinator.core.cover.presence import CHECK_IN_LASTS
from coordinator.core.search_words import searchable
from coordinator.core.timeline import SlotState
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.lineup.queries import slots_played_by
from coordinator.people.models import Person
from coordinator.reminders.queries.call_times import called_in
from coordinator.reminders.queries.rules import call_lead
from coordinator.shifts.models import Shift, SignUp, SignUpState
from coordinator.shifts.queries.planned import FAR, check_in_opens_at, shift_times
from coordinator.shifts.queries.who_is_here import who_is_here
from coordinator.shownight.queries import Night, night

A_DAY = timedelta(days=1)  # no call time is longer before its shift
WELCOME = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN, SignUpState.NO_SHOW, SignUpState.DONE)
STILL_PLAYED = (SlotState.TO_COME, SlotState.ON)
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Arriving:
    """One person at their next set, or at one of their shifts, at the times that it really has."""

    person: Person
    work: Slot | SignUp
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    is_here: bool

    @property
    def slot(self) -> Slot | None:
        return self.work if isinstance(self.work, Slot) else None

    @property
    def sign_up(self) -> SignUp | None:
        return self.work if isinstance(self.work, SignUp) else None

    @property
    def key(self) -> str:
        """Which of the person's sets and shifts it is."""
        return f"set-{self.work.id}" if self.slot else f"shift-{self.work.id}"

    @property
    def call_at(self) -> datetime:
        """When they must be there."""
        return self.opens_at + CHECK_IN_LASTS

    @property
    def is_about(self) -> bool:
        """Whether it is a shift that moves with a slot."""
        return self.sign_up is not None and self.sign_up.shift.follows_slot_id is not None

    @property
    def can_be_undone(self) -> bool:
        """Whether it was said of this very set or shift, not of another set of theirs."""
        return self.is_here and (self.slot is None or self.slot.said_here_at is not None)


def arriving(event: Event, person: Person, now: datetime) -> list[Arriving]:
    """The person's next set and current shifts: from when check-in opens to the end, as the show runs."""
    return [each for each in _to_come(event, now, Person.id == person.id) if each.opens_at <= now]


def arriving_with(event: Event, digits: str, now: datetime) -> list[Arriving]:
    """The same for everyone whose phone ends in these four digits; none if they are not four digits."""
    return [each for each in _with(event, digits, now) if each.opens_at <= now]


def opens_for(event: Event, person: Person, now: datetime) -> datetime | None:
    """When check-in opens for what the person does next within a day; None: there is nothing, or it is open."""
    return _opens_next(_to_come(event, now, Person.id == person.id), now)


def opens_for_digits(event: Event, digits: str, now: datetime) -> datetime | None:
    """The same for everyone whose phone ends in these four digits."""
    return _opens_next(_with(event, digits, now), now)


def people_in(coming: Sequence[Arriving]) -> list[Person]:
    """The people who arrive, each once, by name."""
    people = {each.person.id: each.person for each in coming}
    return sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))


def called(people: Sequence[Person], name: str) -> list[Person]:
    """People with this first or full name, ignoring case and accents."""
    asked = searchable(name)
    return [person for person in people if asked and asked in (searchable(person.name), searchable(person.first_name))]


def called_apart(people: Sequence[Person]) -> list[tuple[Person, str]]:
    """Each person's first name, with an initial where two would be the same."""
    firsts = [person.first_name for person in people]
    return [
        (person, person.first_name if firsts.count(person.first_name) == 1 else _with_initial(person))
        for person in people
    ]


def _with_initial(person: Person) -> str:
    rest = person.name.removeprefix(person.first_name).split()
    return f"{person.first_name} {rest[-1][0]}." if rest else person.first_name


def _with(event: Event, digits: str, now: datetime) -> list[Arriving]:
    if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
        return []
    return _to_come(event, now, Person.phone.endswith(digits))


def _opens_next(coming: Sequence[Arriving], now: datetime) -> datetime | None:
    opens_at = min((each.opens_at for each in coming), default=None)
    return opens_at if opens_at and opens_at > now else None


def _to_come(event: Event, now: datetime, whose: ColumnElement[bool]) -> list[Arriving]:
    """Everything of a day that is not over, by its start."""
    sign_ups, slots = _sign_ups(event, now, whose), _slots(event, now, whose)
    if not (sign_ups or slots):
        return []
    tonight = night(event.id, now)
    found = [*_sets(tonight, slots), *(_shift(tonight, sign_up) for sign_up in sign_ups)]
    return sorted((each for each in found if now < each.ends_at), key=lambda each: each.starts_at)


def _sign_ups(event: Event, now: datetime, whose: ColumnElement[bool]) -> Sequence[SignUp]:
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.event_id == event.id, SignUp.state.in_(WELCOME), Shift.cancelled_at.is_(None))
        .where(SignUp.person.has(whose), Shift.starts_at < now + A_DAY + FAR, Shift.ends_at > now - FAR)
        .order_by(Shift.starts_at, SignUp.id)
        .options(joinedload(SignUp.person), joinedload(SignUp.shift).joinedload(Shift.role))
    )
    return db.session.scalars(found).all()


def _slots(event: Event, now: datetime, whose: ColumnElement[bool]) -> list[tuple[Person, Slot]]:
    theirs = select(Person).where(Person.organisation_id == event.organisation_id, whose)
    people = {person.id: person for person in db.session.scalars(theirs)}
    mine = (
        slots_played_by(people)
        .where(Slot.event_id == event.id, Slot.cancelled_at.is_(None), Slot.ended_at.is_(None))
        .where(Slot.answer != ActAnswer.DECLINED, Slot.starts_at < now + A_DAY + FAR, Slot.starts_at > now - A_DAY)
        .order_by(Slot.starts_at, Slot.id)
    )
    return [(people[person_id], slot) for person_id, slot in db.session.execute(mine)] if people else []


def _sets(tonight: Night, slots: Sequence[tuple[Person, Slot]]) -> Iterator[Arriving]:
    """For each person the first set that is on or to come."""
    here, lead, found = who_is_here(tonight.today, ()), call_lead(tonight.event.id), set[int]()
    for person, slot in slots:
        shown = tonight.seen(slot.id)
        starts_at = tonight.told_start(slot)
        ends_at = shown.ends_at or starts_at + slot.length
        if person.id in found or shown.state not in STILL_PLAYED or ends_at <= tonight.now:
            continue
        found.add(person.id)
        opens_at = check_in_opens(called_in(tonight, slot, lead))
        yield Arriving(person, slot, starts_at, ends_at, opens_at, here.since(slot) is not None)


def _shift(tonight: Night, sign_up: SignUp) -> Arriving:
    starts_at, ends_at = shift_times(sign_up.shift, tonight).or_planned(sign_up.shift)
    opens_at, is_here = check_in_opens_at(sign_up.shift, starts_at), sign_up.state == SignUpState.CHECKED_IN
    return Arriving(sign_up.person, sign_up, starts_at, ends_at, opens_at, is_here)
