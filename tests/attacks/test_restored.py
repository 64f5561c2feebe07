"""A database that was copied back while nobody looked: the real processes send nothing until someone says so."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from coordinator import clock, create_app
from coordinator.db import db
from coordinator.messaging.models import Message
from tests.attacks.server import PATIENCE, ROOT, SECRET, Browser, a_link_for_alice, web
from tests.builders import a_night
from tests.databases import copy_of, settings_for
from tests.messaging.posting import a_text

BANNER = "someone restored a copy"


@contextmanager
def jobs(database_url: str, folder: Path) -> Iterator[None]:
    known = {"PATH": os.environ["PATH"], "DATABASE_URL": database_url, "INSTANCE_PATH": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs"],
        env={**known, "SECRET_KEY": SECRET, "TICK_SECONDS": "0.2", "RECONCILE_SECONDS": "1"},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def until(true: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)


def states(database_url: str, folder: Path) -> list[str]:
    with create_app(settings_for(database_url, folder)).app_context():
        found = [message.state for message in db.session.query(Message).filter_by(kind="note").order_by(Message.id)]
        db.session.remove()
        db.engine.dispose()
    return found


def note_to_josh(database_url: str, folder: Path) -> None:
    with create_app(settings_for(database_url, folder)).app_context():
        night = a_night(quiet_from=None, quiet_to=None)
        at = clock.now()
        a_text(
            night,
            night.person("Josh Granowski"),
            "Bring your passport.",
            kind="note",
            due_at=at,
            useful_until=at + timedelta(days=3),
        )
        db.session.remove()
        db.engine.dispose()


def test_a_file_that_was_copied_back_holds_all_texts_until_a_coordinator_lets_them_leave(
    sqlite_template: Path, tmp_path: Path
) -> None:
    with copy_of(sqlite_template) as url:
        place, kept = Path(make_url(url).database or ""), tmp_path / "kept"
        link = a_link_for_alice(url, tmp_path)
        with jobs(url, tmp_path):
            until((tmp_path / "last_round.json").exists)
        note_to_josh(url, tmp_path)
        shutil.copy(place, kept)
        with jobs(url, tmp_path):
            until(lambda: states(url, tmp_path) == ["delivered"])

        for left in (Path(f"{place}-wal"), Path(f"{place}-shm")):
            left.unlink(missing_ok=True)
        shutil.copy(kept, place)
        with web(url, tmp_path) as server, jobs(url, tmp_path):
            until(lambda: json.loads(server.ask("/readyz").text)["held"] == "copy")
            alice = Browser(server)
            assert BANNER in alice.press(link).text
            time.sleep(4)  # two looks at the network, which never heard of it
            assert states(url, tmp_path) == ["waiting"]

            alice.press("/coordinate/texting/hold", on="/coordinate/new")
            until(lambda: states(url, tmp_path) == ["delivered"])
            assert BANNER not in alice.ask("/coordinate/new").text
