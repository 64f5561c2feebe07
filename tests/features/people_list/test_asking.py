"""Pasted names never merge two people in silence: whoever pastes says whether someone is known already."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.features.people_list.pasting.lines import UnansweredLines
from coordinator.features.people_list.pasting.people import paste_people, preview_people
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, a_sign_up, a_slot, sign_in
from tests.queries import counted
from tests.reading import read_page, words

ALICE = Actor("Alice")
PAGE = "/coordinate/justice-in-motion/volunteers/import"
OTHER_NUMBER = "name,mobile,agreed\nAna Ruiz,2125550199,yes\nBo,2125550177,\n"


@pytest.fixture
def night(app: Flask) -> ANight:
    night = a_night([a_slot("Josh Granowski", "20:00")], shifts=[a_shift("Front door", "19:00", "21:00")])
    a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")
    return night


@pytest.fixture
def ana(night: ANight) -> Person:
    ana = night.person("Ana Ruiz")
    ana.phone = "+12125550103"
    db.session.commit()
    return ana


def paste(night: ANight, text: str, **chosen: str) -> None:
    """Paste it as Alice; ``line_2="new"`` answers for line 2."""
    said = {int(line.removeprefix("line_")): value for line, value in chosen.items()}
    paste_people(night.event, text, actor=ALICE, now=night.at("12:00"), chosen=said)


def known() -> list[tuple[str, str | None, bool]]:
    people = db.session.scalars(select(Person).where(Person.name != "Josh Granowski").order_by(Person.id))
    return [(person.name, person.phone, person.can_be_texted) for person in people]


def test_the_name_of_somebody_with_another_number_asks_and_nothing_is_added_before(night: ANight, ana: Person) -> None:
    line = preview_people(night.event, OTHER_NUMBER).lines[0]

    with pytest.raises(UnansweredLines):
        paste(night, OTHER_NUMBER)

    assert (line.does, [(choice.value, choice.words) for choice in line.choices]) == (
        "asks",
        [
            (f"person-{ana.id}", "Ana Ruiz, •••-0103, Front door: what we have stays"),
            (f"person-{ana.id}-moved", "Ana Ruiz, •••-0103, Front door: reached as in this line now"),
            ("new", "Another person"),
        ],
    )
    assert known() == [("Ana Ruiz", "+12125550103", True)]


def test_another_person_of_the_name_is_added_beside(night: ANight, ana: Person) -> None:
    paste(night, OTHER_NUMBER, line_2="new")

    assert known() == [
        ("Ana Ruiz", ana.phone, True),
        ("Ana Ruiz", "+12125550199", True),
        ("Bo", "+12125550177", False),
    ]
    assert [line.does for line in preview_people(night.event, OTHER_NUMBER).lines] == ["nothing", "nothing"]


def test_the_same_person_keeps_number_and_agreement(night: ANight, ana: Person) -> None:
    agreed_at = ana.agreed_at

    paste(night, OTHER_NUMBER, line_2=f"person-{ana.id}")

    assert known() == [("Ana Ruiz", "+12125550103", True), ("Bo", "+12125550177", False)]
    assert ana.agreed_at == agreed_at


def test_the_agreement_to_another_number_is_the_one_of_the_list(night: ANight, ana: Person) -> None:
    paste(night, OTHER_NUMBER, line_2=f"person-{ana.id}-moved")

    assert (ana.phone, ana.agreed_how, len(past_agreements([ana.id]))) == ("+12125550199", "told Alice", 1)


def test_without_an_agreement_in_the_list_another_number_has_none(night: ANight, ana: Person) -> None:
    paste(night, OTHER_NUMBER.replace("yes", "no"), line_2=f"person-{ana.id}-moved")

    assert (ana.phone, ana.can_be_texted) == ("+12125550199", False)


@pytest.mark.parametrize("answer", ["person-999", "line-7", "moved", ""])
def test_an_answer_that_was_not_offered_is_none(night: ANight, ana: Person, answer: str) -> None:
    with pytest.raises(UnansweredLines):
        paste(night, OTHER_NUMBER, line_2=answer)


@pytest.mark.parametrize(
    ("number", "line", "does"),
    [
        ("+12125550103", "Ana Ruiz,", "asks"),
        (None, "Ana Ruiz,2125550103", "asks"),
        (None, "Ana Ruiz,", "nothing"),
        ("+12125550103", "ana  ruiz,(212) 555-0103", "nothing"),
    ],
)
def test_only_the_same_number_or_no_number_on_either_side_is_the_same_person(
    night: ANight, ana: Person, number: str | None, line: str, does: str
) -> None:
    ana.phone = number
    db.session.commit()

    pasted = preview_people(night.event, f"name,mobile\n{line}\n")

    assert [each.does for each in pasted.lines] == [does]


def test_two_lines_of_one_name_ask_too(night: ANight) -> None:
    text = "name,mobile\nBo,2125550177\nBo,2125550178\n"
    line = preview_people(night.event, text).lines[1]

    paste(night, text, line_3="line-2")

    assert [choice.words for choice in line.choices] == ["Bo of line 2, •••-0177", "Another person"]
    assert [name for name, _, _ in known()] == ["Ana Ruiz", "Bo"]


def test_the_page_asks_keeps_what_was_answered_and_adds_all_of_it(
    night: ANight, ana: Person, client: FlaskClient
) -> None:
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    people = db.session.scalar(select(func.count(Person.id)))
    form = {"kind": "people", "text": OTHER_NUMBER}

    looked = alice.post(PAGE, data=form | {"do": "look"})
    unanswered = alice.post(PAGE, data=form | {"do": "all"})
    again = alice.post(PAGE, data=form | {"do": "look", "who-2": "new"})
    still = db.session.scalar(select(func.count(Person.id)))
    added = alice.post(PAGE, data=form | {"do": "all", "who-2": "new"})

    assert "Is this the same Ana Ruiz?" in words(looked)
    assert (unanswered.status_code, still) == (422, people)
    assert "Say for each line below whom it means. Nothing was added." in words(unanswered)
    radios = [
        each.attributes for each in read_page(again.text).every("input") if each.attributes.get("type") == "radio"
    ]
    assert [each["value"] for each in radios if each["name"] == "who-2" and "checked" in each] == ["new"]
    assert added.status_code == 303
    assert [name for name, _, _ in known()] == ["Ana Ruiz", "Alice", "Ana Ruiz", "Bo"]


def test_many_questions_are_asked_with_the_same_number_of_queries(night: ANight) -> None:
    counts = []
    for many in (2, 40):
        people = [a_person(f"P{number}", organisation=night.organisation) for number in range(many)]
        text = "name,mobile\n" + "".join(f"{each.name},31055501{20 + place}\n" for place, each in enumerate(people))
        with counted() as asked:
            pasted = preview_people(night.event, text)
        counts.append((len(asked), len(pasted.asking) >= many))

    assert counts[0][0] == counts[1][0]
    assert [all_ask for _, all_ask in counts] == [True, True]
