"""``flask people forget``, as typed."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.people.models import Person
from tests.builders import a_coordinator, a_person


def forget(app: Flask, *options: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["people", "forget", *options])
    return result.exit_code, result.stdout, result.stderr


def names() -> list[str]:
    db.session.rollback()
    with transaction() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def test_everybody_with_a_phone_is_forgotten(app: Flask) -> None:
    a_person("Ana", phone="+12125550101")
    a_person("Ben", phone="+12125550101")
    a_person("Charlie", phone="+12125550102")

    assert forget(app, "--phone", "(212) 555-0101") == (0, "Forgotten: 2.\n", "")
    assert names() == ["Forgotten", "Forgotten", "Charlie"]


def test_one_person_is_forgotten(app: Flask) -> None:
    ana, _ben = a_person("Ana"), a_person("Ben")

    assert forget(app, "--person", str(ana.id)) == (0, "Forgotten: 1.\n", "")
    assert names() == ["Forgotten", "Ben"]


def test_nobody_of_the_past_is_nobody(app: Flask) -> None:
    a_person("Ana")

    assert forget(app, "--past") == (0, "Forgotten: 0.\n", "")
    assert names() == ["Ana"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "Say whom to forget: --person ID, --phone PHONE, --email EMAIL, --name NAME or --past."),
        (
            ["--past", "--person", "1"],
            "Say whom to forget: --person ID, --phone PHONE, --email EMAIL, --name NAME or --past.",
        ),
        (["--person", "4711"], "There is no such person."),
        (["--phone", "+12125550199"], "There is no such person."),
        (["--phone", "911"], "911 is too short. Write it like (212) 555-0101 or +44 7700 900123."),
    ],
)
def test_whom_nobody_knows_is_not_forgotten(app: Flask, options: list[str], sentence: str) -> None:
    assert forget(app, *options) == (1, "", f"Error: {sentence}\n")


def test_of_two_with_a_phone_and_one_account_nobody_is_forgotten(app: Flask) -> None:
    a_person("Ana", phone="+12125550101")
    alice = a_coordinator("Alice")
    with transaction():
        alice.person.phone = "+12125550101"

    assert forget(app, "--phone", "+12125550101") == (
        1,
        "",
        "Error: Alice is a member of the organization. First remove them on its members page, "
        "or let them leave on their account page. Nobody was forgotten.\n",
    )
    assert names() == ["Ana", "Alice"]


def test_the_one_person_of_a_name_is_forgotten_and_of_two_nobody(app: Flask) -> None:
    a_person("Ana Ruiz")
    first, second = a_person("Ben Ode"), a_person("Ben Ode")

    one, two = forget(app, "--name", "Ana Ruiz"), forget(app, "--name", "Ben Ode")

    assert one == (0, "Forgotten: 1.\n", "")
    assert two == (
        1,
        "",
        f"Error: 2 people have that name. Choose one: --person ID, one of {first.id}, {second.id}.\n",
    )


def test_everything_held_about_a_person_is_printed(app: Flask) -> None:
    ana = a_person("Ana Ruiz", phone="+12025550142")

    run = app.test_cli_runner().invoke(args=["people", "export", "--phone", "+1 202 555 0142"])

    assert run.exit_code == 0
    assert [(each["person"]["id"], each["person"]["name"]) for each in json.loads(run.stdout)] == [(ana.id, "Ana Ruiz")]
