"""Whenever a process is killed, the next one finds what it left: no text twice, none forgotten, no STOP unheard."""

import multiprocessing
import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config import TwilioSettings
from coordinator import clock, create_app
from coordinator.db import db, transaction
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.holding import expire_leases
from coordinator.messaging.models import WENT_OUT, Direction, Message
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.twilio_gateway import TwilioGateway
from tests.builders import a_message, a_night
from tests.databases import PostgresqlTemplate, copy_of, settings_for
from tests.faults import doomed
from tests.faults.stand_in.network import OURS
from tests.faults.trying import Tried, standing_in
from tests.messaging.posting import a_text

UNSURE, DUE = "You may be on.", "You are on."
STOPS = "+12125550177"
MOST_MOMENTS = 60
ENDED, KILLED = 0, -signal.SIGKILL
MINUTE = timedelta(minutes=1)

start = multiprocessing.get_context("forkserver")
start.set_forkserver_preload(["tests.faults.doomed"])


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_whoever_is_killed_at_whatever_moment(
    engine: str, long_form: bool, sqlite_template: Path, postgresql_template: PostgresqlTemplate, tmp_path: Path
) -> None:
    templates: dict[str, Path | PostgresqlTemplate] = {"sqlite": sqlite_template, "postgresql": postgresql_template}
    ends: dict[int, int | None] = {}
    for moment in range(1, MOST_MOMENTS, 1 if long_form else 4):
        folder = tmp_path / str(moment)
        folder.mkdir()
        with copy_of(templates[engine]) as url, standing_in(folder, lag=0) as network:
            ends[moment] = killed_and_rescued(url, folder, network, moment)
        if ends[moment] == ENDED:  # there were fewer moments than that
            break

    assert list(ends.values()) == [KILLED] * (len(ends) - 1) + [ENDED]
    assert max(ends) > 20  # else much of the way was not walked


def killed_and_rescued(database_url: str, folder: Path, network: Tried, at: int) -> int | None:
    """How the process ended that was to be killed at this moment; what it left has been fixed since."""
    twilio = TwilioSettings(OURS.sid, OURS.token, sender=OURS.sender, api_url=network.line.url)
    settings = replace(settings_for(database_url, folder), twilio=twilio, public_url=network.app.url)
    app = create_app(settings)
    gateway = TwilioGateway(twilio, settings.public_url)
    with app.app_context():
        prepare(network)
        db.session.remove()
        db.engine.dispose()
    process = start.Process(target=doomed.walk, args=(settings, stop_of(network), at))
    process.start()
    process.join()

    with app.app_context():
        for minute in range(2, 6):
            later = clock.now() + minute * MINUTE
            expire_leases(later)
            doomed.look_after(gateway, later)
            dispatch_due(gateway, now=lambda later=later: later, worker="rescuer")  # type: ignore[misc]
        states = {
            message.body: message.state for message in db.session.query(Message) if message.direction == Direction.OUT
        }
        stopped = opted_out({STOPS})
        db.session.remove()
        db.engine.dispose()

    assert Counter(entry["body"] for entry in network.noted("accepted")) == {DUE: 1, UNSURE: 1}, f"moment {at}"
    assert set(states.values()) <= set(WENT_OUT), f"moment {at}: {states}"
    assert stopped == {STOPS}, f"moment {at}"
    return process.exitcode


def prepare(network: Tried) -> None:
    """One text is due, another may have left and has, and someone says STOP of which the app has not heard."""
    night = a_night(quiet_from=None, quiet_to=None)
    now = clock.now()
    with transaction():
        person = night.person("Josh Granowski")
        a_text(night, person, DUE, kind="note", due_at=now)
        a_message(
            night,
            person,
            kind="note",
            body=UNSURE,
            state="unknown",
            attempts=1,
            due_at=now,
            claimed_at=now,
            check_at=now,
        )
    network.post(UNSURE, person.phone or "")
    network.line.network.inbound.text(STOPS, "STOP")


def stop_of(network: Tried) -> dict[str, str]:
    [stop] = network.noted("came in")
    return {"From": STOPS, "To": OURS.sender, "Body": "STOP", "MessageSid": stop["sid"], "NumMedia": "0"}
