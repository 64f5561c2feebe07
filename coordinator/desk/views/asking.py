"""A change of the plan that makes somebody's time wrong is shown before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import render_template, request

from ...events.models import Event
from ...house import house
from ..planning import NewlyTold, change_plan, consequences

NOT_KEPT = frozenset({"csrf_token", "sure"})


def kept_or_asked(event: Event, change: Callable[[], object], question: str, at: datetime) -> str | None:
    """Make the change, or give back the page that asks: when somebody was told a time, and nobody has said yes yet.

    Raises what the change itself raises.
    """
    if request.form.get("sure") != "1":
        told = whom_it_concerns(event, change, at)
        if told:
            return asked(event, question, told)
    change_plan(event, change)
    return None


def whom_it_concerns(event: Event, change: Callable[[], object], at: datetime) -> tuple[NewlyTold, ...]:
    """Whom the change makes wrong about a time; those who opted out are to be called."""
    return consequences(event, change, at, sender=house().gateway.sender)


def asked(event: Event, question: str, told: Sequence[NewlyTold] = ()) -> str:
    """The page that asks, with all that was typed; pressing it sends the same form once more."""
    return render_template("lineup/sure.html", event=event, question=question, told=told, typed=typed_again())


def typed_again() -> list[tuple[str, str]]:
    """All that was typed, to be sent once more."""
    return [(name, value) for name, value in request.form.items(multi=True) if not _is_left_out(name)]


def _is_left_out(name: str) -> bool:
    return name in NOT_KEPT or name.endswith("-csrf_token")
