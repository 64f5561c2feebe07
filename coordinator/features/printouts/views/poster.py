"""A poster to print: volunteers needed, and a code that opens the sign-up page."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.features.public_lineup.queries.lineup import line_up
from coordinator.services import services
from coordinator.web.guard import needs, our_event
from coordinator.web.labels import called
from coordinator.web.qr_codes import Square, square_of

from .blueprint import bp


@bp.get("/coordinate/<slug>/volunteers/poster")
@needs(Permission.SEE_PLAN)
def poster(slug: str) -> ResponseReturnValue:
    """One page, A4 or Letter, black on white."""
    event = our_event(slug)
    address = services().settings.public_url + url_for("sign_up.choose", slug=slug)
    shown = line_up(event.id, now())
    roles = list(dict.fromkeys(called(shift.role) for shift in shown.open_shifts))
    codes: dict[str, Square | None] = {"square": square_of(address), "board": None}
    if event.published:
        codes["board"] = square_of(services().settings.public_url + url_for("boards.board", slug=slug))
    return render_template("printouts/poster.html", event=event, shown=shown, roles=roles, address=address, **codes)
