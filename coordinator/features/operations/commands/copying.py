"""A copy of everything that is kept: written into a file, and put back into a database, which then starts held."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Final

from flask_migrate import upgrade
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from coordinator.db import db
from coordinator.messaging.actions.restored import hold_everything
from coordinator.messaging.models import HoldReason
from coordinator.services import services

SIDE_FILES: Final = ("", "-wal", "-shm")


class CannotCopy(ValueError):
    """Why there is no backup, or why it was not restored."""


def write_copy(file: Path) -> None:
    """Write everything into a new file, while Callboard runs. Only its owner can read it. Raises CannotCopy."""
    url = _database()
    before = os.umask(0o077)
    try:
        if _is_sqlite(url):
            _write_sqlite(_file_of(url), file)
        else:
            _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={file}")
    except OSError as fault:
        raise CannotCopy(f"{file} cannot be written: {fault.strerror}.") from None
    finally:
        os.umask(before)


def put_back(file: Path, at: datetime) -> Path | None:
    """Put the copy in the place of what is kept now, and hold its texts.

    Returns where a SQLite database that was there is kept, else None. Raises CannotCopy.
    """
    url = _database()
    if _is_sqlite(url):
        return _put_back_sqlite(file, _file_of(url), at)
    _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))
    _be_held(_address(url), at)
    return None


@contextmanager
def scratch_database(file: Path, at: datetime) -> Iterator[str]:
    """The address of a database of its own, gone afterwards, that holds the copy with its texts held.

    Raises CannotCopy.
    """
    url = _database()
    if _is_sqlite(url):
        _must_be_ours(file)
        folder = services().settings.instance_path
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".verifying-", dir=folder) as scratch:
            place = shutil.copyfile(file, Path(scratch) / "callboard.sqlite3")
            _be_held(f"sqlite:///{place}", at)
            yield f"sqlite:///{place}"
        return
    name = f"callboard_verifying_{token_hex(6)}"
    _order(url, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        there = url.set(database=name)
        _run("pg_restore", there, "--no-owner", "--single-transaction", str(file))
        _be_held(_address(there), at)
        yield _address(there)
    finally:
        _order(url, f"DROP DATABASE {name} WITH (FORCE)")


def _database() -> URL:
    return make_url(services().settings.database_url)


def _is_sqlite(url: URL) -> bool:
    return url.drivername.startswith("sqlite")


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _order(url: URL, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except SQLAlchemyError as fault:
        why = str(getattr(fault, "orig", fault)).strip().splitlines()[0]
        raise CannotCopy(f"A database to verify in cannot be made or removed: {why}.") from None
    finally:
        engine.dispose()


def _write_sqlite(source: Path, file: Path) -> None:
    if not source.is_file():
        raise CannotCopy("There is no database yet. Run: flask db upgrade")
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
    except sqlite3.Error as fault:
        file.unlink(missing_ok=True)
        raise CannotCopy(f"{file} cannot be written: {fault}.") from None


def _put_back_sqlite(file: Path, place: Path, at: datetime) -> Path | None:
    """The new database is completed, and held, beside the old one before it replaces it."""
    _must_be_ours(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = place.with_name(f"{place.name}.restoring")
    before = os.umask(0o077)
    try:
        shutil.copyfile(file, made)
        _be_held(f"sqlite:///{made}", at)
        kept = place.with_name(f"{place.name}.before-{at:%Y%m%d-%H%M%S}")
        there = place.exists()
        for end in SIDE_FILES if there else ():
            if (old := Path(f"{place}{end}")).exists():
                old.replace(f"{kept}{end}")
        made.replace(place)
        return kept if there else None
    except OSError as fault:
        raise CannotCopy(f"{place} cannot be written: {fault.strerror}.") from None
    finally:
        os.umask(before)
        for end in SIDE_FILES:
            Path(f"{made}{end}").unlink(missing_ok=True)


def _must_be_ours(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM alembic_version, organisations").fetchall()
            sound = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error:
        raise CannotCopy(f"{file} is no backup of Callboard's SQLite database.") from None
    if sound != ("ok",):
        raise CannotCopy(f"{file} is damaged: {sound[0]}.")


def _be_held(database_url: str, at: datetime) -> None:
    """Upgrade a database to the newest schema and hold its texts."""
    twin = services().twin(replace(services().settings, database_url=database_url))
    with twin.app_context():
        upgrade()
        hold_everything(HoldReason.RESTORED, at)
        db.session.remove()
        db.engine.dispose()


def _run(program: str, url: URL, *options: str) -> None:
    """Run PostgreSQL's own program; the password is passed in the environment, which other users cannot see."""
    found = shutil.which(program)
    if found is None:
        raise CannotCopy(f"{program} is not installed here; it comes with PostgreSQL's client programs.")
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = {"PATH": os.defpath, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 - our own settings and a file that was typed
        [found, *(f"--dbname={address}",), *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise CannotCopy(f"{program} failed: {said}")


def _file_of(url: URL) -> Path:
    return Path(url.database or "")
