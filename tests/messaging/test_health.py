"""Alive, ready, and how many texts are where."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from coordinator.db import transaction
from coordinator.messaging.actions import beat
from tests.builders import MADE_AT, a_message, a_night
from tests.messaging.posting import a_text

SECOND = timedelta(seconds=1)


def test_a_process_that_answers_is_alive(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.parametrize(
    ("age", "status", "failing"), [(0, 200, []), (10, 200, []), (11, 503, ["jobs"]), (None, 503, ["jobs"])]
)
def test_an_installation_is_ready_while_its_jobs_tick(
    client: FlaskClient, age: int | None, status: int, failing: list[str]
) -> None:
    if age is not None:
        beat("jobs", MADE_AT - age * SECOND)

    with time_machine.travel(MADE_AT, tick=False):
        response = client.get("/readyz")

    assert (response.status_code, response.json) == (status, {"ready": not failing, "failing": failing})


def test_an_old_schema_is_not_ready(app: Flask, client: FlaskClient) -> None:
    beat("jobs", MADE_AT)
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'older'"))

    with time_machine.travel(MADE_AT, tick=False):
        response = client.get("/readyz")

    assert (response.status_code, response.json) == (503, {"ready": False, "failing": ["migrations"]})


def test_the_figures_count_texts_and_say_how_late_the_latest_is(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    a_text(night, josh, due_at=night.at("19:45"))
    a_message(night, josh, state="delivered")
    a_message(night, josh, state="received", direction="in")
    beat("jobs", night.at("19:44"))

    with time_machine.travel(night.at("19:46"), tick=False):
        lines = client.get("/metrics").text.splitlines()

    assert [line for line in lines if not line.startswith("#")] == [
        'callboard_messages{direction="in",state="received"} 1.0',
        'callboard_messages{direction="out",state="delivered"} 1.0',
        'callboard_messages{direction="out",state="waiting"} 1.0',
        "callboard_overdue_seconds 60.0",
        "callboard_last_tick_timestamp_seconds 1.79643144e+09",
    ]
