"""For which show a code is sent when someone looks for their own page."""

from datetime import datetime

from sqlalchemy import select

from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import front_event, public_event


def show_for_codes(slug: str | None, now: datetime) -> Event | None:
    """The show named in the URL, else the one that is on or next, else the last; None while there is none.

    It must not depend on who asks: whether we know the number stays secret.
    """
    newest = select(Event).where(Event.published).order_by(Event.date.desc(), Event.id.desc()).limit(1)
    named = public_event(slug) if slug else None
    return named or front_event(now) or db.session.scalars(newest).first()
