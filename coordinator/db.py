"""The database: the session, the base of all tables, the type of an instant, and the only commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, Integer, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry


class NaiveInstant(TypeError):
    """A datetime without a zone was about to be stored as an instant."""


class Instant(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(f"{value.isoformat()} has no zone; instants are stored aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Minutes(TypeDecorator[timedelta]):
    """A length, stored as whole minutes; anything finer is refused."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        whole, rest = divmod(value, timedelta(minutes=1))
        if rest:
            raise ValueError(f"{value} is not a whole number of minutes")
        return whole

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(minutes=value)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table. Constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


BigId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts only an INTEGER primary key up by itself
Key = Annotated[int, mapped_column(BigId, primary_key=True)]
At = Annotated[datetime, mapped_column(Instant)]
MaybeAt = Annotated[datetime | None, mapped_column(Instant)]
Length = Annotated[timedelta, mapped_column(Minutes)]
MaybeLength = Annotated[timedelta | None, mapped_column(Minutes)]

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate(directory=str(Path(__file__).with_name("migrations")))

SQLITE_SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000")
BEGIN = "sqlite_begin"


@contextmanager
def transaction() -> Iterator[Session]:
    """The only commit. What was read before is read again inside; one within another joins it.

    On SQLite the write lock is taken at once (``BEGIN IMMEDIATE``), so that what is read inside stays true
    until the commit; on PostgreSQL the rows that a rule depends on are locked by the queries that read them.
    """
    session = db.session()
    if session.info.get("in_transaction"):
        yield session
        return
    if session.in_transaction():
        session.commit()
    session.expire_all()
    session.info["in_transaction"] = True
    try:
        session.connection(execution_options={BEGIN: "IMMEDIATE"})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["in_transaction"] = False


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we say BEGIN ourselves
        for setting in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        kind = connection.get_execution_options().get(BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")
