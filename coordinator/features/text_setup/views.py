"""Pages to set up texts: the steps, a test text, and pausing all texts of the organization."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.models import Coordinator
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import owners_of
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.events.queries import events_of
from coordinator.features.sign_up.views.page import consent_words
from coordinator.messaging.actions.alarms import dismiss_alarm
from coordinator.messaging.actions.holding import pause_all_texts, resume_all_texts
from coordinator.messaging.actions.outside import Finding, address_findings, inbound_finding
from coordinator.messaging.actions.restored import let_everything_leave
from coordinator.messaging.queries.texts import last_change
from coordinator.people.actions.phones import NotAPhone
from coordinator.services import services
from coordinator.web.guard import current_actor, needs, signed_in, the_coordinator
from coordinator.web.ids import an_id
from coordinator.web.live import live_page
from coordinator.web.pause_status import PauseStatus, pause_status_shown

from . import labels
from .actions import CannotSendTest, send_test, tried
from .facts import facts_of
from .steps import SETTINGS, is_set, opened_steps, steps_of
from .words import OPT_WORDS, Registration, registration_of

bp = Blueprint("text_setup", __name__, url_prefix="/coordinate/texting")


LOOKED = "looked"  # session key of the results of the last check


@bp.app_context_processor
def pause_context() -> dict[str, object]:
    """Give the coordinators' layouts ``pause_status_of(event)``; None on pages of other people."""

    def pause_status_of(event: Event | None = None) -> PauseStatus | None:
        return pause_status_shown(the_coordinator().organisation, event, now()) if signed_in() else None

    return {"pause_status_of": pause_status_of, "right_now": now}


@bp.get("")
@needs(Permission.PAUSE_ALL_TEXTS)
def set_up() -> ResponseReturnValue:
    """The steps, and a test text whose progress is shown live."""
    at = now()
    etag = f"{last_change()}-{pause_status_shown(the_coordinator().organisation, None, at).etag}-{at:%Y%m%d%H%M}"
    return live_page(f"{etag}-{session.get(LOOKED, {}).get('at')}", lambda: _page(at))


@bp.post("/checks")
@needs(Permission.SET_UP_TEXTS)
def checks() -> ResponseReturnValue:
    """Ask Twilio and our own address now; the result is shown until the next check."""
    found = [[finding.well, finding.sentence] for finding in _findings()]
    session[LOOKED] = {"at": now().isoformat(), "found": found}
    return redirect(url_for(".set_up", _anchor="checks"), 303)


@bp.post("/test")
@needs(Permission.SET_UP_TEXTS)
def test() -> ResponseReturnValue:
    """Send a text to the coordinator's own phone."""
    typed = request.form.get("phone", "")
    try:
        send_test(the_coordinator(), phone=typed, agreed=_agreement(), sender=services().gateway.sender, now=now())
    except (NotAPhone, TooManyTries, CannotSendTest) as refusal:
        return _page(now(), typed=typed, wrong=str(refusal)), 422
    return redirect(url_for(".set_up", _anchor="test"), 303)


@bp.post("/pause")
@needs(Permission.PAUSE_ALL_TEXTS)
def pause() -> ResponseReturnValue:
    """Pause or resume all texts of the organization."""
    whose = the_coordinator().organisation_id
    if request.form.get("paused") == "1":
        pause_all_texts(whose, actor=current_actor(), now=now())
        flash(_("All texts are paused."), "wait")
    elif request.form.get("paused") == "0":
        resume_all_texts(whose, actor=current_actor(), now=now())
        flash(_("Texts are going out again."), "ok")
    else:
        abort(400)
    return redirect(url_for("organisation.shows", all=1), 303)


@bp.post("/hold")
@needs(Permission.PAUSE_ALL_TEXTS)
def release() -> ResponseReturnValue:
    """Resume the texts of the installation, which are held after data was restored from a backup."""
    if let_everything_leave(now(), actor=current_actor(), organisation=the_coordinator().organisation):
        flash(_("Texts are going out again."), "ok")
    return redirect(url_for("organisation.shows", all=1), 303)


@bp.post("/alarm")
@needs(Permission.PAUSE_ALL_TEXTS)
def dismiss() -> ResponseReturnValue:
    """Hide the warning about texts that carriers blocked."""
    number = request.form.get("alarm", 0, type=an_id)
    if not dismiss_alarm(number, the_coordinator().organisation, actor=current_actor(), now=now()):
        flash(_("That alert was already over."))
    else:
        flash(_("The alert is gone. It comes back if it happens again."), "ok")
    return redirect(url_for(".set_up"), 303)


def _owners(coordinator: Coordinator) -> str:
    return ", ".join(owner.person.name for owner in owners_of(coordinator.organisation_id))


def _findings() -> list[Finding]:
    settings, gateway = services().settings, services().gateway
    if settings.twilio is None:
        return []
    trouble = gateway.check()
    account = Finding(trouble is None, trouble or _("Twilio accepts the account"))
    address = list(address_findings(settings, settings.twilio))
    if trouble is None and all(finding.well for finding in address):
        address.append(inbound_finding(settings, gateway.sender_set_up()))
    return [account, *address]


def _page(at: datetime, *, typed: str = "", wrong: str = "") -> str:
    settings, coordinator = services().settings, the_coordinator()
    simulated = settings.twilio is None
    facts = facts_of(services().gateway.sender, simulated=simulated, tick_seconds=settings.tick_seconds, now=at)
    looked = session.get(LOOKED)
    wells = [well for well, _sentence in looked["found"]] if looked else None
    steps, trying = steps_of(settings, facts, wells), tried(coordinator)
    asked = [key for key, was_asked in (("checks", looked), ("test", trying or wrong)) if was_asked]
    return render_template(
        "text_setup/steps.html",
        labels=labels,
        steps={step.key: step.state for step in steps},
        opened=opened_steps(steps, asked),
        given={key: is_set(settings, key) for keys in SETTINGS.values() for key in keys},
        facts=facts,
        simulated=simulated,
        public_url=settings.public_url,
        sender=settings.twilio.from_whom if settings.twilio else "",
        registration=_registration(coordinator),
        opt_words=OPT_WORDS,
        looked_at=datetime.fromisoformat(looked["at"]) if looked else None,
        found=looked["found"] if looked else [],
        tried=trying,
        me=coordinator,
        agreement=_agreement(),
        owners="" if coordinator.role == "owner" else _owners(coordinator),
        typed=typed,
        wrong=wrong,
        now=at,
    )


def _registration(coordinator: Coordinator) -> Registration:
    """The texts for the registration, always in English."""
    shows = events_of(coordinator.organisation_id)
    path = url_for("sign_up.choose", slug=shows[0].slug) if shows else "/e/your-show/volunteer"
    with force_locale("en"):
        consent = consent_words(coordinator.organisation.name)
    return registration_of(coordinator.organisation.name, services().settings.public_url, path, consent)


def _agreement() -> str:
    """The words beside the button, stored as consent if the coordinator had not agreed to texts before."""
    return _(
        "You agree to get this test and texts about the shows you "
        "coordinate. Message and data rates may apply. Reply STOP to end."
    )
