"""Who is on a shift: adding people, also from those who are free, removing them, checking them in."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.features.sign_up.forms import PersonForm
from coordinator.lineup.refusals import TooEarly
from coordinator.people.actions.emails import NotAnEmail
from coordinator.people.actions.phones import NotAPhone
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.attendance import check_in as check_in_on_shift
from coordinator.shifts.models import Shift
from coordinator.shifts.refusals.leaving import CannotLeaveShift
from coordinator.shifts.refusals.taking import CannotTakeShift, NeedsAReason
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator
from coordinator.web.labels import called
from coordinator.web.languages import language

from ..actions import SeveralAreCalledSo, put_on_by_name
from ..queries.free import candidate_of, overlapping, person_of_show, who_is_free
from ..queries.volunteers import helping_with
from ..told import words_of_presses
from .blueprint import bp
from .found import back_to, the_shift, the_sign_up
from .person_form import named, person_form
from .shift import shift_page

MOST_OF_A_REASON = 500  # characters


@bp.get("/coordinate/<slug>/volunteers/shifts/<key>/free")
@needs(Permission.EDIT_PLAN)
def free(slug: str, key: str) -> ResponseReturnValue:
    """Everyone of the show who could be put on the shift, with what speaks against some of them."""
    event, at, shift = our_event(slug), now(), the_shift(slug, key)
    words = " ".join(request.args.get("q", "").split())
    helping = helping_with(shift, at)
    return render_template(
        "shift_plan/free.html",
        event=event,
        row=helping.rows[0],
        found=who_is_free(shift, at, words) if shift.places_left and not shift.cancelled_at else None,
        others=overlapping(shift),
        words=words,
        told=words_of_presses(event, helping, the_coordinator(), at, language()),
        back=_where(request.args),
    )


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/people/<int:person_id>")
@needs(Permission.EDIT_PLAN)
def choose(slug: str, key: str, person_id: int) -> ResponseReturnValue:
    """Put someone of the show on a shift; someone whom a warning was shown for too."""
    event, shift = our_event(slug), the_shift(slug, key)
    person = person_of_show(event, person_id) or abort(404)
    candidate = candidate_of(shift, person, now())
    reason = _("Chosen although: %(why)s", why=" ".join(candidate.against))[:MOST_OF_A_REASON]
    was_shown = request.form.get("warned", "") == candidate.obstacles
    try:
        put_on_shift(shift.id, person, actor=current_actor(), now=now(), override_reason=reason if was_shown else None)
    except CannotTakeShift as refusal:
        flash(_refused(refusal, person.name), "bad")
        return redirect(url_for(".free", slug=slug, key=key, **_where(request.form)), 303)
    return _added(slug, key, person)


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/people")
@needs(Permission.EDIT_PLAN)
def put_on(slug: str, key: str) -> ResponseReturnValue:
    """Put someone on a shift by name: known to the organization, or new with a number or an address."""
    event, shift = our_event(slug), the_shift(slug, key)
    form = person_form(shift.id)
    if form.validate_on_submit():
        try:
            said = named(event, form)
            reason = form.override_reason.data
            person = put_on_by_name(event, shift, said, actor=current_actor(), now=now(), override_reason=reason)
        except (NotAPhone, NotAnEmail, SeveralAreCalledSo, CannotTakeShift) as refusal:
            _refuse(form, refusal)
        else:
            return _added(slug, key, person)
    return shift_page(shift, putting=form), 422


@bp.post("/coordinate/<slug>/volunteers/sign-ups/<int:sign_up_id>/off")
@needs(Permission.EDIT_PLAN)
def take_off(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Remove someone from a shift."""
    sign_up = the_sign_up(slug, sign_up_id)
    try:
        take_off_shift(sign_up, actor=current_actor(), now=now())
    except CannotLeaveShift:
        flash(_("%(name)s is no longer on %(role)s.", name=sign_up.person.name, role=called(sign_up.shift.role)))
        return back_to(sign_up.shift)
    return back_to(sign_up.shift, removed=sign_up.id)


@bp.post("/coordinate/<slug>/volunteers/sign-ups/<int:sign_up_id>/back")
@needs(Permission.EDIT_PLAN)
def put_back(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Undo a removal: within half a minute nobody is told of either, later they are asked anew."""
    sign_up, reason = the_sign_up(slug, sign_up_id), _("A removal was undone.")
    name = {"name": sign_up.person.name, "role": called(sign_up.shift.role)}
    try:
        put_on_shift(sign_up.shift_id, sign_up.person, actor=current_actor(), now=now(), override_reason=reason)
        flash(_("%(name)s is back on %(role)s.", **name), "ok")
    except CannotTakeShift as refusal:
        flash(refusal.of(sign_up.person.name), "bad")
    return back_to(sign_up.shift)


@bp.post("/coordinate/<slug>/volunteers/sign-ups/<int:sign_up_id>/here")
@needs(Permission.CHECK_IN)
def check_in(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Check someone in, or undo it."""
    sign_up = the_sign_up(slug, sign_up_id)
    try:
        check_in_on_shift(sign_up, now=now(), actor=current_actor(), undo=bool(request.form.get("undo")))
    except TooEarly as refusal:
        flash(str(refusal), "wait")
    return back_to(sign_up.shift)


def _where(fields: Mapping[str, str]) -> dict[str, Any]:
    """What leads back to where someone came from."""
    return {name: fields[name] for name in ("back", "cell") if name in fields}


def _added(slug: str, key: str, person: Person) -> ResponseReturnValue:
    shift: Shift = the_shift(slug, key)
    return back_to(shift, added=next(each.id for each in shift.sign_ups if each.person_id == person.id))


def _refused(refusal: CannotTakeShift, name: str) -> str:
    if isinstance(refusal, NeedsAReason):
        return " ".join(each.of(name) for each in refusal.refusals)
    return refusal.of(name)


def _refuse(form: PersonForm, refusal: ValueError) -> None:
    """Show beside the field why it is impossible."""
    if isinstance(refusal, NotAPhone):
        form.phone.errors = [str(refusal)]
    elif isinstance(refusal, NotAnEmail):
        form.email.errors = [str(refusal)]
    elif isinstance(refusal, NeedsAReason):
        form.override_reason.errors = [f"{_refused(refusal, form.called)} {refusal}"]
    else:
        form.name.errors = [refusal.of(form.called) if isinstance(refusal, CannotTakeShift) else str(refusal)]
