"""Inbound texts that no webhook delivered: the network's list is read now and then, and missing texts are taken in."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from coordinator.core.replies import read_reply
from coordinator.db import transaction

from ..gateway import Gateway
from ..listing import CameIn, Unreachable
from ..models import Heartbeat, Message
from ..queries.outbox import inbound_since, known_inbound
from .inbound import WISHES, InboundText, leave_to_people, receive_text
from .tallies import count_one

READ_UNTIL: Final = "inbound list"  # the row that remembers how far the list has been read
ASKED: Final = "inbound list asked for"  # and when a process last began to read it
AT_FIRST: Final = timedelta(hours=1)
OVERLAP: Final = timedelta(minutes=5)  # the list may lag
FURTHEST: Final = timedelta(days=3)
CALLED_IN_WITHIN: Final = timedelta(minutes=1)  # of being sent; clocks may differ by as much
STILL_MEANT: Final = timedelta(minutes=30)  # an older text changes nothing on its own: a person reads it

Clock = Callable[[], datetime]
Answer = Callable[[Message, datetime], None]


def recover_inbound(gateway: Gateway, *, now: Clock, every: timedelta, answer: Answer) -> int:
    """Take in what the webhook missed, if nobody has looked for as long as ``every``; how many texts that were.

    A text that came long ago is left to people. But STOP and similar words are obeyed whenever they are found, unless
    the phone has said the opposite, or the same, since.
    """
    began_at = now()
    since = _book(began_at, every)
    if since is None:
        return 0
    texts = gateway.came_in(since)
    if isinstance(texts, Unreachable):
        _note(ASKED, began_at - every)
        return 0
    known = known_inbound([text.sid for text in texts])
    new = [text for text in texts if text.sid not in known]
    sent_at = {text.sid: text.at for text in texts}
    for text in new:
        _take_in(text, gateway.sender, now(), answer, overruled=_is_overruled(text, sent_at))
    _note(READ_UNTIL, began_at)  # only now: if this process dies while reading, the next one reads all of it
    return len(new)


def _is_overruled(text: CameIn, sent_at: Mapping[str, datetime]) -> bool:
    """Whether the phone said STOP or START later than this: by the network's times, if its list has the text."""
    return any(
        read_reply(later.body).meaning in WISHES and sent_at.get(later.provider_sid or "", later.created_at) > text.at
        for later in inbound_since(text.phone, text.at - CALLED_IN_WITHIN)
    )


def _take_in(text: CameIn, sender: str, now: datetime, answer: Answer, *, overruled: bool) -> None:
    with transaction():
        count_one("recovered")
    receive_text(
        InboundText(
            phone=text.phone,
            to=sender,
            body=text.body,
            sid=text.sid,
            num_media=text.num_media,
            sent_at=text.at,
            overruled=overruled,
        ),
        now=now,
        answer=answer if now - text.at <= STILL_MEANT else leave_to_people,
    )


def _book(now: datetime, every: timedelta) -> datetime | None:
    """From when on to read the list, now that this process does; None: another one did a while ago."""
    with transaction() as session:
        asked, read = session.get(Heartbeat, ASKED, with_for_update=True), session.get(Heartbeat, READ_UNTIL)
        if asked is not None and now - every < asked.at <= now:
            return None
        _note(ASKED, now)
        return now - AT_FIRST if read is None else max(read.at - OVERLAP, now - FURTHEST)


def _note(name: str, at: datetime) -> None:
    with transaction() as session:
        noted = session.get(Heartbeat, name, with_for_update=True)
        if noted is None:
            session.add(Heartbeat(name=name, at=at))
        else:
            noted.at = at
