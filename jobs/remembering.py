"""A file that remembers how far the database had come, so that a restored backup is noticed."""

import json
import logging
import os
from datetime import datetime
from pathlib import Path

from coordinator.messaging.actions.restored import Known, meet_database

log = logging.getLogger(__name__)


class Memory:
    """How far the database had come when this process, or an earlier one on this machine, last looked."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "last_round.json"
        self.known: Known | None = None
        self.is_sure = False  # until the database was checked once, nothing may go out

    def meet_database(self, now: datetime) -> None:
        """A step of each round, before any text goes out."""
        known = self.known if self.is_sure else self._read()
        self.known, self.is_sure = meet_database(known, now, first=not self.is_sure), True

    def remember(self, known: Known) -> None:
        """Write the file. If that fails, a warning is logged, and the next start knows only an older state."""
        self.known = known
        made = self.file.with_suffix(f".{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(json.dumps({"name": known.name, "rounds": known.rounds}), encoding="ascii")
            made.replace(self.file)
        except OSError as fault:
            log.warning("%s could not be written: %s", self.file.name, fault.strerror)

    def _read(self) -> Known | None:
        try:
            kept = json.loads(self.file.read_text(encoding="ascii"))
            return Known(str(kept["name"]), int(kept["rounds"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
