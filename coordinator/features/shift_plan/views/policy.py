"""The rules for volunteers, and how spots are filled."""

from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.shifts.actions.volunteer_policy import VolunteerPolicyChanges, edit_volunteer_policy
from coordinator.shifts.models import VolunteerPolicy
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of
from coordinator.web.guard import current_actor, needs, our_event

from ..forms.policy import VolunteerPolicyForm
from .blueprint import bp


@bp.get("/coordinate/<slug>/volunteers/rules")
@needs(Permission.EDIT_PLAN)
def volunteer_policy(slug: str) -> ResponseReturnValue:
    """The current rules."""
    event = our_event(slug)
    row = volunteer_policy_of(event)
    values = {name: getattr(row, name) for name in VolunteerPolicyChanges.__annotations__}
    return _page(event, VolunteerPolicyForm(formdata=None, data=values))


@bp.post("/coordinate/<slug>/volunteers/rules")
@needs(Permission.EDIT_PLAN)
def change_volunteer_policy(slug: str) -> ResponseReturnValue:
    """Change the rules; people on shifts stay on them."""
    event, form = our_event(slug), VolunteerPolicyForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    actor = current_actor()
    edit_volunteer_policy(event, actor=actor, now=now(), **_changes(form, volunteer_policy_of(event)))
    flash(_("The rules were saved."), "ok")
    return redirect(url_for(".volunteer_policy", slug=slug), 303)


def _changes(form: VolunteerPolicyForm, row: VolunteerPolicy) -> VolunteerPolicyChanges:
    """The rules that differ from the current ones."""
    wanted = {name: form[name].data for name in VolunteerPolicyChanges.__annotations__}
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    return cast("VolunteerPolicyChanges", changed)


def _page(event: Event, form: VolunteerPolicyForm) -> str:
    return render_template("shift_plan/policy.html", event=event, form=form)
