"""The audit log of a show and of the organization: pages, filters and a spreadsheet."""

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Via
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.events.queries import events_of
from coordinator.web.chosen_days import a_day
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator
from coordinator.web.ids import an_id
from coordinator.web.labels import called
from coordinator.web.proof import AsksAgain
from coordinator.web.spreadsheets import csv_file

from . import labels
from .presenting import in_words, shown, value_name, verb
from .queries import MOST_EXPORTED, LogFilter, LogLine, lines_of, who_changed

bp = Blueprint("audit_log", __name__)
ELSEWHERE = "UTC"  # the zone of the days of an organization that has no show


@bp.get("/coordinate/<slug>/log")
@needs(Permission.READ_RECORD)
def of_show(slug: str) -> ResponseReturnValue:
    """Everything that was changed for one show."""
    return _page(our_event(slug))


@bp.get("/coordinate/organisation/log")
@needs(Permission.READ_RECORD)
def of_organisation() -> ResponseReturnValue:
    """Everything that was changed, in every show and beside them."""
    return _page(None)


@bp.get("/coordinate/organisation/log.csv")
@needs(Permission.READ_RECORD, asks_again=AsksAgain.ALWAYS)
def export() -> ResponseReturnValue:
    """What the filters leave, as a spreadsheet; exporting is recorded too."""
    slug = request.args.get("show")
    event = our_event(slug) if slug else None
    wanted = _wanted(event)
    lines, _older = lines_of(the_coordinator().organisation_id, wanted, most=MOST_EXPORTED)
    of = event or the_coordinator().organisation
    record(of, current_actor(), "log.exported", slug or "organisation", now=now(), after={"entries": len(lines)})
    head = [_("When (UTC)"), _("Show"), _("Who"), _("How"), _("What"), _("About"), _("Before"), _("After")]
    return csv_file("audit-log.csv", head, (list(_cells(line)) for line in lines))


def _page(event: Event | None) -> str:
    organisation_id, wanted = the_coordinator().organisation_id, _wanted(event)
    before_id = request.args.get("before", type=an_id)
    lines, older = lines_of(organisation_id, wanted, before_id=before_id)
    here = url_for(".of_show", slug=event.slug) if event else url_for(".of_organisation")
    return render_template(
        "audit_log/log.html",
        event=event,
        zone=wanted.zone,
        lines=shown(lines, wanted.zone),
        wanted=wanted,
        here=here,
        older=_with(here, before=str(older)) if older else None,
        newest=_with(here) if before_id else None,
        file=_with(url_for(".export"), show=event.slug if event else ""),
        names=[(name, name) for name in who_changed(organisation_id, event.id if event else None)],
        labels=labels,
        in_words=in_words,
        value_name=value_name,
        verb=verb,
    )


def _wanted(event: Event | None) -> LogFilter:
    asked = request.args
    shows = [event] if event else events_of(the_coordinator().organisation_id)
    return LogFilter(
        zone=shows[0].zone if shows else ELSEWHERE,
        event_id=event.id if event else None,
        by=asked.get("by", ""),
        topic=asked["topic"] if asked.get("topic") in labels.TOPICS else "",
        via=asked["via"] if asked.get("via") in set(Via) else "",
        since_on=a_day(asked.get("since")),
        until_on=a_day(asked.get("until")),
    )


def _with(address: str, **more: str) -> str:
    """The address with the filters that are set."""
    asked = {key: value for key, value in request.args.items() if key != "before" and value} | more
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{address}?{query}" if query else address


def _cells(line: LogLine) -> Iterator[str]:
    entry = line.entry
    yield entry.at.strftime("%Y-%m-%d %H:%M:%S")
    yield called(line.event) if line.event else ""
    yield entry.by
    yield str(labels.DOORS[Via(entry.via)])
    yield verb(entry.what)
    yield line.about
    yield "; ".join(f"{value_name(each.key)}: {in_words(each.before)}" for each in line.values)
    yield "; ".join(f"{value_name(each.key)}: {in_words(each.after)}" for each in line.values)
