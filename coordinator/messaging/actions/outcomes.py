"""What the network answered, written down: for the text itself and for the reminders that ride with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import db, transaction

from ..gateway import Accepted, Outcome, Refused, TryLater, Unsure
from ..models import NEVER_WENT, Message, Receipt
from ..queries import with_their_rides
from ..refusals import RefusalKind, trouble_of
from .alarms import lift_alarms, raise_alarm
from .claiming import LINE_RESTS, Claimed, last_moment
from .consent import stop_texts
from .in_bulk import TAKEN, Taken, write_taken
from .outbox import change_state

LONGEST_WAIT: Final = timedelta(minutes=5)
ONE_MORE_TRY: Final = timedelta(seconds=5)  # before it is too late, however long the pauses have grown


@dataclass(frozen=True)
class Answered:
    """One claimed text and what became of it, ``at`` when the call returned."""

    claimed: Claimed
    outcome: Outcome
    at: datetime


def record(answers: Sequence[Answered], *, sender: str, alarmed: bool = False) -> None:
    """Write a small batch of outcomes in one transaction; ``alarmed``: an account that works again lifts its alarm."""
    with transaction():
        unusual = _usual_written(answers, sender)
        together = with_their_rides([answer.claimed.text.message_id for answer in unusual]) if unusual else {}
        for answer in unusual:
            rows = together.get(answer.claimed.text.message_id)
            if rows:
                _write(answer, rows, sender)
        taken = [answer.at for answer in answers if isinstance(answer.outcome, Accepted)]
        if taken and alarmed:
            lift_alarms("account", now=max(taken))


def _usual_written(answers: Sequence[Answered], sender: str) -> list[Answered]:
    """Write those that the network just took, which is nearly all, in few statements; the others are handed back."""
    taken = [
        Taken(answer.claimed.text.message_id, answer.claimed.rides, answer.outcome.sid, answer.at)
        for answer in answers
        if isinstance(answer.outcome, Accepted) and not answer.outcome.receipts
    ]
    written = write_taken(taken, sender=sender)
    return [answer for answer in answers if answer.claimed.text.message_id not in written]


def _write(answer: Answered, rows: list[Message], sender: str) -> None:
    outcome, at = answer.outcome, answer.at
    for row in rows:
        row.lease_until = None
    if isinstance(outcome, Accepted):
        _accepted(rows, outcome, sender, at)
    elif rows[0].attempts != answer.claimed.attempt:
        return  # somebody has looked and sent it again meanwhile; only a proof of acceptance still counts
    elif isinstance(outcome, Refused):
        refused(rows, outcome, sender=sender, now=at)
    elif isinstance(outcome, TryLater):
        asked = outcome.after_seconds is not None
        _wait(rows, outcome.reason, _pause(outcome, rows[0].attempts), at, asked=asked)
    else:
        _unsure(rows, outcome, at)


def accept(rows: Sequence[Message], sid: str, *, sender: str, at: datetime, cause: str) -> None:
    """The network has the text: ``sid`` is its name for it there. Nothing that was learnt since is lost."""
    rows[0].provider_sid = rows[0].provider_sid or sid
    for row in rows:
        change_state(row, "accepted", now=at, cause=cause)
        if row.state not in NEVER_WENT:
            row.sender, row.sent_at, row.held_until, row.error = sender, row.sent_at or at, None, None
            is_followed = row is rows[0] and row.finished_at is None  # a callback may have come before the answer
            row.look_at, row.looks = at if is_followed else None, 0


def _accepted(rows: Sequence[Message], outcome: Accepted, sender: str, at: datetime) -> None:
    accept(rows, outcome.sid, sender=sender, at=at, cause=TAKEN)
    for fields in outcome.receipts:
        db.session.add(Receipt(message_id=rows[0].id, received_at=at, fields=dict(fields)))


def refused(rows: Sequence[Message], refusal: Refused, *, sender: str, now: datetime, state: str = "failed") -> None:
    """The network will not carry, or has not delivered, the text; what that says of number and account is kept too."""
    if refusal.kind == "account":
        raise_alarm("account", code=refusal.code, reason=refusal.reason, now=now)
        return _wait(rows, refusal.reason, LINE_RESTS, now)
    finish(rows, refusal, state=state, now=now)
    if refusal.kind == "opted_out":
        stop_texts(rows[0].phone, sender=sender, how=str(refusal.code), now=now)
    if refusal.kind == "blocked":
        raise_alarm("blocked", code=refusal.code, reason=refusal.reason, now=now)
    if refusal.kind == "recipient":
        _mark_the_number(rows[0], refusal.code, now)
    return None


_ENDS: Final[dict[RefusalKind, str]] = {"opted_out": "stopped", "expired": "expired"}


def finish(rows: Sequence[Message], refusal: Refused, *, state: str, now: datetime) -> None:
    """Set the final state of a refused text, with the network's number for why."""
    for row in rows:
        if change_state(row, _ENDS.get(refusal.kind, state), now=now, cause=refusal.reason):
            row.error_code, row.error = refusal.code, refusal.reason


def _mark_the_number(message: Message, code: int, now: datetime) -> None:
    if message.person is not None and message.person.phone == message.phone:
        message.person.phone_trouble, message.person.phone_trouble_at = trouble_of(code), now


def _wait(rows: Sequence[Message], reason: str, pause: timedelta, now: datetime, *, asked: bool = False) -> None:
    """Let them wait. What the network ``asked`` to hold for longer than it is of use expires, and is seen at once."""
    for row in rows:
        until, last = now + pause, last_moment(row, row.useful_until) if row.useful_until else None
        if last is not None and until > last:
            if asked and pause:
                change_state(row, "expired", now=now, cause=f"{reason.rstrip('.')}, for longer than it is of use")
                row.error = "held_too_long"
                continue
            until = max(now, min(until, last - ONE_MORE_TRY))
        if change_state(row, "waiting", now=now, cause=reason):
            row.held_until, row.rides_with_id, row.claimed_at = until, None, None


def _pause(outcome: TryLater, attempts: int) -> timedelta:
    """As long as the network asked for; else 2, 4, 8 seconds and so on."""
    if outcome.after_seconds is not None:
        return min(timedelta(seconds=outcome.after_seconds), LONGEST_WAIT)
    return min(timedelta(seconds=2 ** min(attempts, 8)), timedelta(seconds=60))


def _unsure(rows: Sequence[Message], outcome: Unsure, now: datetime) -> None:
    for row in rows:
        be_unsure(row, now=now, cause=outcome.reason)


def be_unsure(row: Message, *, now: datetime, cause: str) -> None:
    """The text may have left: it is shown as unsure until the network has been asked, from now on."""
    if change_state(row, "unknown", now=now, cause=cause):
        row.error, row.looks, row.look_at = "unsure", 0, None if row.rides_with_id else now
