"""What is collected while reading a flyer: rows of the bill, facts of the show, and all other lines."""

from dataclasses import dataclass, field, replace
from datetime import date

from ..entries.entry import Entry, without_days
from ..moments.moment import clauses_of
from ..times.around_times import Time
from .row import Facts, Row


@dataclass(frozen=True, slots=True)
class Text:
    """A line that is not a row. ``rest``: its words that belong to no time; None when the whole line is still to be
    read. ``is_lost``: it says a time that became neither a row nor a fact."""

    entry: Entry
    in_head: bool
    rest: tuple[str, ...] | None = None
    is_label: bool = False
    is_lost: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no date and no time was found in the line."""
        return self.rest is None and not self.entry.days

    @property
    def clauses(self) -> list[str]:
        """The clauses of the line that belong to no date and no time."""
        if self.rest is not None:
            return [clause for part in self.rest for clause in clauses_of(part)]
        return clauses_of(without_days(self.entry.bare, self.entry.days).printed)


@dataclass(slots=True)
class Bill:
    """Rows, facts of the show and texts, each in the order of the flyer. ``line``: the one being read, from 0."""

    default_on: date
    month_first: bool
    rows: list[Row] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # acts named in a sentence; they do not end the head of the flyer
    on: date | None = None
    stage: str | None = None
    part: int = 0
    line: int | None = None

    def add(self, name: str, time: Time | None, **more: str | None) -> None:
        """Add a row; ``time`` None: listed without one. ``more``: its ``stage`` (else the heading's) and ``note``."""
        clock, until, approx = (time.clock, time.until, time.approx) if time else (None, None, False)
        stage, note = more.get("stage") or self.stage, more.get("note")
        self.rows.append(Row(len(self.rows), name, clock, until, approx, stage, note, self.part, self.on, self.line))

    def begin_part(self, *, on: date | None = None, stage: str | None = None) -> None:
        """Begin a new list; ``on`` None: on the same day as the one before."""
        self.part += 1
        self.on, self.stage = on or self.on, stage

    def set_day(self, on: date) -> None:
        """The following rows are on that day, although no heading says so."""
        if on != self.on:
            self.begin_part(on=on, stage=self.stage)

    def close(self) -> None:
        """Finish: on a flyer of one day the rows have no day."""
        for name in self.named:
            self.add(name, None)
        told = {row.on for row in self.rows if row.on}
        self.days = self.days or sorted(told)
        if len(self.days) == 1:
            self.rows = [replace(row, on=None) for row in self.rows]
