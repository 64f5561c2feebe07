"""After the show: who was there, for how long, what it is worth; thank-yous, letters, no-shows."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from coordinator.accounts.actions.records import record
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.wording import UnknownPlaceholder
from coordinator.events.models import Event
from coordinator.lineup.refusals import TooEarly
from coordinator.services import services
from coordinator.shifts.actions.afterwards import excuse, settle
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.queries.planned import sign_up_of
from coordinator.shifts.refusals.leaving import CannotLeaveShift
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator
from coordinator.web.ids import an_id
from coordinator.web.labels import called
from coordinator.web.proof import AsksAgain, ask_again_to_text
from coordinator.web.spreadsheets import csv_file

from . import actions as thanking
from . import labels
from .forms import SumsForm, ThanksForm
from .queries import VolunteerHours, no_show_of, no_shows_of, volunteer_hours_of

bp = Blueprint("afterwards", __name__, url_prefix="/coordinate/<slug>/after")


@bp.get("")
@needs(Permission.SEE_PLAN)
def hours(slug: str) -> ResponseReturnValue:
    """Everyone who helped, with their hours; first those for whom nobody has said whether they came."""
    event = our_event(slug)
    return _hours(event, now())


@bp.post("/sums")
@needs(Permission.EDIT_PLAN)
def sums(slug: str) -> ResponseReturnValue:
    """What was raised, and what an hour is worth."""
    event, at, form = our_event(slug), now(), SumsForm()
    if not form.validate_on_submit():
        return _hours(event, at, form), 422
    edit_volunteer_policy(
        event, actor=current_actor(), now=at, raised=form.raised.data, hour_is_worth=form.hour_is_worth.data
    )
    flash(_("The amounts are saved."), "ok")
    return redirect(url_for(".hours", slug=slug), 303)


@bp.post("/sign-ups/<int:sign_up_id>")
@needs(Permission.EDIT_PLAN)
def came(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Record that someone was there, or was not."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    there = request.form.get("came") == "1"
    try:
        settle(sign_up, came=there, actor=current_actor(), now=now())
    except (CannotLeaveShift, TooEarly) as refusal:
        flash(str(refusal), "wait")
    else:
        words = _("%(name)s was there.") if there else _("%(name)s didn't show up.")
        flash(words % {"name": sign_up.person.name}, "ok")
    return redirect(url_for(".hours", slug=slug, _anchor=f"person-{sign_up.person_id}"), 303)


@bp.route("/thanks", methods=["GET", "POST"])
@needs(Permission.HANDLE_TEXTS, asks_again=AsksAgain.MANY_TEXTS)
def thanks(slug: str) -> ResponseReturnValue:
    """Thank-yous by text: first who gets what, then sending, which can be undone for 30 seconds."""
    event, at = our_event(slug), now()
    after, form = (
        volunteer_hours_of(event, at),
        ThanksForm(data={code: thanking.suggested(code) for code in ("en", "es")}),
    )
    words = {"en": form.en.data or "", "es": form.es.data or ""}
    is_wrong = _refused(form, words)
    texts = [] if is_wrong else thanking.thanks_for(event, after, words, services().gateway.sender)
    if not is_wrong and form.validate_on_submit() and "send" in request.form:
        ask_again_to_text(sum(text.why_not is None for text in texts))
        sent, batch = thanking.send_thanks(event, texts, actor=current_actor(), now=at)
        flash(ngettext("%(num)s text goes out in 30 seconds.", "%(num)s texts go out in 30 seconds.", sent), "undo")
        return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)
    shown = {"event": event, "form": form, "texts": texts, "is_wrong": is_wrong, "after": after, "labels": labels}
    page = render_template("afterwards/thanks.html", **shown, placeholders=thanking.PLACEHOLDERS)
    return page, 422 if is_wrong else 200


def _refused(form: ThanksForm, words: Mapping[str, str]) -> bool:
    """Whether words in some language cannot be sent; its field says why."""
    for code, said in words.items():
        try:
            thanking.check_thanks(said)
        except (thanking.NothingToThank, UnknownPlaceholder) as refusal:
            form[code].errors = [str(refusal)]
    return any(form[code].errors for code in words)


@bp.get("/letters")
@needs(Permission.EXPORT, asks_again=AsksAgain.ALWAYS)
def letters(slug: str) -> ResponseReturnValue:
    """A letter of hours for each person who came, to print; with ``?person=`` for one of them."""
    event, at = our_event(slug), now()
    after = volunteer_hours_of(event, at)
    wanted = request.args.get("person", type=an_id)
    people = [helped for helped in after.came if wanted in (None, helped.person.id)]
    if wanted is not None and not people:
        abort(404)
    return render_template(
        "afterwards/letters.html", event=event, after=after, people=people, on=at, by=the_coordinator()
    )


@bp.get("/hours.csv")
@needs(Permission.EXPORT, asks_again=AsksAgain.ALWAYS)
def export(slug: str) -> ResponseReturnValue:
    """A line for each person's shift, for a spreadsheet."""
    event, at = our_event(slug), now()
    record(event, current_actor(), "hours.exported", event.slug, now=at)
    return csv_file(f"hours-{event.slug}.csv", _head(), _lines(event, volunteer_hours_of(event, at)))


