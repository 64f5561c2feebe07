"""The stages of a show and their curfews."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime
from ...events.actions import add_stage, edit_stage, set_curfew
from ...events.models import Event, Stage
from ...web.guard import coordinator_required, the_coordinator
from ..forms import StageForm
from ..queries.order import instant_on
from .asking import kept_or_asked
from .order import bp, stage_of
from .order_page import order_page, two_readings
from .overview import our_event


@bp.post("/coordinate/<slug>/order/stages")
@coordinator_required
def new_stage(slug: str) -> ResponseReturnValue:
    """Another stage."""
    return _keep(our_event(slug), None, StageForm(prefix="new-stage"))


@bp.post("/coordinate/<slug>/order/stages/<key>")
@coordinator_required
def change_stage(slug: str, key: str) -> ResponseReturnValue:
    """Another name or curfew for a stage."""
    event = our_event(slug)
    stage = stage_of(event, key)
    return _keep(event, stage, StageForm(prefix=f"stage-{stage.id}"))


def _keep(event: Event, stage: Stage | None, form: StageForm) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return order_page(event, staging=(stage, form)), 422
    try:
        curfew_at = instant_on(event, form.curfew.data, form.reading) if form.curfew.data else None
    except (AmbiguousLocalTime, MissingLocalTime) as refusal:
        form.curfew.errors = [two_readings(refusal)]
        return order_page(event, staging=(stage, form)), 422
    name, at, by = " ".join((form.name.data or "").split()), now(), the_coordinator()
    change = partial(_write, event, stage, name, curfew_at, by=by, at=at)
    page = kept_or_asked(event, change, _("Change %(name)s?", name=name), at)
    if page is None:
        flash(_("%(stage)s is kept.", stage=name), "ok")
    return page or redirect(url_for("lineup.running_order", slug=event.slug, _anchor="stages"), 303)


def _write(
    event: Event, stage: Stage | None, name: str, curfew_at: datetime | None, *, by: Coordinator, at: datetime
) -> None:
    kept = stage or add_stage(event, name)
    before = {"name": kept.name, "curfew": kept.curfew_local} if stage else None
    edit_stage(kept, name=name)
    set_curfew(kept, curfew_at)
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what="stage.changed" if stage else "stage.added",
        subject=kept.key,
        now=at,
        before=before,
        after={"name": kept.name, "curfew": kept.curfew_local},
    )
