"""What was told in a night that was played, read from the database in memory before it is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from coordinator.core.sms_text import segments
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.features.phones.queries import answers_of, parts_in
from coordinator.lineup.models import Slot
from coordinator.messaging.models import WENT_OUT, Call, Direction, Message, MessageKind, MessageState
from coordinator.messaging.queries.outbox import opted_out, whole_body
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Channel, Person
from coordinator.shifts.models import Shift

from .filming import Camera
from .played import Bubble, CallPlayed, PersonPlayed, PhonePlayed, PlayedNight, Unsent
from .playing import Rehearsal

NEVER_LEFT = (MessageState.EXPIRED, MessageState.STOPPED)


def recorded(rehearsal: Rehearsal, camera: Camera) -> PlayedNight:
    """All that happened in a rehearsal that was played."""
    reader = _Reader.of(rehearsal.event)
    return PlayedNight(
        begins_at=rehearsal.began_at,
        ends_at=rehearsal.event.plan_until_at or rehearsal.began_at,
        phones=tuple(reader.phones(rehearsal.gateway.sender)),
        stages=camera.film(),
        unsent=tuple(sorted(reader.unsent(), key=lambda each: each.at)),
        taken=tuple(rehearsal.taken),
        pressed=tuple(rehearsal.pressed),
        skipped=tuple(rehearsal.skipped),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """The rows of the event, and the names of what texts are about."""

    event: Event
    cast: Mapping[int, EventPerson]
    slots: Mapping[int, str]
    shifts: Mapping[int, Shift]
    messages: Sequence[Message]

    @classmethod
    def of(cls, event: Event) -> _Reader:
        cast = db.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id).order_by(EventPerson.id))
        slots = db.session.scalars(select(Slot).where(Slot.event_id == event.id))
        shifts = db.session.scalars(select(Shift).where(Shift.event_id == event.id))
        messages = db.session.scalars(select(Message).order_by(Message.id))
        return cls(
            event,
            {part.person_id: part for part in cast},
            {slot.id: slot.name for slot in slots},
            {shift.id: shift for shift in shifts},
            messages.all(),
        )

    def phones(self, sender: str) -> Iterable[PhonePlayed]:
        """One for each number, and one for each person without."""
        sharing: defaultdict[str, list[Person]] = defaultdict(list)
        for part in self.cast.values():
            sharing[part.person.phone or part.key].append(part.person)
        bubbles, calls = self._bubbles(), self._calls()
        parts, stopped = parts_in([self.event.id]), opted_out(set(sharing), sender)
        for people in sharing.values():
            keys = [person.id for person in people]
            yield PhonePlayed(
                key=self.cast[keys[0]].key,
                people=tuple(self._named(key) for key in keys),
                has_number=people[0].phone is not None,
                silent=silence_of(people[0], stopped),
                answers=tuple(answers_of(people, self.event.id, parts)) if people[0].phone else (),
                bubbles=_newest_first(bubbles, keys),
                calls=tuple(call for key in keys for call in calls[key]),
            )

    def _bubbles(self) -> Mapping[int, list[Bubble]]:
        found: defaultdict[int, list[Bubble]] = defaultdict(list)
        phones = {part.person.phone: key for key, part in reversed([*self.cast.items()]) if part.person.phone}
        for message in self.messages:
            carried = message.rides_with_id is None and message.state in WENT_OUT and message.claimed_at is not None
            person_id = message.person_id or phones.get(message.phone)
            if person_id in self.cast and (carried or message.direction == Direction.IN):
                found[person_id or 0].append(self._bubble(message, self._named(person_id)))
        return found

    def _bubble(self, message: Message, person: PersonPlayed) -> Bubble:
        if message.direction == Direction.IN:
            return Bubble(message.created_at, person, message.body, outgoing=True)
        at, name = message.claimed_at or message.created_at, message.rule or message.kind
        said = Bubble(at, person, whole_body(message), name=name, about=self._about(message))
        if message.channel == Channel.EMAIL:
            mail = message.mail or {}
            return replace(said, body=mail.get("body", said.body), subject=mail.get("subject", ""))
        return replace(said, segments=segments(said.body))

    def _calls(self) -> Mapping[int, list[CallPlayed]]:
        found: defaultdict[int, list[CallPlayed]] = defaultdict(list)
        for call in db.session.scalars(select(Call).where(Call.event_id == self.event.id).order_by(Call.id)):
            if call.person_id in self.cast:
                found[call.person_id].append(self._call(call))
        return found

    def _call(self, call: Call) -> CallPlayed:
        return CallPlayed(
            made_at=call.made_at,
            until=call.withdrawn_at,
            person=self._named(call.person_id),
            kind=call.kind,
            why=call.why,
            about=call.about,
            anchor=call.anchor,
            says_at=call.says_at,
            was_at=call.was_at,
            change=call.change,
        )

    def unsent(self) -> Iterable[Unsent]:
        """What would have gone out, and expired or may not go."""
        for message in self.messages:
            changes = [change for change in message.changes if change.after in NEVER_LEFT]
            for change in changes if message.kind != MessageKind.ECHO else ():
                person = self._named(message.person_id) if message.person_id in self.cast else None
                name, about = message.rule or message.kind, self._about(message)
                yield Unsent(change.at, person, name, about, message.error, change.after)

    def _about(self, message: Message) -> str | None:
        shift = self.shifts.get(message.shift_id or 0)
        return self.slots.get(message.slot_id or 0) or (shift.role.called(message.language) if shift else None)

    def _named(self, person_id: int | None) -> PersonPlayed:
        part = self.cast[person_id or 0]
        return PersonPlayed(part.key, part.person.name)


def _newest_first(bubbles: Mapping[int, list[Bubble]], keys: Iterable[int]) -> tuple[Bubble, ...]:
    oldest_first = sorted((bubble for key in keys for bubble in bubbles.get(key, ())), key=lambda each: each.at)
    return tuple(oldest_first[::-1])
