"""What the code on a printed page opens: whether the page is current, and what changed since."""

from collections.abc import Mapping
from typing import Final

from flask import render_template
from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import PrintKind
from coordinator.web.guard import our_organisation_id, we_may

from ..queries.checking import checked, made_by, print_with
from .blueprint import bp

PAGES: Final[Mapping[str, str]] = {  # where each kind is printed again
    PrintKind.RUNNING_ORDER: "printouts.order",
    PrintKind.CALL_SHEETS: "printouts.call_sheets",
    PrintKind.SHIFTS: "printouts.shifts",
    PrintKind.DOOR: "printouts.door",
    PrintKind.PHONES: "printouts.calls",
    PrintKind.BADGES: "printouts.badges",
}


@bp.get("/p/<key>")
def check(key: str) -> ResponseReturnValue:
    """Anyone learns whether it is current; what changed, only whoever is signed in and may see the plan."""
    printed = print_with(key)
    if printed is None:
        return render_template("printouts/too_old.html"), 404
    event = printed.event
    is_ours = we_may(Permission.SEE_PLAN) and our_organisation_id() == event.organisation_id
    return render_template(
        "printouts/check.html",
        event=event,
        found=checked(printed, now()),
        made_by=made_by(printed) if is_ours else None,
        is_ours=is_ours,
        page=PAGES[printed.kind],
    )
