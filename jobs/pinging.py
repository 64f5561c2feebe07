"""Telling a monitor elsewhere, every minute, that the jobs are well: when it hears nothing, it alerts someone."""

import logging
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import requests

from coordinator.db import db
from coordinator.messaging.queries.health import texts_leave

EVERY: Final = timedelta(minutes=1)
FIRST_AFTER: Final = timedelta(seconds=5)  # when the first round has been recorded
TIMEOUT: Final = (3.05, 5)  # seconds to connect, to respond

log = logging.getLogger(__name__)


class Ping:
    """A step beside the rounds: calls ``url`` (``HEARTBEAT_URL``) while texts go out as they should.

    A monitor that does not respond delays no text. It is logged once, until it responds again.
    """

    def __init__(self, url: str, tick_seconds: float) -> None:
        self.url, self.tick_seconds = url, tick_seconds
        self.failed = False

    def __call__(self, now: datetime) -> None:
        is_well = texts_leave(self.tick_seconds, now)
        db.session.remove()  # hold no connection while the monitor takes its time
        if not is_well:
            return
        trouble = _trouble(self.url)
        if trouble and not self.failed:
            log.warning("HEARTBEAT_URL at %s was not told: %s", urlsplit(self.url).hostname, trouble)
        self.failed = trouble is not None


def _trouble(url: str) -> str | None:
    """Why the monitor was not told, without the URL, which may be a secret; None if it was."""
    try:
        with requests.get(url, timeout=TIMEOUT, stream=True) as answer:
            return None if answer.ok else f"it answered {answer.status_code}"
    except requests.RequestException as failure:
        return type(failure).__name__
