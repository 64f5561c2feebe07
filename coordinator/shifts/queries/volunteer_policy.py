"""An event's rules for its volunteers, and how it fills spots."""

from coordinator.core.cover import Filling
from coordinator.db import db
from coordinator.events.models import Event

from ..models import VolunteerPolicy


def volunteer_policy_of(event: Event) -> VolunteerPolicy:
    """The event's rules; the defaults, without a row, if nobody has changed them."""
    return db.session.get(VolunteerPolicy, event.id) or default_volunteer_policy(event.id)


def default_volunteer_policy(event_id: int | None = None) -> VolunteerPolicy:
    """The default rules, without a row."""
    columns = VolunteerPolicy.__table__.columns
    fixed = {column.key: column.default.arg for column in columns if column.default is not None}
    return VolunteerPolicy(event_id=event_id, **fixed)


def filling_of(rule: VolunteerPolicy) -> Filling:
    """How spots are filled, as the core's value."""
    return Filling(rule.promote_until, rule.offer_until, rule.offer_lasts)
