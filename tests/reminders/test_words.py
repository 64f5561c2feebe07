"""The words of the house, in every language: one segment with ordinary names, known placeholders, the same kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coordinator.core.sms_text import measure
from coordinator.core.wording import fill
from coordinator.reminders.actions import SENDER

SMS = Path(__file__).parents[2] / "coordinator" / "templates" / "sms"
TEXTS = sorted(path.relative_to(SMS).as_posix() for path in SMS.glob("*/*.txt"))
ORDINARY = {
    "first_name": "Bartholomew",
    "friend": "Wilhelmina",
    "org": "Kitchen Table Concerts",
    "title": "Songs for Justice in Motion",
    "act": "The Poor Nobodys",
    "role": "Stage helpers",
    "time": "10:30 pm",
    "was": "10:15 pm",
    "day": "Wed 24 Nov",
    "stage": "Garden stage",
    "venue": "Alder Street Hall",
    "address": "214 Alder Street",
    "place": "by the side door",
    "link": "https://callboard.example/me/0123456789abcdefghijkl",
    "minutes": "10",
    "next": "Next: The Poor Nobodys 9:30 pm.",
    "on": "On: Carlos Lumbi since 8:40 pm.",
    "ends": "Ends 10:25 pm, curfew 11:00 pm.",
    "what": "The Poor Nobodys",
    "choices": "The Poor Nobodys 10:30 pm, Wed 24 Nov",
    "code": "123456",
    "until": "10:30 pm",
    "name": "Bartholomew",
    "host": "callboard.example",
    "hours": "3 h 30 min",
    "raised": "$12,345.00",
    "beneficiary": "Justice in Motion",
}


def words(name: str) -> str:
    return (SMS / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_house_fits_one_segment_with_ordinary_names(name: str) -> None:
    measured = measure(fill(words(name), ORDINARY))

    assert (measured.encoding, measured.segments) == ("GSM-7", 1)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_house_fills_in_all_that_it_names(name: str) -> None:
    named = set(re.findall(r"\{([a-z_]+)\}", words(name)))

    assert named - set(ORDINARY) == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_asks_for_a_word_that_belongs_to_the_carrier(name: str) -> None:
    asked = re.findall(r"(?:Reply|Responde|reply|responde) ([A-ZÁÉÍÓÚ]+)", words(name))

    assert set(asked) & {"YES", "NO", "CANCEL", "END", "QUIT", "SI"} == set()


def test_every_language_has_every_text() -> None:
    by_language = {folder.name: {path.name for path in folder.glob("*.txt")} for folder in SMS.iterdir()}

    assert by_language["es"] == by_language["en"]


IN_SPANISH = ORDINARY | {"time": "22:30", "was": "22:15", "day": "mie 24 nov"}
FIRST = ("ask", "ask-again", "call", "changeover", "code", "details", "shift-day", "shift-hour", "stage")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", FIRST)
def test_a_reminder_that_is_the_first_text_fits_one_segment_with_sender_and_stop(name: str, language: str) -> None:
    values = ORDINARY if language == "en" else IN_SPANISH
    before, after = SENDER[language]

    text = fill(words(f"{language}/{name}.txt"), values, before=before.replace("{org}", values["org"]), after=after)
    measured = measure(text)

    assert (measured.encoding, measured.segments) == ("GSM-7", 1)
