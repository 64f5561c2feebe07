"""Shifts at risk, for those who plan: who may not come, whom we ask instead, who stands by."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...clock import now
from ...people.queries import person_by_id
from ...shifts.actions import check_in, edit_house_rule, look_for_somebody, stand_by, stand_down, stop_looking
from ...shifts.queries import searches_of, shift_of, sign_up_of
from ...shifts.refusals import CannotLeaveShift
from ...web.guard import coordinator_required
from ...web.live import live_page
from ..queries.risk import risk_at
from ..queries.volunteers import names_of, person_called
from .overview import live_etag, our_event
from .signing import by_whoever

bp = Blueprint("cover", __name__, url_prefix="/coordinate/<slug>/volunteers")


@bp.get("/risk")
@coordinator_required
def risk(slug: str) -> ResponseReturnValue:
    """Everybody who may not come, the most urgent first."""
    event, at = our_event(slug), now()
    return live_page(live_etag(event, at), lambda: _page(event, at))


@bp.post("/sign-ups/<int:sign_up_id>/replace")
@coordinator_required
def replace(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Look for somebody in this person's place, which they keep until somebody takes it."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    try:
        look_for_somebody(sign_up.shift, sign_up, by=by_whoever(), now=now())
        flash(_("We look for somebody for %(role)s. The first texts leave in 30 seconds.", role=_role(sign_up)), "ok")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return _back(slug)


@bp.post("/shifts/<key>/search")
@coordinator_required
def search(slug: str, key: str) -> ResponseReturnValue:
    """Look for one more on a shift that has a place."""
    shift = shift_of(our_event(slug).id, key) or abort(404)
    if shift.places_left and shift.cancelled_at is None:
        look_for_somebody(shift, None, by=by_whoever(), now=now())
        flash(_("We look for somebody for %(role)s. The first texts leave in 30 seconds.", role=shift.role.name), "ok")
    else:
        flash(_("%(role)s has no free place.", role=shift.role.name), "wait")
    return _back(slug)


@bp.post("/searches/<int:search_id>/end")
@coordinator_required
def stop(slug: str, search_id: int) -> ResponseReturnValue:
    """Look for nobody any more; whoever was asked is told."""
    found = next((each for each in searches_of(our_event(slug)) if each.id == search_id), None) or abort(404)
    stop_looking(found, by=by_whoever(), now=now())
    flash(_("We look for nobody any more. Those who were asked are told."))
    return _back(slug)


@bp.post("/sign-ups/<int:sign_up_id>/there")
@coordinator_required
def there(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """They are here after all."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    check_in(sign_up, now=now(), how="coordinator", by=by_whoever())
    flash(_("%(name)s is here.", name=sign_up.person.name), "ok")
    return _back(slug)


@bp.post("/standby")
@coordinator_required
def add_standby(slug: str) -> ResponseReturnValue:
    """Somebody the house knows would come if hands are missing."""
    event, at, name = our_event(slug), now(), " ".join(request.form.get("name", "").split())
    person = person_called(event.organisation_id, name)
    if person is None:
        return _page(event, at, typed=name, wrong=_("Write the whole name of somebody we know, as in the list.")), 422
    stand_by(event, person, by=by_whoever(), now=at)
    flash(_("%(name)s is on standby.", name=person.name), "ok")
    return _back(slug, "standby")


@bp.post("/standby/<int:person_id>/off")
@coordinator_required
def remove_standby(slug: str, person_id: int) -> ResponseReturnValue:
    """No longer on standby."""
    event, person = our_event(slug), person_by_id(person_id)
    if person is None or person.organisation_id != event.organisation_id:
        abort(404)
    stand_down(event, person, by=by_whoever(), now=now())
    return _back(slug, "standby")


@bp.post("/confirmation")
@coordinator_required
def confirmation(slug: str) -> ResponseReturnValue:
    """Whether volunteers are asked, three days before, if they will come."""
    asks = request.form.get("asks") == "1"
    edit_house_rule(our_event(slug), by=by_whoever(), now=now(), asks_to_confirm=asks)
    flash(
        _("Volunteers are asked whether they will come.") if asks else _("Volunteers are not asked to confirm."), "ok"
    )
    return _back(slug, "confirming")


def _page(event: Any, at: Any, typed: str = "", wrong: str = "") -> str:
    names = names_of(event.organisation_id)
    seen = risk_at(event, at)
    return render_template(
        "volunteers/risk.html", event=event, risk=seen, names=names, now=at, typed=typed, wrong=wrong
    )


def _role(sign_up: Any) -> str:
    return str(sign_up.shift.role.name)


def _back(slug: str, anchor: str = "") -> Response:
    return redirect(url_for(".risk", slug=slug, _anchor=anchor or None), 303)
