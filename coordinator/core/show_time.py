"""Wall times and instants: what a time on a poster means in the time zone of the show.

Instants are aware UTC datetimes; wall times are what a clock in the zone shows. An hour that occurs twice (clocks go
back) has two readings; the second is written with a trailing ``b``. A skipped hour (clocks go forward) has two readings
as well: with the offset before the change, or with the one after it.
"""

import re
from collections.abc import Iterable
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
    """The clocks skip this local time.

    ``before`` and ``after`` are its instants with the offset before and after the change.
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
    except (KeyError, ValueError, OSError):  # OSError: the name is a folder of zones, such as "Europe"
        likely = get_close_matches(name, available_timezones(), n=1)
        hint = f"did you mean {likely[0]}?" if likely else "a zone is named like Europe/Berlin."
        raise UnknownZone(f"There is no time zone called {name!r}; {hint}") from None


def instant_of(local: datetime, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """The instant at which clocks in the zone show this naive local time.

    ``fold`` decides between two readings: 0 is the first occurrence of a repeated hour, or the offset before the change
    for a skipped one; 1 is the second occurrence, or the offset after the change. Without it, raises AmbiguousLocalTime
    or MissingLocalTime.
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
    """Whether clocks in the zone skip this naive local time."""
    return _reading(local, zone, 0) > _reading(local, zone, 1)


def instant_of_fold(local: datetime, zone: ZoneInfo, *, second: bool) -> datetime:
    """The instant of a local time when nobody can be asked: the first occurrence of a repeated hour, or the
    ``second``; a skipped time has the offset before the change."""
    return _reading(local, zone, 1 if second and is_repeated(local, zone) else 0)


def local_text(at: datetime, zone: ZoneInfo) -> str:
    """The instant as stored local time, ``2026-12-04T20:00``: with seconds only if not zero, ``b`` if second."""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d}T{_clock(local)}{_passing(local)}"


def instant_of_text(text: str, zone: ZoneInfo) -> datetime:
    """The instant of a stored local time; the inverse of ``local_text``.

    Without ``b`` a repeated hour is its first occurrence; a skipped one has the offset before the change. Raises
    ValueError only when the text is not a local time.
    """
    found = _LOCAL.fullmatch(text)
    try:
        local = datetime.fromisoformat(found["local"] if found else "")
    except ValueError:
        raise ValueError(f"{text!r} is no local time; one is written like 2026-12-04T20:00.") from None
    return instant_of_fold(local, zone, second=text.endswith("b"))


def read_wall(text: str, on: date, zone: ZoneInfo) -> datetime:
    """The instant of a wall time of the show dated ``on``: ``20:00``, ``00:30+1`` (the next day), ``02:30+1b``.

    Raises ValueError when it is not a wall time, or has a ``b`` although that time does not occur twice.
    """
    found = _WALL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no wall time; one is written like 20:00, 00:30+1 or 02:30+1b.")
    local = datetime.combine(on + timedelta(days=int(found["days"] or 0)), time.fromisoformat(found["clock"]))
    if found["second"] and not is_repeated(local, zone):
        raise ValueError(f"{text!r} ends with b, but {_spoken(local)} does not come twice in {zone.key}.")
    return instant_of_fold(local, zone, second=bool(found["second"]))


def write_wall(at: datetime, on: date, zone: ZoneInfo) -> str:
    """The instant as a wall time of the show dated ``on``; the inverse of ``read_wall``."""
    local = at.astimezone(zone)
    days = (local.date() - on).days
    return f"{_clock(local)}{f'{days:+d}' if days else ''}{_passing(local)}"


def show_day(at: datetime, zone: ZoneInfo) -> date:
    """The date of the show day (05:00 to 05:00 in the zone) that contains the instant."""
    on = calendar_day(at, zone)
    while at < show_day_bounds(on, zone)[0]:
        on -= _ONE_DAY
    return on


def show_days_of(instants: Iterable[datetime], zone: ZoneInfo) -> list[date]:
    """The dates of the show days that contain these instants, in order, each once."""
    return sorted({show_day(at, zone) for at in instants})


def calendar_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar date in the zone. After midnight it is one day later than the show day."""
    return at.astimezone(zone).date()


def show_day_bounds(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of the show day dated ``on``, and the first one after it."""
    starts_at = instant_of(datetime.combine(on, DAY_BEGINS), zone, fold=0)
    return starts_at, instant_of(datetime.combine(on + _ONE_DAY, DAY_BEGINS), zone, fold=0)


def planned_until(on: date, zone: ZoneInfo, ends: Iterable[datetime] = ()) -> datetime:
    """Until when a show whose last day is ``on`` can be planned.

    The end of that show day, or of the later one that contains the last of ``ends``, the ends of its slots and shifts.
    """
    until = show_day_bounds(on, zone)[1]
    return max([until, *(show_day_bounds(show_day(at, zone), zone)[1] for at in ends if at > until)])


def calendar_date(on: date, wall: time) -> date:
    """The calendar date of a wall time in the show day dated ``on``: the next date before 05:00."""
    return on if wall >= DAY_BEGINS else on + _ONE_DAY


def instant_in_day(on: date, wall: time, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """The instant of a wall time in the show day dated ``on``. Raises like ``instant_of``."""
    return instant_of(datetime.combine(calendar_date(on, wall), wall), zone, fold=fold)


def call_time(starts_at: datetime, lead: timedelta | None) -> datetime:
    """When someone must be there whose set or shift starts then, ``lead`` before it; None: at the start itself."""
    return starts_at - (lead or timedelta(0))


def whole_minute(at: datetime) -> datetime:
    """The instant rounded down to its minute, as texts give it."""
    return at.replace(second=0, microsecond=0) if at.second or at.microsecond else at


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The daily hours without texts, from ``begins`` until just before ``ends``, in local time.

    They may pass midnight. On a night when the clocks change, each end is read like a wall time without ``b``. Raises
    ValueError when both ends are equal.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("Quiet hours must end at another time than they begin; to have none, switch them off.")

    def covers(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the instant lies in quiet hours."""
        return self.end_after(at, zone) > at

    def end_after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """When the quiet hours that cover ``at`` end; ``at`` itself when there are none then."""
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
