"""The night as it will really run, as everybody above reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..core.timeline import NOTHING, Anchor, ProjectedSlot, Projection, SlotPlan, project
from ..db import db
from ..events.models import Event, Stage
from ..lineup.models import Act, ActMember, Slot
from .models import Press

SLOT_ANCHORS = (Anchor.SET_START, Anchor.SET_END, Anchor.CHANGEOVER_START, Anchor.DOORS, Anchor.CURFEW)
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class StageNight:
    """One stage: its slots in order, each as planned and pressed, and the projection that follows."""

    stage: Stage
    slots: tuple[Slot, ...]
    plans: tuple[SlotPlan, ...]
    projection: Projection
    now: datetime

    @property
    def on(self) -> Slot | None:
        """The slot that is on now."""
        return self._slot(self.projection.on)

    @property
    def next(self) -> Slot | None:
        """The first slot to come."""
        return self._slot(self.projection.next)

    @property
    def late(self) -> timedelta | None:
        """How late the stage runs: what is on or what comes next, whichever is later; negative when early.

        None when nothing is on or to come.
        """
        seen = [slot.late for slot in (self.projection.on, self.projection.next) if slot and slot.late is not None]
        return max(seen, default=None)

    def seen(self, slot: Slot) -> ProjectedSlot:
        """The slot as it will really run."""
        return self.projection[slot.key]

    def name_of(self, key: str) -> str:
        """What is shown for the slot with this key. Raises StopIteration when it is not on this stage."""
        return next(slot.name for slot in self.slots if slot.key == key)

    def pairs(self) -> Iterable[tuple[Slot, ProjectedSlot]]:
        """Each slot with its projection, in order."""
        return zip(self.slots, self.projection.slots, strict=True)

    def supposing(self, plans: Mapping[str, SlotPlan]) -> StageNight:
        """The same stage with other plans and facts for some keys; the rows stay as they are."""
        return _projected(self.stage, self.slots, tuple(plans.get(plan.key, plan) for plan in self.plans), self.now)

    def _slot(self, seen: ProjectedSlot | None) -> Slot | None:
        return next((slot for slot in self.slots if seen and slot.key == seen.key), None)


@dataclass(frozen=True)
class Night:
    """One event as it will really run, seen at ``now``: its stages in order."""

    event: Event
    stages: tuple[StageNight, ...]
    now: datetime
    _places: dict[int, tuple[StageNight, Slot]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {slot.id: (stage, slot) for stage in self.stages for slot in stage.slots}
        object.__setattr__(self, "_places", places)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, stage by stage."""
        return tuple(slot for stage in self.stages for slot in stage.slots)

    def on_stage(self, stage_id: int) -> StageNight:
        """The stage with this id. Raises KeyError."""
        for stage in self.stages:
            if stage.stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def stage_of(self, slot_id: int) -> StageNight:
        """The stage that the slot is on. Raises KeyError."""
        return self._places[slot_id][0]

    def projection_of(self, stage: Stage) -> Projection:
        return self.on_stage(stage.id).projection

    def slot(self, key: str) -> Slot:
        """The slot with this key. Raises KeyError."""
        for slot in self.slots:
            if slot.key == key:
                return slot
        raise KeyError(key)

    def seen(self, slot_id: int) -> ProjectedSlot:
        """The slot as it will really run. Raises KeyError."""
        stage, slot = self._places[slot_id]
        return stage.seen(slot)

    def anchor(self, slot_id: int, name: str) -> datetime | None:
        """The projected instant of one of the five anchors: a slot's own three, its event's doors, its stage's curfew.

        None while there is none: the slot is cancelled, passed or gone, doors or curfew were not given.
        """
        if slot_id not in self._places:
            return None
        stage, slot = self._places[slot_id]
        if name == Anchor.DOORS:
            return self.event.doors_at
        return stage.stage.curfew_at if name == Anchor.CURFEW else stage.projection.anchor(slot.key, name)

    def anchors(self, slot_id: int) -> dict[str, datetime | None]:
        """All five at once."""
        place = self._places.get(slot_id)
        if place is None:
            return dict.fromkeys(SLOT_ANCHORS)
        stage, slot = place
        seen = stage.projection[slot.key]
        times = (seen.starts_at, seen.ends_at, seen.changeover_starts_at, self.event.doors_at, stage.stage.curfew_at)
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


def standing_presses(event_id: int) -> dict[int, Press]:
    """The newest press of each slot that was not undone, by the slot's id."""
    standing = select(Press).where(Press.event_id == event_id, Press.undone_at.is_(None)).order_by(Press.id)
    return {press.slot_id: press for press in db.session.scalars(standing)}


def press_of(event_id: int, press_id: int) -> Press | None:
    """The event's press of this id; None when there is none."""
    return db.session.scalars(select(Press).where(Press.event_id == event_id, Press.id == press_id)).one_or_none()


def _night_of(
    event: Event, stages: Sequence[Stage], slots: Sequence[Slot], plans: Sequence[SlotPlan], now: datetime
) -> Night:
    on_stage: dict[int, list[tuple[Slot, SlotPlan]]] = {stage.id: [] for stage in stages}
    for slot, plan in zip(slots, plans, strict=True):
        on_stage[slot.stage_id].append((slot, plan))
    nights = (
        _projected(stage, tuple(slot for slot, _ in pairs), tuple(plan for _, plan in pairs), now)
        for stage, pairs in ((stage, on_stage[stage.id]) for stage in stages)
    )
    return Night(event, tuple(nights), now)


def _projected(stage: Stage, slots: tuple[Slot, ...], plans: tuple[SlotPlan, ...], now: datetime) -> StageNight:
    return StageNight(stage, slots, plans, project(plans, stage.curfew_at, now), now)


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
