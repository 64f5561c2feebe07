"""What becomes of each line that was pasted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...core.sheet import Sheet

ADDS, CHANGES, NOTHING, WRONG = "adds", "changes", "nothing", "wrong"


class CannotPaste(ValueError):
    """The whole of it cannot be read. Its text is a sentence in the reader's language."""


class WrongLine(ValueError):
    """One line cannot be put in. Its text is a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, what it is about, what it does (adds, changes, nothing, wrong), and that in words."""

    number: int
    about: str
    does: str
    words: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.does == WRONG


@dataclass(frozen=True, slots=True)
class Pasted:
    """All that was pasted, line by line."""

    sheet: Sheet
    lines: Sequence[Line]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if line.is_wrong]

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if not line.is_wrong]

    @property
    def news(self) -> list[Line]:
        """Those that add or change something."""
        return [line for line in self.lines if line.does in (ADDS, CHANGES)]

    @property
    def left(self) -> str:
        """The lines that are wrong, to be put right and pasted again."""
        return self.sheet.only({line.number for line in self.wrong})

    def count(self, *does: str) -> int:
        """How many lines do one of these."""
        return sum(line.does in does for line in self.lines)


def must_be_readable(name: str, letters: int, sentence: str) -> str:
    """The text on one line. Raises WrongLine."""
    one_line = " ".join(name.split())
    if len(one_line) > letters or not _is_plain(one_line):
        raise WrongLine(sentence)
    return one_line


def _is_plain(text: Collection[str]) -> bool:
    return all(letter.isprintable() or letter in "\u200c\u200d" for letter in text)
