"""How far texts have come, person by person, and whom someone has to call."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.db import transaction
from coordinator.features.texts.queries.reached import call_list, person_rows
from coordinator.features.texts.queries.recipients import contacts_of
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.models import Direction
from coordinator.people.models import Person
from coordinator.spoken import phone
from tests.builders import MADE_AT, a_coordinator, a_message, a_night, a_shift, a_slot, minutes, sign_in
from tests.features.texts.writing import TEXTS
from tests.night import ANight
from tests.reading import words

SENDER = "simulated"


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh has said yes and plays at 20:00, Carlos was asked and plays at 20:50; Ana is at the door from 19:00."""
    acts = [a_slot("Josh Granowski", "20:00", answer="confirmed"), a_slot("Carlos Lumbi", "20:50")]
    return a_night(acts, shifts=[a_shift("Front door", "19:00", "20:00", people=("Ana Ruiz",))])


def told(night: ANight, name: str, state: str, at: str = "12:00", **columns: Any) -> None:
    left: dict[str, Any] = {} if state in ("waiting", "held") else {"claimed_at": night.at(at), "sent_at": night.at(at)}
    a_message(night, night.person(name), state=state, due_at=night.at(at), **left | columns)


def wrote(night: ANight, name: str, at: str) -> None:
    a_message(
        night,
        night.person(name),
        body="C",
        direction=Direction.IN,
        kind="reply",
        state="received",
        created_at=night.at(at),
    )


def status(night: ANight, name: str, what: str | None = None) -> str:
    rows = person_rows(contacts_of(night.event, night.at("13:00")), SENDER, what=what)
    return next((row.status for row in rows if row.person.name == name), "")


def called(night: ANight, at: str = "13:00") -> dict[str, tuple[str, ...]]:
    return {call.person.name: call.why for call in call_list(contacts_of(night.event, night.at(at)), SENDER)}


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("waiting", "planned"),
        ("held", "planned"),
        ("sending", "unsure"),
        ("unknown", "unsure"),
        ("accepted", "sent"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("undelivered", "failed"),
        ("failed", "failed"),
        ("expired", "failed"),
        ("stopped", "failed"),
        ("cancelled", "nothing"),
    ],
)
def test_somebody_stands_where_their_last_text_does(night: ANight, state: str, word: str) -> None:
    told(night, "Josh Granowski", state)

    assert status(night, "Josh Granowski") == word


def test_the_last_text_is_the_one_that_left_last_whichever_was_planned_first(night: ANight) -> None:
    told(night, "Josh Granowski", "delivered", "12:30")
    told(night, "Josh Granowski", "failed", "12:00")
    told(night, "Josh Granowski", "waiting", "19:00")

    assert status(night, "Josh Granowski") == "delivered"


def test_whoever_wrote_after_a_text_has_read_it(night: ANight) -> None:
    told(night, "Josh Granowski", "sent", "12:00")
    wrote(night, "Josh Granowski", "12:02")
    told(night, "Carlos Lumbi", "sent", "12:00")
    wrote(night, "Carlos Lumbi", "11:58")

    assert [status(night, name) for name in ("Josh Granowski", "Carlos Lumbi")] == ["answered", "sent"]


def test_why_somebody_never_gets_a_text_comes_before_all_else(night: ANight) -> None:
    told(night, "Josh Granowski", "delivered")
    told(night, "Carlos Lumbi", "delivered")
    stop_texts(night.person("Josh Granowski").phone or "", sender=SENDER, cause="STOP", now=night.at("12:10"))
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None
        night.person("Ana Ruiz").phone = None

    names = ("Josh Granowski", "Carlos Lumbi", "Ana Ruiz")
    assert [status(night, name) for name in names] == ["opted_out", "not_agreed", "no_phone"]


def test_one_kind_of_text_can_be_asked_about(night: ANight) -> None:
    told(night, "Josh Granowski", "failed", "11:00", rule="details")
    told(night, "Josh Granowski", "delivered", "12:00", rule="call")

    assert [status(night, "Josh Granowski", what) for what in ("details", "call", "stage")] == [
        "failed",
        "delivered",
        "",
    ]


