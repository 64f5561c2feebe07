"""The list of everybody of a show: what each does, how they are told, and changing what is known of one."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.features.people_list.queries import PersonOfShow, Sought, people_of_show, people_page
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.simulated_gateway import SENDER
from coordinator.people.models import Channel, Person
from coordinator.people.queries import past_agreements
from coordinator.shifts.actions.forgetting import forget
from coordinator.shifts.queries.held import held_about
from tests.builders import (
    MADE_AT,
    ANight,
    a_coordinator,
    a_night,
    a_person,
    a_shift,
    a_sign_up,
    a_slot,
    a_stage_manager,
    an_organisation,
    minutes,
    sign_in,
)
from tests.night import in_the_cast
from tests.queries import counted
from tests.reading import words

LIST = "/coordinate/justice-in-motion/people-list"


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh plays, Rosa is at the door, Ben waits for it, Sam runs the night, and Lucía does nothing yet."""
    door = a_shift("Front door", "19:00", "21:30", people=("Rosa",))
    night = a_night(
        [a_slot("Josh Granowski", "20:00")], shifts=[door, a_shift("Bar", "21:30", "22:00", people=("Rosa",))]
    )
    a_sign_up(night, night.shift("front-door-1"), "Ben", state="waitlisted")
    a_stage_manager(night, "Sam")
    in_the_cast(night, "Lucía Prado")
    return night


@pytest.fixture
def alice(night: ANight, client: FlaskClient) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def everybody(night: ANight) -> dict[str, PersonOfShow]:
    return {each.person.name: each for each in people_of_show(night.event, SENDER, night.at("12:00"))}


def names(night: ANight, sought: Sought, *, sees_numbers: bool = True) -> list[str]:
    found = people_page(night.event, sought, SENDER, night.at("12:00"), sees_numbers=sees_numbers)
    return [each.person.name for each in found.rows]


def typed(person: Person, **changed: str) -> dict[str, str]:
    """The form of one person as it is sent, with these fields changed."""
    values = {
        "name": person.name,
        "phone": person.phone or "",
        "email": person.email or "",
        "language": person.language,
    }
    return values | {"prefers": person.prefers or "text", "notes": person.notes or ""} | changed


def test_everybody_stands_with_what_they_do_and_for_how_long(night: ANight) -> None:
    found = everybody(night)

    assert {name: set(each.does) for name, each in found.items()} == {
        "Ben": {"volunteers"},
        "Josh Granowski": {"performers"},
        "Lucía Prado": {"nothing"},
        "Rosa": {"volunteers"},
        "Sam": {"crew"},
    }
    assert {name: each.length for name, each in found.items() if each.length} == {"Rosa": timedelta(hours=3)}
    assert [each.sign_up.state for each in found["Ben"].helps] == ["waitlisted"]


def test_the_page_says_it_in_words(alice: FlaskClient) -> None:
    read = words(alice.get(LIST))

    assert "5 people" in read
    assert "Josh Granowski, 8:00 PM Waiting" in read
    assert "Front door, 7:00–9:30 PM Coming" in read
    assert "Front door, 7:00–9:30 PM On the waitlist" in read
    assert "3 hours" in read
    assert "No shift yet" in read
    assert "Write to those without a shift (1)" in read


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), ["Ben", "Josh Granowski", "Lucía Prado", "Rosa", "Sam"]),
        (Sought(words="lucia PRADO"), ["Lucía Prado"]),
        (Sought(words="646 555-0199"), ["Ben"]),
        (Sought(words="rosa@show"), ["Rosa"]),
        (Sought(words="nobody"), []),
        (Sought(does="performers"), ["Josh Granowski"]),
        (Sought(does="volunteers"), ["Ben", "Rosa"]),
        (Sought(does="crew"), ["Sam"]),
        (Sought(does="nothing"), ["Lucía Prado"]),
        (Sought(told="email"), ["Rosa"]),
        (Sought(told="nothing"), ["Josh Granowski", "Sam"]),
        (Sought(does="performers", told="text"), []),
    ],
)
def test_the_list_is_narrowed_by_words_part_and_way(night: ANight, sought: Sought, found: list[str]) -> None:
    with transaction():
        night.person("Ben").phone = "+16465550199"
        night.person("Josh Granowski").agreed_at = None
        rosa = night.person("Rosa")
        rosa.email, rosa.email_agreed_at, rosa.prefers = "rosa@show.example", MADE_AT, "email"
    stop_texts(night.person("Sam").phone or "", sender=SENDER, cause="STOP", now=night.at("12:00"))

    assert names(night, sought) == found


