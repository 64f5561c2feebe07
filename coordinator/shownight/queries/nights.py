"""The night as it will really run, as everyone above reads it.

Long because a night, its days and stages, and how they are read from the rows belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coordinator.core.show_days import ShowDay
from coordinator.core.timeline import (
    NOTHING,
    Anchor,
    ProjectedSlot,
    Projection,
    SlotPlan,
    planned_starts,
    project,
    told,
)
from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Act, ActMember, Slot

from ..models import Press

SLOT_ANCHORS = (Anchor.SET_START, Anchor.SET_END, Anchor.CHANGEOVER_START, Anchor.DOORS, Anchor.CURFEW)
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
StageKey = tuple[int, date]  # the id of a stage, and the show day


@dataclass(frozen=True)
class StageNight:
    """One stage on one show day: its slots in order, each as planned and pressed, and what follows.

    Lateness never carries into the next day. ``projection`` is what is shown at ``now``, for backstage; ``told`` what
    is told, by texts, call times and the public's pages.
    """

    stage: Stage
    day: ShowDay
    slots: tuple[Slot, ...]
    plans: tuple[SlotPlan, ...]
    now: datetime

    @property
    def key(self) -> StageKey:
        """The stage and the day."""
        return self.stage.id, self.day.on

    @property
    def curfew_at(self) -> datetime | None:
        """The stage's curfew on this day; None: it has none."""
        return self.day.curfew_at(self.stage.key)

    @property
    def run_since_at(self) -> datetime | None:
        """When someone took charge of the stage on this day; None: nobody did."""
        return self.stage.run_since_at(self.day)

    @property
    def held_since_at(self) -> datetime | None:
        """Since when the stage is on hold on this day; None: it is not."""
        return self.stage.held_since_at(self.day)

    @cached_property
    def projection(self) -> Projection:
        return project(self.plans, self.curfew_at, self.now, attended=self.run_since_at is not None)

    @cached_property
    def told(self) -> Projection:
        return told(self.plans, self.curfew_at)

    @cached_property
    def planned_starts(self) -> Mapping[str, datetime | None]:
        """Where plan and declarations alone put each slot, by its key; None while it is cancelled."""
        return planned_starts(self.plans)

    @property
    def on(self) -> Slot | None:
        """The slot that is on now."""
        return self._slot(self.projection.on)

    @property
    def next(self) -> Slot | None:
        """The first slot to come."""
        return self._slot(self.projection.next)

    def after(self, slot: Slot) -> Slot | None:
        """The first slot to come behind this one."""
        behind = (each for each in self.slots if each.position > slot.position)
        return next((each for each in behind if self.seen(each).starts_at), None)

    @property
    def late(self) -> timedelta | None:
        """How late the stage runs: what is on or what comes next, whichever is later; negative when early.

        None when nothing is on or to come.
        """
        seen = [slot.late for slot in (self.projection.on, self.projection.next) if slot and slot.late is not None]
        return max(seen, default=None)

    def name_of(self, key: str) -> str:
        """The name of the slot with this key. Raises StopIteration."""
        return next(slot.name for slot in self.slots if slot.key == key)

    def seen(self, slot: Slot) -> ProjectedSlot:
        """The slot as it is shown."""
        return self.projection[slot.key]

    def pairs(self) -> Iterable[tuple[Slot, ProjectedSlot]]:
        """Each slot with its projection, in order."""
        return zip(self.slots, self.projection.slots, strict=True)

    def supposing(self, plans: Mapping[str, SlotPlan]) -> StageNight:
        """The same stage with other plans and facts for some keys; the rows stay as they are."""
        return replace(self, plans=tuple(plans.get(plan.key, plan) for plan in self.plans))

    def _slot(self, seen: ProjectedSlot | None) -> Slot | None:
        return next((slot for slot in self.slots if seen and slot.key == seen.key), None)


