"""Who plays and how to reach them. Alice owns the show, Bob helps, Charlie must not see it."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.db import db
from coordinator.events.models import EventPerson
from coordinator.lineup.models import Act
from coordinator.people.actions import personal_link
from coordinator.people.models import Person
from coordinator.people.queries import link_tokens
from tests.builders import ANight, a_coordinator, a_night, a_person, a_slot, sign_in

SHOW = "/coordinate/justice-in-motion"
AGREED = {"agreed": "y", "how": "on the phone"}


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


def words(response: TestResponse) -> str:
    body = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#39;", "'").split())


def people_of(act: str) -> list[str]:
    row = db.session.scalars(select(Act).where(Act.key == act).execution_options(populate_existing=True)).one()
    return [person.name for person in row.people]


def test_every_act_shows_its_people_with_number_consent_and_answer(alice: Desk, night: ANight) -> None:
    wren = night.person("Wren Okada")

    page = alice.look()

    assert "Josh Granowski 8:00 pm Waiting" in words(page)
    assert f"Wren Okada {wren.phone} Gets texts Call Write" in words(page)
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
    assert "Lucía Paz +12125550142 Has not agreed to texts" in words(alice.look())


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("hello", "hello is not a phone number. Write it like (212) 555-0101 or +44 7700 900123."),
        ("555-0101", "555-0101 lacks its area code. Write it like (212) 555-0101."),
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
    assert "Write a name." in words(answer)


def test_a_landline_is_taken_with_a_notice(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh")], zone="Europe/Berlin")
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    answer = desk.add("josh", name="Lena Brandt", phone="030 901820", **AGREED)

    assert (answer.status_code, night.person("Lena Brandt").phone) == (303, "+4930901820")
    assert "+4930901820 is a landline; texts may not reach it." in words(desk.look())


def test_a_number_that_somebody_shares_is_taken_with_a_notice(alice: Desk, night: ANight) -> None:
    answer = alice.add("josh-granowski", name="Lucía Paz", phone=night.person("Wren Okada").phone or "", **AGREED)

    assert answer.status_code == 303
    assert "This number is shared with Wren Okada. An answer is asked whose it is." in words(alice.look())


def test_somebody_known_by_name_and_number_is_not_made_twice(alice: Desk, night: ANight) -> None:
    ana = a_person("Ana Ruiz", organisation=night.organisation, agreed=False)

    alice.add("josh-granowski", name="ana ruiz", phone=ana.phone or "", **AGREED)

    assert people_of("josh-granowski") == ["Josh Granowski", "Ana Ruiz"]
    assert night.person("Ana Ruiz").can_be_texted


def test_a_person_is_changed(alice: Desk, night: ANight) -> None:
    answer = alice.change("Josh Granowski", name="Josh G.", phone="+44 7700 900123", language="es", **AGREED)

    person = night.person("Josh G.")
    assert answer.status_code == 303
    assert (person.phone, person.language, person.can_be_texted) == ("+447700900123", "es", True)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.subject, entry.by) == ("person.changed", f"person:{person.id}", "Alice")
    assert "447700900123" not in str(entry.after)


def test_a_number_can_be_taken_away_and_an_agreement_taken_back(alice: Desk, night: ANight) -> None:
    alice.change("Josh Granowski", phone="", **AGREED)
    without = (night.person("Josh Granowski").phone, night.person("Josh Granowski").agreed_at is not None)
    alice.change("Wren Okada")

    assert without == (None, True)
    assert (night.person("Wren Okada").phone is not None, night.person("Wren Okada").agreed_at) == (True, None)
    assert "Josh Granowski No number" in words(alice.look())


def test_what_is_wrong_with_a_change_is_said_and_nothing_changes(alice: Desk, night: ANight) -> None:
    before = night.person("Josh Granowski").phone

    answer = alice.change("Josh Granowski", phone="oh no")

    assert answer.status_code == 422
    assert "oh no is not a phone number." in words(answer)
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


def test_a_personal_page_is_made_once(alice: Desk, night: ANight) -> None:
    josh = night.person("Josh Granowski")
    before = words(alice.look())

    alice.post(f"people/{josh.id}/link")
    alice.post(f"people/{josh.id}/link")

    token = personal_link(josh, night.at("12:00")).token
    assert "Make a personal page" in before
    assert link_tokens([josh.id]) == {josh.id: token}
    assert f"/me/{token}" in alice.look().text


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
