"""Characters that nobody can see reach no row, whichever door they are brought to, and so no page, text or calendar."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from tests.attacks.nights import Attacked
from tests.attacks.server import PATIENCE, ROOT, SECRET, Browser
from tests.documents import small
from tests.reading import PageForm

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
EVIL = f"Z\u202eoe\u0308\u200b\u2066\u00ad \U000e0041{FAMILY}\u200d"
GOOD = f"Zoe\u0308 {FAMILY}"
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
LEFT_ALONE = {"csrf_token", "email", "next"}


def test_no_form_lets_them_in(night: Attacked) -> None:
    alice = Browser(night.server)
    alice.sign_in()
    for stop, form in night.forms(alice):
        alice.ask(form.action or stop.path, urlencode(_filled(form)), method="POST")

    _nothing_unseen_is_kept(night)


def test_no_table_and_no_document_lets_them_in(night: Attacked, tmp_path: Path) -> None:
    alice = Browser(night.server)
    alice.sign_in()
    page = next(stop.path for stop in night.gets if stop.endpoint == "people_list.pasting")
    alice.press(page, text=f"name\tskills\n{EVIL}\tsound\n", kind="people", save="1")
    document = tmp_path / "event.json"
    document.write_text(json.dumps({**small(), "slug": "unseen", "title": EVIL}), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": SECRET, "DATABASE_URL": night.server.database_url}
    for command in (["event", "load", str(document)], ["user", "add", "zoe@show.example", "--name", EVIL]):
        ran = subprocess.run(
            [sys.executable, "-m", "flask", *command], env=environment, cwd=ROOT, check=False, timeout=PATIENCE
        )
        assert ran.returncode == 0

    _nothing_unseen_is_kept(night)


def _filled(form: PageForm) -> dict[str, str]:
    """What was not filled in yet says it; what a form brings along stays."""
    return {name: value if value or name in LEFT_ALONE else EVIL for name, value in form.fields.items()}


def _nothing_unseen_is_kept(night: Attacked) -> None:
    with sqlite3.connect(night.server.database_url.removeprefix("sqlite:///")) as database:
        rows = list(database.iterdump())
    assert [row for row in rows if UNSEEN.search(row)] == []
    assert any(GOOD in row for row in rows)
