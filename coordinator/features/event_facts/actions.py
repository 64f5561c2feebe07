"""Show days, with everything that depends on them."""

from datetime import date, datetime

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.days import add_day, remove_day
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.reminders.actions.plan_changes import change_plan

from .queries import days_in_use


def add_show_day(event: Event, on: date, *, actor: Actor, now: datetime) -> None:
    """Give the event another show day. Raises CannotKeepDays."""
    change_plan(event, lambda: add_day(event, on, actor=actor, now=now))


def remove_show_day(event: Event, on: date, *, actor: Actor, now: datetime) -> None:
    """Take away a show day on which nothing is planned. Raises CannotKeepDays."""
    with transaction() as session:
        lock_event(session, event.id)
        in_use = days_in_use(event)
        change_plan(event, lambda: remove_day(event, on, in_use=in_use, actor=actor, now=now))
