"""A poster to print: hands wanted, and a code that opens the sign-up page."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from ...clock import now
from ...house import house
from ...web.guard import coordinator_required
from ..codes import square_of
from ..queries.public import line_up
from .overview import our_event

bp = Blueprint("poster", __name__)


@bp.get("/coordinate/<slug>/volunteers/poster")
@coordinator_required
def poster(slug: str) -> ResponseReturnValue:
    """One page, A4 or Letter, black on white."""
    event = our_event(slug)
    address = house().settings.public_url + url_for("sign_up.choose", slug=slug)
    shown = line_up(event.id, now())
    roles = list(dict.fromkeys(shift.role.name for shift in shown.open_shifts))
    return render_template(
        "poster/poster.html", event=event, shown=shown, roles=roles, address=address, square=square_of(address)
    )
