"""``flask rehearse``, as typed: a vector of the model, or a document with a script."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[3]
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/core/vectors/reminders.json").read_text())
AT_EIGHT = "2026-12-04T20:00:00-05:00"
AGREED = {"agreed_at": "2026-11-01T08:00:00-04:00"}

NIGHT: dict[str, Any] = {
    "callboard": 1,
    "slug": "benefit",
    "title": "Songs for Justice in Motion",
    "zone": "America/New_York",
    "date": "2026-12-04",
    "doors": "2026-12-04T19:30:00-05:00",
    "people": [
        {"key": "josh", "name": "Josh Granowski", "phone": "+12125550101", "texts": AGREED},
        {"key": "sam", "name": "Sam Ortiz", "phone": "+12125550102", "texts": AGREED, "stage_manager": True},
        {"key": "ana", "name": "Ana Ruiz", "phone": "+12125550103", "texts": AGREED},
        {"key": "guest", "name": "A guest", "phone": None},
    ],
    "acts": [{"key": "josh", "name": "Josh Granowski", "people": ["josh"]}],
    "stages": [
        {
            "key": "main",
            "name": "Main stage",
            "slots": [{"key": "josh", "act": "josh", "starts": AT_EIGHT, "length": 20, "state": "confirmed"}],
        }
    ],
    "roles": [{"key": "door", "name": "Front door"}],
    "shifts": [
        {
            "key": "door-1",
            "role": "door",
            "starts": "2026-12-04T19:15:00-05:00",
            "ends": "2026-12-04T20:45:00-05:00",
        }
    ],
    "sign_ups": [{"shift": "door-1", "person": "ana"}],
    "rules": [
        {"key": "details", "off": True},
        {"key": "call", "off": True},
        {"key": "shift-day", "off": True},
        {"key": "shift-hour", "text": {"en": "{role} at {time}."}},
        {"key": "stage", "text": {"en": "To the stage: {time}."}},
    ],
}
SCRIPT = [
    {"at": "2026-12-04T19:50:00-05:00", "do": "late", "slot": "josh", "minutes": 10},
    {"at": "2026-12-04T20:10:00-05:00", "do": "text", "from": "sam", "body": "GO"},
    {"at": "2026-12-04T20:29:55-05:00", "do": "end", "slot": "josh"},
]
PLAYED = {
    "texts": [
        {
            "at": "2026-12-04T18:15:00-05:00",
            "to": "ana",
            "rule": "shift-hour",
            "subject": "door-1",
            "says": "2026-12-04T19:15:00-05:00",
            "body": "Callboard: Front door at 7:15pm. Reply STOP to opt out.",
        },
        {
            "at": "2026-12-04T19:45:00-05:00",
            "to": "josh",
            "rule": "stage",
            "subject": "josh",
            "says": "2026-12-04T20:00:00-05:00",
            "body": "Callboard: To the stage: 8pm. Reply STOP to opt out.",
        },
        {
            "at": "2026-12-04T19:51:00-05:00",
            "to": "josh",
            "rule": "new_time",
            "subject": "josh",
            "says": "2026-12-04T20:10:00-05:00",
            "body": "Josh, new time: you're on at 8:10pm, was 8pm.",
        },
        {
            "at": "2026-12-04T20:10:00-05:00",
            "to": "sam",
            "rule": "echo",
            "subject": None,
            "says": None,
            "body": "Callboard: Josh Granowski started at 8:10pm. Show ends at 8:30pm. Reply UNDO to take it back. "
            "Reply STOP to opt out.",
        },
    ],
    "unsent": [],
}


def written(folder: Path, name: str, content: Any) -> str:
    file = folder / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


def rehearse(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["rehearse", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["plain", "json"])
def test_a_night_of_the_model_is_answered_in_its_notation(
    sqlite_app: Flask, tmp_path: Path, vector: dict[str, Any], options: list[str]
) -> None:
    file = written(tmp_path, "vector.json", {key: value for key, value in vector.items() if key != "expect"})

    status, out, err = rehearse(sqlite_app, file, *options)

    assert (status, json.loads(out), err) == (0, vector["expect"], "")


def test_presses_and_texts_of_a_script_are_played(sqlite_app: Flask, tmp_path: Path) -> None:
    night, script = written(tmp_path, "night.json", NIGHT), written(tmp_path, "script.json", SCRIPT)

    status, out, err = rehearse(sqlite_app, night, "--script", script, "--json")

    assert (status, json.loads(out), err) == (0, PLAYED, "")


def test_for_readers_there_is_one_line_a_text(sqlite_app: Flask, tmp_path: Path) -> None:
    night, script = written(tmp_path, "night.json", NIGHT), written(tmp_path, "script.json", SCRIPT)

    status, out, err = rehearse(sqlite_app, night, "--script", script)

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "2026-12-04 18:15:00  ana              shift-hour  Callboard: Front door at 7:15pm. Reply STOP to opt out.",
        "2026-12-04 19:45:00  josh             stage       Callboard: To the stage: 8pm. Reply STOP to opt out.",
        "2026-12-04 19:51:00  josh             new_time    Josh, new time: you're on at 8:10pm, was 8pm.",
        "2026-12-04 20:10:00  sam              echo        "
        "Callboard: Josh Granowski started at 8:10pm. Show ends at 8:30pm. Reply UNDO to take it back. "
        "Reply STOP to opt out.",
        "4 texts, 0 not sent.",
    ]


def test_a_reminder_that_comes_too_late_is_told_as_not_sent(sqlite_app: Flask, tmp_path: Path) -> None:
    early = [
        {"at": "2026-12-04T19:20:00-05:00", "do": "start", "slot": "josh"},
        {"at": "2026-12-04T19:40:00-05:00", "do": "end", "slot": "josh"},
    ]
    night, script = written(tmp_path, "night.json", NIGHT), written(tmp_path, "script.json", early)

    played = json.loads(rehearse(sqlite_app, night, "--script", script, "--json")[1])

    assert [text["rule"] for text in played["texts"]] == ["shift-hour"]
    assert played["unsent"] == [{"at": "2026-12-04T19:20:30-05:00", "to": "josh", "rule": "stage", "subject": "josh"}]
    assert "josh             stage       (not sent)" in rehearse(sqlite_app, night, "--script", script)[1]


def test_it_runs_in_any_folder_and_writes_nothing(tmp_path: Path) -> None:
    night, script = written(tmp_path, "night.json", NIGHT), written(tmp_path, "script.json", SCRIPT)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "flask", "rehearse", night, "--script", script, "--json"],
        env={
            "PATH": os.environ["PATH"],
            "FLASK_APP": str(ROOT / "wsgi.py"),
            "FLASK_SKIP_DOTENV": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'not-there-yet' / 'callboard.sqlite3'}",
            "INSTANCE_PATH": str(tmp_path / "instance"),
            "SECRET_KEY": "kept nowhere, and of 32 characters or more",
        },
        cwd=elsewhere,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, PLAYED, "")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["elsewhere", "night.json", "script.json"]


def test_the_database_of_the_app_is_not_touched(sqlite_app: Flask, tmp_path: Path) -> None:
    rehearse(sqlite_app, written(tmp_path, "night.json", NIGHT))

    dumped = sqlite_app.test_cli_runner().invoke(args=["event", "dump", "benefit"])

    assert dumped.exit_code == 1


def a_step(**changes: Any) -> list[dict[str, Any]]:
    return [{"at": AT_EIGHT, "do": "start", "slot": "josh"} | changes]


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("{", "{file}: not JSON: expecting property name enclosed in double quotes at line 1, column 2."),
        ("[" * 100_000, "{file}: not JSON that can be read."),
        ({}, "{file}: must hold a list of steps."),
        ([3], "{file}: Step 1 must be an object with at, do and slot."),
        (
            [*a_step(), {"at": AT_EIGHT}],
            "{file}: Step 2: do must be one of start, end, late, extend, cancel, restore, text, plan, attend, "
            "hold, go_on, stand_in, swap, no_show.",
        ),
        (
            a_step(do=["start"]),
            "{file}: Step 1: do must be one of start, end, late, extend, cancel, restore, text, plan, attend, "
            "hold, go_on, stand_in, swap, no_show.",
        ),
        (a_step(at="8 pm"), "{file}: Step 1: at must be an instant such as 2026-12-04T20:05:00-05:00."),
        (a_step(at="2026-12-04T20:00:00"), "{file}: Step 1: at must be an instant such as 2026-12-04T20:05:00-05:00."),
        (a_step(at=1), "{file}: Step 1: at must be an instant such as 2026-12-04T20:05:00-05:00."),
        (
            a_step(at="0001-01-01T00:00:00+14:00"),
            "{file}: Step 1: at must be an instant such as 2026-12-04T20:05:00-05:00.",
        ),
        (a_step(slot=None), "{file}: Step 1: slot must be a text in quotes."),
        (a_step(do="late"), "{file}: Step 1: minutes must be a whole number."),
        (a_step(do="extend", minutes=2.5), "{file}: Step 1: minutes must be a whole number."),
        (a_step(minutes=5), '{file}: Step 1: "start" takes no minutes; they belong to late and extend.'),
        (a_step(do="plan"), "{file}: Step 1: starts must be an instant such as 2026-12-04T20:05:00-05:00."),
        (a_step(do="attend"), "{file}: Step 1: \"attend\" has no key 'slot'; its keys are at, do, stage."),
        (a_step(who="sam"), "{file}: Step 1: \"start\" has no key 'who'; its keys are at, do, slot, minutes."),
        (
            [{"at": AT_EIGHT, "do": "text", "from": "josh", "body": 10}],
            "{file}: Step 1: body must be a text in quotes.",
        ),
        (a_step(slot="x"), f"The step \"start\" at {AT_EIGHT} names slot 'x', which is not there."),
        (
            a_step(do="late", minutes=500),
            f'The step "late" at {AT_EIGHT} cannot be taken. Enter a whole number of minutes from 0 to 240.',
        ),
        (
            [*a_step(do="end"), *a_step(do="end")],
            f'The step "end" at {AT_EIGHT} cannot be taken. Josh Granowski has already finished.',
        ),
        (
            [{"at": AT_EIGHT, "do": "text", "from": "nobody", "body": "C"}],
            f"The step \"text\" at {AT_EIGHT} comes from 'nobody', who is not there.",
        ),
        (
            [{"at": AT_EIGHT, "do": "text", "from": "guest", "body": "C"}],
            f"The step \"text\" at {AT_EIGHT} comes from 'guest', who has no phone.",
        ),
        (
            a_step(at="2026-12-06T20:00:00-05:00"),
            'The step "start" at 2026-12-06T20:00:00-05:00 comes after the rehearsal, '
            "which ends at 2026-12-05T05:00:00-05:00.",
        ),
    ],
)
def test_a_wrong_script_is_one_sentence(sqlite_app: Flask, tmp_path: Path, script: Any, sentence: str) -> None:
    night, file = written(tmp_path, "night.json", NIGHT), written(tmp_path, "script.json", script)

    assert rehearse(sqlite_app, night, "--script", file) == (
        1,
        "",
        f"Error: {sentence.replace('{file}', file)}\n",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "{file} is not text; it must be JSON in UTF-8."),
        ("", "{file} is not JSON: expecting value at line 1, column 1."),
        ("[" * 100_000, "{file} is not JSON that can be read."),
        ("[]", "{file} must hold one JSON object."),
        ({}, "{file}: The vector has no 'zone'; it must have one."),
        (NIGHT | {"callboard": 2}, "callboard is 2; this Callboard reads version 1."),
        (NIGHT | {"tilte": "x"}, 'tilte is not a key that is known here; did you mean "title"?'),
        (
            NIGHT | {"doors": None, "stages": [], "acts": [], "shifts": [], "sign_ups": []},
            "There is nothing to rehearse: the event has neither doors nor slots.",
        ),
    ],
)
def test_what_cannot_be_rehearsed_is_one_sentence(
    sqlite_app: Flask, tmp_path: Path, content: Any, sentence: str
) -> None:
    file = written(tmp_path, "night.json", content)

    assert rehearse(sqlite_app, file) == (1, "", f"Error: {sentence.replace('{file}', file)}\n")


def test_files_that_cannot_be_read_are_named(sqlite_app: Flask, tmp_path: Path) -> None:
    night, missing = written(tmp_path, "night.json", NIGHT), str(tmp_path / "missing.json")

    cannot = f"Error: {missing} cannot be read: no such file or directory.\n"
    assert rehearse(sqlite_app, missing) == (1, "", cannot)
    assert rehearse(sqlite_app, night, "--script", missing) == (1, "", cannot)
    assert rehearse(sqlite_app, str(tmp_path)) == (1, "", f"Error: {tmp_path} cannot be read: is a directory.\n")


def test_a_night_of_the_model_has_a_script_of_its_own(sqlite_app: Flask, tmp_path: Path) -> None:
    vector, script = written(tmp_path, "vector.json", VECTORS[0]), written(tmp_path, "script.json", SCRIPT)

    assert rehearse(sqlite_app, vector, "--script", script) == (
        1,
        "",
        f"Error: {vector} is an example of the timing model, which has a script of its own.\n",
    )


def test_help_shows_an_example(sqlite_app: Flask) -> None:
    status, out, _ = rehearse(sqlite_app, "--help")

    assert (status, "Example: flask rehearse benefit.json --script night.json" in out) == (0, True)


def test_a_stage_manager_of_two_stages_asks_how_it_stands_and_takes_a_press_back(
    sqlite_app: Flask, tmp_path: Path
) -> None:
    barn = {
        "key": "barn",
        "name": "Barn",
        "slots": [{"key": "talk", "kind": "speech", "title": "Welcome", "starts": AT_EIGHT, "length": 10}],
    }
    document = {**NIGHT, "stages": [*NIGHT["stages"], barn]}
    said = [("20:02", "GO MAIN"), ("20:03", "STATUS"), ("20:04", "UNDO MAIN")]
    script = [{"at": f"2026-12-04T{at}:00-05:00", "do": "text", "from": "sam", "body": body} for at, body in said]
    files = [written(tmp_path, "night.json", document), written(tmp_path, "script.json", script)]

    status, out, err = rehearse(sqlite_app, files[0], "--script", files[1], "--json")

    bodies = [text["body"] for text in json.loads(out)["texts"] if text["to"] == "sam" and text["rule"] == "echo"]
    assert (status, err) == (0, "")
    assert bodies[1:] == [
        "Main stage, 2 min late: Josh Granowski on. Barn: next Welcome 8pm.",
        "Undone: Josh Granowski started at 8:02pm, Main stage. Next: Josh Granowski at 8:04pm. Show ends at 8:24pm.",
    ]
