"""The usual path of a text, claimed and then accepted by the network, written for many at once.

The same changes as ``change_state`` makes, in a few statements for any number of texts: each costs a tenth of the
row-by-row way. Anything unusual is left to that way.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    Insert,
    String,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    update,
)

from coordinator.db import Instant, db
from coordinator.people.models import Channel

from ..models import Message, MessageChange, MessageState

TAKEN: Final = "the network took it"

_IS_USUAL: Final = (Message.state == MessageState.SENDING, Message.provider_sid.is_(None))
_STORY: Final = ("message_id", "at", "before", "after", "cause")
_FOLLOWED_FROM: Final = case((Message.channel == Channel.TEXT, bindparam("at", type_=Instant)))  # emails never are
_ACCEPTED: Final[dict[str, object]] = {
    "state": MessageState.ACCEPTED,
    "sender": bindparam("whose"),
    "lease_until": None,
    "held_until": None,
    "error": None,
    "checks": 0,
}
_TAKE: Final = (
    update(Message)
    .where(Message.id == bindparam("message_id"))
    .values(**_ACCEPTED, sent_at=bindparam("at"), check_at=_FOLLOWED_FROM, provider_sid=bindparam("sid"))
)
_NOTE: Final = insert(MessageChange).values(
    message_id=bindparam("message_id"),
    at=bindparam("at"),
    before=MessageState.SENDING,
    after=MessageState.ACCEPTED,
    cause=TAKEN,
)


def _all_at_once() -> Insert:
    """For PostgreSQL: the rows as three arrays, the texts changed by them, and the changes recorded."""
    wanted = (
        func.unnest(
            bindparam("ids", type_=ARRAY(BigInteger)),
            bindparam("sids", type_=ARRAY(String)),
            bindparam("ats", type_=ARRAY(DateTime(timezone=True))),
        )
        .table_valued("message_id", "sid", "at", name="wanted", joins_implicitly=True)
        .render_derived()
    )
    taken = (
        update(Message)
        .where(Message.id == wanted.c.message_id, *_IS_USUAL)
        .values(
            **_ACCEPTED,
            sent_at=wanted.c.at,
            check_at=case((Message.channel == Channel.TEXT, wanted.c.at)),
            provider_sid=wanted.c.sid,
        )
        .returning(Message.id, Message.sent_at)
        .cte("taken")
    )
    noted = select(
        taken.c.id,
        taken.c.sent_at,
        literal(MessageState.SENDING.value),
        literal(MessageState.ACCEPTED.value),
        literal(TAKEN),
    )
    return insert(MessageChange).from_select(_STORY, noted).returning(MessageChange.message_id)


_ALL_AT_ONCE: Final = _all_at_once()


@dataclass(frozen=True, slots=True)
class Taken:
    """The network has accepted the text under this ID at ``at``, with everything merged into it."""

    message_id: int
    rides: tuple[int, ...]
    sid: str
    at: datetime


def write_claim(groups: Sequence[Sequence[int]], *, now: datetime, until: datetime, worker: str) -> None:
    """Mark waiting texts, locked by the caller, as being sent: the first of each group, the others merged into it."""
    ids = [message_id for group in groups for message_id in group]
    if not ids:
        return
    db.session.flush()
    which, cause = Message.id.in_(ids), f"claimed by {worker}"[:200]
    story = select(
        Message.id, literal(now, Instant), Message.state, literal(MessageState.SENDING.value), literal(cause)
    ).where(which)
    connection = db.session.connection()
    connection.execute(insert(MessageChange).from_select(_STORY, story))
    claimed = {
        "state": MessageState.SENDING,
        "claimed_at": now,
        "claimed_by": worker,
        "lease_until": until,
        "rides_with_id": None,
    }
    connection.execute(update(Message).where(which).values(**claimed, attempts=Message.attempts + 1))
    for carrier, *rides in groups:
        if rides:
            connection.execute(update(Message).where(Message.id.in_(rides)).values(rides_with_id=carrier))
    db.session.expire_all()


def write_taken(taken: Collection[Taken], *, sender: str) -> set[int]:
    """Mark these texts, and everything merged into them, as accepted; returns the ids of those written.

    Texts about which something else has been learned since they went out are not written.
    """
    if not taken:
        return set()
    if db.session.get_bind().dialect.name == "postgresql":
        ids = _in_one_statement(taken, sender)
    else:
        ids = _in_three(taken, sender)
    return {text.message_id for text in taken if ids.issuperset((text.message_id, *text.rides))}


def _in_one_statement(taken: Collection[Taken], sender: str) -> set[int]:
    """On a server every statement is a round trip, while other threads wait for this one."""
    rows = _rows(taken)
    columns = {"ids": "message_id", "sids": "sid", "ats": "at"}
    lists = {name: [row[column] for row in rows] for name, column in columns.items()}
    return set(db.session.connection().execute(_ALL_AT_ONCE, {**lists, "whose": sender}).scalars())


def _in_three(taken: Collection[Taken], sender: str) -> set[int]:
    connection = db.session.connection()
    ids = [message_id for text in taken for message_id in (text.message_id, *text.rides)]
    usual = set(connection.execute(select(Message.id).where(Message.id.in_(ids), *_IS_USUAL)).scalars())
    if rows := [row for row in _rows(taken) if row["message_id"] in usual]:
        connection.execute(_TAKE, [{**row, "whose": sender} for row in rows])
        connection.execute(_NOTE, [{"message_id": row["message_id"], "at": row["at"]} for row in rows])
    return usual


def _rows(taken: Collection[Taken]) -> list[dict[str, object]]:
    return [
        {"message_id": message_id, "sid": text.sid if message_id == text.message_id else None, "at": text.at}
        for text in taken
        for message_id in (text.message_id, *text.rides)
    ]
