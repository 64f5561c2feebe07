"""The rules of an event: the house's own, as changed by the event."""

from sqlalchemy import select

from ...core.rules import Override, Rule, effective_rules
from ...db import db
from ...shifts.models import HouseRule
from ..models import RuleOverride


def overrides_of(event_id: int) -> tuple[Override, ...]:
    """What the event changes about the default rules, in the order in which it was said."""
    rows = db.session.scalars(select(RuleOverride).where(RuleOverride.event_id == event_id).order_by(RuleOverride.id))
    return tuple(_as_value(row) for row in rows)


def rules_of(event_id: int) -> tuple[Rule, ...]:
    """The rules in force for the event. The coordinators' digest is not among them: it has no anchor."""
    house = db.session.get(HouseRule, event_id)
    return effective_rules(overrides_of(event_id), asks_volunteers=house is not None and house.asks_to_confirm)


def _as_value(row: RuleOverride) -> Override:
    texts = {language: text for language, text in (("en", row.text_en), ("es", row.text_es)) if text}
    return Override(row.key, row.off, row.audience, row.anchor, row.lead, row.only_unconfirmed, texts)
