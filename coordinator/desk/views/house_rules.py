"""The rules of the house: what an event asks of its volunteers, and how it fills places."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...events.models import Event
from ...shifts.actions import HouseRuleChanges, edit_house_rule
from ...shifts.queries import house_rule_of
from ...web.guard import coordinator_required
from ..forms.house import HouseRuleForm
from .overview import our_event
from .signing import by_whoever
from .volunteers import bp


@bp.get("/coordinate/<slug>/volunteers/rules")
@coordinator_required
def house_rules(slug: str) -> ResponseReturnValue:
    """What is asked now."""
    event = our_event(slug)
    row = house_rule_of(event)
    values = {name: getattr(row, name) for name in HouseRuleChanges.__annotations__}
    return _page(event, HouseRuleForm(formdata=None, data=values))


@bp.post("/coordinate/<slug>/volunteers/rules")
@coordinator_required
def change_house_rules(slug: str) -> ResponseReturnValue:
    """Ask something else; people who are on shifts stay on them."""
    event, form = our_event(slug), HouseRuleForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    by = by_whoever()
    edit_house_rule(event, by=by, now=now(), **_changes(form, house_rule_of(event)))
    flash(_("The rules were kept."), "ok")
    return redirect(url_for(".house_rules", slug=slug), 303)


def _changes(form: HouseRuleForm, row: Any) -> Any:
    """What is not as it was."""
    wanted = {name: form[name].data for name in HouseRuleChanges.__annotations__}
    return {name: value for name, value in wanted.items() if value != getattr(row, name)}


def _page(event: Event, form: HouseRuleForm) -> str:
    return render_template("volunteers/house_rules.html", event=event, form=form)
