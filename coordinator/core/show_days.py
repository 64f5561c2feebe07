"""The show days of an event: for each its date, when doors open, and the curfew of each stage.

A show day runs from 05:00 to 05:00 in the event's zone. Everything planned belongs to one: what is before the first day
to the first, what is after the end of one, until the next begins, to the one before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from .json_values import JsonObject
from .show_time import show_day_bounds


@dataclass(frozen=True, slots=True)
class ShowDay:
    """One show day. ``doors_at`` None: not given. ``curfews`` by the key of the stage, of those that have one."""

    on: date
    doors_at: datetime | None = None
    curfews: Mapping[str, datetime] = field(default_factory=dict, hash=False)

    def curfew_at(self, stage: str) -> datetime | None:
        """The curfew of the stage with this key; None: it has none on this day."""
        return self.curfews.get(stage)

    @property
    def last_curfew_at(self) -> datetime | None:
        return max(self.curfews.values(), default=None)

    def in_zone(self, zone: ZoneInfo) -> "ShowDay":
        """The same day with its times in this zone, so that they are stored as wall time and instant in one."""
        doors_at = self.doors_at.astimezone(zone) if self.doors_at else None
        return ShowDay(self.on, doors_at, {stage: at.astimezone(zone) for stage, at in sorted(self.curfews.items())})

    def with_curfew(self, stage: str, at: datetime | None) -> "ShowDay":
        """The same day with this curfew of a stage; None: without one."""
        others = {key: kept for key, kept in self.curfews.items() if key != stage}
        return replace(self, curfews=others if at is None else {**others, stage: at})

    def as_json(self) -> JsonObject:
        """As it is stored: each time is wall time with its offset, and so an instant as well."""
        doors = self.doors_at.isoformat() if self.doors_at else None
        return {
            "date": self.on.isoformat(),
            "doors": doors,
            "curfews": {stage: at.isoformat() for stage, at in self.curfews.items()},
        }


def show_day_from_json(stored: JsonObject) -> ShowDay:
    """The inverse of ``ShowDay.as_json``."""
    doors, curfews = stored["doors"], stored["curfews"]
    return ShowDay(
        date.fromisoformat(stored["date"]),
        datetime.fromisoformat(doors) if doors else None,
        {stage: datetime.fromisoformat(at) for stage, at in curfews.items()},
    )


def day_of(days: Sequence[ShowDay], at: datetime, zone: ZoneInfo) -> ShowDay:
    """The day that the instant belongs to; ``days`` in order, at least one."""
    return next((day for day in reversed(days[1:]) if _bounds(day.on, zone)[0] <= at), days[0])


def is_show_day(days: Iterable[ShowDay], at: datetime, zone: ZoneInfo) -> bool:
    """Whether the instant lies in one of the days."""
    return any(begins_at <= at < ends_at for begins_at, ends_at in (_bounds(day.on, zone) for day in days))


def current_day(days: Sequence[ShowDay], at: datetime, zone: ZoneInfo) -> ShowDay:
    """The day that is on, or else the next one; after the last, the last."""
    return next((day for day in days if _bounds(day.on, zone)[1] > at), days[-1])


_bounds = lru_cache(maxsize=1024)(show_day_bounds)  # asked for every slot and shift of a festival
