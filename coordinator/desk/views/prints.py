"""Sheets to print: they read well in black and white, and on a phone that has no printer near."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ...clock import now
from ...web.guard import coordinator_required
from ..queries.papers import everybody_on, shift_sheet
from .overview import our_event

bp = Blueprint("prints", __name__, url_prefix="/coordinate/<slug>/print")


@bp.get("")
@coordinator_required
def sheets(slug: str) -> ResponseReturnValue:
    """What can be printed."""
    return render_template("prints/sheets.html", event=our_event(slug))


@bp.get("/shifts")
@coordinator_required
def shifts(slug: str) -> ResponseReturnValue:
    """Each shift with a line for each place, to tick and sign."""
    event, at = our_event(slug), now()
    return render_template("prints/shifts.html", event=event, at=at, sheet=shift_sheet(event, at))


@bp.get("/door")
@coordinator_required
def door(slug: str) -> ResponseReturnValue:
    """Everybody who may come in by the stage door, by name; no phone numbers."""
    event, at = our_event(slug), now()
    return render_template("prints/door.html", event=event, at=at, people=everybody_on(event, at))


@bp.get("/calls")
@coordinator_required
def calls(slug: str) -> ResponseReturnValue:
    """Everybody with their number, for whoever stands by the phone."""
    event, at = our_event(slug), now()
    return render_template("prints/calls.html", event=event, at=at, people=everybody_on(event, at))


@bp.get("/badges")
@coordinator_required
def badges(slug: str) -> ResponseReturnValue:
    """A badge for each, to cut out."""
    event, at = our_event(slug), now()
    return render_template("prints/badges.html", event=event, people=everybody_on(event, at))
