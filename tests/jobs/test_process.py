"""``python -m jobs`` as it is started: it says one line, sends, and finishes what is in the air before it stops."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from config import Settings
from coordinator.messaging.models import Message
from tests.builders import MADE_AT, a_night
from tests.messaging.posting import a_text, state
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN, Play, StandIn

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20
SECRET = "the same in every process of this test"


def started(settings: Settings, **environment: str) -> "subprocess.Popen[str]":
    known = {"DATABASE_URL": settings.database_url, "INSTANCE_PATH": str(settings.instance_path), "SECRET_KEY": SECRET}
    return subprocess.Popen(
        [sys.executable, "-m", "jobs"],
        env={"PATH": os.environ["PATH"], **known, **environment},
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def a_due_note() -> Message:
    """Of a show so far ahead that nothing else about it is due on the real day of this test."""
    night = a_night(on=date(2099, 12, 4), quiet_from=None, quiet_to=None)
    lasting = MADE_AT + timedelta(days=3650)
    return a_text(night, night.person("Josh Granowski"), kind="note", due_at=MADE_AT, useful_until=lasting)


def test_it_finishes_what_is_in_the_air_and_stops(sqlite_app: Flask, stand_in: StandIn) -> None:
    settings: Settings = sqlite_app.extensions["callboard"].settings
    message = a_due_note()
    stand_in.play(Play(after_seconds=0.5))
    twilio = {"ACCOUNT_SID": ACCOUNT, "AUTH_TOKEN": TOKEN, "FROM": SENDER, "API_URL": stand_in.url}
    process = started(settings, **{f"TWILIO_{key}": value for key, value in twilio.items()})

    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not stand_in.requests and time.monotonic() < give_up_at:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE_SECONDS)

    assert (process.returncode, state(message), len(stand_in.taken)) == (0, "accepted", 1)
    line = json.loads(said.splitlines()[-1])
    assert (line["level"], line["logger"]) == ("info", "jobs")
    assert line["event"] == "looking every 1 s, texts go through Twilio, emails nowhere"


def test_a_wrong_setting_stops_it_with_one_sentence(sqlite_app: Flask) -> None:
    settings: Settings = sqlite_app.extensions["callboard"].settings
    process = started(settings, TICK_SECONDS="soon")

    _, said = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 1
    assert said == (
        "Callboard cannot start:\n  TICK_SECONDS is 'soon'; it must be a number of seconds from 0.05 to 3600.\n"
    )
