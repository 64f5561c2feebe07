"""Finding one's own page again: a code proves a number or address and opens the pages of the people who have it."""

from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.clock import now
from coordinator.events.queries import event_by_slug
from coordinator.events.regions import region_of
from coordinator.features.sign_up.forms import CodeForm, FindForm
from coordinator.features.sign_up.views.page import address_in
from coordinator.people.actions.emails import NotAnEmail
from coordinator.people.actions.phones import NotAPhone
from coordinator.people.models import Channel, Person, channel_to
from coordinator.people.queries import people_at, person_by_id
from coordinator.services import services
from coordinator.shifts.actions.codes import prove_address
from coordinator.shifts.refusals.codes import CodeRefused, NoCodeNow
from coordinator.web.known import forget, known_person, remember, this_browser

from ..queries.finding import show_for_codes
from .blueprint import bp
from .codes import promised, send_code, why_none

CODE = "my-code"  # session key: which code this browser waits for, and of which show
FOUND = "my-found"  # session key: whose pages it may open, until when
OPEN_FOR = timedelta(minutes=15)


@bp.get("/my")
def start() -> ResponseReturnValue:
    """Redirect to the page this browser has opened before; else ask for a number or address."""
    return _start(_form(empty=True))


@bp.post("/my")
def send() -> ResponseReturnValue:
    """Send a code. Whether we know the number or address must not show in anything said here."""
    form, event = _form(), show_for_codes(request.args.get("show"), now())
    if not form.validate_on_submit():
        return _start(form), 422
    if event is None:
        form.where.errors = [_("There's no show here yet.")]
        return _start(form), 422
    try:
        send_code(CODE, event, address_in(form, region_of(event.zone)), again=False)
    except (NotAPhone, NotAnEmail, NoCodeNow, TooManyTries) as refusal:
        form.where.errors = [why_none(refusal)]
        return _start(form), 422
    return redirect(url_for(".code"), 303)


@bp.route("/my/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Enter the code; the right one opens the pages of the people with the number or address."""
    sent, form, at = promised(CODE), CodeForm(), now()
    if sent is None or (sent.used_at is not None and request.method == "GET"):
        return redirect(url_for(".start"), 303)
    if form.validate_on_submit():
        try:
            address = prove_address(sent.id, form.digits, browser=this_browser(), now=at)
        except CodeRefused as refusal:
            form.code.errors = [str(refusal)]
        else:
            return _proved(people_at(address), channel_to(address), at)
    page = _private("my_page/code.html", form=form, sent=sent)
    return (page, 422) if form.errors else page


@bp.post("/my/code/again")
def again() -> ResponseReturnValue:
    """Another code to the same number or address."""
    sent = promised(CODE)
    event = event_by_slug(session[CODE][2]) if sent is not None else None
    if sent is None or event is None or sent.used_at is not None:
        return redirect(url_for(".start"), 303)
    try:
        send_code(CODE, event, sent.sent_to, again=True)
        flash(_("A new code is on its way. Only the newest one works."), "ok")
    except (NoCodeNow, TooManyTries) as refusal:
        flash(why_none(refusal), "wait")
    return redirect(url_for(".code"), 303)


@bp.route("/my/who", methods=["GET", "POST"])
def who() -> ResponseReturnValue:
    """Choose a page if several people share the number or address, or say that nobody has it."""
    at, people = now(), _found(now())
    if people is None:
        return redirect(url_for(".start"), 303)
    chosen = next((each for each in people if str(each.id) == request.form.get("who")), None)
    return _private("my_page/who.html", people=people, by=session[FOUND]["by"]) if chosen is None else _open(chosen, at)


@bp.post("/my/not-me")
def not_me() -> ResponseReturnValue:
    """Make this browser forget whose it is."""
    response = redirect(url_for(".start"), 303)
    session.pop(CODE, None)
    session.pop(FOUND, None)
    forget(response)
    return response


def _form(*, empty: bool = False) -> FindForm:
    return FindForm(**({"formdata": None} if empty else {}), can_mail=services().can_mail)


def _start(form: FindForm) -> Response:
    person = known_person(now())
    token = services().links.token(person) if person else None
    return _private("my_page/start.html", form=form, known=person, token=token)


def _proved(people: list[Person], channel: Channel, at: datetime) -> Response:
    session.pop(CODE, None)
    if len(people) == 1:
        return _open(people[0], at)
    session[FOUND] = {"people": [person.id for person in people], "until": (at + OPEN_FOR).isoformat(), "by": channel}
    return redirect(url_for(".who"), 303)


def _found(at: datetime) -> list[Person] | None:
    """Who shares the number or address that was just proved; None if none was."""
    found = session.get(FOUND)
    if not found or datetime.fromisoformat(found["until"]) <= at:
        return None
    known = [person_by_id(person_id) for person_id in found["people"]]
    return [person for person in known if person is not None and person.forgotten_at is None]


def _open(person: Person, at: datetime) -> Response:
    response = redirect(url_for("my_page.page", token=services().links.token(person)), 303)
    remember(response, person)
    return response


def _private(template: str, **values: object) -> Response:
    """Mark the page as not cacheable."""
    response = Response(render_template(template, **values), mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response
