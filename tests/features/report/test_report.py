"""The report of a show: planned and played, texts, volunteers, money; handed on, and the show put away."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.lineup.actions.moves import move_slot, move_times
from coordinator.lineup.actions.slots import SlotFacts, add_slot
from coordinator.messaging.models import Message
from coordinator.money.actions import Money, count_money, enter_count
from coordinator.money.models import MoneyKind
from coordinator.people.models import Person
from coordinator.shownight.actions.pressing import cancel_slot, end_set, start_set
from coordinator.shownight.actions.undoing import undo_press
from tests.builders import ANight, a_coordinator, a_message, a_night, a_person, a_shift, a_slot, sign_in
from tests.playing import Playing
from tests.queries import counted
from tests.reading import words

SAM = Actor("Sam Stage")


def a_played_night() -> ANight:
    """Ash 12 minutes late and 3 over, Bo canceled, Cy won most of it back; Dana came, Bo did not."""
    night = a_night(
        [
            a_slot("Ash", "20:00", minutes=30, changeover=0),
            a_slot("Bo", "20:40", minutes=30, changeover=10),
            a_slot("Cy", "21:20", minutes=40, changeover=10),
        ],
        shifts=[a_shift("Front door", "19:15", "20:45", max=3, people=("Dana Door", "Mia Missing"))],
        curfew="22:10",
        beneficiary="Justice in Motion",
        donation_currency="USD",
        donation_goal=2500,
    )
    start_set(night.slot("Ash").id, actor=SAM, now=night.at("20:12"))
    end_set(night.slot("Ash").id, actor=SAM, now=night.at("20:45"))
    cancel_slot(night.slot("Bo").id, actor=SAM, now=night.at("20:50"))
    start_set(night.slot("Cy").id, actor=SAM, now=night.at("21:22"))
    end_set(night.slot("Cy").id, actor=SAM, now=night.at("22:03"))
    with transaction():
        for name, state in (("Dana Door", "done"), ("Mia Missing", "no_show")):
            sign_up = next(each for each in night.shift("front-door-1").sign_ups if each.person.name == name)
            sign_up.state = state
    return night


class Office:
    """A coordinator at the report, two mornings after the show."""

    def __init__(self, client: FlaskClient, night: ANight, role: str = "owner") -> None:
        self.night, self.me = night, a_coordinator("Alice", organisation=night.organisation, role=role)
        self.client = sign_in(client.application.test_client(), self.me)

    def look(self, path: str = "report", wall: str = "10:00+2") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(f"/coordinate/{self.night.event.slug}/{path}")

    def press(self, path: str, wall: str = "10:00+2", **fields: Any) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"/coordinate/{self.night.event.slug}/{path}", data=fields)

    def count(self, amount: str, cause: str = "") -> None:
        money, at = Money(MoneyKind.CASH, cause), self.night.at("23:00")
        made = count_money(self.night.event, money, Decimal(amount), "AB", actor=Actor.of(self.me), now=at)
        enter_count(made.id, Decimal(amount), "BO", actor=Actor("Bob"), now=at)


@pytest.fixture
def office(client: FlaskClient) -> Office:
    return Office(client, a_played_night())


def event() -> Event:
    return db.session.scalars(select(Event).execution_options(populate_existing=True)).one()


def test_planned_and_played(office: Office) -> None:
    page = words(office.look())

    assert "Ash Planned 8:00–8:30 PM Played 8:12–8:45 PM 33 min 12 min late lost 15 min" in page
    assert "Bo Planned 8:40–9:10 PM Canceled" in page
    assert "Cy Planned 9:20–10 PM" not in page
    assert "Played 9:22–10:03 PM 41 min Changeover 37 min planned 10 min 2 min late won back 12 min" in page
    assert "Lost 15 min, won back 12 min. Ended 10:03 PM, 3 min late. Curfew kept." in page


def a_moved_night() -> ANight:
    """Bo and Cy change places once Ash has begun, a stand-in is added, Dee is never seen, Eve is canceled."""
    acts = ("Ash", "20:00"), ("Bo", "20:40"), ("Cy", "21:20"), ("Dee", "22:00"), ("Eve", "22:20")
    night = a_night([a_slot(name, wall, minutes=30, changeover=10) for name, wall in acts], curfew=None)
    cancel_slot(night.slot("Eve").id, actor=SAM, now=night.at("19:00"))
    start_set(night.slot("Ash").id, actor=SAM, now=night.at("20:00"))
    move_slot(night.slot("Bo"), 2, actor=SAM, now=night.at("20:20"))
    facts = SlotFacts("Fay", night.at("22:40"), timedelta(minutes=20), timedelta(0), timedelta(0))
    add_slot(night.slot("Ash").stage, facts, actor=SAM, now=night.at("20:25"))
    start_set(night.slot("Cy").id, actor=SAM, now=night.at("20:41"))
    start_set(night.slot("Bo").id, actor=SAM, now=night.at("21:20"))
    end_set(night.slot("Bo").id, actor=SAM, now=night.at("21:50"))
    return night


def test_planned_is_what_was_planned_when_the_show_began(client: FlaskClient) -> None:
    page = words(Office(client, a_moved_night()).look())

    assert "Bo Planned 8:40–9:10 PM moved to 9:20 PM Played 9:20–9:50 PM" in page
    assert "40 min late" in page
    assert "Cy Planned 9:20–9:50 PM moved to 8:40 PM Played 8:41–9:20 PM" in page
    assert "39 min early" in page
    assert "Fay Planned added on the night" in page


def test_what_is_moved_before_the_show_begins_is_the_plan(client: FlaskClient) -> None:
    night = a_night([a_slot("Ash", "20:00", minutes=30), a_slot("Bo", "20:40", minutes=30)])
    undone = start_set(night.slot("Ash").id, actor=SAM, now=night.at("19:55"))
    undo_press(undone.id, actor=SAM, now=night.at("19:56"))
    move_times(night.slot("Ash"), 15, actor=SAM, now=night.at("19:57"))
    start_set(night.slot("Ash").id, actor=SAM, now=night.at("20:15"))

    assert "Ash Planned 8:15–8:45 PM Played from 8:15 PM" in words(Office(client, night).look())


def test_an_end_that_was_never_planned_is_neither_late_nor_early(client: FlaskClient) -> None:
    night = a_night([a_slot("Ash", "20:00", minutes=30), a_slot("Bo", "20:40", minutes=30)])
    start_set(night.slot("Ash").id, actor=SAM, now=night.at("20:00"))
    facts = SlotFacts("Fay", night.at("21:20"), timedelta(minutes=20), timedelta(0), timedelta(0))
    fay = add_slot(night.slot("Ash").stage, facts, actor=SAM, now=night.at("20:05"))
    for name in ("Ash", "Bo"):
        cancel_slot(night.slot(name).id, actor=SAM, now=night.at("20:10"))
    start_set(fay.id, actor=SAM, now=night.at("21:55"))
    end_set(fay.id, actor=SAM, now=night.at("22:15"))

    assert "Ended 10:15 PM." in words(Office(client, night).look())


def test_acts_that_did_not_play(client: FlaskClient) -> None:
    office = Office(client, a_moved_night())
    office.press("report/link")

    assert "Canceled on the day: Eve. Never marked here: Dee, Fay." in words(office.look())
    assert "Never marked here" not in words(client.get(f"/report/{event().report_key}"))


def test_nobody_was_missed_where_nobody_ran_the_night_or_before_its_day(client: FlaskClient) -> None:
    night = a_night([a_slot("Ash", "20:00"), a_slot("Bo", "21:00")])
    cancel_slot(night.slot("Bo").id, actor=SAM, now=night.at("20:00") - timedelta(days=1))
    page = words(Office(client, night).look())

    assert "Canceled on the day" not in page
    assert "Never marked here" not in page


def test_volunteers_and_who_did_not_come(office: Office) -> None:
    page = words(office.look())

    assert "People who helped 1 Hours 1 hour 30 minutes No-shows 1" in page
    assert "Didn't show up: Mia Missing" in page


def test_money_per_cause_against_the_goal(office: Office) -> None:
    office.count("1000")
    office.count("125")
    office.count("85", "Band gas money")
    page = words(office.look())

    assert "Raised $1,125 of $2,500, 45%" in page
    assert "Justice in Motion Cash $1,125 Total $1,125" in page
    assert "Band gas money Cash $85 Total $85" in page


def test_texts_by_kind_with_a_price_only_where_one_is_set(office: Office) -> None:
    ash, sent = office.night.person("Ash"), office.night.at("19:00")
    for rule, state, columns in (
        ("call", "delivered", {"sent_at": sent, "segments": 2}),
        ("call", "undelivered", {"sent_at": sent}),
        ("call", "expired", {}),
        ("stage", "cancelled", {}),
    ):
        a_message(office.night, ash, rule=rule, state=state, **columns)

    page = words(office.look())

    assert "Call time Sent 2 Delivered 1 Failed 1 Not sent 1 Segments 3" in page
    assert "3 segments total." in page
    assert "may cost" not in page
    assert "To the stage" not in page


def test_a_reminder_that_rode_along_costs_nothing(office: Office) -> None:
    ash, sent = office.night.person("Ash"), office.night.at("19:00")
    first = a_message(office.night, ash, rule="call", state="delivered", sent_at=sent)
    a_message(office.night, ash, rule="call", state="delivered", sent_at=sent, rides_with_id=first.id)

    assert "Call time Sent 2 Delivered 2 Segments 1" in words(office.look())


@pytest.mark.parametrize(
    ("part", "line"),
    [
        (
            "slots",
            "2026-12-04,Main stage,Ash,2026-12-04T20:00-05:00,2026-12-04T20:30-05:00,0,"
            "2026-12-04T20:12-05:00,2026-12-04T20:45-05:00,33,,12,15,",
        ),
        ("money", "Justice in Motion,Cash,240.500,USD"),
        ("texts", "call,text,1,1,0,0,1"),
    ],
)
def test_each_part_as_a_spreadsheet(office: Office, part: str, line: str) -> None:
    office.count("240.50")
    a_message(
        office.night, office.night.person("Ash"), rule="call", state="delivered", sent_at=office.night.at("19:00")
    )

    answer = office.look(f"report/{part}.csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert line.split(",") in rows


def test_a_link_shows_it_without_names_until_it_is_closed(office: Office, client: FlaskClient) -> None:
    office.press("report/link")
    key = event().report_key
    office.press("report/link")
    page = client.get(f"/report/{key}")
    office.press("report/link", closed="1")
    closed = client.get(f"/report/{key}")

    assert event().report_key is None
    assert "Ended 10:03 PM" in words(page)
    assert "Mia Missing" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert closed.status_code == 404
    assert client.get("/report/None").status_code == 404


def a_reader(office: Office, **columns: Any) -> Person:
    """Jo of the beneficiary, who agreed to emails."""
    facts: dict[str, Any] = {"email": "office@justice.example", "email_agreed_at": office.night.at("12:00")}
    return a_person("Jo Justice", organisation=office.night.organisation, **(facts | columns))


def test_it_is_sent_by_email_after_a_preview(office: Office) -> None:
    office.count("1125")
    a_reader(office)
    typed: dict[str, Any] = {
        "members": [str(office.me.id)],
        "address": "Office@Justice.example",
        "words": "Thank you all!",
    }
    preview = office.press("report/sending", **typed, preview="1")
    before = db.session.scalars(select(Message)).all()
    office.press("report/sending", **typed, send="1", batch="abcdefghijkl")
    office.press("report/sending", **typed, send="1", batch="abcdefghijkl")

    playing = Playing(office.night.at("10:00+2"))
    playing.tick()
    none_yet = list(playing.mails)
    playing.tick(office.night.at("10:01+2"))

    assert "Thank you all! Songs for Justice in Motion, Friday, December 4" in words(preview)
    assert before == []
    assert none_yet == []
    assert sorted(mail.to for _, mail in playing.mails) == ["alice@show.example", "office@justice.example"]
    body = playing.mails[0][1].body
    assert "Raised for Justice in Motion: $1,125" in body
    assert "1 volunteer, 1 hour 30 min in all" in body
    assert "Main stage ended at 10:03 PM, before curfew" in body
    assert f"The whole report: http://localhost/report/{event().report_key}" in body
    assert office.look("texts/sent").status_code == 200


def test_a_typed_address_is_read_in_its_persons_language(office: Office) -> None:
    a_reader(office, language="es", email="jo@justice.example")

    for address in ("jo@justice.example", office.me.account.email):
        assert office.press("report/sending", address=address, preview="1").status_code == 200
    assert "Informe" in words(office.press("report/sending", address="jo@justice.example", preview="1"))


@pytest.mark.parametrize("columns", [{"email_agreed_at": None}, {"email": "other@justice.example"}])
def test_nobody_who_did_not_agree_is_sent_a_report(office: Office, columns: dict[str, Any]) -> None:
    a_reader(office, **columns)
    a_person("Charlie", email="office@justice.example", email_agreed_at=office.night.at("12:00"))  # with somebody else
    answer = office.press("report/sending", address="office@justice.example", words="Dear all,", send="1")

    assert answer.status_code == 422
    assert "Nobody at office@justice.example has agreed to emails from" in words(answer)
    assert "Share the report's link with them instead, or print the report." in words(answer)
    assert "Dear all," in answer.text
    assert db.session.scalars(select(Message)).all() == []
    assert event().report_key is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a member or enter an email address."),
        ({"address": "office at justice"}, "email address"),
        ({"members": ["999"], "address": "a@b.example"}, "999"),
    ],
)
def test_nobody_to_send_it_to(office: Office, typed: dict[str, Any], sentence: str) -> None:
    answer = office.press("report/sending", **typed, send="1", words="Dear all,")

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Dear all," in answer.text
    assert db.session.scalars(select(Message)).all() == []


def test_the_show_is_put_away_and_taken_out_again(office: Office) -> None:
    ash, noon = office.night.person("Ash"), office.night.at("12:00+2")
    waiting = a_message(office.night, ash, rule="thanks", state="waiting", due_at=noon)

    office.press("archive")
    put_away, listed, page = event().archived_at, office.client.get("/coordinate/?all=1"), office.look("after")
    playing = Playing(office.night.at("13:00+2"))
    playing.tick()
    office.press("archive", archived="0")

    db.session.refresh(waiting)
    assert put_away == office.night.at("10:00+2")
    assert "No current shows." in words(listed)
    assert "Archived Songs for Justice in Motion" in words(listed)
    assert "This show is archived. Nothing is sent about it anymore." in words(page)
    assert "This show is archived." not in words(office.look("after"))
    assert (waiting.state, playing.texts) == ("cancelled", [])
    assert event().archived_at is None
    recorded = db.session.scalars(select(AuditEntry.what).where(AuditEntry.what.like("event.%"))).all()
    assert recorded == ["event.archived", "event.taken_out"]


def test_nothing_written_afterwards_goes_out_but_answers(office: Office) -> None:
    ash, noon = office.night.person("Ash"), office.night.at("12:00+2")
    office.press("archive")
    note = a_message(office.night, ash, kind="note", state="waiting", due_at=noon)
    answer = a_message(office.night, ash, kind="echo", state="waiting", due_at=noon)
    playing = Playing(office.night.at("13:00+2"))
    playing.tick()
    playing.tick(office.night.at("13:05+2"))

    db.session.refresh(note)
    db.session.refresh(answer)
    assert note.state == "held"
    assert answer.sent_at is not None


def test_a_show_that_is_not_over_stays(office: Office) -> None:
    answer = office.press("archive", wall="23:00")

    assert event().archived_at is None
    assert answer.status_code == 303
    assert "You can archive a show once its last day is over." in words(office.look(wall="23:00"))


@pytest.mark.parametrize(
    ("role", "may_read", "may_send", "may_archive"), [("viewer", 200, 403, 403), ("check_in", 403, 403, 403)]
)
def test_who_may(client: FlaskClient, role: str, may_read: int, may_send: int, may_archive: int) -> None:
    office = Office(client, a_played_night(), role)

    assert office.look().status_code == may_read
    assert office.look("report/sending").status_code == may_send
    assert office.press("archive").status_code == may_archive


def test_a_long_night_costs_no_more_queries(client: FlaskClient) -> None:
    short, long = a_night([a_slot("A")]), a_night([a_slot(f"A{number}") for number in range(12)], slug="long")
    seen = []
    for night in (short, long):
        office = Office(client, night)
        office.look()
        with counted() as statements:
            office.look()
        seen.append(len(statements))

    assert seen[0] == seen[1]
