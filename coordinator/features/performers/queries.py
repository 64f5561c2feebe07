"""Who is part of an event, act by act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordinator.core.rules import UNDO
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.events.queries import cast_of
from coordinator.lineup.models import Act, ActAnswer, Slot
from coordinator.lineup.queries import acts_of, slots_of
from coordinator.messaging.models import CallReason
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import asked_slots
from coordinator.shifts.queries.everybody import everybody_of


@dataclass(frozen=True, slots=True)
class Cast:
    """The acts with their people and slots, and the crew: who may run the night by text, who is artist liaison."""

    acts: Sequence[Act]
    slots: dict[int, list[Slot]]  # by act
    parts: Sequence[EventPerson]

    @property
    def people(self) -> list[Person]:
        everybody = [*(person for act in self.acts for person in act.people), *(part.person for part in self.crew)]
        return list({person.id: person for person in everybody}.values())

    @property
    def crew(self) -> list[EventPerson]:
        return [part for part in self.parts if part.is_crew]

    def runs(self, person: Person) -> bool:
        return any(part.person_id == person.id and part.stage_manager for part in self.parts)

    def liaises(self, person: Person) -> bool:
        return any(part.person_id == person.id and part.artist_liaison for part in self.parts)


def cast_page(event: Event) -> Cast:
    """Everything that the performers' page shows."""
    slots: dict[int, list[Slot]] = {}
    for slot in slots_of(event):
        if slot.act_id is not None:
            slots.setdefault(slot.act_id, []).append(slot)
    return Cast(acts_of(event), slots, cast_of(event))


@dataclass(frozen=True, slots=True)
class ActToAsk:
    """An act without an answer: its slot, whom a text reaches, whom none does and why, and when it was asked last.

    ``is_leaving``: it was asked so short a while ago that it can still be taken back.
    """

    slot: Slot
    reached: Sequence[Person]
    silent: Sequence[tuple[Person, CallReason]]
    asked_at: datetime | None
    is_leaving: bool


def acts_to_ask(event: Event, now: datetime, sender: str) -> list[ActToAsk]:
    """The acts to come that haven't said yes, in order of their times; ``sender``'s opt-outs count."""
    slots = [each for each in slots_of(event) if _may_be_asked(each, now)]
    asked = asked_slots(event.id)
    stopped = opted_out({person.phone for slot in slots for person in slot.people if person.phone}, sender)
    return [_to_ask(slot, asked.get(slot.id), stopped, now) for slot in sorted(slots, key=lambda each: each.starts_at)]


def without_agreement(event: Event) -> list[Person]:
    """Everyone of the show who has agreed neither to texts nor to emails, by name."""
    return [person for person in everybody_of(event) if person.agreed_at is None and person.email_agreed_at is None]


def _may_be_asked(slot: Slot, now: datetime) -> bool:
    is_to_come = slot.cancelled_at is None and slot.started_at is None and slot.starts_at > now
    return is_to_come and slot.act is not None and slot.answer != ActAnswer.CONFIRMED


def _to_ask(slot: Slot, asked_at: datetime | None, stopped: Collection[str], now: datetime) -> ActToAsk:
    silences = [(person, silence_of(person, stopped)) for person in slot.people]
    return ActToAsk(
        slot,
        [person for person, why in silences if why is None],
        [(person, why) for person, why in silences if why is not None],
        asked_at,
        is_leaving=slot.asked_at is not None and now < slot.asked_at + UNDO,
    )


def person_in(event: Event, person_id: int) -> Person | None:
    """The person, if they are part of the event; None when not."""
    there = select(Person).join(EventPerson).where(EventPerson.event_id == event.id, Person.id == person_id)
    return db.session.scalars(there).one_or_none()
