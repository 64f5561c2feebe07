"""The recipients that a coordinator chose: one person, an act, a shift, a role, everyone in the organization."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coordinator.core.show_time import whole_minute
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import never_texted
from coordinator.people.models import Person
from coordinator.people.queries import person_of
from coordinator.shifts.models import Shift, SignUp
from coordinator.shifts.queries.everybody import without_a_shift
from coordinator.shifts.queries.planned import Times, shift_times, shifts_of
from coordinator.shownight.queries import Night, night

UNCONFIRMED = "unconfirmed"
EVERYBODY = "everybody"
PERFORMERS = "performers"
VOLUNTEERS = "volunteers"
WITHOUT_SHIFT = "without-shift"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A recipient, and the slot or shift that the text is about; None without one."""

    person: Person
    slot: Slot | None = None
    shift: Shift | None = None
    why_not: str | None = None  # key of the reason why they cannot be texted
    sign_up: SignUp | None = None  # their spot on the shift

    @property
    def about(self) -> str | None:
        """The name of the slot or the role of the shift."""
        return self.slot.name if self.slot else called(self.shift.role) if self.shift else None


@dataclass(frozen=True, slots=True)
class EventContacts:
    """Everyone who does something at an event, at ``night.now``."""

    event: Event
    night: Night
    shifts: Sequence[Shift]

    @property
    def playing(self) -> list[Addressee]:
        """Everyone in the acts of the running order, including declined ones, in the order of the slots."""
        slots = [slot for slot in self.night.slots if slot.cancelled_at is None and slot.act is not None]
        return [Addressee(person, slot=slot) for slot in slots for person in slot.people]

    @property
    def helping(self) -> list[Addressee]:
        """Everyone with a spot on a shift, in the order of the shifts."""
        shifts = [shift for shift in self.shifts if shift.cancelled_at is None]
        return [Addressee(each.person, shift=shift, sign_up=each) for shift in shifts for each in shift.holding]

    @property
    def everybody(self) -> list[Addressee]:
        """Performers who have not declined, and volunteers; once for each slot or shift they have."""
        return [each for each in self.playing if each.slot and each.slot.answer != ActAnswer.DECLINED] + self.helping

    def times(self, shift: Shift) -> Times:
        return shift_times(shift, self.night)

    def begins_at(self, each: Addressee) -> datetime | None:
        """When their set or shift begins, as people are told; the planned time when it has no projected one."""
        if each.slot is not None:
            return whole_minute(self.night.told_start(each.slot))
        return whole_minute(self.times(each.shift).starts_at or each.shift.starts_at) if each.shift else None

    def is_over(self, each: Addressee) -> bool:
        """Whether their set or shift has ended, or the show has."""
        if self.event.plan_until_at is not None and self.night.now >= self.event.plan_until_at:
            return True
        if each.slot is not None:
            ends_at = self.night.seen(each.slot.id).ends_at or each.slot.starts_at + each.slot.length
            return each.slot.ended_at is not None or ends_at <= self.night.now
        return each.shift is not None and (self.times(each.shift).ends_at or each.shift.ends_at) <= self.night.now


def contacts_of(event: Event, now: datetime) -> EventContacts:
    """Everyone who does something at the event, with a constant number of queries."""
    return EventContacts(event, night(event.id, now), shifts_of(event))


def addressees(contacts: EventContacts, to: str, sender: str) -> list[Addressee]:
    """The recipients for a group's key, each person once, with the reason for those who cannot be texted. Empty for an
    unknown key."""
    found = _once(contacts, meant(contacts, to))
    stopped = opted_out({each.person.phone for each in found if each.person.phone}, sender)
    return [replace(each, why_not=never_texted(each.person, stopped)) for each in found]


def meant(contacts: EventContacts, to: str) -> list[Addressee]:
    """Everyone in the group, once for each slot or shift they have in it."""
    whole: dict[str, Callable[[], list[Addressee]]] = {
        UNCONFIRMED: lambda: [each for each in contacts.playing if each.slot and each.slot.is_unanswered],
        EVERYBODY: lambda: contacts.everybody,
        PERFORMERS: lambda: [each for each in contacts.everybody if each.slot],
        VOLUNTEERS: lambda: contacts.helping,
        WITHOUT_SHIFT: lambda: [Addressee(person) for person in without_a_shift(contacts.event)],
    }
    if to in whole:
        return whole[to]()
    kind, _dash, number = to.partition("-")
    if kind not in _INSIDE or not (number.isascii() and number.isdigit() and len(number) < 16):
        return []
    found = [each for each in contacts.playing + contacts.helping if _INSIDE[kind](each) == int(number)]
    return found or (_somebody(contacts, int(number)) if kind == "person" else [])


def _once(contacts: EventContacts, found: Sequence[Addressee]) -> list[Addressee]:
    """Each person once, with what they do next; with what is over only when nothing is left."""
    ordered = sorted(found, key=contacts.is_over)
    once: dict[int, Addressee] = {}
    for each in ordered:
        once.setdefault(each.person.id, each)
    places = {each.person.id: place for place, each in reversed(list(enumerate(found)))}
    return sorted(once.values(), key=lambda each: places[each.person.id])


def _somebody(contacts: EventContacts, person_id: int) -> list[Addressee]:
    """A person of the organization with nothing to do that night."""
    person = person_of(contacts.event.organisation_id, person_id)
    return [Addressee(person)] if person else []


_INSIDE: dict[str, Callable[[Addressee], int | None]] = {
    "person": lambda each: each.person.id,
    "act": lambda each: each.slot.act_id if each.slot else None,
    "stage": lambda each: each.slot.stage_id if each.slot else None,
    "role": lambda each: each.shift.role_id if each.shift else None,
    "shift": lambda each: each.shift.id if each.shift else None,
}
