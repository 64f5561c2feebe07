"""Public pages: an unchanged page against an answer that does one indexed read, in the same run."""

from __future__ import annotations

import statistics

from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.db import db
from coordinator.events.models import Event
from tests.builders import a_night, a_shift, a_slot
from tests.queries import counted

from .houses import a_house
from .table import Row, median_ms

RACES, ASKED = 15, 40


def measure() -> list[Row]:
    with a_house("sqlite") as app:
        _floor(app)
        shifts = [a_shift(f"Work {number}", "19:00", "22:00", people=(f"Helper {number}",)) for number in range(200)]
        a_night([a_slot(f"Act {number}", None, minutes=5, changeover=0) for number in range(60)], shifts=shifts)
        client = app.test_client()
        pages = {"line-up of 60 acts": "/e/justice-in-motion", "200 shifts": "/e/justice-in-motion/volunteer"}
        return [row for name, path in pages.items() for row in _page(client, name, path)]


def _floor(app: Flask) -> None:
    @app.get("/bench/floor")
    def floor() -> Response:
        return Response(str(db.session.scalar(select(Event.revision).where(Event.slug == "justice-in-motion"))))


def _page(client: FlaskClient, name: str, path: str) -> list[Row]:
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    ratio = _against_floor(client, path, etag)
    db.session.remove()
    with counted() as statements:
        client.get(path)
    whole = median_ms(lambda: client.get(path), times=10)
    return [
        Row(f"{name}: unchanged ({again.status_code}) against one read", f"{ratio:.2f}", ">= 0.7", ratio >= 0.7),
        Row(f"{name}: whole page", f"{whole:.1f} ms, {len(statements)} queries", "<= 8", len(statements) <= 8),
    ]


def _against_floor(client: FlaskClient, path: str, etag: str) -> float:
    """The median of many short races, so that what else the machine does falls on both."""
    ratios = []
    for _race in range(RACES):
        floor = median_ms(lambda: client.get("/bench/floor"), times=ASKED)
        page = median_ms(lambda: client.get(path, headers={"If-None-Match": etag}), times=ASKED)
        ratios.append(floor / page)
    return statistics.median(ratios)
