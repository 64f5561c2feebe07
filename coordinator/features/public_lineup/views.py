"""The public pages of a show: who plays when, for what cause, and where volunteers are needed."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from coordinator.clock import now
from coordinator.services import services
from coordinator.web.calendars import A_MINUTE, Appointment, calendar_answer, calendar_of, host, revision_of
from coordinator.web.guard import our_organisation_id, signed_in
from coordinator.web.languages import language
from coordinator.web.live import live_page

from .queries.about import venue_of
from .queries.lineup import DayLineup, LineUp, line_up
from .queries.summaries import EventSummary, event_summary_of, summaries_to_come

bp = Blueprint("public_lineup", __name__)

A_SHOW = timedelta(hours=3)  # how long a calendar entry lasts if no set is planned yet


@bp.get("/")
def front() -> ResponseReturnValue:
    """The one show to come; a list if there are several; a welcome if there is none."""
    at = now()
    shows = summaries_to_come(at)
    if len(shows) == 1:
        return _live_line_up(shows[0], at)
    etag = "-".join(show.etag(at) for show in shows) or "none"
    return live_page(etag, lambda: render_template("public_lineup/front.html", shows=shows))


@bp.get("/e/<slug>")
def lineup(slug: str) -> ResponseReturnValue:
    """The lineup of a published show; its own coordinators see it earlier."""
    return _live_line_up(visible(slug), now())


@bp.get("/e/<slug>.ics")
def calendar(slug: str) -> ResponseReturnValue:
    """The show as a calendar entry."""
    at = now()
    shown = line_up(visible(slug).event_id, at)
    url = services().settings.public_url + url_for("public_lineup.lineup", slug=slug)
    body = calendar_of(shown.event.called(language()), _show_appointment(shown, url, at), host=host(), now=at)
    return calendar_answer(body, f"{slug}.ics")


def visible(slug: str) -> EventSummary:
    """The show with this slug, if it is published or the coordinator's own; otherwise aborts with 404.

    It queries the database once per request.
    """
    known: EventSummary | None = g.get("event_summary")
    if known is not None and known.slug == slug:
        return known
    g.event_summary = summary = event_summary_of(slug)
    if summary is None or not (summary.published or _ours(summary)):
        abort(404)
    return summary


def _ours(summary: EventSummary) -> bool:
    return signed_in() and our_organisation_id() == summary.organisation_id


def _live_line_up(summary: EventSummary, at: datetime) -> Response:
    return live_page(f"{summary.etag(at)}-{summary.published}", lambda: _page(summary, at), shared=True)


def _page(summary: EventSummary, at: datetime) -> str:
    shown = line_up(summary.event_id, at)
    return render_template(
        "public_lineup/lineup.html", shown=shown, event=shown.event, organisation_name=shown.event.organisation.name
    )


def _show_appointment(shown: LineUp, url: str, now: datetime) -> list[Appointment]:
    """An entry for each show day, from doors to the end of the last set; none for a day without any time."""
    return [entry for day in shown.days if (entry := _day_appointment(shown, day, url, now))]


def _day_appointment(shown: LineUp, day: DayLineup, url: str, now: datetime) -> Appointment | None:
    event, on = shown.event, day.day.on
    starts_at = day.day.doors_at or day.music_at
    if starts_at is None:
        return None
    ends_at = shown.ends_on(day.day) or starts_at + A_SHOW
    return Appointment(
        key=f"show-{event.id}" if on == event.date else f"show-{event.id}-{on:%Y%m%d}",
        revision=revision_of(event, now),
        title=event.called(language()),
        starts_at=starts_at,
        ends_at=max(ends_at, starts_at + A_MINUTE),
        zone=event.zone,
        place=venue_of(event),
        about=event.about_in(language()) or "",
        url=url,
    )
