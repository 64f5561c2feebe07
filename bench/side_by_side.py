"""One jobs process compared with two on PostgreSQL, in turns, with a network as slow as a real one.

With an instant network, two cores would run two senders, the database and the network, and the result would only show
the machine. A real network takes 50 to 100 ms per text, so the number of parallel texts decides.
"""

import statistics
from contextlib import ExitStack

from flask import Flask

from bench.installations import an_installation
from bench.instant_network import an_instant_network
from bench.outgoing import Columns, a_performer, put, rate, wait_until_sent
from bench.processes import jobs_of
from bench.table import Row, Size, at_least

DELAY = 0.08  # seconds
ROUNDS = 3
FLOOR = 1.6
TICK = 0.2  # seconds, so that all processes begin at once


def measure(size: Size) -> list[Row]:
    texts = size.of(1500, 300)
    with an_installation("postgresql") as app, an_instant_network(DELAY) as url:
        whose = a_performer()
        pairs = [(_rate_of(1, app, whose, url, texts), _rate_of(2, app, whose, url, texts)) for _ in range(ROUNDS)]
    one, two = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    ratio = statistics.median(two / one for one, two in pairs)
    name = f"two jobs processes ({two:.0f} a second) against one ({one:.0f}), postgresql, {DELAY * 1000:.0f} ms a text"
    return [at_least(name, ratio, FLOOR)]


def _rate_of(processes: int, app: Flask, whose: Columns, url: str, texts: int) -> float:
    with ExitStack() as running:
        for _process in range(processes):
            running.enter_context(jobs_of(app, url, TICK))
        wait_until_sent(put(whose, 100 * processes))  # all have started and opened their connections
        before = put(whose, texts)
        wait_until_sent(before)
        return rate(before)
