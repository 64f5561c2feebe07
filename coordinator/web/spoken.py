"""Times, lengths and money as people say them, in each language. Pure: language and zone come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency

Zone = str | tzinfo
DEAR = str.maketrans("áíóúÁÍÓÚ", "aiouAIOU")  # not in GSM-7, unlike é, ñ and ü


@dataclass(frozen=True)
class Manner:
    """How one language writes clocks and days, in CLDR pattern letters."""

    locale: Locale
    clock: str
    bare: str  # the clock without its half of the day
    day: str
    day_short: str
    day_year: str


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        "en": Manner(Locale("en", "GB"), "h:mm a", "h:mm", "EEEE d MMMM", "EEE d MMM", "EEEE d MMMM y"),
        "es": Manner(Locale("es"), "H:mm", "H:mm", "EEEE d 'de' MMMM", "EEE d MMM", "EEEE d 'de' MMMM 'de' y"),
    }
)


def manner(language: str) -> Manner:
    """The manner of a language; English where we have none."""
    return MANNERS.get(language, MANNERS["en"])


def local(instant: datetime, zone: Zone) -> datetime:
    """The instant on the wall clock of a zone, given by name or as tzinfo."""
    return instant.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def clock(instant: datetime, zone: Zone, language: str) -> str:
    """``8:30 pm``, ``20:30``."""
    return _clock(local(instant, zone), manner(language).clock, language)


def bare_clock(instant: datetime, zone: Zone, language: str) -> str:
    """``8:30``, where the half of the day is plain; ``20:30``."""
    return _clock(local(instant, zone), manner(language).bare, language)


def ends(start: datetime, end: datetime, zone: Zone, language: str) -> tuple[str, str]:
    """Both ends of a span: ``8:30`` and ``9:10 pm``, but ``11:30 am`` and ``12:15 pm``."""
    same_half = (local(start, zone).hour < 12) == (local(end, zone).hour < 12)
    first = bare_clock(start, zone, language) if same_half else clock(start, zone, language)
    return first, clock(end, zone, language)


def day(when: date, language: str, *, zone: Zone | None = None) -> str:
    """``Friday 4 December``, ``viernes 4 de diciembre``. An instant needs the zone it is looked at from."""
    return _day(when, manner(language).day, language, zone)


def day_short(when: date, language: str, *, zone: Zone | None = None) -> str:
    """``Fri 4 Dec``, ``vie 4 dic``."""
    return _day(when, manner(language).day_short, language, zone)


def cheap_day(at: datetime, language: str, zone: Zone) -> str:
    """The day as texts say it: without the accents that would make three segments of one (``sab``, not ``sáb``)."""
    return day_short(at, language, zone=zone).translate(DEAR)


def day_year(when: date, language: str, *, zone: Zone | None = None) -> str:
    """``Friday 4 December 2026``."""
    return _day(when, manner(language).day_year, language, zone)


def hours_and_minutes(length: timedelta) -> tuple[int, int]:
    """A length in whole hours and minutes, the half minute rounded up, its sign dropped."""
    whole = (abs(length) + timedelta(seconds=30)) // timedelta(minutes=1)
    return divmod(whole, 60)


def money(amount: Decimal | int, currency: str, language: str) -> str:
    """``$10``, ``$12.50``, ``10 US$``: cents only where there are any."""
    locale = Locale("en") if language == "en" else manner(language).locale
    pattern = locale.currency_formats["standard"].pattern
    if amount == int(amount):
        pattern = pattern.replace("0.00", "0")
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=False).replace("\xa0", " ")


def masked(phone: str | None) -> str:
    """A phone number by its last four digits: ``•••-0142``."""
    digits = [letter for letter in phone or "" if letter.isdigit()]
    return "•••-" + "".join(digits[-4:]) if len(digits) >= 8 else "•••"


def _clock(wall: datetime, pattern: str, language: str) -> str:
    return format_time(wall.replace(tzinfo=None), pattern, locale=manner(language).locale).replace("\u202f", " ")


def _day(when: date, pattern: str, language: str, zone: Zone | None) -> str:
    if isinstance(when, datetime):
        if zone is None:
            raise TypeError("an instant has no day without a zone")
        when = local(when, zone).date()
    return format_date(when, pattern, locale=manner(language).locale)
