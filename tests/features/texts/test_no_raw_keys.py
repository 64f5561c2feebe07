"""The Texts pages call every kind and state by words: no key of the database, no rule's and no file's name is shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.core.rules import DEFAULT_RULES, DIGEST, SHIFT_ASK
from coordinator.db import db, transaction
from coordinator.messaging.models import (
    Call,
    CallKind,
    CallReason,
    Direction,
    Message,
    MessageKind,
    MessageState,
    TextError,
)
from coordinator.people.models import Person
from coordinator.shifts.labels import NOTES
from tests.builders import MADE_AT, a_coordinator, a_message, a_night, a_shift, a_slot, minutes, sign_in
from tests.features.texts.writing import TEXTS
from tests.night import ANight
from tests.reading import Element, read_page

SMS = Path(__file__).resolve().parents[3] / "coordinator/templates/sms"
RULES = [rule.key for rule in (*DEFAULT_RULES, SHIFT_ASK)]
FILES = [path.stem for path in SMS.glob("*/*.txt")]
KEYS = {*MessageKind, *MessageState, *RULES, *NOTES, *FILES, *TextError, *CallKind, *CallReason, DIGEST}
RAW = {str(key) for key in KEYS if "-" in key or "_" in key}
FOUND = re.compile(rf"(?<![\w/-])({'|'.join(sorted(map(re.escape, RAW), key=len, reverse=True))})(?![\w-])")
SAID = ("aria-label", "title", "placeholder", "alt")  # attributes that people read or hear


@pytest.fixture
def alice(sqlite_app: Flask, sqlite_client: FlaskClient) -> FlaskClient:
    """A coordinator of a show that has a text of every kind, state, rule and error, and a call for every reason."""
    night = a_night(
        [a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50")],
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))],
    )
    josh = night.person("Josh Granowski")
    for state in MessageState:
        for kind in MessageKind:
            a_text(night, josh, kind=kind, state=state)
    for key in RULES:
        a_text(night, josh, rule=key)
        a_text(night, josh, rule=key, state="delivered")
    for key in NOTES:
        a_text(night, josh, kind="note", rule=key, state="delivered")
    for error in TextError:
        a_text(night, josh, state="failed", error=error)
    with transaction() as session:
        session.add_all(some_calls(night, josh))
    return sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))


def a_text(night: ANight, person: Person, *, kind: str = "reminder", state: str = "waiting", **columns: str) -> None:
    is_in = state == MessageState.RECEIVED
    a_message(
        night,
        person,
        kind=kind,
        state=state,
        direction=Direction.IN if is_in else "out",
        needs_answer=is_in,
        due_at=night.at("19:00"),
        **columns,
    )


def some_calls(night: ANight, person: Person) -> Iterator[Call]:
    pairs = [(kind, CallReason.EARLIER) for kind in CallKind] + [(CallKind.NEW_TIME, why) for why in CallReason]
    for number, (kind, why) in enumerate(pairs):
        yield Call(
            organisation_id=night.organisation.id,
            event_id=night.event.id,
            person_id=person.id,
            kind=kind,
            why=why,
            about="Josh Granowski",
            dedupe_key=f"call-{number}",
            made_at=MADE_AT,
            changed_at=MADE_AT,
            useful_until=night.at("23:00") + minutes(60),
        )


def addresses() -> Iterator[str]:
    for shelf in ("", "/sent", "/failed", "/answers"):
        yield from (f"{TEXTS}{shelf}?page={page}" for page in (1, 2))
    yield from (f"{TEXTS}{shelf}?state={state}" for state in MessageState for shelf in ("", "/sent", "/failed"))
    yield from (f"{TEXTS}/sent?what={what}" for what in sorted({*MessageKind, *RULES, *NOTES}))
    yield from (f"{TEXTS}/{page}" for page in ("people", "call-list", "write?to=unconfirmed"))
    yield f"{TEXTS}/people/{db.session.scalars(select(Person.id)).first()}"
    one_of_each = (select(func.min(Message.id)).group_by(each) for each in (Message.kind, Message.state, Message.error))
    ids = {message_id for each in one_of_each for message_id in db.session.scalars(each)}
    yield from (f"{TEXTS}/thread/{message_id}" for message_id in sorted(ids))


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_texts_shows_a_key(alice: FlaskClient, language: str) -> None:
    shown = {address: raw_keys(alice, address, language) for address in addresses()}

    assert {address: keys for address, keys in shown.items() if keys} == {}


def test_a_key_would_be_found() -> None:
    page = read_page('<p>Sent: shift-ask, not shift-asking</p><a href="/x/ask-1" title="new_time">See it</a>')

    assert keys_in(page) == {"shift-ask", "new_time"}


def raw_keys(alice: FlaskClient, address: str, language: str) -> set[str]:
    answer = alice.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200, address
    return keys_in(read_page(answer.text))


def keys_in(page: Element) -> set[str]:
    heard = (element.attributes.get(name, "") for element in page.elements for name in SAID)
    return set(FOUND.findall(" ".join([page.words, *heard])))
