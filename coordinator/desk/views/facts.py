"""What the show is, where, for whom, and when texts rest."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...accounts.actions import record_change
from ...accounts.models import Coordinator
from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime, QuietHours
from ...events.actions import edit_event, set_doors
from ...events.models import Event
from ...web.guard import coordinator_required, the_coordinator
from ..forms import FactsForm
from ..queries.order import instant_on
from .asking import kept_or_asked
from .order import bp
from .order_page import reading_of, two_readings
from .overview import our_event

TEXTS = ("venue_name", "venue_address", "beneficiary", "donation_url", "about", "notes")
FACTS = (*TEXTS, "title", "date", "donation_suggested", "donation_currency", "quiet_from", "quiet_to")


@bp.get("/coordinate/<slug>/facts")
@coordinator_required
def facts(slug: str) -> ResponseReturnValue:
    event = our_event(slug)
    return _page(event, FactsForm(formdata=None, data=_facts_of(event)))


@bp.post("/coordinate/<slug>/facts")
@coordinator_required
def change_facts(slug: str) -> ResponseReturnValue:
    """Keep what was typed; whoever was told when doors open is told anew."""
    event, form, at = our_event(slug), FactsForm(), now()
    if not form.validate_on_submit() or not _quiet_fits(form):
        return _page(event, form), 422
    try:
        doors_at = instant_on(event, form.doors.data, form.reading) if form.doors.data else None
    except (AmbiguousLocalTime, MissingLocalTime) as refusal:
        form.doors.errors = [two_readings(refusal)]
        return _page(event, form), 422
    change = partial(_write, event, _changes(form), doors_at, by=the_coordinator(), at=at)
    page = kept_or_asked(event, change, _("Change the show?"), at)
    if page is None:
        flash(_("Saved."), "ok")
    return page or redirect(url_for("lineup.facts", slug=slug), 303)


def _page(event: Event, form: FactsForm) -> str:
    form.date.data = event.date
    return render_template("lineup/facts.html", event=event, form=form)


def _facts_of(event: Event) -> dict[str, Any]:
    doors, passing = reading_of(event.doors_local)
    values = {name: getattr(event, name) for name in FACTS}
    return values | {"doors": doors, "passing": passing, "quiet": event.quiet_from is not None}


def _quiet_fits(form: FactsForm) -> bool:
    if form.quiet.data and (None in (form.quiet_from.data, form.quiet_to.data) or _same_ends(form)):
        form.quiet_from.errors = [_("Write from when to when, two different times.")]
        return False
    return True


def _same_ends(form: FactsForm) -> bool:
    return bool(form.quiet_from.data == form.quiet_to.data)


def _changes(form: FactsForm) -> dict[str, Any]:
    begins, ends = form.quiet_from.data, form.quiet_to.data
    return {name: (form[name].data or "").strip() or None for name in TEXTS} | {
        "title": form.title.data,
        "donation_suggested": form.donation_suggested.data,
        "donation_currency": (form.donation_currency.data or "").strip().upper() or None,
        "quiet": QuietHours(begins, ends) if form.quiet.data and begins and ends else None,
    }


def _write(event: Event, changes: Any, doors_at: datetime | None, *, by: Coordinator, at: datetime) -> None:
    before = _recorded(event)
    edit_event(event, **changes)
    set_doors(event, doors_at)
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=by.id,
        by=by.person.name,
        what="event.changed",
        subject=event.slug,
        now=at,
        before=before,
        after=_recorded(event),
    )


def _recorded(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in (*FACTS, "doors_local")}
    return {name: None if value is None else str(value) for name, value in values.items()}
