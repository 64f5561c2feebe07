"""Codes that these pages send, to find one's own page or to be reached somewhere else."""

from flask import session
from flask_babel import gettext as _

from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.shifts.actions.codes import CodeRequest, ask_code
from coordinator.shifts.models import ProofCode
from coordinator.shifts.queries.planned import code_of
from coordinator.shifts.refusals.codes import SignUpIsClosed
from coordinator.web.addresses import caller_address
from coordinator.web.calendars import host
from coordinator.web.known import this_browser
from coordinator.web.languages import language


def send_code(key: str, event: Event, sent_to: str, *, again: bool) -> None:
    """Send one, and let the page with this session key wait for it. Raises TooManyTries, NoCodeNow."""
    where, browser = caller_address(), this_browser()
    asked = CodeRequest(sent_to=sent_to, language=language(), host=host(), address=where, browser=browser)
    sent = ask_code(event, asked, now=now(), again=again)
    session[key] = [sent.id, event.id, event.slug]


def promised(key: str) -> ProofCode | None:
    """The code that this browser waits for; None when there is none."""
    code_id, event_id, _slug = session.get(key) or (None, 0, "")
    return code_of(code_id, event_id, this_browser())


def why_none(refusal: ValueError) -> str:
    """Why no code is sent, for someone who has signed up already."""
    if isinstance(refusal, SignUpIsClosed):
        return _("We can't send codes right now. Open the link in our last message, or ask whoever runs the show.")
    return str(refusal)
