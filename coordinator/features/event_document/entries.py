"""A document as values: what it says, by its own keys, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .entry_fields import Table


@dataclass(frozen=True)
class DocumentEntry:
    """One entry of a document. ``said`` holds only the given keys, already read; a group's keys contain a dot.

    A slot also has its ``stage``.
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
    """A whole event. ``slots`` are stage by stage, in order; ``warnings`` are sentences to show."""

    event: DocumentEntry
    people: tuple[DocumentEntry, ...] = ()
    acts: tuple[DocumentEntry, ...] = ()
    stages: tuple[DocumentEntry, ...] = ()
    slots: tuple[DocumentEntry, ...] = ()
    roles: tuple[DocumentEntry, ...] = ()
    shifts: tuple[DocumentEntry, ...] = ()
    sign_ups: tuple[DocumentEntry, ...] = ()
    rules: tuple[DocumentEntry, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def slug(self) -> str:
        return self.event.key

    def entries(self, table: Table) -> tuple[DocumentEntry, ...]:
        """The entries of one table, in order."""
        found: tuple[DocumentEntry, ...] = getattr(self, table.key)
        return found


def keys_named(value: object) -> tuple[str, ...]:
    """The keys that a reference names: none, one, or a list of them."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)
