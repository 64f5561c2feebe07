"""Writing by hand: first a preview of who gets what, then the sending, which can be taken back for 30 seconds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ....clock import now
from ....core.wording import PLACEHOLDERS, UnknownPlaceholder
from ....house import house
from ....people.queries import link_tokens
from ....web.guard import coordinator_required, the_coordinator
from ....web.languages import language
from ... import sending
from ..overview import our_event
from .blueprint import bp


@bp.route("/write", methods=["GET", "POST"])
@coordinator_required
def write(slug: str) -> ResponseReturnValue:
    """Nothing is sent that was not shown: what has changed since the preview is shown again first."""
    event, at = our_event(slug), now()
    to = request.form.get("to", request.args.get("to", sending.UNCONFIRMED))  # chosen beats linked to
    batch = sending.kept_key(request.form.get("batch", ""))
    those = sending.house_of(event, at)
    people = sending.addressees(those, to, house().gateway.sender)
    words = request.form.get("body", sending.suggested_words(to, people, language()))
    looked = bool({"preview", "send"} & set(request.form))
    made, error = _drafts(those, people, words) if looked else (None, None)
    seal = sending.seal(to, made) if made else ""
    if made and "send" in request.form and request.form.get("seal") == seal:
        return _send(slug, made, batch)
    return _shown(those, to, people, words, made, error, seal), 422 if error else 200


@bp.post("/undo/<batch>")
@coordinator_required
def undo(slug: str, batch: str) -> ResponseReturnValue:
    taken = sending.take_back(our_event(slug), batch, by=the_coordinator(), now=now())
    flash(
        ngettext("%(num)s text was taken back.", "%(num)s texts were taken back.", taken)
        if taken
        else _("It was too late: they had left.")
    )
    return redirect(url_for("texts.planned", slug=slug), 303)


def _send(slug: str, made: list[sending.Draft], batch: str) -> ResponseReturnValue:
    number = len(made)
    if sending.send(our_event(slug), made, batch, by=the_coordinator(), now=now()):
        flash(ngettext("%(num)s text leaves in 30 seconds.", "%(num)s texts leave in 30 seconds.", number), "undo")
    else:
        flash(_("That form was sent already. Nobody gets its text twice."))
    return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)


def _drafts(
    those: sending.House, people: list[sending.Addressee], words: str
) -> tuple[list[sending.Draft] | None, str | None]:
    tokens = link_tokens(each.person.id for each in people)
    links = {person_id: f"{house().settings.public_url}/me/{token}" for person_id, token in tokens.items()}
    try:
        return sending.drafts(those, people, words, links), None
    except (sending.NothingToSend, UnknownPlaceholder) as refusal:
        return None, str(refusal)


def _shown(
    those: sending.House,
    to: str,
    people: list[sending.Addressee],
    words: str,
    made: list[sending.Draft] | None,
    error: str | None,
    seal: str,
) -> str:
    settings, total = house().settings, sum(draft.segments for draft in made or ())
    groups = sending.circles(those)
    names = {circle.key: circle.word for _heading, group in groups for circle in group}
    return render_template(
        "desk/texts_write.html",
        event=those.event,
        to=to,
        groups=groups,
        chosen=names.get(to) or (people[0].person.name if people else _("Nobody")),
        is_listed=to in names,
        people=people,
        words=words,
        drafts=made,
        error=error,
        seal=seal,
        changed="send" in request.form and bool(made),
        batch=sending.a_new_key(),
        total=total,
        price=sending.price_of(total, settings.price_per_segment),
        currency=settings.price_currency,
        placeholders=PLACEHOLDERS,
    )
