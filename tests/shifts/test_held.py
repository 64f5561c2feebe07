"""A person gets everything that is held about them, and nothing of anyone else."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.people.models import Person
from coordinator.shifts.actions.codes import CodeRequest, ask_code
from coordinator.shifts.queries.held import held_about
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift
from tests.full_night import a_full_night
from tests.links import token_of
from tests.passkeys import prove_with_everything

NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@pytest.fixture
def night(app: Flask) -> ANight:
    made = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz", "Ben Ode"))])
    a_message(made, made.person("Ana Ruiz"), body="Ana, see you.", state="delivered")
    a_message(made, made.person("Ben Ode"), body="Ben, see you.", state="delivered")
    return made


def test_every_table_that_names_people_is_in_it(app: Flask) -> None:
    a_full_night(NOW)
    people = db.session.scalars(select(Person)).all()

    found = {table for person in people for table in held_about(person)["rows"]}

    assert {"act_members", "audit_entries", "messages", "sign_ups", "event_people"} <= found


def test_a_person_reads_their_own_and_nobody_elses(night: ANight, client: FlaskClient) -> None:
    ana, ben = night.person("Ana Ruiz"), night.person("Ben Ode")

    with time_machine.travel(night.at("12:00"), tick=False):
        answer = client.post(f"/me/{token_of(ana)}/data")

    held = json.loads(answer.text)
    assert (held["person"]["name"], held["person"]["phone"]) == ("Ana Ruiz", ana.phone)
    assert [show["role"] for show in held["shows"]] == ["Front door"]
    assert [row["body"] for row in held["rows"]["messages"]] == ["Ana, see you."]
    assert not [words for words in ("Ben", str(ben.phone), token_of(ana)) if words in answer.text]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_emails_and_codes_to_an_address_are_read_too(night: ANight) -> None:
    ana, ben = night.person("Ana Ruiz"), night.person("Ben Ode")
    with transaction():
        ana.email, ana.email_agreed_at, ben.email = "ana@show.example", NOW, "ben@show.example"
    mail = {"subject": "You're on", "body": "Ana, you are on."}
    a_message(night, ana, state="sent", channel="email", phone="", address="ana@show.example", mail=mail)
    for address in ("ana@show.example", "ben@show.example"):
        asked = CodeRequest(sent_to=address, host="h", address="192.0.2.7", browser="b", language="en", name="A")
        ask_code(night.event, asked, now=NOW)

    held = held_about(ana)

    assert (held["person"]["email"], held["person"]["email_agreed_at"]) == ("ana@show.example", NOW.isoformat())
    assert [row["address"] for row in held["rows"]["messages"]] == [None, "ana@show.example", "ana@show.example"]
    assert [row["mail"] for row in held["rows"]["messages"]][1] == mail
    assert [row["sent_to"] for row in held["rows"]["proof_codes"]] == ["ana@show.example"]


def test_of_an_account_it_says_how_it_signs_in_and_not_with_what(app: Flask) -> None:
    alice = a_coordinator("Alice")
    prove_with_everything(alice.account, NOW)

    rows = held_about(alice.person)["rows"]

    assert {name: {*rows[name][0]} for name in ("authenticators", "passkeys", "recovery_codes")} == {
        "authenticators": {"id", "account_id", "last_step", "created_at"},
        "passkeys": {
            *("id", "account_id", "name", "credential_id", "public_key", "sign_count", "backed_up"),
            *("created_at", "last_used_at"),
        },
        "recovery_codes": {"id", "account_id", "used_at"},
    }
    assert json.loads(json.dumps(rows)) == rows


def test_what_opens_something_is_left_out(night: ANight) -> None:
    ana = night.person("Ana Ruiz")

    rows = [row for rows in held_about(ana)["rows"].values() for row in rows]

    assert not [name for row in rows for name in row if name.endswith(("hash", "token", "secret"))]
