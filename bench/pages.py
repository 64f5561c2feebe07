"""Public pages: an unchanged page, compared with an answer that does one indexed read, in the same run.

Both are called through WSGI in this process, one after another: neither a client nor a network is measured.
"""

import statistics
from contextvars import Context
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask, Response
from sqlalchemy import select
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from bench.festival import Plan, a_festival
from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, at_least, median_ms
from coordinator import clock
from coordinator.db import db
from coordinator.events.models import Event
from tests.queries import counted

RACES, ASKED = 15, 30
SHIFTS, SETS = 200, 60
SLUG = "benefit"


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size)]


def _on(engine: str, size: Size) -> list[Row]:
    with an_installation(engine) as app:
        _add_floor(app)
        begins_at = clock.now() + timedelta(days=30)
        shifts_at = [begins_at + timedelta(minutes=number) for number in range(SHIFTS)]
        plan = Plan(SLUG, begins_at, clock.now(), stages=2, slots_a_stage=SETS // 2, shifts_at=shifts_at)
        a_festival(plan)
        db.session.remove()
        pages = {f"line-up of {SETS} sets": f"/e/{SLUG}", f"list of {SHIFTS} shifts": f"/e/{SLUG}/volunteer"}
        return [row for name, path in pages.items() for row in _page(app, f"{name}, {engine}", path, size)]


def _add_floor(app: Flask) -> None:
    @app.get("/bench/floor")
    def floor() -> Response:
        return Response(str(db.session.scalar(select(Event.revision).where(Event.slug == SLUG))))


def _page(app: Flask, name: str, path: str, size: Size) -> list[Row]:
    whole, known = _asked(app, path)
    unchanged, _ = _asked(app, path, known)
    assert (whole, unchanged) == ("200 OK", "304 NOT MODIFIED"), (whole, unchanged)
    ratio, each = _against_floor(app, path, known, size.of(RACES, 5))
    with counted() as statements:
        _asked(app, path)
    taken = median_ms(lambda: _asked(app, path), times=10)
    return [
        at_least(f"{name}: unchanged ({1000 / each:,.0f} a second) against one read", ratio, 0.7),
        Row(f"{name}: whole page, {taken:.0f} ms", f"{len(statements)} queries", "<= 8", len(statements) <= 8),
    ]


def _against_floor(app: Flask, path: str, known: dict[str, str], races: int) -> tuple[float, float]:
    """The median ratio of many short races, so that other load affects both; and the milliseconds of one answer."""
    pairs = [
        (
            median_ms(lambda: _asked(app, "/bench/floor"), times=ASKED),
            median_ms(lambda: _asked(app, path, known), times=ASKED),
        )
        for _race in range(races)
    ]
    return statistics.median(floor / page for floor, page in pairs), statistics.median(page for _, page in pairs)


def _asked(app: Flask, path: str, known: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """One WSGI answer outside of our own app context: its status, and the headers of a browser's next request."""
    return Context().run(_answer, app, path, known or {})


def _answer(app: Flask, path: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    environ = EnvironBuilder(path, base_url="http://127.0.0.1", headers=Headers(headers)).get_environ()
    began: list[tuple[str, dict[str, str]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        began.append((status, dict(headers)))
        return BytesIO().write

    answer = app.wsgi_app(environ, start_response)
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    (status, found), *_ = began
    cookie = found.get("Set-Cookie", "").partition(";")[0]
    return status, {"If-None-Match": found.get("ETag", ""), **({"Cookie": cookie} if cookie else {})}
