"""People: their numbers, their consent, their links, and forgetting them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from coordinator.people.actions.consent import agree_to_texts, take_back_agreement
from coordinator.people.actions.persons import NoName, add_person, edit_person, forget_person
from coordinator.people.actions.phones import Landline, NotAPhone, notices_about, parse_phone
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements, people_with_phone, person_by_link, was_a_link
from tests.builders import a_person, an_organisation
from tests.links import LINKS, new_link, token_of


@pytest.mark.parametrize(
    "text",
    ["+12125550101", "(212) 555-0101", "212.555.0101", "1 212 555 0101", " 212 555 0101 ", "tel: 212 555 0101"],
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert parse_phone(text) == "+12125550101"


@pytest.mark.parametrize("last", range(100, 200))
def test_every_number_kept_for_fiction_is_a_number(last: int) -> None:
    assert parse_phone(f"(917) 555-0{last}") == f"+19175550{last}"


def test_a_number_is_read_as_its_country_writes_it() -> None:
    assert parse_phone("07700 900123", region="GB") == "+447700900123"


HOW = "Write it like (212) 555-0101 or +44 7700 900123."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Enter a phone number, like (212) 555-0101 or +44 7700 900123."),
        ("ask Josh", f"ask Josh isn't a phone number. {HOW}"),
        ("911", f"911 is too short. {HOW}"),
        ("212 555 0101 0101", f"212 555 0101 0101 is too long. {HOW}"),
        ("555-0101", "555-0101 is missing its area code. Write it like (212) 555-0101."),
        ("112 555 0101", f"112 555 0101 isn't a phone number. {HOW}"),
        ("212 155 0101", f"212 155 0101 isn't a phone number. {HOW}"),
        ("+999 1234567", ("+999 1234567 is missing its country code. Write it like +1 212 555 0101.")),
        ("212 555 0101 ext. 5", ("212 555 0101 ext. 5 has an extension, and texts can't reach extensions.")),
    ],
)
def test_what_is_no_phone_is_refused_with_what_would_be_right(text: str, sentence: str) -> None:
    with pytest.raises(NotAPhone) as refused:
        parse_phone(text)

    assert str(refused.value) == sentence


def test_a_sure_landline_is_noticed_and_a_us_number_never_is() -> None:
    notices = notices_about("+442079460018")

    assert notices == [Landline("+442079460018")]
    assert notices[0].message == "+442079460018 is a landline, so it may not get texts."
    assert notices_about("+12125550101") == []


def test_somebody_new_has_not_agreed_to_texts(app: Flask, now: datetime) -> None:
    organisation = an_organisation()

    person = add_person(organisation_id=organisation.id, name=" Ana \x00 Ruiz\n", phone="+12125550101", now=now)

    assert (person.name, person.phone, person.language, person.created_at) == ("Ana Ruiz", "+12125550101", "en", now)
    assert not person.can_be_texted


@pytest.mark.parametrize(
    ("name", "sentence"), [(" \x00 ", "Enter a name."), ("a" * 201, "Names are limited to 200 characters.")]
)
def test_a_person_needs_a_name(app: Flask, now: datetime, name: str, sentence: str) -> None:
    organisation = an_organisation()

    with pytest.raises(NoName) as refused:
        add_person(organisation_id=organisation.id, name=name, phone=None, now=now)

    assert str(refused.value) == sentence


def test_trouble_with_the_old_number_ends_with_a_new_one(app: Flask, now: datetime) -> None:
    person = a_person("Ana", phone="+12125550101", phone_trouble="landline", phone_trouble_at=now)

    edit_person(person, name="Ana Ruiz", phone="+12125550102", language="es", stays_on_list=True)

    assert (person.name, person.phone, person.language, person.stays_on_list) == (
        "Ana Ruiz",
        "+12125550102",
        "es",
        True,
    )
    assert (person.phone_trouble, person.phone_trouble_at) == (None, None)


def test_the_same_number_again_keeps_its_trouble(app: Flask, now: datetime) -> None:
    person = a_person("Ana", phone="+12125550101", phone_trouble="landline", phone_trouble_at=now)

    edit_person(person, phone="+12125550101")

    assert (person.phone_trouble, person.phone_trouble_at) == ("landline", now)


def test_an_agreement_that_is_taken_back_or_replaced_is_kept_as_proof(app: Flask, now: datetime) -> None:
    person = a_person(agreed=False)
    agree_to_texts(person, "form", "Text me.", now)
    agree_to_texts(person, "paper", None, now + timedelta(days=1))
    take_back_agreement(person, now + timedelta(days=2))
    take_back_agreement(person, now + timedelta(days=3))

    past = [(each.agreed_at, each.agreed_how, each.agreed_words) for each in past_agreements([person.id])]

    assert person.agreed_at is None
    assert past == [(now, "form", "Text me."), (now + timedelta(days=1), "paper", None)]


def test_agreeing_keeps_when_how_and_the_words(app: Flask, now: datetime) -> None:
    person = a_person(agreed=False)

    agree_to_texts(person, "form", "Text me about this show.", now)

    assert (person.agreed_at, person.agreed_how, person.agreed_words) == (now, "form", "Text me about this show.")
    assert person.can_be_texted


def test_a_personal_link_opens_its_own_page_and_no_other(app: Flask) -> None:
    ana, ben = a_person("Ana"), a_person("Ben")

    anas, bens = token_of(ana), token_of(ben)

    assert [person_by_link(LINKS, token) for token in (anas, bens)] == [ana, ben]
    assert [person_by_link(LINKS, token) for token in (anas.swapcase(), anas[0] + bens[1:], "", "x")] == [None] * 4
    assert person_by_link(replace(LINKS, secret="of another installation"), anas) is None


def test_a_link_that_was_replaced_opens_nothing_and_the_next_one_is_another(app: Flask, now: datetime) -> None:
    person = a_person()
    link = token_of(person)

    new_link(person, now)

    assert [person_by_link(LINKS, token) for token in (link, token_of(person))] == [None, person]
    assert [was_a_link(LINKS, token) for token in (link, token_of(person), "nobody-has-this-one-ever")] == [
        True,
        False,
        False,
    ]


def test_forgetting_leaves_that_somebody_was_there(app: Flask, now: datetime) -> None:
    person = a_person("Ana", phone="+12125550101", stays_on_list=True, agreed_how="form", agreed_words="Text me.")
    token = token_of(person)

    forget_person(person, now)

    assert _what_is_known(person) == ["Forgotten", None, None, None, None, None, None, False]
    assert (person.forgotten_at, person_by_link(LINKS, token)) == (now, None)
    assert people_with_phone("+12125550101") == []


def test_two_people_may_share_a_phone(app: Flask) -> None:
    ours, theirs = an_organisation("Ours"), an_organisation("Theirs")
    ana = a_person("Ana", organisation=ours, phone="+12125550101")
    ben = a_person("Ben", organisation=ours, phone="+12125550101")
    charlie = a_person("Charlie", organisation=theirs, phone="+12125550101")

    assert people_with_phone("+12125550101") == [ana, ben, charlie]
    assert people_with_phone("+12125550101", ours.id) == [ana, ben]


def _what_is_known(person: Person) -> list[object]:
    said = [person.agreed_at, person.agreed_how, person.agreed_words, person.phone_trouble, person.phone_trouble_at]
    return [person.name, person.phone, *said, person.stays_on_list]
