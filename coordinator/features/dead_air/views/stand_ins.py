"""The acts that can stand in for another."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.features.performers.actions import PerformerFacts
from coordinator.lineup.queries import acts_of, stand_ins_of
from coordinator.people.actions.phones import NotAPhone
from coordinator.web.guard import current_actor, needs, our_event

from ..actions import StandInFacts, add_stand_in, remove_stand_in
from ..forms import StandInForm
from .blueprint import bp


@bp.get("/coordinate/<slug>/stand-ins")
@needs(Permission.SEE_PLAN)
def stand_ins(slug: str) -> ResponseReturnValue:
    """The list, nearest first."""
    return _page(our_event(slug), StandInForm())


@bp.post("/coordinate/<slug>/stand-ins")
@needs(Permission.EDIT_PLAN)
def add(slug: str) -> ResponseReturnValue:
    """Put an act on the list, or change what is said of it."""
    event, form = our_event(slug), StandInForm()
    if form.validate_on_submit():
        try:
            add_stand_in(event, _facts(form), actor=current_actor(), now=now())
        except NotAPhone as refusal:
            form.phone.errors = [str(refusal)]
        else:
            flash(_("%(name)s can stand in.", name=form.act.data), "ok")
            return redirect(url_for(".stand_ins", slug=slug), 303)
    return _page(event, form), 422


@bp.post("/coordinate/<slug>/stand-ins/<int:stand_in_id>/removal")
@needs(Permission.EDIT_PLAN)
def remove(slug: str, stand_in_id: int) -> ResponseReturnValue:
    """Take an act off the list."""
    event = our_event(slug)
    stand_in = next((each for each in stand_ins_of(event) if each.id == stand_in_id), None) or abort(404)
    remove_stand_in(stand_in, actor=current_actor(), now=now())
    return redirect(url_for(".stand_ins", slug=slug), 303)


def _page(event: Event, form: StandInForm) -> str:
    values = {"stand_ins": stand_ins_of(event), "acts": acts_of(event), "form": form}
    return render_template("dead_air/stand_ins.html", event=event, **values)


def _facts(form: StandInForm) -> StandInFacts:
    name, phone = form.act.data or "", form.phone.data or ""
    words = str(form.agreed.label.text)
    how = "in person" if form.agreed.data else None
    player = PerformerFacts(name, phone, "en", how, words) if phone.strip() else None
    length = timedelta(minutes=form.length.data or 0)
    return StandInFacts(name, form.minutes_away.data or 0, length, (form.gear.data or "").strip() or None, player)
