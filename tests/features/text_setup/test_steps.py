"""Setting texts up: the steps and how they stand, the test text and its answer, and who may press what."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings, TwilioSettings
from coordinator import clock
from coordinator.core.sms_text import measure
from coordinator.db import db, transaction
from coordinator.features.text_setup.facts import SetupFacts, facts_of
from coordinator.features.text_setup.steps import SetupStep, opened_steps, steps_of
from coordinator.features.text_setup.words import registration_of
from coordinator.messaging.actions.alarms import raise_alarm
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.actions.receipts import store_receipt
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import SenderSetUp
from coordinator.messaging.models import AlarmKind, Direction, Message
from coordinator.people.actions.consent import take_back_agreement
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Person
from coordinator.services import AppServices
from tests.builders import MADE_AT, a_coordinator, a_message, a_night, a_slot, an_organisation, sign_in
from tests.night import ANight
from tests.playing import Playing
from tests.serving import served

PAGE = "/coordinate/texting"
TWILIO = TwilioSettings(
    "AC0123", "kept to itself", api_key="SK0123", api_secret="a word of its own", sender="+12125550100"
)
NOTHING = SetupFacts(None, False, None, None, False, 0, frozenset())
AT_WORK = replace(NOTHING, ticked_at=MADE_AT, jobs_tick=True)


class ToldGateway(RecordingGateway):
    """A network that tells where it calls with texts to our number."""

    inbound_url = ""

    def sender_set_up(self) -> SenderSetUp:
        return SenderSetUp(is_ours=True, inbound_url=self.inbound_url)


def signed_in(client: FlaskClient, role: str = "owner") -> tuple[ANight, FlaskClient]:
    night = a_night([a_slot("Josh Granowski", "20:00")], quiet_from=None, quiet_to=None)
    alice = a_coordinator("Alice", organisation=night.organisation, role=role)
    return night, sign_in(client, alice)


def furnish(app: Flask, gateway: RecordingGateway, address: str = "https://show.example") -> None:
    """The same app with real texts under this address."""
    services: AppServices = app.extensions["callboard"]
    settings = replace(services.settings, public_url=address, twilio=replace(TWILIO, api_url=address))
    app.extensions["callboard"] = replace(services, settings=settings, gateway=gateway)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def the_test() -> Message:
    return db.session.scalars(select(Message).where(Message.dedupe_key.startswith("try:"))).one()


def person_of(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def states(settings: Settings, facts: SetupFacts, checks: Sequence[bool | None] | None = None) -> dict[str, str]:
    return {step.key: step.state for step in steps_of(settings, facts, checks)}


def test_without_twilio_every_step_is_to_do(sqlite_app: Flask) -> None:
    settings: Settings = sqlite_app.extensions["callboard"].settings

    assert steps_of(settings, AT_WORK, None) == [
        SetupStep("account", "todo"),
        SetupStep("sender", "todo"),
        SetupStep("registration", "todo"),
        SetupStep("webhooks", "todo"),
        SetupStep("opt_out", "note"),
        SetupStep("checks", "done"),
    ]


def test_what_is_seen_to_work_is_done(sqlite_app: Flask) -> None:
    settings: Settings = replace(
        sqlite_app.extensions["callboard"].settings, twilio=TWILIO, public_url="https://show.example"
    )

    assert set(states(settings, AT_WORK).values()) == {"done", "todo", "note"}
    seen = replace(AT_WORK, inbound_at=MADE_AT, delivered=True)
    assert set(states(settings, seen, [True, None]).values()) == {"done", "note"}


@pytest.mark.parametrize(
    ("facts", "checks", "address", "troubled"),
    [
        (replace(AT_WORK, alarms=frozenset({20003})), None, "https://show.example", {"account"}),
        (replace(AT_WORK, alarms=frozenset({21606})), None, "https://show.example", {"sender"}),
        (replace(AT_WORK, alarms=frozenset({30034}), delivered=True), None, "https://show.example", {"registration"}),
        (AT_WORK, None, "http://127.0.0.1:8000", {"webhooks"}),
        (NOTHING, None, "https://show.example", {"checks"}),
        (AT_WORK, [True, False], "https://show.example", {"checks"}),
    ],
)
def test_a_step_in_trouble_says_so(
    sqlite_app: Flask, facts: SetupFacts, checks: list[bool | None] | None, address: str, troubled: set[str]
) -> None:
    settings = replace(sqlite_app.extensions["callboard"].settings, twilio=TWILIO, public_url=address)

    assert {key for key, state in states(settings, facts, checks).items() if state == "trouble"} == troubled


def test_the_page_shows_which_settings_are_set_and_never_what_they_are(
    sqlite_app: Flask, sqlite_client: FlaskClient
) -> None:
    _night, alice = signed_in(sqlite_client)
    furnish(sqlite_app, ToldGateway())

    page = alice.get(PAGE)

    for secret in ("AC0123", "kept to itself", "SK0123", "a word of its own"):
        assert secret not in page.text
    assert "TWILIO_AUTH_TOKEN Set" in words(page.text)
    assert "TWILIO_MESSAGING_SERVICE_SID Not set" in words(page.text)
    assert "https://show.example/twilio/inbound" in page.text
    assert "https://show.example/twilio/fallback" in page.text


def test_what_to_write_where_a_number_is_registered_is_our_own_words_in_english(
    app: Flask, client: FlaskClient
) -> None:
    _night, alice = signed_in(client)

    page = words(alice.get(f"{PAGE}?lang=es").text)

    assert "Benefit Nights: Ana, can you play Songs for the River at 8:30pm on Fri Dec 4, Alder" in page
    assert "Message and data rates may apply. Reply STOP to stop, HELP for help." in page
    assert "/e/justice-in-motion/volunteer" in page


def test_every_sample_text_is_one_segment_but_the_first_ask() -> None:
    registration = registration_of("Kitchen Table Concerts", "https://show.example", "/e/x/volunteer", "Yes.")

    assert (registration.privacy_url, registration.terms_url) == (
        "https://show.example/privacy",
        "https://show.example/terms",
    )
    assert [measure(sample).segments for sample in registration.samples] == [2, 1, 1, 1, 1]
    assert registration.samples[0].endswith("Reply STOP to opt out.")


def test_a_test_text_goes_to_ones_own_phone_by_the_way_of_every_text(app: Flask, client: FlaskClient) -> None:
    _night, alice = signed_in(client)
    playing = Playing(clock.now() + timedelta(seconds=30))

    answer = alice.post(f"{PAGE}/test")
    planned = words(alice.get(PAGE).text)
    said = playing.tick()
    sent = words(alice.get(PAGE).text)

    assert (answer.status_code, answer.location) == (303, f"{PAGE}#test")
    assert "Planned" in planned
    assert "Reply C to it" not in planned
    assert len(said) == 1
    assert said[0].startswith("Benefit Nights: this is a test from Callboard. Reply C")
    assert (the_test().person, the_test().any_hour, the_test().state) == (person_of("Alice"), True, "accepted")
    assert "Sent" in sent
    assert "Reply C to it" in sent


def test_the_answer_to_a_test_is_shown_and_confirms_nothing(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    josh = night.person("Josh Granowski")
    with transaction():
        person_of("Alice").phone = josh.phone
    alice.post(f"{PAGE}/test")
    playing = Playing(clock.now() + timedelta(seconds=30))
    playing.tick()

    playing.text_in(josh.phone or "", "C")
    said = playing.tick()

    assert said == ["We got your answer, so texts work both ways. Nothing else has changed."]
    assert night.slot("Josh Granowski").answer in ("open", "invited")
    assert 'Your answer "C" came in: texts work both ways.' in words(alice.get(PAGE).text)


def test_somebody_without_a_number_gives_one_and_agrees(app: Flask, client: FlaskClient) -> None:
    _night, alice = signed_in(client)
    person = person_of("Alice")
    take_back_agreement(person, MADE_AT)
    edit_person(person, phone="")

    shown = alice.get(PAGE)
    wrong = alice.post(f"{PAGE}/test", data={"phone": "12"})
    right = alice.post(f"{PAGE}/test", data={"phone": "(212) 555-0177"})

    assert "Your mobile number" in shown.text
    assert (wrong.status_code, 'value="12"' in wrong.text) == (422, True)
    assert right.status_code == 303
    db.session.refresh(person)
    assert (person.phone, person.agreed_how) == ("+12125550177", "texting page")
    assert (person.agreed_words or "").startswith("You agree to get this test and texts about the shows you")
    assert the_test().phone == "+12125550177"


def test_somebody_who_replied_stop_is_told_how_to_begin_again(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    _night, alice = signed_in(sqlite_client)
    stop_texts(person_of("Alice").phone or "", sender="simulated", cause="STOP", now=MADE_AT)

    answer = alice.post(f"{PAGE}/test")

    assert answer.status_code == 422
    assert "You replied STOP from this phone. Text START to our number first." in answer.text
    assert db.session.query(Message).count() == 0


def test_tests_are_not_sent_without_end(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    _night, alice = signed_in(sqlite_client)

    answers = [alice.post(f"{PAGE}/test").status_code for _ in range(6)]

    assert answers == [303] * 5 + [422]


def test_only_an_owner_looks_and_sends(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night, bob = signed_in(sqlite_client, role="coordinator")
    a_coordinator("Olga Owner", organisation=night.organisation)

    page = bob.get(PAGE)
    answers = [bob.post(f"{PAGE}/{verb}") for verb in ("test", "checks")]

    assert "The owner here: Olga Owner." in page.text
    assert "Send me a test text" not in page.text
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "This is for owners. Ask Olga Owner." in answers[0].text
    assert db.session.query(Message).count() == 0


def test_looking_now_shows_what_was_found_until_somebody_looks_again(
    sqlite_app: Flask, sqlite_client: FlaskClient
) -> None:
    _night, alice = signed_in(sqlite_client)
    beat("jobs", MADE_AT)
    gateway = ToldGateway()
    with served(sqlite_app) as address:
        furnish(sqlite_app, gateway, address)
        before = words(alice.get(PAGE).text)
        gateway.inbound_url = f"{address}/twilio/inbound"
        answer = alice.post(f"{PAGE}/checks")
        after = words(alice.get(PAGE).text)
        gateway.inbound_url = ""
        alice.post(f"{PAGE}/checks")
        nowhere = words(alice.get(PAGE).text)

    assert (answer.status_code, answer.location) == (303, f"{PAGE}#checks")
    assert "a call signed the way Twilio signs is accepted" not in before
    for sentence in (
        "Twilio accepts the account",
        f"{address} answers",
        "a call signed the way Twilio signs is accepted",
    ):
        assert f"Good {sentence}" in after
    assert f"Good Twilio sends incoming messages to {address}/twilio/inbound" in after
    assert f"Trouble Twilio sends incoming messages to nowhere. Have it send them to {address}" in nowhere


def test_what_came_from_the_network_is_told_from_what_was_simulated_or_asked_for(
    app: Flask, client: FlaskClient
) -> None:
    night, _alice = signed_in(client)
    josh = night.person("Josh Granowski")
    a_message(
        night, josh, direction=Direction.IN, state="received", provider_sid="SIMIN1", created_at=night.at("12:00")
    )
    asked = {"sender": "+12125550100", "simulated": False, "tick_seconds": 1.0, "now": night.at("12:05")}
    store_receipt(1, {"MessageSid": "SM1", "MessageStatus": "delivered"}, now=night.at("12:01"))

    before = facts_of(**asked)  # type: ignore[arg-type]
    a_message(night, josh, direction=Direction.IN, state="received", provider_sid="SM2", created_at=night.at("12:02"))
    store_receipt(1, {"MessageSid": "SM1", "AccountSid": "AC0"}, now=night.at("12:03"))
    a_message(night, josh, state="delivered", sender="+12125550100")
    raise_alarm(AlarmKind.BLOCKED, code=30034, reason="no", now=night.at("12:04"))
    after = facts_of(**asked)  # type: ignore[arg-type]

    assert before == NOTHING
    assert after == SetupFacts(None, False, night.at("12:02"), night.at("12:03"), True, 0, frozenset({30034}))


def test_another_organisations_tests_are_its_own(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    _night, alice = signed_in(sqlite_client)
    alice.post(f"{PAGE}/test")
    charlie = sign_in(sqlite_app.test_client(), a_coordinator("Charlie", organisation=an_organisation("Others")))

    assert "this is a test from Callboard" not in charlie.get(PAGE).text


def test_only_what_is_next_or_in_trouble_or_was_asked_for_stands_open() -> None:
    steps = [SetupStep("account", "done"), SetupStep("sender", "trouble"), SetupStep("webhooks", "todo")]
    finished = [SetupStep("account", "done"), SetupStep("opt_out", "note")]

    assert opened_steps(steps, ()) == {"sender", "webhooks"}
    assert opened_steps(finished, ["checks"]) == {"checks", "test"}


def test_a_test_text_goes_to_the_phone_of_somebody_who_is_told_by_email_first(app: Flask, client: FlaskClient) -> None:
    _night, alice = signed_in(client)
    with transaction():
        owner = person_of("Alice")
        owner.email, owner.email_agreed_at, owner.prefers = "alice@show.example", MADE_AT, "email"
    playing = Playing(clock.now() + timedelta(seconds=30))

    alice.post(f"{PAGE}/test")
    said = playing.tick()

    assert len(said) == 1
    assert (the_test().channel, the_test().state) == ("text", "accepted")
