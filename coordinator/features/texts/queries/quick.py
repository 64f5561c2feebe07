"""What someone has to do at an event that a coordinator can answer for: their sets and shifts that are not over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.shifts.models import EXPECTED, SignUp, SignUpState
from coordinator.shifts.queries.planned import sign_up_of
from coordinator.shownight.queries import night

from .recipients import Addressee, EventContacts


@dataclass(frozen=True, slots=True)
class Doable:
    """One set or one shift of the person, and when it begins as people are told."""

    about: str
    begins_at: datetime | None
    slot: Slot | None = None
    sign_up: SignUp | None = None

    @property
    def fields(self) -> dict[str, int]:
        """What a press about it sends."""
        if self.slot is not None:
            return {"slot": self.slot.id}
        return {"sign_up": self.sign_up.id} if self.sign_up is not None else {}


def doable_of(contacts: EventContacts, parts: Sequence[Addressee]) -> list[Doable]:
    """The sets and shifts among these that are not over."""
    return [found for each in parts if not contacts.is_over(each) and (found := _doable(contacts, each))]


def own_slot(event: Event, person: Person, number: str | None, now: datetime) -> Slot | None:
    """The slot of this id, if it is one of the person's that is still to come."""
    slots = night(event.id, now).slots
    slot = next((each for each in slots if str(each.id) == number), None)
    if slot is None or person not in slot.people or slot.cancelled_at or slot.started_at or slot.ended_at:
        return None
    return slot


def own_sign_up(event: Event, person: Person, number: str | None) -> SignUp | None:
    """The sign-up of this id, if it is the person's and they are expected."""
    is_number = number is not None and number.isascii() and number.isdigit() and len(number) < 16
    row = sign_up_of(event, int(number)) if number and is_number else None
    return row if row and row.person_id == person.id and row.state in EXPECTED else None


def _doable(contacts: EventContacts, each: Addressee) -> Doable | None:
    at, about = contacts.begins_at(each), each.about or ""
    if each.slot is not None:
        return Doable(about, at, slot=each.slot) if each.slot.started_at is None else None
    rows = [row for row in each.shift.sign_ups if row.person_id == each.person.id] if each.shift else []
    row = next((row for row in rows if row.state == SignUpState.CONFIRMED), None)
    return Doable(about, at, sign_up=row) if row else None
