"""Whatever comes to Twilio's addresses, signed or not: it is taken in or refused, and never an error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from config import Settings, TwilioSettings
from coordinator.db import db
from coordinator.messaging.models import Message
from tests.builders import a_night
from tests.databases import settings_for
from tests.fuzz.strategies import fuzzed, hostile_texts
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN, signature

PUBLIC_URL = "https://show.example"
NAMES = "From To Body MessageSid NumMedia MessageStatus ErrorCode MessagingServiceSid ApiVersion".split()
IDS = ("1", str(2**63 - 1), "9" * 30)
PLACES = ("/twilio/inbound", "/twilio/fallback", *(f"/twilio/status/{number}" for number in IDS))
FIELDS = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=8),
    hostile_texts("+12025550142", "delivered", "undelivered", "failed", "sent", "SM1", "30007", "21610"),
    max_size=8,
)
USUAL = {"MessageSid": "SM1", "From": "+12025550142", "To": SENDER, "Body": "hi", "NumMedia": "0"}


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return replace(
        settings_for(database_url, tmp_path),
        public_url=PUBLIC_URL,
        twilio=TwilioSettings(ACCOUNT, TOKEN, sender=SENDER),
    )


@fuzzed
@given(path=st.sampled_from(PLACES), changed=FIELDS, known=st.booleans(), query=hostile_texts())
def test_what_is_signed_is_taken_in_or_refused(
    app: Flask, path: str, changed: dict[str, str], known: bool, query: str
) -> None:
    phone = {"From": _a_performers_phone()} if known else {}
    fields = {name: _sent(value) for name, value in {**USUAL, **changed, **phone, "AccountSid": ACCOUNT}.items()}

    answer = app.test_client().post(
        path, data=fields, headers={"X-Twilio-Signature": signature(PUBLIC_URL + path, fields)}
    )

    assert answer.status_code in {200, 204, 400, 404}


@fuzzed
@given(path=st.sampled_from(PLACES), fields=FIELDS, signed=st.text(max_size=40), body=st.binary(max_size=200))
def test_what_is_not_signed_is_refused(app: Flask, path: str, fields: dict[str, str], signed: str, body: bytes) -> None:
    headers = {"X-Twilio-Signature": "".join(char for char in signed if char.isascii() and char.isprintable())}
    as_form = app.test_client().post(path, data={name: _sent(value) for name, value in fields.items()}, headers=headers)
    as_bytes = app.test_client().post(path, data=body, headers=headers, content_type="multipart/form-data; boundary=x")

    assert {as_form.status_code, as_bytes.status_code} <= {400, 403, 404, 413}
    assert db.session.query(Message).filter(Message.direction == "in").count() == 0


def _a_performers_phone() -> str:
    """Of a night that is made with the first example."""
    found = db.session.query(Message.phone).first()
    return found[0] if found else a_night().person("Josh Granowski").phone or ""


def _sent(text: str) -> str:
    """As UTF-8 can carry it, and in what a form of anybody may bring."""
    return text.encode("utf-8", "replace").decode()[:4_000]
