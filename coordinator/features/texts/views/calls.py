"""Marks calls as made."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.messaging.queries.calls import call_of
from coordinator.reminders.actions.calls import call_made, call_not_made
from coordinator.web.guard import current_actor, needs, our_event

from .blueprint import bp

PAGES = {"overview": "overview.overview", "people": "show_night.people", "list": "texts.call_list"}


@bp.post("/calls/<int:call_id>/tick")
@needs(Permission.HANDLE_TEXTS)
def tick_call(slug: str, call_id: int) -> ResponseReturnValue:
    """Mark as told; with ``undo`` as not told. ``page`` is the page to return to."""
    event, at = our_event(slug), now()
    call = call_of(event.id, call_id) or abort(404)
    name = call.person.name
    if request.form.get("undo"):
        call_not_made(event, call, actor=current_actor(), now=at)
        flash(_("%(name)s still needs to be told.", name=name))
    else:
        has_changed = call.withdrawn_at is not None
        call_made(event, call, actor=current_actor(), now=at)
        if has_changed:
            flash(_("This changed since you looked. Check what %(name)s needs to be told now.", name=name), "wait")
        else:
            flash(_("%(name)s has been told.", name=name), "ok")
    page = PAGES.get(request.form.get("page", ""), PAGES["list"])
    return redirect(url_for(page, slug=slug), 303)
