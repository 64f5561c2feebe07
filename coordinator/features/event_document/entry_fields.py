"""What a key of the document is: alone, in a group, or said in two languages; and a list of things with such keys."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .kinds import FieldKind


@dataclass(frozen=True)
class Field:
    """One key. A key of a group is written with a dot: ``venue.name``.

    ``refers_to`` is the table whose keys the value must be one of. ``default`` is the value of a new row. ``always``: a
    dump writes it even if it is the default. ``stays``: leaving it out never resets it, not even with prune, because it
    is an answer or a fact of the night.
    """

    key: str
    kind: FieldKind
    column: str
    default: Any = None
    required: bool = False
    nullable: bool = False
    empty: Any = None  # what null means
    always: bool = False
    stays: bool = False
    refers_to: str | None = None


@dataclass(frozen=True)
class Group:
    """Keys of an object of their own; null empties all of them.

    ``whole``: it is given as one; what is left out of it gets its default.
    """

    key: str
    fields: tuple[Field, ...]
    whole: bool = False
    always: bool = False


@dataclass(frozen=True)
class InTwoLanguages:
    """Words that are said once, or as ``{"en", "es"}``; ``spanish`` holds the second where both are said."""

    words: Field
    spanish: Field

    @property
    def key(self) -> str:
        return self.words.key

    @property
    def fields(self) -> tuple[Field, Field]:
        return self.words, self.spanish


Item = Field | Group | InTwoLanguages


@dataclass(frozen=True)
class Table:
    """One list of the document. ``what`` names one entry; ``identity`` are the keys that identify it."""

    key: str
    what: str
    items: tuple[Item, ...]
    identity: tuple[str, ...] = ("key",)

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, including those of groups."""
        for item in self.items:
            yield from (item,) if isinstance(item, Field) else item.fields


def group(key: str, *fields: Field, whole: bool = False, always: bool = False) -> Group:
    return Group(key, tuple(replace(field, key=f"{key}.{field.key}") for field in fields), whole, always)


def in_two_languages(key: str, kind: FieldKind, *, required: bool = False, always: bool = False) -> InTwoLanguages:
    words = Field(key, kind, key, required=required, nullable=not required, always=always)
    return InTwoLanguages(words, Field(f"{key}.es", kind, f"{key}_es", nullable=True))
