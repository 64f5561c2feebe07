import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coordinator.features.rehearsal.commands.timeline import timeline

VECTOR = {
    "zone": "America/New_York",
    "date": "2026-12-04",
    "curfew": "23:00",
    "attended": True,
    "now": "20:12",
    "slots": [
        {"key": "a", "starts": "20:00", "length": 30, "changeover": 20, "changeover_min": 10},
        {"key": "b", "starts": "20:50", "length": 40, "changeover": 20, "changeover_min": 10},
    ],
}
ROOT = Path(__file__).resolve().parents[3]
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/core/vectors/timeline.json").read_text())
A_SLOT = {"state": "to_come", "at_minimum": False, "squeezed": False}


def run(app: Flask, file: Path) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(timeline, [str(file)])
    return result.exit_code, result.stdout, result.stderr


def test_a_night_in_a_file_is_projected_in_the_same_notation(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "night.json"
    file.write_text(json.dumps(VECTOR), encoding="utf-8")

    status, out, err = run(sqlite_app, file)

    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "slots": {
            "a": A_SLOT | {"starts": "20:12", "ends": "20:42", "late": 12, "latest_start": "21:40"},
            "b": A_SLOT
            | {"starts": "20:52", "ends": "21:32", "late": 2, "latest_start": "22:20"}
            | {"squeezed": True, "at_minimum": True},
        },
        "projected_end": "21:32",
        "over_curfew": 0,
        "recoverable": 0,
        "attended": True,
        "expects": {"do": "start", "slot": "a", "at": "20:00"},
        "frozen": False,
        "conflicts": [],
        "clashes": [],
    }


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_every_stage_of_the_model_is_answered_as_its_vector_says(
    sqlite_app: Flask, tmp_path: Path, vector: dict[str, Any]
) -> None:
    file = tmp_path / "stage.json"
    file.write_text(json.dumps({key: value for key, value in vector.items() if key != "expect"}), encoding="utf-8")

    status, out, err = run(sqlite_app, file)

    assert (status, json.loads(out), err) == (0, vector["expect"], "")


def test_it_runs_in_any_folder_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "stage.json"
    file.write_text(json.dumps(VECTOR), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "flask", "timeline", "stage.json"],
        env={
            "PATH": os.environ["PATH"],
            "FLASK_APP": str(ROOT / "wsgi.py"),
            "FLASK_SKIP_DOTENV": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'callboard.sqlite3'}",
            "INSTANCE_PATH": str(tmp_path / "instance"),
            "SECRET_KEY": "kept nowhere, and of 32 characters or more",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, json.loads(done.stdout)["projected_end"], done.stderr) == (0, "21:32", "")
    assert [path.name for path in tmp_path.iterdir()] == ["stage.json"]


def test_help_shows_an_example(sqlite_app: Flask) -> None:
    result = sqlite_app.test_cli_runner().invoke(timeline, ["--help"])

    assert (result.exit_code, "Example: flask timeline stage.json" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: no such file or directory."),
        (b"\xff\xfe\x00", "is not text; it must be JSON in UTF-8."),
        (b'{"zone": ', "is not JSON: expecting value at line 1, column 10."),
        (b"", "is not JSON: expecting value at line 1, column 1."),
        (b"[]", "must hold one JSON object, with zone, date, curfew, now and slots."),
        (b"[" * 100_000, "is not JSON that can be read."),
        (b"{}", "The vector has no 'zone'; it must have one."),
    ],
)
def test_a_file_that_holds_no_night_is_refused_in_one_sentence(
    sqlite_app: Flask, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "night.json"
    if content is not None:
        file.write_bytes(content)

    status, out, err = run(sqlite_app, file)

    assert (status, out) == (1, "")
    assert err.startswith(f"Error: {file}")
    assert err.endswith(f"{sentence}\n")
    assert err.count("\n") == 1
