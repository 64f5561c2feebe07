"""What is on and what comes next on each stage: for the house as it is told, for the crew as it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import ProjectedSlot, SlotState
from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.features.show_night.labels import Tag, verdict
from coordinator.lineup.models import Slot, SlotKind
from coordinator.shifts.models import EXPECTED, Shift
from coordinator.shifts.queries.planned import Crews
from coordinator.shownight.queries import Night, StageNight, night_of

MOST_ROWS = 6  # on a screen that is read from afar
MOST_COMING = 3  # of a show with one stage
TURNS_EVERY = timedelta(seconds=10)  # from one page of stages to the next

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Showing:
    """A slot on a board: when it starts, to the minute, and when it should end."""

    slot: Slot
    at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NowNext:
    """A stage for the house: what is on, and what comes next; nothing of either when it is over.

    ``is_held``: nothing goes on there, and nobody knows yet until when.
    """

    stage: Stage
    is_held: bool
    now: Showing | None
    coming: tuple[Showing, ...]


@dataclass(frozen=True, slots=True)
class WallStage:
    """A stage for the crew. ``over_by``: how much longer than it should the set that is on has played already.

    ``crew``: the first names of whoever works the coming changeover, which begins at ``changeover_at``.
    """

    stage: Stage
    lateness: Tag
    on: Showing | None
    over_by: timedelta | None
    coming: Showing | None
    changeover_at: datetime | None
    crew: tuple[str, ...]


def night_on_boards(event: Event, now: datetime) -> Night:
    """The event's night without its people, in one query; ``event`` was read with its stages."""
    order = select(Slot).where(Slot.event_id == event.id).order_by(Slot.position, Slot.starts_at, Slot.id)
    return night_of(event, event.stages, db.session.scalars(order.options(joinedload(Slot.act))).all(), now)


def house_stages(night: Night) -> list[NowNext]:
    """The stages of the show day that is on or next, as people are told; stages without a slot are left out."""
    found = [_now_next(stage) for stage in night.today.stages if any(_for_the_house(stage))]
    most = MOST_COMING if len(found) == 1 else 1
    return [replace(each, coming=each.coming[:most]) for each in found]


def wall_stages(night: Night, shifts: Sequence[Shift]) -> list[WallStage]:
    """Every stage of that day, as it is shown, with the people of its coming changeover."""
    crews = Crews(shifts)
    return [_wall_stage(stage, crews) for stage in night.today.stages]


def on_stage_now(stage: StageNight) -> Showing | None:
    """The slot that somebody marked as started and not yet as ended."""
    slot = stage.on
    if slot is None or slot.started_at is None:
        return None
    return Showing(slot, slot.started_at, slot.started_at + slot.length + slot.extension)


def coming_next(stage: StageNight) -> Showing | None:
    """The first slot to come, as it is shown."""
    slot = stage.next
    return _showing(slot, stage.seen(slot)) if slot else None


def page_of(rows: Sequence[Row], now: datetime, most: int = MOST_ROWS) -> tuple[Sequence[Row], int, int]:
    """As many rows as a screen holds, taking turns with the others; the number of the page, and of how many."""
    count = max(1, -(-len(rows) // most))
    number = turn(now) % count
    return rows[number * most : (number + 1) * most], number + 1, count


def turn(now: datetime) -> int:
    """A number that rises whenever a screen turns to its next page."""
    return int(now.timestamp() // TURNS_EVERY.total_seconds())


def _now_next(stage: StageNight) -> NowNext:
    """A stage that nobody runs goes by its plan; one that somebody runs, by what was marked."""
    seen, now = list(_for_the_house(stage)), stage.now
    to_come = [each for each in seen if each[1].state is SlotState.TO_COME]
    if stage.projection.attended:
        on = next((each for each in reversed(seen) if each[1].state is SlotState.ON), None)
    else:
        on = next((each for each in to_come if _starts(each) <= now < _ends(each)), None)
        to_come = [each for each in to_come if _starts(each) > now]
    is_held, coming = stage.held_since_at is not None, tuple(_showing(*each) for each in to_come)
    return NowNext(stage.stage, is_held, _showing(*on) if on else None, coming)


def _for_the_house(stage: StageNight) -> Iterator[tuple[Slot, ProjectedSlot]]:
    told = zip(stage.slots, stage.told.slots, strict=True)
    return (each for each in told if each[0].kind != SlotKind.SOUNDCHECK)


def _wall_stage(stage: StageNight, crews: Crews) -> WallStage:
    on, coming = on_stage_now(stage), coming_next(stage)
    changeover_at = stage.seen(coming.slot).changeover_starts_at if coming else None
    working = crews.of(coming.slot.id, changeover_at) if coming and changeover_at else []
    names = dict.fromkeys(
        sign_up.person.first_name for shift in working for sign_up in shift.sign_ups if sign_up.state in EXPECTED
    )
    over_by = stage.now - on.ends_at if on and stage.now >= on.ends_at else None
    return WallStage(stage.stage, _state(stage), on, over_by, coming, changeover_at, tuple(names))


def _state(stage: StageNight) -> Tag:
    """How late the stage is, or else how far over curfew; on hold, or where a press is missing, nobody knows."""
    if stage.held_since_at is not None:
        return lazy_pgettext("stage", "On hold"), "wait", "pause"
    expected = stage.projection.expects
    if expected is None or stage.projection.missed_since(stage.now) is None:
        return verdict(stage.late, stage.projection.over_curfew)[0]
    return (_l("No start marked") if expected.do == "start" else _l("No end marked")), "wait", None


def _showing(slot: Slot, seen: ProjectedSlot) -> Showing:
    starts_at = seen.starts_at or slot.starts_at
    return Showing(slot, whole_minute(starts_at), seen.ends_at or starts_at + slot.length)


def _starts(each: tuple[Slot, ProjectedSlot]) -> datetime:
    return each[1].starts_at or each[0].starts_at


def _ends(each: tuple[Slot, ProjectedSlot]) -> datetime:
    return each[1].ends_at or _starts(each) + each[0].length
