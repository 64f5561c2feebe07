"""Wall clocks and instants: what a time on a poster means in the zone of the show.

Instants are aware UTC datetimes; wall times are what a clock in the zone shows. An hour that comes twice (clocks going
back) has two readings, and its second passing is written with a trailing ``b``. An hour that is jumped over (clocks
going forward) has two readings as well: with the offset before the jump, or with the one after it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

DAY_BEGINS = time(5)
_ONE_DAY = timedelta(days=1)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_LOCAL = re.compile(rf"(?P<local>\d{{4}}-\d\d-\d\dT{_CLOCK})(?P<second>b?)", re.ASCII)
_WALL = re.compile(rf"(?P<clock>{_CLOCK})(?P<days>[+-][1-9])?(?P<second>b?)", re.ASCII)


class UnknownZone(ValueError):
    """No time zone has this name."""


class AmbiguousLocalTime(ValueError):
    """The clocks show this local time twice; ``first`` and ``second`` are the two instants."""

    def __init__(self, local: datetime, zone: ZoneInfo) -> None:
        self.local, self.zone = local, zone
        self.first, self.second = _reading(local, zone, 0), _reading(local, zone, 1)
        super().__init__(
            f"{_spoken(local)} comes twice in {zone.key}, because the clocks go back: did you mean the first, "
            f"{_offered(self.first, zone, local)}, or the second, {_offered(self.second, zone, local)}?"
        )


class MissingLocalTime(ValueError):
    """The clocks jump over this local time.

    ``before`` and ``after`` are the instants it would be with the offset before and after the jump.
    """

    def __init__(self, local: datetime, zone: ZoneInfo) -> None:
        self.local, self.zone = local, zone
        self.before, self.after = _reading(local, zone, 0), _reading(local, zone, 1)
        super().__init__(
            f"{_spoken(local)} does not exist in {zone.key}, because the clocks go forward: did you mean "
            f"{_offered(self.after, zone, local)} or {_offered(self.before, zone, local)}?"
        )


def zone_named(name: str) -> ZoneInfo:
    """The zone with this IANA name, such as ``Europe/Berlin``. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones, such as "Europe"
        likely = get_close_matches(name, available_timezones(), n=1)
        hint = f"did you mean {likely[0]}?" if likely else "a zone is named like Europe/Berlin."
        raise UnknownZone(f"There is no time zone called {name!r}; {hint}") from None


def instant_of(local: datetime, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """The instant at which clocks in the zone show this naive local time.

    ``fold`` chooses where there are two readings: 0 the first passing of a repeated hour, or the offset before the jump
    for a missing one; 1 the second passing, or the offset after the jump. Without it, raises AmbiguousLocalTime or
    MissingLocalTime.
    """
    if local.tzinfo is not None:
        raise ValueError("A local time has no zone of its own.")
    if fold is None and is_repeated(local, zone):
        raise AmbiguousLocalTime(local, zone)
    if fold is None and is_missing(local, zone):
        raise MissingLocalTime(local, zone)
    return _reading(local, zone, fold or 0)


def is_repeated(local: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone show this naive local time twice."""
    return _reading(local, zone, 0) < _reading(local, zone, 1)


def is_missing(local: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone jump over this naive local time."""
    return _reading(local, zone, 0) > _reading(local, zone, 1)


def local_text(at: datetime, zone: ZoneInfo) -> str:
    """The instant as stored local wall time, ``2026-12-04T20:00``: seconds only when not zero, ``b`` when second."""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d}T{_clock(local)}{_passing(local)}"


def instant_of_text(text: str, zone: ZoneInfo) -> datetime:
    """The instant of a stored local wall time; the inverse of ``local_text``.

    Never asks: without ``b`` a repeated hour is its first passing, and a missing one has the offset before the jump.
    Raises ValueError only when the text is no local time at all.
    """
    found = _LOCAL.fullmatch(text)
    try:
        local = datetime.fromisoformat(found["local"] if found else "")
    except ValueError:
        raise ValueError(f"{text!r} is no local time; one is written like 2026-12-04T20:00.") from None
    return _first_or_second(local, zone, second=text.endswith("b"))


def read_wall(text: str, on: date, zone: ZoneInfo) -> datetime:
    """The instant of a wall time of the show dated ``on``: ``20:00``, ``00:30+1`` (the next day), ``02:30+1b``.

    Raises ValueError when it is none, or has a ``b`` although that time does not come twice.
    """
    found = _WALL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no wall time; one is written like 20:00, 00:30+1 or 02:30+1b.")
    local = datetime.combine(on + timedelta(days=int(found["days"] or 0)), time.fromisoformat(found["clock"]))
    if found["second"] and not is_repeated(local, zone):
        raise ValueError(f"{text!r} ends with b, but {_spoken(local)} does not come twice in {zone.key}.")
    return _first_or_second(local, zone, second=bool(found["second"]))


def write_wall(at: datetime, on: date, zone: ZoneInfo) -> str:
    """The instant as a wall time of the show dated ``on``; the inverse of ``read_wall``."""
    local = at.astimezone(zone)
    days = (local.date() - on).days
    return f"{_clock(local)}{f'{days:+d}' if days else ''}{_passing(local)}"


def show_day(at: datetime, zone: ZoneInfo) -> date:
    """The date of the show's day, 05:00 to 05:00 in the zone, in which the instant lies."""
    on = at.astimezone(zone).date()
    while at < show_day_bounds(on, zone)[0]:
        on -= _ONE_DAY
    return on


def show_day_bounds(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of the show's day dated ``on``, and the first one after it."""
    starts_at = instant_of(datetime.combine(on, DAY_BEGINS), zone, fold=0)
    return starts_at, instant_of(datetime.combine(on + _ONE_DAY, DAY_BEGINS), zone, fold=0)


def whole_minute(at: datetime) -> datetime:
    """The instant rounded down to its minute, as texts tell it."""
    return at.replace(second=0, microsecond=0) if at.second or at.microsecond else at


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of every day in which nobody is texted, from ``begins`` until just before ``ends``, in local time.

    They may run over midnight. On a night when the clocks change, each end is read like any wall time without ``b``.
    Raises ValueError when they begin and end at the same time.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("Quiet hours must end at another time than they begin; to have none, switch them off.")

    def covers(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether it is quiet at this instant."""
        return self.end_after(at, zone) > at

    def end_after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The instant at which the quiet time that covers ``at`` ends; ``at`` itself when it is not quiet then."""
        today = at.astimezone(zone).date()
        for on in (today - _ONE_DAY, today):
            begins_at, ends_at = self._of_the_day(on, zone)
            if begins_at <= at < ends_at:
                return self.end_after(ends_at, zone)
        return at

    def _of_the_day(self, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        ends_on = on if self.begins < self.ends else on + _ONE_DAY
        begins_at = instant_of(datetime.combine(on, self.begins), zone, fold=0)
        return begins_at, instant_of(datetime.combine(ends_on, self.ends), zone, fold=0)


def _reading(local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _first_or_second(local: datetime, zone: ZoneInfo, *, second: bool) -> datetime:
    return _reading(local, zone, 1 if second and is_repeated(local, zone) else 0)


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _passing(local: datetime) -> str:
    return "b" if local.fold else ""


def _spoken(local: datetime) -> str:
    return f"{_clock(local)} on {local:%Y-%m-%d}"


def _offered(at: datetime, zone: ZoneInfo, asked: datetime) -> str:
    local = at.astimezone(zone)
    offset = f"{local:%z}"
    clock = _clock(local) if local.date() == asked.date() else _spoken(local)
    return f"{clock} (UTC{offset[:3]}:{offset[3:5]})"