def test_numbers_are_neither_shown_nor_searched_for_a_viewer(night: ANight, client: FlaskClient) -> None:
    with transaction():
        night.person("Ben").phone = "+16465550199"
    vera = sign_in(client, a_coordinator("Vera", organisation=night.organisation, role="viewer"))

    page = vera.get(LIST)

    assert (page.status_code, "555-0199" in page.text, "people-list/" in page.text) == (200, False, False)
    assert names(night, Sought(words="646 555-0199"), sees_numbers=False) == []
    assert vera.get(f"{LIST}/{night.person('Ben').id}").status_code == 403


def test_many_people_stand_on_several_pages_in_the_same_number_of_queries(night: ANight, alice: FlaskClient) -> None:
    alice.get(LIST)
    with counted() as few:
        alice.get(LIST)
    for number in range(60):
        with transaction():
            volunteer = in_the_cast(night, f"Volunteer {number:02}")
            if number < 40:
                night.add_sign_up(night.shift("front-door-1"), volunteer)

    with counted() as many:
        alice.get(LIST)
    last = people_page(night.event, Sought(page=9), SENDER, night.at("12:00"), sees_numbers=True)

    assert len(many) == len(few)
    assert (last.found, last.page, last.pages, len(last.rows), last.without_shift) == (65, 2, 2, 15, 21)


def test_what_is_known_of_a_person_is_changed(night: ANight, alice: FlaskClient) -> None:
    ben = night.person("Ben")

    changed = typed(ben, name="Ben Adler", language="es", email="Ben@Show.example", notes=" Has a van. ")

    answer = alice.post(f"{LIST}/{ben.id}", data=changed)

    db.session.refresh(ben)
    assert (answer.status_code, answer.location) == (303, f"{LIST}/{ben.id}")
    assert (ben.name, ben.language, ben.email, ben.notes) == ("Ben Adler", "es", "ben@show.example", "Has a van.")
    assert ben.can_be_texted
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.subject, entry.by) == ("person.changed", f"person:{ben.id}", "Alice")
    assert [(told or {})["has_notes"] for told in (entry.before, entry.after)] == [False, True]
    assert "van" not in str(entry.after)
    assert "show.example" not in str(entry.after)


def test_another_number_or_address_has_not_agreed(night: ANight, alice: FlaskClient) -> None:
    ben = night.person("Ben")
    with transaction():
        ben.email, ben.email_agreed_at, ben.prefers = "ben@show.example", MADE_AT, "text"

    answer = alice.post(
        f"{LIST}/{ben.id}", data=typed(ben, phone="(212) 555-0188", email="new@show.example"), follow_redirects=True
    )

    db.session.refresh(ben)
    assert (ben.phone, ben.can_be_texted, ben.email, ben.can_be_mailed) == (
        "+12125550188",
        False,
        "new@show.example",
        False,
    )
    assert [each.channel for each in past_agreements([ben.id])] == [Channel.TEXT, Channel.EMAIL]
    assert "The agreement to texts was for the old number. Ask Ben again." in words(answer)
    assert "The agreement to emails was for the old address. Ask Ben again." in words(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"phone": "12"}, "12 is too short."),
        ({"email": "ben"}, "ben isn't an email address."),
        ({"name": " "}, "Enter a name."),
        ({"notes": "x" * 2001}, "That's too long"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(
    night: ANight, alice: FlaskClient, changed: dict[str, str], sentence: str
) -> None:
    ben = night.person("Ben")

    answer = alice.post(f"{LIST}/{ben.id}", data=typed(ben, language="es", **changed))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert '<option selected value="es">' in answer.text
    db.session.refresh(ben)
    assert (ben.name, ben.language, ben.notes) == ("Ben", "en", None)


def test_nobody_of_another_show_or_organization_is_opened(night: ANight, alice: FlaskClient) -> None:
    elsewhere = a_person("Charlie", organisation=an_organisation("Elsewhere"))
    stranger = a_person("Nobody Yet", organisation=night.organisation)

    answers = [alice.get(f"{LIST}/{each.id}").status_code for each in (elsewhere, stranger)]

    assert answers == [404, 404]


def test_a_text_goes_to_those_without_a_shift_alone(night: ANight, alice: FlaskClient) -> None:
    page = alice.post(
        "/coordinate/justice-in-motion/texts/write",
        data={"to": "without-shift", "body": "Dear {first_name}, the door needs you.", "preview": "1"},
    )

    read = words(page)
    assert "Dear Lucía, the door needs you." in read
    assert "Dear Ben" not in read


def test_notes_are_part_of_what_is_held_and_forgotten_with_the_person(night: ANight) -> None:
    ben, rosa = night.person("Ben"), night.person("Rosa")
    with transaction():
        ben.name, ben.notes, rosa.notes = "Ben Adler", "Has a van.", "Comes with Ben Adler."
    held = held_about(ben)["person"]["notes"]

    forget(ben, night.at("12:00") + minutes(1))

    db.session.refresh(rosa)
    assert (held, night.person("Forgotten").notes, rosa.notes) == ("Has a van.", None, "Comes with Forgotten.")
