"""After forgetting, no column of the database has the person's name or number."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.actions.invitations import Invitee, invite
from coordinator.accounts.actions.limits import count_try
from coordinator.accounts.actions.members import remove_member
from coordinator.accounts.actions.records import record
from coordinator.accounts.actions.sessions import SeenBrowser, begin_session
from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import Actor, AuditEntry, Coordinator, Invitation
from coordinator.accounts.queries import Limit, subject_of
from coordinator.db import Base, db
from coordinator.lineup.models import Act
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.actions.receipts import store_receipt
from coordinator.messaging.models.messages import Message
from coordinator.people.models import Person
from coordinator.shifts.actions.forgetting import forget
from coordinator.shifts.queries.held import held_about
from coordinator.shownight.actions.pressing import start_set
from coordinator.shownight.models import Press
from tests.builders import ANight, a_coordinator, a_message, a_night, a_person, a_shift
from tests.full_night import TITLE, a_full_night

EMAIL, ADDRESS = "bea.lund@show.example", "203.0.113.77"
NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
STAYS = {"acts", "opt_outs"}  # acts are public; an opt-out keeps its number, so that it is honored


def holds(words: str) -> set[str]:
    """The tables of which some column holds the words, and not only as part of longer ones."""
    sought = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
        if sought.search(value if isinstance(value, str) else repr(value))
    }


def pointing_at(name: str, row_id: int) -> set[str]:
    """The tables with a row that points at this row, or with the row itself."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.column.table.name == name]
    columns = [Base.metadata.tables[name].c.id, *(key.parent for key in keys)]
    found = {column.table.name: db.session.scalar(select(column).where(column == row_id)) for column in columns}
    return {table for table, row in found.items() if row is not None}


def mention_everywhere(night: ANight, person: Person) -> None:
    """What others wrote, said and changed about the person, and what was sent to their number before we knew them."""
    josh, name = night.person("Josh Granowski"), person.name
    a_message(night, josh, body=f"{name} ({person.phone}) can't come tonight.", state="delivered")
    record(night.event, Actor("Alice"), "sign_up.removed", "shift:1", now=NOW, before={"people": [name, "Ana Ruizano"]})
    record(night.event, Actor.person(person), "sign_up.left", "shift:1", now=NOW)
    code = queue_text(
        organisation_id=night.organisation.id,
        event_id=None,
        person=None,
        kind="code",
        body="Your code is 123456.",
        now=NOW,
        phone=person.phone,
    )
    store_receipt(code.id, {"To": str(person.phone), "MessageStatus": "delivered"}, now=NOW)
    stop_texts(str(person.phone), sender="+12125550199", cause="STOP", now=NOW)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Ána Ruíz"])
def test_no_column_holds_the_name_or_the_number(app: Flask, name: str) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=(name,))])
    ana = night.person(name)
    phone = str(ana.phone)
    mention_everywhere(night, ana)

    forget(ana, NOW)

    assert (holds(name), holds(phone)) == (set(), {"opt_outs"})
    kept = [message.body for message in db.session.scalars(select(Message).where(Message.person_id.is_not(None)))]
    assert "Forgotten (Forgotten) can't come tonight." in kept
    assert holds("Ana Ruizano") == {"audit_entries"}


def test_of_everyone_in_a_full_night_only_the_names_of_acts_stay(app: Flask) -> None:
    full = a_full_night(NOW)
    accounts = set(db.session.scalars(select(Coordinator.person_id)))
    people = [person for person in db.session.scalars(select(Person)) if person.id not in accounts]
    known = [(person.name, person.phone) for person in people]

    for person in people:
        forget(person, NOW)

    acts = set(db.session.scalars(select(Act.name)))
    named = {name: found for name, _ in known if (found := holds(name) - STAYS) and name not in acts}
    assert (len(known) > 5, named) == (True, {})
    phoned = {phone: found for _, phone in known if phone and (found := holds(phone) - STAYS)}
    assert phoned == {}
    assert full.night.event.title == TITLE


def test_what_a_namesake_shares_stays(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))])
    ana = night.person("Ana Ruiz")
    a_person("Ana Ruiz", organisation=night.organisation)
    mention_everywhere(night, ana)

    forget(ana, NOW)

    bodies = [message.body for message in db.session.scalars(select(Message))]
    assert "Ana Ruiz (Forgotten) can't come tonight." in bodies


