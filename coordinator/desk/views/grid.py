"""The grid: every role over the half hours."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from ...clock import now
from ...web.guard import coordinator_required
from ...web.live import live_page
from ..queries.grid import grid_of
from .overview import live_etag, our_event
from .volunteers import bp


@bp.get("/coordinate/<slug>/volunteers/grid")
@coordinator_required
def grid(slug: str) -> ResponseReturnValue:
    """Who is needed when, and who is missing."""
    event, at = our_event(slug), now()
    return live_page(
        live_etag(event, at),
        lambda: render_template("volunteers/grid.html", event=event, days=grid_of(event, at)),
    )
