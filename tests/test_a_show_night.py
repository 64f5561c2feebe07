"""A whole benefit night in virtual time, from the first question to the last note, as every phone hears it."""

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.messaging.models import NEVER_WENT, UNSENT, Direction, Message
from coordinator.people.actions.persons import edit_person
from coordinator.shownight.actions.pressing import cancel_slot
from tests.builders import a_coordinator, a_night, a_shift, a_slot, a_stage_manager, minutes
from tests.evenings import Evening
from tests.playing import Playing
from tests.snapshots import Snapshot

EXPECTED = Path(__file__).with_suffix(".txt")  # every text of the night, one a line


@pytest.fixture
def evening(app: Flask) -> Evening:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, changeover=0),
            a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10),
            a_slot("Marta Sol", "21:30", minutes=20, changeover=10),
            a_slot("The Poor Nobodys", "22:10", minutes=40, changeover=20, changeover_min=10),
        ],
        shifts=[
            a_shift("Front door", "19:15", "21:30", people=("Ana Ruiz", "Eli Wood")),
            a_shift("Stage help", follows="The Poor Nobodys", people=("Ben Ode",)),
        ],
    )
    a_stage_manager(night, "Sam Stage")
    a_coordinator("Alice Reyes", organisation=night.organisation)
    edit_person(night.person("Carlos Lumbi"), language="es")
    return Evening(night, Playing(night.at("12:00") - minutes(8 * 24 * 60)))


def play(evening: Evening) -> None:
    evening.wait_until("20:05", -7)
    evening.text("Josh Granowski", "C")
    evening.wait_until("20:40", -7)
    evening.text("Carlos Lumbi", "X")
    evening.wait_until("10:00", -6)
    evening.text("Carlos Lumbi", "c")
    evening.text("Marta Sol", "ok")
    evening.wait_until("09:00", -1)
    evening.text("The Poor Nobodys", "C")
    evening.wait_until("20:15", -1)
    evening.text("Ana Ruiz", "STOP")
    evening.wait_until("20:06")
    evening.text("Sam Stage", "GO")
    evening.text("Sam Stage", "3")  # from now on
    evening.wait_until("20:33")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("20:40")
    evening.text("Sam Stage", "GO")
    evening.wait_until("20:55")
    cancel_slot(evening.night.slot("Marta Sol").id, actor=Actor("Alice Reyes"), now=evening.playing.now)
    evening.wait_until("21:28")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("22:00")
    evening.text("The Poor Nobodys", "LATE 15")
    evening.wait_until("22:02")
    evening.text("Sam Stage", "LATE 15")
    evening.wait_until("22:26")
    evening.text("Sam Stage", "GO")
    evening.wait_until("22:58")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("05:30", 1)


def test_every_phone_hears_what_it_should_and_nothing_else(evening: Evening, snapshot: Snapshot) -> None:
    play(evening)

    lines = [f"{when}  {who}: {body}" for when, who, body in evening.heard]
    snapshot.check(EXPECTED, "\n".join(lines) + "\n")


def test_no_text_goes_twice_costs_twice_or_follows_a_stop(evening: Evening) -> None:
    play(evening)

    assert [text for text, times in Counter((who, body) for _, who, body in evening.heard).items() if times > 1] == []
    longer = {row.rule for row in db.session.scalars(select(Message)) if row.segments > 1}
    assert longer == {"ask-1"}  # it names us, the show and the way to the page
    stopped_at, ana = evening.at("20:15", -1), evening.night.person("Ana Ruiz").phone
    assert [body for at, phone, body in evening.playing.texts if phone == ana and at >= stopped_at] == []
    assert unsent() == [
        ("ask-2", "Josh Granowski", "cancelled"),
        ("ask-2", "Carlos Lumbi", "cancelled"),
        ("ask-2", "Marta Sol", "cancelled"),
        ("shift-hour", "Ana Ruiz", "stopped"),
        ("stage", "Marta Sol", "cancelled"),
    ]


def unsent() -> list[tuple[str | None, str, str]]:
    """What was planned and did not leave: its rule, for whom, and what became of it; in the order of the plan."""
    rows = db.session.scalars(
        select(Message).where(Message.direction == Direction.OUT).order_by(Message.due_at, Message.id)
    )
    return [(row.rule, row.person.name, row.state) for row in rows if row.person and row.state in NEVER_WENT + UNSENT]
