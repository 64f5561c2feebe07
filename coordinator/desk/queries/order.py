"""The running order as it is planned, with what clashes and who was told what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ...core.clashes import Clash, clashes
from ...core.show_time import DAY_BEGINS, instant_of, zone_named
from ...core.timeline import Anchor
from ...events.models import Event
from ...lineup.models import Slot
from ...reminders.queries import told_times
from ...shownight.queries import Night, StageNight, plan_night

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Move:
    """A slot that begins at another time, or keeps its own because it is pinned."""

    slot: Slot
    now_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """All that the editor shows."""

    night: Night
    clashes: Mapping[str, tuple[Clash, ...]]  # by the key of the slot
    told: Mapping[int, Mapping[str, datetime]]  # what people were told, by slot and name

    def gap_before(self, stage: StageNight, slot: Slot) -> timedelta | None:
        """The planned minutes between the slot before and this one."""
        seen = stage.seen(slot)
        return seen.starts_at - seen.window_starts_at if seen.starts_at and seen.window_starts_at else None

    def moves(self, first: Slot, minutes: int) -> list[Move]:
        """What moving the slot and all that follow it by some minutes comes to."""
        stage = self.night.stage_of(first.id)
        at = [slot.id for slot in stage.slots].index(first.id)
        return [
            Move(slot, slot.starts_at if slot.pinned and slot is not first else slot.starts_at + minutes * MINUTE)
            for slot in stage.slots[at:]
        ]

    def next_facts(self, stage: StageNight) -> dict[str, object]:
        """What a new slot begins with: after the last one, as long as that."""
        if not stage.slots:
            return {"starts": time(20), "length": 30, "changeover": 15, "changeover_min": 8}
        last = stage.slots[-1]
        starts_at = last.starts_at + last.length + last.changeover
        return {
            "starts": starts_at.astimezone(zone_named(self.night.event.zone)).time().replace(tzinfo=None),
            "length": last.length // MINUTE,
            "changeover": last.changeover // MINUTE,
            "changeover_min": last.changeover_min // MINUTE,
        }


def order_of(event: Event, now: datetime) -> Order:
    """The event's running order, whatever has happened of it."""
    night = plan_night(event.id)
    found: dict[str, list[Clash]] = {}
    for stage in night.stages:
        for clash in clashes(stage.plans, stage.stage.curfew_at):
            found.setdefault(clash.slot, []).append(clash)
    return Order(night, {key: tuple(each) for key, each in found.items()}, _told(event, night))


def instant_on(event: Event, clock: time, passing: int | None = None) -> datetime:
    """The instant of a wall time of the show's day, 05:00 to 05:00. Raises AmbiguousLocalTime, MissingLocalTime."""
    on = event.date if clock >= DAY_BEGINS else event.date + timedelta(days=1)
    return instant_of(datetime.combine(on, clock), zone_named(event.zone), fold=passing)


def _told(event: Event, night: Night) -> dict[int, dict[str, datetime]]:
    names = {person.id: person.name for slot in night.slots for person in slot.people}
    told: dict[int, dict[str, datetime]] = {}
    for key, time_told in told_times(event.id).items():
        if key.anchor == Anchor.SET_START and key.person_id in names and time_told.at and not time_told.voided:
            slot_id = int(key.subject.partition(":")[2])
            told.setdefault(slot_id, {})[names[key.person_id]] = time_told.at
    return told
