"""An event's rules for its volunteers."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy import inspect, null

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.events.models import Event

from ..models import VolunteerPolicy
from ..queries.volunteer_policy import volunteer_policy_of


class VolunteerPolicyChanges(TypedDict, total=False):
    """Changes to the rules; what is left out stays. See VolunteerPolicy for the meanings."""

    walking: timedelta
    rest: timedelta
    longest: timedelta | None
    minors_until: time | None
    leave_until: timedelta
    promote_until: timedelta
    offer_until: timedelta
    offer_lasts: timedelta
    asks_whom: str
    asks_to_confirm: bool
    worry_before: timedelta
    hour_is_worth: Decimal | None
    raised: Decimal | None


def edit_volunteer_policy(
    event: Event, *, actor: Actor, now: datetime, **changes: Unpack[VolunteerPolicyChanges]
) -> VolunteerPolicy:
    """Change what is given; people already on shifts stay on them."""
    with transaction() as session:
        rule = volunteer_policy_of(event)
        before = {column: str(getattr(rule, column)) for column in changes}
        is_new = inspect(rule).transient
        for column, value in changes.items():
            setattr(rule, column, null() if is_new and value is None else value)  # None would become the default
        session.add(rule)
        after: JsonObject = {column: str(value) for column, value in changes.items()}
        record(event, actor, "house_rule.edited", event.slug, now=now, before=before, after=after)
    return rule
