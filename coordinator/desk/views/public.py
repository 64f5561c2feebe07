"""What everybody may see of a show: who plays when, for what cause, and where hands are wanted."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from ...clock import now
from ...house import house
from ...web.guard import our_organisation_id, signed_in
from ...web.live import live_page
from ..calendars import calendar_of, show_appointment
from ..queries.public import Billing, billing_of, billings_to_come, line_up

bp = Blueprint("public", __name__)


@bp.get("/")
def front() -> ResponseReturnValue:
    """The one show to come; a list where there are several; a word of welcome where there is none."""
    at = now()
    shows = billings_to_come(at)
    if len(shows) == 1:
        return _live_line_up(shows[0], at)
    etag = "-".join(show.etag(at) for show in shows) or "none"
    return live_page(etag, lambda: render_template("public/front.html", shows=shows))


@bp.get("/e/<slug>")
def lineup(slug: str) -> ResponseReturnValue:
    """The line-up of a published show; its own coordinators see it before."""
    return _live_line_up(visible(slug), now())


@bp.get("/e/<slug>.ics")
def calendar(slug: str) -> ResponseReturnValue:
    """The show as a calendar entry."""
    at = now()
    shown = line_up(visible(slug).event_id, at)
    url = house().settings.public_url + url_for("public.lineup", slug=slug)
    body = calendar_of(shown.event.title, show_appointment(shown, url, at), host=host(), now=at)
    return calendar_answer(body, f"{slug}.ics")


def calendar_answer(body: bytes, filename: str) -> Response:
    """A calendar that a phone offers to add."""
    response = make_response(body)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def host() -> str:
    """The name of this house on the net."""
    return urlsplit(house().settings.public_url).hostname or "localhost"


def visible(slug: str) -> Billing:
    """The show of this slug, if it is published or the coordinator's own; else there is no such page."""
    billing = billing_of(slug)
    if billing is None or not (billing.published or _ours(billing)):
        abort(404)
    return billing


def _ours(billing: Billing) -> bool:
    return signed_in() and our_organisation_id() == billing.organisation_id


def _live_line_up(billing: Billing, at: datetime) -> Response:
    return live_page(f"{billing.etag(at)}-{billing.published}", lambda: _page(billing, at))


def _page(billing: Billing, at: datetime) -> str:
    shown = line_up(billing.event_id, at)
    return render_template(
        "public/lineup.html", shown=shown, event=shown.event, organisation_name=shown.event.organisation.name
    )
