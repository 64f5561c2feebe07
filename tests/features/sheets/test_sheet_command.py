"""``flask sheet``: what each line of a pasted table says, what was guessed, and what nobody can read."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.features.sheets.facts import differences

CASES = Path(__file__).parent / "cases"
SHOW = ["--date", "2026-12-04", "--zone", "America/New_York", "--doors", "19:30"]


def run(app: Flask, file: Path, kind: str, *more: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["sheet", str(file), "--for", kind, *(more or SHOW)])
    return result.exit_code, result.stdout, result.stderr


def read(app: Flask, folder: Path, text: str, kind: str = "shifts") -> dict[str, Any]:
    file = folder / "sheet.csv"
    file.write_text(text, encoding="utf-8")
    status, out, err = run(app, file, kind)
    assert (status, err) == (0, "")
    told: dict[str, Any] = json.loads(out)
    return told


def shifts(told: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [tuple(row["what"][key] for key in ("role", "date", "starts", "ends")) for row in told["rows"]]


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.csv")))
def test_a_table_is_read_as_a_careful_reader_would(sqlite_app: Flask, name: str) -> None:
    expected = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))

    status, out, err = run(sqlite_app, CASES / f"{name}.csv", expected["for"])

    assert (status, err) == (0, "")
    assert differences(expected, json.loads(out)) == []


def test_start_and_end_may_have_days_of_their_own(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(
        sqlite_app,
        tmp_path,
        "Shift Name,Start Date,Start Time,End Date,End Time\nLoad-out,12/4/2026,11:00 PM,12/5/2026,2:00 AM\n"
        "Door,Friday,6:00 PM,,8:00 PM\n",
    )

    assert shifts(told) == [
        ("Load-out", "2026-12-04", "23:00", "02:00+1"),
        ("Door", "2026-12-04", "18:00", "20:00"),
    ]


def test_a_merged_cell_is_that_of_the_line_above_and_is_guessed(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(sqlite_app, tmp_path, "role,date,starts,ends,who\nDoor,12/5,6pm,8pm,Bo\n,,8pm,10pm,\n")

    assert shifts(told)[1] == ("Door", "2026-12-05", "20:00", "22:00")
    assert told["rows"][1]["guessed"] == ["role", "date"]
    assert told["rows"][1]["what"]["person"] is None


def test_a_length_stands_for_the_end(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(sqlite_app, tmp_path, "role,starts,duration\nCrew,7:30 pm,90\nBar,8 pm,2h\nTea,11 pm,1:30\n")

    assert [row[3] for row in shifts(told)] == ["21:00", "22:00", "00:30+1"]


def test_a_day_and_hours_in_one_cell(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(
        sqlite_app, tmp_path, "What,When\nSet up,Friday 4 Dec 3-5pm\nDoor,Fri 12/4 6:30pm - 8:30pm\nX,46360.75\n"
    )

    assert [row["what"]["starts"] for row in told["rows"][:2]] == ["15:00", "18:30"]
    assert "error" in told["rows"][2]


def test_without_a_date_small_hours_are_those_of_the_shows_night(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(sqlite_app, tmp_path, "role,starts,ends\nStrike,00:30,02:00\nDoor,09:00,11\n")

    assert shifts(told) == [
        ("Strike", "2026-12-04", "00:30+1", "02:00+1"),
        ("Door", "2026-12-04", "09:00", "11:00"),
    ]


def test_a_sheet_of_last_year_and_a_wrong_weekday_are_pointed_out(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(sqlite_app, tmp_path, "role,date,starts,ends\nOld,12/5/2025,6pm,8pm\nBar,Sat Dec 4,6pm,8pm\n")

    assert [row["notices"] for row in told["rows"]] == [
        ["That's more than 31 days from the show, which is on Fri, Dec 4. Is it last year's list?"],
        ['"Sat Dec 4" names a weekday that isn\'t the one of its date.'],
    ]


def test_a_range_of_people_is_at_least_and_at_most(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(sqlite_app, tmp_path, "Tarea;Horario;Personas\nPuerta;de 18:30 a 20:30;3-4\nBarra;7pm-9pm;muchas\n")

    assert [told["rows"][0]["what"][key] for key in ("min", "max")] == [3, 4]
    assert told["rows"][1]["error"] == '"muchas" isn\'t a whole number.'


def test_two_columns_make_a_name_and_a_maybe_is_no_yes(sqlite_app: Flask, tmp_path: Path) -> None:
    told = read(
        sqlite_app,
        tmp_path,
        "Nombre;Apellidos;Idioma;¿Acepta mensajes?;Correo\nAna;Ruiz;español;Sí;a@x.example\nBeto;;inglés;tal vez;\n",
        "people",
    )

    assert [row["what"] for row in told["rows"]] == [
        {
            "name": "Ana Ruiz",
            "phone": None,
            "email": "a@x.example",
            "prefers": None,
            "language": "es",
            "skills": [],
            "agreed": True,
        },
        {
            "name": "Beto",
            "phone": None,
            "email": None,
            "prefers": None,
            "language": "en",
            "skills": [],
            "agreed": False,
        },
    ]
    assert told["rows"][1]["notices"] == ['We take "tal vez" as no: only a clear yes lets us text someone.']


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("hello\nworld\n", "No line names the columns. Write them first, like: role, date, starts, ends, place, max."),
        ("role,place\nDoor,Hall\n", "No column says this: starts. Name the columns in the first line."),
        ('role,starts,ends\n"Door,6pm,8pm\n', "We can't read anything from line 2 on: a quotation mark isn't closed."),
    ],
)
def test_a_table_that_cannot_be_read_says_why(sqlite_app: Flask, tmp_path: Path, text: str, error: str) -> None:
    told = read(sqlite_app, tmp_path, text)

    assert (told["error"], told["rows"]) == (error, [])


def test_a_file_that_is_no_text_is_one_sentence(sqlite_app: Flask, tmp_path: Path) -> None:
    picture = tmp_path / "sheet.xlsx"
    picture.write_bytes(b"PK\x03\x04\x00\x00" * 40)

    status, out, err = run(sqlite_app, picture, "shifts")

    assert (status, out) == (1, "")
    assert err == f"Error: {picture}: this isn't text; save the sheet as CSV.\n"


@pytest.mark.parametrize("wrong", [["--date", "soon"], ["--zone", "Mars/One"], ["--doors", "late"]])
def test_a_wrong_option_is_one_sentence(sqlite_app: Flask, wrong: list[str]) -> None:
    status, out, err = run(sqlite_app, CASES / "40-six-to-eight.csv", "shifts", *wrong)

    assert (status, out, err.count("\n")) == (1, "", 1)
