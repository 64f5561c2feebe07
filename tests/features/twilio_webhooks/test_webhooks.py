"""What Twilio calls: signed, ours, and answered at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings, TwilioSettings
from coordinator.db import db
from coordinator.messaging.models import Direction, Message, Receipt
from tests.builders import a_night
from tests.databases import settings_for
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN, signature

PUBLIC_URL = "https://show.example"
INBOUND = "/twilio/inbound"
TEXT = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "From": "+12125550142", "To": SENDER, "Body": "hi", "NumMedia": "0"}
STATUS = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "MessageStatus": "delivered", "ApiVersion": "2010-04-01"}


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    twilio = TwilioSettings(ACCOUNT, TOKEN, auth_token_previous="the one before", sender=SENDER)
    return replace(settings_for(database_url, tmp_path), public_url=PUBLIC_URL, twilio=twilio)


def came_in() -> list[Message]:
    return db.session.query(Message).filter(Message.direction == Direction.IN).all()


def call(
    client: FlaskClient, path: str, fields: dict[str, str], *, token: str = TOKEN, signed: dict[str, str] | None = None
) -> int:
    signs = {"X-Twilio-Signature": signature(PUBLIC_URL + path, fields if signed is None else signed, token)}
    return client.post(path, data=fields, headers=signs).status_code


def test_a_text_comes_in_and_is_answered_with_nothing_to_say(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    phone = night.person("Josh Granowski").phone or ""
    fields = TEXT | {"From": phone, "Body": "Sí, gracias"}

    response = client.post(
        INBOUND, data=fields, headers={"X-Twilio-Signature": signature(PUBLIC_URL + INBOUND, fields)}
    )

    assert (response.status_code, response.mimetype) == (200, "text/xml")
    assert response.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    kept = [(message.phone, message.body, message.provider_sid) for message in came_in()]
    assert kept == [(phone, "Sí, gracias", "SM1")]


def test_the_same_text_called_in_twice_is_kept_once(client: FlaskClient) -> None:
    assert [call(client, INBOUND, TEXT), call(client, INBOUND, TEXT)] == [200, 200]
    assert len(came_in()) == 1


def test_a_text_called_in_at_the_fallback_is_the_same_text(client: FlaskClient) -> None:
    fallback = TEXT | {"ErrorCode": "11200", "ErrorUrl": PUBLIC_URL + INBOUND}

    assert [call(client, "/twilio/fallback", fallback), call(client, INBOUND, TEXT)] == [200, 200]
    assert [(message.provider_sid, message.body) for message in came_in()] == [("SM1", "hi")]
    assert call(client, "/twilio/fallback", fallback, signed=TEXT) == 403


def test_a_picture_without_words_is_a_text_for_a_person_to_read(client: FlaskClient) -> None:
    assert call(client, INBOUND, TEXT | {"Body": "", "NumMedia": "1", "MediaUrl0": "https://show.example/x"}) == 200
    assert [message.needs_answer for message in came_in()] == [True]


def test_what_became_of_a_text_is_kept_with_every_field(client: FlaskClient) -> None:
    assert call(client, "/twilio/status/7", STATUS) == 204
    assert [(receipt.message_id, receipt.fields) for receipt in db.session.query(Receipt)] == [(7, STATUS)]


def test_a_call_signed_with_the_token_before_is_still_ours(client: FlaskClient) -> None:
    assert call(client, "/twilio/status/7", STATUS, token="the one before") == 204


def test_the_query_string_is_signed_as_it_was_sent(client: FlaskClient) -> None:
    assert call(client, INBOUND + "?from=a%20b&c=%2B", TEXT) == 200


def test_the_address_that_was_signed_is_the_public_one_whatever_the_proxy_asks_for(client: FlaskClient) -> None:
    signs = {"X-Twilio-Signature": signature(PUBLIC_URL + INBOUND, TEXT), "X-Forwarded-Host": "elsewhere.example"}

    response = client.post(INBOUND, data=TEXT, headers=signs, base_url="http://127.0.0.1:8000")

    assert response.status_code == 200


@pytest.mark.parametrize("path", [INBOUND, "/twilio/status/7"])
def test_a_call_that_is_not_the_networks_or_not_our_accounts_is_refused(client: FlaskClient, path: str) -> None:
    others = TEXT | {"AccountSid": "AC" + "9" * 32}

    answers = [
        client.post(path, data=TEXT).status_code,
        call(client, path, TEXT, token="a guess"),
        call(client, path, TEXT | {"Body": "GO"}, signed=TEXT),
        call(client, path, TEXT | {"Extra": "1"}, signed=TEXT),
        call(client, path, others),
        call(client, path, {key: value for key, value in TEXT.items() if key != "AccountSid"}),
    ]

    assert answers == [403] * 6
    assert (db.session.query(Message).count(), db.session.query(Receipt).count()) == (0, 0)


@pytest.mark.parametrize("missing", ["From", "MessageSid"])
def test_a_signed_call_that_names_no_text_is_not_understood(client: FlaskClient, missing: str) -> None:
    assert call(client, INBOUND, {key: value for key, value in TEXT.items() if key != missing}) == 400


@pytest.mark.parametrize("path", [INBOUND, INBOUND + "?proof=a%20b%2Fc&plus=%2B", "/twilio/fallback"])
def test_a_call_that_only_asks_whether_we_are_here_is_answered_and_changes_nothing(
    client: FlaskClient, path: str
) -> None:
    fields = {"AccountSid": ACCOUNT, "CallboardProof": "4711"}

    answer = client.post(path, data=fields, headers={"X-Twilio-Signature": signature(PUBLIC_URL + path, fields)})
    unsigned = client.post(path, data=fields)

    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/plain", "callboard heard 4711")
    assert unsigned.status_code == 403
    assert came_in() == []


def test_a_message_id_that_cannot_be_is_not_found(client: FlaskClient) -> None:
    assert call(client, "/twilio/status/99999999999999999999", STATUS) == 404


def test_no_form_token_is_asked_of_the_network(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    assert call(client, INBOUND, TEXT) == 200


@pytest.mark.parametrize("path", [INBOUND, "/twilio/status/7", "/phones"])
def test_only_posts_are_calls_and_there_are_no_simulated_phones_beside_a_real_network(
    client: FlaskClient, path: str
) -> None:
    assert client.get(path, headers={"Accept": "application/json"}).status_code in {401, 404, 405}
