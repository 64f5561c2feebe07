"""One line of a pasted table as a shift."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ...core.cells import read_clock, read_day
from ...core.sheet import SheetRow
from ...core.show_time import DAY_BEGINS, instant_of, is_missing, is_repeated, zone_named
from ...events.models import Event
from ...shifts.actions import RoleFacts, ShiftDraft
from ...shifts.actions.planning import MOST_PLACES
from ..regions import region_of
from .lines import WrongLine, must_be_readable

A_DAY = timedelta(days=1)
MONTH_FIRST = frozenset({"US", "PR", "GU", "PH", "FM", "MH", "PW", "VI", "AS", "MP"})


def draft_of(row: SheetRow, event: Event) -> ShiftDraft:
    """The shift that the line plans. Raises WrongLine."""
    if row.has_more:
        raise WrongLine(_("There are more cells than columns."))
    name = must_be_readable(row["role"], 120, _("Please say what the work is, in 120 letters at most."))
    if not name:
        raise WrongLine(_("Please say what the work is, in 120 letters at most."))
    place = must_be_readable(row["place"], 200, _("A place can have 200 letters at most."))
    starts_at, ends_at = _times(row, event)
    least, most = _places(row)
    call = timedelta(minutes=_number(row["call"], 0, 0, 1440, _("Call time is minutes before, from 0 to 1440.")))
    return ShiftDraft(RoleFacts(name), starts_at, ends_at, least, most, None, place or None, call)


def _places(row: SheetRow) -> tuple[int, int]:
    sentence = _("Min and max are whole numbers, max from 1 to %(most)d and not below min.", most=MOST_PLACES)
    least = _number(row["min"], 1, 0, MOST_PLACES, sentence)
    most = _number(row["max"], max(1, least), 1, MOST_PLACES, sentence)
    if least > most:
        raise WrongLine(sentence)
    return least, most


def _number(text: str, otherwise: int, least: int, most: int, sentence: str) -> int:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise WrongLine(sentence)
    return int(text)


def _times(row: SheetRow, event: Event) -> tuple[datetime, datetime]:
    """Both ends; an end that is not after the start is on the next day. Without a day: on the show's."""
    zone = zone_named(event.zone)
    starts, first = _clock(row["starts"])
    ends, last = _clock(row["ends"])
    on = _day(row["on"], event, starts)
    begins, until = datetime.combine(on, starts), datetime.combine(on, ends)
    starts_at = _instant(begins, first, zone)
    ends_at = _instant(until + (A_DAY if until <= begins and last != "b" else timedelta(0)), last, zone)
    if ends_at <= starts_at:
        raise WrongLine(_("A shift must end after it begins."))
    return starts_at, ends_at


def _clock(text: str) -> tuple[time, str]:
    """The wall time, and which of two passings was meant: a, b, or not said."""
    plain = text.strip().lower()
    passing = plain[-1] if len(plain) > 3 and plain[-1] in "ab" and plain[-2].isdigit() else ""
    clock = read_clock(plain.removesuffix(passing) if passing else plain)
    if clock is None:
        raise WrongLine(_("%(text)s is no time. Write it like 19:15 or 7:15 pm.", text=text[:40] or "–"))
    return clock, passing


def _day(text: str, event: Event, starts: time) -> date:
    if not text:
        return event.date if starts >= DAY_BEGINS else event.date + A_DAY
    day = read_day(text, month_first=region_of(event.zone) in MONTH_FIRST)
    if day is None:
        raise WrongLine(_("%(text)s is no day. Write it like 2026-12-04.", text=text[:40]))
    return day


def _instant(local: datetime, passing: str, zone: ZoneInfo) -> datetime:
    if is_missing(local, zone):
        sentence = _("%(clock)s does not exist that night, because the clocks go forward.", clock=f"{local:%H:%M}")
        raise WrongLine(sentence)
    if is_repeated(local, zone) and not passing:
        sentence = _(
            "%(clock)s comes twice that night, because the clocks go back. "
            "Write %(clock)sa for the first or %(clock)sb for the second.",
            clock=f"{local:%H:%M}",
        )
        raise WrongLine(sentence)
    return instant_of(local, zone, fold=1 if passing == "b" and is_repeated(local, zone) else 0)
