"""Emails stop from the link in each of them, by a person or by the button of a mail program."""

from flask import Flask
from flask.testing import FlaskClient

from coordinator.core.mail_links import MailLinks
from coordinator.db import db, transaction
from coordinator.people.models import Person
from coordinator.services import services
from tests.builders import MADE_AT, a_person, an_organisation
from tests.reading import words

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def rosa(**columns: object) -> Person:
    agreed: dict[str, object] = {"email": "rosa@show.example", "email_agreed_at": MADE_AT}
    return a_person("Rosa", **(agreed | columns))  # type: ignore[arg-type]


def link_of(person: Person) -> str:
    settings = services().settings
    links = MailLinks(settings.public_url, settings.secret_key)
    return links.stop_address(person.id, person.email or "").removeprefix(settings.public_url)


def is_mailed(person: Person) -> bool:
    db.session.refresh(person)
    return person.can_be_mailed


def test_looking_changes_nothing_and_the_button_stops_emails(app: Flask, client: FlaskClient) -> None:
    person = rosa()
    link = link_of(person)

    looked = client.get(link)
    before = is_mailed(person)
    stopped = client.post(link)

    assert (looked.status_code, stopped.status_code) == (200, 200)
    assert "Texts go on." in words(looked)
    assert "rosa@show.example" not in looked.text
    assert "Emails are stopped" in words(stopped)
    assert (before, is_mailed(person), person.can_be_texted) == (True, False, True)


def test_a_mail_program_stops_them_by_itself_and_twice_is_once(app: Flask, client: FlaskClient) -> None:
    person = rosa(phone=None)
    link = link_of(person)

    answers = [client.post(link, data=ONE_CLICK).status_code for _ in range(2)]

    assert (answers, is_mailed(person)) == ([200, 200], False)


def test_everyone_at_that_address_is_left_alone_and_nobody_else(app: Flask, client: FlaskClient) -> None:
    person, other = rosa(), a_person("Other", email="other@show.example", email_agreed_at=MADE_AT)
    elsewhere = rosa(organisation=an_organisation("Elsewhere"))

    client.post(link_of(person), data=ONE_CLICK)

    assert [is_mailed(each) for each in (person, elsewhere, other)] == [False, False, True]


def test_a_link_stops_emails_to_its_own_address_alone(app: Flask, client: FlaskClient) -> None:
    person, other = rosa(), rosa()
    link = link_of(person)
    forged = link.replace(f"/{person.id}-", f"/{other.id}-")
    with transaction():
        person.email = "new@show.example"

    answers = [client.post(address).status_code for address in (link, forged, "/unsubscribe/x", "/unsubscribe/9-")]

    assert answers == [404] * 4
    assert (is_mailed(person), is_mailed(other)) == (True, True)
