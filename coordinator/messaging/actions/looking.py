"""Looking up texts that may have gone out, which are never simply sent again, and following the others to their end.

One lookup: record that we look, commit, ask the network, record its answer. Other processes skip what is being looked
up; if a process dies over it, the next one takes over.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from coordinator.db import db, transaction

from ..gateway import Gateway
from ..listing import Found, LookedUp, Sought, Unreachable
from ..models import Message, MessageKind, MessageState, Receipt, TextError
from ..queries.outbox import joined, known_sids, next_to_follow, next_to_look_up, with_their_rides
from .claiming import LEASE
from .dispositions import last_moment
from .outbox import change_state, send_again
from .outcomes import accept
from .receipts import ON_RECORD
from .tallies import count_one

ENOUGH: Final = 2  # lookups that must not find a text, a while apart, before we believe that
MOST_RESENDS: Final = 3
LEFT_TO_PEOPLE: Final = (MessageKind.DIGEST,)  # a duplicate would help nobody; a person is told that it may be missing
CLOCKS_DIFFER: Final = timedelta(minutes=10)  # a clock may have jumped; the same words an hour ago are another text
_OPEN: Final = ("accepted", "scheduled", "queued", "sending")
FOLLOWED: Final = {**dict.fromkeys(_OPEN, 8), "sent": 3}  # fetches at most; sent may be the last state forever
ENDS: Final = ("delivered", "read", "undelivered", "failed", "canceled")
A_ROUND: Final = timedelta(seconds=10)

Clock = Callable[[], datetime]
Steadiness = Callable[[], timedelta]

log = logging.getLogger(__name__)


def look_up_unknown(
    gateway: Gateway,
    *,
    now: Clock,
    pause: timedelta,
    limit: int = 50,
    steady_for: Steadiness = lambda: timedelta.max,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Ask the network about texts that may have gone out, two lookups ``pause`` apart; how many were looked up.

    One that is found was sent. One that is missing twice is sent again while it is true, else it expires; both are
    counted. The round ends when the network cannot be reached. ``steady_for`` says how long this process has seen the
    clock run evenly: until that is ``pause``, two lookups cannot be known to be so far apart.
    """
    return _rounds(lambda: _look_up_one(gateway, now, pause, steady_for), now, limit, stopping)


def follow_to_the_end(
    gateway: Gateway,
    *,
    now: Clock,
    after: timedelta,
    limit: int = 50,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Fetch the outcome of texts that have no final state ``after`` they went out; how many were asked about."""
    return _rounds(lambda: _follow_one(gateway, now, after), now, limit, stopping)


def _rounds(look: Callable[[], LookedUp | None], now: Clock, limit: int, stopping: Callable[[], bool]) -> int:
    began_at, looked = now(), 0
    while looked < limit and began_at <= now() < began_at + A_ROUND and not stopping():
        answer = look()
        if answer is None or isinstance(answer, Unreachable):
            break
        looked += 1
    return looked


def _look_up_one(gateway: Gateway, now: Clock, pause: timedelta, steady_for: Steadiness) -> LookedUp | None:
    at = now()
    with transaction():
        message = next_to_look_up(at)
        if message is None:
            return None
        message.check_at = at + LEASE
        message_id, attempt, sought = message.id, message.attempts, _sought(message, at)
    answer = gateway.look_up(sought)
    try:
        with transaction():
            rows = with_their_rides([message_id]).get(message_id, [])
            if rows and rows[0].state == MessageState.UNKNOWN and rows[0].attempts == attempt:
                _learn(rows, answer, gateway.sender, now(), pause, last_may_be=steady_for() >= pause)
    except IntegrityError:  # the same ID was learned for another text meanwhile; the next lookup knows it
        log.warning("message %s: the ID that was found belongs to another text", message_id)
    return answer


def _sought(message: Message, at: datetime) -> Sought:
    rows = with_their_rides([message.id])[message.id]
    since = (message.claimed_at or message.created_at) - CLOCKS_DIFFER
    return Sought(message.phone, joined(rows), since, at + CLOCKS_DIFFER, known_sids(message.phone))


def _learn(
    rows: Sequence[Message], answer: LookedUp, sender: str, now: datetime, pause: timedelta, *, last_may_be: bool
) -> None:
    if isinstance(answer, Unreachable):
        rows[0].check_at = now + pause / 6
    elif isinstance(answer, Found):
        accept(rows, answer.sid, sender=sender, at=now, cause="found in the network's list")
        _keep_what_it_says(rows[0], answer, now)
        count_one("found")
    else:
        rows[0].checks = min(rows[0].checks + 1, ENOUGH if last_may_be else ENOUGH - 1)
        rows[0].check_at = now + pause
        if rows[0].checks >= ENOUGH:
            _believe_that_it_is_not_there(rows, now)


def _believe_that_it_is_not_there(rows: Sequence[Message], now: datetime) -> None:
    if rows[0].kind in LEFT_TO_PEOPLE or rows[0].resends >= MOST_RESENDS or not rows[0].phone:
        for row in rows:
            row.error, row.check_at = TextError.NOT_CONFIRMED, None
        count_one("left_to_people")
        return
    for row in rows:
        if row.useful_until is None or now <= last_moment(row, row.useful_until):
            send_again(row, now=now, cause="twice not in the network's list, so it goes again")
            count_one("sent_again")
        else:
            change_state(
                row, MessageState.EXPIRED, now=now, cause="twice not in the network's list, and no longer of use"
            )
            row.error = TextError.NOT_CONFIRMED
            count_one("expired")


def _follow_one(gateway: Gateway, now: Clock, after: timedelta) -> LookedUp | None:
    at = now()
    with transaction():
        message = next_to_follow(at, at - after)
        if message is None or message.provider_sid is None:
            return None
        message.check_at = at + LEASE
        message_id, sid = message.id, message.provider_sid
    answer = gateway.fetch(sid)
    with transaction() as session:
        message = session.get(Message, message_id, with_for_update={"of": Message})
        if message is not None and message.provider_sid == sid and message.check_at is not None:
            _follow(message, answer, now(), after)
    return answer


def _follow(message: Message, answer: LookedUp, now: datetime, after: timedelta) -> None:
    doubtful = message.error_code is not None
    if isinstance(answer, Unreachable):
        message.check_at = now + (after / 6 if doubtful else after)
    elif doubtful:
        _end_the_doubt(message, answer, now)
    else:
        message.checks += 1
        more = isinstance(answer, Found) and message.checks < FOLLOWED.get(answer.status, 0)
        message.check_at = now + after * 2**message.checks if more else None
        if isinstance(answer, Found):
            _keep_what_it_says(message, answer, now)


def _end_the_doubt(message: Message, answer: LookedUp, now: datetime) -> None:
    """It did not arrive, as the network reported, unless its record says otherwise."""
    ended = isinstance(answer, Found) and answer.status in ENDS
    called_back = Found(message.provider_sid or "", "undelivered", message.error_code)
    message.check_at = None
    _keep_what_it_says(message, answer if isinstance(answer, Found) and ended else called_back, now)


def _keep_what_it_says(message: Message, found: Found, now: datetime) -> None:
    """As if the network had reported it in a callback."""
    code = {"ErrorCode": str(found.code)} if found.code else {}
    fields = {"MessageSid": found.sid, "MessageStatus": found.status, ON_RECORD: "1", **code}
    db.session.add(Receipt(message_id=message.id, received_at=now, fields=fields))
