"""Simulated phones: texts arrive, answers count."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.db import db, transaction
from coordinator.features.phones.queries import PageOfPhones, phones_by_show
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.mail_line import SimulatedMailLine
from coordinator.messaging.models import Direction, Message
from coordinator.messaging.queries.simulated_phones import SimulatedPhone, phones_etag, strange_phones, zone_of
from coordinator.messaging.simulated_gateway import SENDER, SimulatedGateway
from tests.builders import (
    MADE_AT,
    ANight,
    a_coordinator,
    a_message,
    a_night,
    a_person,
    a_shift,
    a_slot,
    a_stage_manager,
    an_organisation,
    minutes,
    sign_in,
)
from tests.messaging.posting import a_text, send_due
from tests.queries import counted
from tests.reading import words


def page_of_phones(organisation_id: int, page: int = 1) -> PageOfPhones:
    return phones_by_show(organisation_id, SENDER, MADE_AT, page)


def phones_of(organisation_id: int) -> list[SimulatedPhone]:
    return [each.phone for show in page_of_phones(organisation_id).shows for each in show.phones]


def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def test_a_text_arrives_on_the_phone_of_its_person(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    a_text(night, night.person("Josh Granowski"), "You are on at 8 pm.", due_at=night.at("19:00"))
    send_due(SimulatedGateway(), night.at("19:00"))

    page = alice(client, night).get("/phones")

    assert page.status_code == 200
    assert "You are on at 8 pm." in page.text
    assert [name in page.text for name in ("Josh Granowski", "Carlos Lumbi", "Alice")] == [True] * 3
    assert (night.person("Josh Granowski").phone or "") not in page.text


def test_a_phone_shows_newest_first_what_was_delivered_and_answered(app: Flask) -> None:
    night = a_night()
    josh, now = night.person("Josh Granowski"), night.at("19:00")
    for place, body in enumerate(("one", "two")):
        a_text(night, josh, body, kind="note", due_at=now + minutes(place))
        send_due(SimulatedGateway(), now + minutes(place))
    a_text(night, josh, "not yet", due_at=now + minutes(9))

    phone = next(phone for phone in phones_of(night.organisation.id) if phone.person.id == josh.id)

    assert [(bubble.incoming, bubble.body, bubble.at) for bubble in phone.bubbles] == [
        (True, "two", now + minutes(1)),
        (True, "one", now),
    ]
    assert (phone.names, phone.stopped) == (["Josh Granowski"], False)


def test_two_people_who_share_a_number_share_a_phone(app: Flask) -> None:
    organisation = an_organisation()
    for name in ("Ana", "Ben"):
        a_person(name, organisation=organisation, phone="+12125550177")
    a_person("Cleo", organisation=organisation, phone=None)

    assert [phone.names for phone in phones_of(organisation.id)] == [["Ana", "Ben"]]


def test_the_page_asks_the_same_number_of_questions_for_one_phone_and_for_many(app: Flask) -> None:
    organisation = an_organisation()

    counts = []
    for _ in range(2):
        for number in range(5):
            a_person(f"P{number}", organisation=organisation)
        with counted() as asked:
            phones_of(organisation.id)
        counts.append(len([statement for statement in asked if statement.startswith("SELECT")]))

    assert counts[0] == counts[1]


def test_phones_stand_by_show_with_the_answers_that_fit_each_person(app: Flask) -> None:
    night = a_night(
        [a_slot("Josh Granowski", "20:00")], shifts=[a_shift(starts="19:00", ends="23:00", people=("Rosa",))]
    )
    josh, rosa = night.person("Josh Granowski"), night.person("Rosa")
    with transaction():
        rosa.language = "es"
    cleo = a_stage_manager(night, "Cleo")
    ben = a_person("Ben", organisation=night.organisation)

    shows = page_of_phones(night.organisation.id).shows

    assert [(show.event, {each.phone.person: list(each.answers) for each in show.phones}) for show in shows] == [
        (
            night.event,
            {
                josh: ["C", "X", "LATE 10", "WHEN"],
                rosa: ["C", "X", "AQUI", "CUANDO"],
                cleo: ["GO", "DONE", "LATE 10", "STATUS", "WHEN"],
            },
        ),
        (None, {ben: ["WHEN"]}),
    ]


def test_many_phones_stand_on_several_pages_and_an_answer_leads_back_to_its_page(
    app: Flask, client: FlaskClient
) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    people = [a_person(f"P{number}", organisation=night.organisation) for number in range(70)]

    pages = [page_of_phones(night.organisation.id, page) for page in (1, 2, 3)]
    last = alice(client, night).post(f"/phones/{people[-1].id}?page=2", data={"body": "C"})

    assert [sum(len(show.phones) for show in page.shows) for page in pages] == [60, 11, 11]
    assert [(page.page, page.pages) for page in pages] == [(1, 2), (2, 2), (2, 2)]
    assert last.location == f"/phones?page=2#phone-{people[-1].id}"


def test_an_answer_takes_the_way_of_a_real_text_and_leads_back_to_the_phone(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")

    response = alice(client, night).post(f"/phones/{josh.id}", data={"body": "see you then"})

    assert (response.status_code, response.location) == (303, f"/phones#phone-{josh.id}")
    kept = [(message.phone, message.body, message.person_id, message.needs_answer) for message in inbound()]
    assert kept == [(josh.phone, "see you then", josh.id, True)]
    assert "see you then" in client.get("/phones").text


def inbound() -> list[Message]:
    return db.session.query(Message).filter(Message.direction == Direction.IN).all()


@pytest.mark.parametrize("body", ["", "x" * 1601])
def test_what_is_no_text_is_said_and_stays_typed(app: Flask, client: FlaskClient, body: str) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")

    response = alice(client, night).post(f"/phones/{josh.id}", data={"body": body})

    assert response.status_code == 422
    assert ("Enter a text first" if not body else "limited to 1,600 characters") in response.text
    assert body in response.text
    assert inbound() == []


def test_a_phone_that_stopped_says_so(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    stop_texts(night.person("Josh Granowski").phone or "", sender=SENDER, cause="STOP", now=night.at("12:00"))

    assert "The network blocks every text to this phone." in alice(client, night).get("/phones").text


def test_an_unchanged_page_is_not_sent_again_and_a_changed_one_is(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    alice(client, night)
    etag = client.get("/phones").headers["ETag"]
    unchanged = client.get("/phones", headers={"If-None-Match": etag}).status_code

    client.post(f"/phones/{night.person('Josh Granowski').id}", data={"body": "C"})
    changed = client.get("/phones", headers={"If-None-Match": etag}).status_code

    assert (unchanged, changed) == (304, 200)


def test_a_new_person_changes_the_page(app: Flask) -> None:
    organisation = an_organisation()
    before = phones_etag(organisation.id)

    a_person(organisation=organisation)

    assert phones_etag(organisation.id) != before


def test_charlie_of_another_organisation_sees_and_answers_none_of_these_phones(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    charlie = sign_in(client, a_coordinator("Charlie", organisation=an_organisation("Elsewhere")))

    answers = (charlie.get("/phones").text, charlie.post(f"/phones/{josh.id}", data={"body": "C"}).status_code)

    assert "Josh" not in answers[0]
    assert (answers[1], inbound()) == (404, [])


def test_nobody_sees_a_phone_without_signing_in(app: Flask, client: FlaskClient) -> None:
    night = a_night()

    asked = {"Accept": "application/json"}
    answers = [
        client.get("/phones", headers=asked).status_code,
        client.post(f"/phones/{night.person('Josh Granowski').id}", data={"body": "C"}, headers=asked).status_code,
    ]

    assert (answers, inbound()) == ([401, 401], [])


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+12125550101", "America/New_York"),
        ("+493012345678", "Europe/Berlin"),
        ("+18005550100", "UTC"),
        ("+13335550100", "UTC"),
        ("nonsense", "UTC"),
    ],
)
def test_a_phone_tells_the_time_of_where_its_number_is_at_home(phone: str, zone: str) -> None:
    assert zone_of(phone) == zone


def test_a_number_that_is_nobodys_yet_shows_its_code_until_it_is_somebodys(app: Flask) -> None:
    night = a_night()
    message = a_message(night, night.person("Josh Granowski"), kind="code", body="123456 is your code.", state="sent")
    with transaction():
        message.person, message.phone = None, "+14155550142"

    before = [
        (phone.phone, [bubble.body for bubble in phone.bubbles]) for phone in strange_phones(night.organisation.id)
    ]
    a_person("Amara", organisation=night.organisation, phone="+14155550142")

    assert before == [("+14155550142", ["123456 is your code."])]
    assert strange_phones(night.organisation.id) == []


def test_an_email_arrives_in_its_mailbox_with_links_that_work(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    rosa = a_person(
        "Rosa", organisation=night.organisation, phone=None, email="rosa@show.example", email_agreed_at=MADE_AT
    )
    said = {"subject": "You're on Front door", "body": "Rosa, you're on Front door at 7pm.", "asks": True}
    a_text(night, rosa, "You're on. Reply C.", kind="note", due_at=night.at("19:00"), mail=said)
    send_due(SimulatedMailLine(), night.at("19:00"))

    page = alice(client, night).get("/phones/mail")

    read = words(page)
    assert "You're on Front door" in read
    assert "Tell us yes or no here: http" in read
    assert "rosa@show.example" not in page.text
    links = [urlsplit(each).path for each in re.findall(r'href="(http[^"]*)"', page.text)]
    assert [client.get(link).status_code for link in links] == [200, 200, 200]


def test_mailboxes_are_shown_to_nobody_who_is_not_signed_in(app: Flask, client: FlaskClient) -> None:
    assert client.get("/phones/mail").location.startswith("/sign-in")
