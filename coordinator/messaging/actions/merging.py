"""Merging reminders into one text; each email is about one thing."""

from collections.abc import Iterable
from datetime import datetime

from coordinator.core.sms_text import fits_one_segment
from coordinator.people.models import Channel

from ..models import Message, MessageKind
from ..queries.outbox import joined


class Rides:
    """Reminders that are due within minutes and free to be merged, by person and event."""

    def __init__(self, able: Iterable[Message]) -> None:
        self._together: dict[tuple[object, ...], list[Message]] = {}
        for message in able:
            if (
                message.kind == MessageKind.REMINDER
                and message.event_id is not None
                and message.channel == Channel.TEXT
            ):
                self._together.setdefault(_key(message), []).append(message)

    def with_carrier(self, carrier: Message) -> list[Message]:
        """Those that can be merged into this one: all of the same person and event, if they fit one segment.

        Only reminders by text are ever merged, and each only once.
        """
        together = self._together.get(_key(carrier), []) if carrier.kind == MessageKind.REMINDER else []
        rides = sorted((message for message in together if message is not carrier), key=_turn)
        if not rides or not fits_one_segment(joined([carrier, *rides])):
            self._together[_key(carrier)] = rides
            return []
        self._together[_key(carrier)] = []
        return rides


def _key(message: Message) -> tuple[object, ...]:
    return message.person_id, message.event_id, message.phone


def _turn(message: Message) -> tuple[datetime, int]:
    return message.due_at or message.created_at, message.id
