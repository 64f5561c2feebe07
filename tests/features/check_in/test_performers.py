"""Performers at the door and at the kiosk: by the same code, the same rule and in the same words as volunteers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.lineup.actions.answers import answer_slot
from coordinator.messaging.queries.doors import door_counts
from coordinator.people.actions.persons import edit_person
from coordinator.web import known
from tests.builders import ANight, a_night, a_shift, a_slot
from tests.features.check_in.test_door import HERE, Phone
from tests.features.check_in.test_kiosk import Tablet, ways
from tests.features.show_night.pressing import SAM
from tests.reading import words


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    """Josh plays at 20:00 and again at 22:00, called an hour before; Dana is at the door from 19:15."""
    night = a_night(
        [
            a_slot("Josh", "20:00", minutes=20, answer="confirmed"),
            a_slot("Carlos", "20:30", answer="confirmed"),
            a_slot("Josh again", "22:00", people=("Josh",), answer="confirmed"),
        ],
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))],
    )
    for name, phone in (("Josh", "+12125550111"), ("Carlos", "+12125550122"), ("Dana Door", "+12125550133")):
        edit_person(night.person(name), phone=phone)
    return night


@pytest.fixture
def phone(client: FlaskClient, night: ANight) -> Phone:
    return Phone(client, night)


@pytest.fixture
def tablet(app: Flask, night: ANight) -> Tablet:
    return Tablet(app, night)


def recorded() -> list[tuple[str, str]]:
    found = select(AuditEntry.what, AuditEntry.via).where(AuditEntry.what.like("slot.said%")).order_by(AuditEntry.id)
    return [(what, via) for what, via in db.session.execute(found)]


def knows(phone: Phone, name: str) -> None:
    """This browser has opened the person's own page before."""
    with phone.client.application.test_request_context():
        response = phone.client.application.make_response("")
        known.remember(response, phone.night.person(name))
    phone.client.set_cookie("known", response.headers["Set-Cookie"].split("=", 1)[1].split(";")[0], path="/e/")


def test_a_performer_scans_says_who_they_are_and_is_here_for_their_next_set(phone: Phone, night: ANight) -> None:
    josh = night.slot("Josh")
    phone.scan("18:30")
    phone.post("who", "18:30", name="josh", digits="0111")
    shown = words(phone.get(HERE, "18:31"))
    phone.post(f"sets/{josh.id}", "18:31")
    said = words(phone.get(HERE, "18:32"))
    db.session.refresh(josh)
    here_at = josh.said_here_at
    phone.post(f"sets/{josh.id}", "18:33", undo="1")
    db.session.refresh(josh)

    assert "Hi Josh" in shown
    assert "Josh 8:00–8:20 PM, Main stage I'm here" in shown
    assert "You're checked in: Josh at 8:00 PM." in said
    assert (here_at, josh.said_here_at, night.slot("Josh again").said_here_at) == (night.at("18:31"), None, None)
    assert recorded() == [("slot.said_here", "door"), ("slot.said_not_here", "door")]


def test_it_opens_an_hour_before_call_time_and_too_early_says_when(phone: Phone, night: ANight) -> None:
    josh = night.slot("Josh")
    knows(phone, "Josh")
    phone.scan("17:59")
    early = words(phone.get(HERE, "17:59"))
    refused = phone.post(f"sets/{josh.id}", "17:59").status_code
    phone.scan("18:00")
    let_in = phone.post(f"sets/{josh.id}", "18:00").status_code

    assert "You're early: check-in opens for you at 6:00 PM on Fri, Dec 4." in early
    assert (refused, let_in) == (404, 303)


def test_nobody_is_here_for_another_ones_set_or_one_after_the_next(phone: Phone, night: ANight) -> None:
    knows(phone, "Josh")
    phone.scan("20:10")

    statuses = [
        phone.post(f"sets/{night.slot(name).id}", wall).status_code
        for name, wall in (("Carlos", "20:10"), ("Josh again", "20:10"))
    ]
    phone.scan("21:00")
    after = phone.post(f"sets/{night.slot('Josh again').id}", "21:00").status_code

    assert (statuses, after) == ([404, 404], 303)


@pytest.mark.parametrize("what", ["declined", "cancelled"])
def test_whoever_does_not_play_is_not_expected(phone: Phone, night: ANight, what: str) -> None:
    carlos = night.slot("Carlos")
    if what == "declined":
        answer_slot(carlos, "declined", actor=SAM, now=night.at("12:00"))
    else:
        carlos.cancelled_at = night.at("12:00")
        db.session.commit()
    phone.scan("19:00")

    assert phone.post("who", "19:00", name="Carlos", digits="0122").status_code == 422


def test_a_code_on_paper_lets_in_whoever_the_browser_knows_and_nobody_else(phone: Phone, night: ANight) -> None:
    josh = night.slot("Josh")
    unknown = words(phone.get(HERE, "18:30"))
    knows(phone, "Josh")
    shown = words(phone.get(HERE, "18:30"))
    said = phone.post(f"sets/{josh.id}", "18:30").status_code
    somebody_else = phone.post("somebody-else", "18:30").status_code

    assert "Or check in on your own page" in unknown
    assert "Josh 8:00–8:20 PM, Main stage I'm here" in shown
    assert "I'm not Josh" not in shown
    assert (said, somebody_else) == (303, 403)
    assert recorded() == [("slot.said_here", "link")]


def test_four_digits_and_one_press_at_the_kiosk(tablet: Tablet, night: ANight) -> None:
    shown = tablet.press("18:30", digits="0111")
    done = tablet.press("18:31", mark=ways(shown, "mark")["Here"])
    here_at = night.slot("Josh").said_here_at
    tablet.press("18:32", mark=ways(done, "mark")["That wasn't me"])
    db.session.expire_all()

    assert "Hi Josh Josh, Main stage 8:00–8:20 PM Here" in words(shown)
    assert "Thank you, Josh You're checked in: Josh at 8:00 PM, Main stage." in words(done)
    assert (here_at, night.slot("Josh").said_here_at) == (night.at("18:31"), None)
    assert recorded() == [("slot.said_here", "kiosk"), ("slot.said_not_here", "kiosk")]


def test_the_kiosk_says_when_it_opens_to_performers_and_volunteers_and_counts_no_wrong_try(
    tablet: Tablet, night: ANight
) -> None:
    josh, dana = (tablet.press("17:59", digits=digits) for digits in ("0111", "0133"))

    assert (josh.status_code, dana.status_code) == (422, 422)
    assert "Check-in opens at 6:00 PM on Friday, December 4." in words(josh)
    assert "Check-in opens at 6:15 PM on Friday, December 4." in words(dana)
    assert dict(door_counts(night.organisation.id, night.at("17:59"))) == {}


def test_somebody_who_plays_and_helps_finds_both(phone: Phone, night: ANight) -> None:
    night.add_sign_up(night.shift("front-door-1"), night.person("Josh"))
    db.session.commit()
    knows(phone, "Josh")
    phone.scan("19:00")

    shown = words(phone.get(HERE, "19:00"))

    assert "Front door 7:15–8:45 PM I'm here" in shown
    assert "Josh 8:00–8:20 PM, Main stage I'm here" in shown
