"""The pages of the night: one stage of it, and its people."""

from datetime import datetime
from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_days import ShowDay
from coordinator.events.models import Event
from coordinator.lineup.queries import slot_with_key
from coordinator.messaging.queries.calls import open_calls, ticked_calls
from coordinator.messaging.queries.texts import counts, inbox, next_due
from coordinator.reminders.previews.outlook import outlook
from coordinator.reminders.queries.asking import coming_of
from coordinator.reminders.queries.call_times import called_in
from coordinator.reminders.queries.rules import call_lead
from coordinator.services import services
from coordinator.shifts.queries.arrivals import arrivals_of
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shifts.queries.who_is_here import here_on
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight, night, presses_in_force
from coordinator.shownight.queries.boards import silent_boards
from coordinator.web.chosen_days import asked_day
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator
from coordinator.web.live import live_page
from coordinator.web.offline import may_be_kept
from coordinator.web.pause_status import event_etag

from ..page import Known, tonight
from ..previewing import Asked, asked_in
from .blueprint import bp

GOING_OUT = 12  # texts that are shown before they leave


@bp.get("/coordinate/<slug>/show")
@needs(Permission.SEE_PLAN)
def show(slug: str) -> ResponseReturnValue:
    """One stage of the night; ``?verb=late&slot=…&by=10`` previews a press."""
    event, at = our_event(slug), now()
    return may_be_kept(live_page(_etag(event, at), lambda: _page(event, at)), event, at)


@bp.get("/coordinate/<slug>/people")
@needs(Permission.SEE_PLAN)
def people(slug: str) -> ResponseReturnValue:
    """Arrivals: everyone of the show day that is on or next by call time, where they stand, and their phones."""
    event, at = our_event(slug), now()

    def page() -> str:
        seen, today = night(event.id, at).today, event.current_day(at)
        shifts = [shift for shift in shifts_of(event) if event.day_of(shift.starts_at) == today]
        return render_template(
            "show_night/people.html",
            event=event,
            now=at,
            coming=coming_of([sign_up for shift in shifts for sign_up in shift.sign_ups]),
            arrivals=arrivals_of(seen, shifts, partial(called_in, seen, lead=call_lead(event.id))),
            calls=open_calls(event.id, at),
            told=ticked_calls(event.id, at),
            needs=_needs(),
        )

    return may_be_kept(live_page(_etag(event, at), page), event, at)


@bp.get("/coordinate/<slug>/show/texts")
@needs(Permission.HANDLE_TEXTS)
def texts(slug: str) -> ResponseReturnValue:
    """The texts of the night: what waits for an answer, what goes out next."""
    event, at = our_event(slug), now()

    def page() -> str:
        waiting = inbox(the_coordinator().organisation_id)
        coming = next_due(event.id, GOING_OUT)
        return render_template(
            "show_night/texts.html",
            event=event,
            now=at,
            waiting=waiting,
            coming=coming,
            counts=counts(event.id),
            needs=_needs(),
        )

    return live_page(_etag(event, at), page)


def _page(event: Event, at: datetime) -> str:
    ahead = outlook(event.id, at, sender=services().gateway.sender)
    asked = _asked(event)
    day = _day(event, asked, at)
    stages = {stage.stage.key: stage for stage in ahead.night.stages_on(day)}
    stage = _stage(stages, asked)
    if stage is None:
        return render_template("show_night/show.html", event=event, now=at, shown=None, needs=_needs())
    known = Known(presses_in_force(event.id), open_calls(event.id, at), call_lead(event.id), here_on(day, ahead.night))
    return render_template(
        "show_night/show.html",
        event=event,
        now=at,
        shown=tonight(ahead, stage, asked, known, current_actor(), tuple(stages.values())),
        needs=_needs(),
        day=day,
        is_today=event.is_on(at) and day == event.current_day(at),
        silent=silent_boards(event, at),
    )


def _day(event: Event, asked: Asked | None, at: datetime) -> ShowDay:
    """The chosen day, or the one of the previewed press, or else the day that is on, or the next."""
    return event.day_of(asked.slot.starts_at) if asked else asked_day(event, request.args, at)


def _stage(stages: dict[str, StageNight], asked: Asked | None) -> StageNight | None:
    """The chosen stage, or the one of the previewed press, or else the first."""
    key = asked.slot.stage.key if asked else request.args.get("stage", "")
    return stages.get(key) or next(iter(stages.values()), None)


def _asked(event: Event) -> Asked | None:
    verb, slot_key = request.args.get("verb", ""), request.args.get("slot", "")
    if verb not in list(Verb) or not slot_key:
        return None
    slot = slot_with_key(event.id, slot_key)
    return asked_in(request.args, verb, slot) if slot else None


def _etag(event: Event, at: datetime) -> str:
    """The ETag of the page, including which stage and press it shows."""
    return f"{event_etag(event, at)}-{request.full_path}"


def _needs() -> dict[str, int]:
    return {"show_night.texts": len(inbox(the_coordinator().organisation_id))}
