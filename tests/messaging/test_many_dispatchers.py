"""Any number of processes may send: no text goes out twice, and none is left behind."""

import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from coordinator import create_app
from coordinator.db import db
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.gateway import Outcome, OutgoingText, RecordingGateway
from coordinator.messaging.models import Message
from tests.builders import MADE_AT, ANight, a_night
from tests.databases import settings_for
from tests.messaging.posting import a_text
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN, Play, StandIn

ROOT = Path(__file__).resolve().parents[2]
TEXTS = 120
PROCESS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from config import Settings, TwilioSettings
from coordinator import create_app
from coordinator.messaging.actions.dispatch import AT_ONCE, dispatch_due
from coordinator.messaging.twilio_gateway import TwilioGateway

database_url, folder, api_url, account, token, sender, now, name = sys.argv[1:]
twilio = TwilioSettings(account, token, sender=sender, api_url=api_url)
app = create_app(Settings(database_url, "secret", Path(folder)))
with app.app_context(), ThreadPoolExecutor(AT_ONCE) as pool:
    gateway = TwilioGateway(twilio, "https://show.example")
    at = datetime.fromisoformat(now)
    print(dispatch_due(gateway, now=lambda: at, worker=name, limit=10, pool=pool))
"""
MOST_UNRECORDED = 8  # texts that the network has and a crash leaves to be looked up
LONG_ENOUGH = 60  # seconds, on the busiest of machines


def fill_the_outbox(night: ANight, now: datetime) -> None:
    """Notes, and now and then a reminder that may ride with another."""
    people = [night.person(name) for name in ("Josh Granowski", "Carlos Lumbi", "The Poor Nobodys")]
    for number in range(TEXTS):
        kind = "reminder" if number % 10 == 0 else "note"
        a_text(night, people[number % 3], f"text {number}", kind=kind, due_at=now)


def states_of(app: Flask) -> Counter[str]:
    """How many texts ended where; the app's last word."""
    with app.app_context():
        states = Counter(message.state for message in db.session.query(Message))
        db.session.remove()
        db.engine.dispose()
    return states


class Slow(RecordingGateway):
    """A network that takes a moment, so that the others come between."""

    def __init__(self) -> None:
        super().__init__()
        self.pause = threading.Event()

    def send(self, text: OutgoingText) -> Outcome:
        self.pause.wait(0.002)
        return super().send(text)


def lines(sent: list[str]) -> Counter[str]:
    return Counter(line for body in sent for line in body.splitlines())


def test_two_threads_never_send_one_text_twice(cloned_database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(cloned_database_url, tmp_path))
    gateway = Slow()
    with app.app_context():
        night = a_night()
        now = night.at("19:45")
        fill_the_outbox(night, now)

    def work(name: str) -> int:
        with app.app_context():
            return dispatch_due(gateway, now=lambda: now, worker=name, limit=10)

    with ThreadPoolExecutor(2) as pool:
        tried = list(pool.map(work, ("one", "two")))

    states = states_of(app)
    assert lines([text.body for text in gateway.texts]) == {f"text {number}": 1 for number in range(TEXTS)}
    assert sum(tried) == len(gateway.texts)
    assert states == {"accepted": TEXTS}


def test_two_processes_never_send_one_text_twice(cloned_database_url: str, tmp_path: Path, stand_in: StandIn) -> None:
    app = create_app(settings_for(cloned_database_url, tmp_path))
    with app.app_context():
        night = a_night()
        now = night.at("19:45")
        fill_the_outbox(night, now)

    processes = [started(name, cloned_database_url, tmp_path, stand_in, now) for name in ("one", "two")]
    tried = [int(process.communicate(timeout=60)[0]) for process in processes]

    states = states_of(app)
    assert lines([text["Body"] for text in stand_in.taken]) == {f"text {number}": 1 for number in range(TEXTS)}
    assert sum(tried) == len(stand_in.taken)
    assert states == {"accepted": TEXTS}


def started(name: str, database_url: str, folder: Path, stand_in: StandIn, now: datetime) -> "subprocess.Popen[str]":
    """A process that sends what is due, and says how much that was."""
    network = [stand_in.url, ACCOUNT, TOKEN, SENDER, now.isoformat()]
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, database_url, str(folder), *network, name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.parametrize("when", [3, 50])
def test_a_process_killed_in_the_middle_of_a_batch_leaves_few_texts_to_be_looked_up(
    cloned_database_url: str, tmp_path: Path, stand_in: StandIn, when: int
) -> None:
    app = create_app(settings_for(cloned_database_url, tmp_path))
    with app.app_context():
        night = a_night()
        now = night.at("19:45")
        for number in range(TEXTS):
            a_text(night, night.person("Josh Granowski"), f"text {number}", kind="note", due_at=now)
    stand_in.play(*[Play(after_seconds=0.05)] * TEXTS)
    process = started("one", cloned_database_url, tmp_path, stand_in, now)

    give_up_at = time.monotonic() + LONG_ENOUGH
    while len(stand_in.taken) < when and time.monotonic() < give_up_at:
        time.sleep(0.001)
    process.kill()
    process.communicate(timeout=LONG_ENOUGH)

    taken, states = taken_in_the_end(stand_in), states_of(app)
    assert when <= taken < TEXTS  # else it was not in the middle
    assert 0 <= taken - states["accepted"] <= MOST_UNRECORDED
    assert states["sending"] >= taken - states["accepted"]


def taken_in_the_end(stand_in: StandIn) -> int:
    """How many texts the network took, those too that had just been posted when their process was killed."""
    taken = -1
    while taken != len(stand_in.taken):
        taken = len(stand_in.taken)
        time.sleep(0.2)
    return taken


def test_one_text_called_in_by_many_at_once_is_kept_and_answered_once(cloned_database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(cloned_database_url, tmp_path))
    answered: list[int] = []
    together = threading.Barrier(4)

    def call_in(number: int) -> int:
        with app.app_context():
            together.wait()
            return receive_text(
                InboundText(phone="+12125550142", to=SENDER, body="hello", sid="SM1"),
                now=MADE_AT,
                answer=lambda message, now: answered.append(message.id),
            ).id

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(call_in, range(4)))

    assert states_of(app) == {"received": 1}
    assert ids == set(answered)
    assert len(answered) == 1
