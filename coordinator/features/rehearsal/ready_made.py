"""Scripts that are ready to be played, made for the night as it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum, auto

from coordinator.core.show_time import zone_named
from coordinator.core.timeline import SlotState
from coordinator.lineup.models import Slot, SlotKind
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import Night

from .steps import RehearsalStep

LATE = timedelta(minutes=25)
USUALLY_CANCELS = time(19)  # on the clock of the show
AT_THE_LATEST = timedelta(hours=1)  # before the act would have been on


class ReadyMade(StrEnum):
    """A script that needs no writing."""

    CALM = auto()
    LATE = auto()
    CANCELS = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class ReadyScript:
    """What happens, and whether the stage manager presses the rest when it is due. ``slot``: the one it is about."""

    steps: tuple[RehearsalStep, ...] = ()
    on_time: bool = True
    slot: Slot | None = None

    @property
    def at(self) -> datetime | None:
        """When the first thing happens that is not as planned."""
        return self.steps[0].at if self.steps else None


def ready_scripts(night: Night) -> Mapping[ReadyMade, ReadyScript]:
    """Those that make sense for the night; nothing is late or canceled where no act is still to come."""
    found = {ReadyMade.CALM: ReadyScript()}
    acts = sorted((slot for slot in night.slots if _comes(night, slot)), key=lambda slot: slot.starts_at)
    if acts:
        first = acts[0]
        late = RehearsalStep(first.starts_at + LATE, Verb.START, first.key)
        found[ReadyMade.LATE] = ReadyScript((late,), slot=first)
        off = acts[min(1, len(acts) - 1)]
        found[ReadyMade.CANCELS] = ReadyScript(
            (RehearsalStep(_cancels_at(night, off), Verb.CANCEL, off.key),), slot=off
        )
    return {**found, ReadyMade.NOBODY: ReadyScript(on_time=False)}


def _comes(night: Night, slot: Slot) -> bool:
    to_come = night.seen(slot.id).state not in (SlotState.CANCELLED, SlotState.ENDED, SlotState.ON)
    return to_come and slot.kind == SlotKind.SET and slot.started_at is None


def _cancels_at(night: Night, slot: Slot) -> datetime:
    """At 7 pm, or an hour before the act would be on, whichever is earlier."""
    zone = zone_named(night.event.zone)
    evening = datetime.combine(night.event.day_of(slot.starts_at).on, USUALLY_CANCELS, zone)
    return min(evening.astimezone(slot.starts_at.tzinfo), slot.starts_at - AT_THE_LATEST)
