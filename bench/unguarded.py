"""Callboard without its locks, otherwise as ``wsgi.py`` serves it. Only for comparison in benchmarks.

Rows that a transaction reads are not locked: PostgreSQL gets no ``FOR UPDATE``, and SQLite, which allows one writer at
a time, takes its lock at the first write instead of the first read. So two people who take the last spot at once both
find it free, and both get it. Callboard itself has no such option.
"""

import re
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from wsgi import server

__all__ = ["server"]

LOCKS_ROWS: Final = re.compile(r"\s+FOR (NO KEY )?UPDATE( OF \w+)?( SKIP LOCKED)?\s*$")
WRITES: Final = ("INSERT", "UPDATE", "DELETE")
NOTHING: Final = "/* no lock before the first write */"


@event.listens_for(Engine, "before_cursor_execute", retval=True)
def _without_locks(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> tuple[str, Any]:
    if connection.dialect.name != "sqlite":
        return LOCKS_ROWS.sub("", statement), parameters
    if statement == "BEGIN IMMEDIATE":
        return NOTHING, parameters
    if statement.startswith(WRITES) and not cursor.connection.in_transaction:
        cursor.execute("BEGIN IMMEDIATE")
    return statement, parameters
