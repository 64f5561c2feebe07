"""The result of reading a flyer: facts, acts, warnings. Times are wall times, not instants."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["set", "speech", "break", "changeover", "soundcheck", "load_in", "other"]
Size = Literal["solo", "duo", "band", "dj"]
Code = Literal[
    "order_reversed",
    "same_time",
    "past_curfew",
    "overlap",
    "guessed_pm",
    "too_long",
    "weekday_mismatch",
    "several_days",
    "lost_time",
    "long_set",
]

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, order=True, slots=True)
class WallTime:
    """A time on the venue's clock, in minutes after the midnight that begins the day of the show."""

    minutes: int

    @property
    def hour(self) -> int:
        return self.minutes % MINUTES_A_DAY // 60

    @property
    def minute(self) -> int:
        return self.minutes % 60

    @property
    def days_later(self) -> int:
        """0 on the day of the show, 1 after the following midnight."""
        return self.minutes // MINUTES_A_DAY

    def later(self, by: timedelta) -> "WallTime":
        """The wall time moved by a length, not below 00:00 of the first day. Changes of the clocks do not count."""
        return WallTime(max(self.minutes + by // timedelta(minutes=1), 0))

    def until(self, other: "WallTime") -> timedelta:
        return timedelta(minutes=other.minutes - self.minutes)

    def __str__(self) -> str:
        later = f"+{self.days_later}" if self.days_later else ""
        return f"{self.hour:02}:{self.minute:02}{later}"


@dataclass(frozen=True, slots=True)
class Donation:
    """The suggested amount in the currency's main unit, with its ISO 4217 code."""

    suggested: int | float
    currency: str

    def as_json(self) -> dict[str, object]:
        return {"suggested": self.suggested, "currency": self.currency}


@dataclass(frozen=True, slots=True)
class FlyerAct:
    """One row of the bill.

    ``starts`` is None when the flyer gives no time, ``ends`` when it gives no end. ``on`` is the day of the heading
    above the row; None on a flyer of one day. ``guessed``: an hour without a.m. or p.m. was read as p.m. ``line`` is
    that of the text where it stands, from 0.
    """

    name: str
    kind: Kind = "set"
    starts: WallTime | None = None
    ends: WallTime | None = None
    stage: str | None = None
    note: str | None = None
    approx: bool = False
    on: date | None = None
    guessed: bool = False
    line: int | None = None

    def as_json(self) -> dict[str, object]:
        shown: dict[str, object] = {
            "starts": _shown(self.starts),
            "ends": _shown(self.ends),
            "name": self.name,
            "kind": self.kind,
            "stage": self.stage,
            "note": self.note,
            "approx": self.approx,
        }
        return shown if self.on is None else {**shown, "date": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class FlyerWarning:
    """Something the organizer should check; ``acts`` are the names of the rows it is about, in the order of the flyer.

    For ``lost_time`` they are the lines.
    """

    code: Code
    acts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "acts": list(self.acts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flyer:
    """All of a flyer. ``on`` is its first day; None when the flyer gives no date."""

    zone: str
    title: str | None = None
    venue: str | None = None
    beneficiary: str | None = None
    on: date | None = None
    doors: WallTime | None = None
    show: WallTime | None = None
    curfew: WallTime | None = None
    ends: WallTime | None = None
    donation: Donation | None = None
    age: str | None = None
    acts: tuple[FlyerAct, ...] = ()
    about: str | None = None
    unread: tuple[str, ...] = ()
    warnings: tuple[FlyerWarning, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Every key, even when its value is None; wall times as ``"HH:MM"`` or ``"HH:MM+1"``."""
        return {
            "title": self.title,
            "venue": self.venue,
            "beneficiary": self.beneficiary,
            "date": self.on.isoformat() if self.on else None,
            "doors": _shown(self.doors),
            "show": _shown(self.show),
            "curfew": _shown(self.curfew),
            "ends": _shown(self.ends),
            "donation": self.donation.as_json() if self.donation else None,
            "age": self.age,
            "acts": [act.as_json() for act in self.acts],
            "about": self.about,
            "unread": list(self.unread),
            "warnings": [warning.as_json() for warning in self.warnings],
        }


def _shown(time: WallTime | None) -> str | None:
    return None if time is None else str(time)
