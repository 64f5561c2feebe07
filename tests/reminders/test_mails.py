"""Whoever gets emails is asked, reminded and told like everyone else, in words and a calendar entry for emails."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.people.models import Person
from coordinator.shifts.actions.planning import cancel_shift, edit_shift
from coordinator.shifts.actions.signing_up import take_shifts
from coordinator.shifts.models import SignUpSource
from tests.builders import MADE_AT, ANight, a_night, a_person, a_shift, a_slot
from tests.playing import Playing

SECONDS = timedelta(seconds=1)
DOOR = "front-door-1"


@pytest.fixture
def night(app: Flask) -> ANight:
    """A fortnight before the show; the one act is reached by email alone."""
    night = a_night(
        [a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10)],
        shifts=[a_shift("Front door", "17:30", "19:00", max=4, place="Main entrance")],
        venue_name="Alder Street Hall",
        quiet_from=None,
        quiet_to=None,
    )
    by_mail(night.person("Carlos Lumbi"))
    return night


def by_mail(person: Person) -> Person:
    with transaction():
        person.phone = person.agreed_at = None
        person.email, person.email_agreed_at = f"{person.id}@show.example", MADE_AT
    return person


def mails(playing: Playing) -> list[tuple[str, str, str | None]]:
    return [(text.letter.subject, text.body, text.letter.link) for text in playing.mail_line.texts if text.letter]


def entries(playing: Playing) -> list[dict[str, Any] | None]:
    letters = [text.letter for text in playing.mail_line.texts if text.letter]
    return [letter.calendar.as_json() if letter.calendar else None for letter in letters]


def test_an_act_is_asked_by_email_with_a_link_to_answer(night: ANight, playing: Playing) -> None:
    playing.until(night.at("20:30") - timedelta(days=6), every=timedelta(hours=1))

    assert playing.texts == []
    assert mails(playing) == [
        (
            "Can you play Songs for Justice in Motion at 8:30pm on Fri Dec 4, Alder…",
            "Carlos, can you play Songs for Justice in Motion at 8:30pm on Fri Dec 4, Alder Street Hall?",
            "answer",
        )
    ]
    assert entries(playing) == [None]


def test_a_volunteer_gets_the_shift_into_the_calendar_and_out_again(night: ANight, playing: Playing) -> None:
    ana = by_mail(a_person("Ana Ruiz", organisation=night.organisation))
    sign_up = take_shifts([night.shift(DOOR).id], [ana], now=playing.now, source=SignUpSource.LINK)[0]
    playing.until(playing.now + 60 * SECONDS, every=5 * SECONDS)
    cancel_shift(night.shift(DOOR), actor=Actor("Alice"), now=playing.now)
    playing.until(playing.now + 120 * SECONDS, every=5 * SECONDS)

    assert [subject for subject, _, _ in mails(playing)] == [
        "You're on: Front door 5:30pm, Fri Dec 4, Main entrance, Alder Street Hall",
        "Your shift is canceled: Front door at 5:30pm on Fri Dec 4",
    ]
    entry = {
        "key": f"sign-up-{sign_up.id}",
        "title": "Front door, Songs for Justice in Motion",
        "starts_at": night.at("17:30").isoformat(),
        "ends_at": night.at("19:00").isoformat(),
        "place": "Main entrance, Alder Street Hall",
        "off": False,
    }
    assert entries(playing) == [entry, entry | {"off": True}]


def test_a_volunteer_by_email_is_told_once_what_has_changed_and_the_calendar_follows(
    night: ANight, playing: Playing
) -> None:
    ana = by_mail(a_person("Ana Ruiz", organisation=night.organisation))
    take_shifts([night.shift(DOOR).id], [ana], now=playing.now, source=SignUpSource.LINK)
    playing.until(playing.now + 60 * SECONDS, every=5 * SECONDS)
    edit_shift(night.shift(DOOR), actor=Actor("Alice"), now=playing.now, place="Side door", ends_at=night.at("20:00"))
    playing.until(playing.now + 300 * SECONDS, every=5 * SECONDS)

    told = [body for _, body, _ in mails(playing)][1:]
    assert told == [
        "Ana, Front door on Fri Dec 4 has changed: now 5:30-8pm, was 5:30-7pm; place now Side door, was Main entrance."
    ]
    entry = entries(playing)[1]
    assert entry is not None
    assert (entry["ends_at"], entry["place"]) == (night.at("20:00").isoformat(), "Side door, Alder Street Hall")
