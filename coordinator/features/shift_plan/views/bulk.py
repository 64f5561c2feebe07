"""Several shifts at once: shown first, then added."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import AmbiguousLocalTime, MissingLocalTime
from coordinator.events.models import Event
from coordinator.events.queries import events_of
from coordinator.shifts.actions.bulk_shifts import add_many_shifts, not_there_yet
from coordinator.shifts.actions.roles import RoleFacts
from coordinator.shifts.queries.planned import roles_of, shifts_of
from coordinator.shifts.refusals.planning import ImpossibleShift
from coordinator.web.filters import days_year
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.labels import called
from coordinator.web.typed import typed_again
from coordinator.web.wall_times import two_readings

from ..bulk_shifts.benefit import small_benefit
from ..bulk_shifts.changeovers import crew_at_every_changeover
from ..bulk_shifts.drafts import BulkDraft, Pattern
from ..bulk_shifts.earlier import as_last_time
from ..bulk_shifts.repeats import one_after_another
from ..forms.bulk import BenefitForm, CopyForm, CrewForm, RepeatForm
from .blueprint import bp
from .shift_forms import instants

MINUTE = timedelta(minutes=1)

FORMS: Mapping[str, type[FlaskForm]] = {
    "small-benefit": BenefitForm,
    "changeovers": CrewForm,
    "repeat": RepeatForm,
    "earlier": CopyForm,
}


@bp.get("/coordinate/<slug>/volunteers/several")
@needs(Permission.EDIT_PLAN)
def several(slug: str) -> ResponseReturnValue:
    """The ways to add several shifts."""
    return _page(our_event(slug))


@bp.post("/coordinate/<slug>/volunteers/several/<way>")
@needs(Permission.EDIT_PLAN)
def add_many(slug: str, way: str) -> ResponseReturnValue:
    """Show what would be added; with confirmation, add it."""
    event = our_event(slug)
    form = _form(event, way)
    if form.validate_on_submit():
        try:
            bulk = DRAFTERS[way](event, form)
            if request.form.get("sure") != "1":
                return _shown(event, way, bulk)
            added = add_many_shifts(event, bulk.drafts, roles=bulk.roles, actor=current_actor(), now=now())
        except (ImpossibleShift, AmbiguousLocalTime, MissingLocalTime) as refusal:
            _refuse(form, refusal)
        else:
            flash(ngettext("%(num)s shift was added.", "%(num)s shifts were added.", len(added)), "ok")
            return redirect(url_for(".plan", slug=slug), 303)
    return _page(event, {way: form}), 422


def _crew(event: Event, form: CrewForm) -> BulkDraft:
    stages = [stage for stage in event.stages if form.stage.data in ("", stage.key)]
    before, after = form.before.data * MINUTE, form.after.data * MINUTE
    return crew_at_every_changeover(event, stages, _pattern(form), before=before, after=after)


def _repeat(event: Event, form: RepeatForm) -> BulkDraft:
    starts_at, ends_at = instants(form, event.zone)
    every, length = form.every.data * MINUTE, form.length.data * MINUTE
    return one_after_another(_pattern(form), starts_at, ends_at, every=every, length=length)


def _copied(event: Event, form: CopyForm) -> BulkDraft:
    earlier = next((each for each in events_of(event.organisation_id) if each.slug == form.earlier.data), None)
    return as_last_time(event, earlier or abort(404))


DRAFTERS: Mapping[str, Callable[[Event, Any], BulkDraft]] = {
    "small-benefit": lambda event, form: small_benefit(event),
    "changeovers": _crew,
    "repeat": _repeat,
    "earlier": _copied,
}


def _pattern(form: CrewForm | RepeatForm) -> Pattern:
    facts = RoleFacts(form.work.data or "")
    facts.check()
    return Pattern(facts, form.least.data or 0, form.most.data or 0)


def _form(event: Event, way: str, **options: None) -> Any:
    """The form of this way, with its choices."""
    form: Any = FORMS[way](prefix=way, **options) if way in FORMS else abort(404)
    if way == "changeovers":
        form.stage.choices = [SelectChoice("", _("All stages")), *(SelectChoice(s.key, s.name) for s in event.stages)]
    if way == "earlier":
        others = [each for each in events_of(event.organisation_id) if each.id != event.id]
        form.earlier.choices = [
            SelectChoice(each.slug, f"{called(each)}, {days_year(each.dates, each.zone)}") for each in others
        ]
    if way == "repeat" and "formdata" in options:
        form.on.data = event.date
    return form


def _page(event: Event, forms: Mapping[str, FlaskForm] | None = None) -> str:
    shown = {way: _form(event, way, formdata=None) for way in FORMS} | dict(forms or {})
    return render_template("shift_plan/several.html", event=event, forms=shown, roles=roles_of(event))


def _shown(event: Event, way: str, bulk: BulkDraft) -> str:
    left = not_there_yet(event, bulk.drafts, shifts_of(event))
    return render_template("shift_plan/bulk.html", event=event, way=way, drafts=left, bulk=bulk, typed=typed_again())


def _refuse(form: Any, refusal: ValueError) -> None:
    if isinstance(refusal, AmbiguousLocalTime | MissingLocalTime):
        form.starts.errors, form.is_unclear = [two_readings(refusal)], True
        return
    fields = [field for field in form if field.name != "csrf_token" and not field.name.endswith("-csrf_token")]
    if fields:
        fields[0].errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
