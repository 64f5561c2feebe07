"""Who plays and how to reach them. Alice owns the show, Bob helps, Charlie must not see it."""

import re
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.events.models import EventPerson
from coordinator.lineup.models import Act
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements
from coordinator.spoken import phone
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_person, a_slot, sign_in
from tests.links import token_of
from tests.reading import words

SHOW = "/coordinate/justice-in-motion"
AGREED = {"agreed": "y", "agreed_how": "on the phone"}


class Desk:
    """A coordinator in front of the page, at noon on the day of the show."""

    def __init__(self, client: FlaskClient, night: ANight, coordinator: Coordinator | None) -> None:
        self.night, self.coordinator = night, coordinator
        self.client = client.application.test_client()

    def look(self) -> TestResponse:
        with time_machine.travel(self.night.at("12:00"), tick=False):
            return self._signed_in().get(f"{SHOW}/performers")

    def post(self, path: str, prefix: str = "", **fields: str) -> TestResponse:
        typed = {f"{prefix}-{name}" if prefix else name: said for name, said in fields.items()}
        with time_machine.travel(self.night.at("12:00"), tick=False):
            return self._signed_in().post(f"{SHOW}/{path}", data=typed)

    def add(self, act: str, **fields: str) -> TestResponse:
        row = db.session.scalars(select(Act).where(Act.key == act)).one()
        return self.post(f"performers/{act}/people", f"join-{row.id}", **{"language": "en"} | fields)

    def change(self, who: str, **fields: str) -> TestResponse:
        person = self.night.person(who)
        usual = {"name": person.name, "phone": person.phone or "", "language": person.language}
        return self.post(f"people/{person.id}", f"person-{person.id}", **usual | fields)

    def _signed_in(self) -> FlaskClient:
        return sign_in(self.client, self.coordinator) if self.coordinator else self.client


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night([a_slot("Josh Granowski"), a_slot("The Poor Nobodys", people=("Wren Okada", "Tomas Ide"))])


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def people_of(act: str) -> list[str]:
    row = db.session.scalars(select(Act).where(Act.key == act).execution_options(populate_existing=True)).one()
    return [person.name for person in row.people]


def test_every_act_shows_its_people_with_number_consent_and_answer(alice: Desk, night: ANight) -> None:
    wren = night.person("Wren Okada")

    page = alice.look()

    assert "Josh Granowski 8:00 PM Waiting" in words(page)
    assert f"Wren Okada {phone(wren.phone or '')} Gets texts Call Write" in words(page)
    assert f'id="person-{wren.id}"' in page.text
    assert f'href="tel:{wren.phone}"' in page.text


def test_somebody_new_joins_an_act_and_may_be_texted(alice: Desk, night: ANight) -> None:
    answer = alice.add("josh-granowski", name=" Lucía  Paz ", phone="(212) 555-0142", **AGREED)

    person = night.person("Lucía Paz")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#person-{person.id}")
    assert (person.phone, person.language, person.can_be_texted) == ("+12125550142", "en", True)
    assert (person.agreed_at, person.agreed_how) == (night.at("12:00"), "told a coordinator on the phone")
    assert person.agreed_words == "Has agreed to texts about this show"
    assert people_of("josh-granowski") == ["Josh Granowski", "Lucía Paz"]
    assert db.session.scalars(select(EventPerson.key).where(EventPerson.person_id == person.id)).one() == "lucia-paz"


def test_somebody_who_has_not_agreed_is_shown_so(alice: Desk, night: ANight) -> None:
    alice.add("josh-granowski", name="Lucía Paz", phone="(212) 555-0142")

    assert not night.person("Lucía Paz").can_be_texted
    assert "Lucía Paz (212) 555-0142 Hasn't agreed to texts" in words(alice.look())


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("hello", "hello isn't a phone number. Write it like (212) 555-0101 or +44 7700 900123."),
        ("555-0101", "555-0101 is missing its area code. Write it like (212) 555-0101."),
        ("12", "12 is too short. Write it like (212) 555-0101 or +44 7700 900123."),
    ],
)
def test_what_is_no_phone_is_refused_and_stays(alice: Desk, phone: str, sentence: str) -> None:
    answer = alice.add("josh-granowski", name="Lucía Paz", phone=phone, **AGREED)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="Lucía Paz"' in answer.text
    assert f'value="{phone}"' in answer.text
    assert people_of("josh-granowski") == ["Josh Granowski"]


