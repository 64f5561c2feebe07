"""Once the show is over: hours, sums, thanks, letters, who did not come, and the sheets that are printed."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import segments
from coordinator.db import db, transaction
from coordinator.features.afterwards.queries import volunteer_hours_of
from coordinator.messaging.models import Message
from coordinator.money.actions import Money, count_money
from coordinator.money.models import MoneyKind
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Person
from coordinator.shifts.models import SignUp, VolunteerPolicy
from coordinator.spoken import phone
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_sign_up, minutes, sign_in
from tests.queries import counted
from tests.reading import words


class Desk:
    """A coordinator at the pages of one show, the morning after it."""

    def __init__(self, client: FlaskClient, night: ANight) -> None:
        self.client, self.night = client, night
        sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    def look(self, path: str, wall: str = "10:00+1") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(f"/coordinate/{self.night.event.slug}/{path}")

    def press(self, path: str, wall: str = "10:00+1", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"/coordinate/{self.night.event.slug}/{path}", data=fields)


def a_worked_night() -> ANight:
    """Dana was at the door and late for tea, Bo did not come, of Mia nobody has said."""
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", max=3, people=("Dana Door", "Bo")),
            a_shift("Tea", "20:45", "21:45", max=2, people=("Dana Door", "Mia")),
            a_shift("Clear up", "22:15", "23:15", people=("Dana Door",)),
        ],
        beneficiary="Justice in Motion",
    )
    said = {
        ("front-door-1", "Dana Door"): "done",
        ("front-door-1", "Bo"): "no_show",
        ("tea-2", "Dana Door"): "checked_in",
    }
    with transaction():
        for (key, name), state in said.items():
            sign_up_of(night, key, name).state = state
        sign_up_of(night, "tea-2", "Dana Door").here_at = night.at("21:15")
    return night


def sign_up_of(night: ANight, key: str, name: str) -> SignUp:
    return next(each for each in night.shift(key).sign_ups if each.person.name == name)


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_worked_night()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night)


def thanks() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.rule == "thanks").order_by(Message.id)))


def test_hours_are_those_of_the_shifts_people_were_there_for(night: ANight) -> None:
    after = volunteer_hours_of(night.event, night.at("23:15"))

    assert {each.person.name: each.length for each in after.people} == {
        "Bo": minutes(0),
        "Dana Door": minutes(120),
        "Mia": minutes(0),
    }
    assert (after.length, after.value) == (minutes(120), None)
    assert [worked.sign_up.person.name for worked in after.unsaid] == ["Dana Door", "Mia"]
    assert [worked.sign_up.person.name for worked in after.missed] == ["Bo"]


def test_a_shift_that_is_not_over_is_nobodys_hours(night: ANight) -> None:
    on = volunteer_hours_of(night.event, night.at("20:44"))
    over = volunteer_hours_of(night.event, night.at("20:45"))

    assert (on.people, on.ends_at) == ([], night.at("23:15"))
    assert [each.person.name for each in over.people] == ["Bo", "Dana Door"]
    assert {each.name for each in db.session.scalars(select(Person).where(Person.id.in_(over.still_on)))} == {
        "Dana Door",
        "Mia",
    }


def test_until_the_last_shift_is_over_the_pages_say_so_and_nobody_still_on_is_thanked(
    alice: Desk, night: ANight
) -> None:
    during = words(alice.look("after/thanks", "22:00"))
    after = words(alice.look("after/thanks", "23:15"))

    says = "Shifts count once they're over; the last one ends at 11:15 PM on Fri, Dec 4."
    assert (says in during, says in words(alice.look("after", "22:00")), says in after) == (True, True, False)
    assert "Dana Door : still has a shift to come" in during
    assert "still has a shift to come" not in after


def test_a_no_show_that_is_excused_on_the_hours_page_is_no_longer_counted(alice: Desk, night: ANight) -> None:
    bo = sign_up_of(night, "front-door-1", "Bo")

    excused = alice.press(f"after/no-shows/{bo.id}/excused", back="hours")
    page = words(alice.look("after"))
    lines = list(csv.reader(io.StringIO(alice.look("after/hours.csv").text.lstrip("\ufeff"))))
    alice.press(f"after/no-shows/{bo.id}/excused", back="hours", undo="1")

    assert excused.location.endswith(f"/after#person-{bo.person_id}")
    assert "0 shifts were missed" in page
    assert "7:15–8:45 PM Excused" in page
    assert [line[6:8] for line in lines if line[:2] == ["Bo", "Front door"]] == [["no", "yes"]]
    assert "1 shift was missed" in words(alice.look("after"))


def test_before_the_shift_starts_nobody_is_said_not_to_have_come(alice: Desk, night: ANight) -> None:
    dana = sign_up_of(night, "clear-up-3", "Dana Door")

    alice.press(f"after/sign-ups/{dana.id}", "22:14", came="0")

    assert dana.state == "confirmed"
    assert "This shift starts at 10:15 PM on Friday, December 4." in words(alice.look("after", "22:14"))


def test_the_page_costs_the_same_number_of_queries_for_many_people(night: ANight) -> None:
    event, at = night.event, night.at("23:15")
    db.session.expire_all()
    with counted() as few:
        volunteer_hours_of(event, at)
    for number in range(20):
        a_sign_up(night, night.shift("front-door-1"), f"Helper {number}", state="done")
    db.session.expire_all()
    with counted() as many:
        volunteer_hours_of(event, at)

    assert len(many) == len(few)


def test_sums_are_kept_and_told(alice: Desk, night: ANight) -> None:
    alice.press("after/sums", raised="1250.50", hour_is_worth="31.80")
    page = words(alice.look("after"))

    rule = db.session.scalars(select(VolunteerPolicy)).one()
    assert (rule.raised, rule.hour_is_worth) == (Decimal("1250.50"), Decimal("31.80"))
    assert "$1,250.50" in page
    assert "$63.60" in page


def test_a_sum_that_is_none_is_refused_and_kept_in_sight(alice: Desk) -> None:
    refused = alice.press("after/sums", raised="lots", hour_is_worth="31.80")

    assert refused.status_code == 422
    assert 'value="lots"' in refused.text
    assert db.session.scalars(select(VolunteerPolicy)).all() == []


def test_a_coordinator_says_who_came_after_all(alice: Desk, night: ANight) -> None:
    bo = sign_up_of(night, "front-door-1", "Bo").id

    alice.press(f"after/sign-ups/{bo}", came="1")

    db.session.expire_all()
    assert sign_up_of(night, "front-door-1", "Bo").state == "done"
    assert "Bo was there." in words(alice.look("after"))


def test_thanks_are_shown_first_and_then_sent_once(alice: Desk, night: ANight) -> None:
    alice.press("after/sums", raised="1250", hour_is_worth="")
    shown = words(alice.look("after/thanks"))
    en, es = "Thank you, {first_name}: {hours}.[ {raised} for {beneficiary}.]", "Gracias, {first_name}: {hours}."

    alice.press("after/thanks", send="1", en=en, es=es)
    alice.press("after/thanks", send="1", en=en, es=es)

    assert "Thank you, Dana! You gave 2 hours at" in shown
    assert [(text.person.name if text.person else "", text.body, text.due_at) for text in thanks()] == [
        ("Dana Door", "Thank you, Dana: 2 hours. $1,250 for Justice in Motion.", night.at("10:00+1") + minutes(0.5))
    ]
    assert "already thanked" in words(alice.look("after/thanks"))


def test_thanks_can_be_taken_back_and_said_again(alice: Desk) -> None:
    sent = alice.press("after/thanks", send="1", en="Thank you.", es="Gracias.")
    batch = sent.headers["Location"].partition("undo=")[2]

    alice.press(f"texts/undo/{batch}")
    alice.press("after/thanks", send="1", en="Thank you so much.", es="Gracias.")

    assert [(text.body, text.state) for text in thanks()] == [
        ("Thank you.", "cancelled"),
        ("Thank you so much.", "waiting"),
    ]


def test_thanks_speak_each_ones_language_in_one_segment(alice: Desk, night: ANight) -> None:
    edit_person(night.person("Dana Door"), language="es")
    alice.press("after/sums", raised="1250", hour_is_worth="")

    alice.press(
        "after/thanks", send="1", en="Thank you.", es="Gracias, {first_name}: {hours}.[ {raised} para {beneficiary}.]"
    )

    (text,) = thanks()
    assert text.body.startswith("Gracias, Dana: 2 horas. $1,250")
    assert segments(text.body) == 1


def test_nobody_is_thanked_who_gets_no_texts_or_did_not_come(alice: Desk, night: ANight) -> None:
    with transaction():
        night.person("Dana Door").agreed_at = None

    page = words(alice.look("after/thanks"))
    alice.press("after/thanks", send="1", en="Thank you.", es="Gracias.")

    assert "Dana Door : hasn't agreed to texts" in page
    assert "Bo :" not in page
    assert thanks() == []


@pytest.mark.parametrize(
    ("en", "told"), [("", "Enter a thank-you of 1 to 500 characters"), ("Hi {nobody}", "{nobody} is not known.")]
)
def test_words_that_cannot_be_sent_are_refused_and_kept(alice: Desk, en: str, told: str) -> None:
    refused = alice.press("after/thanks", send="1", en=en, es="Gracias.")

    assert refused.status_code == 422
    assert told in words(refused)
    assert "Gracias." in refused.text
    assert thanks() == []


def test_a_letter_says_who_did_what_when_for_whom(alice: Desk, night: ANight) -> None:
    dana = night.person("Dana Door").id

    letter = words(alice.look(f"after/letters?person={dana}"))

    assert "This is to confirm that Dana Door helped as a volunteer at" in letter
    assert "The show was a benefit for Justice in Motion." in letter
    assert "2 hours total." in letter
    assert "Clear up" not in letter
    assert alice.look(f"after/letters?person={night.person('Bo').id}").status_code == 404
    assert "Dana Door" in words(alice.look("after/letters"))


def test_the_spreadsheet_has_a_line_for_each_shift_and_runs_nothing(alice: Desk, night: ANight) -> None:
    edit_person(night.person("Mia"), name='=HYPERLINK("http://x","y")')

    answer = alice.look("after/hours.csv")
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="hours-{night.event.slug}.csv"'
    assert lines[0] == ["Name", "Work", "From", "To", "Here", "Left", "Came", "Excused", "Hours", "Worth"]
    assert ["Bo", "Front door", "2026-12-04T19:15-05:00", "2026-12-04T20:45-05:00", "", "", "no", "", "", ""] in lines
    assert ["Dana Door", "total", "", "", "", "", "", "", "2.00", ""] in lines
    assert any(line[0] == '\'=HYPERLINK("http://x","y")' for line in lines)


def test_who_did_not_come_is_known_at_every_show_until_it_is_excused(alice: Desk, night: ANight) -> None:
    before = a_night(
        slug="last-year",
        organisation=night.organisation,
        on=date(2025, 12, 5),
        shifts=[a_shift("Bar", "19:00", "20:00")],
    )
    missed = a_sign_up(before, before.shift("bar-1"), "Mia", state="no_show")

    page = words(alice.look("after/no-shows"))
    alice.press(f"after/no-shows/{missed.id}/excused")
    excused = words(alice.look("after/no-shows"))

    assert "Mia Bar, Friday, December 5, 2025" in page
    assert "Bo Front door, Friday, December 4, 2026" in page
    assert "It no longer counts against Mia." in excused
    assert "Excused" in excused


def test_sheets_hold_what_they_are_for(alice: Desk, night: ANight) -> None:
    number = phone(night.person("Dana Door").phone or "")

    sheet, door, calls, badges = (
        words(alice.look(f"print/{name}", "12:00")) for name in ("shifts", "door", "calls", "badges")
    )

    assert "7:15–8:45 PM Front door" in sheet
    assert sheet.count("open spot") == 2 + 1
    assert "Dana Door Coming Front door, Tea, Clear up 7:15 PM" in door
    assert "Carlos Lumbi" in door
    assert number not in door
    assert number in calls
    assert "Dana Door Front door, Tea, Clear up" in badges


def test_papers_are_told_from_the_pages_they_resemble_and_lead_to_them(alice: Desk) -> None:
    pages = {name: alice.look(name, "12:00").text for name in ("print/shifts", "print/calls", "texts/call-list")}
    sheet = alice.look("volunteers/tonight", "12:00").text

    assert [re.findall(r"<title>(.+?)[:,]", page)[0] for page in (*pages.values(), sheet)] == [
        "Paper shift sheet",
        "Phone list",
        "Call list",
        "Shift sheet",
    ]
    assert "/volunteers/tonight" in pages["print/shifts"]
    assert "/print/shifts" in sheet
    assert "/texts/call-list" in pages["print/calls"]
    assert "/print/calls" in pages["texts/call-list"]


def test_nobody_of_another_house_sees_any_of_it(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Charlie"))
    slug = night.event.slug
    paths = ["after", "after/thanks", "after/letters", "after/hours.csv", "after/no-shows", "print", "print/calls"]

    assert {client.get(f"/coordinate/{slug}/{path}").status_code for path in paths} == {404}
    missed = sign_up_of(night, "front-door-1", "Bo").id
    assert client.post(f"/coordinate/{slug}/after/sign-ups/{missed}", data={"came": "1"}).status_code == 404


def test_what_was_counted_is_what_was_raised_until_somebody_types_it(client: FlaskClient) -> None:
    desk = Desk(client, a_worked_night())
    alice = Actor("Alice")
    money = Money(MoneyKind.ONLINE, counters=1)
    count_money(desk.night.event, money, Decimal(980), "AB", actor=alice, now=desk.night.at("23:00"))

    counted_page, thanks = words(desk.look("after")), words(desk.look("after/thanks"))
    desk.press("after/sums", raised="1250.50")

    assert "Raised $980 Justice in Motion" in counted_page
    assert "$980" in thanks
    assert "Raised $1,250.50 Justice in Motion" in words(desk.look("after"))
