"""Connections to SQLite: how they are set up, how they begin, and that they keep to their file."""

import os
import sqlite3
from weakref import WeakSet

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, Pool

SQLITE_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "secure_delete=ON",  # what is forgotten is overwritten, not only unlinked
)
BEGIN = "sqlite_begin"
FILE = "sqlite_file"
_FOUND: WeakSet[Dialect] = WeakSet()  # dialects whose SQLite file has existed


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we issue BEGIN ourselves
        for setting in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        record.info[FILE] = _identity(connection.execute("PRAGMA database_list").fetchone()[2])


@event.listens_for(Engine, "do_connect")
def _make_no_second_file(dialect: Dialect, record: ConnectionPoolEntry, arguments: list[str], options: object) -> None:
    """SQLite creates an empty database where none exists; refuse that where a running process lost the file it had."""
    if dialect.name != "sqlite" or not arguments or str(arguments[0]).startswith((":memory:", "file:")):
        return
    if os.path.exists(arguments[0]):  # noqa: PTH110 - as cheap as can be
        _FOUND.add(dialect)
    elif dialect in _FOUND:
        raise sqlite3.OperationalError("the database file is gone")


@event.listens_for(Pool, "checkout")
def _follow_the_file(connection: DBAPIConnection, record: ConnectionPoolEntry, borrowed: object) -> None:
    """An open connection keeps a file that was moved or replaced, and its writes are lost: reconnect."""
    known = record.info.get(FILE)
    if known is not None and _identity(known[0]) != known:
        raise DisconnectionError("the database file was moved away or replaced")


def _identity(path: str) -> tuple[str, int, int] | None:
    """Which file is at ``path``; None if there is none, and for a database in memory."""
    try:
        found = os.stat(path)  # noqa: PTH116 - once for every request
    except OSError:
        return None
    return path, found.st_dev, found.st_ino


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        kind = connection.get_execution_options().get(BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")
