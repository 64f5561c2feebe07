"""What befalls a machine in a rehearsal really does, ends when it is to end, and costs no text."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from coordinator import create_app
from coordinator.db import db
from coordinator.messaging.actions.holding import expire_leases
from coordinator.messaging.actions.looking import look_up_unknown
from coordinator.messaging.gateway import Outcome, OutgoingText, RecordingGateway
from coordinator.messaging.listing import Found
from tests.builders import a_night, minutes
from tests.databases import settings_for
from tests.faults.machine_faults import NEVER, Jump, MachineFaults, Window
from tests.faults.unlucky.machine import FULL, clock_of
from tests.messaging.posting import a_text, send_due, state

HALF = Window(0.5, 0.6)


@pytest.fixture
def postgresql_app(postgresql_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(postgresql_database_url, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_clocks_are_wrong_while_their_window_is_open(sqlite_app: Flask, tmp_path: Path) -> None:
    jumps = [Jump(Window(0.1, 0.2), 180, ["one", "two"]), Jump(Window(0.2, 0.3), -180, ["one"])]
    machine_faults = MachineFaults(tmp_path, NEVER, jumps)

    told = []
    for part in (0.0, 0.1, 0.2, 0.3):
        machine_faults.apply(part)
        files = [clock_of(tmp_path, name) for name in ("one", "two")]
        told.append([float(file.read_text()) if file.exists() else None for file in files])

    assert told == [[None, None], [180, 180], [-180, 0], [0, 0]]


def test_sqlites_disk_is_full_as_long_as_a_file_says_so(sqlite_app: Flask, tmp_path: Path) -> None:
    machine_faults = MachineFaults(tmp_path, HALF, [])

    seen = []
    for part in (0.4, 0.5, 0.6):
        machine_faults.apply(part)
        seen.append((machine_faults.is_full, (tmp_path / FULL).exists()))

    assert seen == [(False, False), (True, True), (False, False)]


class OnAFullDisk(RecordingGateway):
    """The disk fills up while the text is on its way."""

    def __init__(self, machine_faults: MachineFaults) -> None:
        super().__init__()
        self.machine_faults = machine_faults

    def send(self, text: OutgoingText) -> Outcome:
        self.machine_faults.apply(0.5)
        return super().send(text)


def test_what_cannot_be_written_down_is_not_posted_and_what_was_posted_is_looked_up(
    postgresql_app: Flask, tmp_path: Path
) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    machine_faults = MachineFaults(tmp_path, HALF, [])
    gateway = OnAFullDisk(machine_faults)

    machine_faults.apply(0.5)
    with pytest.raises(OperationalError, match="could not extend file"):
        send_due(gateway, now)
    unposted = (state(message), list(gateway.texts))
    db.session.rollback()
    machine_faults.apply(0.6)
    send_due(gateway, now)
    posted = (state(message), len(gateway.texts))
    db.session.rollback()
    machine_faults.apply(0.6)
    gateway.looked_up = [Found("SM1", "sent")]
    expire_leases(now + minutes(1.1))
    look_up_unknown(gateway, now=lambda: now + minutes(1.2), pause=timedelta(seconds=60))

    assert unposted == ("waiting", [])
    assert posted == ("sending", 1)
    assert (state(message), message.provider_sid, len(gateway.texts)) == ("accepted", "SM1", 1)
