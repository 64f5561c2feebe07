"""The running order as planned, with clashes and what people were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta

from coordinator.core.clashes import Clash, clashes
from coordinator.core.show_time import instant_in_day, zone_named
from coordinator.core.timeline import Anchor
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.reminders.queries.threads import told_times
from coordinator.shifts.queries.clashes import PersonClash, clashes_of, standing
from coordinator.shownight.queries import Night, StageNight, plan_night

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Order:
    """All that the editor shows."""

    night: Night
    clashes: Mapping[str, tuple[Clash, ...]]  # by the key of the slot
    two_places: Mapping[int, Sequence[PersonClash]]  # who cannot play and do something else, by slot
    told: Mapping[int, Mapping[str, datetime]]  # what people were told, by slot and name

    def gap_before(self, stage: StageNight, slot: Slot) -> timedelta | None:
        """The planned minutes between the previous slot and this one."""
        seen = stage.seen(slot)
        return seen.starts_at - seen.window_starts_at if seen.starts_at and seen.window_starts_at else None

    def that_stay(self, first: Slot) -> list[str]:
        """Later slots that keep their time when everything after this one is moved."""
        slots = self.night.stage_of(first.id).slots
        behind = slots[[slot.id for slot in slots].index(first.id) + 1 :]
        return [slot.name for slot in behind if slot.pinned]

    def next_facts(self, stage: StageNight) -> dict[str, object]:
        """Initial values of a new slot: after the last one, of the same length."""
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
    """The event's running order, with what clashes at ``now``."""
    night = plan_night(event.id)
    found: dict[str, list[Clash]] = {}
    for stage in night.stages:
        for clash in clashes(stage.plans, stage.curfew_at):
            found.setdefault(clash.slot, []).append(clash)
    in_place = {key: tuple(each) for key, each in found.items()}
    return Order(night, in_place, _two_places(event, now), _told(event, night))


def instant_on(event: Event, clock: time, fold: int | None = None, *, on: Date | None = None) -> datetime:
    """The instant of a wall time of a show day, 05:00 to 05:00; without ``on``, of the first.

    Raises AmbiguousLocalTime, MissingLocalTime.
    """
    return instant_in_day(on or event.date, clock, zone_named(event.zone), fold=fold)


def _two_places(event: Event, now: datetime) -> dict[int, list[PersonClash]]:
    found: dict[int, list[PersonClash]] = {}
    for clash in standing(clashes_of(event, now)):
        for doing in clash.doings:
            if doing.slot is not None and doing.event_id == event.id:
                found.setdefault(doing.slot.id, []).append(clash)
    return found


def _told(event: Event, night: Night) -> dict[int, dict[str, datetime]]:
    names = {person.id: person.name for slot in night.slots for person in slot.people}
    told: dict[int, dict[str, datetime]] = {}
    for key, time_told in told_times(event.id).items():
        if key.anchor == Anchor.SET_START and key.person_id in names and time_told.at and not time_told.voided:
            slot_id = int(key.subject.partition(":")[2])
            told.setdefault(slot_id, {})[names[key.person_id]] = time_told.at
    return told
