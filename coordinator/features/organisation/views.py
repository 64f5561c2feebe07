"""All the shows of the coordinator's organization, and what its public pages were asked."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.actions.events import close_sign_up, open_sign_up
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.events.queries import events_of
from coordinator.services import services
from coordinator.web.guard import current_actor, may_open, needs, our_event, the_coordinator

from . import labels
from .doors import code_cost, door_reports

bp = Blueprint("organisation", __name__)

ELSEWHERE = "America/New_York"  # whose manner sums are written in without a show
SOON_PAST = timedelta(days=2)  # shows stay on the page of the public pages so long


@bp.get("/coordinate/")
@needs(Permission.OWN_ACCOUNT)
def shows() -> ResponseReturnValue:
    """All shows; redirects to the only one if there is just one."""
    events = events_of(the_coordinator().organisation_id)
    first = "overview.overview" if may_open("overview.overview") else "check_in.tonight"
    if len(events) == 1 and "all" not in request.args:
        return redirect(url_for(first, slug=events[0].slug), 303)
    return render_template("organisation/shows.html", events=events, first=first, now=now())


@bp.get("/coordinate/organisation/doors")
@needs(Permission.WATCH_PUBLIC_PAGES)
def doors() -> ResponseReturnValue:
    """What was tried on the public pages, what was refused and why, what it cost; and the switches."""
    whose, settings, at = the_coordinator().organisation, services().settings, now()
    events = _with_open_pages(whose.id, at)
    return render_template(
        "organisation/doors.html",
        labels=labels,
        reports=door_reports(whose.id, at),
        cost=code_cost(whose.id, settings.price_per_segment, at),
        currency=settings.price_currency,
        organisation=whose,
        events=events,
        zone=events[0].zone if events else ELSEWHERE,
    )


@bp.post("/coordinate/organisation/doors")
@needs(Permission.WATCH_PUBLIC_PAGES)
def switch_sign_up() -> ResponseReturnValue:
    """Close sign-up for a show, with its codes, or open it again."""
    event = our_event(request.form.get("show", ""))
    if request.form.get("closed") == "1":
        close_sign_up(event, actor=current_actor(), now=now())
        flash(_("Sign-up for %(show)s is closed. Nobody gets a code for it.", show=called(event)), "ok")
    elif request.form.get("closed") == "0":
        open_sign_up(event, actor=current_actor(), now=now())
        flash(_("Sign-up for %(show)s is open.", show=called(event)), "ok")
    else:
        abort(400)
    return redirect(url_for(".doors", _anchor="switches"), 303)


def _with_open_pages(organisation_id: int, at: datetime) -> list[Event]:
    """Public shows that are not past, the next one first."""
    first_on = (at - SOON_PAST).date()
    return [event for event in reversed(events_of(organisation_id)) if event.published and event.dates[-1] >= first_on]
