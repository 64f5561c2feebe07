"""``flask event load`` and ``flask event dump``, as typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.db import Base, db
from coordinator.events.queries import event_by_slug
from tests.builders import an_organisation
from tests.documents import full, slot_of, small


def load(app: Flask, folder: Path, document: dict[str, Any] | str, *options: str) -> Result:
    file = folder / "benefit.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return app.test_cli_runner().invoke(args=["event", "load", str(file), *options])


def test_an_event_is_loaded_into_an_empty_database(app: Flask, tmp_path: Path) -> None:
    result = load(app, tmp_path, small())

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        'add event "benefit"',
        'add person "josh"',
        'add person "ana"',
        'add act "josh"',
        'add stage "main"',
        'add slot "josh"',
        'add slot "raffle"',
        'add role "door"',
        'add shift "door-1"',
        'add shift "door-2"',
        'add sign-up "door-1/ana"',
    ]
    event = event_by_slug("benefit")
    assert event is not None
    assert event.organisation.name == "My organization"


def test_loading_again_says_that_nothing_changes(app: Flask, tmp_path: Path) -> None:
    load(app, tmp_path, small())

    result = load(app, tmp_path, small())

    assert (result.exit_code, result.output) == (0, "Nothing changes.\n")


def test_what_changes_is_printed_in_the_zone_of_the_show(app: Flask, tmp_path: Path) -> None:
    load(app, tmp_path, full())
    document = full()
    slot_of(document, "duo").update(starts="2026-12-05T04:45:00Z", note="Loud", act=None)
    document["people"][0]["phone"] = "+12125550199"
    document["stages"].reverse()

    result = load(app, tmp_path, document)

    assert result.stdout.splitlines() == [
        'edit person "josh": phone "+12125550101" -> "+12125550199"',
        'edit slot "duo": act "duo" -> nothing',
        'edit slot "duo": starts "2026-12-04T23:30:00-05:00" -> "2026-12-04T23:45:00-05:00"',
        'edit slot "duo": note nothing -> "Loud"',
        'edit event "justice-in-motion": order main, yard -> yard, main',
    ]


def test_what_is_confirmed_is_kept_and_said_until_force(app: Flask, tmp_path: Path) -> None:
    load(app, tmp_path, small())
    bare = {key: value for key, value in small().items() if not isinstance(value, list)}

    pruned = load(app, tmp_path, bare, "--prune")

    assert pruned.stdout.splitlines() == [
        'remove shift "door-2"',
        'remove slot "josh"',
        'remove slot "raffle"',
        'remove act "josh"',
        'remove stage "main"',
        'remove person "josh"',
        'keep shift "door-1": 1 person is confirmed; --force removes it',
        'keep sign-up "door-1/ana": 1 person is confirmed; --force removes it',
    ]
    assert load(app, tmp_path, bare, "--prune", "--force").stdout.splitlines() == [
        'remove sign-up "door-1/ana"',
        'remove shift "door-1"',
        'remove role "door"',
        'remove person "ana"',
    ]


def test_an_organisation_can_be_named_and_is_made_once(app: Flask, tmp_path: Path) -> None:
    an_organisation("First")

    load(app, tmp_path, small(), "--organisation", "Second")
    again = load(app, tmp_path, small())

    event = event_by_slug("benefit")
    assert event is not None
    assert (event.organisation.name, again.output) == ("Second", "Nothing changes.\n")
    assert db.session.scalars(select(Organisation.name).order_by(Organisation.id)).all() == ["First", "Second"]


def test_anothers_show_is_refused_and_no_organisation_is_left_behind(app: Flask, tmp_path: Path) -> None:
    load(app, tmp_path, small())

    result = load(app, tmp_path, small(), "--organisation", "Others")

    assert (result.exit_code, result.stderr) == (
        1,
        'Error: slug is "benefit", which is a show of another organisation; choose another slug.\n',
    )
    assert db.session.scalars(select(Organisation.name)).all() == ["My organization"]


def test_warnings_stand_on_standard_error(app: Flask, tmp_path: Path) -> None:
    result = load(app, tmp_path, small() | {"doors": "2026-12-03T19:30:00-05:00"})

    said = "note: doors is 2026-12-03T19:30:00-05:00, which is not in the day of the show, 2026-12-04.\n"
    assert (result.exit_code, said in result.stderr) == (0, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "The document is not JSON: expecting property name enclosed in double quotes at line 1, column 2."),
        ('{"callboard": 3}', "callboard is 3; this Callboard reads version 1."),
    ],
)
def test_a_bad_document_is_one_sentence_and_status_1(app: Flask, tmp_path: Path, text: str, sentence: str) -> None:
    result = load(app, tmp_path, text)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {sentence}\n")


def test_a_file_that_is_not_there_or_no_text_is_one_sentence(app: Flask, tmp_path: Path) -> None:
    missing = app.test_cli_runner().invoke(args=["event", "load", "/nowhere/benefit.json"])
    (tmp_path / "picture.json").write_bytes(b"\xff\xd8\xff")
    picture = app.test_cli_runner().invoke(args=["event", "load", str(tmp_path / "picture.json")])

    assert (missing.exit_code, missing.stderr) == (
        1,
        "Error: /nowhere/benefit.json cannot be read: no such file or directory.\n",
    )
    assert (picture.exit_code, picture.stderr) == (
        1,
        f"Error: {tmp_path / 'picture.json'} is not text; it must be JSON in UTF-8.\n",
    )


def test_a_dump_is_a_document_that_loads(app: Flask, tmp_path: Path) -> None:
    load(app, tmp_path, full())

    dumped = app.test_cli_runner().invoke(args=["event", "dump", "justice-in-motion"])

    assert json.loads(dumped.stdout) == full()
    assert load(app, tmp_path, dumped.stdout).stdout == "Nothing changes.\n"


def test_a_show_that_is_not_there_is_one_sentence(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["event", "dump", "nobody"])

    assert (result.exit_code, result.stderr) == (1, "Error: There is no event 'nobody'.\n")


@pytest.mark.parametrize(
    "command",
    [
        ["event", "dump", "benefit"],
        ["people", "forget", "--past"],
        ["sample"],
        ["user", "add", "ana@show.example", "--name", "Ana"],
    ],
)
def test_without_tables_every_command_says_what_to_run(app: Flask, command: list[str]) -> None:
    Base.metadata.drop_all(db.engine)

    result = app.test_cli_runner().invoke(args=command)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: The database is not ready. Run: flask db upgrade (")


@pytest.mark.parametrize(
    "command",
    [["event", "load"], ["event", "dump"], ["user", "add"], ["people", "forget"], ["sample"], ["doctor"]],
    ids=" ".join,
)
def test_every_command_helps_with_an_example(app: Flask, command: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=[*command, "--help"])

    assert (result.exit_code, f"Example: flask {' '.join(command)}" in result.stdout) == (0, True)
