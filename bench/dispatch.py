"""Texts per second through the outbox, compared with a bare loop around Twilio's library.

Both post the same number of texts from the same number of threads to the same local network, in turns. The result is
the median ratio of the rounds, so that other load on the machine affects both.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from twilio.rest import Client

from bench.installations import ENGINES, an_installation
from bench.instant_network import ACCOUNT, an_instant_network
from bench.outgoing import Columns, a_performer, put
from bench.table import Row, Size, at_least
from config import TwilioSettings
from coordinator import clock
from coordinator.db import db
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.models import Message
from coordinator.messaging.twilio_gateway import TwilioGateway
from coordinator.reminders.actions.holding import hold

THREADS = 16  # as in a jobs process
ROUNDS = 7
FLOOR = 0.85
SETTINGS = TwilioSettings(ACCOUNT, "a token", sender="+12125550100")


def measure(size: Size) -> list[Row]:
    with an_instant_network() as url:
        return [row for engine in ENGINES for row in _on(engine, url, size.of(1000, 200))]


def _on(engine: str, url: str, texts: int) -> list[Row]:
    with an_installation(engine), _an_outbox(url) as outbox:
        bare = Bare(url)
        _raced(bare, 100), _raced(outbox, 100)
        pairs = [_race_both(bare, outbox, texts, turn) for turn in range(ROUNDS)]
    ratio = statistics.median(ours.rate / floor.rate for floor, ours in pairs)
    work = statistics.median(floor.work / ours.work for floor, ours in pairs)
    floor, ours = (statistics.median(race.rate for race in races) for races in zip(*pairs, strict=True))
    name = f"dispatch, {engine}, {texts:,} texts due at once, {THREADS} threads"
    return [
        at_least(f"{name}: {ours:.0f} a second against a bare loop's {floor:.0f}", ratio, FLOOR),
        Row("  the same in this process's own work", f"{work:.2f}"),
    ]


def _race_both(bare: Bare, outbox: Outbox, texts: int, turn: int) -> tuple[Race, Race]:
    """Alternates which of the two runs first, so that a machine that warms up or throttles favors neither."""
    if turn % 2:
        ours = _raced(outbox, texts)
        return _raced(bare, texts), ours
    return _raced(bare, texts), _raced(outbox, texts)


@dataclass(frozen=True)
class Race:
    """``rate``: texts per second. ``work``: CPU seconds of this process, unaffected by other load on the machine."""

    rate: float
    work: float


def _raced(racer: Bare | Outbox, number: int) -> Race:
    racer.get_ready(number)
    began, worked = time.perf_counter(), time.process_time()
    racer.send_all(number)
    return Race(number / (time.perf_counter() - began), time.process_time() - worked)


class Bare:
    """The baseline: one client per thread, one call per text, nothing stored."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.own = threading.local()

    def get_ready(self, number: int) -> None:
        """No preparation needed."""

    def send_all(self, number: int) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            assert all(pool.map(self._send, range(number)))

    def _send(self, number: int) -> str:
        if not hasattr(self.own, "client"):
            self.own.client = Client(ACCOUNT, "a token")
            self.own.client.api.base_url = self.url
        callback = f"https://show.example/twilio/status/{number}"
        body = f"You are on at 8:45 at The Old Chapel, no {number}."
        return str(
            self.own.client.messages.create(
                to="+12125550142", from_="+12125550100", body=body, status_callback=callback
            ).sid
        )


@contextmanager
def _an_outbox(url: str) -> Iterator[Outbox]:
    settings = TwilioSettings(ACCOUNT, "a token", sender="+12125550100", api_url=url)
    with ThreadPoolExecutor(THREADS) as pool:
        yield Outbox(TwilioGateway(settings, "https://show.example"), pool, a_performer())


@dataclass(frozen=True)
class Outbox:
    """The same texts through the outbox. ``whose``: columns that all of them share."""

    gateway: TwilioGateway
    pool: ThreadPoolExecutor
    whose: Columns

    def send_all(self, number: int) -> None:
        while _unsent():
            dispatch_due(self.gateway, now=clock.now, worker="bench", hold=hold, pool=self.pool)

    def get_ready(self, number: int) -> None:
        put(self.whose, number)


def _unsent() -> int:
    waiting = db.session.scalar(select(func.count()).where(Message.state.in_(("waiting", "sending"))))
    db.session.rollback()
    return waiting or 0
