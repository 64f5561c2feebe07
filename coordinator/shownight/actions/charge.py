"""Taking charge of a stage, and giving it back: whether someone is there who marks what happens."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event, Stage


def take_charge(stage_id: int, *, actor: Actor, now: datetime) -> Stage:
    """Someone runs the stage from now on. Changes nothing if someone already does.

    Raises NoResultFound if there is no such stage.
    """
    with transaction() as session:
        stage = _held(session, stage_id)
        if stage.run_since_at(stage.event.current_day(now)) is None:
            stage.attended_at, stage.attended_by = now, actor.name
            _record(stage, "stage.attended", None, actor, now)
    return stage


def give_back_charge(stage_id: int, *, actor: Actor, now: datetime) -> Stage:
    """Nobody runs the stage anymore; presses that were made stay. Changes nothing if nobody did.

    Raises NoResultFound if there is no such stage.
    """
    with transaction() as session:
        stage = _held(session, stage_id)
        if stage.run_since_at(stage.event.current_day(now)) is not None:
            before, stage.attended_at, stage.attended_by = stage.attended_by, None, None
            _record(stage, "stage.attended.undone", before, actor, now)
    return stage


def _held(session: Session, stage_id: int) -> Stage:
    """The stage, with its event locked against other presses."""
    owner = select(Event).join(Stage, Stage.event_id == Event.id).where(Stage.id == stage_id)
    session.scalars(owner.with_for_update(of=Event)).one()
    return session.get_one(Stage, stage_id, populate_existing=True)


def _record(stage: Stage, verb: str, before: str | None, actor: Actor, now: datetime) -> None:
    was, becomes = {"attended_by": before}, {"attended_by": stage.attended_by}
    record(stage.event, actor, verb, f"stage:{stage.id}", now=now, before=was, after=becomes)
