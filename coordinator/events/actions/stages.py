"""The stages of an event, and their curfews."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from ...core.show_time import local_text, zone_named
from ...db import transaction
from ..models import Event, Stage
from .names import free_key


def add_stage(event: Event, name: str, *, key: str | None = None) -> Stage:
    """A stage after the ones there are, without a curfew. ``key`` is made from the name unless given."""
    with transaction() as session:
        session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
        taken = session.scalars(select(Stage.key).where(Stage.event_id == event.id)).all()
        last = session.scalar(select(func.max(Stage.position)).where(Stage.event_id == event.id))
        stage = Stage(
            event_id=event.id,
            key=key or free_key(name, taken, otherwise="stage"),
            name=name,
            position=0 if last is None else last + 1,
        )
        session.add(stage)
        session.flush()
    return stage


def edit_stage(stage: Stage, *, name: str) -> None:
    """Call the stage something else; its key, which addresses may name, stays."""
    with transaction():
        stage.name = name


def set_curfew(stage: Stage, curfew_at: datetime | None) -> None:
    """When the stage must be quiet; None: no curfew. Read a wall time with core.show_time.instant_of first."""
    with transaction():
        stage.curfew_at = curfew_at
        stage.curfew_local = local_text(curfew_at, zone_named(stage.event.zone)) if curfew_at else None
