"""Numbers, sums, days and times of a document: how each is read from JSON, and written."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from .kinds import FieldKind, Unfit, as_it_is, must, string

A_DAY = 24 * 60  # minutes
A_YEAR = 366 * A_DAY
YEARS = range(1990, 2200)
BIRTH_YEARS = range(1900, 2200)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)


def whole(least: int, most: int) -> FieldKind:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Unfit
        return value

    return FieldKind(f"a whole number from {least} to {most}", read, as_it_is)


def minutes(least: int, most: int = A_DAY) -> FieldKind:
    number = whole(least, most)

    def write(value: timedelta, zone: ZoneInfo) -> int:
        return value // timedelta(minutes=1)

    ought = f"a whole number of minutes from {least} to {most}"
    return FieldKind(ought, lambda value: timedelta(minutes=number.read(value)), write)


def money(most: int = 1_000_000) -> FieldKind:
    def read(value: object) -> Decimal:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise Unfit
        amount = Decimal(value)
        must(amount.is_finite() and 0 <= amount <= most and amount == round(amount, 2))
        return amount

    def write(value: Decimal, zone: ZoneInfo) -> int | float:
        return int(value) if value == int(value) else float(value)

    return FieldKind(f"an amount from 0 to {most}, with two decimals at most", read, write)


def instant(*, planned: bool = False) -> FieldKind:
    """RFC 3339. A ``planned`` instant has no fractions of a second: it is also stored as wall time."""

    def read(value: object) -> datetime:
        given = string(value)
        must(_INSTANT.fullmatch(given))
        try:
            at = datetime.fromisoformat(given.upper())
        except ValueError:
            raise Unfit from None
        must(at.year in YEARS and not (planned and at.microsecond))
        return at.astimezone(UTC)

    ought = "an instant with its offset, like 2026-12-04T20:00:00-05:00"
    return FieldKind(ought, read, lambda at, zone: at.astimezone(zone).isoformat())


def calendar_date(years: range = YEARS, ought: str = "a date like 2026-12-04") -> FieldKind:
    def read(value: object) -> date:
        given = string(value)
        must(_DATE.fullmatch(given))
        try:
            on = date.fromisoformat(given)
        except ValueError:
            raise Unfit from None
        must(on.year in years)
        return on

    return FieldKind(ought, read, lambda on, _: on.isoformat())


def birthday() -> FieldKind:
    return calendar_date(BIRTH_YEARS, "a date of birth like 1998-05-31")


def clock_time() -> FieldKind:
    def read(value: object) -> time:
        given = string(value)
        must(_CLOCK.fullmatch(given))
        try:
            return time.fromisoformat(given)
        except ValueError:
            raise Unfit from None

    return FieldKind("a wall time like 21:00", read, lambda clock, _: f"{clock:%H:%M}")
