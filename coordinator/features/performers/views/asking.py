"""Asking acts for their answer now, and getting people's OK for texts or emails."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.lineup.actions.asking import ask_now, take_back_ask
from coordinator.lineup.models import ActAnswer
from coordinator.lineup.queries import slot_with_key
from coordinator.people.models import Channel
from coordinator.services import services
from coordinator.web.choices import HOW_AGREED
from coordinator.web.guard import current_actor, needs, our_event

from ..actions import note_agreements
from ..queries import acts_to_ask, without_agreement
from .blueprint import bp

A_PAGE = 100  # people


@bp.get("/coordinate/<slug>/performers/asking")
@needs(Permission.EDIT_PLAN)
def asking(slug: str) -> ResponseReturnValue:
    """The acts without an answer, each with whom a question reaches and when it was asked last."""
    event, at = our_event(slug), now()
    acts = acts_to_ask(event, at, services().gateway.sender)
    declined = set(request.args.getlist("declined"))  # what a press just now put aside, for its undo
    return render_template("performers/asking.html", event=event, acts=acts, declined=declined)


@bp.post("/coordinate/<slug>/performers/asking")
@needs(Permission.EDIT_PLAN)
def ask(slug: str) -> ResponseReturnValue:
    """Ask the acts that were picked; the texts leave after half a minute."""
    event, at, picked = our_event(slug), now(), set(request.form.getlist("slot"))
    acts = [each for each in acts_to_ask(event, at, services().gateway.sender) if each.slot.key in picked]
    if not acts:
        flash(_("Pick at least one act that hasn't answered."), "bad")
        return redirect(url_for(".asking", slug=slug), 303)
    declined = [each.slot.key for each in acts if each.slot.answer == ActAnswer.DECLINED]
    for each in acts:
        ask_now(each.slot, actor=current_actor(), now=at)
    flash(
        ngettext("%(num)s act will be asked in 30 seconds.", "%(num)s acts will be asked in 30 seconds.", len(acts)),
        "ok",
    )
    return redirect(url_for(".asking", slug=slug, declined=declined), 303)


@bp.post("/coordinate/<slug>/performers/asking/<key>/undo")
@needs(Permission.EDIT_PLAN)
def unask(slug: str, key: str) -> ResponseReturnValue:
    """Take the question back while its text has not left."""
    event = our_event(slug)
    slot = slot_with_key(event.id, key) or abort(404)
    if take_back_ask(slot, request.form.get("was", ""), actor=current_actor(), now=now()):
        flash(_("%(act)s won't be asked.", act=slot.name), "ok")
    else:
        flash(_("It's too late to undo: the text has left."), "wait")
    return redirect(url_for(".asking", slug=slug), 303)


@bp.get("/coordinate/<slug>/performers/agreeing")
@needs(Permission.EDIT_PLAN)
def agreeing(slug: str) -> ResponseReturnValue:
    """Everybody of the show who has agreed to nothing yet, each with the link on which they can."""
    event, number = our_event(slug), request.args.get("page", "1")
    everybody = without_agreement(event)
    pages = max(1, -(-len(everybody) // A_PAGE))
    page = min(max(1, int(number)), pages) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    people = everybody[(page - 1) * A_PAGE : page * A_PAGE]
    links = {person.id: services().links.address(person) for person in people}
    return render_template(
        "performers/agreeing.html",
        event=event,
        people=people,
        page=page,
        pages=pages,
        links=links,
        ways=HOW_AGREED,
        can_mail=services().can_mail,
    )


@bp.post("/coordinate/<slug>/performers/agreeing")
@needs(Permission.EDIT_PLAN)
def agreed(slug: str) -> ResponseReturnValue:
    """Note that those who were ticked have agreed, and how."""
    event, picked, how = our_event(slug), set(request.form.getlist("person")), request.form.get("how", "")
    by_mail = request.form.get("channel") == Channel.EMAIL and services().can_mail
    chosen = [person for person in without_agreement(event) if str(person.id) in picked]
    people = [person for person in chosen if (person.email if by_mail else person.phone)]
    if not people or how not in {way.value for way in HOW_AGREED}:
        words = _("Pick at least one person with a number, and how they agreed.")
        flash(_("Pick at least one person with an email address, and how they agreed.") if by_mail else words, "bad")
        return redirect(url_for(".agreeing", slug=slug), 303)
    channel = Channel.EMAIL if by_mail else Channel.TEXT
    note_agreements(event, people, channel, how, actor=current_actor(), now=now())
    told = ngettext("%(num)s person gets texts now.", "%(num)s people get texts now.", len(people))
    mailed = ngettext("%(num)s person gets emails now.", "%(num)s people get emails now.", len(people))
    flash(mailed if by_mail else told, "ok")
    if without := ", ".join(person.name for person in chosen if person not in people):
        words = (
            _("We don't have an email address for %(names)s.")
            if by_mail
            else _("We don't have a number for %(names)s.")
        )
        flash(words % {"names": without}, "wait")
    return redirect(url_for(".agreeing", slug=slug), 303)
