"""Times, days, ranges, lengths and sums as people say them: ``on_page`` and, shorter and cheaper, ``in_text``.

``on_page("America/New_York", "en")``: 8:30 PM, 8:30–9:10 PM, Friday, December 4. ``in_text``: 8:30pm, Fri Dec 4.
The zone of the show says its region, and the region says which clock and which order people there are used to. What
``in_text`` says is all in the basic alphabet of GSM-7: one en dash or narrow space would double a text's price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from phonenumbers import PhoneNumberFormat

from coordinator.core.show_time import DAY_BEGINS, is_repeated, show_day

from .regions import BRITISH, Days, Region, days_of, halves_of, locale_of, region
from .zones import name_of

Zone = str | ZoneInfo
NORTH_AMERICA = 1
DEAR = str.maketrans("áíóúÁÍÓÚ", "aiouAIOU")  # not in GSM-7, unlike é, ñ and ü
CHEAP_SIGNS = frozenset("$£¥")
TONIGHT = {"en": "tonight", "es": "esta noche"}
AND, TO = {"en": "and", "es": "y"}, {"en": "to", "es": "a"}
EVENING = {"en": time(17), "es": time(19)}  # from when on an hour is called so


@dataclass(frozen=True, slots=True)
class Manner:
    """How one region's times are said in one language, on pages or in texts.

    ``halves``: what is written after a clock in the morning and later, None where clocks have 24 hours; ``mark`` stands
    between hours and minutes; ``tag``: the manner as browsers name it (BCP 47).
    """

    region: Region
    language: str
    is_text: bool
    locale: Locale
    days: Days
    halves: tuple[str, str] | None
    mark: str
    tag: str

    def clock(self, at: datetime) -> str:
        """``8:30 PM``, ``noon``, ``12:30 AM (Fri night)``; in texts ``8:30pm``, ``8pm``; elsewhere ``20:30``.

        Of an hour that the night holds twice it says which.
        """
        return self._plain_clock(at) + (self._passing(at) or self._night(at))

    def bare_clock(self, at: datetime) -> str:
        """``8:30``, where the half of the day is plain; ``20:30``."""
        local = self._local(at)
        hour = f"{local.hour:02}" if self.halves is None else f"{local.hour % 12 or 12}"
        return f"{hour}{self.mark}{local.minute:02}"

    def half(self, at: datetime) -> str:
        """``PM``: what follows a bare clock; empty where clocks have 24 hours."""
        return self._half(at).strip()

    def hour(self, at: datetime) -> str:
        """``8``, ``20``: a full hour on a scale."""
        return self.bare_clock(at).partition(self.mark)[0].removeprefix("0") or "0"

    def span(self, start: datetime, end: datetime) -> str:
        """``8:30–9:10 PM``, ``11:30 AM–12:15 PM``, ``10 PM–midnight``; in texts ``8-9:10pm``."""
        if self._passing(start) or self._passing(end):
            return f"{self.clock(start)} {self._dash} {self.clock(end)}"
        first, last = self._plain_clock(start), self._plain_clock(end)
        if last.endswith(self._half(start)):
            first = first.removesuffix(self._half(start))
        return f"{first}{self._dash}{last}{self._night(start)}"

    def day(self, when: date, this_year: int | None = None) -> str:
        """``Friday, December 4``, ``viernes 4 de diciembre``, with a year that is not ``this_year``."""
        return self._day(when, self.days.text if self.is_text else self.days.full, this_year)

    def day_short(self, when: date, this_year: int | None = None) -> str:
        """``Fri, Dec 4``, ``vie 4 de dic``; in texts ``Fri Dec 4``, ``sab 5 dic``."""
        return self._day(when, self.days.text if self.is_text else self.days.short, this_year)

    def show_days(self, dates: Sequence[date], this_year: int | None = None) -> str:
        """``Friday, December 4``; of two days both, of more in a row the first and the last."""
        said = [self.day(on, this_year) for on in dates]
        return self._several(dates, said)

    def show_days_short(self, dates: Sequence[date], this_year: int | None = None) -> str:
        """The same with short days: ``Fri, Dec 4 and Sat, Dec 5``; ``Fri, Dec 4 to Sun, Dec 6``."""
        return self._several(dates, [self.day_short(on, this_year) for on in dates])

    def _several(self, dates: Sequence[date], said: Sequence[str]) -> str:
        are_in_a_row = dates[-1] - dates[0] == timedelta(days=len(dates) - 1)
        if len(said) > 2 and are_in_a_row:
            return f"{said[0]} {TO[self.language]} {said[-1]}"
        *most, last = said
        return f"{', '.join(most)} {AND[self.language]} {last}" if most else last

    def day_told(self, at: datetime, told_at: datetime) -> str:
        """The day as it is said at ``told_at``: ``tonight``, ``esta noche`` in the evening of the same show day.

        The night goes on until the show day ends, at 05:00.
        """
        hour, zone = self._local(at).time(), self.region.zone
        is_evening = hour < DAY_BEGINS or hour >= EVENING[self.language]
        return TONIGHT[self.language] if is_evening and show_day(at, zone) == show_day(told_at, zone) else self.day(at)

    def zone_name(self) -> str:
        """``Eastern Time``, ``hora del Este``; by its city where a zone has no usual name, ``UTC+8`` of none."""
        return name_of(self.region.zone, self.language)

    def money(self, amount: Decimal | int, currency: str) -> str:
        """``$10``, ``$12.50``, ``10 €``: cents only where there are any, by the region's own way with the currency."""
        whole = amount == int(amount)
        pattern = self.locale.currency_formats["standard"].pattern
        pattern = pattern.replace("0.00", "0") if whole else pattern
        said = format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False)
        said = said.replace("\xa0", " ").replace("\u202f", " ")
        if not self.is_text or all(sign.isascii() or sign in CHEAP_SIGNS for sign in said):
            return said
        return f"{format_decimal(amount, '#,##0' if whole else '#,##0.00', locale=Locale('en'))} {currency}"

    def length(self, length: timedelta) -> str:
        """``2 hours 30 min``, ``1 hora``."""
        hours, minutes = hours_and_minutes(length)
        word = {"en": "hour", "es": "hora"}[self.language] + "s" * (hours != 1)
        said = [f"{hours} {word}"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
        return " ".join(said)

    @property
    def _dash(self) -> str:
        return "-" if self.is_text else "–"

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.region.zone)

    def _half(self, at: datetime) -> str:
        return self.halves[self._local(at).hour >= 12] if self.halves else ""

    def _plain_clock(self, at: datetime) -> str:
        local = self._local(at)
        if self.halves is None:
            return self.bare_clock(at)
        if self.language == "en" and local.minute == 0 and local.hour % 12 == 0:
            return "noon" if local.hour else "midnight"
        clock = self.hour(at) if self.is_text and not local.minute else self.bare_clock(at)
        return clock + self._half(at)

    def _passing(self, at: datetime) -> str:
        """Which of the two it is, when clocks in the zone show this time twice."""
        local = self._local(at)
        if not is_repeated(local.replace(tzinfo=None, fold=0), self.region.zone):
            return ""
        if self.language == "es":
            return ", después de atrasar el reloj" if local.fold else ", antes de atrasar el reloj"
        return ", after the clocks go back" if local.fold else ", before the clocks go back"

    def _night(self, at: datetime) -> str:
        """Whose night it still is after midnight; not in texts, which name the day, nor at midnight itself."""
        local = self._local(at)
        if self.is_text or local.time() >= DAY_BEGINS or self._plain_clock(at) == "midnight":
            return ""
        before = format_date(local.date() - timedelta(days=1), "EEE", locale=self.locale)
        return f" (noche del {before})" if self.language == "es" else f" ({before} night)"

    def _day(self, when: date, pattern: str, this_year: int | None) -> str:
        on = self._local(when).date() if isinstance(when, datetime) else when
        pattern += "" if this_year in (None, on.year) else self.days.year
        said = format_date(on, pattern, locale=self.locale)
        return without_dear_accents(said) if self.is_text else said