@bp.get("/no-shows")
@needs(Permission.EDIT_PLAN)
def no_shows(slug: str) -> ResponseReturnValue:
    """No-shows at any of the organization's shows, and which were excused."""
    event = our_event(slug)
    return render_template("afterwards/no_shows.html", event=event, missed=no_shows_of(event.organisation_id))


@bp.post("/no-shows/<int:no_show_id>/excused")
@needs(Permission.EDIT_PLAN)
def excused(slug: str, no_show_id: int) -> ResponseReturnValue:
    """Excuse a no-show, or count it again."""
    event = our_event(slug)
    sign_up = no_show_of(event.organisation_id, no_show_id) or abort(404)
    undo = request.form.get("undo") == "1"
    excuse(sign_up, actor=current_actor(), now=now(), undo=undo)
    words = _("It counts again for %(name)s.") if undo else _("It no longer counts against %(name)s.")
    flash(words % {"name": sign_up.person.name}, "ok")
    if request.form.get("back") == "hours":
        return redirect(url_for(".hours", slug=slug, _anchor=f"person-{sign_up.person_id}"), 303)
    return redirect(url_for(".no_shows", slug=slug), 303)


def _hours(event: Event, at: datetime, form: SumsForm | None = None) -> str:
    after = volunteer_hours_of(event, at)
    sums_form = form or SumsForm(formdata=None, raised=after.policy.raised, hour_is_worth=after.policy.hour_is_worth)
    currency = event.donation_currency or "USD"
    return render_template("afterwards/hours.html", event=event, after=after, form=sums_form, currency=currency)


def _head() -> list[str]:
    came_and_went = [pgettext("column", "Here"), pgettext("column", "Left")]
    return [_("Name"), _("Work"), _("From"), _("To"), *came_and_went, _("Came"), _("Excused"), _("Hours"), _("Worth")]


def _lines(event: Event, after: VolunteerHours) -> list[list[str]]:
    lines: list[list[str]] = []
    for helped in after.people:
        for worked in helped.shifts:
            times = (worked.starts_at, worked.ends_at, worked.sign_up.here_at, worked.sign_up.left_at)
            came = {True: _("yes"), False: _("no"), None: ""}[worked.came]
            excused = _("yes") if worked.is_excused else ""
            work = called(worked.sign_up.shift.role)
            lines.append([helped.person.name, work, *_walls(event, times), came, excused, "", ""])
        value = after.value_of(helped)
        hours = f"{helped.length.total_seconds() / 3600:.2f}"
        lines.append(
            [helped.person.name, _("total"), "", "", "", "", "", "", hours, str(value) if value is not None else ""]
        )
    return lines


def _walls(event: Event, instants: tuple[datetime | None, ...]) -> list[str]:
    """Instants in the show's zone, with their offset from UTC."""
    zone = ZoneInfo(event.zone)
    return [at.astimezone(zone).isoformat(timespec="minutes") if at else "" for at in instants]
