"""A notice that failed by one channel goes on by the other, in the same row: nobody is told twice at once."""

from datetime import datetime

from coordinator.people.models import Channel

from ..models import Direction, Message, MessageKind
from ..queries.outbox import opted_out
from .channels import OTHER, works
from .dispositions import last_moment
from .outbox import is_final, send_again
from .tallies import count_one


def goes_on(message: Message, *, now: datetime, cause: str) -> bool:
    """Queue it for the other channel, once, while it is of use; False, changing nothing, if it has to fail.

    ``cause`` is why it failed by this one.
    """
    if not may_go_on(message, now=now):
        return False
    other = OTHER[Channel(message.channel)]
    way = "email" if other == Channel.EMAIL else "text"
    send_again(message, now=now, cause=f"{cause[:150]} It goes on by {way}.")
    message.gave_up_on, message.channel, message.resends = message.channel, other, 0
    count_one(f"on_by_{way}")
    return True


def may_go_on(message: Message, *, now: datetime) -> bool:
    """Whether it would go on by the other channel if it failed by this one."""
    person, other = message.person, OTHER[Channel(message.channel)]
    if person is None or message.gave_up_on is not None or is_final(message) or not _may_change(message):
        return False
    if message.useful_until is not None and now > last_moment(message, message.useful_until):
        return False
    stopped = opted_out({person.phone}) if person.phone and other == Channel.TEXT else set[str]()
    return works(person, other, stopped)


def _may_change(message: Message) -> bool:
    return message.direction == Direction.OUT and message.kind != MessageKind.CODE
