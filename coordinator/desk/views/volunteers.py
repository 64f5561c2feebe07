"""Who helps, for those who plan it: every shift with the people on it, and what can be changed about both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...house import house
from ...people.actions import NotAPhone, parse_phone
from ...shifts.actions import add_role, add_shift, cancel_shift, take_off_shift
from ...shifts.actions import check_in as check_in_on_shift
from ...shifts.queries import shift_of, sign_up_of
from ...shifts.refusals import CannotLeaveShift, CannotTakeShift, ImpossibleShift, NeedsAReason
from ...web.guard import coordinator_required
from ...web.live import live_page
from ..forms import PersonForm, ShiftForm
from ..queries.volunteers import helping_at, names_of
from ..regions import region_of
from ..whom import Named, SeveralAreCalledSo, put_on_by_name
from .overview import live_etag, our_event
from .shift_forms import refuse, when_of, with_slots
from .signing import by_whoever

bp = Blueprint("volunteers", __name__)


@bp.get("/coordinate/<slug>/volunteers")
@coordinator_required
def plan(slug: str) -> ResponseReturnValue:
    """Every shift, who is on it, and where hands are missing."""
    event, at = our_event(slug), now()
    return live_page(live_etag(event, at), lambda: _page(event, at))


@bp.post("/coordinate/<slug>/volunteers/shifts")
@coordinator_required
def add(slug: str) -> ResponseReturnValue:
    """One more shift, and its kind of work if that is new."""
    event, at = our_event(slug), now()
    form = with_slots(ShiftForm(), event)
    if form.validate_on_submit():
        try:
            when = when_of(form, event)
            role = add_role(event, form.work.data or "", note=form.note.data or None, by=by_whoever(), now=at)
            more: Any = {"least": form.least.data or 0, "most": form.most.data or 0, "place": form.where}
            add_shift(event, role, call=form.call_before, by=by_whoever(), now=at, **more, **when)
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            refuse(form, refusal)
        else:
            flash(_("%(role)s was added.", role=role.name), "ok")
            return _back(slug)
    return _page(event, at, adding=form), 422


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/cancelled")
@coordinator_required
def call_off(slug: str, key: str) -> ResponseReturnValue:
    """A shift does not take place, or does after all."""
    shift, undo = the_shift(slug, key), bool(request.form.get("undo"))
    cancel_shift(shift, by=by_whoever(), now=now(), undo=undo)
    words = _("%(role)s takes place.") if undo else _("%(role)s was called off. Those who are on it are told.")
    flash(words % {"role": shift.role.name}, "ok")
    return _back(slug, shift.id)


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/people")
@coordinator_required
def put_on(slug: str, key: str) -> ResponseReturnValue:
    """Somebody by name: known to the house, or new with a number."""
    event, at, shift = our_event(slug), now(), the_shift(slug, key)
    form = PersonForm(prefix=f"on-{shift.id}")
    if form.validate_on_submit():
        try:
            person = put_on_by_name(
                event, shift, _named(event, form), by=by_whoever(), now=at, despite=form.despite.data
            )
        except NotAPhone as refusal:
            form.phone.errors = [str(refusal)]
        except NeedsAReason as refusal:
            form.despite.errors = [" ".join((*(each.of(form.called) for each in refusal.refusals), str(refusal)))]
        except SeveralAreCalledSo as refusal:
            form.name.errors = [str(refusal)]
        except CannotTakeShift as refusal:
            form.name.errors = [refusal.of(form.called)]
        else:
            flash(_("%(name)s is down for %(role)s.", name=person.name, role=shift.role.name), "ok")
            return _back(slug, shift.id)
    return _page(event, at, putting={shift.id: form}), 422


@bp.post("/coordinate/<slug>/volunteers/sign-ups/<int:sign_up_id>/off")
@coordinator_required
def take_off(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Somebody is taken off a shift."""
    sign_up = _sign_up(slug, sign_up_id)
    try:
        take_off_shift(sign_up, by=by_whoever(), now=now())
        flash(_("%(name)s was taken off %(role)s.", name=sign_up.person.name, role=sign_up.shift.role.name), "ok")
    except CannotLeaveShift:
        flash(_("%(name)s is no longer down for %(role)s.", name=sign_up.person.name, role=sign_up.shift.role.name))
    return _back(slug, sign_up.shift_id)


@bp.post("/coordinate/<slug>/volunteers/sign-ups/<int:sign_up_id>/here")
@coordinator_required
def check_in(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Somebody is there, or not after all."""
    sign_up = _sign_up(slug, sign_up_id)
    check_in_on_shift(sign_up, now=now(), how="coordinator", by=by_whoever(), undo=bool(request.form.get("undo")))
    return _back(slug, sign_up.shift_id)


def _page(event: Any, at: datetime, *, adding: Any = None, putting: Any = None) -> str:
    helping = helping_at(event, at)
    people = {row.shift.id: PersonForm(formdata=None, prefix=f"on-{row.shift.id}") for row in helping.rows}
    return render_template(
        "volunteers/plan.html",
        event=event,
        helping=helping,
        names=names_of(event.organisation_id),
        adding=adding or with_slots(ShiftForm(formdata=None, on=event.date), event),
        putting=people | (putting or {}),
        sign_up_address=house().settings.public_url + url_for("sign_up.choose", slug=event.slug),
    )


def _named(event: Any, form: PersonForm) -> Named:
    """What was typed of somebody. Raises NotAPhone."""
    phone = parse_phone(form.phone.data, region_of(event.zone)) if (form.phone.data or "").strip() else None
    return Named(form.called, phone, str(form.agreed.label.text) if form.agreed.data else None)


def the_shift(slug: str, key: str) -> Any:
    """Our event's shift with this key; else there is no such page."""
    return shift_of(our_event(slug).id, key) or abort(404)


def _sign_up(slug: str, sign_up_id: int) -> Any:
    return sign_up_of(our_event(slug), sign_up_id) or abort(404)


def _back(slug: str, shift_id: int | None = None) -> Response:
    anchor = f"shift-{shift_id}" if shift_id else None
    return redirect(url_for(".plan", slug=slug, _anchor=anchor), 303)
