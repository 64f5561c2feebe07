"""What everybody may see: now and next of all stages, and how much is raised."""

from datetime import datetime

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from coordinator.clock import now
from coordinator.events.queries import event_by_slug
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.features.public_lineup.views import visible
from coordinator.shownight.models import BoardKind
from coordinator.web.live import live_page
from coordinator.web.qr_codes import square_of

from ..queries.goal import goal_of
from ..queries.showing import house_stages, night_on_boards, page_of, turn
from .blueprint import bp
from .reporting import etag_of, is_screen, report


@bp.get("/e/<slug>/board")
def board(slug: str) -> ResponseReturnValue:
    """What is on and what comes next, as people are told; ``?screen=`` shows six stages at a time."""
    summary, at = visible(slug), now()
    report(summary.event_id, BoardKind.NOW_NEXT, at)
    etag = etag_of(summary, at, turn(at) if is_screen() else "")
    return live_page(etag, lambda: _page(summary, at), shared=True)


@bp.get("/e/<slug>/goal")
def goal(slug: str) -> ResponseReturnValue:
    """How much is raised, of how much, with a code to give."""
    summary, at = visible(slug), now()
    report(summary.event_id, BoardKind.GOAL, at)
    return live_page(etag_of(summary, at), lambda: _goal(summary, at), shared=True)


def _page(summary: EventSummary, at: datetime) -> str:
    event = event_by_slug(summary.slug) or abort(404)
    stages = house_stages(night_on_boards(event, at))
    rows, page, pages = page_of(stages, at) if is_screen() else (stages, 1, 1)
    return render_template(
        "boards/board.html", event=event, now=at, rows=rows, page=page, pages=pages, several=len(stages) > 1
    )


def _goal(summary: EventSummary, at: datetime) -> str:
    event = event_by_slug(summary.slug) or abort(404)
    square = square_of(event.donation_url, on_screen=True) if event.donation_url else None
    return render_template("boards/goal.html", event=event, now=at, goal=goal_of(event), square=square)
