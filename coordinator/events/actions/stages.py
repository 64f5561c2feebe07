"""The stages of an event, and their curfews."""

from datetime import datetime

from sqlalchemy import func, select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.show_time import local_text, zone_named
from coordinator.db import transaction

from ..models import Event, Stage
from .days import NO_CURFEWS, Curfews, set_curfews
from .locking import lock_event
from .names import free_key


def add_stage(
    event: Event, name: str, *, actor: Actor, now: datetime, curfews: Curfews = NO_CURFEWS, key: str | None = None
) -> Stage:
    """Add a stage after the existing ones, with these curfews. ``key`` is made from the name unless given."""
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
        taken = session.scalars(select(Stage.key).where(Stage.event_id == event.id)).all()
        last = session.scalar(select(func.max(Stage.position)).where(Stage.event_id == event.id))
        stage = Stage(event_id=event.id, key=key or free_key(name, taken, otherwise="stage"))
        stage.position, stage.name = 0 if last is None else last + 1, name
        set_curfews(event, stage.key, curfews)
        session.add(stage)
        session.flush()
        record(event, actor, "stage.added", stage.key, now=now, after=_facts_of(event, stage))
    return stage


def edit_stage(stage: Stage, *, name: str, curfews: Curfews = NO_CURFEWS, actor: Actor, now: datetime) -> None:
    """Set the stage's name, and its curfew on these show days. Its key stays, because URLs may contain it."""
    with transaction() as session:
        event = stage.event
        lock_event(session, event.id)
        before = _facts_of(event, stage)
        stage.name = name
        set_curfews(event, stage.key, curfews)
        record(event, actor, "stage.changed", stage.key, now=now, before=before, after=_facts_of(event, stage))


def _facts_of(event: Event, stage: Stage) -> dict[str, str | None]:
    zone = zone_named(event.zone)
    curfews = [local_text(at, zone) for day in event.days if (at := day.curfew_at(stage.key))]
    return {"name": stage.name, "curfew": ", ".join(curfews) or None}
