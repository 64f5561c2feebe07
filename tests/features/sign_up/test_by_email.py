"""Signing up by email: as good a way as by text, and nobody needs a phone."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from config import TwilioSettings
from coordinator.db import db
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.services import AppServices
from coordinator.shifts.models import ProofCode, SignUp, SignUpSource
from coordinator.shifts.queries.searching import standbys_of
from tests.builders import a_night, a_person, a_shift
from tests.features.sign_up.test_sign_up import PHONE, SLUG, Helper, a_door_night, people_on
from tests.links import token_of
from tests.reading import words

ADDRESS = "amara@show.example"


class ByEmail(Helper):
    """Someone who would like to help and has no phone."""

    def details(self, shift: str = "front-door-1", name: str = "Amara", email: str = ADDRESS) -> TestResponse:
        return self.press(f"volunteer/details?shift={shift}", name=name, by="email", email=email, phone="")


def test_a_stranger_gives_name_address_and_code_and_is_down_for_the_shift(client: FlaskClient) -> None:
    night = a_door_night()
    amara = ByEmail(client, night)

    asked = amara.details(email=" Amara@Show.Example ")
    code_page = words(amara.open("volunteer/code"))
    confirmed = amara.press("volunteer/code", code=amara.digits())

    person = night.person("Amara")
    assert asked.headers["Location"] == f"{SLUG}/volunteer/code"
    assert "Enter the code we emailed you" in code_page
    assert "Sent to a•••@show.example." in code_page
    assert "STOP" not in code_page
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]
    assert (person.email, person.phone, person.channel) == (ADDRESS, None, "email")
    assert confirmed.headers["Location"] == f"/me/{token_of(person)}"
    [code] = db.session.scalars(select(Message).where(Message.kind == "code"))
    assert (code.channel, code.address) == ("email", ADDRESS)


def test_the_choice_is_there_from_the_start_and_the_phone_comes_first(client: FlaskClient) -> None:
    page = Helper(client, a_door_night()).open("volunteer/details?shift=front-door-1")

    said = words(page)
    assert "How should we reach you? By text By email Mobile number So we can tell you" in said
    assert "Text me a code Email me a code" in said
    assert page.text.index('value="text"') < page.text.index('value="email"')
    assert 'checked class="by-text"' in page.text or 'class="by-text" checked' in page.text


def test_the_consent_to_emails_that_was_shown_is_the_one_that_is_kept(client: FlaskClient) -> None:
    night = a_door_night()
    amara = ByEmail(client, night)
    shown = words(amara.open("volunteer/details?shift=front-door-1"))

    amara.sign_up()

    person = night.person("Amara")
    kept = person.email_agreed_words or ""
    assert kept.startswith(f"{night.organisation.name} will email you a code and your shift now")
    assert "A link in every email stops them." in kept
    assert kept in shown
    assert (person.email_agreed_how, person.agreed_at) == ("sign-up", None)


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("", "Enter your email address, like ana@show.example."),
        ("amara", "amara isn't an email address. Write it like ana@show.example."),
        ("amara@show", "amara@show isn't an email address. Write it like ana@show.example."),
    ],
)
def test_a_wrong_address_says_what_would_be_right_and_keeps_everything_typed(
    client: FlaskClient, email: str, why: str
) -> None:
    amara = Helper(client, a_door_night())

    answer = amara.press(
        "volunteer/details?shift=front-door-1", name="Amara", by="email", email=email, phone="(415) 555-0142"
    )

    assert answer.status_code == 422
    assert f"Email: {why}" in words(answer)
    for typed in ("Amara", email, "(415) 555-0142"):
        assert f'value="{typed}"' in answer.text
    assert db.session.scalar(select(func.count(ProofCode.id))) == 0


def test_a_bad_address_beside_a_good_number_is_not_in_the_way(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)

    answer = amara.press("volunteer/details?shift=front-door-1", name="Amara", by="text", email="amara", phone=PHONE)

    assert answer.headers["Location"] == f"{SLUG}/volunteer/code"


def test_going_back_from_the_code_shows_what_was_typed(client: FlaskClient) -> None:
    amara = ByEmail(client, a_door_night())
    amara.details()

    page = amara.open("volunteer/details?shift=front-door-1")

    assert f'value="{ADDRESS}"' in page.text
    assert 'checked class="by-email"' in page.text or 'class="by-email" checked' in page.text


def test_another_code_goes_to_the_same_address(client: FlaskClient) -> None:
    night = a_door_night()
    amara = ByEmail(client, night)
    amara.details()

    amara.press("volunteer/code/again", wall="12:01")
    amara.press("volunteer/code", wall="12:02", code=amara.digits())

    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]
    assert db.session.scalars(select(Message.address).where(Message.kind == "code")).all() == [ADDRESS, ADDRESS]


def test_a_shared_address_is_asked_who_it_is(client: FlaskClient) -> None:
    night = a_door_night()
    a_person("Ben Ode", organisation=night.organisation, phone=None, email=ADDRESS)
    amara = ByEmail(client, night)
    amara.details()

    asked = amara.press("volunteer/code", code=amara.digits())
    page = words(amara.open("volunteer/who"))
    amara.press("volunteer/who", who="new")

    assert asked.headers["Location"] == f"{SLUG}/volunteer/who"
    assert "We already know this address. Tell us which of you is coming." in page
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]
    assert (night.person("Amara").email, night.person("Ben Ode").email_agreed_at) == (ADDRESS, None)


def test_somebody_known_by_phone_is_not_taken_for_the_one_with_the_address(client: FlaskClient) -> None:
    night = a_door_night()
    by_phone = a_person("Amara", organisation=night.organisation, phone="+14155550142")

    ByEmail(client, night).sign_up()

    [holder] = night.shift("front-door-1").sign_ups
    assert holder.person_id != by_phone.id
    assert (by_phone.email, holder.person.phone) == (None, None)


def test_a_friend_comes_along_by_email(client: FlaskClient) -> None:
    night = a_door_night()
    ana, bo = Helper(client, night), Helper(client.application.test_client(), night)
    ana.press("volunteer/details?shift=clear-up-5", name="Ana", phone=PHONE, friend="Bo")
    ana.press("volunteer/code", code=ana.digits())
    key = db.session.scalars(select(SignUp.friends_key).where(SignUp.source == SignUpSource.FRIEND)).one()

    bo.press(f"volunteer/friend/{key}", name="Bo", by="email", email="bo@show.example")
    bo.press("volunteer/code", code=bo.digits())

    assert people_on(night, "clear-up-5") == [("Ana", "confirmed"), ("Bo", "confirmed")]
    assert (night.person("Bo").email, night.person("Bo").phone) == ("bo@show.example", None)


def test_the_waitlist_and_standby_are_open_to_somebody_without_a_phone(client: FlaskClient) -> None:
    full = a_shift("Bar", "19:00", "20:00", max=1, people=("Eve",))
    night = a_night(shifts=[full, a_shift("Door", "20:00", "21:00", max=2)])
    amara = ByEmail(client, night)

    amara.press("volunteer/details?queue=bar-1", name="Amara", by="email", email=ADDRESS)
    amara.press("volunteer/code", code=amara.digits())
    amara.press("volunteer/standby")

    assert ("Amara", "waitlisted") in people_on(night, "bar-1")
    assert [each.person.name for each in standbys_of(night.event)] == ["Amara"]


@pytest.fixture
def mute(app: Flask) -> Flask:
    """An installation with a phone network and no mail server."""

    made: AppServices = app.extensions["callboard"]
    twilio = TwilioSettings(account_sid="AC1", auth_token="secret", sender="+12125550100")
    app.extensions["callboard"] = replace(made, settings=replace(made.settings, twilio=twilio))
    return app


def test_where_no_emails_are_sent_none_are_offered_and_a_posted_one_is_ignored(mute: Flask) -> None:
    night = a_door_night()
    amara = ByEmail(mute.test_client(), night)

    page = amara.open("volunteer/details?shift=front-door-1")
    answer = amara.details()

    assert "email" not in page.text.lower().replace("terms for texts and emails", "")
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Person.id)).where(Person.email.is_not(None))) == 0
