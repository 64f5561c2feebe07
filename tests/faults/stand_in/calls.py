"""Calls to the app, signed like Twilio's, now or later, to local addresses only."""

import base64
import hashlib
import heapq
import hmac
import http.client
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Final
from urllib.parse import urlencode, urlsplit

from tests.network import is_near

PATIENCE: Final = 15.0  # seconds, like Twilio
SIDE_BY_SIDE: Final = 8

log = logging.getLogger("stand-in")


def signature(url: str, fields: Mapping[str, str], token: str) -> str:
    """Computed over the address and all fields in the order of their names, with the token as the key."""
    signed = url + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def call(url: str, fields: Mapping[str, str], token: str) -> int | None:
    """Post the fields to a local address; returns the status of the answer, None when there was none.

    Tries once more if the connection was refused, and only then.
    """
    if not is_near((urlsplit(url).hostname or "elsewhere", 0)):
        log.warning("%s is not on this machine and is not called", urlsplit(url).netloc)
        return None
    for last in (False, True):
        try:
            return _posted(url, fields, signature(url, fields, token))
        except ConnectionRefusedError:
            if last:
                return None
            time.sleep(0.5)
        except (OSError, http.client.HTTPException):
            return None
    return None


def _posted(url: str, fields: Mapping[str, str], signed: str) -> int:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=PATIENCE)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed}
    try:
        target = address.path + (f"?{address.query}" if address.query else "")
        connection.request("POST", target, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


class Later:
    """Runs tasks after a delay, a few in parallel."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._stopped = False
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="call")
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def __call__(self, seconds: float, what: Callable[[], object]) -> None:
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._numbers), what))
            self._changed.notify()

    def stop(self) -> None:
        """Drop pending tasks, and wait for running ones."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify()
        self._thread.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _watch(self) -> None:
        while (what := self._next()) is not None:
            self._pool.submit(_done, what)

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            while not self._stopped:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
            return None


def _done(what: Callable[[], object]) -> None:
    try:
        what()
    except Exception:
        log.exception("a call went wrong")
