"""A restored database believes that texts are still to be sent which went out long ago.

So when there is reason to think that it was restored, nothing goes out until someone says so, and texts that were due
are looked up in the network's list first.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation
from coordinator.db import transaction

from ..models import HoldReason, Installation, Message
from ..queries.installation import due_and_unsent, the_installation
from ..queries.texts import last_tick
from .outcomes import be_unsure

SHORT: Final = timedelta(minutes=10)  # after a shorter outage a machine continues as if nothing had happened
LONG: Final = timedelta(hours=12)
AT_THE_MACHINE: Final = Actor.command("the machine")


@dataclass(frozen=True, slots=True)
class Known:
    """How far a database had come: its name, and how many rounds its jobs had counted."""

    name: str
    rounds: int


def hold_everything(because: str, now: datetime) -> bool:
    """Let no text go out until ``let_everything_leave``; False if all are held already.

    Unless someone merely ``asked`` for it, texts that were due become unknown, and are looked up meanwhile.
    """
    with transaction():
        row = _row()
        if row.held_at is not None:
            return False
        row.held_at, row.held_because = now, because
        if because != "asked":
            doubt_what_was_due(now)
        return True


def let_everything_leave(
    now: datetime, *, actor: Actor = AT_THE_MACHINE, organisation: Organisation | None = None
) -> bool:
    """End the hold; False if there was none.

    What the planner wrote anew meanwhile although it was due before the hold may have left too, and is looked up first.

    ``organisation`` is the one in whose audit log it is recorded; None: someone at the machine itself, who belongs to
    none.
    """
    with transaction():
        row = _row()
        if row.held_at is None:
            return False
        before = {"held_at": row.held_at.isoformat(), "because": row.held_because}
        if row.held_because != "asked":
            _doubt(due_and_unsent(now, due_by=row.held_at, made_since=row.held_at), now)
        row.held_at = row.held_because = None
        row.name, row.released_at = _a_name(), now  # what machines remember of it no longer counts
        if organisation is not None:
            record(organisation, actor, "installation.released", "texts", now=now, before=before)
        return True


def doubt_what_was_due(now: datetime) -> int:
    """Have each text looked up that would have gone out by now; only missing ones are sent again. Returns how many.

    Emails cannot be looked up: they go out.
    """
    with transaction():
        return _doubt(due_and_unsent(now, emails=False), now)


def _doubt(texts: Sequence[Message], now: datetime) -> int:
    for message in texts:
        message.claimed_at, message.held_until = message.due_at, None
        be_unsure(message, now=now, cause="it may have left before the database was put back")
    return len(texts)


def meet_database(known: Known | None, now: datetime, *, first: bool) -> Known:
    """Check how far the database has come, and hold its texts if that is not where it was left.

    ``known`` is how far it had come when this machine last looked; None if the machine never did. ``first``: the
    process has just started, so how long nobody did rounds counts too.
    """
    row = the_installation()
    if row is None or first or (known is not None and _went_back(row, known)):
        with transaction():
            row = _row()
            if known is not None and _went_back(row, known):
                hold_everything(HoldReason.COPY, now)
            elif first:
                _come_back(row, known, now)
    return Known(row.name, row.rounds)


def _went_back(row: Installation, known: Known) -> bool:
    return known.name == row.name and row.rounds < known.rounds


def _come_back(row: Installation, known: Known | None, now: datetime) -> None:
    """After a while without rounds: continue, continue once the network was asked, or hold."""
    seen_at = [at for at in (last_tick(), row.released_at) if at is not None]
    new_here = SHORT if known is None else LONG  # a machine that has worked before meets one that never did
    away = now - max(seen_at) if seen_at else new_here
    if away <= SHORT:
        return
    if known is not None and known.name == row.name and away <= LONG:
        doubt_what_was_due(now)
    elif due_and_unsent(now):
        hold_everything(HoldReason.GAP, now)


def note_round() -> Known:
    """Count one more round, in the transaction that records it."""
    with transaction():
        row = _row()
        row.rounds += 1
        return Known(row.name, row.rounds)


def _row() -> Installation:
    with transaction() as session:
        row = the_installation(lock=True)
        if row is None:
            row = Installation(id=1, name=_a_name(), rounds=0)
            session.add(row)
            session.flush()
        return row


def _a_name() -> str:
    return secrets.token_hex(16)
