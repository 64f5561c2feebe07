"""Proof of consent as a file."""

from flask.typing import ResponseReturnValue

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.proof import AsksAgain
from coordinator.web.spreadsheets import csv_file

from ..consent import proof_of_consent
from .blueprint import bp


@bp.post("/consent")
@needs(Permission.EXPORT, asks_again=AsksAgain.ALWAYS)
def consent(slug: str) -> ResponseReturnValue:
    """A POST, not a link, because the export is recorded."""
    event = our_event(slug)
    head, *lines = proof_of_consent(event, actor=current_actor(), now=now())
    return csv_file(f"consent-{event.slug}.csv", head, lines)
