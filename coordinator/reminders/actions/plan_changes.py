"""A change of the plan with everything that depends on it: shifts that follow a slot, and people told a time."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from coordinator.core.show_time import local_text, zone_named
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.shifts.actions.plan_end import settle_plan_end
from coordinator.shifts.queries.planned import follows_of, planned_times, shifts_of
from coordinator.shownight.queries import plan_night

from ..previews.effects import Consequences
from ..previews.outlook import consequences_of_change

Changed = TypeVar("Changed")


def change_plan(event: Event, change: Callable[[], Changed]) -> Changed:
    """Make the change with everything that depends on it, in one transaction: following shifts, the end of the plan."""
    with transaction() as session:
        made = change()
        session.flush()
        follow_the_plan(event)
        settle_plan_end(event)
    return made


def consequences(
    event: Event, change: Callable[[], object], now: datetime, *, sender: str | None = None
) -> Consequences:
    """What the change would do, with everything that depends on it. Nothing is changed.

    ``sender``: the number texts come from, so that those who opted out of it count as people to call. Raises whatever
    the change itself raises. Don't call it within a transaction, which would keep the change.
    """
    return consequences_of_change(event, lambda: change_plan(event, change), now, sender=sender)


def follow_the_plan(event: Event) -> None:
    """Give every shift that follows a slot its current times; one that would get none keeps its old ones."""
    following = [(shift, follows) for shift in shifts_of(event) if (follows := follows_of(shift)) is not None]
    if not following:
        return
    planned = plan_night(event.id)
    zone = zone_named(event.zone)
    with transaction():
        for shift, follows in following:
            if span := planned_times(follows, planned).span:
                shift.starts_at, shift.ends_at = span
                shift.starts_local, shift.ends_local = (local_text(at, zone) for at in span)
