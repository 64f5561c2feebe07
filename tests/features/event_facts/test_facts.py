"""What a show is, where and for whom, as a coordinator changes it."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift, sign_in
from tests.night import doors_local
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/facts"
TYPED = {
    "title": "Songs for Justice",
    "date": "2026-12-04",
    "doors": "19:15",
    "venue_name": "Alder Street Hall",
    "venue_address": "214 Alder Street",
    "beneficiary": "Justice in Motion",
    "donation_suggested": "12.50",
    "donation_currency": "usd",
    "donation_goal": "1,240.50",
    "donation_url": "https://give.example/jim",
    "about": "They bring families together.",
    "notes": "Key at the bakery",
}


class Desk:
    """Alice in front of the page, at noon on the day of the show."""

    def __init__(self, client: FlaskClient, night: ANight) -> None:
        self.night = night
        self.alice = a_coordinator("Alice", organisation=night.organisation)
        self.client = client.application.test_client()

    def save(self, **changed: str) -> TestResponse:
        with time_machine.travel(self.night.at("12:00"), tick=False):
            return sign_in(self.client, self.alice).post(PAGE, data=TYPED | changed)

    def post(self, path: str, data: dict[str, str]) -> TestResponse:
        with time_machine.travel(self.night.at("12:00"), tick=False):
            return sign_in(self.client, self.alice).post(path, data=data)

    def look(self) -> TestResponse:
        with time_machine.travel(self.night.at("12:00"), tick=False):
            return sign_in(self.client, self.alice).get(PAGE)


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night()


@pytest.fixture
def desk(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night)


def kept() -> Event:
    return db.session.scalars(select(Event).execution_options(populate_existing=True)).one()


def test_what_is_typed_is_kept(desk: Desk) -> None:
    answer = desk.save(quiet="y", quiet_from="22:00", quiet_to="07:30")

    event = kept()
    assert answer.status_code == 303
    assert (event.title, event.venue_name, event.venue_address, event.beneficiary, event.notes) == (
        "Songs for Justice",
        "Alder Street Hall",
        "214 Alder Street",
        "Justice in Motion",
        "Key at the bakery",
    )
    assert (doors_local(event), event.days[0].doors_at) == ("2026-12-04T19:15", desk.night.at("19:15"))
    assert (event.donation_suggested, event.donation_currency) == (Decimal("12.50"), "USD")
    assert event.donation_goal == Decimal("1240.50")
    assert (event.donation_url, event.about) == ("https://give.example/jim", "They bring families together.")
    assert (event.quiet_from, event.quiet_to) == (time(22), time(7, 30))


def test_title_and_cause_can_be_given_in_spanish_too(desk: Desk) -> None:
    desk.save(title_es=" Canciones  por Justicia ", about_es="Unen a las familias.")
    page = desk.look()
    too_long = desk.save(title_es="x" * 201, about_es="Unen a las familias.")

    event = kept()
    assert (event.title_es, event.about_es) == ("Canciones por Justicia", "Unen a las familias.")
    assert 'value="Canciones por Justicia"' in page.text
    assert too_long.status_code == 422
    assert "Titles are limited to 200 characters." in words(too_long)
    assert "Unen a las familias." in too_long.text


def test_a_cause_that_is_given_in_spanish_alone_is_everybodys(desk: Desk) -> None:
    desk.save(about="", about_es="Unen a las familias.")

    assert (kept().about, kept().about_es) == ("Unen a las familias.", None)


def test_what_is_emptied_is_taken_away(desk: Desk) -> None:
    desk.save(**dict.fromkeys(("doors", "venue_name", "donation_suggested", "donation_currency", "about"), ""))

    event = kept()
    gone: tuple[Any, ...] = (
        event.days[0].doors_at,
        doors_local(event),
        event.venue_name,
        event.donation_suggested,
        event.about,
    )
    assert gone == (None,) * 5
    assert event.quiet_from is None


def test_the_day_of_a_show_stays(desk: Desk) -> None:
    desk.save(date="2026-12-05")

    assert kept().date == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Give the show a title."),
        ({"title": "x" * 201}, "Titles are limited to 200 characters."),
        ({"donation_suggested": "-1"}, "Enter an amount, like 10."),
        ({"donation_goal": "a lot"}, "Enter an amount, like 1,240.50."),
        ({"donation_goal": "1.240"}, "That could be 1,240.00 or 1.240. Write it like 1,240.50."),
        ({"donation_goal": "1.2345"}, "That has too many decimals. Write it like 1,240.50."),
        ({"donation_goal": "1,000,000,000"}, "Enter 99,999,999 at most."),
        ({"donation_currency": "dollars"}, "Use three letters, like USD."),
        ({"donation_url": "give"}, "Enter a full web address, like https://give.example."),
        ({"donation_url": "javascript:alert(1)"}, "Enter a full web address, like https://give.example."),
        ({"venue_name": "x" * 201}, "That's too long: 200 characters at most."),
        (
            {"quiet": "y", "quiet_from": "22:00", "quiet_to": "22:00"},
            "Enter a start and an end that are two different times.",
        ),
        ({"quiet": "y", "quiet_from": "22:00"}, "Enter a start and an end that are two different times."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(desk: Desk, changed: dict[str, str], sentence: str) -> None:
    answer = desk.save(**changed)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="214 Alder Street"' in answer.text
    assert kept().title == "Songs for Justice in Motion"


def test_doors_at_a_time_that_comes_twice_are_asked_about(client: FlaskClient) -> None:
    desk = Desk(client, a_night(on=date(2026, 10, 31), curfew=None))

    asked = desk.save(doors="01:30")
    answer = desk.save(doors="01:30", dst_fold="0")

    assert asked.status_code == 422
    assert "That time happens twice that night because the clocks go back. Choose the first or the second." in words(
        asked
    )
    assert (answer.status_code, doors_local(kept())) == (303, "2026-11-01T01:30")


def test_whoever_was_told_when_their_shift_begins_is_named_when_doors_move(client: FlaskClient) -> None:
    follows = {"follows_from": "doors", "follows_to": "set_start"}
    night = a_night(shifts=[a_shift("Front door", follows="Josh Granowski", people=("Dana Reyes",), **follows)])
    desk = Desk(client, night)
    a_message(
        night,
        night.person("Dana Reyes"),
        shift_id=night.shift("front-door-1").id,
        anchor="shift_start",
        says_at=night.at("19:30"),
        claimed_at=night.at("11:00"),
        state="delivered",
    )

    asked = desk.save(doors="19:45")
    before = doors_local(kept())
    desk.save(doors="19:45", sure="1")

    assert "Front door, 1 person was 7:30 now 7:45 PM 1 person gets a text Dana Reyes Dana, new time: " in words(asked)
    assert before == "2026-12-04T19:30"
    assert doors_local(kept()) == "2026-12-04T19:45"
    assert night.shift("front-door-1").starts_at == night.at("19:45")


def test_it_is_recorded_who_changed_what(desk: Desk) -> None:
    desk.save()

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.by, entry.what, entry.subject) == ("Alice", "event.changed", "justice-in-motion")
    assert (entry.before or {})["title"] == "Songs for Justice in Motion"
    assert (entry.after or {})["title"] == "Songs for Justice"


def test_owners_and_coordinators_of_the_house_may_and_nobody_else(client: FlaskClient, night: ANight) -> None:
    bob = a_coordinator("Bob", organisation=night.organisation, role="coordinator")
    people = {"bob": bob, "charlie": a_coordinator("Charlie")}
    doors = {name: sign_in(client.application.test_client(), whose) for name, whose in people.items()}
    doors["nobody"] = client.application.test_client()

    found = {name: (each.get(PAGE).status_code, each.post(PAGE, data={}).status_code) for name, each in doors.items()}

    assert found == {"bob": (200, 422), "charlie": (404, 404), "nobody": (303, 303)}


def test_a_show_gets_another_day_with_its_own_doors_and_loses_it_again(desk: Desk) -> None:
    days = f"{PAGE}/days"
    added = desk.post(days, {"day-on": "2026-12-05"})
    desk.save(**{"doors-20261205": "18:00"})
    doors = [day.doors_at for day in kept().days]
    twice = desk.post(days, {"day-on": "2026-12-05"})
    in_use = desk.post(f"{days}/2026-12-04/removal", {})
    removed = desk.post(f"{days}/2026-12-05/removal", {})
    nowhere = desk.post(f"{days}/2026-12-07/removal", {})

    assert (added.status_code, added.location) == (303, f"{PAGE}#days")
    assert doors == [desk.night.at("19:15"), desk.night.at("18:00+1")]
    assert twice.status_code == 422
    assert "The show already has that day." in words(twice)
    assert "Something is still planned on that day. Move or remove it first." in words(desk.look())
    assert [each.status_code for each in (in_use, removed, nowhere)] == [303, 303, 404]
    assert [on.isoformat() for on in kept().dates] == ["2026-12-04"]


def test_a_day_is_asked_for_that_was_left_out(desk: Desk) -> None:
    answer = desk.post(f"{PAGE}/days", {"day-on": ""})

    assert (answer.status_code, "Choose a day." in words(answer)) == (422, True)
