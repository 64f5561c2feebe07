"""Shifts at risk, for coordinators: who may not come, whom we ask instead, who is on standby."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.features.shift_plan.queries.volunteers import names_of, person_called
from coordinator.lineup.refusals import TooEarly
from coordinator.people.queries import person_by_id
from coordinator.shifts.actions.attendance import check_in
from coordinator.shifts.actions.clashes import accept_clash as accept
from coordinator.shifts.actions.clashes import reopen_clash as reopen
from coordinator.shifts.actions.coming import stand_by, stand_down
from coordinator.shifts.actions.covering import look_for_somebody, stop_looking
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.models import SignUp
from coordinator.shifts.queries.clashes import acceptance_of, clashes_in, clashes_of, standing
from coordinator.shifts.queries.planned import shift_of, shifts_of, sign_up_of
from coordinator.shifts.queries.searching import searches_of
from coordinator.shifts.refusals.leaving import CannotLeaveShift
from coordinator.shownight.queries import night
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.labels import called
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .queries import risk_of

PAGES = {"overview": "overview.overview", "order": "running_order.running_order", "risk": "cover.risk"}

bp = Blueprint("cover", __name__, url_prefix="/coordinate/<slug>/volunteers")


@bp.get("/risk")
@needs(Permission.SEE_PLAN)
def risk(slug: str) -> ResponseReturnValue:
    """Everyone who may not come, the most urgent first."""
    event, at = our_event(slug), now()
    return live_page(event_etag(event, at), lambda: _page(event, at))


@bp.post("/sign-ups/<int:sign_up_id>/replace")
@needs(Permission.EDIT_PLAN)
def replace(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Search for someone to replace this person, who keeps the spot until then."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    try:
        look_for_somebody(sign_up.shift, sign_up, actor=current_actor(), now=now())
        flash(
            _("We're looking for someone for %(role)s. The first texts go out in 30 seconds.", role=_role(sign_up)),
            "ok",
        )
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(slug)


@bp.post("/shifts/<key>/search")
@needs(Permission.EDIT_PLAN)
def search(slug: str, key: str) -> ResponseReturnValue:
    """Search for one more person for a shift with a free spot."""
    shift = shift_of(our_event(slug).id, key) or abort(404)
    if shift.places_left and shift.cancelled_at is None:
        look_for_somebody(shift, None, actor=current_actor(), now=now())
        flash(
            _("We're looking for someone for %(role)s. The first texts go out in 30 seconds.", role=called(shift.role)),
            "ok",
        )
    else:
        flash(_("%(role)s has no open spots.", role=called(shift.role)), "wait")
    return _back(slug)


@bp.post("/searches/<int:search_id>/end")
@needs(Permission.EDIT_PLAN)
def stop(slug: str, search_id: int) -> ResponseReturnValue:
    """End the search; people who were asked are told."""
    found = next((each for each in searches_of(our_event(slug)) if each.id == search_id), None) or abort(404)
    stop_looking(found, actor=current_actor(), now=now())
    flash(_("We've stopped looking. Everyone we asked will be told."))
    return _back(slug)


@bp.post("/sign-ups/<int:sign_up_id>/there")
@needs(Permission.CHECK_IN)
def there(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Mark them as here after all."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    try:
        check_in(sign_up, now=now(), actor=current_actor())
        flash(_("%(name)s is here.", name=sign_up.person.name), "ok")
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return _back(slug)


@bp.post("/clashes")
@needs(Permission.EDIT_PLAN)
def accept_clash(slug: str) -> ResponseReturnValue:
    """A clash is fine as it was shown, unless it has become worse; ``page`` is the page to return to."""
    event, at, form = our_event(slug), now(), request.form
    clash = next((each for each in standing(clashes_of(event, at)) if each.key == form.get("clash")), None)
    if clash is None:
        flash(_("That clash is gone."))
    elif clash.shown != form.get("shown"):
        flash(_("That clash has changed since you looked. Look at it again."), "wait")
    else:
        accept(event, clash.person, clash.overlap, actor=current_actor(), now=at)
        flash(_("Fine. It shows again if it gets worse. Shifts at risk lists what you said is fine."), "ok")
    return redirect(url_for(PAGES.get(form.get("page", ""), PAGES["risk"]), slug=slug), 303)


@bp.post("/clashes/<int:acceptance_id>/end")
@needs(Permission.EDIT_PLAN)
def reopen_clash(slug: str, acceptance_id: int) -> ResponseReturnValue:
    """A clash is not fine after all."""
    accepted = acceptance_of(our_event(slug).id, acceptance_id) or abort(404)
    reopen(accepted, actor=current_actor(), now=now())
    flash(_("It shows again."), "ok")
    return _back(slug, "clashes")


@bp.post("/standby")
@needs(Permission.EDIT_PLAN)
def add_standby(slug: str) -> ResponseReturnValue:
    """Put someone the organization knows on standby."""
    event, at, name = our_event(slug), now(), " ".join(request.form.get("name", "").split())
    person = person_called(event.organisation_id, name)
    if person is None:
        return _page(event, at, typed=name, wrong=_("Enter the full name of someone we know, as in the list.")), 422
    stand_by(event, person, actor=current_actor(), now=at)
    flash(_("%(name)s is on standby.", name=person.name), "ok")
    return _back(slug, "standby")


@bp.post("/standby/<int:person_id>/off")
@needs(Permission.EDIT_PLAN)
def remove_standby(slug: str, person_id: int) -> ResponseReturnValue:
    """No longer on standby."""
    event, person = our_event(slug), person_by_id(person_id)
    if person is None or person.organisation_id != event.organisation_id:
        abort(404)
    stand_down(event, person, actor=current_actor(), now=now())
    return _back(slug, "standby")


@bp.post("/confirmation")
@needs(Permission.EDIT_PLAN)
def confirmation(slug: str) -> ResponseReturnValue:
    """Turn on or off that volunteers are asked, three days before, if they will come."""
    asks = request.form.get("asks") == "1"
    edit_volunteer_policy(our_event(slug), actor=current_actor(), now=now(), asks_to_confirm=asks)
    flash(_("Volunteers are asked if they're coming.") if asks else _("Volunteers aren't asked to confirm."), "ok")
    return _back(slug, "confirming")


def _page(event: Event, at: datetime, typed: str = "", wrong: str = "") -> str:
    tonight, shifts = night(event.id, at), shifts_of(event)
    return render_template(
        "cover/risk.html",
        event=event,
        risk=risk_of(event, tonight, shifts, at),
        clashes=clashes_in(event, tonight, shifts),
        names=names_of(event.organisation_id),
        now=at,
        typed=typed,
        wrong=wrong,
    )


def _role(sign_up: SignUp) -> str:
    return called(sign_up.shift.role)


def _back(slug: str, anchor: str = "") -> Response:
    return redirect(url_for(".risk", slug=slug, _anchor=anchor or None), 303)
