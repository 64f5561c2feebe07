"""Faults of the machine during a run: the disk is full for a while, a clock jumps forward and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import text

from coordinator.db import db
from tests.faults.unlucky.machine import FULL, clock_of

TABLES: Final = ("messages", "receipts")
FULL_DISK: Final = (
    """CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$""",
    *(
        f"CREATE CONSTRAINT TRIGGER full_{table} AFTER INSERT OR UPDATE ON {table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION disk_is_full()"
        for table in TABLES
    ),
)
ROOM_AGAIN: Final = tuple(f"DROP TRIGGER full_{table} ON {table}" for table in TABLES)


@dataclass(frozen=True)
class Window:
    """Start and end as fractions, from 0 to 1, of the time in which processes are killed."""

    begins: float
    ends: float

    def is_open(self, part: float) -> bool:
        return self.begins <= part < self.ends


NEVER: Final = Window(0, 0)


@dataclass(frozen=True)
class Jump:
    """While ``window`` is open, the clocks of these processes are wrong by ``seconds``."""

    window: Window
    seconds: float
    whose: Sequence[str]


class MachineFaults:
    """The disk of all processes, and the clocks of those in ``jumps``. Needs an app context."""

    def __init__(self, folder: Path, full: Window, jumps: Sequence[Jump]) -> None:
        self.folder, self.full, self.jumps = folder, full, jumps
        self.is_full = False
        self._wrong: dict[str, float] = {}

    def apply(self, part: float) -> None:
        """Make exactly those faults active that belong to this fraction of the time."""
        if self.full.is_open(part) != self.is_full:
            self.is_full = not self.is_full
            self._fill() if self.is_full else self._make_room()
        wrong = {name: jump.seconds for jump in self.jumps if jump.window.is_open(part) for name in jump.whose}
        for name in {*wrong, *self._wrong} if wrong != self._wrong else ():
            clock_of(self.folder, name).write_text(str(wrong.get(name, 0)))
        self._wrong = wrong

    def _fill(self) -> None:
        (self.folder / FULL).touch()
        _tell_postgresql(FULL_DISK)

    def _make_room(self) -> None:
        (self.folder / FULL).unlink()
        _tell_postgresql(ROOM_AGAIN)


def _tell_postgresql(statements: Sequence[str]) -> None:
    """On PostgreSQL a deferred constraint makes every commit fail as if the disk were full."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