def test_nobody_is_added_without_a_name(alice: Desk) -> None:
    answer = alice.add("josh-granowski", name=" ", phone="(212) 555-0142")

    assert answer.status_code == 422
    assert "Enter a name." in words(answer)


def test_a_landline_is_taken_with_a_notice(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh")], zone="Europe/Berlin")
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    answer = desk.add("josh", name="Lena Brandt", phone="030 901820", **AGREED)

    assert (answer.status_code, night.person("Lena Brandt").phone) == (303, "+4930901820")
    assert "+4930901820 is a landline, so it may not get texts." in words(desk.look())


def test_a_number_that_somebody_shares_is_taken_with_a_notice(alice: Desk, night: ANight) -> None:
    answer = alice.add("josh-granowski", name="Lucía Paz", phone=night.person("Wren Okada").phone or "", **AGREED)

    assert answer.status_code == 303
    assert "This number is shared with Wren Okada. When someone replies, we'll ask who it is." in words(alice.look())


def test_somebody_known_by_name_and_number_is_not_made_twice(alice: Desk, night: ANight) -> None:
    ana = a_person("Ana Ruiz", organisation=night.organisation, agreed=False)

    alice.add("josh-granowski", name="ana ruiz", phone=ana.phone or "", **AGREED)

    assert people_of("josh-granowski") == ["Josh Granowski", "Ana Ruiz"]
    assert night.person("Ana Ruiz").can_be_texted


def test_a_person_is_changed(alice: Desk, night: ANight) -> None:
    answer = alice.change("Josh Granowski", name="Josh G.", phone="+44 7700 900123", language="es", **AGREED)

    person = night.person("Josh G.")
    assert answer.status_code == 303
    assert (person.phone, person.language, person.can_be_texted) == ("+447700900123", "es", False)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.subject, entry.by) == ("person.changed", f"person:{person.id}", "Alice")
    assert "447700900123" not in str(entry.after)


def test_a_number_can_be_taken_away_and_an_agreement_taken_back(alice: Desk, night: ANight) -> None:
    alice.change("Josh Granowski", phone="", **AGREED)
    without = (night.person("Josh Granowski").phone, night.person("Josh Granowski").agreed_at is not None)
    alice.change("Wren Okada")

    assert without == (None, False)  # who agreed agreed for the number that went
    assert (night.person("Wren Okada").phone is not None, night.person("Wren Okada").agreed_at) == (True, None)
    assert "Josh Granowski No number or email" in words(alice.look())


def test_what_is_wrong_with_a_change_is_said_and_nothing_changes(alice: Desk, night: ANight) -> None:
    before = night.person("Josh Granowski").phone

    answer = alice.change("Josh Granowski", phone="oh no")

    assert answer.status_code == 422
    assert "oh no isn't a phone number." in words(answer)
    assert 'value="oh no"' in answer.text
    assert night.person("Josh Granowski").phone == before


def test_somebody_leaves_an_act(alice: Desk, night: ANight) -> None:
    wren = night.person("Wren Okada")

    alice.post(f"performers/the-poor-nobodys/people/{wren.id}/leaving")

    assert people_of("the-poor-nobodys") == ["Tomas Ide"]


def test_an_act_gets_another_name_and_a_line_about_it(alice: Desk, night: ANight) -> None:
    act = night.slot("Josh Granowski").act
    assert act is not None

    alice.post("performers/josh-granowski", f"act-{act.id}", name="Josh & Co.", about=" Songs on guitar ")

    changed = night.slot("Josh Granowski").act
    assert changed is not None
    assert (changed.name, changed.about, changed.key) == ("Josh & Co.", "Songs on guitar", "josh-granowski")


