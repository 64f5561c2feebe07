"""Snapshots: expected text in a file beside its test, so that every change of words is reviewed."""

from difflib import unified_diff
from pathlib import Path

import pytest


class Snapshot:
    """Compares with the file beside the test, or rewrites it when pytest was called with ``--write-snapshots``."""

    def __init__(self, config: pytest.Config) -> None:
        self.writes = bool(config.getoption("--write-snapshots"))

    def check(self, path: Path, said: str) -> None:
        if self.writes:
            path.write_text(said, encoding="utf-8")
        _compare(path.name, path.read_text(encoding="utf-8"), said)

    def check_part(self, path: Path, heading: str, said: str) -> None:
        """Compares with the part of the file below the heading, a line that begins with ``==``."""
        parts = _parts(path.read_text(encoding="utf-8") if path.exists() else "")
        if self.writes:
            parts[heading] = said
            path.write_text("\n".join(f"== {name}\n{words}" for name, words in parts.items()), encoding="utf-8")
        _compare(f"{path.name}: {heading}", parts.get(heading, ""), said)


def _parts(text: str) -> dict[str, str]:
    return {
        heading: words.rstrip("\n") + "\n"
        for part in f"\n{text}".split("\n== ")[1:]
        for heading, _, words in [part.partition("\n")]
    }


def _compare(name: str, kept: str, said: str) -> None:
    changes = "\n".join(unified_diff(kept.splitlines(), said.splitlines(), "kept", "said", n=0, lineterm=""))
    assert changes == "", f"{name} says otherwise; --write-snapshots keeps what is said now:\n{changes}"
