"""One round does its steps in order, whatever becomes of each."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from coordinator import clock
from coordinator.db import db
from coordinator.messaging.actions.heartbeat import Pulse
from coordinator.messaging.actions.looking import look_up_unknown
from coordinator.messaging.models import Heartbeat
from coordinator.messaging.queries.texts import last_tick
from coordinator.services import AppServices
from jobs.tick import network_steps_of, steps_of, tick
from jobs.timetable import timetable
from tests.builders import MADE_AT, a_message, a_night
from tests.messaging.posting import a_text, state


def services_of(app: Flask) -> AppServices:
    services: AppServices = app.extensions["callboard"]
    return services


def test_a_step_that_fails_is_logged_without_its_words_and_stops_no_other(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    number = "+12125550142"

    def fail(now: datetime) -> None:
        raise LookupError(number)

    tick(app, {"first": lambda now: done.append("first"), "second": fail, "third": lambda now: done.append("third")})

    assert done == ["first", "third"]
    assert "second failed: LookupError" in caplog.text
    assert number not in caplog.text


def test_a_process_that_is_to_stop_takes_no_further_step_and_asks_nothing_more(app: Flask) -> None:
    night = a_night()
    a_message(night, night.person("Josh Granowski"), state="unknown", check_at=clock.now())
    done: list[str] = []

    tick(app, {"one": lambda now: done.append("one"), "two": lambda now: done.append("two")}, lambda: bool(done))
    looked = look_up_unknown(
        services_of(app).gateway, now=clock.now, pause=timedelta(seconds=60), stopping=lambda: True
    )

    assert (done, looked) == (["one"], 0)


def test_steps_are_given_this_instant(app: Flask) -> None:
    given: list[datetime] = []
    before = clock.now()

    tick(app, {"look": given.append})

    assert before <= given[0] <= clock.now()


def test_a_round_sends_what_is_due_delivers_it_and_says_it_was_here(app: Flask) -> None:
    night = a_night(quiet_from=None, quiet_to=None)
    now = clock.now()
    message = a_text(night, night.person("Josh Granowski"), kind="note", due_at=now)

    tick(app, steps_of(services_of(app), "here:1", None))

    assert state(message) == "delivered"
    beats = [heartbeat.name for heartbeat in db.session.query(Heartbeat)]
    assert beats == ["jobs"]


@pytest.mark.parametrize(
    ("tick_seconds", "beats"),
    [(1, [0, 3, 6, 9]), (0.2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), (4, [0, 4]), (60, [0])],
)
def test_a_beat_is_never_older_than_three_seconds_or_five_ticks_or_one_long_tick(
    app: Flask, tick_seconds: float, beats: list[int]
) -> None:
    pulse = Pulse("jobs", timedelta(seconds=tick_seconds))
    heard = []

    for number in range(int(10 / tick_seconds) or 1):
        pulse(MADE_AT + number * timedelta(seconds=tick_seconds))
        heard.append(last_tick())

    assert sorted({at for at in heard if at}) == [MADE_AT + timedelta(seconds=seconds) for seconds in beats]


def test_a_clock_that_was_set_back_does_not_silence_a_process(app: Flask) -> None:
    pulse = Pulse("jobs", timedelta(seconds=1))
    pulse(MADE_AT)

    pulse(MADE_AT - timedelta(hours=1))

    assert last_tick() == MADE_AT - timedelta(hours=1)


def test_a_round_reads_plans_lets_go_sends_and_looks_after_leases_in_this_order(app: Flask) -> None:
    assert list(steps_of(services_of(app), "here:1", None)) == [
        "checking that the database was not restored",
        "applying receipts",
        "releasing places held for friends",
        "filling places",
        "telling stage managers what performers say",
        "planning texts",
        "releasing held texts",
        "sending texts",
        "expiring leases",
        "finishing shifts",
        "recording the heartbeat",
    ]


def test_what_is_asked_of_the_network_is_asked_beside_the_round(app: Flask) -> None:
    assert list(network_steps_of(services_of(app))) == [
        "looking up texts that may have left",
        "following up sent texts",
        "fetching missed inbound texts",
    ]


def test_a_text_that_nobody_reported_on_leaves_in_the_end(app: Flask) -> None:
    night = a_night(quiet_from=None, quiet_to=None)
    now = clock.now()
    long_ago = now - timedelta(minutes=5)
    message = a_message(
        night, night.person("Josh Granowski"), kind="note", state="sending", lease_until=long_ago, due_at=long_ago
    )
    services = services_of(app)

    for minute in range(4):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            tick(app, steps_of(services, "here:1", None))
            tick(app, network_steps_of(services))

    db.session.refresh(message)
    assert (message.state, message.resends) == ("delivered", 1)


def test_the_timetable_ticks_at_once_never_twice_at_a_time_and_never_drops_a_round(app: Flask) -> None:
    scheduler = timetable(app, services_of(app), "here:1", (None, None))

    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {"tick", "mails", "looks", "chores"}
    assert [jobs[name].trigger.interval.total_seconds() for name in ("tick", "mails", "looks")] == [1, 1, 1]