def test_a_stage_manager_is_named_and_no_longer(alice: Desk, night: ANight) -> None:
    alice.post("performers/crew", "crew", name="Sam Stage", phone="(212) 555-0143", language="en", **AGREED)
    sam = night.person("Sam Stage")
    part = select(EventPerson.stage_manager).where(EventPerson.person_id == sam.id)
    named = db.session.scalars(part).one()
    alice.post(f"people/{sam.id}/running")

    assert (named, db.session.scalars(part).one()) == (True, False)


def test_an_artist_liaison_is_named_and_no_longer(alice: Desk, night: ANight) -> None:
    josh = night.person("Josh Granowski")
    part = select(EventPerson.artist_liaison, EventPerson.stage_manager).where(EventPerson.person_id == josh.id)

    alice.post(f"people/{josh.id}/liaison")
    named, page = db.session.execute(part).one(), alice.look().text
    alice.post(f"people/{josh.id}/liaison")

    assert (tuple(named), tuple(db.session.execute(part).one())) == ((True, False), (False, False))
    assert "No longer artist liaison" in page


def test_a_personal_link_is_shown_and_can_be_replaced(alice: Desk, night: ANight) -> None:
    josh = night.person("Josh Granowski")
    old = token_of(josh)
    before = alice.look().text

    alice.post(f"people/{josh.id}/link")

    after = alice.look().text
    assert [f"/me/{token}" in page for page in (before, after) for token in (old, token_of(josh))] == [
        True,
        False,
        False,
        True,
    ]


def test_owners_and_coordinators_of_the_house_may_and_nobody_else(client: FlaskClient, night: ANight) -> None:
    charlie = a_coordinator("Charlie")
    bob = a_coordinator("Bob", organisation=night.organisation, role="coordinator")
    doors = {
        "charlie": Desk(client, night, charlie),
        "nobody": Desk(client, night, None),
        "bob": Desk(client, night, bob),
    }

    looked = {name: desk.look().status_code for name, desk in doors.items()}
    changed = {name: desk.change("Josh Granowski", language="es").status_code for name, desk in doors.items()}

    assert looked == {"charlie": 404, "nobody": 303, "bob": 200}
    assert changed == {"charlie": 404, "nobody": 303, "bob": 303}


def test_nobody_reaches_another_houses_people_through_their_own_show(client: FlaskClient, night: ANight) -> None:
    charlie = a_coordinator("Charlie")
    a_night([], organisation=charlie.organisation, slug="charlies")
    josh = db.session.scalars(select(Person).where(Person.name == "Josh Granowski")).one()
    visitor = sign_in(client.application.test_client(), charlie)

    answers = {
        visitor.post(f"/coordinate/charlies/people/{josh.id}{path}", data={"name": "Mine"}).status_code
        for path in ("", "/running", "/link")
    }

    assert answers == {404}
    assert night.person("Josh Granowski").name == "Josh Granowski"


