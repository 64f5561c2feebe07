"""Calendar dates in a line: with or without a year or a weekday, in words or figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coordinator.core.flyer.lines import Line

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
_SHORT: Final = {
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

_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_NAME: Final = "|".join(sorted([*WEEKDAYS, *_SHORT_WEEKDAYS.split()], key=len, reverse=True))
_LEAD: Final = (
    rf"(?:\b(?P<weekday>{_DAY_NAME})\b\.?,?\s+(?:the\s|den\s|der\s|le\s|el\s|dia\s|día\s|,\s)?|\b(?:le|den|am|el|"
    rf"on|dia|día)\s+)?"
)
_YEAR: Final = r"(?:,?\s+(?:de\s|del\s)?(?P<year>20\d\d)(?!\d))?"
_UNTIL_DAY: Final = r"(?:\s?(?:-|to|&|and|bis|au|al|y|e)\s?\d{1,2}(?:st|nd|rd|th|\.)?(?![\d:]|\s?[ap]\.?m))?"

_DAY_FIRST: Final = re.compile(
    rf"{_LEAD}(?<![\d:.$£€])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?{_UNTIL_DAY}\s*(?:of\s|de\s|"
    rf"d')?(?P<month>{_MONTH})\b\.?{_YEAR}"
)
_MONTH_FIRST: Final = re.compile(
    rf"{_LEAD}\b(?P<month>{_MONTH})\b\.?\s+(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_UNTIL_DAY}(?![\d:]|"
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
    """A day as the line names it; ``month`` and ``day`` are None where it names only a weekday (0 is Monday)."""

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    def on_or_after(self, first: date, year: int | None = None) -> date | None:
        """The day in its own or the given year, or else the first such day from ``first`` on; None when there is "
        "none."""
        if self.day is None or self.month is None:
            return None if self.weekday is None else first + timedelta(days=(self.weekday - first.weekday()) % 7)
        if said := self.year or year:
            return _date(said, self.month, self.day)
        upcoming = (_date(first.year + ahead, self.month, self.day) for ahead in range(9))
        return next((day for day in upcoming if day and day >= first), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_in(line: Line, *, month_first: bool) -> list[Day]:
    """The dates of a line, left to right. ``month_first``: 6/7 is the seventh of June."""
    found = [day for pattern in _PATTERNS for match in pattern.finditer(line.plain) if (day := _day(match))]
    found += [
        day for match in _FIGURES.finditer(line.plain) if (day := _day_in_figures(match, line, month_first=month_first))
    ]
    kept: list[Day] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


_ENGLISH_ALONE: Final = frozenset("january february march may june july october december".split())


def _day(found: re.Match[str]) -> Day | None:
    said = found["month"]
    if (
        said in _ENGLISH_ALONE
        and "." in found[0][: found.start("month") - found.start()]
        and not (found["year"] or found["weekday"])
    ):
        return None  # "at 4. June Bug plays": no Englishman writes a full stop behind the day
    month = int(said) if said.isdigit() else MONTHS[said]
    return _possible(found, int(found["day"]), month)


def _possible(found: re.Match[str], day: int, month: int) -> Day | None:
    year = found["year"]
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if not (1 <= month <= 12 and 1 <= day <= 31 and _date(full or 2028, month, day)):
        return None
    return Day(found.start(), found.end(), day, month, full)


def _day_in_figures(found: re.Match[str], line: Line, *, month_first: bool) -> Day | None:
    """6/19 or 19.6.: without a year only after a weekday, or as the whole line, for it may be anything."""
    first, second, dotted = int(found["first"]), int(found["second"]), found["mark"] == "."
    alone = found["weekday"] or found.span() == (0, len(line.plain))
    if not found["year"] and not (alone and (not dotted or found["stop"])):
        return None
    day_leads = dotted or first > 12 or (not month_first and second <= 12)
    day, month = (first, second) if day_leads else (second, first)
    return _possible(found, day, month)


def weekdays_in(line: Line) -> Iterator[Day]:
    """Weekdays written out; "Saturdays" and "every Saturday" are no day of a show."""
    for found in _WEEKDAY_ALONE.finditer(line.plain):
        if not line.plain[max(0, found.start() - 6) : found.start()].endswith(("every ", "each ", "jeden ")):
            yield Day(found.start(), found.end(), weekday=WEEKDAYS[found[0]])


_HEADING_REST: Final = re.compile(
    r"[\s\W]*(?:day|tag|jour|día|dia|giorno)?\s*(?:\d|one|two|three|four|eins|zwei|un|deux|uno|dos|due|"
    r"dois)?[\s\W]*(?:night|evening|afternoon|"
    r"abend|soir|noche|noite|sera|the|line-?up|schedule|programme|program)?[\s\W]*"
)
_SHORT_ALONE: Final = re.compile(rf"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\.?")


def heading_day(line: Line, *, month_first: bool) -> Day | None:
    """The day of a line that says nothing but a day: "Friday, August 13", "DAY TWO - SATURDAY"."""
    days = days_in(line, month_first=month_first) or list(weekdays_in(line)) or list(_short_weekday(line))
    if not days:
        return None
    rest = line.plain[: days[0].start] + " " + line.plain[days[-1].end :]
    rest = _WEEKDAY_ALONE.sub("", rest)
    return days[0] if _HEADING_REST.fullmatch(rest) else None


def _short_weekday(line: Line) -> Iterator[Day]:
    bare = line.plain.strip(" :-*.=")
    if _SHORT_ALONE.fullmatch(bare):
        yield Day(0, len(line.plain), weekday=_SHORT[bare])


_AMERICAN: Final = re.compile(
    r"US/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Indiana/|Kentucky/|"
    r"North_Dakota/|"
    r"Menominee|Juneau|Sitka|Nome|Yakutat|Metlakatla|Adak|Puerto_Rico)|Pacific/(?:Honolulu|Guam)"
)
_ENGLISH: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_FOREIGN: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(name for name in WEEKDAYS if name not in _ENGLISH)}|uhr|einlass|puertas|portes|"
    rf"portões|porte|"
    r"apertura|abertura|ouverture|für|às|ore|entrada|entrée|eintritt|ingresso)(?![\w-])"
)


def puts_month_first(zone: str, lines: Iterable[Line]) -> bool:
    """6/7 is the seventh of June in the United States, unless the flyer speaks another language than English."""
    return bool(_AMERICAN.match(zone)) and not any(_FOREIGN.search(line.plain) for line in lines)