def test_the_page_says_the_truth_of_each_person_in_plain_words(night: ANight, client: FlaskClient) -> None:
    told(night, "Josh Granowski", "sent", "12:00")
    wrote(night, "Josh Granowski", "19:02")
    told(night, "Ana Ruiz", "undelivered", error_code=30003, error="Unreachable destination handset")
    told(night, "Carlos Lumbi", "expired", error="not_confirmed")
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get(f"{TEXTS}/people").text

    assert "Read: they replied at 7:02 PM, Fri, Dec 4." in page
    assert "The phone was off or out of reach. (30003)" in page
    assert "The network never confirmed it, so we can&#39;t tell if it arrived. Call to be sure." in page
    carlos = night.person("Carlos Lumbi")
    assert page.count("Hasn't answered yet") == 1
    assert f'href="tel:{carlos.phone}"' in page
    assert f"/texts/write?to=person-{carlos.id}" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Ana Ruiz", "Carlos Lumbi", "Josh Granowski"]),
        ("state=unconfirmed", ["Carlos Lumbi"]),
        ("state=delivered", ["Josh Granowski"]),
        ("to=volunteers", ["Ana Ruiz"]),
        ("what=call", ["Josh Granowski"]),
        ("what=no-such-kind&state=no-such-state", ["Ana Ruiz", "Carlos Lumbi", "Josh Granowski"]),
        ("to=no-such-people", []),
        ("page=7", ["Ana Ruiz", "Carlos Lumbi", "Josh Granowski"]),
    ],
)
def test_people_can_be_narrowed(night: ANight, client: FlaskClient, asked: str, names: list[str]) -> None:
    told(night, "Josh Granowski", "delivered", rule="call")
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get(f"{TEXTS}/people?{asked}").text

    assert [name for name in ("Ana Ruiz", "Carlos Lumbi", "Josh Granowski") if f"<b>{name}</b>" in page] == names


def test_whom_texts_reach_and_who_has_answered_is_not_called(night: ANight) -> None:
    for name in ("Josh Granowski", "Ana Ruiz"):
        told(night, name, "delivered")

    assert called(night) == {}


def test_who_cannot_be_texted_or_was_not_reached_or_does_not_answer_is_called(night: ANight) -> None:
    told(night, "Josh Granowski", "undelivered", says_at=night.at("20:00"))
    told(night, "Carlos Lumbi", "delivered")
    with transaction():
        night.person("Ana Ruiz").agreed_at = None

    assert called(night) == {
        "Ana Ruiz": ("not_agreed",),
        "Josh Granowski": ("failed",),
        "Carlos Lumbi": ("unconfirmed",),
    }


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("failed", "failed"),
        ("undelivered", "failed"),
        ("unknown", "unsure"),
        ("expired", "failed"),
        ("stopped", "failed"),
    ],
)
def test_a_text_that_may_not_have_arrived_is_on_the_call_list(night: ANight, state: str, why: str) -> None:
    told(night, "Josh Granowski", state, says_at=night.at("20:00"))

    assert called(night) == {"Josh Granowski": (why,)}


def test_what_is_over_needs_no_call(night: ANight) -> None:
    told(night, "Josh Granowski", "failed", says_at=night.at("20:00"))
    told(night, "Carlos Lumbi", "delivered")
    with transaction():
        night.person("Ana Ruiz").phone = None

    assert called(night, "05:00+1") == {}


def test_who_has_nothing_to_do_any_more_and_was_not_told_is_called(night: ANight) -> None:
    told(night, "Josh Granowski", "failed", kind="cancelled", body="Your set is canceled.", says_at=night.at("20:00"))
    with transaction() as session:
        slot = session.get_one(Slot, night.slot("Josh Granowski").id)
        slot.cancelled_at = night.at("11:00")

    calls = call_list(contacts_of(night.event, night.at("13:00")), SENDER)

    assert [(call.person.name, call.why, [text.body for text in call.lost]) for call in calls] == [
        ("Josh Granowski", ("failed",), ["Your set is canceled."])
    ]


