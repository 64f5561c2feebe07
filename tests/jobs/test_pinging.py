"""The watcher elsewhere hears from the jobs while they are well, and keeps no text waiting."""

import logging
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from config import Settings
from coordinator.db import db, transaction
from coordinator.messaging.actions.alarms import raise_alarm
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.actions.restored import hold_everything
from coordinator.messaging.models import AlarmKind, Message
from coordinator.messaging.queries.health import texts_leave
from jobs.pinging import Ping
from tests.builders import ANight, a_night
from tests.jobs.test_process import a_due_note, started
from tests.messaging.posting import a_text, state
from tests.serving import answering, served

PATIENCE_SECONDS = 30


@pytest.fixture
def night(app: Flask) -> ANight:
    made = a_night(quiet_from=None, quiet_to=None)
    beat("jobs", made.at("20:00"))
    return made


def nothing(night: ANight) -> None:
    """All is as it should be."""


def due_since(at: str) -> Callable[[ANight], None]:
    def happen(night: ANight) -> None:
        a_text(night, night.person("Josh Granowski"), due_at=night.at(at), useful_until=night.at("23:00"))

    return happen


def held(because: str) -> Callable[[ANight], None]:
    def happen(night: ANight) -> None:
        due_since("19:30")(night)
        hold_everything(because, night.at("19:31"))

    return happen


def refused(night: ANight) -> None:
    with transaction():
        raise_alarm(AlarmKind.ACCOUNT, code=20003, reason="The account is refused.", now=night.at("19:59"))


def jobs_that_stood_still(night: ANight) -> None:
    beat("jobs", night.at("19:59"))


@pytest.mark.parametrize(
    ("what", "well"),
    [
        (nothing, True),
        (due_since("19:56"), True),
        (due_since("19:54"), False),
        (held("asked"), True),  # someone meant it
        (held("copy"), False),
        (refused, False),
        (jobs_that_stood_still, False),
    ],
)
def test_nobody_need_be_woken_while_texts_leave(night: ANight, what: Callable[[ANight], None], well: bool) -> None:
    what(night)

    assert texts_leave(1, night.at("20:00")) == well


def test_the_watcher_hears_while_all_is_well_and_nothing_when_it_is_not(night: ANight) -> None:
    asked: list[str] = []

    def watcher(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        return answering("200 OK")(environ, start)  # type: ignore[no-any-return]

    with served(watcher) as address:
        ping = Ping(f"{address}/a-secret", 1)
        ping(night.at("20:00"))
        ping(night.at("20:01"))

    assert asked == ["/a-secret"]


def test_a_watcher_that_is_away_is_named_once_and_its_address_never(
    night: ANight, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with served(answering("500 Broken")) as address:
        ping = Ping(f"{address}/a-secret", 1)
        for _ in range(3):
            ping(night.at("20:00"))
    ping(night.at("20:00"))

    assert [record.getMessage() for record in caplog.records] == [
        "HEARTBEAT_URL at 127.0.0.1 was not told: it answered 500"
    ]
    assert "a-secret" not in caplog.text


def test_a_watcher_that_never_answers_keeps_no_text_waiting(sqlite_app: Flask) -> None:
    settings: Settings = sqlite_app.extensions["callboard"].settings
    with socket.create_server(("127.0.0.1", 0)) as silent:
        process = started(settings, HEARTBEAT_URL=f"http://127.0.0.1:{silent.getsockname()[1]}/", TICK_SECONDS="0.2")
        silent.settimeout(PATIENCE_SECONDS)
        connection, _ = silent.accept()  # and nothing is ever said on it
        with connection:
            message = a_due_note()
            left = until_it_left(message)
            process.terminate()
            process.communicate(timeout=PATIENCE_SECONDS)

    assert (left, process.returncode) == (True, 0)
    assert (settings.instance_path / "last_round.json").stat().st_mode & 0o777 == 0o600  # nobody else's to read


def until_it_left(message: Message) -> bool:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if state(message) == "delivered":
            return True
        db.session.rollback()
        time.sleep(0.1)
    return False
