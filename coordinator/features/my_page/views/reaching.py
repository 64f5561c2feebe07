"""How someone is reached, on their own page: agree, stop, which way first, and another number or address."""

from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.queries import organisation_of
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.features.sign_up.forms import CodeForm, ReachedForm
from coordinator.features.sign_up.views.page import address_in
from coordinator.messaging.queries.outbox import opted_out
from coordinator.people.actions.emails import NotAnEmail
from coordinator.people.actions.phones import NotAPhone
from coordinator.people.models import Channel, Person, channel_to
from coordinator.services import services
from coordinator.shifts.actions.codes import prove_address
from coordinator.shifts.refusals.codes import CodeRefused, NoCodeNow
from coordinator.web.known import this_browser

from ..actions import Reached, agree_on_own_page, move_back, move_to, prefer_on_own_page, stop_on_own_page
from ..queries.finding import show_for_codes
from ..queries.own import own_things
from .blueprint import bp
from .codes import promised, send_code, why_none

CODE = "own-code"  # session key: the code that their own page waits for
MOVED = "moved"  # session key: where they were reached before, and until when that can be undone
UNDONE_FOR = timedelta(minutes=10)


@bp.post("/me/<token>/agreement")
def agree(token: str) -> ResponseReturnValue:
    """Texts or emails from now on, to the number or address that is known; the words that were read are kept."""
    channel = _channel()
    if (g.me.email if channel is Channel.EMAIL else g.me.phone) is None:
        abort(404)
    agree_on_own_page(g.me, channel, agreement_to(channel), _event(), now())
    flash(_("You get emails from now on.") if channel is Channel.EMAIL else _("You get texts from now on."), "ok")
    return _back(token)


@bp.post("/me/<token>/stop")
def stop(token: str) -> ResponseReturnValue:
    """No more texts, or no more emails; the same place offers them again."""
    channel = _channel()
    stop_on_own_page(g.me, channel, _event(), now())
    flash(
        _("You get no more emails from us.") if channel is Channel.EMAIL else _("You get no more texts from us."), "ok"
    )
    return _back(token)


@bp.post("/me/<token>/preference")
def prefer(token: str) -> ResponseReturnValue:
    """Which way comes first, for those who agreed to both."""
    prefer_on_own_page(g.me, _channel(), _event(), now())
    return _back(token)


@bp.route("/me/<token>/address", methods=["GET", "POST"])
def address(token: str) -> ResponseReturnValue:
    """Another number or address, or a first one; a code proves that it is theirs."""
    form, at = ReachedForm(can_mail=services().can_mail), now()
    event = _event() or show_for_codes(None, at)
    if not form.is_submitted() and form.by and request.args.get("by") == Channel.EMAIL:
        form.by.data = Channel.EMAIL.value
    if form.validate_on_submit() and event is not None:
        try:
            send_code(CODE, event, address_in(form, region_of(event.zone)), again=False)
            return redirect(url_for(".address_code", token=token), 303)
        except (NotAPhone, NotAnEmail, NoCodeNow, TooManyTries) as refusal:
            form.where.errors = [why_none(refusal)]
    words = {channel: agreement_to(channel) for channel in Channel}
    page = _private("my_page/address.html", token=token, form=form, words=words, has_show=event is not None)
    return (page, 422) if form.errors else page


@bp.route("/me/<token>/address/code", methods=["GET", "POST"])
def address_code(token: str) -> ResponseReturnValue:
    """The code that was sent there; the right one makes it theirs."""
    sent, form, at = promised(CODE), CodeForm(), now()
    if sent is None or (sent.used_at is not None and request.method == "GET"):
        return redirect(url_for(".address", token=token), 303)
    if form.validate_on_submit():
        try:
            there = prove_address(sent.id, form.digits, browser=this_browser(), now=at)
        except CodeRefused as refusal:
            form.code.errors = [str(refusal)]
        else:
            session.pop(CODE, None)
            before = move_to(g.me, there, agreement_to(channel_to(there)), _event(), at)
            session[MOVED] = {
                "person": g.me.id,
                "before": [before.channel, before.address, before.words],
                "until": (at + UNDONE_FOR).isoformat(),
            }
            return _back(token)
    page = _private("my_page/address_code.html", token=token, form=form, sent=sent)
    return (page, 422) if form.errors else page


@bp.post("/me/<token>/address/again")
def address_again(token: str) -> ResponseReturnValue:
    """Another code to the same number or address."""
    sent, event = promised(CODE), _event() or show_for_codes(None, now())
    if sent is None or event is None or sent.used_at is not None:
        return redirect(url_for(".address", token=token), 303)
    try:
        send_code(CODE, event, sent.sent_to, again=True)
        flash(_("A new code is on its way. Only the newest one works."), "ok")
    except (NoCodeNow, TooManyTries) as refusal:
        flash(why_none(refusal), "wait")
    return redirect(url_for(".address_code", token=token), 303)


@bp.post("/me/<token>/address/undo")
def address_undo(token: str) -> ResponseReturnValue:
    """Back to where they were reached before."""
    before = moved_from(now())
    session.pop(MOVED, None)
    if before is not None:
        move_back(g.me, before, _event(), now())
        flash(_("That's undone: we reach you as before."), "ok")
    return _back(token)


def moved_from(at: datetime) -> Reached | None:
    """Where they were reached before this browser moved them, while that can be undone."""
    moved: dict[str, Any] | None = session.get(MOVED)
    if not moved or moved["person"] != g.me.id or datetime.fromisoformat(moved["until"]) <= at:
        return None
    channel, where, words = moved["before"]
    return Reached(Channel(channel), where, words)


def has_stopped(person: Person) -> bool:
    """Whether they replied STOP from their phone, so that no texts come whatever they agree to here."""
    return bool(person.phone and opted_out([person.phone], services().gateway.sender))


def agreement_to(channel: Channel) -> str:
    """What they agree to, in their language."""
    organisation = organisation_of(g.me).name
    if channel is Channel.EMAIL:
        return _(
            "%(organisation)s will email you to ask if you can come, before your slot or shift, and when its time "
            "changes: about 5 emails for each show. A link in every email stops them. We delete your address 30 days "
            "after the show.",
            organisation=organisation,
        )
    return _(
        "%(organisation)s will text you to ask if you can come, before your slot or shift, and when its time changes: "
        "about 5 texts for each show. Message and data rates may apply. Reply STOP to stop, HELP for help. We delete "
        "your number 30 days after the show.",
        organisation=organisation,
    )


def _channel() -> Channel:
    said = request.form.get("channel", Channel.TEXT)
    if said not in list(Channel) or (said == Channel.EMAIL and not services().can_mail):
        abort(400)
    return Channel(said)


def _event() -> Event | None:
    return next(iter(own_things(g.me, now()).events), None)


def _back(token: str) -> Response:
    return redirect(url_for(".page", token=token, _anchor="reach"), 303)


def _private(template: str, **values: object) -> Response:
    """Mark the page as not cacheable."""
    response = Response(render_template(template, organisation_name=organisation_of(g.me).name, **values))
    response.mimetype, response.headers["Cache-Control"] = "text/html", "no-store"
    return response
