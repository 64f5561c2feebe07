"""Proof of consent, as a file to keep."""

from flask import Response
from flask.typing import ResponseReturnValue

from ....clock import now
from ....web.guard import coordinator_required, the_coordinator
from ...proof import proof_of_consent
from ..overview import our_event
from .blueprint import bp


@bp.post("/consent")
@coordinator_required
def consent(slug: str) -> ResponseReturnValue:
    """Posted, not linked to: that somebody took the file is kept."""
    event = our_event(slug)
    # The mark at the beginning lets spreadsheets read names with accents.
    body = "\ufeff" + proof_of_consent(event, by=the_coordinator(), now=now())
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="consent-{event.slug}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
