"""Calls for the pages that show them, and for the plan that makes them."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from coordinator.db import db

from ..models import Call


def open_calls(event_id: int, now: datetime) -> list[Call]:
    """Whom someone has to call about this event, with the people, the most urgent first."""
    return _calls(event_id, Call.ticked_at.is_(None), Call.withdrawn_at.is_(None), Call.useful_until > now)


def ticked_calls(event_id: int, now: datetime) -> list[Call]:
    """The calls that were made and are still about something to come, with the people."""
    return _calls(event_id, Call.ticked_at.is_not(None), Call.useful_until > now)


def call_of(event_id: int, call_id: int) -> Call | None:
    """The event's call of this id; None when there is none."""
    return db.session.scalars(select(Call).where(Call.event_id == event_id, Call.id == call_id)).one_or_none()


def calls_mark(event_id: int) -> str:
    """What differs whenever a call of the event is made, ticked or withdrawn: part of a page's ETag."""
    ours = select(func.count(Call.id), func.max(Call.changed_at)).where(Call.event_id == event_id)
    number, changed_at = db.session.execute(ours).one()
    return f"{number}@{changed_at}"


def _calls(event_id: int, *which: ColumnElement[bool]) -> list[Call]:
    found = select(Call).where(Call.event_id == event_id, *which).options(selectinload(Call.person))
    return list(db.session.scalars(found.order_by(Call.useful_until, Call.id)))