def on_page(zone: Zone, language: str) -> Manner:
    """How a page, a calendar or a print says the times of a show in this zone; in English if in no other."""
    return _manner(str(zone), language, is_text=False)


def in_text(zone: Zone, language: str) -> Manner:
    """How a text says them: shorter, and in characters that cost nothing more."""
    return _manner(str(zone), language, is_text=True)


def hours_and_minutes(length: timedelta) -> tuple[int, int]:
    """A length in whole hours and minutes, the half minute rounded up, its sign dropped."""
    whole = (abs(length) + timedelta(seconds=30)) // timedelta(minutes=1)
    return divmod(whole, 60)


def without_dear_accents(words: str) -> str:
    """Without the accents that would make a text cost as much as two or three: ``mas``, ``numero``, but ``qué``."""
    return words.translate(DEAR)


def masked(phone: str | None) -> str:
    """A phone number by its last four digits: ``•••-0142``; an email address by its ends: ``a•••@show.example``."""
    if phone and "@" in phone:
        return f"{phone[0]}•••@{phone.partition('@')[2]}"
    digits = [character for character in phone or "" if character.isdigit()]
    return "•••-" + "".join(digits[-4:]) if len(digits) >= 8 else "•••"


def phone(number: str) -> str:
    """A number in E.164 as one reads it out: ``(212) 555-0142``, ``+44 7700 900123``."""
    known = phonenumbers.parse(number)
    near = known.country_code == NORTH_AMERICA
    return phonenumbers.format_number(known, PhoneNumberFormat.NATIONAL if near else PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=1024)
def _manner(zone: str, language: str, *, is_text: bool) -> Manner:
    here, language = region(zone), language if language == "es" else "en"
    british = language == "en" and here.territory in BRITISH and not here.clock24
    return Manner(
        region=here,
        language=language,
        is_text=is_text,
        locale=locale_of(language, here.territory),
        days=days_of(language, here.territory),
        halves=halves_of(here, language, is_text=is_text),
        mark="." if british else ":",
        tag=f"{language}-{here.territory}-u-hc-{'h23' if here.clock24 else 'h12'}",
    )
