"""A hall that looks on: 1,000 phones ask for the lineup or the board every 5 seconds while the night is pressed.

Everything is real: two web workers, the jobs, HTTP, a database on disk. The viewers are an event loop with a connection
each. They ask when it is their turn, however long the last answer took, so a server that falls behind is seen. Texts go
out meanwhile, as in ``lateness``. The floor is how many of the same questions the same server answers when eight ask
without a pause, in the same run.
"""

import asyncio
import math
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.instant_network import an_instant_network
from bench.outgoing import Columns, a_performer, put, seconds_late, wait_until_sent
from bench.processes import jobs_of, until_it_answers, web_of
from bench.table import Row, Size, at_least
from coordinator import clock
from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.shownight.actions.pressing import end_set, start_set
from coordinator.shownight.queries import night

VIEWERS, EVERY = 1000, 5.0  # people, seconds
STAGES, SETS = 2, 60
TEXTS_A_SECOND = 5
PRESSED_EVERY = 3.0  # seconds: more than any stage manager does
FLOOR_VIEWERS, FLOOR_LASTS = 8, 2.0
SLUG = "benefit"
PATHS = (f"/e/{SLUG}", f"/e/{SLUG}/board")
SAM = Actor("Sam Stage")
GIVE_UP_AFTER = 10.0  # seconds, as js/live.js does


@dataclass
class Seen:
    """What the hall got: seconds from when each answer was due to be asked for until it was there, and its status."""

    taken: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        return sorted(self.taken)[math.ceil(len(self.taken) * share) - 1]


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size.of(20, 6))]


def _on(engine: str, lasts: int) -> list[Row]:
    with an_installation(engine) as app, an_instant_network() as url:
        event, whose = _a_show(), a_performer()
        with web_of(app) as (_web, port), jobs_of(app, url):
            for path in PATHS:
                until_it_answers(port, path)
            floor = asyncio.run(_hall(port, FLOOR_VIEWERS, every=0, lasts=FLOOR_LASTS))
            began_at = clock.now()
            before = _texts_due(whose, began_at, lasts)
            with ThreadPoolExecutor(1) as pool:
                looking = pool.submit(lambda: asyncio.run(_hall(port, VIEWERS, every=EVERY, lasts=lasts)))
                presses = _press(event, looking)
            wait_until_sent(before)
            late = seconds_late(before)
    return _rows(engine, looking.result(), floor, (presses, lasts), late)


def _rows(engine: str, hall: Seen, floor: Seen, pressed: tuple[int, int], late: list[float]) -> list[Row]:
    presses, lasts = pressed
    asked, most = VIEWERS / EVERY * lasts, len(floor.taken) / FLOOR_LASTS
    answered = hall.statuses[200] + hall.statuses[304]
    p99, texts = hall.percentile(0.99), late[math.ceil(len(late) * 0.99) - 1]
    name = f"{VIEWERS:,} viewers, {engine}"
    share = f"{hall.statuses[200]:,} whole pages, {hall.statuses[304]:,} unchanged, {presses} presses"
    return [
        at_least(f"{name}: answered of what they asked for ({share})", answered / asked, 0.98),
        Row(f"{name}: p99 of an answer", f"{p99 * 1000:.0f} ms", "< 1000 ms", p99 < 1),
        Row("  median, and the last", f"{hall.percentile(0.5) * 1000:.0f} ms, {hall.taken and max(hall.taken):.2f} s"),
        Row(
            f"  {VIEWERS / EVERY:.0f} a second, of {most:,.0f} that the server can do", f"{VIEWERS / EVERY / most:.0%}"
        ),
        Row(f"{name}: p99 of {len(late)} texts meanwhile", f"{texts:.2f} s", "< 2 s", texts < 2),
    ]


def _a_show() -> Event:
    """A show that began an hour ago, with two stages."""
    now = clock.now()
    plan = Plan(SLUG, now - timedelta(hours=1), now - timedelta(days=30), stages=STAGES, slots_a_stage=SETS // STAGES)
    event = a_festival(plan)
    db.session.remove()
    return event


def _texts_due(whose: Columns, began_at: datetime, lasts: int) -> int:
    """A few texts due in each second from now on; returns the highest id before them."""
    ids = [put(whose, TEXTS_A_SECOND, began_at + timedelta(seconds=second)) for second in range(lasts)]
    return ids[0]


def _press(event: Event, looking: "Future[Seen]") -> int:
    """Start and end one set after another until the hall has seen enough. Returns how many presses that were."""
    slots = [slot.id for stage in night(event.id, clock.now()).stages for slot in stage.slots]
    presses = [(do, slot_id) for slot_id in slots for do in (start_set, end_set)]
    db.session.remove()
    for number, (do, slot_id) in enumerate(presses):
        if looking.done():
            return number
        do(slot_id, actor=SAM, now=clock.now())
        db.session.remove()
        time.sleep(PRESSED_EVERY)
    return len(presses)


async def _hall(port: int, viewers: int, *, every: float, lasts: float) -> Seen:
    """Everyone looks on for so many seconds; each asks ``every`` so many, the first time at a moment of their own."""
    seen, until = Seen(), time.perf_counter() + lasts
    turns = [every * number / viewers for number in range(viewers)]
    looking = [_viewer(port, PATHS[number % 2], turns[number], every, until, seen) for number in range(viewers)]
    await asyncio.gather(*looking)
    return seen


async def _viewer(port: int, path: str, first: float, every: float, until: float, seen: Seen) -> None:
    due, etag = time.perf_counter() + first, ""
    await asyncio.sleep(first)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            status, etag = await asyncio.wait_for(_ask(reader, writer, path, etag), GIVE_UP_AFTER)
        except (OSError, EOFError, TimeoutError):  # the server ended the connection, or takes too long
            status = 0
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        seen.taken.append(time.perf_counter() - due)
        seen.statuses[status] += 1
        due = due + every if every else time.perf_counter()
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, etag: str) -> tuple[int, str]:
    """One question on an open connection: the status of the answer, and its ETag for the next one."""
    known = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{known}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
    }
    await reader.readexactly(int(headers.get("content-length", 0)))
    return int(head.split(" ", 2)[1]), headers.get("etag", etag)
