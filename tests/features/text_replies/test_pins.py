"""A stage manager with a PIN: a text from their number alone presses nothing."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.actions.pins import set_pin
from coordinator.accounts.models import Actor
from coordinator.core.sms_text import measure, segments
from coordinator.db import db, transaction
from coordinator.messaging.models import Direction, Message
from coordinator.shownight.models import Press
from tests.builders import ANight, a_night, a_slot, a_stage, a_stage_manager
from tests.playing import Playing, knows_us

NEEDED = "Add your PIN at the end, like GO 1234. Nothing was changed."
WRONG = "That PIN is wrong. Nothing was changed."
LOCKED = "Too many wrong PINs. Nothing was changed. Try again in {} min, or use Show night in Callboard."


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh 8:00, Carlos 8:30; Sam runs it and has the PIN 4821."""
    night = a_night([a_slot("Josh", "20:00", minutes=20, changeover=0), a_slot("Carlos", "20:30", minutes=30)])
    set_pin(a_stage_manager(night, "Sam Stage"), "4821", actor=Actor("Alice"), now=night.at("12:00"))
    return night


def talk(night: ANight, *said: tuple[str, str]) -> list[str]:
    """What Sam's phone gets back for each text at its time."""
    knows_us(night.person("Sam Stage"))
    sam = night.person("Sam Stage").phone or ""
    playing = Playing(night.at(said[0][0]))
    playing.tick()
    return playing.heard_by(sam, [(night.at(wall), body) for wall, body in said])


def presses() -> int:
    return db.session.query(Press).filter(Press.undone_at.is_(None)).count()


def stored() -> list[str]:
    return list(db.session.scalars(select(Message.body).where(Message.direction == Direction.IN).order_by(Message.id)))


def test_a_forged_number_presses_nothing(night: ANight) -> None:
    said = talk(night, ("20:00", "GO"), ("20:01", "LATE 10"), ("20:02", "DONE"))

    assert said == [NEEDED, NEEDED.replace("GO", "LATE 10"), NEEDED.replace("GO", "DONE")]
    assert presses() == 0


def test_the_right_pin_presses_and_is_kept_nowhere(night: ANight, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        said = talk(night, ("20:00", "GO 4821"), ("20:21", "done, 4821."), ("20:22", "LATE 10 4821"), ("20:23", "4821"))

    assert said[0].startswith("Josh started at 8pm.")
    assert said[1].startswith("Josh finished at 8:21pm.")
    assert presses() == 3
    assert stored() == ["GO ****", "done ****", "LATE 10 ****", "****"]
    rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    assert not any("4821" in row for row in rows)
    assert not any("4821" in text for text in (*said, caplog.text))


def test_a_pin_that_is_wrong_is_answered_counted_and_kept_nowhere(night: ANight) -> None:
    tries = [("20:00", f"GO {pin}") for pin in ("1111", "2222", "3333", "4444", "5555")]

    said = talk(night, *tries, ("20:01", "GO 4821"), ("20:31", "GO 4821"))

    assert said[:5] == [WRONG] * 5
    assert said[5] == LOCKED.format(29)
    assert said[6].startswith("Nothing marked since 8pm.")  # the PIN is right again
    assert stored() == ["GO ****"] * 7


def test_the_right_pin_forgives_the_wrong_ones(night: ANight) -> None:
    first = [*[("20:00", "GO 1111")] * 4, ("20:01", "GO 4821")]
    said = talk(night, *first, *[("20:20", "DONE 1111")] * 4, ("20:21", "DONE 4821"))

    assert [text == WRONG for text in said] == [True] * 4 + [False] + [True] * 4 + [False]


def test_taking_a_press_back_needs_it_too(night: ANight) -> None:
    said = talk(night, ("20:00", "GO 4821"), ("20:01", "UNDO"), ("20:02", "UNDO 4821"))

    assert said[1] == NEEDED.replace("GO", "UNDO")
    assert said[2].startswith("Undone")
    assert presses() == 0


def test_status_needs_none(night: ANight) -> None:
    assert talk(night, ("19:50", "STATUS"))[0].startswith("Next: Josh")


def test_a_stage_is_named_before_the_pin(app: Flask) -> None:
    night = a_night(stages=[a_stage("Main", [a_slot("Josh", "20:00")]), a_stage("Garden", [a_slot("Ash", "20:00")])])
    set_pin(a_stage_manager(night, "Sam Stage"), "4821", actor=Actor("Alice"), now=night.at("12:00"))

    said = talk(night, ("20:00", "GO GARDEN 4821"), ("20:01", "GO 4821"), ("20:02", "GO MAIN"))

    assert said[0].startswith("Ash started at 8pm.")
    assert said[1].startswith("Josh started at 8:01pm.")
    assert said[2] == NEEDED


def test_without_a_pin_nothing_is_asked_and_texts_stay_as_they_were(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    sam = a_stage_manager(night, "Sam Stage")
    set_pin(sam, "4821", actor=Actor("Alice"), now=night.at("12:00"))
    set_pin(sam, None, actor=Actor("Alice"), now=night.at("12:01"))

    said = talk(night, ("20:00", "GO"), ("20:05", "4821"))

    assert said[0].startswith("Josh started at 8pm.")
    assert stored() == ["GO", "4821"]


def test_it_is_said_in_spanish(night: ANight) -> None:
    with transaction():
        night.person("Sam Stage").language = "es"

    said = talk(night, ("20:00", "LISTO"), ("20:00", "TARDE 10"), ("20:01", "TARDE 10 1111"))

    assert said[-2:] == [
        "Agrega tu PIN al final, como TARDE 10 1234. Nada ha cambiado.",
        "Ese PIN no es correcto. Nada ha cambiado.",
    ]
    assert all(segments(text) == 1 for text in said)
    assert measure(said[-1]).encoding == "GSM-7"
