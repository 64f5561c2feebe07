"""The wall behind the stages, by a link that coordinators make, and the timer at the edge of each stage."""

from datetime import datetime

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.clock import now
from coordinator.core.board_links import BoardLinks
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.features.public_lineup.views import visible
from coordinator.services import services
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.models import BoardKind
from coordinator.shownight.queries.boards import board_keys, desk_messages
from coordinator.web.live import live_page
from coordinator.web.qr_codes import square_of

from ..queries.showing import MOST_ROWS, night_on_boards, page_of, turn, wall_stages
from ..queries.timer import stage_id_of, timer_of
from .blueprint import bp
from .reporting import etag_of, report, unkept

MOST_MESSAGES = 2  # on the wall; each takes the place of a stage


@bp.get("/e/<slug>/wall/<key>")
def wall(slug: str, key: str) -> ResponseReturnValue:
    """All stages as they are shown: on, next, late, the crew of the coming changeover, and what the desk says."""
    event, at = event_by_slug(slug) or abort(404), now()
    _must_open(event, key)
    report(event.id, BoardKind.WALL, at)
    return unkept(live_page(etag_of(event, at, turn(at)), lambda: _wall(event, at)))


@bp.get("/e/<slug>/stage/<stage_key>")
def timer(slug: str, stage_key: str) -> ResponseReturnValue:
    """The countdown of the set that is on; between two sets, what comes next and when."""
    summary, at = visible(slug), now()
    stage_id = stage_id_of(summary.event_id, stage_key)
    if stage_id is None:
        abort(404)
    report(summary.event_id, BoardKind.TIMER, at, stage_id=stage_id)
    return unkept(live_page(etag_of(summary, at, stage_id), lambda: _timer(summary, stage_id, at)))


def links() -> BoardLinks:
    """The links of this installation's boards."""
    return BoardLinks(services().settings.secret_key)


def _must_open(event: Event, key: str) -> None:
    """Abort unless the key opens the wall: 410 with a key that did once, 404 with any other."""
    opened = next((each for each in board_keys(event.id) if links().opens(key, each.id)), None)
    if opened is None:
        abort(404)
    if opened.revoked_at is not None:
        abort(410, _("This link was switched off. A coordinator can make another."))


def _wall(event: Event, at: datetime) -> str:
    stages = wall_stages(night_on_boards(event, at), shifts_of(event))
    messages = desk_messages(event.id, at)[:MOST_MESSAGES]
    rows, page, pages = page_of(stages, at, MOST_ROWS - len(messages))
    address = services().settings.public_url + url_for(".board", slug=event.slug)
    square = square_of(address, on_screen=True) if event.published else None
    shown = {"rows": rows, "page": page, "pages": pages, "messages": messages, "square": square}
    return render_template("boards/wall.html", event=event, now=at, **shown)


def _timer(summary: EventSummary, stage_id: int, at: datetime) -> str:
    event = event_by_slug(summary.slug) or abort(404)
    stage = night_on_boards(event, at).on_stage(stage_id)
    shown = timer_of(stage, desk_messages(event.id, at), at)
    return render_template("boards/timer.html", event=event, now=at, timer=shown, several=len(event.stages) > 1)


@bp.after_request
def _tell_nobody(response: Response) -> Response:
    """Anyone with the wall's link can see it, so no referrer is sent and no search engine lists it."""
    if request.endpoint == "boards.wall":
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
