"""The ground that tests are on: each has a database of its own, and asks as the world does."""

import time
from datetime import UTC, datetime

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import text

from coordinator.db import db, transaction

TABLE = "CREATE TABLE left_behind (who TEXT)"


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_sees_what_another_wrote(app: Flask, turn: str) -> None:
    with transaction() as session:
        session.execute(text(TABLE))  # fails if it is there already
        session.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})

    assert db.session.execute(text("SELECT who FROM left_behind")).scalars().all() == [turn]


def test_a_request_sees_nothing_of_the_test_but_its_database(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/seen", "seen", lambda: {"carried": "whose" in g, "found": _count()})
    with transaction() as session:
        session.execute(text(TABLE))
        session.execute(text("INSERT INTO left_behind VALUES ('Alice')"))
    g.whose = "the test's"

    assert client.get("/seen").json == {"carried": False, "found": 1}


def test_the_test_sees_what_a_request_wrote(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/write", "write", _write, methods=["POST"])
    with transaction() as session:
        session.execute(text(TABLE))
    assert _count() == 0

    client.post("/write")

    assert _count() == 1


def test_the_machine_stands_in_an_odd_zone() -> None:
    assert time.strftime("%z", time.localtime(datetime(2026, 12, 4, tzinfo=UTC).timestamp())) == "+1345"


def _count() -> int:
    return int(db.session.execute(text("SELECT count(*) FROM left_behind")).scalar_one())


def _write() -> str:
    with transaction() as session:
        session.execute(text("INSERT INTO left_behind VALUES ('Bob')"))
    return "written"
