"""``flask reply``: what texts mean, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coordinator.features.text_replies.commands import reply

ROOT = Path(__file__).resolve().parents[3]


def run(app: Flask, file: Path) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(reply, [str(file)])
    return result.exit_code, result.stdout, result.stderr


def written(folder: Path, what: Any) -> Path:
    file = folder / "texts.json"
    file.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return file


def test_each_text_is_read_in_its_place_and_in_order(sqlite_app: Flask, tmp_path: Path) -> None:
    everything = {
        "body": "garden please",
        "media": 0,
        "open": [{"kind": "ask", "asked": None}, {"kind": "offer", "asked": "Ruth, can you help?"}],
        "last": "question",
        "choices": {"3": "Main stage", "4": "Garden"},
        "today": True,
        "names": ["Ruth"],
        "stage_manager": False,
        "speaks": "en",
    }
    file = written(tmp_path, [{"body": "sí puedo", "open": [{"kind": "ask"}]}, {"body": "?"}, everything])

    status, out, err = run(sqlite_app, file)

    assert (status, err) == (0, "")
    assert json.loads(out) == [
        {"means": "yes", "language": "es"},
        {"means": "unknown", "language": None},
        {"means": "choice:4", "language": "en"},
    ]


def test_no_texts_mean_nothing(sqlite_app: Flask, tmp_path: Path) -> None:
    assert run(sqlite_app, written(tmp_path, [])) == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("[{]", "is not JSON"),
        ({"body": "yes"}, "must hold one JSON list."),
        (["yes"], "text 1: it must be an object with a body."),
        ([{"body": "C"}, {"open": []}], "text 2: body must be a text."),
        ([{"body": "C", "opened": []}], "text 1: 'opened' is no key; they are body, choices, last, media, names, open"),
        (
            [{"body": "C", "open": [{"kind": "maybe"}]}],
            "each of open must have a kind: ask, offer, swap, coming, minutes",
        ),
        ([{"body": "C", "open": [{"kind": "ask", "asked": 4}]}], "asked must be the text that asked, or null."),
        ([{"body": "C", "last": "them"}], "last must be one of question, notice, person."),
        ([{"body": "C", "media": -1}], "media must be how many pictures or sounds came with it, 0 or more."),
        ([{"body": "C", "choices": {"3": 4}}], "choices must be an object such as"),
        ([{"body": "C", "today": "yes"}], "today must be true or false."),
        ([{"body": "C", "names": "Ruth"}], "names must be a list."),
        ([{"body": "C", "speaks": "fr"}], "speaks must be en or es."),
        ([{"body": "C", "last": []}], "last must be one of question, notice, person."),
        ([{"body": "C", "open": [{"kind": []}]}], "each of open must have a kind"),
    ],
)
def test_what_is_no_list_of_texts_is_refused_in_one_sentence(
    sqlite_app: Flask, tmp_path: Path, given: Any, sentence: str
) -> None:
    status, out, err = run(sqlite_app, written(tmp_path, given))

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert sentence in err


def test_a_file_that_is_missing_is_named(sqlite_app: Flask, tmp_path: Path) -> None:
    status, _, err = run(sqlite_app, tmp_path / "gone.json")

    assert (status, err) == (1, f"Error: {tmp_path / 'gone.json'} cannot be read: no such file or directory.\n")


def test_it_runs_in_any_folder_and_without_a_database(tmp_path: Path) -> None:
    file = written(tmp_path, [{"body": "C"}])
    result = subprocess.run(
        [sys.executable, "-m", "flask", "reply", file.name],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "FLASK_APP": str(ROOT / "wsgi.py"),
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nowhere",
            "SECRET_KEY": "x" * 40,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr, json.loads(result.stdout)) == (
        0,
        "",
        [{"means": "yes", "language": None}],
    )
