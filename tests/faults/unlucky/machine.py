"""The machine: files in the rehearsal's folder control its faults."""

import os
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, event

from coordinator import clock

LOOKS_EVERY: Final = 0.05  # seconds
MOST_PAGES: Final = 4_294_967_294  # SQLite's default
FULL: Final = "disk-is-full"


def clock_of(folder: Path, name: str) -> Path:
    """The file with the number of seconds by which the clock of this process is wrong."""
    return folder / f"clock-of-{name}"


def be_unlucky(name: str) -> None:
    """From now on, this process's clock and disk follow the files in INSTANCE_PATH."""
    folder = Path(os.environ["INSTANCE_PATH"])
    _look_at_the_clock(clock_of(folder, name))
    threading.Thread(target=_keep_looking, args=(clock_of(folder, name),), daemon=True).start()

    @event.listens_for(Engine, "begin")
    def fill_the_disk(connection: Connection) -> None:
        """Limits SQLite to its present number of pages. For PostgreSQL a trigger simulates a full disk."""
        driven = connection.connection.driver_connection
        if isinstance(driven, sqlite3.Connection):
            driven.execute(f"PRAGMA max_page_count = {1 if (folder / FULL).exists() else MOST_PAGES}")


def _keep_looking(file: Path) -> None:
    looked = threading.Event()
    while not looked.wait(LOOKS_EVERY):
        _look_at_the_clock(file)


def _look_at_the_clock(file: Path) -> None:
    try:
        clock.be_wrong(timedelta(seconds=float(file.read_text())))
    except (FileNotFoundError, ValueError):  # it is being written
        clock.be_wrong(timedelta(0))
