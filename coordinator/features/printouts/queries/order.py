"""The running order and the call sheets, at the times that people are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.core.show_time import show_days_of, whole_minute, zone_named
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Act, ActAnswer, Slot
from coordinator.reminders.queries.call_times import called_in
from coordinator.reminders.queries.rules import call_lead
from coordinator.shifts.models import Shift, SignUp
from coordinator.shifts.queries.planned import Crews, shifts_of
from coordinator.shownight.queries import Night, StageNight, night


@dataclass(frozen=True, slots=True)
class PrintedSlot:
    """One line of a running order.

    ``starts_at`` is the time that is told, and the planned one of a slot without: canceled, or passed. ``free_at``:
    when the changeover before it begins; None: there is none. ``call_at``: when its people must be there.
    """

    slot: Slot
    starts_at: datetime
    ends_at: datetime
    free_at: datetime | None
    call_at: datetime
    crew: Sequence[Shift]

    @property
    def is_off(self) -> bool:
        return self.slot.cancelled_at is not None

    @property
    def crew_people(self) -> list[SignUp]:
        """Who works its changeover."""
        return [each for shift in self.crew for each in shift.holding]


@dataclass(frozen=True, slots=True)
class PrintedStage:
    """One stage on one show day. ``curfew_at``: by when it must be quiet; None: no curfew that day."""

    stage: Stage
    slots: Sequence[PrintedSlot]
    curfew_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """One show day with the stages that are used on it. ``doors_at``: None when it is not given."""

    on: date
    doors_at: datetime | None
    stages: Sequence[PrintedStage]


@dataclass(frozen=True, slots=True)
class CallSheet:
    """All that one act needs to know: its slots, in order of time."""

    act: Act
    slots: list[PrintedSlot] = field(default_factory=list)

    def days(self, zone: str) -> list[date]:
        """The show days on which it plays, in order."""
        return show_days_of((each.starts_at for each in self.slots), zone_named(zone))


def order_by_day(event: Event, now: datetime) -> list[PrintedDay]:
    """The running order of all stages under its show days, in order; days and stages without slots are left out."""
    used = [(stage, slots) for stage, slots in _lines(event, now) if slots]
    days = []
    for day in event.days:
        stages = [PrintedStage(each.stage, slots, each.curfew_at) for each, slots in used if each.day == day]
        days += [PrintedDay(day.on, day.doors_at, stages)] if stages else []
    return days


def call_sheets(event: Event, now: datetime) -> list[CallSheet]:
    """A sheet for each act that plays, in the order of their first sets."""
    lines = sorted((each for _stage, slots in _lines(event, now) for each in slots), key=lambda each: each.starts_at)
    found: dict[int, CallSheet] = {}
    for each in lines:
        if each.slot.act is not None and each.slot.cancelled_at is None and each.slot.answer != ActAnswer.DECLINED:
            found.setdefault(each.slot.act.id, CallSheet(each.slot.act)).slots.append(each)
    return list(found.values())


def _lines(event: Event, now: datetime) -> list[tuple[StageNight, list[PrintedSlot]]]:
    tonight, crews, lead = night(event.id, now), Crews(shifts_of(event)), call_lead(event.id)

    def line(stage: StageNight, slot: Slot, tonight: Night = tonight) -> PrintedSlot:
        told = stage.told[slot.key]
        starts_at = whole_minute(told.starts_at or slot.starts_at)
        free_at = whole_minute(told.changeover_starts_at) if told.changeover_starts_at else None
        crew = [each for each in crews.of(slot.id, told.changeover_starts_at) if each.cancelled_at is None]
        ends_at = whole_minute(told.ends_at or slot.ends_at)
        return PrintedSlot(slot, starts_at, ends_at, free_at, called_in(tonight, slot, lead), crew)

    return [(stage, [line(stage, slot) for slot in stage.slots]) for stage in tonight.stages]
