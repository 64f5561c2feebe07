"""What went out and what did not in a night that was played, with the organizer's own keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from coordinator.core.json_values import JsonObject
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.lineup.models import Slot
from coordinator.messaging.models import WENT_OUT, Direction, Message, MessageKind, MessageState
from coordinator.messaging.queries.outbox import whole_body
from coordinator.shifts.models import Shift


def report(event: Event) -> JsonObject:
    """What went out and what did not, in order, as ``flask rehearse --json`` prints it.

    A reminder that expired, was reopened by a change of the plan and expired again is listed twice.
    """
    names = _Names.of(event)
    messages = db.session.scalars(
        select(Message).where(Message.event_id == event.id, Message.direction == Direction.OUT).order_by(Message.id)
    ).all()
    gone = [message for message in messages if message.state in WENT_OUT and message.claimed_at]
    stayed = [
        (change.at, change.id, message)
        for message in messages
        for change in message.changes
        if message.kind != MessageKind.ECHO and change.after in (MessageState.EXPIRED, MessageState.STOPPED)
    ]
    return {
        "texts": [names.text(message) for message in sorted(gone, key=lambda m: (m.claimed_at or m.created_at, m.id))],
        "unsent": [names.unsent(message, at) for at, _, message in sorted(stayed, key=lambda each: each[:2])],
    }


@dataclass(frozen=True, slots=True)
class _Names:
    """The organizer's own keys for rows, and the zone in which instants are written."""

    zone: ZoneInfo
    people: Mapping[int, str]
    slots: Mapping[int, str]
    shifts: Mapping[int, str]

    @classmethod
    def of(cls, event: Event) -> _Names:
        cast = db.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id))
        slots = db.session.scalars(select(Slot).where(Slot.event_id == event.id))
        shifts = db.session.scalars(select(Shift).where(Shift.event_id == event.id))
        return cls(
            ZoneInfo(event.zone),
            {part.person_id: part.key for part in cast},
            {slot.id: slot.key for slot in slots},
            {shift.id: shift.key for shift in shifts},
        )

    def text(self, message: Message) -> JsonObject:
        return {"at": self._at(message.claimed_at), **self._about(message), "body": whole_body(message)}

    def unsent(self, message: Message, at: datetime) -> JsonObject:
        about = self._about(message)
        return {"at": self._at(at), **{key: about[key] for key in ("to", "rule", "subject")}}

    def _about(self, message: Message) -> JsonObject:
        return {
            "to": self.people.get(message.person_id or 0),
            "rule": message.rule or message.kind,
            "subject": self.slots.get(message.slot_id or 0) or self.shifts.get(message.shift_id or 0),
            "says": self._at(message.says_at),
        }

    def _at(self, at: datetime | None) -> str | None:
        return at.astimezone(self.zone).isoformat() if at else None
