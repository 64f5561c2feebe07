"""Holding a stage, for weather or a power cut, with no end known; and letting it go on, which moves what comes next."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.core.rules import UNDO
from coordinator.core.show_time import whole_minute
from coordinator.db import transaction
from coordinator.events.models import Stage
from coordinator.lineup.actions.writing import facts_of, put_in_order, start_at
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.outbox import bring_back, withdraw
from coordinator.messaging.models import Message

from ..models import HOLD, HOLD_OVER, MOST_LATE, Press
from ..queries import StageNight
from ..refusals import HoldIsTold, MinutesOutOfRange, NoReason, NotOnHold
from .charge import take_charge
from .presses import MOST_LONGER
from .pressing import declare_late, extend_set, held_stage

MINUTE = timedelta(minutes=1)
MOST_REASON = 200
BEFORE = "hold"  # the hold that a press ended, among what was before it
INSTANTS = ("held_at", "went_on_at")


def hold_stage(stage_id: int, reason: str, *, actor: Actor, now: datetime) -> bool:
    """Nothing starts on the stage until it goes on; ``actor`` runs it. On hold already, only the reason changes.

    Whether it was not on hold before. Raises NoReason.
    """
    why = " ".join(reason.split())[:MOST_REASON]
    if not why:
        raise NoReason
    with transaction() as session:
        night = held_stage(session, stage_id, now)
        stage, before = night.stage, _hold_of(night.stage)
        is_new = night.held_since_at is None
        if is_new:
            take_charge(stage_id, actor=actor, now=now)
            stage.held_at, stage.held_by = now, actor.name
        stage.held_reason = why
        record(stage.event, actor, "stage.held", f"stage:{stage.id}", now=now, before=before, after=_hold_of(stage))
    return is_new


def let_stage_go_on(stage_id: int, minutes: int | None, *, actor: Actor, now: datetime) -> datetime:
    """The stage goes on in so many minutes, 0 to 240. Returns since when it was on hold.

    The set that is on gets the time back that it lost; if none is on, what comes next starts then, unless it is
    planned for later and may not begin early. Raises NotOnHold, MinutesOutOfRange.
    """
    if minutes is None or not 0 <= minutes <= MOST_LATE:
        raise MinutesOutOfRange(0, MOST_LATE)
    with transaction() as session:
        night = held_stage(session, stage_id, now)
        stage, before, since_at = night.stage, _hold_of(night.stage), night.held_since_at
        if since_at is None:
            raise NotOnHold(stage.name)
        made = _move(night, since_at, whole_minute(now) + minutes * MINUTE, actor)
        if made is not None:
            made.before = {**made.before, BEFORE: _hold_to_restore(stage)}
        stage.held_at = stage.held_by = stage.held_reason = None
        stage.went_on_at = now
        record(stage.event, actor, "stage.goes_on", f"stage:{stage.id}", now=now, before=before, after=_hold_of(stage))
    return since_at


def undo_hold(stage_id: int, *, actor: Actor, now: datetime) -> datetime:
    """The stage was never on hold: possible until its texts go out. Returns since when it was on hold; nothing moves.

    Raises NotOnHold, HoldIsTold.
    """
    with transaction() as session:
        night = held_stage(session, stage_id, now)
        stage, before, since_at = night.stage, _hold_of(night.stage), night.held_since_at
        if since_at is None:
            raise NotOnHold(stage.name)
        if now >= since_at + UNDO:
            raise HoldIsTold(stage.name)
        stage.held_at = stage.held_by = stage.held_reason = None
        record(stage.event, actor, "stage.goes_on", f"stage:{stage.id}", now=now, before=before, after=_hold_of(stage))
    return since_at


def hold_again(session: Session, press: Press, *, actor: Actor, now: datetime) -> None:
    """The press that let a stage go on is being undone: until its texts go out, the stage is on hold as it was.

    Those texts are withdrawn, and those about the hold that it withdrew wait again. Later, people know that it goes on.
    """
    was, stage = press.before.get(BEFORE), press.slot.stage
    if was is None or stage.held_at is not None or stage.went_on_at != press.pressed_at or now >= _told_at(press):
        return
    for name in INSTANTS:
        setattr(stage, name, datetime.fromisoformat(was[name]) if was[name] else None)
    stage.held_by, stage.held_reason = was["held_by"], was["held_reason"]
    record(stage.event, actor, "stage.held", f"stage:{stage.id}", now=now, after=_hold_of(stage))
    ours = (Message.event_id == press.event_id, Message.rule.in_((HOLD, HOLD_OVER)))
    of_stage = tuple(f"{HOLD}:{slot.id}:" for slot in session.scalars(select(Slot).where(Slot.stage_id == stage.id)))
    for text in session.scalars(select(Message).where(*ours).order_by(Message.id)):
        if not (text.dedupe_key or "").startswith(of_stage):
            continue
        if text.rule == HOLD_OVER and text.created_at == press.pressed_at:
            withdraw(text, now=now, cause="the stage is on hold again")
        elif text.rule == HOLD and text.finished_at == press.pressed_at:
            bring_back(text, now=now, cause="the stage is on hold again")


def _told_at(press: Press) -> datetime:
    return press.pressed_at + UNDO


def _move(night: StageNight, since_at: datetime, goes_on_at: datetime, actor: Actor) -> Press | None:
    if night.on is not None:
        lost = -(-(goes_on_at - max(since_at, night.on.started_at or since_at)) // MINUTE)
        return extend_set(night.on.id, max(1, min(lost, MOST_LONGER)), actor=actor, now=night.now)
    if night.next is not None:
        stands_at = night.told[night.next.key].starts_at
        if stands_at is None or goes_on_at > stands_at:
            if goes_on_at <= night.next.starts_at:
                _plan_early(night, night.next, goes_on_at, actor)
                return None
            late = -(-(goes_on_at - night.next.starts_at) // MINUTE)
            return declare_late(night.next.id, min(late, MOST_LATE), actor=actor, now=night.now)
    return None


def _plan_early(night: StageNight, slot: Slot, starts_at: datetime, actor: Actor) -> None:
    """Plan a slot that could have begun early for this instant; lateness, which counts from its plan, can't say so."""
    before, slot.early_ok = facts_of(slot), False
    start_at(slot, starts_at, slot.event.zone)
    put_in_order(slot.stage)
    record(slot.event, actor, "slot.changed", slot.key, now=night.now, before=before, after=facts_of(slot))


def _hold_of(stage: Stage) -> JsonObject:
    return {"held_by": stage.held_by, "reason": stage.held_reason}


def _hold_to_restore(stage: Stage) -> JsonObject:
    instants = {name: getattr(stage, name) for name in INSTANTS}
    held = {"held_by": stage.held_by, "held_reason": stage.held_reason}
    return held | {name: at and at.isoformat() for name, at in instants.items()}
