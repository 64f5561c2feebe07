"""The stages of a show and their curfews."""

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.actions.stages import add_stage, edit_stage
from coordinator.events.models import Event, Stage
from coordinator.features.running_order.forms import StageForm
from coordinator.features.running_order.views.asking import apply_or_confirm
from coordinator.features.running_order.views.order import stage_of
from coordinator.features.running_order.views.page import order_page, stage_form
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.times_of_days import times_typed

from .blueprint import bp


@bp.post("/coordinate/<slug>/order/stages")
@needs(Permission.EDIT_PLAN)
def new_stage(slug: str) -> ResponseReturnValue:
    """Another stage."""
    event = our_event(slug)
    return _keep(event, None, stage_form(event, None))


@bp.post("/coordinate/<slug>/order/stages/<key>")
@needs(Permission.EDIT_PLAN)
def change_stage(slug: str, key: str) -> ResponseReturnValue:
    """Another name or curfew for a stage."""
    event = our_event(slug)
    stage = stage_of(event, key)
    return _keep(event, stage, stage_form(event, stage))


def _keep(event: Event, stage: Stage | None, form: StageForm) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return order_page(event, staging=(stage, form)), 422
    curfews = times_typed(form, "curfew", event)
    if curfews is None:
        return order_page(event, staging=(stage, form)), 422
    name, at, actor = " ".join((form.name.data or "").split()), now(), current_actor()
    keep = partial(edit_stage, stage, name=name) if stage else partial(add_stage, event, name)
    change = partial(keep, curfews=curfews, actor=actor, now=at)
    page = apply_or_confirm(event, change, _("Change %(name)s?", name=name), at)
    if page is None:
        flash(_("%(stage)s is saved.", stage=name), "ok")
    return page or redirect(url_for("running_order.running_order", slug=event.slug, _anchor="stages"), 303)
