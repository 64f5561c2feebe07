"""Quick actions in a conversation: what a coordinator does for whoever wrote, and takes back again."""

from datetime import timedelta

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.json_values import JsonObject
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.reached import unread_from
from coordinator.people.queries import person_of
from coordinator.services import services
from coordinator.shifts.refusals.leaving import CannotLeaveShift
from coordinator.web.choices import HOW_AGREED
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.signed import sign, unsign

from ..actions import mark_read
from ..quick import CannotDoThat, take_back
from ..quick import act as do_for
from .blueprint import bp

TAKEN_BACK_FOR = timedelta(minutes=10)
PURPOSE = "quick action"


@bp.post("/people/<int:person_id>/act")
@needs(Permission.HANDLE_TEXTS)
def act(slug: str, person_id: int) -> ResponseReturnValue:
    """One of a closed list, or the way back from one. What they wrote is read with it."""
    event, at, actor = our_event(slug), now(), current_actor()
    person, done = person_of(event.organisation_id, person_id) or abort(404), None
    try:
        if "undo" in request.form:
            kept = done_to(person_id, request.form["undo"]) or abort(400)
            take_back(event, person, kept, actor=actor, now=at)
            flash(_("Undone."), "ok")
        elif request.form.get("do") == "texts-on" and _may_not_agree(person.phone or ""):
            flash(_("They replied STOP. Only a START from their own phone turns texts on again."), "wait")
        else:
            kept = do_for(event, person, request.form, actor=actor, now=at)
            done = sign(PURPOSE, kept, at + TAKEN_BACK_FOR)
            if wrote := unread_from(person.id):
                mark_read(event, wrote, actor=actor, now=at)
    except CannotDoThat:
        flash(_("That can't be done anymore. Look at the page again."), "wait")
    except CannotLeaveShift as refusal:
        flash(str(refusal), "wait")
    return redirect(url_for(".person", slug=slug, person_id=person_id, done=done), 303)


def done_to(person_id: int, signed: str) -> JsonObject | None:
    """What was done to this person and can still be taken back; None if nothing."""
    kept = unsign(PURPOSE, signed, now())
    return kept if kept and kept.get("person") == person_id else None


def _may_not_agree(phone: str) -> bool:
    """Whether only they themselves can turn texts on, or the form did not say how they agreed."""
    if request.form.get("how") not in [choice.value for choice in HOW_AGREED]:
        abort(400)
    return bool(opted_out([phone], services().gateway.sender))
