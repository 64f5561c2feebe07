"""Alive, ready, and how many texts are where."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, text

from coordinator import clock
from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.actions.holding import pause_all_texts, resume_all_texts
from coordinator.messaging.actions.tallies import count_one
from coordinator.messaging.gateway import RecordingGateway, TryLater
from coordinator.messaging.models import Direction
from coordinator.services import AppServices
from tests.builders import MADE_AT, a_coordinator, a_message, a_night
from tests.messaging.posting import a_text, send_due

SECOND = timedelta(seconds=1)


def test_a_process_that_answers_is_alive(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.parametrize(("age", "status"), [(2, 200), (2.1, 503)])
def test_ten_ticks_are_as_long_as_ticks_are(app: Flask, client: FlaskClient, age: float, status: int) -> None:
    services: AppServices = app.extensions["callboard"]
    app.extensions["callboard"] = replace(services, settings=replace(services.settings, tick_seconds=0.2))
    beat("jobs", MADE_AT - age * SECOND)

    with time_machine.travel(MADE_AT, tick=False):
        assert client.get("/readyz").status_code == status


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

    said = {"ready": not failing, "failing": failing, "simulated": True, "held": None}
    assert (response.status_code, response.json) == (status, said)


def test_an_old_schema_is_not_ready(app: Flask, client: FlaskClient) -> None:
    beat("jobs", MADE_AT)
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'older'"))

    with time_machine.travel(MADE_AT, tick=False):
        response = client.get("/readyz")

    said = {"ready": False, "failing": ["migrations"], "simulated": True, "held": None}
    assert (response.status_code, response.json) == (503, said)


def test_the_figures_tell_where_texts_are_and_how_late_they_left(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    josh, due_at = night.person("Josh Granowski"), night.at("19:45")
    a_text(night, josh, due_at=due_at)
    for late in (0, 1, 90):
        a_message(night, josh, state="delivered", due_at=due_at, sent_at=due_at + late * SECOND)
    a_message(night, josh, state="unknown", due_at=due_at, claimed_at=due_at + 30 * SECOND)
    a_message(night, josh, state="received", direction=Direction.IN, kind="reply")
    stop_texts("+12125550142", sender="+12125550100", cause="STOP", now=MADE_AT)
    with transaction():
        count_one("found", 2)
    beat("jobs", night.at("19:44"))

    with time_machine.travel(night.at("19:46"), tick=False):
        lines = client.get("/metrics").text.splitlines()

    assert [line for line in lines if not line.startswith("#")] == [
        'callboard_messages{channel="text",direction="in",kind="reply",state="received"} 1.0',
        'callboard_messages{channel="text",direction="out",kind="reminder",state="delivered"} 3.0',
        'callboard_messages{channel="text",direction="out",kind="reminder",state="unknown"} 1.0',
        'callboard_messages{channel="text",direction="out",kind="reminder",state="waiting"} 1.0',
        'callboard_lateness_seconds_bucket{le="0.5"} 1.0',
        'callboard_lateness_seconds_bucket{le="1.0"} 2.0',
        'callboard_lateness_seconds_bucket{le="2.0"} 2.0',
        'callboard_lateness_seconds_bucket{le="5.0"} 2.0',
        'callboard_lateness_seconds_bucket{le="15.0"} 2.0',
        'callboard_lateness_seconds_bucket{le="60.0"} 2.0',
        'callboard_lateness_seconds_bucket{le="300.0"} 3.0',
        'callboard_lateness_seconds_bucket{le="3600.0"} 3.0',
        'callboard_lateness_seconds_bucket{le="+Inf"} 3.0',
        "callboard_lateness_seconds_count 3.0",
        "callboard_lateness_seconds_sum 91.0",
        'callboard_rare_events_total{what="found"} 2.0',
        'callboard_rare_events_total{what="sent_again"} 0.0',
        'callboard_rare_events_total{what="expired"} 0.0',
        'callboard_rare_events_total{what="left_to_people"} 0.0',
        'callboard_rare_events_total{what="came_back"} 0.0',
        'callboard_rare_events_total{what="recovered"} 0.0',
        'callboard_rare_events_total{what="bounced"} 0.0',
        'callboard_rare_events_total{what="on_by_email"} 0.0',
        'callboard_rare_events_total{what="on_by_text"} 0.0',
        "callboard_opt_outs 1.0",
        "callboard_overdue_seconds 60.0",
        "callboard_unknown_seconds 30.0",
        "callboard_last_tick_timestamp_seconds 1.79643144e+09",
    ]


def test_a_text_that_was_held_is_late_from_when_it_was_let_go(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    alice, josh, due_at = a_coordinator("Alice"), night.person("Josh Granowski"), night.at("12:00")
    a_text(night, josh, kind="note", due_at=due_at)
    pause_all_texts(night.organisation.id, actor=Actor.of(alice), now=due_at)
    send_due(RecordingGateway(), due_at)
    resume_all_texts(night.organisation.id, actor=Actor.of(alice), now=night.at("13:00"))
    send_due(RecordingGateway(), night.at("13:00") + 3 * SECOND)

    lines = client.get("/metrics").text.splitlines()

    assert 'callboard_lateness_seconds_bucket{le="2.0"} 0.0' in lines
    assert 'callboard_lateness_seconds_bucket{le="5.0"} 1.0' in lines
    assert "callboard_lateness_seconds_sum 3.0" in lines


def test_a_text_that_the_network_asked_to_wait_is_late_from_when_it_was_due(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    due_at = night.at("12:00")
    a_text(night, night.person("Josh Granowski"), kind="note", due_at=due_at)
    gateway = RecordingGateway(TryLater("The network answered 429.", 20))
    send_due(gateway, due_at)
    send_due(gateway, due_at + 20 * SECOND)

    lines = client.get("/metrics").text.splitlines()

    assert "callboard_lateness_seconds_sum 20.0" in lines


def test_the_figures_of_an_empty_house_are_nought(client: FlaskClient) -> None:
    lines = client.get("/metrics").text.splitlines()

    assert "callboard_lateness_seconds_count 0.0" in lines
    assert "callboard_opt_outs 0.0" in lines


TOKEN = "a token that is long enough"


def with_settings(app: Flask, **changed: Any) -> None:
    services: AppServices = app.extensions["callboard"]
    app.extensions["callboard"] = replace(services, settings=replace(services.settings, **changed))


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        ("Bearer another", 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer \u00e9", 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
    ],
)
def test_with_a_token_the_figures_are_for_who_shows_it(sqlite_app: Flask, shown: str | None, status: int) -> None:
    with_settings(sqlite_app, metrics_token=TOKEN)

    answer = sqlite_app.test_client().get("/metrics", headers={"Authorization": shown} if shown is not None else {})

    assert (answer.status_code, "callboard_messages" in answer.text) == (status, status == 200)
    assert answer.headers.get("WWW-Authenticate") == (None if status == 200 else "Bearer")


def test_whom_to_tell_of_a_hole_stands_where_it_is_looked_for(sqlite_app: Flask) -> None:
    with_settings(sqlite_app, security_contact="mailto:security@show.example", public_url="https://show.example")

    with time_machine.travel(MADE_AT, tick=False):
        answer = sqlite_app.test_client().get("/.well-known/security.txt")

    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Contact: mailto:security@show.example",
        f"Expires: {MADE_AT + timedelta(days=90):%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: en, es",
        "Canonical: https://show.example/.well-known/security.txt",
    ]


def test_without_a_contact_there_is_no_such_page(sqlite_client: FlaskClient) -> None:
    assert sqlite_client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("then", ["gone", "empty", "another"])
def test_a_database_file_that_was_taken_away_is_noticed(sqlite_app: Flask, sqlite_template: Path, then: str) -> None:
    client = sqlite_app.test_client()
    place = Path(make_url(sqlite_app.extensions["callboard"].settings.database_url).database or "")
    a_coordinator("Alice")
    beat("jobs", clock.now())
    assert client.get("/readyz").status_code == 200
    away = place.rename(place.with_name("away"))
    for end in ("-wal", "-shm") if then != "gone" else ():
        Path(f"{place}{end}").unlink(missing_ok=True)
    if then == "empty":
        place.touch()
    if then == "another":
        shutil.copy(sqlite_template, place)

    answer = client.get("/readyz")

    failing = {"gone": ["database"], "empty": ["migrations"], "another": ["jobs"]}  # which no jobs have met yet
    assert (answer.status_code, answer.json and answer.json["failing"]) == (503, failing[then])
    assert place.exists() == (then != "gone")
    if then == "gone":
        away.rename(place)
        assert client.get("/readyz").status_code == 200


def test_what_is_forgotten_is_written_over(sqlite_app: Flask) -> None:
    assert db.session.execute(text("PRAGMA secure_delete")).scalar_one() == 1
