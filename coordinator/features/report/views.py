"""The report of a show: to read, to print, as spreadsheets, to hand on; and the show put away."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.models import Coordinator
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import coordinators_of
from coordinator.clock import now
from coordinator.events.actions.archiving import NotOverYet, archive, take_out
from coordinator.events.models import Event
from coordinator.features.texts.actions import a_new_key, kept_key
from coordinator.people.actions.emails import NotAnEmail, parse_email
from coordinator.services import services
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.spreadsheets import csv_file

from .actions import ReportMail, close_link, open_link, send_report
from .forms import SendForm
from .letters import mail_for
from .parts import PARTS
from .queries import Report, event_with_report, reader_at, report_of

bp = Blueprint("report", __name__)


@bp.get("/coordinate/<slug>/report")
@needs(Permission.SEE_PLAN)
def report(slug: str) -> ResponseReturnValue:
    """Everything that became of the show, as it stands now."""
    event, at = our_event(slug), now()
    is_over = event.plan_until_at is not None and event.plan_until_at <= at
    return render_template("report/report.html", is_over=is_over, link=_link_of(event), **_shown(event, at))


@bp.get(f"/coordinate/<slug>/report/<any({', '.join(PARTS)}):part>.csv")
@needs(Permission.SEE_PLAN)
def spreadsheet(slug: str, part: str) -> ResponseReturnValue:
    """One part of it, for a spreadsheet."""
    event = our_event(slug)
    head, lines = PARTS[part](_report(event, now()), ZoneInfo(event.zone))
    return csv_file(f"{part}-{event.slug}.csv", head, lines)


@bp.route("/coordinate/<slug>/report/sending", methods=["GET", "POST"])
@needs(Permission.HANDLE_TEXTS)
def send(slug: str) -> ResponseReturnValue:
    """By email to members and one more address: first a preview, then sending, which can be undone for 30 seconds."""
    event, at, form = our_event(slug), now(), SendForm()
    members = coordinators_of(event.organisation_id)
    form.offer(members)
    if request.method == "GET":
        return _sending(event, form, [])
    is_valid = form.validate_on_submit()
    other = _other_reader(form, event)
    chosen = [each for each in members if each.id in (form.members.data or ())]
    if is_valid and not form.address.errors and not chosen and other is None:
        form.address.errors = [_("Choose a member or enter an email address.")]
    if not is_valid or form.address.errors:
        return _sending(event, form, []), 422
    if "send" not in request.form:
        link = _link_of(event) or _address("…")
        return _sending(event, form, _mails(event, at, chosen, other, form.words.data or "", link))
    link = _address(open_link(event, actor=current_actor(), now=at))
    mails = _mails(event, at, chosen, other, form.words.data or "", link)
    batch = kept_key(request.form.get("batch", ""))
    if send_report(event, mails, batch, actor=current_actor(), now=at):
        flash(
            ngettext("%(num)s email goes out in 30 seconds.", "%(num)s emails go out in 30 seconds.", len(mails)),
            "undo",
        )
    return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)


@bp.post("/coordinate/<slug>/report/link")
@needs(Permission.EDIT_PLAN)
def share(slug: str) -> ResponseReturnValue:
    """Make a link to the report for whoever has no account, or close it."""
    event = our_event(slug)
    if request.form.get("closed") == "1":
        close_link(event, actor=current_actor(), now=now())
        flash(_("The link is closed. Nobody can open the report with it anymore."), "ok")
    else:
        open_link(event, actor=current_actor(), now=now())
        flash(_("Anyone with the link can read the report, without names of volunteers."), "ok")
    return redirect(url_for(".report", slug=slug, _anchor="share"), 303)


@bp.post("/coordinate/<slug>/archive")
@needs(Permission.PUBLISH)
def put_away(slug: str) -> ResponseReturnValue:
    """Archive a show that is over, or take it out again."""
    event = our_event(slug)
    if request.form.get("archived") == "0":
        take_out(event, actor=current_actor(), now=now())
        flash(_("The show is back among your current shows."), "ok")
        return redirect(url_for(".report", slug=slug), 303)
    try:
        archive(event, actor=current_actor(), now=now())
    except NotOverYet as refusal:
        flash(str(refusal), "wait")
        return redirect(url_for(".report", slug=slug), 303)
    flash(_("The show is archived. Nothing is sent about it anymore; its pages stay."), "ok")
    return redirect(url_for("organisation.shows", all="1"), 303)


@bp.get("/report/<key>")
def shared(key: str) -> ResponseReturnValue:
    """The report for whoever has its link: no names of volunteers, nothing to press."""
    event = event_with_report(key) or abort(404)
    page = render_template("report/shared.html", organisation_name=event.organisation.name, **_shown(event, now()))
    return page, {"X-Robots-Tag": "noindex", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _other_reader(form: SendForm, event: Event) -> tuple[str, str] | None:
    """The other address and its language; None: none was typed, or the field says what is wrong with it."""
    written = (form.address.data or "").strip()
    if not written:
        return None
    try:
        address = parse_email(written)
    except NotAnEmail as refusal:
        form.address.errors = [str(refusal)]
        return None
    reader = reader_at(event.organisation_id, address)
    if reader is None:
        form.address.errors = [_nobody_agreed(address, event)]
        return None
    return address, reader.language


def _nobody_agreed(address: str, event: Event) -> str:
    return _(
        "Nobody at %(email)s has agreed to emails from %(organization)s. "
        "Share the report's link with them instead, or print the report.",
        email=address,
        organization=event.organisation.name,
    )


def _report(event: Event, at: datetime) -> Report:
    return report_of(event, at, price=services().settings.price_per_segment)


def _shown(event: Event, at: datetime) -> dict[str, object]:
    return {
        "event": event,
        "at": at,
        "report": _report(event, at),
        "price_currency": services().settings.price_currency,
    }


def _mails(
    event: Event, at: datetime, chosen: list[Coordinator], other: tuple[str, str] | None, words: str, link: str
) -> list[ReportMail]:
    made = _report(event, at)
    addresses = dict([other]) if other else {}
    addresses |= {each.account.email: each.person.language for each in chosen}
    return [mail_for(made, address, tongue, words, link) for address, tongue in addresses.items()]


def _sending(event: Event, form: SendForm, mails: list[ReportMail]) -> str:
    batch = kept_key(request.form.get("batch", "")) if request.form else a_new_key()
    return render_template("report/send.html", event=event, form=form, mails=mails, batch=batch)


def _link_of(event: Event) -> str | None:
    return _address(event.report_key) if event.report_key else None


def _address(key: str) -> str:
    return services().settings.public_url + url_for("report.shared", key=key)
