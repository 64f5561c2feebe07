"""Reminders say when to be there first and are led by it, and say what they remind of."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.core.rules import Audience
from coordinator.core.timeline import Anchor
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.people.actions.persons import edit_person
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.models import RuleOverride
from tests.builders import ANight, a_night, a_shift, a_slot, a_stage, minutes
from tests.playing import PUBLIC_URL


def planned(night: ANight, name: str) -> dict[str | None, Message]:
    """Everything the planner has for this person ten days before, by rule."""
    plan(night.at("12:00") - timedelta(days=10), public_url=PUBLIC_URL)
    rows = db.session.scalars(select(Message).where(Message.person_id == night.person(name).id))
    return {row.rule: row for row in rows if row.rule}


def two_stages() -> ANight:
    band = a_slot("The Poor Nobodys", "21:00", changeover=20, people=("Kit Lowe", "Vic Lund"), answer="confirmed")
    return a_night(
        stages=[
            a_stage("Main stage", slots=[a_slot("Carlos Lumbi", "20:30", answer="confirmed")]),
            a_stage("Garden", slots=[band]),
        ],
        shifts=[a_shift("Stage crew", follows="The Poor Nobodys", people=("Ben Ode",), before=minutes(0))],
    )


def test_reminders_of_a_shift_are_led_by_its_call_time_and_begin_with_it(app: Flask) -> None:
    shift = a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), call=minutes(20))
    night = a_night([], shifts=[shift], quiet_from=None, quiet_to=None)

    rows = planned(night, "Ana Ruiz")

    starts_at, called_at = night.at("19:00"), night.at("18:40")
    assert {rule: (row.due_at, row.useful_until, row.says_at) for rule, row in rows.items()} == {
        "shift-day": (called_at - timedelta(days=1), starts_at, starts_at),
        "shift-hour": (called_at - timedelta(hours=1), starts_at, starts_at),
    }
    assert rows["shift-day"].body.startswith("Ana, reminder: be there 6:40pm; Front door 7pm, Fri Dec 4")
    assert rows["shift-hour"].body.startswith("Ana, your shift: be there 6:40pm; Front door at 7pm")


def test_a_shift_without_a_call_time_is_reminded_of_before_its_start(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",))])

    row = planned(night, "Ana Ruiz")["shift-hour"]

    assert row.due_at == night.at("18:00")
    assert row.body.startswith("Ana, your shift: Front door at 7pm")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            {
                "shift-day": "Ben, reminder: Stage crew 8:40pm, Fri Dec 4, for The Poor Nobodys at 9pm, Garden",
                "shift-hour": "Ben, your shift: Stage crew at 8:40pm, for The Poor Nobodys at 9pm, Garden",
                "changeover": "Ben, changeover at 8:40pm, Garden, before The Poor Nobodys at 9pm.",
            },
        ),
        (
            "es",
            {
                "shift-day": "Ben, recordatorio: Stage crew 8:40pm, vie 4 dic, para The Poor Nobodys a las 9pm, Garden",
                "shift-hour": "Ben, tu turno: Stage crew a las 8:40pm, para The Poor Nobodys a las 9pm, Garden",
                "changeover": "Ben, cambio de escenario a las 8:40pm, Garden, antes de The Poor Nobodys a las 9pm.",
            },
        ),
    ],
)
def test_the_crew_hears_stage_act_and_set_time(app: Flask, language: str, said: dict[str, str]) -> None:
    night = two_stages()
    edit_person(night.person("Ben Ode"), language=language)

    rows = planned(night, "Ben Ode")

    assert {rule: rows[rule].body[: len(words)] for rule, words in said.items()} == said


def test_a_member_of_a_band_is_reminded_of_the_band_and_whoever_plays_alone_of_the_show(app: Flask) -> None:
    night = two_stages()

    kit, carlos = planned(night, "Kit Lowe"), planned(night, "Carlos Lumbi")

    assert kit["stage"].body == (
        "Kit, please head to the stage. You're on at 9pm with The Poor Nobodys, Garden, Songs for Justice in Motion."
    )
    assert carlos["stage"].body == (
        "Carlos, please head to the stage. You're on at 8:30pm, Main stage, Songs for Justice in Motion."
    )
    assert kit["details"].body.startswith(
        "Kit, you play Songs for Justice in Motion tonight at 9pm with The Poor Nobodys"
    )


@pytest.mark.parametrize(
    ("audience", "anchor", "name", "said"),
    [
        (Audience.VOLUNTEERS, Anchor.SHIFT_START, "Ben Ode", "Ben: Stage crew, The Poor Nobodys, Songs for Justice in"),
        (
            Audience.PERFORMERS,
            Anchor.SET_START,
            "Kit Lowe",
            "Kit: be there 8pm; The Poor Nobodys, Songs",
        ),
        (
            Audience.PERFORMERS,
            Anchor.SET_START,
            "Carlos Lumbi",
            "Carlos: be there 7:30pm; Songs for Justice",
        ),
    ],
)
def test_a_rule_of_ones_own_names_what_it_reminds_of(
    app: Flask, audience: Audience, anchor: Anchor, name: str, said: str
) -> None:
    night = two_stages()
    with transaction() as session:
        session.add(
            RuleOverride(event_id=night.event.id, key="water", audience=audience, anchor=anchor, lead=minutes(120))
        )

    assert planned(night, name)["water"].body.startswith(said)
