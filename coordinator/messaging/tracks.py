"""What may be logged of a failure: its kind and where it came from, not its words, which may hold a phone number."""

from __future__ import annotations

from logging import Logger
from traceback import format_tb


def log_tracks(log: Logger, failure: BaseException, what: str) -> None:
    """Log what happened, the kind of the failure, and the lines of code it passed through."""
    log.error("%s: %s\n%s", what, type(failure).__name__, "".join(format_tb(failure.__traceback__)))
