"""What processes log: one JSON object per line, on standard error, without numbers, addresses and keys of links.

Callers need not mask anything: the finished line is masked, including error messages and tracebacks.
"""

import logging
import re
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

import structlog
from structlog.typing import EventDict, WrappedLogger

# As the database stores them, as URLs encode them, bare, and as people write them.
_NUMBERS: Final = re.compile(
    r"(?:\+|%2[Bb])\d[\d ().\-]{5,18}\d"
    r"|(?<!\w)\d{10,15}(?!\w)"
    r"|(?<!\w)(?:1[ .\-])?(?:\(\d{3}\) ?|\d{3}[ .\-])\d{3}[ .\-]\d{4}(?!\w)"
)
# Links that open what is not everybody's: a person's page, a sign-in, a door, a kiosk, a friend's spot, the wall.
_KEYS: Final = re.compile(r"(?<=/)(me|sign-in|invitations|here|kiosk|friend|unsubscribe|wall)/[^/\s\"'?#<>\\]+")
_ADDRESSES: Final = re.compile(r"(?<![\w.+-])(\w)[\w.+-]*(?:@|%40)(?=[\w-]+\.)")  # as URLs encode them too
_DIGITS: Final = re.compile(r"\d")
LEAST: Final = 8  # the fewest digits of a whole number


def masked(line: str) -> str:
    """The line with only the last four digits of each phone number, the first letter of each email address and its
    domain, and without what opens a personal link.
    """
    return _NUMBERS.sub(_last_four, _ADDRESSES.sub(r"\1***@", _KEYS.sub(r"\1/***", line)))


def _last_four(number: re.Match[str]) -> str:
    digits = _DIGITS.findall(number[0].replace("%2B", "").replace("%2b", ""))
    return "***-" + "".join(digits[-4:]) if len(digits) >= LEAST else number[0]


def _at(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Adds when it happened, not when it is written."""
    line.pop("message", None)  # another handler's formatter leaves it on the record
    line["at"] = datetime.fromtimestamp(line["_record"].created, UTC).isoformat(timespec="milliseconds")
    return line


class MaskedLines(structlog.stdlib.ProcessorFormatter):
    """Formats structured lines, and masks each finished line."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.ExtraAdder(),
                _at,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
            ],
            processors=[self.remove_processors_meta, structlog.processors.JSONRenderer()],
        )

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def write_logs() -> None:
    """Make every logger of this process, and uncaught exceptions, write such lines. Call once, at startup."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskedLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.raiseExceptions = False  # a line that cannot be written must not be printed unmasked
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a round longer than a tick is not worth a line
    for name in ("alembic", "werkzeug"):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _write_uncaught(sys.excepthook)
    threading.excepthook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)


_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _write_uncaught(otherwise: _Hook) -> _Hook:
    def hook(kind: type[BaseException], failure: BaseException, track: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            otherwise(kind, failure, track)
        else:
            _uncaught(kind, failure, track)

    return hook


def _uncaught(kind: type[BaseException], failure: BaseException | None, track: TracebackType | None) -> None:
    if failure is not None:
        logging.getLogger("callboard").critical("nobody caught this", exc_info=(kind, failure, track))
