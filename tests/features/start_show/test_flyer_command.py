"""``flask flyer``: what is read from a flyer, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from coordinator.features.start_show.commands import flyer

ROOT = Path(__file__).resolve().parents[3]
FLYERS = ROOT / "tests" / "core" / "flyers"
DAY = ["--date", "2027-05-01", "--zone", "America/Chicago"]


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(flyer, arguments)
    return result.exit_code, result.stdout, result.stderr


def written(folder: Path, data: bytes) -> str:
    file = folder / "flyer.txt"
    file.write_bytes(data)
    return str(file)


def test_a_flyer_is_printed_as_one_object(sqlite_app: Flask) -> None:
    status, out, err = run(sqlite_app, str(FLYERS / "01-evening-list-and-long-cause.txt"), *DAY)

    told = json.loads(out)
    assert (status, err) == (0, "")
    assert [(act["starts"], act["name"]) for act in told["acts"]] == [
        ("20:00", "Josh Granowski"),
        ("20:30", "Carlos Lumbi"),
        ("21:30", "The Poor Nobodys"),
    ]
    assert set(told) == {
        *("title", "venue", "beneficiary", "date", "doors", "show", "curfew", "ends", "donation", "age"),
        *("acts", "about", "unread", "warnings"),
    }


def test_a_text_without_times_is_read_too(sqlite_app: Flask, tmp_path: Path) -> None:
    status, out, err = run(sqlite_app, written(tmp_path, "Nothing to see here, ¿verdad?\n".encode()), *DAY)

    assert (status, err) == (0, "")
    assert "verdad" in out


def test_a_date_without_a_year_is_the_next_one_after_the_given_day(sqlite_app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, b"Benefit\n4 March\n8 pm Josh\n")

    assert json.loads(run(sqlite_app, file, *DAY)[1])["date"] == "2028-03-04"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This flyer is empty; paste the text of the flyer."),
        (b" \r\n", "This flyer is empty; paste the text of the flyer."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This isn't text, maybe a picture; paste the words from the flyer."),
        (b"a" * 1_000_001, "This flyer is over 1 MB; paste only its text."),
    ],
)
def test_what_is_no_flyer_is_refused_in_one_sentence(
    sqlite_app: Flask, tmp_path: Path, data: bytes, sentence: str
) -> None:
    file = written(tmp_path, data)

    assert run(sqlite_app, file, *DAY) == (1, "", f"Error: {file}: {sentence}\n")


@pytest.mark.parametrize("where", ["no-such-file.txt", "."])
def test_a_file_that_cannot_be_read_is_named(sqlite_app: Flask, tmp_path: Path, where: str) -> None:
    file = tmp_path / where

    status, out, err = run(sqlite_app, str(file), *DAY)

    assert (status, out) == (1, "")
    assert err.startswith(f"Error: {file} cannot be read: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "said", "sentence"),
    [
        ("--date", "tomorrow", "Error: 'tomorrow' is not a date; write it like 2027-05-01.\n"),
        ("--date", "2027-02-30", "Error: '2027-02-30' is not a date; write it like 2027-05-01.\n"),
        (
            "--zone",
            "Europe/Berlim",
            "Error: There is no time zone called 'Europe/Berlim'; did you mean Europe/Berlin?\n",
        ),
    ],
)
def test_a_wrong_option_says_what_would_be_right(sqlite_app: Flask, option: str, said: str, sentence: str) -> None:
    file = str(FLYERS / "01-evening-list-and-long-cause.txt")

    assert run(sqlite_app, file, option, said) == (1, "", sentence)


def test_it_runs_in_any_folder(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "FLASK_APP": str(ROOT / "wsgi.py"),
        "FLASK_SKIP_DOTENV": "1",
        "INSTANCE_PATH": str(tmp_path / "instance"),
    }

    done = subprocess.run(
        [sys.executable, "-m", "flask", "flyer", str(FLYERS / "19-nihongo.txt"), *DAY],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["acts"]
