"""Proof of consent, as a file to keep."""

from flask.typing import ResponseReturnValue

from ....clock import now
from ....web.guard import coordinator_required, the_coordinator
from ....web.spreadsheets import csv_file
from ...proof import proof_of_consent
from ..overview import our_event
from .blueprint import bp


@bp.post("/consent")
@coordinator_required
def consent(slug: str) -> ResponseReturnValue:
    """Posted, not linked to: that somebody took the file is kept."""
    event = our_event(slug)
    head, *lines = proof_of_consent(event, by=the_coordinator(), now=now())
    return csv_file(f"consent-{event.slug}.csv", head, lines)
