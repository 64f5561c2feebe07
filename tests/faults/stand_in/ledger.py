"""Record of what the stand-in accepted and did: append-only JSON lines, on disk before any answer is sent."""

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
SURE = {"accepted", "mailed", "refused", "came in", "contract"}  # flushed before answering; others soon after


def now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """The file at ``path``, continued if it exists. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._end_a_torn_line()

    def write(self, what: str, **facts: Any) -> Entry:
        """Append an entry of this kind; entries that the verdict needs are on disk when this returns."""
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
        """Start on a new line even if a kill left half a line."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")


def entries(path: Path, what: str | None = None) -> Iterator[Entry]:
    """The entries of a ledger in order, optionally of one kind. A half-written line is skipped."""
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
    """A phone number as it may be shown."""
    return f"…{phone[-2:]}"
