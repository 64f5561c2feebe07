"""Checked reading of one JSON object. Every error names the key and says what would be right."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeGuard
from zoneinfo import ZoneInfo

from ..show_time import read_wall, zone_named

_MOST_MINUTES = 7 * 24 * 60
_YEARS = range(1970, 3000)  # far enough from the limits of datetime that no sum of lengths can exceed them


class BadVector(ValueError):
    """The vector cannot be read; the message names the key and says what would be right."""


@dataclass(frozen=True, slots=True)
class VectorNight:
    """The date of the show and its time zone, for reading wall times."""

    on: date
    zone: ZoneInfo


class Fields:
    """The fields of one JSON object, by key; ``name`` is its name in errors, such as ``slot 'a'``."""

    def __init__(self, value: object, name: str) -> None:
        if not is_object(value):
            raise BadVector(f"{_opening(name)} must be an object with keys, not {_seen(value)}.")
        self.values, self.name = value, name

    def only(self, required: Collection[str], optional: Collection[str]) -> None:
        """Raises BadVector for a missing or unknown key."""
        for key in required:
            if key not in self.values:
                raise BadVector(f"{_opening(self.name)} has no {key!r}; it must have one.")
        allowed = {*required, *optional}
        for key in self.values:
            if key not in allowed:
                raise BadVector(f"{_opening(self.name)} has an unknown key {key!r}; known are {_listed(allowed)}.")

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """A string that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise self.refused(key, "a text in quotes")
        return value

    def one_of(self, key: str, choices: Collection[str]) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or value not in choices:
            raise self.refused(key, f"one of {_listed(choices)}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refused(key, "true or false")
        return value

    def minutes(self, key: str, *, at_least: int = 0) -> timedelta:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value <= _MOST_MINUTES:
            raise self.refused(key, f"a whole number of minutes, from {at_least} to {_MOST_MINUTES}")
        return timedelta(minutes=value)

    def date(self, key: str) -> date:
        text = self.text(key)
        try:
            on = date.fromisoformat(text)
        except ValueError:
            raise self.refused(key, "a date like 2026-06-12") from None
        if text != on.isoformat() or on.year not in _YEARS:
            raise self.refused(key, "a date like 2026-06-12")
        return on

    def zone(self, key: str) -> ZoneInfo:
        try:
            return zone_named(self.text(key))
        except ValueError as error:
            raise BadVector(f"{key!r} of {self.name}: {error}") from None

    def wall(self, key: str, night: VectorNight) -> datetime:
        text = self.text(key)
        try:
            return read_wall(text, night.on, night.zone)
        except ValueError as error:
            raise BadVector(f"{key!r} of {self.name}: {error}") from None

    def objects(self, key: str) -> Iterator[object]:
        value = self.values.get(key)
        if not isinstance(value, list | tuple):
            raise self.refused(key, "a list")
        yield from value

    def refused(self, key: str, right: str) -> BadVector:
        """The error for the value under the key; ``right`` says what would be right."""
        return BadVector(f"{key!r} of {self.name} is {_seen(self.values.get(key))}; it must be {right}.")


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)


def _opening(name: str) -> str:
    return name[0].upper() + name[1:]


def _seen(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "missing or null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else repr(value)[:60]


def _listed(words: Collection[str]) -> str:
    return ", ".join(sorted(words))
