"""Whether this installation can do its work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from coordinator.db import db

TICKS_MISSED: Final = 10


def jobs_tick(ticked_at: datetime | None, tick_seconds: float, now: datetime) -> bool:
    """Whether a jobs process has done its round within the last ten ticks. One that never did is not at work."""
    return ticked_at is not None and now - ticked_at <= timedelta(seconds=TICKS_MISSED * tick_seconds)


def database_answers() -> None:
    """Ask the database something; raises what SQLAlchemy raises when it does not answer."""
    db.session.execute(text("SELECT 1"))


def migrations_are_applied(folder: str) -> bool:
    """Whether the database is in the newest schema that the migrations in ``folder`` know."""
    newest = set(ScriptDirectory(folder).get_heads())
    return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == newest


def database_clock() -> datetime | None:
    """What time the database believes it is; None for SQLite, which has no clock of its own."""
    if db.session.get_bind().dialect.name == "sqlite":
        return None
    at: datetime | None = db.session.scalar(text("SELECT clock_timestamp()"))
    return at
