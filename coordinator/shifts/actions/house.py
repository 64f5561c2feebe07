"""What an event asks of its volunteers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import inspect, null

from ...db import transaction
from ...events.models import Event
from ...shownight.actions import By
from ..models import HouseRule
from ..queries import house_rule_of
from .recording import record_plan


class HouseRuleChanges(TypedDict, total=False):
    """What may be changed; what is left out stays. See HouseRule for the meanings."""

    walking: timedelta
    rest: timedelta
    longest: timedelta | None
    minors_until: time | None
    leave_until: timedelta
    promote_until: timedelta
    offer_until: timedelta
    offer_lasts: timedelta
    asks_to_confirm: bool
    worry_before: timedelta
    hour_is_worth: Decimal | None
    raised: Decimal | None


def edit_house_rule(event: Event, *, by: By, now: datetime, **changes: Unpack[HouseRuleChanges]) -> HouseRule:
    """Change what is given; people who are on shifts already stay on them."""
    with transaction() as session:
        rule = house_rule_of(event)
        before = {column: str(getattr(rule, column)) for column in changes}
        is_new = inspect(rule).transient
        for column, value in changes.items():
            setattr(rule, column, null() if is_new and value is None else value)  # None would become the default
        session.add(rule)
        after: dict[str, Any] = {column: str(value) for column, value in changes.items()}
        record_plan(event, "house_rule.edited", event.slug, by, now, before=before, after=after)
    return rule
