"""What people write into the cells of a table: clock times, days, yes and no, languages."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

YES: Final = frozenset("yes y true 1 x si sí s ok agreed ✓ ✔ verdadero acepta".split())
NO: Final = frozenset(["", *"no n false 0 falso - –".split()])
SPOKEN: Final = {
    "en": frozenset("en eng english ingles inglés".split()),
    "es": frozenset("es esp spa spanish espanol español castellano".split()),
}
YEARS: Final = range(2000, 2200)

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?)?(?::\d{2})?\s*([ap])?\.?\s*(?:m\.?)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)


def read_clock(text: str) -> time | None:
    """``19:15``, ``7:15 pm``, ``7pm``, ``19.15``, ``19h15``; None: it is no time of the day."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str, *, month_first: bool) -> date | None:
    """``2026-12-04``, or ``12/4/2026`` where the month comes first and ``4/12/2026`` where the day does.

    None: it is no day. A month beyond 12 is not turned into a day: somebody would come on the wrong one.
    """
    if found := _ISO.fullmatch(text.strip()):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _SLASHED.fullmatch(text.strip()):
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        month, day = (one, other) if month_first else (other, one)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def read_yes(text: str) -> bool | None:
    """Whether it says yes; None: it says neither yes nor no."""
    word = text.strip().casefold()
    if word in YES:
        return True
    return False if word in NO else None


def read_language(text: str) -> str | None:
    """``en`` or ``es``; None: another language, or none."""
    word = text.strip().casefold()
    return next((code for code, words in SPOKEN.items() if word in words), None)
