"""Which reminders leave in one text."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.core.sms_text import fits_one_segment

from ..models import Message
from ..queries import joined


def rides_for(carrier: Message, able: Sequence[Message]) -> list[Message]:
    """Those of the reminders that leave with this one: all of the same person's and event's, if they fit one segment.

    ``able`` are due within minutes and free to leave. Nothing but a reminder ever rides or is ridden with.
    """
    rides = [message for message in able if _belong_together(carrier, message)]
    rides.sort(key=lambda message: (message.due_at, message.id))
    return rides if rides and fits_one_segment(joined([carrier, *rides])) else []


def _belong_together(carrier: Message, other: Message) -> bool:
    same = (carrier.person_id, carrier.event_id, carrier.phone) == (other.person_id, other.event_id, other.phone)
    return same and other.id != carrier.id and carrier.kind == other.kind == "reminder" and carrier.event_id is not None
