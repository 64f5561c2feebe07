"""Temporary installations to measure on, on the machine's own disk: a SQLite file or a PostgreSQL server."""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import URL, make_url

from coordinator import create_app
from coordinator.db import db
from tests.databases import build_schema, order_of, postgresql_server, settings_for, sqlite_url, throwaway_folder

ENGINES = ("sqlite", "postgresql")

_kept_open = ExitStack()
atexit.register(_kept_open.close)


@contextmanager
def an_installation(engine: str) -> Iterator[Flask]:
    """An app with an empty database in the newest schema, its context pushed; both are removed afterwards."""
    with throwaway_folder(on_disk=True) as folder, _database(engine, folder) as url:
        build_schema(url, folder)
        app = create_app(settings_for(url, folder))
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            yield app
            db.session.remove()
            for each in db.engines.values():
                each.dispose()


def database_of(app: Flask) -> str:
    """The URL of the app's database, for processes that share it."""
    return str(app.config["SQLALCHEMY_DATABASE_URI"])


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield sqlite_url(folder / "bench.sqlite3")
        return
    name = f"callboard_bench_{uuid4().hex[:12]}"
    order_of(_server(), f"CREATE DATABASE {name}")
    yield _server().set(database=name).render_as_string(hide_password=False)
    order_of(_server(), f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _server() -> URL:
    """The server of TEST_DATABASE_URL (its user may create databases), or else a temporary one for this run."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given).set(drivername="postgresql+psycopg")
    return _kept_open.enter_context(postgresql_server(on_disk=True))
