"""Texts to us that no webhook brought: the network's list is read now and then, and what it holds is taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import transaction

from ..gateway import Gateway
from ..listing import CameIn, Unreachable
from ..models import Heartbeat, Message
from ..queries import known_inbound
from .inbound import leave_to_people, receive_text
from .tallies import count_one

READ_UNTIL: Final = "inbound list"  # the name under which it is remembered how far the list has been read
AT_FIRST: Final = timedelta(hours=1)
OVERLAP: Final = timedelta(minutes=5)  # the list may lag
FURTHEST: Final = timedelta(days=3)
STILL_MEANT: Final = timedelta(minutes=30)  # an older text changes nothing by itself: a person reads it

Clock = Callable[[], datetime]
Answer = Callable[[Message, datetime], None]


def recover_inbound(gateway: Gateway, *, now: Clock, every: timedelta, answer: Answer) -> int:
    """Take in what the webhook missed, if nobody has looked for as long as ``every``; how many texts that were.

    A text that came long ago is left to people, but STOP and its kin are obeyed whenever they are found.
    """
    since = _book(now(), every)
    if since is None:
        return 0
    texts = gateway.came_in(since)
    if isinstance(texts, Unreachable):
        _note(since + OVERLAP)
        return 0
    known = known_inbound([text.sid for text in texts])
    new = [text for text in texts if text.sid not in known]
    for text in new:
        _take_in(text, gateway.sender, now(), answer)
    return len(new)


def _take_in(text: CameIn, sender: str, now: datetime, answer: Answer) -> None:
    with transaction():
        count_one("recovered")
    receive_text(
        phone=text.phone,
        to=sender,
        body=text.body,
        sid=text.sid,
        num_media=text.num_media,
        now=now,
        answer=answer if now - text.at <= STILL_MEANT else leave_to_people,
    )


def _book(now: datetime, every: timedelta) -> datetime | None:
    """From when on the list is to be read, and that this process reads it; None: somebody else has, a while ago."""
    with transaction() as session:
        read = session.get(Heartbeat, READ_UNTIL, with_for_update=True)
        if read is None:
            session.add(Heartbeat(name=READ_UNTIL, at=now))
            return now - AT_FIRST
        if read.at > now - every:
            return None
        since, read.at = max(read.at - OVERLAP, now - FURTHEST), now
        return since


def _note(at: datetime) -> None:
    """The list could not be read: so far, and not further, has it been."""
    with transaction() as session:
        session.get_one(Heartbeat, READ_UNTIL, with_for_update=True).at = at
