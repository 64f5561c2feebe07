"""Which reminders leave in one text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from coordinator.core.sms_text import fits_one_segment

from ..models import Message
from ..queries import joined


class Rides:
    """Reminders that are due within minutes and free to leave, by whom and what they are about."""

    def __init__(self, able: Iterable[Message]) -> None:
        self._together: dict[tuple[object, ...], list[Message]] = {}
        for message in able:
            if message.kind == "reminder" and message.event_id is not None:
                self._together.setdefault(_key(message), []).append(message)

    def with_carrier(self, carrier: Message) -> list[Message]:
        """Those that leave with this one: all of the same person's and event's, if they fit one segment.

        Nothing but a reminder ever rides or is ridden with, and what rides once is not offered again.
        """
        together = self._together.get(_key(carrier), []) if carrier.kind == "reminder" else []
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