@dataclass(frozen=True)
class Night:
    """One event as it will really run, seen at ``now``: for each show day its stages, in order."""

    event: Event
    stages: tuple[StageNight, ...]
    now: datetime
    _places: dict[int, tuple[StageNight, Slot]] = field(init=False, repr=False, compare=False)
    _plans: dict[int, SlotPlan] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {slot.id: (stage, slot) for stage in self.stages for slot in stage.slots}
        plans = {slot.id: plan for stage in self.stages for slot, plan in zip(stage.slots, stage.plans, strict=True)}
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_plans", plans)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, day by day and stage by stage."""
        return tuple(slot for stage in self.stages for slot in stage.slots)

    @property
    def days(self) -> tuple[tuple[ShowDay, tuple[StageNight, ...]], ...]:
        """Each show day with its stages, in order."""
        return tuple((day, self.stages_on(day)) for day in self.event.days)

    @property
    def today(self) -> Night:
        """The same night, but only the show day that is on, or else the next one; after the last, the last."""
        return self.on_day(self.event.current_day(self.now))

    def stages_on(self, day: ShowDay) -> tuple[StageNight, ...]:
        """The stages on this show day, in order."""
        return tuple(stage for stage in self.stages if stage.day.on == day.on)

    def on_day(self, day: ShowDay) -> Night:
        """The same night, but only what belongs to this show day."""
        return replace(self, stages=self.stages_on(day))

    def on_stage(self, stage_id: int, on: date | None = None) -> StageNight:
        """This stage on the day of that date; without one, on the day that ``today`` means. Raises KeyError."""
        key = stage_id, on or self.event.current_day(self.now).on
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def stage_of(self, slot_id: int) -> StageNight:
        """The stage that the slot is on, on the slot's day. Raises KeyError."""
        return self._places[slot_id][0]

    def slot(self, key: str) -> Slot:
        """The slot with this key. Raises KeyError."""
        for slot in self.slots:
            if slot.key == key:
                return slot
        raise KeyError(key)

    def seen(self, slot_id: int) -> ProjectedSlot:
        """The slot as it is shown. Raises KeyError."""
        stage, slot = self._places[slot_id]
        return stage.seen(slot)

    def told(self, slot_id: int) -> ProjectedSlot:
        """The slot as it is told. Raises KeyError."""
        stage, slot = self._places[slot_id]
        return stage.told[slot.key]

    def told_start(self, slot: Slot) -> datetime:
        """When it starts as people are told; as planned while nobody is told a start. Raises KeyError."""
        return self.told(slot.id).starts_at or slot.starts_at

    def plan(self, slot_id: int) -> SlotPlan | None:
        """The slot's plan and facts in this night, which may be supposed; None when there is no such slot."""
        return self._plans.get(slot_id)

    def anchor(self, slot_id: int, name: str) -> datetime | None:
        """The instant, as told, of one of the five anchors: a slot's own three, its day's doors, its stage's curfew.

        None while there is none: the slot is cancelled, passed or gone, doors or curfew were not given.
        """
        if slot_id not in self._places:
            return None
        stage, slot = self._places[slot_id]
        if name == Anchor.DOORS:
            return stage.day.doors_at
        return stage.curfew_at if name == Anchor.CURFEW else stage.told.anchor(slot.key, name)

    def anchors(self, slot_id: int) -> dict[str, datetime | None]:
        """All five at once."""
        place = self._places.get(slot_id)
        if place is None:
            return dict.fromkeys(SLOT_ANCHORS)
        stage, slot = place
        seen = stage.told[slot.key]
        times = (seen.starts_at, seen.ends_at, seen.changeover_starts_at, stage.day.doors_at, stage.curfew_at)
        return dict(zip(SLOT_ANCHORS, times, strict=True))

    def supposing(self, slot_id: int, plan: SlotPlan) -> Night:
        """The same night if this slot's plan and facts were these."""
        changed = self.stage_of(slot_id)
        stages = (stage.supposing({plan.key: plan}) if stage is changed else stage for stage in self.stages)
        return replace(self, stages=tuple(stages))


def night(event_id: int, now: datetime) -> Night:
    """The event's night at ``now``, in the same number of queries however long it is. Raises NoResultFound."""
    event, stages, slots = _rows(event_id)
    return night_of(event, stages, slots, now)


def plan_night(event_id: int) -> Night:
    """The plan itself: what would happen if nobody pressed anything and everything held. Raises NoResultFound."""
    event, stages, slots = _rows(event_id)
    return plan_night_of(event, stages, slots)


