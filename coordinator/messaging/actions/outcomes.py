"""Recording the network's answers: for the text itself and for the reminders merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coordinator.db import db, transaction
from coordinator.people.models import Channel

from ..gateway import Accepted, Outcome, Refused, TryLater, Unsure
from ..models import NEVER_WENT, AlarmKind, Message, MessageState, Receipt, TextError
from ..queries.outbox import with_their_rides
from ..refusals import RefusalKind, trouble_of
from .alarms import lift_alarms, raise_alarm
from .claiming import ALARM_OF, LINE_RESTS, Claimed
from .consent import stop_texts
from .dispositions import last_moment
from .going_on import goes_on
from .in_bulk import TAKEN, Taken, write_taken
from .outbox import change_state

LONGEST_WAIT: Final = timedelta(minutes=5)
ONE_MORE_TRY: Final = timedelta(seconds=5)  # before it is too late, however long the pauses have grown


@dataclass(frozen=True)
class SendResult:
    """One claimed text and its outcome; ``at`` is when the call returned."""

    claimed: Claimed
    outcome: Outcome
    at: datetime


def record(
    answers: Sequence[SendResult], *, sender: str, channel: Channel = Channel.TEXT, alarmed: bool = False
) -> None:
    """Record a small batch of outcomes in one transaction; ``alarmed``: an account that works again ends its alarm."""
    with transaction():
        unusual = _usual_written(answers, sender)
        together = with_their_rides([answer.claimed.text.message_id for answer in unusual]) if unusual else {}
        for answer in unusual:
            rows = together.get(answer.claimed.text.message_id)
            if rows:
                _write(answer, rows, sender)
        taken = [answer.at for answer in answers if isinstance(answer.outcome, Accepted)]
        if taken and alarmed:
            lift_alarms(ALARM_OF[channel], now=max(taken))


def _usual_written(answers: Sequence[SendResult], sender: str) -> list[SendResult]:
    """Write accepted texts, which is nearly all, in few statements; return the others."""
    taken = [
        Taken(answer.claimed.text.message_id, answer.claimed.rides, answer.outcome.sid, answer.at)
        for answer in answers
        if isinstance(answer.outcome, Accepted) and not answer.outcome.receipts
    ]
    written = write_taken(taken, sender=sender)
    return [answer for answer in answers if answer.claimed.text.message_id not in written]


def _write(answer: SendResult, rows: list[Message], sender: str) -> None:
    outcome, at = answer.outcome, answer.at
    for row in rows:
        row.lease_until = None
    if isinstance(outcome, Accepted):
        _accepted(rows, outcome, sender, at)
    elif rows[0].attempts != answer.claimed.attempt:
        return  # it was looked up and sent again meanwhile; only a proof of acceptance still counts
    elif isinstance(outcome, Refused):
        refused(rows, outcome, sender=sender, now=at)
    elif isinstance(outcome, TryLater):
        asked = outcome.after_seconds is not None
        _wait(rows, outcome.reason, _pause(outcome, rows[0].attempts), at, asked=asked)
    else:
        _unsure(rows, outcome, at)


def accept(rows: Sequence[Message], sid: str, *, sender: str, at: datetime, cause: str) -> None:
    """The network has the text, under the ID ``sid``. Nothing that was learned since is lost."""
    rows[0].provider_sid = rows[0].provider_sid or sid
    for row in rows:
        change_state(row, MessageState.ACCEPTED, now=at, cause=cause)
        if row.state not in NEVER_WENT:
            row.sender, row.sent_at, row.held_until, row.error = sender, row.sent_at or at, None, None
            # a callback may have come before the answer; emails are not followed
            is_followed = row is rows[0] and row.finished_at is None and row.channel == Channel.TEXT
            row.check_at, row.checks = at if is_followed else None, 0


def _accepted(rows: Sequence[Message], outcome: Accepted, sender: str, at: datetime) -> None:
    accept(rows, outcome.sid, sender=sender, at=at, cause=TAKEN)
    for fields in outcome.receipts:
        db.session.add(Receipt(message_id=rows[0].id, received_at=at, fields=dict(fields)))


def refused(
    rows: Sequence[Message], refusal: Refused, *, sender: str, now: datetime, state: str = MessageState.FAILED
) -> None:
    """The network refused or could not deliver the text; what that says about number and account is recorded too."""
    if refusal.kind == "account":
        raise_alarm(ALARM_OF[Channel(rows[0].channel)], code=refusal.code, reason=refusal.reason, now=now)
        return _wait(rows, refusal.reason, LINE_RESTS, now)
    if refusal.kind == "opted_out":
        stop_texts(rows[0].phone, sender=sender, cause=str(refusal.code), now=now)
    if refusal.kind == "blocked":
        raise_alarm(AlarmKind.BLOCKED, code=refusal.code, reason=refusal.reason, now=now)
    if refusal.kind == "recipient":
        _mark_who_cannot_be_reached(rows[0], refusal, now)
    finish(rows, refusal, state=state, now=now)
    return None


_ENDS: Final[dict[RefusalKind, str]] = {"opted_out": MessageState.STOPPED, "expired": MessageState.EXPIRED}


def finish(rows: Sequence[Message], refusal: Refused, *, state: str, now: datetime) -> None:
    """Set the final state of what was refused, with the network's number for why; some goes on by the other channel."""
    for row in rows:
        if goes_on(row, now=now, cause=refusal.reason):
            continue
        if change_state(row, _ENDS.get(refusal.kind, state), now=now, cause=refusal.reason):
            row.error_code, row.error = refusal.code, refusal.reason


def _mark_who_cannot_be_reached(message: Message, refusal: Refused, now: datetime) -> None:
    person = message.person
    if person is None:
        return
    if message.channel == Channel.EMAIL:
        if person.email == message.address:
            person.email_trouble, person.email_trouble_at = refusal.reason[:300], now
    elif person.phone == message.phone:
        person.phone_trouble, person.phone_trouble_at = trouble_of(refusal.code), now


def _wait(rows: Sequence[Message], reason: str, pause: timedelta, now: datetime, *, asked: bool = False) -> None:
    """Let them wait. If the network ``asked`` for longer than the text is of use, it expires at once."""
    for row in rows:
        until, last = now + pause, last_moment(row, row.useful_until) if row.useful_until else None
        if last is not None and until > last:
            if asked and pause:
                change_state(
                    row, MessageState.EXPIRED, now=now, cause=f"{reason.rstrip('.')}, for longer than it is of use"
                )
                row.error = TextError.HELD_TOO_LONG
                continue
            until = max(now, min(until, last - ONE_MORE_TRY))
        if change_state(row, MessageState.WAITING, now=now, cause=reason):
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
    """It may have gone out: show that, and have the network asked about a text. Nobody can be asked about an email."""
    if not change_state(row, MessageState.UNKNOWN, now=now, cause=cause):
        return
    if row.channel == Channel.EMAIL:
        row.error, row.check_at = TextError.NOT_CONFIRMED, None
    else:
        row.error, row.checks, row.check_at = TextError.UNSURE, 0, None if row.rides_with_id else now
