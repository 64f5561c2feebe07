"""What an event asks of its volunteers and how it fills their places."""

from __future__ import annotations

from ...core.cover import Filling
from ...db import db
from ...events.models import Event
from ..models import HouseRule


def house_rule_of(event: Event) -> HouseRule:
    """What the event asks of its volunteers; the defaults, in no database, where nobody has changed them."""
    return db.session.get(HouseRule, event.id) or default_house_rule(event.id)


def default_house_rule(event_id: int | None = None) -> HouseRule:
    """What is asked where nobody has said otherwise; in no database."""
    columns = HouseRule.__table__.columns
    fixed = {column.key: column.default.arg for column in columns if column.default is not None}
    return HouseRule(event_id=event_id, **fixed)


def filling_of(rule: HouseRule) -> Filling:
    """The same as the core's value, of how places are filled."""
    return Filling(rule.promote_until, rule.offer_until, rule.offer_lasts)
