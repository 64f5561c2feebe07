"""Recorded values in words that people read."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from coordinator.core.show_time import zone_named

from .labels import VALUES, VERBS
from .queries import LogLine
from .ways_back import WayBack, way_back

LONGEST = 200  # characters


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the log, what takes the change back, and whether a day of the zone's calendar begins with it."""

    line: LogLine
    back: WayBack | None
    begins_a_day: bool


def shown(lines: Sequence[LogLine], zone: str) -> list[ShownLine]:
    """The lines as a page shows them; only the newest change of its kind has a way back."""
    days = [line.entry.at.astimezone(zone_named(zone)).date() for line in lines]
    befores = [None, *days]
    return [
        ShownLine(line, way_back(line), day != before) for line, day, before in zip(lines, days, befores, strict=False)
    ]


def verb(what: str) -> str:
    """What was done, after the name of who did it."""
    return str(VERBS[what]) if what in VERBS else what.replace("_", " ").replace(".", " ")


def value_name(key: str) -> str:
    """What the value is called; a key without a label in plain words."""
    return str(VALUES[key]) if key in VALUES else key.replace("_", " ").capitalize()


def in_words(value: object) -> str:
    """The value as people read it; an empty one is a dash."""
    if value is None or value == "" or value in ([], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{value_name(key)} {in_words(each)}" for key, each in value.items())[:LONGEST]
    if isinstance(value, list):
        return ", ".join(map(in_words, value))[:LONGEST]
    return str(value)[:LONGEST]
