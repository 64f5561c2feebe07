"""What would leave if a backup were restored now and let go: found out in a database of its own; nothing is sent."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from coordinator.db import db
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.looking import look_up_unknown
from coordinator.messaging.actions.restored import let_everything_leave
from coordinator.messaging.gateway import Gateway, RecordingGateway
from coordinator.messaging.listing import Found, LookedUp, Sought, Unreachable
from coordinator.messaging.models import TOLD, UNSENT, Direction, Message
from coordinator.messaging.queries.installation import still_in_doubt
from coordinator.people.models import Channel
from coordinator.reminders.actions.holding import hold
from coordinator.reminders.actions.plan import plan
from coordinator.services import services

from .copying import scratch_database

PAUSE = timedelta(minutes=1)  # between two looks at the list; here the clock is turned on instead of waiting
MOST_ROUNDS = 10_000
MOST_PLANS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it, in numbers of texts.

    ``found`` are in the network's list and count as sent; ``leaving`` leave as soon as texts may; ``later`` are not due
    yet. ``twice`` are the ids, in the backup, of those of the last two that the present database says have left;
    ``compared`` is False where there is none. ``unreachable``: why the list could not be read.
    """

    found: int
    leaving: int
    later: int
    twice: Sequence[int]
    compared: bool
    simulated: bool
    unreachable: str | None = None


def told(verdict: Verdict) -> Iterator[str]:
    """The verdict in sentences."""
    if verdict.simulated:
        yield "Phones are simulated here: there is no list of what has left, so the database alone was asked."
    yield f"Texts that left since, as Twilio's list says, and count as sent: {verdict.found}."
    leaving, later = verdict.leaving, verdict.later
    yield f"Texts that would leave as soon as you let them: {leaving}; later, when they are due: {later}."
    if not verdict.compared:
        yield "There is no database here to compare it with."
    if not verdict.twice and not verdict.unreachable:
        yield "No text would be sent twice."


def verify(file: Path, at: datetime) -> Verdict:
    """Restore the file into a database of its own, let its texts go there, and compare. Raises CannotCopy."""
    present, settings, gateway = _left_already(), services().settings, _Asking(services().gateway)
    with scratch_database(file, at) as address, _twin(address):
        _plan_all(at, settings.public_url, gateway.sender)
        let_everything_leave(at)
        later_at = _look_up_all(gateway, at)
        leaving = _would_leave(gateway.sender, later_at) if gateway.trouble is None else set()
        unsent = _unsent_keys()
    keys = present if present is not None else set()
    return Verdict(
        found=gateway.found,
        leaving=len(leaving),
        later=len(unsent),
        twice=sorted(message_id for message_id, key in {*leaving, *unsent} if key in keys),
        compared=present is not None,
        simulated=settings.twilio is None,
        unreachable=gateway.trouble,
    )


class _Asking(RecordingGateway):
    """Asks the real network about texts, and sends none: those are recorded."""

    def __init__(self, network: Gateway) -> None:
        super().__init__(sender=network.sender)
        self.network = network
        self.found = 0
        self.trouble: str | None = None

    def look_up(self, sought: Sought) -> LookedUp:
        answer = self.network.look_up(sought)
        if isinstance(answer, Unreachable):
            self.trouble = answer.reason
        self.found += isinstance(answer, Found)
        return answer


Key = tuple[str | None, int, datetime | None]  # what makes a text the same one in two databases


def _key(message_id: int, dedupe_key: str | None, created_at: datetime) -> tuple[int, Key]:
    return message_id, (dedupe_key, 0, None) if dedupe_key else (None, message_id, created_at)


def _left_already() -> set[Key] | None:
    """The texts that have left, or may have, as the present database says; None when there is none."""
    url = make_url(services().settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").is_file():
        return None
    try:
        rows = db.session.execute(
            select(Message.id, Message.dedupe_key, Message.created_at).where(
                Message.direction == Direction.OUT, Message.state.in_(TOLD)
            )
        ).all()
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()
    return {_key(*row)[1] for row in rows}


@contextmanager
def _twin(address: str) -> Iterator[None]:
    app = services().twin(replace(services().settings, database_url=address))
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _plan_all(at: datetime, public_url: str, sender: str) -> None:
    for _ in range(MOST_PLANS):
        if not plan(at, public_url=public_url, sender=sender):
            return


def _look_up_all(gateway: _Asking, at: datetime) -> datetime:
    """Until nothing is in doubt or the network cannot be asked: the instant that it is by then, for the copy."""
    for _ in range(MOST_ROUNDS):
        if not still_in_doubt() or gateway.trouble is not None:
            break
        moment = at
        if not look_up_unknown(gateway, now=lambda moment=moment: moment, pause=PAUSE):  # type: ignore[misc]
            at += PAUSE / 2
    return at


def _would_leave(sender: str, at: datetime) -> set[tuple[int, Key]]:
    """Those that a round would send, with the reminders that ride with them."""
    before = _unsent_keys()
    for line in (RecordingGateway(sender=sender), RecordingGateway(channel=Channel.EMAIL)):
        while dispatch_due(line, now=lambda: at, worker="verifying", hold=hold):
            pass
    return {each for each in before - _unsent_keys() if each[0] in _sent()}


def _sent() -> set[int]:
    sent = select(Message.id).where(Message.direction == Direction.OUT, Message.state.in_(TOLD))
    return set(db.session.scalars(sent))


def _unsent_keys() -> set[tuple[int, Key]]:
    rows = db.session.execute(
        select(Message.id, Message.dedupe_key, Message.created_at).where(
            Message.direction == Direction.OUT, Message.state.in_(UNSENT)
        )
    ).all()
    db.session.rollback()
    return {_key(*row) for row in rows}
