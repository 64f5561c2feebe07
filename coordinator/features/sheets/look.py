"""A pasted table as ``flask sheet`` prints it, and each line as a page tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from coordinator.core.json_values import JsonObject
from coordinator.core.sheets import (
    Line,
    PersonLine,
    ReadSheet,
    SheetContext,
    ShiftLine,
    SkippedLine,
    WallTime,
    WrongLine,
)
from coordinator.core.show_time import zone_named
from coordinator.events.models import Event
from coordinator.people.actions.phones import NotAPhone, parse_phone
from coordinator.spoken import Manner, on_page
from coordinator.spoken import phone as spoken_phone
from coordinator.spoken.regions import MONTH_FIRST, region

from . import labels


@dataclass(frozen=True, slots=True)
class Look:
    """Where and in which language a table is looked at. ``on``: the day of the show."""

    zone: str
    on: date
    language: str = "en"

    @property
    def says(self) -> Manner:
        return on_page(self.zone, self.language)

    @property
    def territory(self) -> str:
        return region(self.zone).territory

    def context(self, doors: time) -> SheetContext:
        """How a table for this show is read."""
        return SheetContext(self.on, doors, self.territory in MONTH_FIRST)


DOORS: Final = time(19, 30)  # of a show that has said none


def look_of(event: Event) -> Look:
    """How a list for this show is read and shown, in the language of the page."""
    return Look(event.zone, event.date, "es" if str(get_locale() or "en").startswith("es") else "en")


def doors_of(event: Event) -> time:
    """When the doors of the show open, on the venue's clock."""
    doors_at = event.days[0].doors_at
    return doors_at.astimezone(zone_named(event.zone)).time() if doors_at else DOORS


def notices_of(line: ShiftLine | PersonLine, look: Look) -> tuple[str, ...]:
    """What a coordinator should look at, in words."""
    day = look.says.day_short(look.on, look.on.year)
    return tuple(labels.notice(notice, day) for notice in line.notices)


def as_json(sheet: ReadSheet, look: Look) -> JsonObject:
    """All of a table: its columns, and what each line says, shows, guesses; or why it is wrong or skipped."""
    return {
        "columns": {name: list(headings) for name, headings in sheet.columns.items()},
        "unknown": list(sheet.unknown),
        "above": list(sheet.above),
        "error": None,
        "rows": [_row(line, look) for line in sheet.lines],
    }


def refused(sentence: str) -> JsonObject:
    """The same for a text that cannot be read at all."""
    return {"columns": {}, "unknown": [], "above": [], "error": sentence, "rows": []}


def _row(line: Line, look: Look) -> JsonObject:
    if isinstance(line, SkippedLine):
        return {"line": line.line, "skipped": str(labels.SKIPPED[line.why])}
    if isinstance(line, WrongLine):
        return {"line": line.line, "error": labels.wrong_line(line)}
    try:
        what = _shift(line) if isinstance(line, ShiftLine) else _person(line, look)
    except NotAPhone as refusal:
        return {"line": line.line, "error": str(refusal)}
    return {
        "line": line.line,
        "what": what,
        "shown": shown(line, look),
        "guessed": list(line.guessed),
        "notices": list(notices_of(line, look)),
    }


def _shift(line: ShiftLine) -> Mapping[str, object]:
    return {
        "role": line.role,
        "date": line.on.isoformat(),
        "starts": str(line.starts),
        "ends": str(line.ends),
        "min": line.least,
        "max": line.most,
        "place": line.place,
        "call": line.call,
        "person": line.person,
    }


def _person(line: PersonLine, look: Look) -> Mapping[str, object]:
    """Raises NotAPhone."""
    return {
        "name": line.name,
        "phone": parse_phone(line.phone, look.territory) if line.phone else None,
        "email": line.email,
        "prefers": line.prefers,
        "language": line.language,
        "skills": list(line.skills),
        "agreed": line.agreed,
    }


def shown(line: ShiftLine | PersonLine, look: Look) -> str:
    """The line as it will be stored, in words."""
    parts = _shift_words(line, look) if isinstance(line, ShiftLine) else _person_words(line, look)
    return " · ".join(part for part in parts if part)


def _shift_words(line: ShiftLine, look: Look) -> Iterable[str | None]:
    yield line.role
    yield look.says.day_short(line.on, look.on.year)
    starts, ends = (_clock(line.on, time, look) for time in (line.starts, line.ends))
    yield _("%(start)s to %(end)s", start=starts, end=ends)
    if line.most is not None:
        yield ngettext("%(num)s spot", "%(num)s spots", line.most)
    if line.least is not None:
        yield _("at least %(number)s", number=line.least)
    if line.call is not None:
        yield _("call time %(minutes)s min before", minutes=line.call)
    yield line.place
    yield line.person


def _clock(on: date, wall: WallTime, look: Look) -> str:
    at = datetime.combine(on + timedelta(days=wall.days_later), time(wall.hour, wall.minute), zone_named(look.zone))
    return look.says.clock(at)


def _person_words(line: PersonLine, look: Look) -> Iterable[str | None]:
    yield line.name
    yield spoken_phone(parse_phone(line.phone, look.territory)) if line.phone else None
    yield line.email
    yield ", ".join(line.skills)
    if line.agreed is not None:
        yield _("OK to text") if line.agreed else _("not OK to text")
