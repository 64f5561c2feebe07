"""Brings a database to the newest schema; ``flask db`` runs this inside the app's context."""

from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import text

from coordinator.db import Base, Instant, Minutes, db

SLICES = ("people", "accounts", "messaging", "events", "money", "lineup", "shownight", "shifts", "reminders")
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


def must_have_a_folder(url):
    """A database is created where it is missing, but not the folder that someone named for it."""
    Path(current_app.instance_path).mkdir(parents=True, exist_ok=True)
    if url.drivername == "sqlite" and url.database and not Path(url.database).absolute().parent.is_dir():
        folder = str(Path(url.database).absolute().parent)
        raise CommandError(f"DATABASE_URL names the folder {folder!r}, which doesn't exist. Create it first.")


@contextmanager
def no_cascades(connection):
    """SQLite changes a table by making it again; dropping the old one would take its children with it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def refuse_strangers(migration):
    """A database that other migrations made is left as it is, and someone is told."""
    known = {script.revision for script in context.script.walk_revisions()}
    if strangers := set(migration.get_current_heads()) - known:
        raise CommandError(
            f"This database is at {', '.join(sorted(strangers))}, which is not of this version. Before the first "
            "release databases are made anew: move this one away, and run the same again."
        )


def run():
    must_have_a_folder(db.engine.url)
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
            refuse_strangers(context.get_context())
            context.run_migrations()


run()
