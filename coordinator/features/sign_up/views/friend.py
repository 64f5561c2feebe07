"""Sign-up pages for a second person: who it is that proved a number or an address, and who comes along with whom."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.clock import now
from coordinator.events.queries import event_by_slug
from coordinator.features.public_lineup.views import visible
from coordinator.people.models import Channel
from coordinator.people.queries import people_at
from coordinator.services import services
from coordinator.shifts.actions.codes import say_who
from coordinator.shifts.queries.company import company_of
from coordinator.shifts.refusals.codes import CodeRefused
from coordinator.web.known import remember, this_browser

from ..draft import SignUpRequest
from ..forms import DetailsForm
from .blueprint import bp
from .page import (
    code_is_sent,
    consent_words,
    fulfil,
    kept_request,
    known_here,
    private,
    promised_code,
    promised_request,
    to_choose,
)

__all__ = ["bp"]


@bp.route("/e/<slug>/volunteer/who", methods=["GET", "POST"])
def who(slug: str) -> ResponseReturnValue:
    """Several people share the proved number or address: which one is it?"""
    summary, at = visible(slug), now()
    sent, event = promised_code(summary), event_by_slug(slug)
    if sent is None or sent.used_at is None or event is None:
        return to_choose(slug, kept_request())
    requested = promised_request(sent)
    sharing, said, wrong = people_at(sent.sent_to, summary.organisation_id), request.form.get("who", ""), ""
    if request.method == "POST" and (said == "new" or (said.isdecimal() and len(said) < 16)):
        try:
            person = say_who(sent.id, None if said == "new" else int(said), browser=this_browser(), now=at)
        except CodeRefused as refusal:
            wrong = str(refusal)
        else:
            response = fulfil(summary, person, requested, at)
            remember(response, person)
            return response
    elif request.method == "POST":
        wrong = _("Tell us which one of you it is.")
    page = private("sign_up/who.html", event, sharing=sharing, sent=sent, wrong=wrong, requested=requested)
    return (page, 422) if wrong else page


@bp.route("/e/<slug>/volunteer/friend/<key>", methods=["GET", "POST"])
def friend(slug: str, key: str) -> ResponseReturnValue:
    """The link that was passed on: what someone is asked to come along for, and a button to say yes."""
    summary, at = visible(slug), now()
    company, event = company_of(summary.event_id, key, at), event_by_slug(slug)
    person, form = known_here(summary), DetailsForm(can_mail=services().can_mail)
    if event is None:
        abort(404)
    if company is None:
        return private("sign_up/friend_gone.html", event), 410
    is_host = person is not None and person.id in company.host_ids
    if request.method == "POST" and person is not None and not is_host:
        return fulfil(summary, person, SignUpRequest(friends_key=key), at)
    if not form.is_submitted():
        form.name.data = company.friend
    elif form.validate_on_submit() and code_is_sent(summary, form, SignUpRequest(friends_key=key), at):
        return redirect(url_for(".code", slug=slug), 303)
    values: dict[str, object] = {
        "company": company,
        "form": form,
        "is_host": is_host,
        "person": None if is_host else person,
    }
    page = private(
        "sign_up/friend.html",
        event,
        words=consent_words(event.organisation.name),
        email_words=consent_words(event.organisation.name, Channel.EMAIL),
        slug=slug,
        public_url=services().settings.public_url,
        **values,
    )
    return (page, 422) if form.errors else page
