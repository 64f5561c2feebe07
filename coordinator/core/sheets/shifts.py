"""One line of a table of shifts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from .hours import hours_of
from .model import Line, Notice, SheetContext, ShiftLine, WallTime, WrongLine
from .moments import Clockwork, SaidDay, SaidTime, day_in
from .names import given_name_first

Cells = Mapping[str, str]
_COUNT: Final = re.compile(
    r"(?:x\s?)?(?P<least>\d{1,6})(?:\.0+)?(?:\s?[-–]\s?(?P<most>\d{1,6}))?\s?(?:people|persons?|volunteers?|spots?|slots?|personas?)?",
    re.IGNORECASE,
)
_MINUTES: Final = re.compile(
    r"(?P<minutes>\d{1,4})(?:\.0+)?\s?(?:min\w*\.?|m)?(?:\s(?:before|early|antes))?", re.IGNORECASE
)
_LENGTH: Final = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:\.\d+)?)\s?(?:h\w*|:)\s?)?(?:(?P<minutes>\d{1,4})\s?(?:min\w*\.?|m)?)?", re.IGNORECASE
)


class _Wrong(Exception):
    """The cell of this column cannot be read."""

    def __init__(self, column: str, cell: str = "") -> None:
        self.column, self.cell = column, cell
        super().__init__(column)


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines above say, for merged cells."""

    role: str = ""
    date: str = ""


class ShiftReader:
    """Reads the lines of one table, whose times are all written alike."""

    def __init__(self, context: SheetContext, times: Iterable[str]) -> None:
        self.context = context
        self.clockwork = Clockwork.of(_without_days(times, context))

    def line(self, number: int, said: Cells, above: Above) -> tuple[Line, Above]:
        """(the line, what stands above the next one)."""
        merged = {"role": above.role, "date": above.date}
        carried = [column for column, words in merged.items() if words and not said.get(column)]
        full = {**{column: merged[column] for column in carried}, **said}
        own = said.get("date", "")
        below = Above(full.get("role", ""), own if own and day_in(own, self.context) else above.date)
        try:
            return self._read(number, full, carried), below
        except _Wrong as wrong:
            return WrongLine(number, wrong.column, wrong.cell, about=full.get("role", "")), below

    def _read(self, number: int, said: Cells, carried: list[str]) -> ShiftLine:
        role = said.get("role", "")
        if not role:
            raise _Wrong("role")
        day = self._day(said.get("date", ""))
        starts, own_day = self._time("starts" if "starts" in said else "time", said, day)
        ends, end_day = self._time("ends", said, None) if "ends" in said else (self._end(starts, said), None)
        day = day or own_day
        end_day = end_day or self._day(said.get("end_date", ""))
        on, dated = (day.on, "date" not in carried) if day else (self.context.on, False)
        between = (end_day.on - on).days if end_day else 0
        hours = hours_of(starts, ends, self.clockwork, self.context, dated=dated, days_between=between)
        hours = replace(hours, ends=_lasting(hours.starts, said)) if ends is _AFTER_A_LENGTH else hours
        least, most = _counts(said)
        return ShiftLine(
            line=number,
            role=role,
            on=on,
            starts=hours.starts,
            ends=hours.ends,
            least=least,
            most=most,
            place=said.get("place") or None,
            call=_minutes(said),
            person=given_name_first(said["person"]) if said.get("person") else None,
            passes=(starts.which, ends.which),
            guessed=(*carried, *(("date",) if day and day.guessed and "date" not in carried else ()), *hours.guessed),
            notices=_notices(day, end_day),
        )

    def _day(self, cell: str) -> SaidDay | None:
        if not cell:
            return None
        day = day_in(cell, self.context)
        if day is None:
            raise _Wrong("date", cell)
        return day

    def _time(self, column: str, said: Cells, day: SaidDay | None) -> tuple[SaidTime, SaidDay | None]:
        """(the time of a cell, the day that stands before it there)."""
        cell = said.get(column, "")
        if not cell and day is not None and day.rest:
            cell = day.rest
        time = self.clockwork.read(cell) if cell else None
        if time:
            return time, None
        own = day_in(cell, self.context) if cell else None
        time = self.clockwork.read(own.rest) if own and own.rest else None
        time = time or (_fraction(own.rest) if own else None)
        if time is None:
            raise _Wrong("starts" if column == "time" else column, cell)
        return time, own

    def _end(self, starts: SaidTime, said: Cells) -> SaidTime:
        """The end where no column of its own says it: of a range, or after a length."""
        if starts.until:
            return SaidTime(starts.until)
        if said.get("length"):
            return _AFTER_A_LENGTH
        raise _Wrong("ends")


_AFTER_A_LENGTH: Final = SaidTime(minutes=0)
A_DAY: Final = timedelta(days=1)


def _without_days(times: Iterable[str], context: SheetContext) -> list[str]:
    """The cells without the dates before their times."""
    return [day.rest if (day := day_in(cell, context)) and day.rest else cell for cell in times]


def _fraction(rest: str) -> SaidTime | None:
    return SaidTime(minutes=round(float(rest) * 1440)) if re.fullmatch(r"0\.\d+", rest) else None


def _lasting(starts: WallTime, said: Cells) -> WallTime:
    cell = said["length"]
    found = _LENGTH.fullmatch(cell.strip())
    minutes = round(float(found["hours"] or 0) * 60) + int(found["minutes"] or 0) if found else 0
    if not 0 < minutes <= A_DAY // timedelta(minutes=1):
        raise _Wrong("ends", cell)
    return starts.later(timedelta(minutes=minutes))


def _counts(said: Cells) -> tuple[int | None, int | None]:
    """(at least, at most): "2-4" in one cell says both."""
    least, most = (_count(said, column) for column in ("min", "max"))
    if most and most[1] is not None:
        return (least[0] if least else most[0]), most[1]
    return (least[0] if least else None), (most[0] if most else None)


def _count(said: Cells, column: str) -> tuple[int, int | None] | None:
    cell = said.get(column, "")
    found = _COUNT.fullmatch(cell) if cell else None
    if cell and not found:
        raise _Wrong(column, cell)
    return (int(found["least"]), int(found["most"]) if found["most"] else None) if found else None


def _minutes(said: Cells) -> int | None:
    cell = said.get("call", "")
    found = _MINUTES.fullmatch(cell) if cell else None
    if cell and not found:
        raise _Wrong("call", cell)
    return int(found["minutes"]) if found else None


def _notices(*days: SaidDay | None) -> tuple[Notice, ...]:
    return tuple(dict.fromkeys(notice for day in days if day for notice in day.notices))
