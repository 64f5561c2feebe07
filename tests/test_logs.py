"""Log lines: one JSON object each, and no whole phone number in any of them, whoever writes it and however."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from coordinator.logs import MaskedLines, masked

PHONE = "+12125550142"
WRITTEN = (
    PHONE,
    "%2B12125550142",
    "12125550142",
    "2125550142",
    "(212) 555-0142",
    "212-555-0142",
    "212.555.0142",
    "1 212 555 0142",
    "+1 (212) 555-0142",
    "+44 7700 900142",
)
LEFT_ALONE = (
    "message 1234567: the gateway broke",
    "SM00000000000000000000000000000142 was passed over",
    "2026-11-24T20:15:00.123456Z",
    "at 2026-11-24 20:15:00+00:00",
    'File "/srv/coordinator/messaging/actions/dispatch.py", line 149, in _outcome',
    "127.0.0.1:8000 answered 200 in 0.012345 s",
)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is written while every logger writes our lines."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(MaskedLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def holds_a_number(text: str) -> bool:
    """Whether seven digits and more of ours stand together, whatever is between them."""
    return "5550142" in re.sub(r"[^0-9]", "", text) or "900142" in re.sub(r"[^0-9]", "", text)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_masked_however_it_is_written(written: str) -> None:
    line = masked(f"nobody answers at {written}, again")

    assert line == "nobody answers at ***-0142, again"


@pytest.mark.parametrize("line", LEFT_ALONE)
def test_what_is_no_number_is_left_alone(line: str) -> None:
    assert masked(line) == line


def test_an_address_is_masked_however_it_is_written() -> None:
    lines = [
        masked(f"sent to {each}.") for each in ("<Rosa.Luz+a@show.example>", "rosa%40show.example", "r@a.b.example")
    ]

    assert lines == ["sent to <R***@show.example>.", "sent to r***@show.example.", "sent to r***@a.b.example."]
    assert masked("postgresql://callboard@localhost/x") == "postgresql://callboard@localhost/x"


@given(st.text(), st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True), st.text())
@example("x", "+12125550142", "9")
def test_no_number_as_the_database_keeps_them_survives_between_any_words(before: str, phone: str, after: str) -> None:
    assert phone not in masked(f"{before}{phone}{after}")


def test_a_line_is_one_object_that_says_when_who_and_what(lines: io.StringIO) -> None:
    logging.getLogger("jobs.tick").warning("message %s: passed over", 7, extra={"message_id": 7})

    said = json.loads(lines.getvalue())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", said.pop("at"))
    assert said == {"event": "message 7: passed over", "level": "warning", "logger": "jobs.tick", "message_id": 7}


def test_neither_words_nor_arguments_nor_failures_nor_their_causes_hold_a_number(lines: io.StringIO) -> None:
    def fail(phone: str) -> None:
        try:
            raise KeyError(phone)
        except KeyError as failure:
            raise ValueError(f"cannot text {phone}") from failure

    try:
        fail(PHONE)
    except ValueError:
        logging.getLogger("jobs").exception("to %s", PHONE, extra={"to": PHONE, "both": [PHONE, {"to": PHONE}]})

    said = json.loads(lines.getvalue())
    assert not holds_a_number(lines.getvalue())
    assert "ValueError: cannot text ***-0142" in said["exception"]
    assert "KeyError: '***-0142'" in said["exception"]


def test_a_page_that_breaks_is_logged_without_the_number_it_broke_on(sqlite_app: Flask, lines: io.StringIO) -> None:
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise LookupError(f"nobody has {PHONE}")

    sqlite_app.add_url_rule("/broken", view_func=broken)

    answer = sqlite_app.test_client().get("/broken")

    assert answer.status_code == 500
    assert "LookupError: nobody has ***-0142" in lines.getvalue()
    assert not holds_a_number(lines.getvalue())


UNCAUGHT = """
import threading
from coordinator.logs import write_logs
write_logs()
thread = threading.Thread(target=lambda: {}["+12125550142"])
thread.start()
thread.join()
raise SystemError("+1 212 555 0142")
"""


def test_what_nobody_caught_is_written_down_masked_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", UNCAUGHT], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    said = [json.loads(line) for line in ended.stderr.splitlines()]
    assert (ended.returncode, [line["event"] for line in said]) == (1, ["nobody caught this"] * 2)
    assert [line["exception"].splitlines()[-1] for line in said] == ["KeyError: '***-0142'", "SystemError: ***-0142"]


def test_the_entries_of_web_and_jobs_write_such_lines(sqlite_database_url: str, tmp_path: Path) -> None:
    told = "import logging, wsgi; logging.getLogger('any').warning('to %s', '+12125550142')"
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": sqlite_database_url, "INSTANCE_PATH": str(tmp_path)}

    web = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )

    assert json.loads(web.stderr)["event"] == "to ***-0142"
    assert "write_logs()" in (ROOT / "jobs/__main__.py").read_text(encoding="utf-8")


def test_lines_from_many_threads_stay_whole(lines: io.StringIO) -> None:
    threads = [threading.Thread(target=logging.getLogger("any").warning, args=("to %s", PHONE)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["to ***-0142"] * 8


@pytest.mark.parametrize("page", ["/me/", "/e/justice/kiosk/", "/e/justice/wall/"])
def test_no_line_holds_what_opens_a_page(page: str) -> None:
    assert masked(f"GET {page}k7qm-2xvd-p9ra?screen=foyer HTTP/1.1").count("k7qm") == 0