def night_of(event: Event, stages: Sequence[Stage], slots: Sequence[Slot], now: datetime) -> Night:
    """The night from rows that were read already; ``slots`` are in order within each stage."""
    return _night_of(event, stages, slots, [slot.plan for slot in slots], now)


def plan_night_of(event: Event, stages: Sequence[Stage], slots: Sequence[Slot]) -> Night:
    """The plan itself, from rows that were read already."""
    return _night_of(event, stages, slots, [_unpressed(slot.plan) for slot in slots], BEFORE_EVERYTHING)


def last_press(event_id: int, by: str | None = None) -> Press | None:
    """The newest press of the night that was not undone, of this person if one is named; None when there is none."""
    newest = select(Press).where(Press.event_id == event_id, Press.undone_at.is_(None)).order_by(Press.id.desc())
    if by is not None:
        newest = newest.where(Press.by == by)
    return db.session.scalars(newest.options(joinedload(Press.slot).joinedload(Slot.act)).limit(1)).first()


def presses_by(coordinator_id: int, event_ids: Iterable[int], since_at: datetime) -> Sequence[Press]:
    """What this account pressed at these events after ``since_at`` and that was not undone, the last first."""
    theirs = select(Press).where(Press.coordinator_id == coordinator_id, Press.event_id.in_(event_ids))
    lately = theirs.where(Press.pressed_at > since_at, Press.undone_at.is_(None)).order_by(Press.id.desc())
    return db.session.scalars(lately.options(joinedload(Press.slot).joinedload(Slot.stage))).all()


def presses_in_force(event_id: int) -> dict[int, Press]:
    """The newest press of each slot that was not undone, by the slot's id."""
    standing = select(Press).where(Press.event_id == event_id, Press.undone_at.is_(None)).order_by(Press.id)
    return {press.slot_id: press for press in db.session.scalars(standing)}


def press_of(event_id: int, press_id: int) -> Press | None:
    """The event's press of this id; None when there is none."""
    return db.session.scalars(select(Press).where(Press.event_id == event_id, Press.id == press_id)).one_or_none()


def press_with_key(event_id: int, key: str) -> Press | None:
    """The event's press that a device named so; None when there is none."""
    return db.session.scalars(select(Press).where(Press.event_id == event_id, Press.key == key)).one_or_none()


def pressed_since(slot_id: int, at: datetime) -> Press | None:
    """The newest press of the slot that is about a later instant and was not undone; None when there is none."""
    later = select(Press).where(Press.slot_id == slot_id, Press.undone_at.is_(None), Press.at > at)
    return db.session.scalars(later.order_by(Press.at.desc(), Press.id.desc()).limit(1)).first()


def _night_of(
    event: Event, stages: Sequence[Stage], slots: Sequence[Slot], plans: Sequence[SlotPlan], now: datetime
) -> Night:
    places: dict[StageKey, list[tuple[Slot, SlotPlan]]] = {
        (stage.id, day.on): [] for day in event.days for stage in stages
    }
    for slot, plan in zip(slots, plans, strict=True):
        places[slot.stage_id, event.day_of(slot.starts_at).on].append((slot, plan))
    nights = [
        StageNight(stage, day, tuple(slot for slot, _ in pairs), tuple(plan for _, plan in pairs), now)
        for day in event.days
        for stage in stages
        for pairs in [places[stage.id, day.on]]
    ]
    return Night(event, tuple(nights), now)


def _unpressed(plan: SlotPlan) -> SlotPlan:
    return replace(plan, started_at=None, ended_at=None, late_by=None, extension=NOTHING)


def _rows(event_id: int) -> tuple[Event, list[Stage], list[Slot]]:
    event = db.session.scalars(select(Event).where(Event.id == event_id)).one()
    stages = select(Stage).where(Stage.event_id == event_id).order_by(Stage.position, Stage.id)
    slots = (
        select(Slot)
        .where(Slot.event_id == event_id)
        .order_by(Slot.position, Slot.starts_at, Slot.id)
        .options(joinedload(Slot.act).selectinload(Act.members).joinedload(ActMember.person), selectinload(Slot.stage))
    )
    return event, list(db.session.scalars(stages)), list(db.session.scalars(slots).unique())
