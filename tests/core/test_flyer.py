"""The flyers that came with the reader's brief, and what a careful reader gets from each."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.core.flyer import decode_flyer, read_flyer
from tests.core.flyers.facts import differences

FLYERS = Path(__file__).parent / "flyers"


def read(name: str) -> dict[str, Any]:
    text = decode_flyer((FLYERS / f"{name}.txt").read_bytes())
    return read_flyer(text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()


@pytest.mark.parametrize("name", sorted(path.stem for path in FLYERS.glob("*.txt")))
def test_a_flyer_is_read_as_a_careful_reader_would(name: str) -> None:
    expected = json.loads((FLYERS / f"{name}.expected.json").read_text(encoding="utf-8"))

    assert differences(expected, read(name)) == []


def test_there_are_thirty_two_kinds_of_flyers() -> None:
    assert len(list(FLYERS.glob("*.txt"))) == len(list(FLYERS.glob("*.expected.json"))) == 32


def test_every_key_is_there_even_when_nothing_was_read() -> None:
    nothing = read_flyer("", default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert nothing == {
        "title": None,
        "venue": None,
        "beneficiary": None,
        "date": None,
        "doors": None,
        "show": None,
        "curfew": None,
        "ends": None,
        "donation": None,
        "age": None,
        "acts": [],
        "about": None,
        "unread": [],
        "warnings": [],
    }
