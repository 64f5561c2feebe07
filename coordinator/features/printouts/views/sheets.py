"""Sheets to print, readable in black and white, and on a phone."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import PrintKind
from coordinator.services import services
from coordinator.web.guard import needs, our_event, the_coordinator
from coordinator.web.qr_codes import Square, square_of

from ..actions import keep_print
from ..queries.checking import print_of
from ..queries.state import content_of
from .blueprint import bp


@bp.get("/coordinate/<slug>/print")
@needs(Permission.SEE_PLAN)
def sheets(slug: str) -> ResponseReturnValue:
    """What can be printed."""
    return render_template("printouts/sheets.html", event=our_event(slug))


@bp.get("/coordinate/<slug>/print/running-order")
@needs(Permission.SEE_PLAN)
def order(slug: str) -> ResponseReturnValue:
    """The running order of every stage, day by day, with changeovers, crews and curfews."""
    return _page(slug, "order", PrintKind.RUNNING_ORDER)


@bp.get("/coordinate/<slug>/print/call-sheets")
@needs(Permission.SEE_PLAN)
def call_sheets(slug: str) -> ResponseReturnValue:
    """A page for each act, with a code that opens check-in."""
    address = services().settings.public_url + url_for("check_in.arrive", slug=slug)
    return _page(slug, "call_sheets", PrintKind.CALL_SHEETS, here=square_of(address, on_screen=True))


@bp.get("/coordinate/<slug>/print/shifts")
@needs(Permission.SEE_PLAN)
def shifts(slug: str) -> ResponseReturnValue:
    """Each shift with a line for each spot, to check off and sign."""
    return _page(slug, "shifts", PrintKind.SHIFTS)


@bp.get("/coordinate/<slug>/print/door")
@needs(Permission.SEE_PLAN)
def door(slug: str) -> ResponseReturnValue:
    """Everyone who may come in by the stage door, day by day and by name; no phone numbers."""
    return _page(slug, "door", PrintKind.DOOR)


@bp.get("/coordinate/<slug>/print/calls")
@needs(Permission.SEE_NUMBERS)
def calls(slug: str) -> ResponseReturnValue:
    """Everyone with their number, for making calls."""
    return _page(slug, "calls", PrintKind.PHONES)


@bp.get("/coordinate/<slug>/print/badges")
@needs(Permission.SEE_PLAN)
def badges(slug: str) -> ResponseReturnValue:
    """A badge for each, to cut out."""
    return _page(slug, "badges", PrintKind.BADGES)


def _page(slug: str, name: str, kind: PrintKind, here: Square | None = None) -> str:
    """The page, with the code that says later whether it is current."""
    event, at = our_event(slug), now()
    content = content_of(kind, event, at)
    printed = print_of(event, kind, content.state)
    if printed is None:
        printed = keep_print(event, kind, content.state, made_by_id=the_coordinator().id, now=at)
        event = our_event(slug)
        content = content_of(kind, event, at)  # with the same few queries again: the transaction forgot all rows
    address = services().settings.public_url + url_for("printouts.check", key=printed.key)
    square = square_of(address, on_screen=True)
    return render_template(f"printouts/{name}.html", event=event, at=at, square=square, here=here, **content.shown)
