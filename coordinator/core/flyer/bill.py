"""What the walk through a flyer gathers: rows of the bill, facts of the night, and the lines that are neither."""

from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.core.flyer.around_times import Time
from coordinator.core.flyer.billing import Row
from coordinator.core.flyer.entries import Entry, without_days
from coordinator.core.flyer.moments import clauses_of
from coordinator.core.flyer.timing import Facts


@dataclass(frozen=True, slots=True)
class Text:
    """A line that is no row. ``rest`` are the words of it that no time took; None when the whole line is still to "
    "be read."""

    entry: Entry
    in_head: bool
    rest: tuple[str, ...] | None = None
    is_label: bool = False

    @property
    def is_whole(self) -> bool:
        """Neither a date nor a time took anything of the line."""
        return self.rest is None and not self.entry.days

    @property
    def clauses(self) -> list[str]:
        """The clauses of the line that no date and no time took."""
        if self.rest is not None:
            return [clause for part in self.rest for clause in clauses_of(part)]
        return clauses_of(without_days(self.entry.bare, self.entry.days).printed)


@dataclass(slots=True)
class Bill:
    """Rows, facts of the night and texts, each in the order of print."""

    default_on: date
    month_first: bool
    rows: list[Row] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # acts that a sentence names; they end no head
    on: date | None = None
    stage: str | None = None
    part: int = 0

    def add(self, name: str, time: Time | None, **more: str | None) -> None:
        clock, until, approx = (time.clock, time.until, time.approx) if time else (None, None, False)
        stage, note = more.get("stage") or self.stage, more.get("note")
        self.rows.append(Row(len(self.rows), name, clock, until, approx, stage, note, self.part, self.on))

    def begin_part(self, *, on: date | None = None, stage: str | None = None) -> None:
        self.part += 1
        self.on, self.stage = on or self.on, stage

    def stand_under(self, on: date) -> None:
        """What comes next is of that day, though no heading says so."""
        if on != self.on:
            self.begin_part(on=on, stage=self.stage)

    def close(self) -> None:
        """A flyer of one day has no day in its rows."""
        for name in self.named:
            self.add(name, None)
        told = {row.on for row in self.rows if row.on}
        self.days = self.days or sorted(told)
        if len(self.days) == 1:
            self.rows = [replace(row, on=None) for row in self.rows]