def test_a_number_that_texts_do_not_reach_is_called_before_anything_is_lost(night: ANight) -> None:
    with transaction() as session:
        session.get_one(Person, night.person("Ana Ruiz").id).phone_trouble = "landline"

    assert called(night) == {"Ana Ruiz": ("failed",)}


def test_the_call_list_says_what_to_tell_and_has_the_number(night: ANight, client: FlaskClient) -> None:
    soon = night.at("12:00") + minutes(1)
    a_message(night, night.person("Ana Ruiz"), body="Doors at 7 now.", kind="note", state="failed", finished_at=soon)
    told(night, "Carlos Lumbi", "delivered")
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get(f"{TEXTS}/call-list").text

    assert "Front door at 7:00 PM on Fri, Dec 4." in page
    assert "“Doors at 7 now.”" in page
    assert "Ask: can Carlos Lumbi play at 8:50 PM on Fri, Dec 4?" in page
    assert f">{phone(night.person('Ana Ruiz').phone or '')}</a>" in page
    assert page.index("Ana Ruiz") < page.index("Carlos Lumbi")


def test_the_overview_leads_to_the_call_list_and_names_what_nobody_is_sure_of(
    night: ANight, client: FlaskClient, now: Any
) -> None:
    a_message(
        night,
        night.person("Josh Granowski"),
        state="expired",
        error="not_confirmed",
        finished_at=night.at("12:00") + timedelta(days=1),
    )
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get("/coordinate/justice-in-motion").text

    assert "We can't tell if a text to Josh Granowski arrived" in page
    assert "/coordinate/justice-in-motion/texts/call-list" in page


MAILED = {"phone": None, "email": "ana@show.example", "email_agreed_at": MADE_AT}


def set_up(night: ANight, name: str, **columns: Any) -> None:
    with transaction():
        for column, value in columns.items():
            setattr(night.person(name), column, value)


@pytest.mark.parametrize(
    ("columns", "word", "why"),
    [
        (MAILED, "nothing", None),
        (MAILED | {"email_agreed_at": None}, "no_phone", ("no_phone",)),
        (MAILED | {"email_trouble": "550 no such user"}, "failed", ("failed",)),
        (MAILED | {"phone": "+12125550177", "phone_trouble": "30003"}, "nothing", None),
    ],
)
def test_who_is_reached_by_email_is_called_only_when_emails_come_back(
    night: ANight, columns: dict[str, Any], word: str, why: tuple[str, ...] | None
) -> None:
    set_up(night, "Ana Ruiz", **columns)

    assert status(night, "Ana Ruiz") == word
    assert called(night).get("Ana Ruiz") == why


def test_the_page_says_by_which_way_the_last_notice_went_and_what_failed_before(
    night: ANight, client: FlaskClient
) -> None:
    set_up(night, "Ana Ruiz", **MAILED | {"phone": "+12125550177"})
    mail = {"subject": "You're on Front door", "body": "Fri, Dec 4, 7pm."}
    more: dict[str, Any] = {"channel": "email", "address": "ana@show.example", "gave_up_on": "text", "mail": mail}
    told(night, "Ana Ruiz", "sent", **more)
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = words(alice.get(f"{TEXTS}/people"))
    conversation = words(alice.get(f"{TEXTS}/people/{night.person('Ana Ruiz').id}"))

    assert "The text didn't arrive, so it went by email." in page
    assert "Last email: " in page
    assert "You're on Front door Fri, Dec 4, 7pm. Email, " in conversation


def test_a_code_by_email_opens_the_conversation_of_its_address_alone(night: ANight, client: FlaskClient) -> None:
    mailed: dict[str, Any] = {"kind": "code", "state": "sent", "channel": "email", "phone": ""}
    addresses = ("new@show.example", "other@show.example")
    codes = [a_message(night, night.person("Josh Granowski"), address=to, **mailed) for to in addresses]
    with transaction():
        for code in codes:
            code.person_id = None
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.get(f"{TEXTS}/thread/{codes[0].id}")

    assert page.text.count('class="bubble ') == 1
    assert "n•••@show.example" in words(page)
