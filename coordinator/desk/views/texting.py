"""Setting texts up, and what stops all of them: the steps to real texts, a test text, the pause of everything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from ...accounts.actions import TooManyTries
from ...accounts.models import Coordinator
from ...accounts.queries import owners_of
from ...clock import now
from ...events.models import Event
from ...events.queries import events_of
from ...house import house
from ...messaging.actions import (
    Finding,
    address_findings,
    dismiss_alarm,
    inbound_finding,
    pause_all_texts,
    resume_all_texts,
)
from ...messaging.queries import last_change
from ...people.actions import NotAPhone
from ...web.guard import coordinator_required, signed_in, the_coordinator
from ...web.live import live_page
from .. import texting
from ..queries import Standing, standing_of
from .sign_up_page import consent_words

bp = Blueprint("texting", __name__, url_prefix="/coordinate/texting")

LOOKED = "looked"  # where the session keeps what was found when somebody last looked


@bp.app_context_processor
def what_stands() -> dict[str, Any]:
    """Give the coordinators' layouts ``texts_stand(event)``; None on a page that somebody else sees."""

    def texts_stand(event: Event | None = None) -> Standing | None:
        return standing_of(the_coordinator().organisation, event) if signed_in() else None

    return {"texts_stand": texts_stand, "right_now": now}


@bp.get("")
@coordinator_required
def set_up() -> ResponseReturnValue:
    """The steps, and at the end a test text that is followed live."""
    at = now()
    etag = f"{last_change()}-{standing_of(the_coordinator().organisation, None).mark}-{at:%Y%m%d%H%M}"
    return live_page(f"{etag}-{session.get(LOOKED, {}).get('at')}", lambda: _page(at))


@bp.post("/checks")
@coordinator_required
def checks() -> ResponseReturnValue:
    """Ask the network and our own address now; what was found is shown until somebody looks again."""
    _owners_only()
    found = [[finding.well, finding.sentence] for finding in _findings()]
    session[LOOKED] = {"at": now().isoformat(), "found": found}
    return redirect(url_for(".set_up", _anchor="checks"), 303)


@bp.post("/test")
@coordinator_required
def test() -> ResponseReturnValue:
    """Send a text to the coordinator's own phone."""
    _owners_only()
    typed = request.form.get("phone", "")
    try:
        texting.try_out(the_coordinator(), phone=typed, agreed=_agreement(), sender=house().gateway.sender, now=now())
    except (NotAPhone, TooManyTries, texting.CannotTry) as refusal:
        return _page(now(), typed=typed, wrong=str(refusal)), 422
    return redirect(url_for(".set_up", _anchor="test"), 303)


@bp.post("/pause")
@coordinator_required
def pause() -> ResponseReturnValue:
    """Let no text of the organisation leave, or let them leave again."""
    whose = the_coordinator().organisation_id
    if request.form.get("paused") == "1":
        pause_all_texts(whose, by=the_coordinator(), now=now())
        flash(_("All texts are paused."), "wait")
    elif request.form.get("paused") == "0":
        resume_all_texts(whose, by=the_coordinator(), now=now())
        flash(_("Texts leave again."), "ok")
    else:
        abort(400)
    return redirect(url_for("desk.shows", all=1), 303)


@bp.post("/alarm")
@coordinator_required
def dismiss() -> ResponseReturnValue:
    """A coordinator has seen to what carriers blocked."""
    if not dismiss_alarm(request.form.get("alarm", 0, type=int), by=the_coordinator(), now=now()):
        flash(_("That alarm was over already."))
    else:
        flash(_("The alarm is gone. It comes back if it happens again."), "ok")
    return redirect(url_for(".set_up"), 303)


def _owners_only() -> None:
    if the_coordinator().role != "owner":
        abort(403, _("Only an owner can do this. Ask %(names)s.", names=_owners(the_coordinator())))


def _owners(coordinator: Coordinator) -> str:
    return ", ".join(owner.person.name for owner in owners_of(coordinator.organisation_id))


def _findings() -> list[Finding]:
    settings, gateway = house().settings, house().gateway
    if settings.twilio is None:
        return []
    trouble = gateway.check()
    account = Finding(trouble is None, trouble or _("Twilio takes the account"))
    address = list(address_findings(settings, settings.twilio))
    if trouble is None and all(finding.well for finding in address):
        address.append(inbound_finding(settings, gateway.sender_set_up()))
    return [account, *address]


def _page(at: datetime, *, typed: str = "", wrong: str = "") -> str:
    settings, coordinator = house().settings, the_coordinator()
    simulated = settings.twilio is None
    facts = texting.facts_of(house().gateway.sender, simulated=simulated, tick_seconds=settings.tick_seconds, now=at)
    looked = session.get(LOOKED)
    wells = [well for well, _sentence in looked["found"]] if looked else None
    return render_template(
        "desk/texting.html",
        steps={step.key: step.state for step in texting.steps_of(settings, facts, wells)},
        given={key: texting.is_set(settings, key) for keys in texting.SETTINGS.values() for key in keys},
        facts=facts,
        simulated=simulated,
        public_url=settings.public_url,
        sender=settings.twilio.from_whom if settings.twilio else "",
        registration=_registration(coordinator),
        opt_words=texting.OPT_WORDS,
        looked_at=datetime.fromisoformat(looked["at"]) if looked else None,
        found=looked["found"] if looked else [],
        tried=texting.tried(coordinator),
        me=coordinator,
        agreement=_agreement(),
        owners="" if coordinator.role == "owner" else _owners(coordinator),
        typed=typed,
        wrong=wrong,
        now=at,
    )


def _registration(coordinator: Coordinator) -> texting.Registration:
    """In English, whatever the page speaks."""
    shows = events_of(coordinator.organisation_id)
    path = url_for("sign_up.choose", slug=shows[0].slug) if shows else "/e/your-show/volunteer"
    with force_locale("en"):
        consent = consent_words()
    return texting.registration_of(coordinator.organisation.name, house().settings.public_url + path, consent)


def _agreement() -> str:
    """Beside the button; kept where the coordinator had not agreed to texts before."""
    return _(
        "You agree to get this test and the texts of the shows you coordinate. Message and data rates may apply. "
        "Reply STOP to end."
    )
