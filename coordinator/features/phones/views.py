"""Simulated phones and mailboxes: where texts and emails arrive while none leaves this machine."""

from secrets import token_hex

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator import clock
from coordinator.accounts.permissions import Permission
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.queries.simulated_mail import simulated_mail
from coordinator.messaging.queries.simulated_phones import (
    person_with_phone,
    phones_etag,
    strange_phones,
)
from coordinator.messaging.simulated_gateway import SENDER
from coordinator.services import services
from coordinator.web.guard import needs, our_organisation_id
from coordinator.web.live import live_page

from . import labels
from .forms import AnswerForm
from .mailbox import mailboxes
from .queries import phones_by_show, shows_etag

bp = Blueprint("phones", __name__)


@bp.get("/phones")
@needs(Permission.SEE_NUMBERS)
def phones() -> ResponseReturnValue:
    """One phone for each number of the organization's people, by show."""
    sender = _simulated_sender()
    organisation_id = our_organisation_id()
    return live_page(
        f"{phones_etag(organisation_id)}-{shows_etag(organisation_id)}",
        lambda: _page(organisation_id, sender),
    )


@bp.get("/phones/mail")
@needs(Permission.SEE_NUMBERS)
def mailbox() -> ResponseReturnValue:
    """The emails to each address, newest first."""
    if services().mail_line.sender != SENDER:
        abort(404)
    organisation_id = our_organisation_id()
    return live_page(
        phones_etag(organisation_id),
        lambda: render_template(
            "phones/mailbox.html", boxes=mailboxes(simulated_mail(organisation_id), services().links)
        ),
    )


@bp.post("/phones/<int:person_id>")
@needs(Permission.SEE_NUMBERS)
def answer_from_phone(person_id: int) -> ResponseReturnValue:
    """Send what was typed on this person's phone, along the same path as a real text."""
    sender = _simulated_sender()
    person = person_with_phone(person_id, our_organisation_id())
    if person is None or person.phone is None:
        abort(404)
    form = AnswerForm()
    if not form.validate():
        return _page(our_organisation_id(), sender, wrong=person.phone, form=form), 422
    receive_text(
        InboundText(phone=person.phone, to=sender, body=form.text, sid=f"SIMIN{token_hex(14)}"),
        now=clock.now(),
        answer=services().answer,
    )
    return redirect(url_for(".phones", page=request.args.get("page"), _anchor=f"phone-{person_id}"), 303)


def _page(organisation_id: int, sender: str, *, wrong: str | None = None, form: AnswerForm | None = None) -> str:
    return render_template(
        "phones/phones.html",
        found=phones_by_show(organisation_id, sender, clock.now(), _page_number()),
        strangers=strange_phones(organisation_id),
        links=services().links,
        spoken=labels.ANSWERS,
        wrong=wrong,
        form=form,
    )


def _page_number() -> int:
    written = request.args.get("page", "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 1


def _simulated_sender() -> str:
    """The simulated network's sender; aborts with 404 if texts are real."""
    if services().settings.twilio is not None:
        abort(404)
    return services().gateway.sender
