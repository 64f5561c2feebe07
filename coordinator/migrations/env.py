"""Brings a database to the newest schema; ``flask db`` runs this inside the app's context."""

from contextlib import contextmanager
from importlib import import_module

from alembic import context
from sqlalchemy import text

from coordinator.db import Base, Instant, Minutes, db

SLICES = ("people", "accounts", "messaging", "events", "lineup", "shownight", "shifts", "reminders")
ONE_AT_A_TIME = 0x63616C6C  # PostgreSQL's advisory lock that two upgrades of one database share

for slice_name in SLICES:
    import_module(f"coordinator.{slice_name}.models")


def plain_types(kind, thing, autogen_context):
    """Migrations name what the database has, so that they outlive our own types."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Minutes):
        return "sa.Integer()"
    return False


@contextmanager
def no_cascades(connection):
    """SQLite changes a table by making it anew; dropping the old one would take its children with it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run():
    with db.engine.connect() as connection, no_cascades(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_types,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            context.run_migrations()


run()
