"""Saying what is on when presses are missing: each missing start is recorded at the time people were told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from coordinator.accounts.models import Actor
from coordinator.core.timeline import MISSED_AFTER, SlotPlan, SlotState
from coordinator.db import transaction
from coordinator.lineup.models import Slot

from ..models import Press, Verb
from ..queries import Night, StageNight
from ..refusals import NoSuchSlot, NothingIsMissing
from .charge import take_charge
from .presses import Pressed, ProposedPress, after_press
from .pressing import held_stage, press

Progress = Literal["on", "now", "over", "done"]


@dataclass(frozen=True, slots=True)
class WhatIsOn:
    """What someone says about a slot.

    ``on``: since its told start. ``now``: it starts now. ``over``: since its told end. ``done``: it ended just now.
    """

    slot_id: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Missing:
    """A press that was not made, and the instant at which it counts."""

    verb: Verb  # START or END
    slot: Slot
    at: datetime


def missed_start(stage: StageNight) -> Slot | None:
    """The first slot to come, if it should have started more than five minutes ago; on hold, before the hold began."""
    coming = stage.told.next
    if coming is None or coming.starts_at is None or stage.next is None:
        return None
    missed_at = max(coming.starts_at, stage.next.starts_at) + MISSED_AFTER
    return stage.next if missed_at < (stage.held_since_at or stage.now) else None


def missing(stage: StageNight, said: WhatIsOn, said_at: datetime | None = None) -> tuple[Missing, ...]:
    """The presses that make the statement true, in order: none is later than ``said_at``, by default now.

    An earlier slot that should not have started before the one that is on stays without a start. Raises NoSuchSlot.
    """
    slot = next((slot for slot in stage.slots if slot.id == said.slot_id), None)
    if slot is None or stage.told[slot.key].state not in (SlotState.ON, SlotState.TO_COME):
        raise NoSuchSlot
    now = said_at or stage.now
    own = tuple(_own(stage, slot, said.progress, now))
    begins_at = own[0].at if own and own[0].verb == Verb.START else now
    return (*_ahead(stage, slot, begins_at), *own)


def night_caught_up(night: Night, presses: Sequence[Missing]) -> Night:
    """The night as if these had been pressed. Raises a CannotPress."""
    for one in presses:
        stage = night.stage_of(one.slot.id)
        plan = stage.plans[stage.slots.index(one.slot)]
        night = night.supposing(one.slot.id, _pressed(one, plan, night.now))
    return night


def catch_up(
    stage_id: int, said: WhatIsOn, *, actor: Actor, now: datetime, said_at: datetime | None = None
) -> tuple[Press, ...]:
    """Press what is missing until the statement is true, and take charge of the stage; undone as one.

    ``said_at``: when it was said, if that was not ``now``.

    Raises NoSuchSlot if that slot is neither on nor to come, NothingIsMissing if it is already so.
    """
    with transaction() as session:
        made: list[Press] = []
        for one in missing(held_stage(session, stage_id, now), said, said_at):
            made.append(press(ProposedPress(one.verb, one.slot.id), actor=actor, now=now, at=one.at))
            session.flush()
            made[-1].tap_id = made[0].id
        if not made:
            raise NothingIsMissing
        take_charge(stage_id, actor=actor, now=now)
    return tuple(made)


def _own(stage: StageNight, slot: Slot, progress: Progress, now: datetime) -> Iterator[Missing]:
    told = stage.told[slot.key]
    was_to_begin_at = min(told.starts_at or now, now)
    if slot.started_at is None:
        yield Missing(Verb.START, slot, now if progress == "now" else was_to_begin_at)
    if progress in ("over", "done"):
        was_to_end_at = min(max(told.ends_at or now, was_to_begin_at), now)
        yield Missing(Verb.END, slot, now if progress == "done" else was_to_end_at)


def _ahead(stage: StageNight, slot: Slot, begins_at: datetime) -> Iterator[Missing]:
    """The missing starts of the slots before this one."""
    for other, seen in zip(stage.slots, stage.told.slots, strict=True):
        if other is slot:
            return
        if seen.state is SlotState.TO_COME and seen.starts_at and seen.starts_at <= begins_at:
            yield Missing(Verb.START, other, seen.starts_at)


def _pressed(one: Missing, plan: SlotPlan, now: datetime) -> SlotPlan:
    return after_press(one.verb, Pressed(one.slot.name, plan, one.at), now)
