"""Where a rehearsal can be looked at: the next text, the next minute, doors, the first set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum, auto

from coordinator.core.show_time import whole_minute
from coordinator.events.models import Event
from coordinator.shownight.queries import Night

from .played import PlayedNight
from .playing import TICK
from .steps import RehearsalStep

MINUTE = timedelta(minutes=1)


class Step(StrEnum):
    """One step forward."""

    TEXT = auto()
    MINUTE = auto()
    HAPPENING = auto()


def stepped(night: PlayedNight, script: Iterable[RehearsalStep], at: datetime, by: Step) -> datetime:
    """The moment after this one; the end when there is none."""
    if by is Step.MINUTE:
        return within(night, whole_minute(at) + MINUTE)
    if by is Step.TEXT:
        moments = [bubble.at for phone in night.phones for bubble in phone.bubbles]
    else:
        moments = [each.step.at for each in night.happenings(script)]
    return min((moment for moment in moments if moment > at), default=night.ends_at)


def jumps(night: PlayedNight, event: Event, first_sets: Iterable[datetime]) -> list[tuple[str, datetime]]:
    """Moments of every rehearsal by name, in order: the beginning, doors, the first set of each day, the end."""
    doors = [("doors", day.doors_at) for day in event.days if day.doors_at is not None]
    found = [*doors, *(("first", at) for at in first_sets)]
    inside = [(name, at) for name, at in found if night.begins_at < at < night.ends_at]
    return [("begin", night.begins_at), *sorted(inside, key=lambda each: each[1]), ("end", night.ends_at)]


def first_sets(planned: Night) -> list[datetime]:
    """When the first slot of each show day is planned."""
    starts = [[slot.starts_at for stage in stages for slot in stage.slots] for _, stages in planned.days]
    return [min(each) for each in starts if each]


def opening(night: PlayedNight, script: Sequence[RehearsalStep]) -> datetime:
    """Where to begin to look: the first text that goes out, or the first happening of the script before it."""
    moments = [*(bubble.at for bubble in night.received[:1]), *(step.at for step in script)]
    return within(night, min(moments, default=night.begins_at))


def within(night: PlayedNight, at: datetime) -> datetime:
    """The moment, or the beginning or end of the rehearsal if it lies outside."""
    return min(max(at, night.begins_at), night.ends_at)


def on_a_tick(night: PlayedNight, at: datetime) -> datetime:
    """The next moment at which the rehearsal takes a step."""
    return within(night, at + (night.begins_at - at) % TICK)
