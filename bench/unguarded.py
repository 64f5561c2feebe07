"""Callboard as ``wsgi.py`` serves it, but for one thing: nobody waits for anybody. Only to be measured against.

What a transaction reads it does not lock. PostgreSQL locks no row that is read; SQLite, which has one writer at a time
whatever anybody does, takes its lock with the first write and not before the first read. So two people who take the
last place at once both find it free, and both get it. There is no such switch in Callboard itself.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from wsgi import app

__all__ = ["app"]

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
