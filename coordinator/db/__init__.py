"""The database: the session, the base of all tables, the column types, and the only commit."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as AppSession
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Index,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import NullPool

from coordinator.collector import safe_point

from .sqlite import BEGIN


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
    """Base of every table. Constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


BigId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite increments only an INTEGER primary key automatically
Key = Annotated[int, mapped_column(BigId, primary_key=True)]
At = Annotated[datetime, mapped_column(Instant)]
MaybeAt = Annotated[datetime | None, mapped_column(Instant)]
Length = Annotated[timedelta, mapped_column(Minutes)]
MaybeLength = Annotated[timedelta | None, mapped_column(Minutes)]


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which ``where`` holds, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """A check constraint, named like the column: it holds one of these words, or NULL if nullable."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


COPY = "sqlite_copy"


class _Session(AppSession):
    """Works on the database, or on the copy of it that ``trial`` made."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        return self.info.get(COPY) or super().get_bind(*args, **kwargs)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": _Session})
migrate = Migrate(directory=str(Path(__file__).parent.with_name("migrations")))

_COPIES = create_engine(  # "": a database of one connection, in memory or in a nameless file, gone when it is closed
    "sqlite://",
    creator=lambda: sqlite3.connect("", check_same_thread=False),
    poolclass=NullPool,
    hide_parameters=True,
)


@contextmanager
def transaction() -> Iterator[Session]:
    """The only commit. Rows that were read before are read again inside. A nested call joins the outer transaction.

    On SQLite the write lock is taken at once (``BEGIN IMMEDIATE``), so what is read inside stays true until the commit.
    On PostgreSQL, queries lock the rows that a rule depends on.
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
        safe_point()  # a command or job that runs one transaction after another collects between them


@contextmanager
def trial() -> Iterator[Session]:
    """A transaction that is always rolled back, to see what a change would do. Nobody else waits for it on SQLite.

    There it runs on a private copy of the database as it is now, so that the write lock is never taken. On PostgreSQL
    only those wait who want to change the rows that it locks. Raises RuntimeError within a transaction, which would
    keep the change.
    """
    session = db.session()
    if session.info.get("in_transaction"):
        raise RuntimeError("a trial inside a transaction would be kept")
    if session.in_transaction():
        session.commit()
    session.expire_all()
    with _copy() as copy:
        session.info.update({"in_transaction": True, COPY: copy})
        try:
            yield session
        finally:
            session.rollback()
            session.info.update({"in_transaction": False, COPY: None})
    safe_point()


@contextmanager
def _copy() -> Iterator[Connection | None]:
    """A copy of the SQLite database; None on PostgreSQL."""
    if db.engine.dialect.name != "sqlite":
        yield None
        return
    with _COPIES.connect() as copy:
        source = db.engine.raw_connection()
        try:
            source.driver_connection.backup(copy.connection.driver_connection)  # type: ignore[union-attr]
        finally:
            source.close()
        yield copy
