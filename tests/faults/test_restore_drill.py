"""The drill: send, back up, send more, restore, hold, let go, with real processes: what left is not sent twice."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config import Settings
from coordinator import clock, create_app
from coordinator.db import db, transaction
from coordinator.messaging.models import Heartbeat, Message
from tests.builders import ANight, a_night
from tests.databases import postgresql_programs
from tests.faults.fleet import PATIENCE, ROOT, a_fleet, free_ports
from tests.faults.rehearsal import ACCOUNT
from tests.faults.stand_in.ledger import entries
from tests.messaging.posting import a_text

EACH = 5
SOON = timedelta(seconds=15)


def test_a_restored_database_sends_what_is_owed_and_nothing_twice(cloned_database_url: str, tmp_path: Path) -> None:
    web_port, line_port = free_ports(2)
    environment = {
        "PATH": f"{postgresql_programs() or ''}:{os.environ['PATH']}",
        "DATABASE_URL": cloned_database_url,
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": "the same in every process of a drill",
        "PUBLIC_URL": f"http://127.0.0.1:{web_port}",
        "RECONCILE_SECONDS": "1",
        "TICK_SECONDS": "0.2",
        "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.token,
        "TWILIO_FROM": ACCOUNT.sender,
        "TWILIO_API_URL": f"http://127.0.0.1:{line_port}",
    }
    if "postgresql" in cloned_database_url and postgresql_programs() is None:
        pytest.skip("pg_dump is not there")
    file, ledger = tmp_path / "kept.callboard", tmp_path / "ledger.jsonl"
    line = ["--quiet", "--port", str(line_port), "--ledger", str(ledger), "--pace", "0.2", "--lag", "0.5"]
    with a_fleet(tmp_path, environment) as fleet, create_app(Settings.from_env(environment)).app_context():
        night = a_night(on=date(2099, 12, 4), quiet_from=None, quiet_to=None)
        network = fleet.process("network", "tests.faults.stand_in", *line, sign="http://")
        jobs = fleet.process("jobs", "jobs", sign="looking every")
        network.start()
        network.wait()

        owe(night, "before")
        jobs.start()
        until(lambda: all_sent(ledger, "before"))
        jobs.stop()
        owe(night, "between")
        owe(night, "owed", SOON)
        owe(night, "later", timedelta(hours=3))
        assert flask(environment, "backup", str(file)) == 0
        owe(night, "forgotten")
        jobs.start()
        until(lambda: all_sent(ledger, "between", "forgotten"))
        jobs.stop()
        until(lambda: fallen_due("owed"))
        assert flask(environment, "backup", "verify", str(file)) == 0
        long_ago()
        assert flask(environment, "restore", str(file)) == 0

        sent_before = sent(ledger)
        jobs.start()
        until(lambda: not in_doubt())
        assert sent(ledger) == sent_before  # held

        assert flask(environment, "texts", "resume") == 0
        until(lambda: all_sent(ledger, "owed"))
        time.sleep(3)  # ten ticks and more, and looks at the network
        jobs.stop()
        db.session.remove()
        db.engine.dispose()

    doubled = {body: times for body, times in sent(ledger).items() if times != 1}
    assert (doubled, sorted({body.split()[0] for body in sent(ledger)})) == (
        {},
        ["before", "between", "forgotten", "owed"],
    )


def owe(night: ANight, what: str, ahead: timedelta = timedelta(0)) -> None:
    """So many notes, due so long from now."""
    at = clock.now() + ahead
    names = ("Josh Granowski", "Carlos Lumbi")
    for number in range(EACH):
        who = night.person(names[number % 2])
        a_text(night, who, f"{what} {number}", kind="note", due_at=at, useful_until=at + timedelta(days=1))
    db.session.rollback()


def sent(ledger: Path) -> Counter[str]:
    """How often the network has accepted each text, by its words."""
    return Counter(entry["body"] for entry in entries(ledger, "accepted"))


def all_sent(ledger: Path, *what: str) -> bool:
    return {f"{each} {number}" for each in what for number in range(EACH)} <= set(sent(ledger))


def in_doubt() -> int:
    """How many texts are still being looked up, or have not been doubted yet because no round has run."""
    number = db.session.scalar(select(func.count()).where(Message.state == "unknown", Message.check_at.is_not(None)))
    db.session.rollback()
    return number or 0


def fallen_due(what: str) -> bool:
    """Whether the last of these texts is due by now."""
    at = db.session.scalar(select(func.max(Message.due_at)).where(Message.body.like(f"{what} %")))
    db.session.rollback()
    return at is not None and at < clock.now()


def long_ago() -> None:
    """As if the jobs had been stopped for a minute: no restore is taken while they may be at work."""
    with transaction() as session:
        for heartbeat in session.scalars(select(Heartbeat)):
            heartbeat.at -= timedelta(minutes=1)


def flask(environment: dict[str, str], *arguments: str) -> int:
    command = [sys.executable, "-m", "flask", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.returncode


def until(true: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)
