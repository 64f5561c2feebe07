"""Nobody runs a real show on simulated phones without knowing it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.server import PATIENCE, ROOT, SECRET, Browser, Server, procfile_line
from tests.databases import copy_of

MISSING = "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM (or TWILIO_MESSAGING_SERVICE_SID) are missing"
MAKE_SERVE = ["make", "--no-print-directory", "-o", ".venv/run.stamp", "serve"]  # what is installed stays as it is
JOBS = [sys.executable, "-m", "jobs"]
PAGES = ("/coordinate/?all=1", "/coordinate/new", "/coordinate/texting", "/phones")


def said(command: list[str], folder: Path, **environment: str) -> tuple[int, str]:
    """How the command ended and what it said, on a fresh clone whose database is in the folder."""
    known = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(folder), "HOME": str(folder)}
    process = subprocess.run(
        command,
        env={**known, **environment},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return process.returncode, process.stdout


@pytest.mark.parametrize("secret", ["", "short"])
def test_make_serve_refuses_in_one_message_and_makes_nothing(tmp_path: Path, secret: str) -> None:
    ended, words = said(MAKE_SERVE, tmp_path, SECRET_KEY=secret)

    assert ended != 0
    assert words.count(MISSING) == 1
    assert ("SECRET_KEY has 5 characters" in words) == bool(secret)
    assert "Traceback" not in words
    assert not (tmp_path / "callboard.sqlite3").exists()


@pytest.mark.parametrize("command", [JOBS, ["sh", "-c", procfile_line("web")]], ids=["jobs", "web"])
def test_the_processes_refuse_as_well(tmp_path: Path, command: list[str]) -> None:
    ended, words = said(command, tmp_path, SIMULATED="0", SECRET_KEY=SECRET)

    assert (ended != 0, MISSING in words, "Traceback" in words) == (True, True, False)


def test_simulated_phones_are_announced_on_every_coordinators_page(server: Server) -> None:
    alice = Browser(server)
    alice.press(server.link)

    pages = [alice.ask(path).text for path in PAGES]

    assert ["No texts or emails leave this machine." in page for page in pages] == [True] * len(PAGES)
    assert "No texts leave" not in server.ask("/sign-in").text


def test_readyz_and_the_doctor_say_so(server: Server, sqlite_template: Path, tmp_path: Path) -> None:
    with copy_of(sqlite_template) as url:
        _, words = said([sys.executable, "-m", "flask", "doctor"], tmp_path, DATABASE_URL=url, SECRET_KEY=SECRET)

    assert json.loads(server.ask("/readyz").text)["simulated"] is True
    assert "phones are SIMULATED, and no text leaves this machine" in words


def test_phones_are_shown_and_answered_by_nobody_who_is_not_signed_in(server: Server) -> None:
    assert server.ask("/phones").header("Location").startswith("/sign-in")
    assert server.ask("/phones/1", "body=STOP", method="POST").status in {303, 400}


def test_a_fresh_clone_starts_with_a_secret_of_its_own(tmp_path: Path) -> None:
    upgrade = [sys.executable, "-m", "flask", "db", "upgrade"]

    ended, words = said(upgrade, tmp_path / "instance", SECRET_KEY=SECRET)

    assert (ended, "Traceback" in words) == (0, False)
    assert (tmp_path / "instance" / "callboard.sqlite3").exists()


@pytest.mark.parametrize(
    "command", [JOBS, ["sh", "-c", procfile_line("web")], [sys.executable, "-m", "flask", "doctor"]]
)
def test_a_key_of_one_letter_is_refused_beside_whatever_else_is_wrong(tmp_path: Path, command: list[str]) -> None:
    ended, words = said(command, tmp_path / "instance", SECRET_KEY="x", PORT="http", DATABASE_URL="mysql://x")

    assert (ended != 0, words.count("Callboard cannot start"), "Traceback" in words) == (True, 1, False)
    assert all(key in words for key in ("SECRET_KEY has 1 characters", "PORT is 'http';", "DATABASE_URL starts"))
