"""What the stand-in accepted and did: one JSON object a line, only ever added to, on the disk before it is answered."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
SURE = {"accepted", "refused", "came in", "contract"}  # on the disk before anything is answered; the rest soon after


def now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """The file at ``path``; an older one is gone on with. Safe to write to from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._end_a_torn_line()

    def write(self, what: str, **facts: Any) -> Entry:
        """Add an entry of this kind; what the verdict needs is on the disk when this returns."""
        entry = {"what": what, "at": now(), **facts}
        line = json.dumps(entry, default=datetime.isoformat) + "\n"
        with self._lock:
            os.write(self._file, line.encode())
            if what in SURE:
                os.fsync(self._file)
        return entry

    def close(self) -> None:
        os.close(self._file)

    def _end_a_torn_line(self) -> None:
        """So that what is written next stands on a line of its own, whatever a kill left behind."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")


def entries(path: Path, what: str | None = None) -> Iterator[Entry]:
    """What stands in a ledger, in order; of one kind when ``what`` is given. A line that a kill tore is passed over."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if what is None or entry["what"] == what:
            yield {key: _instant(value) if f"_{key}".endswith("_at") else value for key, value in entry.items()}


def _instant(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def masked(phone: str) -> str:
    """All that anybody is shown of a number."""
    return f"…{phone[-2:]}"
