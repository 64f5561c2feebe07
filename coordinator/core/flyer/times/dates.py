"""Calendar dates in a line: with or without a year or a weekday, in words or digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from ..text.lines import Line

_MONTHS: Final = (
    "january jan janvier enero januar janeiro gennaio ene gen jän jänner janv",
    "february feb februar février febrero fevereiro febbraio fév févr fev febr sept2",
    "march mar märz mars marzo março mär mrz",
    "april apr avril abril aprile avr abr",
    "may mai mayo maio maggio mag",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet julio julho luglio juil lug",
    "august aug août aout agosto",
    "september sep sept septembre septiembre setembro settembre",
    "october oct oktober octobre octubre outubro ottobre okt ott",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre diciembre dezembro dicembre dez déc dic",
)
MONTHS: Final = {name: month for month, names in enumerate(_MONTHS, 1) for name in names.split() if name != "sept2"}
_WEEKDAYS: Final = (
    "monday montag lundi lunes segunda-feira lunedì lunedi segunda",
    "tuesday dienstag mardi martes terça-feira martedì martedi terça",
    "wednesday mittwoch mercredi miércoles miercoles quarta-feira mercoledì mercoledi quarta",
    "thursday donnerstag jeudi jueves quinta-feira giovedì giovedi quinta",
    "friday freitag vendredi viernes sexta-feira venerdì venerdi sexta",
    "saturday samstag sonnabend samedi sábado sabado sabato",
    "sunday sonntag dimanche domingo domenica",
)
_SHORT_WEEKDAYS: Final = (
    "mon tue tues wed weds thu thur thurs fri sat sun mo di mi do fr sa so lun mar mer jeu ven sam dim lun mié jue "
    "vie sáb dom gio sab seg ter qua qui sex"
)
WEEKDAYS: Final = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split()}
SHORT_WEEKDAYS: Final = {  # short ones that also stand alone as a heading; the others only beside a date
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}

BESIDE_A_DATE: Final = WEEKDAYS | {
    name: day
    for day, names in enumerate(
        ("mon mo lun seg", "tue tues di mar ter", "wed weds mi mer mié qua", "thu thur thurs do jeu jue gio qui",
         "fri fr ven vie sex", "sat sa sam sáb sab", "sun so dim dom")
    )
    for name in names.split()
}  # fmt: skip

_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_NAME: Final = "|".join(sorted([*WEEKDAYS, *_SHORT_WEEKDAYS.split()], key=len, reverse=True))
_LEAD: Final = (
    rf"(?:(?P<before>\b(?:{_DAY_NAME})\b\.?\s?(?:&|\+|-|/|,|and|to|y|et|und|e)\s?)?"
    rf"\b(?P<weekday>{_DAY_NAME})\b\.?,?\s+(?:the\s|den\s|der\s|le\s|el\s|dia\s|día\s|,\s)?|\b(?:le|den|am|el|"
    rf"on|dia|día)\s+)?"
)
_YEAR: Final = r"(?:,?\s+(?:de\s|del\s)?'?(?P<year>20\d\d|(?<=')\d\d)(?!\d))?"
_UNTIL_DAY: Final = (
    rf"(?:\s?(?:-|to|&|and|bis|au|al|y|e)\s?(?:(?:{_DAY_NAME})\b\.?,?\s)?"
    r"(?P<last>\d{1,2})(?:st|nd|rd|th|\.)?(?![\d:]|\s?[ap]\.?m))?"
)

_DAY_FIRST: Final = re.compile(
    rf"{_LEAD}(?<![\d:.$£€'])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?{_UNTIL_DAY}\s*(?:of\s|de\s|"
    rf"d')?(?P<month>{_MONTH})\b\.?{_YEAR}"
)
_MONTH_FIRST: Final = re.compile(
    rf"{_LEAD}\b(?P<month>{_MONTH})\b\.?\s+(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_UNTIL_DAY}(?!\d|:\d|"
    rf"\s?[ap]\.?m|[.,:]\d){_YEAR}"
)
_JAPANESE: Final = re.compile(
    r"(?:(?P<year>20\d\d)年\s?)?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日(?:\s?[(\[](?P<weekday>[月火水木金土日])[^)\]]{0,4}[)\]])?"
)
_JAPANESE_FIGURES: Final = re.compile(
    r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})\s?[(\[](?P<weekday>[月火水木金土日])[^)\]]{0,4}[)\]](?P<year>(?!))?"
)
_ISO: Final = re.compile(r"(?<![\d-])(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])")
_FIGURES: Final = re.compile(
    rf"{_LEAD}(?<![\d/.$£€])(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?:(?P=mark)(?P<year>20\d\d|"
    rf"\d\d))?(?P<stop>\.)?(?![\w/%]|:\d)"
)
_WEEKDAY_ALONE: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?![\w-])")
_PATTERNS: Final = (_JAPANESE, _JAPANESE_FIGURES, _ISO, _DAY_FIRST, _MONTH_FIRST)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the line names it. ``month`` and ``day`` are None when it names only a weekday (0 is Monday).

    ``last`` is the day of the month on which it ends, of "June 5-6".
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    last: int | None = None

    def on_or_after(self, first: date, year: int | None = None) -> date | None:
        """The day in its own or the given year, or else the first such day from ``first`` on; None when there is
        none."""
        if self.day is None or self.month is None:
            return None if self.weekday is None else first + timedelta(days=(self.weekday - first.weekday()) % 7)
        if said := self.year or year:
            return _date(said, self.month, self.day)
        upcoming = (_date(first.year + ahead, self.month, self.day) for ahead in range(9))
        return next((day for day in upcoming if day and day >= first), None)

    def nearest(self, anchor: date, year: int | None = None) -> date | None:
        """The same beside another day of the flyer: without a year, the one nearest to ``anchor``."""
        if self.month is None or self.day is None or self.year or year:
            return self.on_or_after(anchor, year)
        beside = (_date(anchor.year + ahead, self.month, self.day) for ahead in (-1, 0, 1))
        return min((on for on in beside if on), key=lambda on: abs(on - anchor), default=None)

    def contradicts(self, first: date, year: int | None = None) -> bool:
        """Whether it falls on another weekday than the one that is printed beside it."""
        on = self.on_or_after(first, year) if self.month is not None else None
        return on is not None and self.weekday is not None and on.weekday() != self.weekday


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_in(line: Line, *, month_first: bool) -> list[Day]:
    """The dates in a line, left to right. ``month_first``: 6/7 means June 7."""
    found = [day for pattern in _PATTERNS for match in pattern.finditer(line.plain) if (day := _day(match))]
    found += [
        day for match in _FIGURES.finditer(line.plain) if (day := _day_in_figures(match, line, month_first=month_first))
    ]
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(_with_weekday_after(line, day))
    return kept


_WEEKDAY_AFTER: Final = re.compile(
    rf"(?:\s?[,(]\s?(?P<short>{_DAY_NAME})|\s(?P<full>{'|'.join(WEEKDAYS)}))\b\.?\)?(?!\s?[&+/-])"
)


def _with_weekday_after(line: Line, day: Day) -> Day:
    """June 5 (Saturday), June 5, Sat."""
    found = None if day.weekday is not None or day.month is None else _WEEKDAY_AFTER.match(line.plain, day.end)
    weekday = BESIDE_A_DATE.get(found["short"] or found["full"]) if found else None
    return day if found is None or weekday is None else replace(day, end=found.end(), weekday=weekday)


_ENGLISH_ALONE: Final = frozenset("january february march may june july october december".split())


def _day(found: re.Match[str]) -> Day | None:
    said = found["month"]
    if (
        said in _ENGLISH_ALONE
        and "." in found[0][: found.start("month") - found.start()]
        and not (found["year"] or found["weekday"])
    ):
        return None  # "at 4. June Bug plays": in English no full stop follows the day
    month = int(said) if said.isdigit() else MONTHS[said]
    return _possible(found, int(found["day"]), month)


def _possible(found: re.Match[str], day: int, month: int) -> Day | None:
    year = found["year"]
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if not (1 <= month <= 12 and 1 <= day <= 31 and _date(full or 2028, month, day)):
        return None
    named = found.groupdict()
    weekday, last = BESIDE_A_DATE.get(named.get("weekday") or ""), named.get("last")
    weekday = None if named.get("before") else weekday  # that of the last of several days
    return Day(found.start(), found.end(), day, month, full, weekday, int(last) if last else None)


def _day_in_figures(found: re.Match[str], line: Line, *, month_first: bool) -> Day | None:
    """6/19 or 19.6.: without a year only after a weekday or as the whole line, because it may be anything."""
    first, second, dotted = int(found["first"]), int(found["second"]), found["mark"] == "."
    alone = found["weekday"] or found.span() == (0, len(line.plain)) or _leads_a_line(found, line)
    if not found["year"] and not (alone and (not dotted or found["stop"])):
        return None
    day_leads = dotted or first > 12 or (not month_first and second <= 12)
    day, month = (first, second) if day_leads else (second, first)
    return _possible(found, day, month)


def _leads_a_line(found: re.Match[str], line: Line) -> bool:
    """12/4: and what is on that day."""
    return found["mark"] == "/" and found.start() == 0 and line.plain[found.end() : found.end() + 2] == ": "


def weekdays_in(line: Line) -> Iterator[Day]:
    """Full weekdays; "Saturdays" and "every Saturday" are not the day of a show."""
    for found in _WEEKDAY_ALONE.finditer(line.plain):
        if not line.plain[max(0, found.start() - 6) : found.start()].endswith(("every ", "each ", "jeden ")):
            yield Day(found.start(), found.end(), weekday=WEEKDAYS[found[0]])


_HEADING_REST: Final = re.compile(
    r"[\s\W]*(?:day|tag|jour|día|dia|giorno)?\s*(?:\d|one|two|three|four|eins|zwei|un|deux|uno|dos|due|"
    r"dois)?[\s\W]*(?:night|evening|afternoon|"
    r"abend|soir|noche|noite|sera|the|line-?up|schedule|programme|program)?[\s\W]*"
)
_SHORT_ALONE: Final = re.compile(rf"(?:{'|'.join(sorted(SHORT_WEEKDAYS, key=len, reverse=True))})\.?")


def heading_day(line: Line, *, month_first: bool) -> Day | None:
    """The day of a line that contains nothing else: "Friday, August 13", "DAY TWO - SATURDAY"."""
    days = days_in(line, month_first=month_first) or list(weekdays_in(line)) or list(_short_weekday(line))
    if not days:
        return None
    rest = line.plain[: days[0].start] + " " + line.plain[days[-1].end :]
    rest = _WEEKDAY_ALONE.sub("", rest)
    return days[0] if _HEADING_REST.fullmatch(rest) else None


def _short_weekday(line: Line) -> Iterator[Day]:
    bare = line.plain.strip(" :-*.=")
    if _SHORT_ALONE.fullmatch(bare):
        yield Day(0, len(line.plain), weekday=SHORT_WEEKDAYS[bare])
