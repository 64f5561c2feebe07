"""Planned texts that leave together stand as one line, which opens to who gets which words."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from coordinator.features.texts.queries.recipients import contacts_of
from coordinator.features.texts.together import departures
from coordinator.messaging.models import UNSENT, Direction
from coordinator.messaging.queries.texts import MessageFilter, texts_of
from tests.builders import a_coordinator, a_message, a_night, a_person, a_shift, a_slot, sign_in
from tests.features.texts.writing import TEXTS
from tests.night import ANight
from tests.queries import counted
from tests.reading import words

PLANNED = MessageFilter(UNSENT, Direction.OUT)


def a_crew(number: int = 2) -> ANight:
    """A night whose changeover crew of so many is told before Carlos's changeover, seconds apart."""
    night = a_night([a_slot("Carlos Lumbi", "20:50")], shifts=[a_shift(starts="19:00", ends="23:00", people=("Rosa",))])
    about: dict[str, Any] = {"slot_id": night.slot("Carlos Lumbi").id, "rule": "changeover", "state": "waiting"}
    for place in range(number):
        person = a_person(f"Crew {place}", organisation=night.organisation)
        due_at = night.at("20:30") + timedelta(seconds=place % 60)
        a_message(night, person, body=f"Carlos is next, {place}.", due_at=due_at, **about)
    return night


def lines(night: ANight, offset: int = 0, limit: int = 100) -> list[tuple[int, int, str | None]]:
    """Of each line: how many texts it shows, how many leave together, and what they are about."""
    texts = texts_of(night.event.id, PLANNED, soonest_first=True, offset=offset, limit=limit)
    found = departures(contacts_of(night.event, night.at("12:00")), texts, PLANNED)
    return [(len(each.texts), each.number, each.about) for each in found]


def test_what_leaves_together_is_one_line_that_opens_to_who_and_the_words(app: Flask, client: FlaskClient) -> None:
    night = a_crew()
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get(TEXTS)

    read = words(page)
    assert "Changeover , Carlos Lumbi, 8:50 PM 2 people" in read
    assert "Crew 0 Carlos is next, 0." in read
    assert "Crew 1 Carlos is next, 1." in read


def test_texts_about_something_else_or_in_another_minute_stand_alone(app: Flask) -> None:
    night = a_crew()
    rosa = night.person("Rosa")
    a_message(
        night,
        rosa,
        rule="shift-hour",
        state="waiting",
        due_at=night.at("20:30"),
        shift_id=night.shift("front-door-1").id,
    )
    a_message(night, rosa, rule="changeover", state="waiting", due_at=night.at("20:30"))
    a_message(
        night, rosa, rule="changeover", state="waiting", due_at=night.at("20:31"), slot_id=night.slot("Carlos Lumbi").id
    )

    found = lines(night)

    assert sorted(found, key=str) == [
        (1, 1, "Carlos Lumbi"),
        (1, 1, "Front door"),
        (1, 1, None),
        (2, 2, "Carlos Lumbi"),
    ]


def test_a_line_that_goes_on_on_the_next_page_counts_everybody(app: Flask) -> None:
    night = a_crew(5)

    pages = [lines(night, 0, 3), lines(night, 3, 3)]

    assert pages == [[(3, 5, "Carlos Lumbi")], [(2, 5, "Carlos Lumbi")]]


def test_lines_ask_the_same_number_of_questions_for_few_and_for_many(app: Flask) -> None:
    night = a_crew(3)
    with counted() as few:
        lines(night)
    for place in range(20):
        a_message(night, night.person("Rosa"), state="waiting", due_at=night.at("21:00") + timedelta(minutes=place))

    with counted() as many:
        lines(night)

    assert len(many) <= len(few) + 1  # the last minute is another one than the first
