"""Whether this installation can do its work."""

from datetime import datetime, timedelta
from typing import Final

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from coordinator.db import db

from ..models import AlarmKind
from .installation import the_installation
from .outbox import open_alarms
from .texts import last_tick, oldest_overdue

TICKS_MISSED: Final = 10
LATE: Final = timedelta(minutes=5)


def jobs_tick(ticked_at: datetime | None, tick_seconds: float, now: datetime) -> bool:
    """Whether a jobs process has done a round within the last ten ticks. False if none ever did."""
    return ticked_at is not None and now - ticked_at <= timedelta(seconds=TICKS_MISSED * tick_seconds)


def texts_leave(tick_seconds: float, now: datetime) -> bool:
    """Whether nobody needs to be alerted: jobs tick, and texts go out, or were held on purpose.

    False while the phone network refuses the account, after the mail server has done so for five minutes, or while all
    texts are held because the database was restored. Texts held by a coordinator's pause or quiet hours are not late.
    """
    if not jobs_tick(last_tick(), tick_seconds, now) or open_alarms(AlarmKind.ACCOUNT):
        return False
    if any(now - alarm.raised_at > LATE for alarm in open_alarms(AlarmKind.MAIL)):
        return False
    row, overdue_since = the_installation(), oldest_overdue(now)
    if row is not None and row.held_at is not None:
        return row.held_because == "asked"
    return overdue_since is None or now - overdue_since <= LATE


def database_answers() -> None:
    """Query the database; raises what SQLAlchemy raises if it does not answer."""
    db.session.execute(text("SELECT 1"))


def migrations_are_applied(folder: str) -> bool:
    """Whether the database has the newest schema of the migrations in ``folder``."""
    newest = set(ScriptDirectory(folder).get_heads())
    return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == newest


def database_clock() -> datetime | None:
    """The database's own time; None for SQLite, which has no clock of its own."""
    if db.session.get_bind().dialect.name == "sqlite":
        return None
    at: datetime | None = db.session.scalar(text("SELECT clock_timestamp()"))
    return at
