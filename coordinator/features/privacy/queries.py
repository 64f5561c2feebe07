"""Who runs shows here."""

from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.events.models import Event


def hosts() -> list[str]:
    """The names of the organizations with a published show, in alphabetical order."""
    theirs = select(Organisation.name).join(Event, Event.organisation_id == Organisation.id).where(Event.published)
    return list(db.session.scalars(theirs.distinct().order_by(Organisation.name)))
