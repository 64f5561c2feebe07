"""The rules of an event: the defaults, as changed by the event."""

from datetime import timedelta

from sqlalchemy import select

from coordinator.core.rules import Override, Rule, asking_rules, effective_rules
from coordinator.db import db
from coordinator.shifts.models import VolunteerPolicy
from coordinator.shifts.queries.volunteer_policy import default_volunteer_policy

from ..models import RuleOverride

CALL = "call"  # the reminder that says when a performer must be there


def overrides_of(event_id: int) -> tuple[Override, ...]:
    """The event's changes to the default rules, in the order they were made."""
    rows = db.session.scalars(select(RuleOverride).where(RuleOverride.event_id == event_id).order_by(RuleOverride.id))
    return tuple(_as_value(row) for row in rows)


def rules_of(event_id: int) -> tuple[Rule, ...]:
    """The event's current rules, without the coordinators' digest, which has no anchor."""
    policy = db.session.get(VolunteerPolicy, event_id) or default_volunteer_policy()
    return effective_rules(overrides_of(event_id), asks_volunteers=policy.asks_to_confirm)


def first_ask_lead(event_id: int) -> timedelta | None:
    """How long before their set performers are first asked whether they will play; None where no reminder asks."""
    asks = asking_rules(rules_of(event_id))
    return asks[0].lead if asks else None


def call_lead(event_id: int) -> timedelta | None:
    """How long before their set performers are called; None where that reminder is turned off."""
    return next((rule.lead for rule in rules_of(event_id) if rule.key == CALL), None)


def _as_value(row: RuleOverride) -> Override:
    texts = {language: text for language, text in (("en", row.text_en), ("es", row.text_es)) if text}
    return Override(row.key, row.off, row.audience, row.anchor, row.lead, row.only_unconfirmed, texts)
