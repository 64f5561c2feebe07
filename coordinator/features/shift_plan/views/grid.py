"""The grid: every role over the half hours."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.web.guard import needs, our_event
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .. import labels
from ..queries.grid import grid_of
from .blueprint import bp
from .found import just_done


@bp.get("/coordinate/<slug>/volunteers/grid")
@needs(Permission.SEE_PLAN)
def grid(slug: str) -> ResponseReturnValue:
    """Who is needed when, and who is missing."""
    event, at, cell = our_event(slug), now(), request.args.get("cell", "")
    return live_page(
        event_etag(event, at),
        lambda: render_template(
            "shift_plan/grid.html",
            event=event,
            labels=labels,
            days=grid_of(event, at),
            done=just_done(event, at, back="grid", cell=cell),
        ),
    )
