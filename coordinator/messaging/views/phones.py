"""Simulated phones: where texts arrive and answers are typed while there is no phone network."""

from __future__ import annotations

from secrets import token_hex

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ... import clock
from ...house import house
from ...web.guard import coordinator_required, our_organisation_id
from ...web.live import live_page
from ..actions import receive_text
from ..forms import AnswerForm
from ..queries import person_with_phone, phones_etag, simulated_phones, strange_phones
from .blueprint import bp


@bp.get("/phones")
@coordinator_required
def phones() -> ResponseReturnValue:
    """One phone for each number of the organisation's people."""
    sender = _simulated_sender()
    organisation_id = our_organisation_id()
    return live_page(
        phones_etag(organisation_id),
        lambda: _page(organisation_id, sender),
    )


@bp.post("/phones/<int:person_id>")
@coordinator_required
def answer_from_phone(person_id: int) -> ResponseReturnValue:
    """Send what was typed on this person's phone, by the same way a real text takes."""
    sender = _simulated_sender()
    person = person_with_phone(person_id, our_organisation_id())
    if person is None or person.phone is None:
        abort(404)
    form = AnswerForm()
    if not form.validate():
        return _page(our_organisation_id(), sender, wrong=person.phone, form=form), 422
    receive_text(
        phone=person.phone,
        to=sender,
        body=form.text,
        sid=f"SIMIN{token_hex(14)}",
        num_media=0,
        now=clock.now(),
        answer=house().answer,
    )
    return redirect(url_for(".phones", _anchor=f"phone-{person_id}"), 303)


def _page(organisation_id: int, sender: str, *, wrong: str | None = None, form: AnswerForm | None = None) -> str:
    return render_template(
        "messaging/phones.html",
        phones=simulated_phones(organisation_id, sender),
        strangers=strange_phones(organisation_id),
        wrong=wrong,
        form=form,
    )


def _simulated_sender() -> str:
    """The simulated network's sender; 404 where texts really leave."""
    if house().settings.twilio is not None:
        abort(404)
    return house().gateway.sender
