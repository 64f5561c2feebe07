"""What the lines of a pasted table say."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from io import StringIO

from ..flyer import WallTime

__all__ = ["Line", "PersonLine", "ReadSheet", "SheetContext", "ShiftLine", "SkippedLine", "WallTime", "WrongLine"]


@dataclass(frozen=True, slots=True)
class SheetContext:
    """The show that a table of shifts is for: its day, its doors on the venue's clock, and how 6/7 is read there."""

    on: date
    doors: time
    month_first: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """What a coordinator should look at before the line is put in.

    ``code``: far (from the show), weekday, unclear_yes, language, channel, more (cells than columns).
    """

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLine:
    """A shift: ``starts`` and ``ends`` on the venue's clock from the midnight of ``on``; ``call`` in minutes before.

    ``guessed`` are names of values that the line does not plainly say. ``passes``: of each end that was written with a
    trailing a or b, which pass of an hour that the clocks show twice is meant.
    """

    line: int
    role: str
    on: date
    starts: WallTime
    ends: WallTime
    least: int | None = None
    most: int | None = None
    place: str | None = None
    call: int | None = None
    person: str | None = None
    passes: tuple[str, str] = ("", "")
    guessed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def about(self) -> str:
        return self.role


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person. ``phone`` and ``email`` are as they were typed; ``agreed`` (to texts) is None without such a column."""

    line: int
    name: str
    phone: str | None = None
    email: str | None = None
    prefers: str | None = None
    language: str | None = None
    skills: tuple[str, ...] = ()
    agreed: bool | None = None
    agreed_to_emails: bool | None = None
    consent: str | None = None  # the headings and answers, as what the person agreed to
    guessed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def about(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that nobody can put in: ``column`` is ours, ``cell`` as typed; ``about``: what or whom it names."""

    line: int
    column: str
    cell: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line that is no shift or person: ``why`` is headings or total."""

    line: int
    why: str


Line = ShiftLine | PersonLine | WrongLine | SkippedLine


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """All of a table. ``columns``: the headings of each of ours; ``above``: the lines over the headings.

    ``cells``: those of each line as they were typed, by its number.
    """

    columns: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    above: tuple[str, ...]
    lines: tuple[Line, ...]
    headings: tuple[str, ...] = ()
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def only(self, numbers: Collection[int]) -> str:
        """The headings and the lines with these numbers, separated by tabs, ready to paste again."""
        text = StringIO()
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerows([self.headings, *(self.cells[line.line] for line in self.lines if line.line in numbers)])
        return text.getvalue()
