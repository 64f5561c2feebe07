"""Texts written by hand: first a preview, then sending, which can be undone for 30 seconds."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.personal_links import stand_in
from coordinator.core.wording import PLACEHOLDERS, UnknownPlaceholder
from coordinator.services import services
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.languages import language
from coordinator.web.proof import AsksAgain, ask_again_to_text

from ..actions import a_new_key, kept_key, send, take_back
from ..drafting import NothingToSend, WrittenText, drafts, fingerprint, price_of, suggested_words
from ..queries.recipients import UNCONFIRMED, Addressee, EventContacts, addressees, contacts_of
from .blueprint import bp
from .groups import recipient_groups


@bp.route("/write", methods=["GET", "POST"])
@needs(Permission.HANDLE_TEXTS, asks_again=AsksAgain.MANY_TEXTS)
def write(slug: str) -> ResponseReturnValue:
    """Only previewed texts are sent: when anything changed since the preview, it is shown again."""
    event, at = our_event(slug), now()
    to = request.form.get("to", request.args.get("to", UNCONFIRMED))  # the form wins over the link
    batch = kept_key(request.form.get("batch", ""))
    those = contacts_of(event, at)
    people = addressees(those, to, services().gateway.sender)
    words = request.form.get("body", suggested_words(to, people, language()))
    looked = bool({"preview", "send"} & set(request.form))
    made, error = _drafts(those, people, words) if looked else (None, None)
    as_shown = fingerprint(to, made) if made else ""
    if made and "send" in request.form and request.form.get("fingerprint") == as_shown:
        ask_again_to_text(len(made))
        return _send(slug, made, batch)
    return _shown(those, to, people, words, made, error, as_shown), 422 if error else 200


@bp.post("/undo/<batch>")
@needs(Permission.HANDLE_TEXTS)
def undo(slug: str, batch: str) -> ResponseReturnValue:
    taken = take_back(our_event(slug), batch, actor=current_actor(), now=now())
    flash(
        ngettext("%(num)s text was canceled.", "%(num)s texts were canceled.", taken)
        if taken
        else _("It was too late: they had already gone out.")
    )
    return redirect(url_for("texts.planned", slug=slug), 303)


def _send(slug: str, made: list[WrittenText], batch: str) -> ResponseReturnValue:
    number = len(made)
    if send(our_event(slug), made, batch, actor=current_actor(), now=now()):
        flash(ngettext("%(num)s text goes out in 30 seconds.", "%(num)s texts go out in 30 seconds.", number), "undo")
    else:
        flash(_("That form was already sent. Nobody gets the same text twice."))
    return redirect(url_for("texts.planned", slug=slug, undo=batch), 303)


def _drafts(those: EventContacts, people: list[Addressee], words: str) -> tuple[list[WrittenText] | None, str | None]:
    links = {each.person.id: stand_in(services().settings.public_url, each.person.id) for each in people}
    try:
        return drafts(those, people, words, links), None
    except (NothingToSend, UnknownPlaceholder) as refusal:
        return None, str(refusal)


def _shown(
    those: EventContacts,
    to: str,
    people: list[Addressee],
    words: str,
    made: list[WrittenText] | None,
    error: str | None,
    as_shown: str,
) -> str:
    settings, total = services().settings, sum(draft.segments for draft in made or () if not draft.is_mailed)
    groups = recipient_groups(those)
    names = {circle.key: circle.word for _heading, group in groups for circle in group}
    return render_template(
        "texts/write.html",
        event=those.event,
        to=to,
        groups=groups,
        chosen=names.get(to) or (people[0].person.name if people else _("Nobody")),
        is_listed=to in names,
        people=people,
        words=words,
        drafts=made,
        error=error,
        as_shown=as_shown,
        changed="send" in request.form and bool(made),
        batch=a_new_key(),
        total=total,
        price=price_of(total, settings.price_per_segment),
        currency=settings.price_currency,
        placeholders=PLACEHOLDERS,
    )
