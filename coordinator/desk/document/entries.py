"""A document as values: what it says, by its own keys, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .fields import Table


@dataclass(frozen=True)
class Entry:
    """One thing of a document. ``said`` holds only what was said, already read; a group's keys have a dot in them.

    A slot also says its ``stage``.
    """

    key: str
    said: Mapping[str, Any]
    path: str = field(default="", compare=False)

    def __getitem__(self, key: str) -> Any:
        return self.said[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.said.get(key, default)


@dataclass(frozen=True)
class Document:
    """A whole event. ``slots`` stand stage by stage, in their order; ``warnings`` are sentences to show."""

    event: Entry
    people: tuple[Entry, ...] = ()
    acts: tuple[Entry, ...] = ()
    stages: tuple[Entry, ...] = ()
    slots: tuple[Entry, ...] = ()
    roles: tuple[Entry, ...] = ()
    shifts: tuple[Entry, ...] = ()
    sign_ups: tuple[Entry, ...] = ()
    rules: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def slug(self) -> str:
        return self.event.key

    def entries(self, table: Table) -> tuple[Entry, ...]:
        """The things of one table, in order."""
        found: tuple[Entry, ...] = getattr(self, table.key)
        return found


def keys_named(value: Any) -> tuple[str, ...]:
    """The keys that a referring value names: none, one, or a list of them."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)
