"""A copy of a night in memory: in another app like this one, whose database is gone with its connection."""

from dataclasses import replace
from datetime import datetime

from config import Settings
from coordinator.accounts.actions.accounts import add_organisation
from coordinator.db import Base, db, transaction
from coordinator.events.models import Event
from coordinator.features.event_document.apply import DOCUMENT, load
from coordinator.features.event_document.entries import Document
from coordinator.lineup.queries import slots_of

from .playing import begins_at
from .steps import RehearsalStep

WHEN_MADE = ("created_at", "joined_at")


def in_memory(settings: Settings) -> Settings:
    """The settings of an app that keeps nothing and reaches nobody."""
    return replace(settings, database_url="sqlite:///:memory:", twilio=None, smtp_url=None, heartbeat_url=None)


def copy_of(document: Document, *, organisation: str, now: datetime) -> tuple[Event, list[RehearsalStep]]:
    """The night in the empty database of the current app, as it was before its first moment, and what has happened.

    ``organisation`` is the name that texts begin with. Raises BadDocument, BadScript.
    """
    Base.metadata.create_all(db.engine)
    event = load(document, add_organisation(organisation, now, actor=DOCUMENT), now=now).event
    return event, _as_if_new(event, begins_at(event))


def _as_if_new(event: Event, first: datetime) -> list[RehearsalStep]:
    """Everything counts as there from the beginning; facts in the document happen at their own times."""
    with transaction() as session:
        for mapper in Base.registry.mappers:
            for name in set(WHEN_MADE) & set(mapper.columns.keys()):
                for row in session.query(mapper.class_):
                    setattr(row, name, first)
        return _facts_as_steps(event)


def _facts_as_steps(event: Event) -> list[RehearsalStep]:
    steps = []
    for slot in slots_of(event):
        facts = (("start", slot.started_at), ("end", slot.ended_at)) if slot.cancelled_at is None else ()
        steps += [RehearsalStep(at, verb, slot.key) for verb, at in facts if at is not None]
        slot.started_at = slot.ended_at = None
    return steps
