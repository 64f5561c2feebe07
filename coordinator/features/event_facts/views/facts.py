"""What the show is, where, for whom, and the quiet hours."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator import spoken
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import QuietHours
from coordinator.events.actions.days import CannotKeepDays
from coordinator.events.actions.events import edit_event
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.features.running_order.forms import DayForm, FactsForm
from coordinator.features.running_order.views.asking import apply_or_confirm
from coordinator.people.actions.phones import NotAPhone, parse_phone
from coordinator.web.filters import day
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.times_of_days import fields_of_days, form_of_days, times_shown, times_typed

from ..actions import add_show_day, remove_show_day
from ..queries import days_in_use
from .blueprint import bp

TEXTS = ("venue_name", "venue_address", "beneficiary", "donation_url", "about", "about_es", "notes", "contact_name")
MONEY = ("donation_suggested", "donation_currency", "donation_goal")
FACTS = (*TEXTS, *MONEY, "title", "title_es", "quiet_from", "quiet_to")


@bp.get("/coordinate/<slug>/facts")
@needs(Permission.EDIT_PLAN)
def facts(slug: str) -> ResponseReturnValue:
    event = our_event(slug)
    return _page(event, _form(event, formdata=None, data=_facts_of(event)))


@bp.post("/coordinate/<slug>/facts")
@needs(Permission.EDIT_PLAN)
def change_facts(slug: str) -> ResponseReturnValue:
    """Save the form; people who were told when doors open are told the new time."""
    event, at = our_event(slug), now()
    form = _form(event)
    if not form.validate_on_submit() or not _quiet_fits(form) or not _phone_is_read(event, form):
        return _page(event, form), 422
    doors = times_typed(form, "doors", event)
    if doors is None:
        return _page(event, form), 422
    change = partial(edit_event, event, **_changes(form), doors=doors, actor=current_actor(), now=at)
    page = apply_or_confirm(event, change, _("Change the show?"), at)
    if page is None:
        flash(_("Saved."), "ok")
    return page or redirect(url_for("event_facts.facts", slug=slug), 303)


@bp.post("/coordinate/<slug>/facts/days")
@needs(Permission.EDIT_PLAN)
def add_day(slug: str) -> ResponseReturnValue:
    """Another show day."""
    event, form, at = our_event(slug), DayForm(prefix="day"), now()
    if form.validate_on_submit():
        try:
            add_show_day(event, form.on.data, actor=current_actor(), now=at)
        except CannotKeepDays as refusal:
            form.on.errors = [str(refusal)]
        else:
            flash(_("%(day)s is a show day now.", day=day(form.on.data, event.zone)), "ok")
            return redirect(url_for("event_facts.facts", slug=slug, _anchor="days"), 303)
    return _page(event, _form(event, formdata=None, data=_facts_of(event)), form), 422


@bp.post("/coordinate/<slug>/facts/days/<on>/removal")
@needs(Permission.EDIT_PLAN)
def remove_day(slug: str, on: str) -> ResponseReturnValue:
    """Remove a show day on which nothing is planned."""
    event, at = our_event(slug), now()
    gone = next((each for each in event.dates if each.isoformat() == on), None) or abort(404)
    try:
        remove_show_day(event, gone, actor=current_actor(), now=at)
    except CannotKeepDays as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("%(day)s is no show day anymore.", day=day(gone, event.zone)), "ok")
    return redirect(url_for("event_facts.facts", slug=slug, _anchor="days"), 303)


def _form(event: Event, **filled: Any) -> FactsForm:
    form = form_of_days(FactsForm, "doors", _("Doors"), event)(**filled)
    form.donation_goal.as_in(event)
    return form


def _page(event: Event, form: FactsForm, adding: DayForm | None = None) -> str:
    return render_template(
        "event_facts/facts.html",
        event=event,
        form=form,
        doors=[field for _day, field in fields_of_days(form, "doors", event)],
        adding=adding or DayForm(formdata=None, prefix="day"),
        in_use=days_in_use(event) if len(event.days) > 1 else set(event.dates),
    )


def _facts_of(event: Event) -> dict[str, object]:
    values = {name: getattr(event, name) for name in FACTS}
    contact = {"contact_phone": spoken.phone(event.contact_phone)} if event.contact_phone else {}
    doors = times_shown("doors", event, lambda day: day.doors_at)
    return values | contact | doors | {"quiet": event.quiet_from is not None}


def _quiet_fits(form: FactsForm) -> bool:
    if form.quiet.data and (None in (form.quiet_from.data, form.quiet_to.data) or _same_ends(form)):
        form.quiet_from.errors = [_("Enter a start and an end that are two different times.")]
        return False
    return True


def _phone_is_read(event: Event, form: FactsForm) -> bool:
    """Whether the contact's number is valid or empty; it is stored like other numbers."""
    try:
        written = (form.contact_phone.data or "").strip()
        form.contact_phone.data = parse_phone(written, region_of(event.zone)) if written else None
    except NotAPhone as refusal:
        form.contact_phone.errors = [str(refusal)]
        return False
    return True


def _same_ends(form: FactsForm) -> bool:
    return bool(form.quiet_from.data == form.quiet_to.data)


def _changes(form: FactsForm) -> dict[str, Any]:
    begins, ends = form.quiet_from.data, form.quiet_to.data
    return {name: (form[name].data or "").strip() or None for name in TEXTS} | {
        "title": form.title.data,
        "title_es": form.title_es.data,
        "contact_phone": form.contact_phone.data,
        "donation_suggested": form.donation_suggested.data,
        "donation_goal": form.donation_goal.data,
        "donation_currency": (form.donation_currency.data or "").strip().upper() or None,
        "quiet": QuietHours(begins, ends) if form.quiet.data and begins and ends else None,
    }
