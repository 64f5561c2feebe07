"""Every command: in docs/commands.md, with an example in its help, and usable on a database that is new."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click import Command, Group
from flask import Flask

from coordinator import COMMANDS
from coordinator.features.rehearsal.script import steps_of
from tests.documents import full

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def names(command: Command, before: str = "") -> list[str]:
    """``event load``, ``event dump`` and so on."""
    name = f"{before} {command.name}".strip()
    return (
        [each for one in command.commands.values() for each in names(one, name)]
        if isinstance(command, Group)
        else [name]
    )


ALL = sorted(name for command in COMMANDS for name in names(command))


@pytest.mark.parametrize("name", [*ALL, "db upgrade"])
def test_every_command_is_in_the_reference(name: str) -> None:
    assert f"| `flask {name}" in REFERENCE
    assert f"\nflask {name}" in REFERENCE


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_an_example_in_its_help(sqlite_app: Flask, name: str) -> None:
    result = sqlite_app.test_cli_runner().invoke(args=[*name.split(), "--help"])

    assert (result.exit_code, f"Example: flask {name}" in result.stdout) == (0, True)


def test_the_script_in_the_reference_is_one() -> None:
    found = re.search(r"```json\n(\[.+?\])\n```", REFERENCE, re.DOTALL)

    assert found is not None
    assert [step.do for step in steps_of(json.loads(found[1]))] == [
        "plan",
        "text",
        "attend",
        "start",
        "extend",
        "late",
        "end",
    ]


def flask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command as it is typed in another folder, on a database of its own there."""
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        env={
            "PATH": os.environ["PATH"],
            "FLASK_APP": str(ROOT / "wsgi.py"),
            "FLASK_SKIP_DOTENV": "1",
            "DATABASE_URL": f"sqlite:///{folder / 'callboard.sqlite3'}",
            "INSTANCE_PATH": str(folder / "instance"),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_new_database_is_made_loaded_and_dumped_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "night.json").write_text(json.dumps(full()), encoding="utf-8")

    early = flask(tmp_path, "event", "load", "night.json")
    upgraded = flask(tmp_path, "db", "upgrade")
    again = flask(tmp_path, "db", "upgrade")
    loaded = flask(tmp_path, "event", "load", "night.json")
    dumped = flask(tmp_path, "event", "dump", "justice-in-motion")

    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr.startswith("Error: The database is not ready. Run: flask db upgrade (")
    assert [done.returncode for done in (upgraded, again, loaded, dumped)] == [0, 0, 0, 0]
    assert json.loads(dumped.stdout) == full()
    made = [tmp_path / "callboard.sqlite3", tmp_path / "instance", tmp_path / "instance/secret_key"]
    assert [file.stat().st_mode & 0o777 for file in made] == [0o600, 0o700, 0o600]  # nobody else's to read
