"""A running installation: how soon it answers, how much memory it takes, before and after many texts."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import func, insert, select

from coordinator import create_app
from coordinator.clock import now
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from tests.builders import a_night
from tests.databases import build_schema, settings_for, sqlite_url, throwaway_folder

from .table import Row

TEXTS = int(os.environ.get("BENCH_TEXTS", "10000"))
MEGABYTE = 1024 * 1024


def measure() -> list[Row]:
    with throwaway_folder() as folder:
        url = sqlite_url(folder / "bench.sqlite3")
        build_schema(url, folder)
        port = _free_port()
        environ = {
            **os.environ,
            "DATABASE_URL": url,
            "INSTANCE_PATH": str(folder),
            "PORT": str(port),
            "TICK_SECONDS": "0.2",
            "SECRET_KEY": "bench",
        }
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        web = subprocess.Popen([*command, "--workers", "2", "--log-level", "error", "wsgi:app"], env=environ)
        began = time.perf_counter()
        jobs = subprocess.Popen([sys.executable, "-m", "jobs"], env=environ, stderr=subprocess.DEVNULL)
        try:
            _until_it_answers(port)
            started = time.perf_counter() - began
            return [
                Row("an installed app answers after", f"{started:.1f} s", "< 3 s", started < 3),
                *_memory(web.pid, jobs.pid, url, folder, port),
            ]
        finally:
            for process in (web, jobs):
                process.send_signal(signal.SIGTERM)
                process.wait(20)


def _memory(web: int, jobs: int, url: str, folder: Path, port: int) -> list[Row]:
    for _number in range(200):
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            answer.read()
    _send_many(url, folder, 500)  # what is loaded once, at the first texts, is no growth
    web_before, jobs_before = _pss(web), _pss(jobs)
    _send_many(url, folder, TEXTS)
    web_after, jobs_after = _pss(web), _pss(jobs)
    return [
        Row("web, two workers, memory (PSS)", f"{web_before:.0f} MB", "<= 220 MB", web_before <= 220),
        Row("jobs, memory (PSS)", f"{jobs_before:.0f} MB", "<= 120 MB", jobs_before <= 120),
        Row(f"jobs after {TEXTS:,} texts", f"{jobs_after:.0f} MB", "<= +10 %", jobs_after <= jobs_before * 1.1),
        Row(f"web after {TEXTS:,} texts", f"{web_after:.0f} MB", "<= +10 %", web_after <= web_before * 1.1),
    ]


def _send_many(url: str, folder: Path, number: int) -> None:
    """Texts that are due at once, until none is left."""
    app = create_app(settings_for(url, folder))
    with app.app_context():
        night = a_night(slug=f"bench-{number}")
        person, at = night.person("Josh Granowski"), now()
        columns = {
            "organisation_id": night.organisation.id,
            "person_id": person.id,
            "phone": person.phone,
            "kind": "note",
            "body": "A text of the bench.",
            "created_at": at,
            "due_at": at,
        }
        with transaction() as session:
            session.execute(insert(Message), [dict(columns) for _ in range(number)])
        waiting = select(func.count()).where(Message.state.in_(("waiting", "sending")), Message.kind == "note")
        deadline = time.monotonic() + 120
        while db.session.scalar(waiting) and time.monotonic() < deadline:
            db.session.rollback()
            time.sleep(0.5)
        db.session.remove()


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answer.read()
            return
        except (URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError("the app did not answer within 30 s")


def _pss(pid: int) -> float:
    """The proportional set size of a process and its children, in MB."""
    everybody = [pid, *_children(pid)]
    return sum(_own_pss(each) for each in everybody) / MEGABYTE


def _own_pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += [int(child), *_children(int(child))]
    return found


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port
