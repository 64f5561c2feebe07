"""Who it is that proved a phone, and who comes along with whom: pages of signing up for a second person."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...events.queries import event_by_slug
from ...house import house
from ...people.actions import personal_link
from ...people.queries import people_with_phone
from ...shifts.actions import say_who
from ...shifts.queries import company_of
from ...shifts.refusals import CodeRefused
from ...web.known import remember
from ..forms import DetailsForm
from ..wishes import Wish
from .public import visible
from .sign_up import bp
from .sign_up_page import (
    code_is_sent,
    consent_words,
    fulfil,
    kept_wish,
    known_person,
    private,
    promised_code,
    to_choose,
)

__all__ = ["bp"]


@bp.route("/e/<slug>/volunteer/who", methods=["GET", "POST"])
def who(slug: str) -> ResponseReturnValue:
    """Several people share the phone that was proved: which of them is it?"""
    billing, at, wish = visible(slug), now(), kept_wish()
    sent, event = promised_code(billing), event_by_slug(slug)
    if sent is None or sent.used_at is None or event is None:
        return to_choose(slug, wish)
    sharing, said, wrong = people_with_phone(sent.phone, billing.organisation_id), request.form.get("who", ""), ""
    if request.method == "POST" and (said == "new" or said.isdecimal()):
        try:
            person = say_who(sent.id, None if said == "new" else int(said), now=at)
        except CodeRefused as refusal:
            wrong = str(refusal)
        else:
            response = fulfil(billing, person, wish, at)
            remember(response, personal_link(person, at).token)
            return response
    elif request.method == "POST":
        wrong = _("Say which of you it is.")
    page = private("sign_up/who.html", event, sharing=sharing, sent=sent, wrong=wrong, wish=wish)
    return (page, 422) if wrong else page


@bp.route("/e/<slug>/volunteer/friend/<key>", methods=["GET", "POST"])
def friend(slug: str, key: str) -> ResponseReturnValue:
    """The link that was passed on: what somebody is asked to come along for, and a button to say yes."""
    billing, at = visible(slug), now()
    company, event = company_of(billing.event_id, key, at), event_by_slug(slug)
    person, form = known_person(billing), DetailsForm()
    if company is None or event is None:
        return private("sign_up/friend_gone.html", event), 410
    is_host = person is not None and person.id in company.host_ids
    if request.method == "POST" and person is not None and not is_host:
        return fulfil(billing, person, Wish(come=key), at)
    if not form.is_submitted():
        form.name.data = company.friend
    elif form.validate_on_submit() and code_is_sent(billing, form, Wish(come=key), at):
        return redirect(url_for(".code", slug=slug), 303)
    values: Any = {"company": company, "form": form, "is_host": is_host, "person": None if is_host else person}
    page = private(
        "sign_up/friend.html", event, words=consent_words(), slug=slug, public_url=house().settings.public_url, **values
    )
    return (page, 422) if form.errors else page
