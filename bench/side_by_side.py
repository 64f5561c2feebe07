"""One jobs process against two on PostgreSQL, by turns, with a network that thinks as long as a real one.

With an instant one two cores would carry two senders, the database and the network: what is measured then is the
machine. A real network takes 50 to 100 ms a text, and the number of texts in the air decides.
"""

from __future__ import annotations

import statistics
from contextlib import ExitStack

from flask import Flask

from .houses import a_house
from .instant_network import an_instant_network
from .outgoing import Columns, put, rate, somebody, until_gone
from .processes import jobs_of
from .table import Row, Size, at_least

THINKS = 0.08  # seconds
ROUNDS = 3
FLOOR = 1.6
TICK = 0.2  # seconds: all begin together


def measure(size: Size) -> list[Row]:
    texts = size.of(1500, 300)
    with a_house("postgresql") as app, an_instant_network(THINKS) as url:
        whose = somebody()
        pairs = [(_rate_of(1, app, whose, url, texts), _rate_of(2, app, whose, url, texts)) for _ in range(ROUNDS)]
    one, two = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    ratio = statistics.median(two / one for one, two in pairs)
    name = f"two jobs processes ({two:.0f} a second) against one ({one:.0f}), postgresql, {THINKS * 1000:.0f} ms a text"
    return [at_least(name, ratio, FLOOR)]


def _rate_of(processes: int, app: Flask, whose: Columns, url: str, texts: int) -> float:
    with ExitStack() as running:
        for _process in range(processes):
            running.enter_context(jobs_of(app, url, TICK))
        until_gone(put(whose, 100 * processes))  # all have begun, their lines are open
        before = put(whose, texts)
        until_gone(before)
        return rate(before)