def test_somebody_with_an_address_alone_is_added_agrees_and_is_shown_so(alice: Desk, night: ANight) -> None:
    more = {"email": " Lucia@Show.Example ", "agreed_to_emails": "y", "agreed_how": "in writing"}
    alice.add("josh-granowski", name="Lucía Paz", phone="", **more)

    person = night.person("Lucía Paz")
    assert (person.phone, person.email, person.channel) == (None, "lucia@show.example", "email")
    assert (person.email_agreed_how, person.agreed_at) == ("told a coordinator in writing", None)
    assert person.email_agreed_words == "Has agreed to emails about this show"
    assert "Lucía Paz lucia@show.example Gets emails Write an email" in words(alice.look())


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"phone": None}, "No number or email"),
        ({"phone": None, "email": "j@show.example"}, "Hasn't agreed to emails"),
        ({"agreed_at": None, "email": "j@show.example"}, "Hasn't agreed to texts or emails"),
        ({"email": "j@show.example", "email_agreed_at": MADE_AT}, "Gets texts"),
        ({"email": "j@show.example", "email_agreed_at": MADE_AT, "prefers": "email"}, "Gets emails"),
        ({"phone": None, "email": "j@show.example", "email_agreed_at": MADE_AT, "email_trouble": "550"}, "Emails come"),
    ],
)
def test_how_each_is_told_is_said_in_words(alice: Desk, night: ANight, columns: dict[str, Any], said: str) -> None:
    with transaction():
        for name, value in columns.items():
            setattr(night.person("Josh Granowski"), name, value)

    assert said in words(alice.look()).rpartition("Josh Granowski 8:00 PM Waiting")[2].partition("Wren")[0]


def test_what_is_no_address_is_refused_and_stays(alice: Desk) -> None:
    answer = alice.add("josh-granowski", name="Lucía Paz", phone="(212) 555-0142", email="lucia at show")

    assert answer.status_code == 422
    assert "lucia at show isn't an email address. Write it like ana@show.example." in words(answer)
    for typed in ("Lucía Paz", "(212) 555-0142", "lucia at show"):
        assert f'value="{typed}"' in answer.text


def test_a_new_address_needs_a_new_agreement_and_the_old_one_is_kept_as_past(alice: Desk, night: ANight) -> None:
    josh = night.person("Josh Granowski")
    with transaction():
        josh.email, josh.email_agreed_at, josh.email_agreed_how = "old@show.example", MADE_AT, "sign-up"

    alice.change("Josh Granowski", email="new@show.example", prefers="email", **AGREED)

    db.session.refresh(josh)
    assert (josh.email, josh.can_be_mailed, josh.prefers) == ("new@show.example", False, "email")
    assert [(each.channel, each.agreed_how) for each in past_agreements([josh.id])] == [("email", "sign-up")]


def test_nobody_with_a_number_is_taken_for_the_one_with_the_address(alice: Desk, night: ANight) -> None:
    by_mail = a_person("Ana Ruiz", organisation=night.organisation, phone=None, email="ana@show.example")

    alice.add("josh-granowski", name="Ana Ruiz", phone="(212) 555-0142", email="ana@show.example", **AGREED)

    named = db.session.scalars(select(Person).where(Person.name == "Ana Ruiz").order_by(Person.id)).all()
    assert [(person.id == by_mail.id, person.phone) for person in named] == [(True, None), (False, "+12125550142")]


def test_somebody_known_by_name_and_address_is_not_added_twice(alice: Desk, night: ANight) -> None:
    ana = a_person("Ana Ruiz", organisation=night.organisation, phone=None, email="ana@show.example")

    alice.add("josh-granowski", name="ana ruiz", phone="", email="Ana@show.example")

    assert people_of("josh-granowski") == ["Josh Granowski", "Ana Ruiz"]
    assert db.session.scalar(select(func.count(Person.id)).where(Person.name == "Ana Ruiz")) == 1
    assert ana.email == "ana@show.example"


def test_a_long_bill_opens_one_act_at_a_time(client: FlaskClient) -> None:
    bill = a_night([a_slot(f"Act {number}", f"20:{number:02}", minutes=1) for number in range(13)])
    alice = sign_in(client.application.test_client(), a_coordinator("Alice", organisation=bill.organisation))
    page, person = "/coordinate/justice-in-motion/performers", bill.person("Act 7")

    whole = alice.get(page).text
    of_act, of_person = alice.get(f"{page}?act=act-3").text, alice.get(f"{page}?person={person.id}").text

    cards = [re.findall(r'id="act-(act-\d+)"', text) for text in (whole, of_act, of_person)]
    assert cards == [[], ["act-3"], ["act-7"]]
    assert f"{page}?act=act-3#act-act-3" in whole