def test_a_name_of_one_word_is_not_taken_out_of_others_words(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Will",))])
    will = night.person("Will")
    a_message(night, night.person("Josh Granowski"), body="Will you play at 8pm?", state="delivered")
    record(night.event, Actor("Will"), "sign_up.left", "shift:1", now=NOW)

    forget(will, NOW)

    assert holds("Will you play") == {"messages"}
    assert "Will" not in set(db.session.scalars(select(Base.metadata.tables["audit_entries"].c.by)))


def a_past_member(night: ANight) -> Coordinator:
    """Bea: invited, signed in, pressed a button, was written about, invited somebody herself, and was removed."""
    alice = a_coordinator("Alice", organisation=night.organisation)
    invite(Invitee(EMAIL, "Bea Lund", "coordinator"), alice, NOW)
    bea = a_coordinator("Bea Lund", organisation=night.organisation, email=EMAIL)
    invite(Invitee("new@show.example", "New", "viewer"), bea, NOW)
    begin_session(bea, SeenBrowser(ADDRESS, "Bea's phone"), NOW)
    sign_in_link(bea.account, NOW, sets_password=True)
    count_try(Limit("password-email", 5), EMAIL, NOW)
    start_set(night.slot("Josh Granowski").id, actor=Actor.of(bea), now=night.at("20:00"))
    record(night.event, Actor.of(alice), "slot.moved", "slot:1", now=NOW, after={"told": f"Bea Lund ({EMAIL})"})
    remove_member(bea, NOW, actor=Actor.of(alice))
    return bea


def test_of_a_past_member_no_column_holds_the_name_the_number_the_email_or_the_account(app: Flask) -> None:
    night = a_night()
    bea = a_past_member(night)
    traces = [bea.person.name, str(bea.person.phone), EMAIL, ADDRESS, "Bea's phone", subject_of(EMAIL)]
    before = {trace: bool(holds(trace)) for trace in traces}

    forget(bea.person, NOW)

    assert before == dict.fromkeys(traces, True)
    assert {trace: found for trace in traces if (found := holds(trace))} == {}
    assert pointing_at("coordinators", bea.id) | pointing_at("accounts", bea.account_id) == set()
    press = db.session.scalars(select(Press)).one()
    assert (press.by, press.coordinator_id) == ("Forgotten", None)
    audited = db.session.scalars(select(AuditEntry.after).where(AuditEntry.what == "slot.moved")).one()
    assert audited == {"told": "Forgotten (Forgotten)"}


def test_a_namesake_of_a_past_member_keeps_the_name_but_not_what_the_member_did(app: Flask) -> None:
    night = a_night()
    bea = a_past_member(night)
    a_person("Bea Lund", organisation=night.organisation)

    forget(bea.person, NOW)

    assert holds("Bea Lund") == {"people", "audit_entries"}
    assert db.session.scalars(select(AuditEntry.by).where(AuditEntry.by == "Bea Lund")).all() == []
    assert db.session.scalars(select(Press.by)).one() == "Forgotten"


def test_an_open_invitation_of_another_organization_outlives_the_account(app: Flask) -> None:
    night = a_night()
    bea = a_past_member(night)
    invite(Invitee(EMAIL, "B. Lund", "viewer"), a_coordinator("Charlie"), NOW)

    forget(bea.person, NOW)

    assert [invitation.name for invitation in db.session.scalars(select(Invitation))] == ["B. Lund"]


def test_a_past_member_reads_all_that_is_held_and_after_forgetting_there_is_nothing(app: Flask) -> None:
    night = a_night()
    bea = a_past_member(night)
    held = held_about(bea.person)["rows"]

    forget(bea.person, NOW)

    account = {"accounts", "account_sessions", "coordinators", "invitations", "sign_in_links"}
    assert (account <= set(held), held["accounts"][0]["email"]) == (True, EMAIL)
    assert held_about(bea.person)["rows"] == {}


def test_whatever_hangs_on_an_account_or_a_membership_goes_with_it_or_lets_it_go(app: Flask) -> None:
    kept = [
        str(key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"accounts", "coordinators"} and key.ondelete not in {"CASCADE", "SET NULL"}
    ]

    assert kept == []
