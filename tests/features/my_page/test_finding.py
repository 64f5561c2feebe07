"""Finding one's own page again: a number is proved by a code, and nothing is told of whose it is before that."""

import re
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from tests.builders import ANight, a_night, a_person, a_shift
from tests.links import new_link, token_of
from tests.reading import words

PHONE = "+14155550142"


class Visitor:
    """Someone with a browser of their own."""

    def __init__(self, client: FlaskClient, night: ANight) -> None:
        self.client, self.night = client.application.test_client(), night

    def open(self, path: str = "/my", wall: str = "12:00") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(path)

    def press(self, path: str = "/my", wall: str = "12:00", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(path, data=fields)

    def prove(self, phone: str = "(415) 555-0142") -> TestResponse:
        self.press(phone=phone)
        return self.press("/my/code", code=digits())


def digits() -> str:
    newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
    return str(re.findall(r"\b\d{6}\b", db.session.scalar(newest) or "")[0])


def page_of(person: Person, night: ANight) -> str:
    return f"/me/{token_of(person)}"


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    """Ana is at the front door, with a number of her own."""
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))], quiet_from=None, quiet_to=None
    )
    with transaction():
        night.person("Ana Ruiz").phone = PHONE
    return night


@pytest.fixture
def visitor(client: FlaskClient, night: ANight) -> Visitor:
    return Visitor(client, night)


def test_whoever_proves_their_number_is_led_to_their_own_page(visitor: Visitor, night: ANight) -> None:
    answer = visitor.prove()

    assert (answer.status_code, answer.location) == (303, page_of(night.person("Ana Ruiz"), night))
    assert "Front door" in visitor.open(answer.location).text


def test_a_performer_finds_their_slot_the_same_way(visitor: Visitor, night: ANight) -> None:
    with transaction():
        night.person("Josh Granowski").phone = "+14155550143"

    answer = visitor.prove("415 555 0143")

    assert answer.location == page_of(night.person("Josh Granowski"), night)


def test_a_number_that_nobody_has_is_answered_like_one_that_somebody_has(visitor: Visitor, night: ANight) -> None:
    def said(phone: str) -> tuple[Any, ...]:
        asked = visitor.press(phone=phone)
        page = visitor.open(asked.location)
        wrong = visitor.press("/my/code", code="12")
        body = db.session.scalar(select(Message.body).order_by(Message.id.desc()).limit(1)) or ""
        hidden = re.sub(r'(value="[^"]*"|0142|0199)', "", page.text + wrong.text)
        codes = asked.status_code, page.status_code, wrong.status_code
        return codes, asked.location, hidden, re.sub(r"\d{6}", "", body)

    known, unknown = said("(415) 555-0142"), said("(415) 555-0199")

    assert known == unknown
    assert "Ana" not in known[2]


def test_whoever_proves_a_number_that_nobody_has_learns_that_and_becomes_nobody(
    visitor: Visitor, night: ANight
) -> None:
    people = db.session.scalar(select(func.count(Person.id)))

    answer = visitor.prove("(415) 555-0199")

    assert (answer.status_code, answer.location) == (303, "/my/who")
    assert "Nobody in our shows has this number." in words(visitor.open("/my/who"))
    assert db.session.scalar(select(func.count(Person.id))) == people


def test_proving_a_number_agrees_to_nothing(visitor: Visitor, night: ANight) -> None:
    a_person("Dora Elm", organisation=night.organisation, phone="+14155550144", agreed=False)

    visitor.prove("415 555 0144")

    assert night.person("Dora Elm").agreed_at is None


def test_each_of_those_who_share_a_phone_has_a_page_of_their_own(visitor: Visitor, night: ANight) -> None:
    luis = a_person("Luis Ruiz", organisation=night.organisation, phone=PHONE)

    answer = visitor.prove()
    asked = words(visitor.open(answer.location))
    chosen = visitor.press("/my/who", who=str(luis.id))

    assert answer.location == "/my/who"
    assert "I'm Ana" in asked
    assert "I'm Luis" in asked
    assert chosen.location == page_of(luis, night)


def test_nobody_chooses_a_person_whose_phone_they_have_not_proved(visitor: Visitor, night: ANight) -> None:
    a_person("Luis Ruiz", organisation=night.organisation, phone=PHONE)
    josh = night.person("Josh Granowski")
    visitor.prove()

    assert visitor.press("/my/who", who=str(josh.id)).status_code == 200
    assert visitor.press("/my/who", wall="12:16", who=str(night.person("Ana Ruiz").id)).location == "/my"


