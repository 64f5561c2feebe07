"""Who works when, who may come in, whom to call, what is on a badge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from coordinator.core.show_time import call_time, show_day, show_days_of, zone_named
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.features.texts.queries.recipients import Addressee, EventContacts, contacts_of
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import coming_of
from coordinator.reminders.queries.call_times import called_in
from coordinator.reminders.queries.rules import call_lead
from coordinator.shifts.models import Role, Shift, SignUp

BADGE_ROOM: Final = 70  # characters
LEAST_SURE: Final = ("cannot", "not_told", "asked", "coming")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that someone does: a slot, or a shift with its place. ``call_at``: when they must be there."""

    what: str
    starts_at: datetime
    call_at: datetime
    place: str | None = None
    coming: str | None = None  # to a shift: not_told, asked, coming or cannot
    role: Role | None = None  # of a shift


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """A person with all they do, in order of time."""

    person: Person
    duties: list[Duty] = field(default_factory=list)

    @property
    def coming(self) -> str | None:
        """How sure it is that they come to their shifts: the least sure of them; None: they have none to come to."""
        return min((each.coming for each in self.duties if each.coming), key=LEAST_SURE.index, default=None)

    @property
    def call_at(self) -> datetime:
        """When they must first be there."""
        return min(each.call_at for each in self.duties)

    @property
    def whats(self) -> list[str]:
        """What they do, each thing once."""
        return list(dict.fromkeys(str(each.what) for each in self.duties))

    @property
    def on_badge(self) -> tuple[list[str], int]:
        """What of it there is room for on a badge, at least one thing, and how much more there is."""
        words = self.whats
        lengths = accumulate(len(each) + len(", ") for each in words)
        fitting = max(1, sum(length <= BADGE_ROOM for length in lengths))
        return words[:fitting], len(words) - fitting

    def days(self, zone: str) -> list[date]:
        """The show days on which they do something, in order."""
        return show_days_of((each.starts_at for each in self.duties), zone_named(zone))


@dataclass(frozen=True, slots=True)
class SheetShift:
    """A shift with its people, at the times it really has."""

    shift: Shift
    starts_at: datetime
    ends_at: datetime
    people: Sequence[SignUp]
    coming: Mapping[int, str]  # how sure it is that they come, by sign-up

    @property
    def call_at(self) -> datetime:
        """When its people must be there."""
        return call_time(self.starts_at, self.shift.call)

    @property
    def open_lines(self) -> int:
        """Empty lines to write on: one for each open spot."""
        return max(0, self.shift.max - len(self.people))


def shift_sheet(event: Event, now: datetime) -> list[SheetShift]:
    """Every shift that takes place, in order of time."""
    contacts = contacts_of(event, now)
    coming = coming_of([each.sign_up for each in contacts.helping if each.sign_up])
    sheet = [_sheet_shift(shift, contacts, coming) for shift in contacts.shifts if shift.cancelled_at is None]
    return sorted(sheet, key=lambda each: (each.starts_at, each.shift.id))


def shifts_by_day(event: Event, sheet: Iterable[SheetShift]) -> list[tuple[date, list[SheetShift]]]:
    """The same shifts under the show days they begin on, in order."""
    zone, found = zone_named(event.zone), dict[date, list[SheetShift]]()
    for each in sheet:
        found.setdefault(show_day(each.starts_at, zone), []).append(each)
    return sorted(found.items())


def everybody_on(event: Event, now: datetime) -> list[PrintedPerson]:
    """Everyone who plays or helps, by name."""
    contacts, found = contacts_of(event, now), dict[int, PrintedPerson]()
    coming = coming_of([each.sign_up for each in contacts.helping if each.sign_up])
    lead = call_lead(event.id)
    for each in contacts.everybody:
        found.setdefault(each.person.id, PrintedPerson(each.person)).duties.append(_duty(each, contacts, coming, lead))
    for named in found.values():
        named.duties.sort(key=lambda duty: duty.starts_at)
    return sorted(found.values(), key=lambda each: (each.person.name.casefold(), each.person.id))


def people_by_day(event: Event, people: Iterable[PrintedPerson]) -> list[tuple[date, list[PrintedPerson]]]:
    """The same people under each show day on which they do something, with what they do on that day."""
    zone, found = zone_named(event.zone), dict[date, list[PrintedPerson]]()
    for each in people:
        on_days = dict[date, list[Duty]]()
        for duty in each.duties:
            on_days.setdefault(show_day(duty.starts_at, zone), []).append(duty)
        for on, duties in on_days.items():
            found.setdefault(on, []).append(PrintedPerson(each.person, duties))
    return sorted(found.items())


def _sheet_shift(shift: Shift, contacts: EventContacts, coming: Mapping[int, str]) -> SheetShift:
    return SheetShift(shift, *contacts.times(shift).or_planned(shift), shift.holding, coming)


def _duty(each: Addressee, contacts: EventContacts, coming: Mapping[int, str], lead: timedelta | None) -> Duty:
    starts_at = contacts.begins_at(each)
    if each.slot is not None:
        at = starts_at or each.slot.starts_at
        return Duty(each.slot.name, at, called_in(contacts.night, each.slot, lead), each.slot.stage.name)
    assert each.shift is not None
    at = starts_at or each.shift.starts_at
    state = coming.get(each.sign_up.id) if each.sign_up else None
    role = each.shift.role
    return Duty(called(role), at, call_time(at, each.shift.call), each.shift.place, state, role)
