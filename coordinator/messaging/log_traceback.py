"""What may be logged of an exception: its type and traceback, not its message, which may contain a phone number."""

from logging import Logger
from traceback import format_tb


def log_traceback(log: Logger, failure: BaseException, what: str) -> None:
    """Log what happened, the kind of the failure, and the lines of code it passed through."""
    log.error("%s: %s\n%s", what, type(failure).__name__, "".join(format_tb(failure.__traceback__)))
