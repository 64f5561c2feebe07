"""A change of the plan that makes someone's time wrong is shown before it is saved."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template, request

from coordinator.events.models import Event
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from coordinator.reminders.previews.effects import Consequences
from coordinator.services import services
from coordinator.web.typed import typed_again


def apply_or_confirm(event: Event, change: Callable[[], object], question: str, at: datetime) -> str | None:
    """Make the change, or return the page that asks for confirmation if that is missing.

    It asks if someone would have to be told or something would no longer fit; on a day of the show, whenever anything
    moves. Raises what the change itself raises.
    """
    if request.form.get("sure") != "1":
        found = what_it_does(event, change, at)
        if found.concerns_anybody or (event.is_on(at) and found.moves_anything):
            return asked(event, question, found)
    change_plan(event, change)
    return None


def what_it_does(event: Event, change: Callable[[], object], at: datetime) -> Consequences:
    """What the change would do; people who opted out are to be called."""
    return consequences(event, change, at, sender=services().gateway.sender)


def asked(event: Event, question: str, found: Consequences | None = None, *, back: str = "") -> str:
    """The page that asks, with everything that was typed; confirming sends the same form again.

    ``back``: where leaving it as it is leads; else to the running order.
    """
    values = {"question": question, "found": found, "back": back, "typed": typed_again()}
    return render_template("running_order/sure.html", event=event, **values)
