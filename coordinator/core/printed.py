"""What a printed page showed, kept small: enough to say later what changed, and no name and no number in it.

A ``State`` has one line for each thing on the page, by a key such as ``slot:12``: the time it is printed with, and a
short digest of all else that is printed about it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from hashlib import sha256
from typing import NamedTuple

from .json_values import JsonObject

DIGEST = 5  # hexadecimal digits: one change in a million goes unseen, and thousands of phone numbers share each


class PrintedLine(NamedTuple):
    """``at``: the time it is printed with; None: it has none."""

    at: datetime | None
    digest: str


State = Mapping[str, PrintedLine]


class ChangeKind(StrEnum):
    """What became of a printed line. ``changed``: its time is the same, something else is not."""

    NEW = auto()
    GONE = auto()
    MOVED = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """One line that is not as it was printed; ``was`` and ``now`` are its times."""

    key: str
    kind: ChangeKind
    was: datetime | None = None
    now: datetime | None = None


def line(at: datetime | None, *shown: object) -> PrintedLine:
    """A line with this time, and all else that it shows: words, times, lists of them, None."""
    words = json.dumps(shown, default=str, ensure_ascii=False)
    return PrintedLine(at, sha256(words.encode()).hexdigest()[:DIGEST])


def as_json(state: State) -> JsonObject:
    """The state as it is stored."""
    return {key: [each.at.isoformat() if each.at else None, each.digest] for key, each in state.items()}


def from_json(stored: JsonObject) -> dict[str, PrintedLine]:
    """The inverse of ``as_json``."""
    return {key: PrintedLine(datetime.fromisoformat(at) if at else None, said) for key, (at, said) in stored.items()}


def fingerprint(state: State) -> str:
    """Equal for equal states, whatever the order of their lines."""
    return sha256(json.dumps(as_json(state), sort_keys=True).encode()).hexdigest()


def changes(printed: State, current: State) -> list[Change]:
    """What is not as it was printed, in order of time; what has no time comes first."""
    return sorted(_changes(printed, current), key=lambda each: _order(each.now or each.was))


def _changes(printed: State, current: State) -> Iterator[Change]:
    for key in printed.keys() | current.keys():
        was, now = printed.get(key), current.get(key)
        if was is None or now is None:
            kind = ChangeKind.NEW if was is None else ChangeKind.GONE
            yield Change(key, kind, was.at if was else None, now.at if now else None)
        elif was != now:
            yield Change(key, ChangeKind.MOVED if was.at != now.at else ChangeKind.CHANGED, was.at, now.at)


def _order(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
