"""The list of all shifts: who is on them, and where more help is needed."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.actions.events import close_sign_up, open_sign_up
from coordinator.events.models import Event
from coordinator.services import services
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.web.chosen_days import a_day
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.labels import called
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .. import labels
from ..queries.shift_list import Kind, ListFilter, shift_list
from ..queries.volunteers import helping_at
from .blueprint import bp
from .found import just_done, the_shift


@bp.get("/coordinate/<slug>/volunteers")
@needs(Permission.SEE_PLAN)
def plan(slug: str) -> ResponseReturnValue:
    """Every shift by day, role and hour; or those that are looked for."""
    event, at = our_event(slug), now()
    return live_page(event_etag(event, at), lambda: _page(event, at))


@bp.post("/coordinate/<slug>/volunteers/sign-up")
@needs(Permission.PUBLISH)
def sign_up(slug: str) -> ResponseReturnValue:
    """Close the public sign-up pages, or open them again."""
    event = our_event(slug)
    if request.form.get("closed") == "1":
        close_sign_up(event, actor=current_actor(), now=now())
        flash(_("Sign-up is closed."), "ok")
    else:
        open_sign_up(event, actor=current_actor(), now=now())
        flash(_("Sign-up is open."), "ok")
    return redirect(url_for(".plan", slug=slug), 303)


@bp.post("/coordinate/<slug>/volunteers/shifts/<key>/cancelled")
@needs(Permission.EDIT_PLAN)
def call_off(slug: str, key: str) -> ResponseReturnValue:
    """Call a shift off, or let it take place after all."""
    shift, undo = the_shift(slug, key), bool(request.form.get("undo"))
    cancel_shift(shift, actor=current_actor(), now=now(), undo=undo)
    words = (
        _("%(role)s is back on.") if undo else _("%(role)s was called off. Everyone who needs to know will be told.")
    )
    flash(words % {"role": called(shift.role)}, "ok")
    return redirect(url_for(".plan", slug=slug, _anchor=f"shift-{shift.id}"), 303)


def _page(event: Event, at: datetime) -> str:
    helping, wanted = helping_at(event, at), _wanted()
    return render_template(
        "shift_plan/plan.html",
        event=event,
        helping=helping,
        wanted=wanted,
        listed=shift_list(event, helping, wanted),
        done=just_done(event, at),
        labels=labels,
        sign_up_address=services().settings.public_url + url_for("sign_up.choose", slug=event.slug),
    )


def _wanted() -> ListFilter:
    """What the address asks for; what it cannot mean is left out."""
    kind, words = request.args.get("what", ""), " ".join(request.args.get("q", "").split())
    return ListFilter(
        on=a_day(request.args.get("day")),
        role=request.args.get("role", ""),
        kind=Kind(kind) if kind in set(Kind) else None,
        words=words,
    )
