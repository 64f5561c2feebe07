"""A tablet by the door: it knows no account, lists nobody, and lets a thumb say that its owner is here."""

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.messaging.queries.doors import door_counts
from coordinator.people.actions.persons import edit_person
from coordinator.shifts.models import Kiosk, Mark, SignUp
from tests.builders import ANight, a_coordinator, a_night, a_shift, sign_in
from tests.reading import words

KIOSKS = "/coordinate/justice-in-motion/kiosk"


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    people = ("Dana Door", "Dana Hill", "José Bell", "Zoe Last")
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=people, place="Street side")])
    ends = ("+13105550111", "+14155550111", "+15035550111", "+13105550122")
    for name, phone in zip(people, ends, strict=True):
        edit_person(night.person(name), phone=phone)
    for last, name in enumerate(("Josh Granowski", "Carlos Lumbi", "The Poor Nobodys"), 31):  # found by digits as well
        edit_person(night.person(name), phone=f"+131055501{last}")
    return night


class Tablet:
    """A browser with nobody signed in, on the address that Alice opened."""

    def __init__(self, app: Flask, night: ANight) -> None:
        self.app, self.night, self.client = app, night, app.test_client()
        self.alice = sign_in(app.test_client(), a_coordinator("Alice", organisation=night.organisation))
        with time_machine.travel(night.at("18:00"), tick=False):
            self.alice.post(KIOSKS)
            page = self.alice.get(KIOSKS)
        found = re.search(r'href="[^"]*(/e/justice-in-motion/kiosk/[^"]+)"', page.text)
        assert found is not None
        self.path = found[1]

    def look(self, wall: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(self.path)

    def by_alice(self, path: str) -> TestResponse:
        with time_machine.travel(self.night.at("18:30"), tick=False):
            return self.alice.post(path)

    def press(self, wall: str, **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(self.path, data=fields)


@pytest.fixture
def tablet(app: Flask, night: ANight) -> Tablet:
    return Tablet(app, night)


def ways(response: TestResponse, name: str) -> dict[str, str]:
    """What each button of this name carries, by its words."""
    found = re.findall(rf'<button[^>]* name="{name}" value="([^"]+)"[^>]*>(.*?)</button>', response.text)
    return {re.sub(r"<[^>]+>", "", inside).strip(): value for value, inside in found}


def marks() -> list[tuple[str, str, str]]:
    return [(each.mark, each.via, each.by) for each in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_four_digits_and_one_press_say_that_somebody_is_here(tablet: Tablet, night: ANight) -> None:
    start = tablet.look("19:00")
    shown = tablet.press("19:00", digits="0122")
    before = marks()
    done = tablet.press("19:01", mark=ways(shown, "mark")["Here"])

    assert "Last 4 digits of your mobile number" in words(start)
    assert "Hi Zoe Front door, Street side 7:15–8:45 PM Here" in words(shown)
    assert before == []
    assert "Thank you, Zoe You're checked in: Front door at 7:15 PM, Street side." in words(done)
    assert marks() == [("here", "kiosk", "Zoe Last")]
    assert 'http-equiv="refresh" content="6; url=/e/justice-in-motion/kiosk/' in done.text
    assert "You're already checked in." in words(tablet.press("19:02", digits="0122"))


def test_of_several_with_the_same_digits_one_is_chosen_by_first_name(tablet: Tablet) -> None:
    asked = tablet.press("19:00", digits=" 01 11")
    chosen = ways(asked, "who")
    shown = tablet.press("19:00", who=chosen["Dana H."])
    tablet.press("19:00", mark=ways(shown, "mark")["Here"])

    assert sorted(chosen) == ["Dana D.", "Dana H.", "José"]
    assert "555" not in words(asked)
    assert "Zoe" not in asked.text
    assert marks() == [("here", "kiosk", "Dana Hill")]


def test_a_page_pressed_twice_marks_once_and_that_was_not_me_takes_it_back(tablet: Tablet) -> None:
    here = ways(tablet.press("19:00", digits="0122"), "mark")["Here"]
    tablet.press("19:01", mark=here)
    done = tablet.press("19:01", mark=here)

    tablet.press("19:02", mark=ways(done, "mark")["That wasn't me"])

    assert [mark for mark, _, _ in marks()] == ["here", "not_here"]
    assert db.session.scalars(select(SignUp.state).where(SignUp.person.has(name="Zoe Last"))).one() == "confirmed"


@pytest.mark.parametrize("digits", ["", "0000", "122", "00122", "%%%%", "____", "٠١٢٢", "abcd"])
def test_digits_of_nobody_who_is_expected_now_find_nobody(tablet: Tablet, digits: str) -> None:
    answer = tablet.press("19:00", digits=digits)

    assert answer.status_code == 422
    assert "Nobody with these 4 digits is expected within the hour." in words(answer)


def test_nobody_is_found_before_it_is_time_or_after_the_end(tablet: Tablet) -> None:
    statuses = [tablet.press(wall, digits="0122").status_code for wall in ("18:14", "18:15", "20:44", "20:45")]

    assert statuses == [422, 200, 200, 422]


def test_twenty_wrong_tries_are_enough(tablet: Tablet) -> None:
    for number in range(20):
        tablet.press("19:00", digits=f"90{number:02}")

    refused = tablet.press("19:01", digits="0122")

    assert refused.status_code == 429
    assert "Too many tries." in words(refused)
    assert tablet.press("19:16", digits="0122").status_code == 200


def test_a_step_that_was_left_lying_begins_anew(tablet: Tablet) -> None:
    here = ways(tablet.press("19:00", digits="0122"), "mark")["Here"]

    late = tablet.press("19:02", mark=here)
    made_up = tablet.press("19:02", mark="made-up")
    forged = tablet.press("19:02", who=here)

    assert [answer.status_code for answer in (late, made_up, forged)] == [422] * 3
    assert "That took a while. Please start again." in words(late)
    assert marks() == []


def test_it_works_until_the_shows_day_is_over_or_it_is_closed(tablet: Tablet, app: Flask, night: ANight) -> None:
    by_night = [tablet.look(wall).status_code for wall in ("18:00", "04:59+1", "05:00+1")]
    kiosk = db.session.scalars(select(Kiosk)).one()
    charlie = sign_in(app.test_client(), a_coordinator("Charlie"))
    refused = [each.post(f"{KIOSKS}/{kiosk.id}/close").status_code for each in (charlie, app.test_client())]
    still = tablet.look("19:00").status_code
    closed = tablet.by_alice(f"{KIOSKS}/{kiosk.id}/close").status_code

    assert by_night == [200, 200, 410]
    assert (refused, still, closed) == ([404, 303], 200, 303)
    assert (tablet.look("19:00").status_code, tablet.press("19:00", digits="0122").status_code) == (410, 410)
    recorded = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert recorded == ["kiosk.opened", "kiosk.closed"]


def test_the_key_of_one_show_opens_no_kiosk_of_another(tablet: Tablet, night: ANight) -> None:
    a_night(organisation=night.organisation, slug="other")

    assert tablet.client.get(tablet.path.replace("justice-in-motion", "other")).status_code == 410


def test_only_the_house_opens_a_kiosk(app: Flask, night: ANight) -> None:
    bob = sign_in(app.test_client(), a_coordinator("Bob", organisation=night.organisation, role="coordinator"))
    charlie = sign_in(app.test_client(), a_coordinator("Charlie"))

    looked = [each.get(KIOSKS).status_code for each in (bob, charlie, app.test_client())]
    opened = [each.post(KIOSKS).status_code for each in (bob, charlie, app.test_client())]

    assert (looked, opened) == ([200, 404, 303], [303, 404, 303])
    assert len(db.session.scalars(select(Kiosk)).all()) == 1


def test_the_device_that_becomes_a_kiosk_has_nobody_signed_in(tablet: Tablet) -> None:
    kiosk = db.session.scalars(select(Kiosk)).one()

    answer = tablet.by_alice(f"{KIOSKS}/{kiosk.id}/this-device")

    assert answer.location == tablet.path
    assert tablet.by_alice(KIOSKS).location.startswith("/sign-in")


def test_a_kiosk_is_not_opened_for_a_day_that_is_over(tablet: Tablet, night: ANight) -> None:
    with time_machine.travel(night.at("05:00+1"), tick=False):
        sign_in(tablet.alice, a_coordinator("Bob", organisation=night.organisation)).post(KIOSKS)

    assert len(db.session.scalars(select(Kiosk)).all()) == 1


def test_its_address_is_told_to_nobody_and_its_pages_are_kept_nowhere(tablet: Tablet) -> None:
    headers = tablet.look("19:00").headers

    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_every_try_is_counted_with_what_came_of_it_and_shown_to_the_owners(tablet: Tablet, night: ANight) -> None:
    tries = ["0122", "0111", *["0199"] * 22]  # one person, several with the same digits, nobody

    statuses = [tablet.press("19:00", digits=digits).status_code for digits in tries]

    assert statuses == [200, 200, *[422] * 20, 429, 429]
    assert dict(door_counts(night.organisation.id, night.at("19:00"))) == {
        ("kiosk", "right"): 2,
        ("kiosk", "wrong"): 20,
        ("kiosk", "too_often"): 2,
    }
    with time_machine.travel(night.at("19:30"), tick=False):
        shown = words(tablet.alice.get("/coordinate/organisation/doors"))
    for line in ("Found by number 2 2", "Nobody found: wrong number 20 20", "Refused: too many wrong tries 2 2"):
        assert line in shown


def test_the_steps_after_the_digits_count_as_no_try(tablet: Tablet, night: ANight) -> None:
    one = ways(tablet.press("19:00", digits="0111"), "who")
    mark = ways(tablet.press("19:00", who=one["José"]), "mark")

    tablet.press("19:00", mark=next(iter(mark.values())))
    tablet.press("19:00", who="what nobody signed")

    assert dict(door_counts(night.organisation.id, night.at("19:00"))) == {("kiosk", "right"): 1}
