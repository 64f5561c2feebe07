"""Throwaway installations to measure on: SQLite in a folder, PostgreSQL in a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from coordinator import create_app
from coordinator.db import Base, db
from tests.databases import postgresql_server, settings_for, sqlite_url, throwaway_folder

ENGINES = ("sqlite", "postgresql")


@contextmanager
def a_house(engine: str) -> Iterator[Flask]:
    """An app on an empty database, its context pushed; gone afterwards."""
    with throwaway_folder() as folder, _database(engine, folder) as url:
        app = create_app(settings_for(url, folder))
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield app
            db.session.remove()
            for each in db.engines.values():
                each.dispose()


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield sqlite_url(folder / "bench.sqlite3")
        return
    with postgresql_server() as url:
        yield url.render_as_string(hide_password=False)
