"""One page with one button. Mail programs press it by themselves (RFC 8058), so the address alone proves it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from coordinator import clock
from coordinator.core.mail_links import MailLinks
from coordinator.people.models import Person
from coordinator.services import services
from coordinator.web.csrf import webhook

from .actions import stop_emails_to
from .queries import organisation_name_of, person_of

bp = Blueprint("unsubscribe", __name__)


@bp.get("/unsubscribe/<token>")
def page(token: str) -> ResponseReturnValue:
    """The button, or that emails have stopped already; looking changes nothing."""
    return _page(_person(token), token)


@bp.post("/unsubscribe/<token>")
@webhook
def stop(token: str) -> ResponseReturnValue:
    """No more emails to this address."""
    person = _person(token)
    stop_emails_to(person, now=clock.now())
    return _page(person, token)


def _page(person: Person, token: str) -> str:
    name = organisation_name_of(person)
    return render_template("unsubscribe/unsubscribe.html", me=person, token=token, organisation_name=name)


def _person(token: str) -> Person:
    settings = services().settings
    person = person_of(token, MailLinks(settings.public_url, settings.secret_key))
    if person is None:
        abort(404)
    return person