def test_without_a_proof_no_page_of_choices_opens(visitor: Visitor, night: ANight) -> None:
    assert visitor.open("/my/who").location == "/my"
    assert visitor.open("/my/code").location == "/my"
    assert visitor.press("/my/code/again").location == "/my"


def test_the_browser_that_proved_it_is_known_and_can_be_made_to_forget(visitor: Visitor, night: ANight) -> None:
    visitor.prove()

    known = visitor.open()
    visitor.press("/my/not-me")
    after = visitor.open()

    assert page_of(night.person("Ana Ruiz"), night) in known.text
    assert "Not Ana?" in words(known)
    assert "Ana" not in after.text
    assert known.headers["Cache-Control"] == after.headers["Cache-Control"] == "no-store"


def test_a_browser_whose_link_was_replaced_is_asked_anew(visitor: Visitor, night: ANight) -> None:
    visitor.prove()
    new_link(night.person("Ana Ruiz"), night.at("12:05"))

    assert "Mobile number" in words(visitor.open())


def test_the_code_opens_the_page_in_no_other_browser(visitor: Visitor, client: FlaskClient, night: ANight) -> None:
    other = Visitor(client, night)
    visitor.press(phone="(415) 555-0142")

    answer = other.press("/my/code", code=digits())

    assert answer.location == "/my"


def test_a_wrong_code_says_so_and_another_can_be_sent(visitor: Visitor, night: ANight) -> None:
    visitor.press(phone="(415) 555-0142")
    right = digits()
    wrong = visitor.press("/my/code", code=f"{(int(right) + 1) % 1_000_000:06}")
    again = visitor.press("/my/code/again", wall="12:01")

    assert wrong.status_code == 422
    assert again.location == "/my/code"
    assert visitor.press("/my/code", wall="12:02", code=digits()).location == page_of(night.person("Ana Ruiz"), night)


@pytest.mark.parametrize("phone", ["", "12", "hello"])
def test_what_is_no_number_is_refused_and_kept(visitor: Visitor, phone: str) -> None:
    answer = visitor.press(phone=phone)

    assert answer.status_code == 422
    assert f'value="{phone}"' in answer.text


def test_it_speaks_spanish(visitor: Visitor) -> None:
    assert "Encuentra tu página" in visitor.open("/my?lang=es").text


def test_the_public_pages_lead_there(visitor: Visitor, night: ANight) -> None:
    line_up, shifts = visitor.open("/e/justice-in-motion"), visitor.open("/e/justice-in-motion/volunteer")
    own = visitor.open(page_of(night.person("Ana Ruiz"), night))

    for page in (line_up, shifts, own):
        assert 'href="/my?show=justice-in-motion"' in page.text


def test_where_there_is_no_show_yet_the_page_says_so(client: FlaskClient) -> None:
    answer = client.post("/my", data={"phone": "(415) 555-0142"})

    assert answer.status_code == 422
    assert "There&#39;s no show here yet." in answer.text


def test_an_address_is_proved_by_a_code_and_opens_the_page(visitor: Visitor, night: ANight) -> None:
    with transaction():
        night.person("Ana Ruiz").email = "ana@show.example"

    asked = visitor.press(by="email", email="Ana@show.example")
    page = words(visitor.open("/my/code"))
    answer = visitor.press("/my/code", code=digits())

    assert asked.location == "/my/code"
    assert "Sent to a•••@show.example." in page
    assert answer.location == page_of(night.person("Ana Ruiz"), night)
    assert night.person("Ana Ruiz").email_agreed_at is None


def test_an_address_that_nobody_has_is_answered_like_one_that_somebody_has(visitor: Visitor, night: ANight) -> None:
    with transaction():
        night.person("Ana Ruiz").email = "ana@show.example"

    def said(email: str) -> tuple[Any, ...]:
        asked = visitor.press(by="email", email=email)
        page = visitor.open(asked.location)
        wrong = visitor.press("/my/code", code="12")
        return asked.location, re.sub(r'value="[^"]*"', "", page.text + wrong.text)

    assert said("ana@show.example") == said("ava@show.example")


def test_whoever_proves_an_address_that_nobody_has_learns_that(visitor: Visitor, night: ANight) -> None:
    visitor.press(by="email", email="nobody@show.example")
    answer = visitor.press("/my/code", code=digits())

    page = words(visitor.open("/my/who"))

    assert answer.location == "/my/who"
    assert "Nothing under this address" in page


def test_what_is_no_address_is_refused_and_kept(visitor: Visitor) -> None:
    answer = visitor.press(by="email", email="ana at show")

    assert answer.status_code == 422
    assert 'value="ana at show"' in answer.text
    assert "ana at show isn't an email address." in words(answer)
