"""What each pasted line does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coordinator.core.sheets import ReadSheet

ADDS, CHANGES, NOTHING, WRONG, ASKS = "adds", "changes", "nothing", "wrong", "asks"


class CannotPaste(ValueError):
    """The table cannot be read at all. Its text is a sentence in the reader's language."""


class UnansweredLines(CannotPaste):
    """Some lines name someone who may be known already, and nobody has said whether they are."""


class WrongLine(ValueError):
    """One line cannot be added. Its text is a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to who a line means: its value in the form, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line: its number, what it is about, what it does (adds, changes, nothing, wrong, asks), and that in words.

    ``shown``: all its values as they will be stored; ``notices``: what to look at before. ``choices``: whom it may
    mean, where that has to be said; ``chosen``: what was said, empty for nothing yet.
    """

    number: int
    about: str
    does: str
    words: str = ""
    shown: str = ""
    notices: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.does == WRONG


@dataclass(frozen=True, slots=True)
class Pasted:
    """All that was pasted, line by line."""

    sheet: ReadSheet
    lines: Sequence[PastedLine]

    @property
    def wrong(self) -> list[PastedLine]:
        return [line for line in self.lines if line.is_wrong]

    @property
    def good(self) -> list[PastedLine]:
        return [line for line in self.lines if line.does not in (WRONG, ASKS)]

    @property
    def to_add(self) -> int:
        """How many lines are not wrong."""
        return len(self.lines) - len(self.wrong)

    @property
    def asking(self) -> list[PastedLine]:
        """Lines that may mean someone who is known, answered or not."""
        return [line for line in self.lines if line.choices]

    @property
    def is_answered(self) -> bool:
        return not any(line.does == ASKS for line in self.lines)

    @property
    def news(self) -> list[PastedLine]:
        """Lines that add or change something."""
        return [line for line in self.lines if line.does in (ADDS, CHANGES)]

    @property
    def left(self) -> str:
        """Lines that are wrong, to be fixed and pasted again."""
        return self.sheet.only({line.number for line in self.wrong})

    def count(self, *does: str) -> int:
        """How many lines do one of these."""
        return sum(line.does in does for line in self.lines)


def must_be_readable(name: str, characters: int, sentence: str) -> str:
    """The text on one line. Raises WrongLine."""
    one_line = " ".join(name.split())
    if len(one_line) > characters or not _is_plain(one_line):
        raise WrongLine(sentence)
    return one_line


def _is_plain(text: Collection[str]) -> bool:
    return all(character.isprintable() or character in "\u200c\u200d" for character in text)
