"""The first text that leaves for a phone, of whichever kind, says who writes and how to stop."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator.db import transaction
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.gateway import RecordingGateway, Refused, TryLater
from coordinator.messaging.models import Message, MessageKind
from tests.builders import MADE_AT, ANight, a_night, a_person, an_organisation
from tests.messaging.posting import bodies, send_due, state

FIRST = "Benefit Nights: {} Reply STOP to opt out."


def a_text(
    night: ANight, body: str, due: str, *, kind: str = "note", key: str | None = None, first_body: str | None = None
) -> Message:
    with transaction():
        return queue_text(
            organisation_id=night.organisation.id,
            event_id=night.event.id,
            person=night.person("Josh Granowski"),
            kind=kind,
            body=body,
            now=MADE_AT,
            due_at=night.at(due),
            useful_until=night.at("23:00"),
            dedupe_key=key,
            first_body=first_body,
        )


@pytest.mark.parametrize("kind", MessageKind)
def test_whichever_kind_is_first_says_who_writes(app: Flask, kind: str) -> None:
    night, gateway = a_night(), RecordingGateway()
    a_text(night, "One.", "19:00", kind=kind)
    a_text(night, "Two.", "19:10", kind="note")

    send_due(gateway, night.at("19:00"))
    send_due(gateway, night.at("19:10"))

    assert bodies(gateway) == [FIRST.format("One."), "Two."]


@pytest.mark.parametrize("kind", MessageKind)
def test_whichever_kind_comes_second_does_not_say_it_again(app: Flask, kind: str) -> None:
    night, gateway = a_night(), RecordingGateway()
    a_text(night, "One.", "19:00", kind="note")
    a_text(night, "Two.", "19:10", kind=kind)

    send_due(gateway, night.at("19:10"))

    assert bodies(gateway) == [FIRST.format("One."), "Two."]


def test_of_two_that_wait_only_the_one_that_leaves_first_says_it(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway()
    written_first = a_text(night, "Tomorrow.", "20:00", first_body="Benefit Nights: tomorrow. STOP ends it.")
    written_later = a_text(night, "Trade?", "19:00", first_body="Benefit Nights: trade? STOP ends it.")

    send_due(gateway, night.at("19:00"))
    send_due(gateway, night.at("20:00"))

    assert bodies(gateway) == ["Benefit Nights: trade? STOP ends it.", "Tomorrow."]
    assert [written_later.body, written_first.body] == bodies(gateway)


def test_what_never_left_tells_nobody_who_writes(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway(Refused(30003, "unreachable", "recipient"))
    withdraw(a_text(night, "Withdrawn.", "19:00"), now=night.at("18:00"), cause="no longer wanted")
    refused = a_text(night, "Refused.", "19:00")
    a_text(night, "Left.", "19:10")

    send_due(gateway, night.at("19:00"))
    send_due(gateway, night.at("19:10"))

    assert state(refused) == "failed"
    assert bodies(gateway)[-1] == FIRST.format("Left.")


def test_a_text_that_has_to_try_again_says_it_once_more(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway(TryLater("busy"))
    a_text(night, "One.", "19:00")

    send_due(gateway, night.at("19:00"))
    send_due(gateway, night.at("19:00") + timedelta(minutes=5))

    assert bodies(gateway) == [FIRST.format("One."), FIRST.format("One.")]


def test_another_organization_says_who_it_is_too(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway()
    other = a_night(organisation=an_organisation("Elsewhere"), slug="elsewhere")
    with transaction():
        for each, body in ((night, "One."), (other, "Two.")):
            queue_text(
                organisation_id=each.organisation.id,
                event_id=each.event.id,
                person=None,
                phone="+12125550199",
                kind="code",
                body=body,
                now=night.at("19:00"),
            )

    send_due(gateway, night.at("19:00"))

    assert sorted(bodies(gateway)) == [
        "Benefit Nights: One. Reply STOP to opt out.",
        "Elsewhere: Two. Reply STOP to opt out.",
    ]


def test_what_names_us_and_how_to_stop_is_left_as_it_is(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway()
    a_text(night, "Benefit Nights: texts are back on. Reply STOP to stop them.", "19:00", kind="echo")

    send_due(gateway, night.at("19:00"))

    assert bodies(gateway) == ["Benefit Nights: texts are back on. Reply STOP to stop them."]


def test_a_farewell_does_not_say_how_to_stop(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway()
    a_text(night, "You won't get any more texts.", "19:00", kind="echo", key="stopped:1")

    send_due(gateway, night.at("19:00"))

    assert bodies(gateway) == ["You won't get any more texts."]


def test_a_full_stop_ends_the_sentence_but_not_a_link(app: Flask) -> None:
    night, gateway = a_night(), RecordingGateway()
    a_text(night, "Bring a coat", "19:00")
    with transaction():
        queue_text(
            organisation_id=night.organisation.id,
            event_id=night.event.id,
            person=a_person("Una Vale", organisation=night.organisation),
            kind="note",
            body="All of it: https://show.example/me/abc",
            now=night.at("19:00"),
        )

    send_due(gateway, night.at("19:00"))

    assert sorted(bodies(gateway)) == [
        FIRST.format("All of it: https://show.example/me/abc"),
        FIRST.format("Bring a coat."),
    ]
