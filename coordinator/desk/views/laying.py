"""Several shifts in one go: shown first, then laid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...events.models import Event
from ...events.queries import events_of
from ...shifts.actions import RoleFacts, lay_shifts, left_to_lay
from ...shifts.queries import roles_of, shifts_of
from ...shifts.refusals import ImpossibleShift
from ...web.filters import day_year
from ...web.guard import coordinator_required
from ..forms.laying import BenefitForm, CopyForm, CrewForm, RepeatForm
from ..laying import Laying, Pattern, as_last_time, crew_at_every_changeover, one_after_another, small_benefit
from .asking import typed_again
from .order_page import two_readings
from .overview import our_event
from .shift_forms import instants
from .signing import by_whoever
from .volunteers import bp

MINUTE = timedelta(minutes=1)

FORMS: Mapping[str, type[FlaskForm]] = {
    "small-benefit": BenefitForm,
    "changeovers": CrewForm,
    "repeat": RepeatForm,
    "earlier": CopyForm,
}


@bp.get("/coordinate/<slug>/volunteers/several")
@coordinator_required
def several(slug: str) -> ResponseReturnValue:
    """The ways to lay several shifts."""
    return _page(our_event(slug))


@bp.post("/coordinate/<slug>/volunteers/several/<way>")
@coordinator_required
def lay(slug: str, way: str) -> ResponseReturnValue:
    """Show what would be laid; with a yes, lay it."""
    event = our_event(slug)
    form = _form(event, way)
    if form.validate_on_submit():
        try:
            laying = LAYING[way](event, form)
            if request.form.get("sure") != "1":
                return _shown(event, way, laying)
            laid = lay_shifts(event, laying.drafts, roles=laying.roles, by=by_whoever(), now=now())
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            flash(ngettext("%(num)s shift was added.", "%(num)s shifts were added.", len(laid)), "ok")
            return redirect(url_for(".plan", slug=slug), 303)
    return _page(event, {way: form}), 422


def _crew(event: Event, form: Any) -> Laying:
    stages = [stage for stage in event.stages if form.stage.data in ("", stage.key)]
    before, after = form.before.data * MINUTE, form.after.data * MINUTE
    return crew_at_every_changeover(event, stages, _pattern(form), before=before, after=after)


def _repeat(event: Event, form: Any) -> Laying:
    starts_at, ends_at = instants(form, event.zone)
    every, length = form.every.data * MINUTE, form.length.data * MINUTE
    return one_after_another(_pattern(form), starts_at, ends_at, every=every, length=length)


def _copied(event: Event, form: Any) -> Laying:
    earlier = next((each for each in events_of(event.organisation_id) if each.slug == form.earlier.data), None)
    return as_last_time(event, earlier or abort(404))


LAYING: Mapping[str, Callable[[Event, Any], Laying]] = {
    "small-benefit": lambda event, form: small_benefit(event),
    "changeovers": _crew,
    "repeat": _repeat,
    "earlier": _copied,
}


def _pattern(form: Any) -> Pattern:
    facts = RoleFacts(form.work.data or "")
    facts.check()
    return Pattern(facts, form.least.data or 0, form.most.data or 0)


def _form(event: Event, way: str, **how: Any) -> Any:
    """The form of this way, with what can be chosen in it."""
    form: Any = FORMS[way](prefix=way, **how) if way in FORMS else abort(404)
    if way == "changeovers":
        form.stage.choices = [SelectChoice("", _("All stages")), *(SelectChoice(s.key, s.name) for s in event.stages)]
    if way == "earlier":
        others = [each for each in events_of(event.organisation_id) if each.id != event.id]
        form.earlier.choices = [SelectChoice(each.slug, f"{each.title}, {day_year(each.date)}") for each in others]
    if way == "repeat" and "formdata" in how:
        form.on.data = event.date
    return form


def _page(event: Event, forms: Mapping[str, Any] | None = None) -> str:
    shown = {way: _form(event, way, formdata=None) for way in FORMS} | dict(forms or {})
    return render_template("volunteers/several.html", event=event, forms=shown, roles=roles_of(event))


def _shown(event: Event, way: str, laying: Laying) -> str:
    left = left_to_lay(event, laying.drafts, shifts_of(event))
    return render_template("volunteers/lay.html", event=event, way=way, drafts=left, laying=laying, typed=typed_again())


def _refuse(form: Any, refusal: ValueError) -> None:
    if isinstance(refusal, AmbiguousLocalTime | MissingLocalTime):
        form.starts.errors, form.is_unclear = [two_readings(refusal)], True
        return
    fields = [field for field in form if field.name != "csrf_token" and not field.name.endswith("-csrf_token")]
    if fields:
        fields[0].errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
