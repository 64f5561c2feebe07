"""By which channel a message goes out: as its person prefers, where that works."""

from collections.abc import Collection
from typing import Final

from coordinator.people.models import Channel, Person

from ..models import Message, MessageKind
from .outbox import ANSWERS

OTHER: Final = {Channel.TEXT: Channel.EMAIL, Channel.EMAIL: Channel.TEXT}


def right_channel(message: Message, stopped: Collection[str]) -> Channel:
    """The channel of an unsent message, now; ``stopped`` are numbers that opted out.

    A code proves the very number or address it goes to. An answer goes to the phone that asked. What failed by one
    channel stays on the other.
    """
    person, now = message.person, Channel(message.channel)
    if person is None or message.kind == MessageKind.CODE or message.gave_up_on is not None:
        return now
    if message.kind in ANSWERS and message.phone and (message.phone not in stopped or not person.can_be_mailed):
        return Channel.TEXT
    first = person.channel
    other = OTHER[first]
    return other if not works(person, first, stopped) and works(person, other, stopped) else first


def works(person: Person, channel: Channel, stopped: Collection[str]) -> bool:
    """Whether the person agreed to it, and nothing has failed there."""
    if channel == Channel.EMAIL:
        return person.can_be_mailed and person.email_trouble is None
    return person.can_be_texted and person.phone not in stopped and person.phone_trouble is None
