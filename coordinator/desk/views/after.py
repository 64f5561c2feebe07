"""Once the show is over: who was there, for how long, what it is worth; thanks, letters, who did not come."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ...clock import now
from ...core.wording import UnknownPlaceholder
from ...events.models import Event
from ...house import house
from ...shifts.actions import edit_house_rule, forgive, settle
from ...shifts.queries import sign_up_of
from ...shifts.refusals import CannotLeaveShift
from ...web.guard import coordinator_required, the_coordinator
from ...web.spreadsheets import csv_file
from .. import thanking
from ..forms import SumsForm, ThanksForm
from ..queries.after import Aftermath, aftermath_of, no_show_of, no_shows_of
from ..thanking import hours_said
from .overview import our_event
from .signing import by_whoever

bp = Blueprint("after", __name__, url_prefix="/coordinate/<slug>/after")


@bp.get("")
@coordinator_required
def hours(slug: str) -> ResponseReturnValue:
    """Everybody who helped, with their hours; first those of whom nobody has said whether they came."""
    event = our_event(slug)
    return _hours(event, now())


@bp.post("/sums")
@coordinator_required
def sums(slug: str) -> ResponseReturnValue:
    """What was raised, and what an hour is worth."""
    event, at, form = our_event(slug), now(), SumsForm()
    if not form.validate_on_submit():
        return _hours(event, at, form), 422
    edit_house_rule(event, by=by_whoever(), now=at, raised=form.raised.data, hour_is_worth=form.hour_is_worth.data)
    flash(_("The sums are kept."), "ok")
    return redirect(url_for(".hours", slug=slug), 303)


@bp.post("/sign-ups/<int:sign_up_id>")
@coordinator_required
def came(slug: str, sign_up_id: int) -> ResponseReturnValue:
    """Somebody was there, or was not."""
    sign_up = sign_up_of(our_event(slug), sign_up_id) or abort(404)
    there = request.form.get("came") == "1"
    try:
        settle(sign_up, came=there, by=by_whoever(), now=now())
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    else:
        words = _("%(name)s was there.") if there else _("%(name)s did not come.")
        flash(words % {"name": sign_up.person.name}, "ok")
    return redirect(url_for(".hours", slug=slug, _anchor=f"person-{sign_up.person_id}"), 303)


@bp.route("/thanks", methods=["GET", "POST"])
@coordinator_required
def thanks(slug: str) -> ResponseReturnValue:
    """Thanks by text: first who gets what, then the sending, which can be taken back for 30 seconds."""
    event, at = our_event(slug), now()
    after, form = aftermath_of(event, at), ThanksForm(data={code: thanking.suggested(code) for code in ("en", "es")})
    words = {"en": form.en.data or "", "es": form.es.data or ""}
    error = None
    texts: list[thanking.Thanks] = []
    try:
        texts = thanking.thanks_for(event, after, words, house().gateway.sender)
    except (thanking.NothingToThank, UnknownPlaceholder) as refusal:
        error = str(refusal)
    if error is None and form.validate_on_submit() and "send" in request.form:
        sent, batch = thanking.send_thanks(event, texts, by=the_coordinator(), now=at)
        flash(ngettext("%(num)s text leaves in 30 seconds.", "%(num)s texts leave in 30 seconds.", sent), "undo")
        return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)
    shown = {"event": event, "form": form, "texts": texts, "error": error, "after": after}
    return render_template("after/thanks.html", **shown, placeholders=thanking.PLACEHOLDERS), 422 if error else 200


@bp.get("/letters")
@coordinator_required
def letters(slug: str) -> ResponseReturnValue:
    """A letter of hours for each who came, to print; for one of them with ``?person=``."""
    event, at = our_event(slug), now()
    after = aftermath_of(event, at)
    wanted = request.args.get("person", type=int)
    people = [helped for helped in after.came if wanted in (None, helped.person.id)]
    if wanted is not None and not people:
        abort(404)
    return render_template(
        "after/letters.html", event=event, after=after, people=people, on=at, by=the_coordinator(), said=hours_said
    )


@bp.get("/hours.csv")
@coordinator_required
def export(slug: str) -> ResponseReturnValue:
    """A line for each person's shift, for a spreadsheet."""
    event, at = our_event(slug), now()
    return csv_file(f"hours-{event.slug}.csv", _head(), _lines(event, aftermath_of(event, at)))


@bp.get("/no-shows")
@coordinator_required
def no_shows(slug: str) -> ResponseReturnValue:
    """Who did not come, at any show of the house, and what was forgiven."""
    event = our_event(slug)
    return render_template("after/no_shows.html", event=event, missed=no_shows_of(event.organisation_id))


@bp.post("/no-shows/<int:no_show_id>/forgiven")
@coordinator_required
def forgiven(slug: str, no_show_id: int) -> ResponseReturnValue:
    """It no longer counts, or does after all."""
    event = our_event(slug)
    sign_up = no_show_of(event.organisation_id, no_show_id) or abort(404)
    undo = request.form.get("undo") == "1"
    forgive(sign_up, by=by_whoever(), now=now(), undo=undo)
    words = _("It counts again for %(name)s.") if undo else _("It no longer counts against %(name)s.")
    flash(words % {"name": sign_up.person.name}, "ok")
    return redirect(url_for(".no_shows", slug=slug), 303)


def _hours(event: Event, at: datetime, form: SumsForm | None = None) -> str:
    after = aftermath_of(event, at)
    sums_form = form or SumsForm(formdata=None, raised=after.rule.raised, hour_is_worth=after.rule.hour_is_worth)
    currency = event.donation_currency or "USD"
    return render_template(
        "after/hours.html", event=event, after=after, form=sums_form, currency=currency, said=hours_said
    )


def _head() -> list[str]:
    return [_("Name"), _("Work"), _("From"), _("To"), _("Here"), _("Left"), _("Came"), _("Hours"), _("Worth")]


def _lines(event: Event, after: Aftermath) -> list[list[Any]]:
    lines: list[list[Any]] = []
    for helped in after.people:
        for turn in helped.turns:
            times = (turn.starts_at, turn.ends_at, turn.sign_up.here_at, turn.sign_up.left_at)
            came = {True: _("yes"), False: _("no"), None: ""}[turn.came]
            lines.append([helped.person.name, turn.sign_up.shift.role.name, *_walls(event, times), came, "", ""])
        value = after.value_of(helped)
        hours = f"{helped.length.total_seconds() / 3600:.2f}"
        lines.append(
            [helped.person.name, _("in all"), "", "", "", "", "", hours, str(value) if value is not None else ""]
        )
    return lines


def _walls(event: Event, instants: tuple[datetime | None, ...]) -> list[str]:
    """In the show's zone, with their offset from UTC."""
    zone = ZoneInfo(event.zone)
    return [at.astimezone(zone).isoformat(timespec="minutes") if at else "" for at in instants]
