"""From the outbox over real HTTP to the phone and back: claim, post, call back, delivered."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from coordinator.messaging.actions.receipts import apply_receipts
from coordinator.messaging.queries.outbox import whole_body
from coordinator.services import services
from tests.builders import a_night
from tests.databases import settings_for
from tests.messaging.posting import a_text, send_due, state, story
from tests.messaging.stand_in import ACCOUNT, SENDER, Play, StandIn, settings_to, signature

PUBLIC_URL = "https://show.example"


@pytest.fixture
def settings(database_url: str, tmp_path: Path, stand_in: StandIn) -> Settings:
    return replace(settings_for(database_url, tmp_path), public_url=PUBLIC_URL, twilio=settings_to(stand_in))


def call_back(client: FlaskClient, text: dict[str, str], status: str, **more: str) -> None:
    """The network calls where the text said it should, and signs it."""
    address = text["StatusCallback"]
    fields = {
        "AccountSid": ACCOUNT,
        "From": text["From"],
        "To": text["To"],
        "MessageSid": text["sid"],
        "MessageStatus": status,
        **more,
    }
    signs = {"X-Twilio-Signature": signature(address, fields)}
    answer = client.post(address.removeprefix(PUBLIC_URL), data=fields, headers=signs)
    assert answer.status_code == 204


def test_a_text_goes_out_and_the_phone_says_it_arrived(app: Flask, client: FlaskClient, stand_in: StandIn) -> None:
    night = a_night()
    josh, now = night.person("Josh Granowski"), night.at("19:45")
    message = a_text(night, josh, "You’re on at 8 pm.", due_at=now, useful_until=night.at("20:00"))

    send_due(services().gateway, now)
    taken = stand_in.taken[0]
    for status in ("sent", "delivered", "queued"):
        call_back(client, taken, status)
    apply_receipts(night.at("19:46"))

    assert stand_in.taken == [
        {
            "To": josh.phone,
            "From": SENDER,
            "Body": "You're on at 8 pm.",
            "StatusCallback": f"{PUBLIC_URL}/twilio/status/{message.id}",
            "ValidityPeriod": "900",
            "sid": "SM" + "1".rjust(32, "0"),
        }
    ]
    assert (state(message), message.provider_sid) == ("delivered", taken["sid"])
    assert [after for after, _ in story(message)] == ["waiting", "sending", "accepted", "sent", "delivered"]
    assert whole_body(message) == taken["Body"]


def test_a_text_whose_answer_was_lost_is_known_again_when_the_network_calls_back(
    app: Flask, client: FlaskClient, stand_in: StandIn
) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    stand_in.play(Play(hang_up=True))

    send_due(services().gateway, now)
    unsure = state(message)
    call_back(client, stand_in.taken[0], "sent")
    apply_receipts(now)
    send_due(services().gateway, now)

    assert (unsure, state(message), len(stand_in.requests)) == ("unknown", "sent", 1)


def test_a_busy_network_takes_the_text_a_little_later(app: Flask, stand_in: StandIn) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    stand_in.play(Play(429, 20429, headers={"Retry-After": "1"}))

    send_due(services().gateway, now)
    waited = state(message)
    send_due(services().gateway, now.replace(second=1))

    assert (waited, state(message)) == ("waiting", "accepted")
    assert (len(stand_in.requests), len(stand_in.taken)) == (2, 1)


@pytest.mark.parametrize(
    ("code", "after"), [(21211, "failed"), (21610, "stopped"), (20003, "waiting"), (30007, "failed")]
)
def test_a_refused_text_is_not_posted_again_while_it_is_refused(
    app: Flask, stand_in: StandIn, code: int, after: str
) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    stand_in.play(Play(401 if code == 20003 else 400, code))

    for _ in range(3):
        send_due(services().gateway, now)

    assert (state(message), len(stand_in.requests), stand_in.taken) == (after, 1, [])
