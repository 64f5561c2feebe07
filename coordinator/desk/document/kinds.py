"""The kinds of value a document holds: how each is read from JSON, and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies

from ...core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from ...core.show_time import UnknownZone, zone_named
from ...core.wording import UnknownPlaceholder, check_words
from ...people.actions import NotAPhone, parse_phone

A_DAY = 24 * 60  # minutes
A_YEAR = 366 * A_DAY
YEARS = range(1990, 2200)
BIRTH_YEARS = range(1900, 2200)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Unfit(Exception):
    """The value is not of this kind. With a sentence when more can be said than what the kind ought to be."""


@dataclass(frozen=True)
class Kind:
    """``ought`` finishes the sentence "it must be …"; ``write`` is given the zone of the show."""

    ought: str
    read: Callable[[Any], Any]
    write: Callable[[Any, ZoneInfo], Any]


def must(fits: object) -> None:
    if not fits:
        raise Unfit


def is_readable(value: str, breaks: str = "") -> bool:
    """Whether there are no control characters in it, and no halves of characters."""
    return all(letter in breaks or category(letter) not in {"Cc", "Cs"} for letter in value)


def as_it_is(value: Any, zone: ZoneInfo) -> Any:
    return value


def text(longest: int) -> Kind:
    """One line that is not blank."""

    def read(value: Any) -> str:
        must(isinstance(value, str) and value.strip() and len(value) <= longest and is_readable(value))
        return str(value)

    return Kind(f"one line of text, of 1 to {longest} letters", read, as_it_is)


def lines(longest: int) -> Kind:
    """Text that may have several lines."""

    def read(value: Any) -> str:
        must(isinstance(value, str) and value.strip() and len(value) <= longest and is_readable(value, breaks="\r\n\t"))
        return str(value)

    return Kind(f"text of 1 to {longest} letters", read, as_it_is)


def words() -> Kind:
    """The words of a reminder, with placeholders."""
    plain = lines(600)

    def read(value: Any) -> str:
        try:
            check_words(plain.read(value))
        except UnknownPlaceholder as unknown:
            raise Unfit(f"cannot be filled in: {unknown}") from None
        return str(value)

    return Kind(plain.ought, read, as_it_is)


def key(longest: int = 80) -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str) and value == value.strip() and 1 <= len(value) <= longest)
        must(is_readable(value) and "/" not in value)
        return str(value)

    return Kind(f"a short name of 1 to {longest} letters, without a slash", read, as_it_is)


def slug() -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str) and len(value) <= 80 and _SLUG.fullmatch(value))
        return str(value)

    return Kind("small letters, digits and hyphens, like justice-in-motion", read, as_it_is)


def keys() -> Kind:
    one = key()

    def read(value: Any) -> tuple[str, ...]:
        must(isinstance(value, list))
        found = tuple(one.read(item) for item in value)
        must(len(set(found)) == len(found))
        return found

    return Kind("a list of keys, each once", read, lambda value, _: list(value))


def skills() -> Kind:
    """Words of the house, kept in small letters."""
    one = text(LONGEST_SKILL)

    def read(value: Any) -> tuple[str, ...]:
        must(isinstance(value, list))
        found = tuple(skills_of(one.read(item) for item in value))
        must(len(found) == len(value) <= MOST_SKILLS)
        return found

    ought = f"a list of at most {MOST_SKILLS} skills, each once and of 1 to {LONGEST_SKILL} letters"
    return Kind(ought, read, lambda value, _: list(value))


def flag() -> Kind:
    def read(value: Any) -> bool:
        must(isinstance(value, bool))
        return bool(value)

    return Kind("true or false", read, as_it_is)


def one_of(choices: Collection[str]) -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str) and value in choices)
        return str(value)

    *most, last = [f'"{choice}"' for choice in choices]
    return Kind(f"{', '.join(most)} or {last}", read, as_it_is)


def only_unconfirmed() -> Kind:
    """A rule for those who have not confirmed yet: ``"unconfirmed"``, or null for everybody."""

    def read(value: Any) -> bool:
        must(value is None or value == "unconfirmed")
        return value is not None

    return Kind('"unconfirmed" or null', read, lambda value, _: "unconfirmed" if value else None)


def whole(least: int, most: int) -> Kind:
    def read(value: Any) -> int:
        must(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most)
        return int(value)

    return Kind(f"a whole number from {least} to {most}", read, as_it_is)


def minutes(least: int, most: int = A_DAY) -> Kind:
    number = whole(least, most)

    def write(value: timedelta, zone: ZoneInfo) -> int:
        return value // timedelta(minutes=1)

    ought = f"a whole number of minutes from {least} to {most}"
    return Kind(ought, lambda value: timedelta(minutes=number.read(value)), write)


def instant(*, planned: bool = False) -> Kind:
    """RFC 3339. What is ``planned`` has no fractions of a second: it is kept as wall time too."""

    def read(value: Any) -> datetime:
        must(isinstance(value, str) and _INSTANT.fullmatch(value))
        try:
            at = datetime.fromisoformat(value.upper())
        except ValueError:
            raise Unfit from None
        must(at.year in YEARS and not (planned and at.microsecond))
        return at.astimezone(UTC)

    ought = "an instant with its offset, like 2026-12-04T20:00:00-05:00"
    return Kind(ought, read, lambda at, zone: at.astimezone(zone).isoformat())


def calendar_date(years: range = YEARS, ought: str = "a date like 2026-12-04") -> Kind:
    def read(value: Any) -> date:
        must(isinstance(value, str) and _DATE.fullmatch(value))
        try:
            on = date.fromisoformat(value)
        except ValueError:
            raise Unfit from None
        must(on.year in years)
        return on

    return Kind(ought, read, lambda on, _: on.isoformat())


def birthday() -> Kind:
    return calendar_date(BIRTH_YEARS, "a date of birth like 1998-05-31")


def clock_time() -> Kind:
    def read(value: Any) -> time:
        must(isinstance(value, str) and _CLOCK.fullmatch(value))
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise Unfit from None

    return Kind("a wall time like 21:00", read, lambda clock, _: f"{clock:%H:%M}")


def zone_name() -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str))
        try:
            return zone_named(value).key
        except UnknownZone as unknown:
            raise Unfit(f"cannot be found. {unknown}") from None

    return Kind("a time zone like America/New_York", read, as_it_is)


def phone() -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str))
        try:
            return parse_phone(value)
        except NotAPhone as refusal:
            raise Unfit(f"cannot be used. {refusal}") from None

    return Kind("a phone number like +12125550101", read, as_it_is)


def web_address() -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str) and len(value) <= 500 and value.isprintable() and " " not in value)
        try:
            parts = urlsplit(value)
        except ValueError:
            raise Unfit from None
        must(parts.scheme in {"http", "https"} and parts.netloc)
        return str(value)

    return Kind("a whole address like https://show.example", read, as_it_is)


def currency() -> Kind:
    def read(value: Any) -> str:
        must(isinstance(value, str) and value in list_currencies())
        return str(value)

    return Kind("a currency's three letters, like USD", read, as_it_is)


def money(most: int = 1_000_000) -> Kind:
    def read(value: Any) -> Decimal:
        must(isinstance(value, int | Decimal) and not isinstance(value, bool))
        amount = Decimal(value)
        must(amount.is_finite() and 0 <= amount <= most and amount == round(amount, 2))
        return amount

    def write(value: Decimal, zone: ZoneInfo) -> int | float:
        return int(value) if value == int(value) else float(value)

    return Kind(f"an amount from 0 to {most}, with two decimals at most", read, write)
