"""What happens to nearly every text, claimed and then taken by the network, written for many at once.

The same changes as ``change_state`` makes, in a handful of statements however many texts there are: a text costs a
tenth of what it costs row by row. Whatever is not the usual case is left to the slow way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, insert, literal, or_, select, update

from coordinator.db import Instant, db

from ..models import Message, MessageChange

TAKEN: Final = "the network took it"

_NOTE: Final = insert(MessageChange)
_TAKE: Final = (
    update(Message)
    .where(Message.id == bindparam("message_id"))
    .values(
        state="accepted",
        sent_at=bindparam("at"),
        sender=bindparam("whose"),
        provider_sid=bindparam("sid"),
        lease_until=None,
        held_until=None,
        error=None,
    )
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The network has the text under this name since ``at``."""

    sid: str
    at: datetime


def write_claim(groups: Sequence[Sequence[int]], *, now: datetime, until: datetime, worker: str) -> None:
    """Waiting texts, locked by the caller, are being sent: each group's first, with the others riding along."""
    ids = [message_id for group in groups for message_id in group]
    if not ids:
        return
    db.session.flush()
    which, cause = Message.id.in_(ids), f"claimed by {worker}"[:200]
    story = select(Message.id, literal(now, Instant), Message.state, literal("sending"), literal(cause)).where(which)
    connection = db.session.connection()
    connection.execute(insert(MessageChange).from_select(["message_id", "at", "before", "after", "cause"], story))
    claimed = {"state": "sending", "claimed_at": now, "claimed_by": worker, "lease_until": until, "rides_with_id": None}
    connection.execute(update(Message).where(which).values(**claimed, attempts=Message.attempts + 1))
    for carrier, *rides in groups:
        if rides:
            connection.execute(update(Message).where(Message.id.in_(rides)).values(rides_with_id=carrier))
    db.session.expire_all()


def write_taken(taken: Mapping[int, Taken], *, sender: str) -> set[int]:
    """The network took these texts, and what rides with each; the ids of those that were written.

    Not written are those of which anything else has been learnt since they left.
    """
    if not taken:
        return set()
    groups = _with_their_rides(taken)
    usual = {key: rows for key, rows in groups.items() if all(_is_usual(row) for row in rows)}
    if not usual:
        return set()
    of_all = [(row.id, key, taken[key]) for key, rows in usual.items() for row in rows]
    connection = db.session.connection()
    connection.execute(
        _TAKE,
        [
            {"message_id": row_id, "at": what.at, "whose": sender, "sid": what.sid if row_id == key else None}
            for row_id, key, what in of_all
        ],
    )
    connection.execute(
        _NOTE,
        [
            {"message_id": row_id, "at": what.at, "before": "sending", "after": "accepted", "cause": TAKEN}
            for row_id, _, what in of_all
        ],
    )
    return set(usual)


def _with_their_rides(ids: Mapping[int, Taken]) -> dict[int, list[Row[int, int | None, str, str | None]]]:
    columns = select(Message.id, Message.rides_with_id, Message.state, Message.provider_sid)
    together = columns.where(or_(Message.id.in_(ids), Message.rides_with_id.in_(ids))).with_for_update()
    groups: dict[int, list[Row[int, int | None, str, str | None]]] = {}
    for row in db.session.connection().execute(together):
        groups.setdefault(row.id if row.id in ids else row.rides_with_id or row.id, []).append(row)
    return groups


def _is_usual(row: Row[int, int | None, str, str | None]) -> bool:
    return row.state == "sending" and row.provider_sid is None
