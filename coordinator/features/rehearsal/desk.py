"""What the desk does beside its presses: hold a stage, let it go on, ask a stand-in, swap two acts, mark a no-show."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.cover import Sign
from coordinator.db import db, transaction
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.features.dead_air.queries import hole_before
from coordinator.lineup.actions.moves import move_slot
from coordinator.lineup.models import Act, Slot, StandIn
from coordinator.lineup.queries import of_its_day, running_order
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.reminders.actions.stage_holds import go_on_and_tell, hold_and_tell
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.models import HOLDING, Shift, SignUp
from coordinator.shownight.actions.offers import ask_stand_ins
from coordinator.shownight.queries import night

from .steps import HOLD, BadScript, RehearsalStep


class Who(TypedDict):
    """Who does it, and when."""

    actor: Actor
    now: datetime


def hold_or_go_on(step: RehearsalStep, stage: Stage, *, actor: Actor, now: datetime) -> None:
    """Hold the stage for the reason of the step, or let it go on in its minutes. Raises CannotPress."""
    if step.do == HOLD:
        hold_and_tell(stage.id, step.body, actor=actor, now=now)
    else:
        go_on_and_tell(stage.id, step.minutes, actor=actor, now=now)


def swap(event: Event, slot: Slot, *, actor: Actor, now: datetime) -> None:
    """Swap the slot with the one after it. Raises CannotPlan."""
    place = of_its_day(slot, running_order(slot.stage)).index(slot) + 1
    change_plan(event, lambda: move_slot(slot, place, actor=actor, now=now))


def ask_stand_in(event: Event, step: RehearsalStep, slot: Slot, *, actor: Actor, now: datetime) -> None:
    """Ask the act of the step whether it plays in the hole before the slot. Raises BadScript, CannotPress.

    An event document has no list of stand-ins, so any act of the show may be asked, for as long as there is room.
    """
    act = db.session.scalar(select(Act).where(Act.event_id == event.id, Act.key == step.act))
    if act is None:
        raise BadScript(_l("There is no act %(name)s.", name=repr(step.act)))
    hole = hole_before(event, night(event.id, now), slot)
    if hole is None or not hole.room:
        raise BadScript(_l("There's no gap of more than ten minutes before %(name)s at that time.", name=slot.name))
    with transaction() as session:
        stand_in = session.scalar(select(StandIn).where(StandIn.act_id == act.id))
        if stand_in is None:
            stand_in = StandIn(event_id=event.id, act=act, minutes_away=0, length=hole.room)
            session.add(stand_in)
        stand_in.length = hole.room
        session.flush()
        ask_stand_ins(slot.id, [stand_in.id], hole.starts_at, hole.room, actor=actor, now=now)


def mark_no_show(event: Event, step: RehearsalStep, *, actor: Actor, now: datetime) -> None:
    """The person of the step didn't come to their shift that is on, or else their next. Raises BadScript."""
    theirs = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(EventPerson, EventPerson.person_id == SignUp.person_id)
        .where(EventPerson.event_id == event.id, Shift.event_id == event.id, EventPerson.key == step.sender)
        .where(SignUp.state.in_(HOLDING), Shift.cancelled_at.is_(None), Shift.ends_at > now)
    )
    sign_up = db.session.scalars(theirs.order_by(Shift.starts_at)).first()
    if sign_up is None:
        raise BadScript(_l("%(name)s has no shift to come at that time.", name=step.sender or ""))
    mark(sign_up, Sign.NO_SHOW, key=new_key(), at=now, actor=actor, now=now)
