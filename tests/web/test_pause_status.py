"""Why texts do not leave is said on every coordinator's page, with who did it, since when, and the way out."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.actions.events import pause_texts
from coordinator.messaging.actions.alarms import raise_alarm
from coordinator.messaging.actions.holding import pause_all_texts
from coordinator.messaging.models import AlarmKind
from coordinator.messaging.queries.outbox import open_alarms
from coordinator.web.pause_status import Pause, pause_status_of
from tests.builders import ANight, a_coordinator, a_night, a_slot, an_organisation, sign_in
from tests.queries import counted

SHOW = "/coordinate/justice-in-motion"
PAGES = (
    SHOW,
    f"{SHOW}/texts",
    f"{SHOW}/show",
    f"{SHOW}/volunteers",
    f"{SHOW}/reminders",
    "/coordinate/?all=1",
    "/coordinate/new",
    "/coordinate/texting",
    "/phones",
)
PAUSE = "/coordinate/texting/pause"


def signed_in(client: FlaskClient) -> tuple[ANight, FlaskClient]:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    return night, sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("account", 20003, "Texts aren't going out. Twilio doesn't accept the account. Fix TWILIO_ACCOUNT_SID and"),
        ("blocked", 30034, "Carriers are blocking our texts. The number isn't registered for the United States."),
        ("blocked", 30099, "Carriers are blocking our texts. Look up the code in Twilio's console."),
    ],
)
def test_an_alarm_stands_on_every_page_in_plain_words(
    sqlite_app: Flask, sqlite_client: FlaskClient, kind: str, code: int, sentence: str
) -> None:
    night, alice = signed_in(sqlite_client)
    before = [page for page in PAGES if 'role="alert"' in alice.get(page).text]
    raise_alarm(kind, code=code, reason="The network answered 400.", now=night.at("12:00"))

    without = [page for page in PAGES if sentence not in words(alice.get(page).text)]

    assert (before, without) == ([], [])


def test_who_paused_everything_and_since_when_stands_on_every_page(
    sqlite_app: Flask, sqlite_client: FlaskClient
) -> None:
    night, alice = signed_in(sqlite_client)
    bob = a_coordinator("Bob", organisation=night.organisation)
    pause_all_texts(night.organisation.id, actor=Actor.of(bob), now=night.at("12:00"))

    with time_machine.travel(night.at("12:12"), tick=False):
        sentence = "All texts are paused. By Bob, 12 minutes ago. Nobody is told anything, for any show."
        without = [page for page in PAGES if sentence not in words(alice.get(page).text)]

    assert without == []


def test_who_paused_a_show_stands_on_the_pages_of_that_show(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night, alice = signed_in(sqlite_client)
    bob = a_coordinator("Bob", organisation=night.organisation)
    pause_texts(night.event, actor=Actor.of(bob), now=night.at("12:00"))

    with time_machine.travel(night.at("12:12"), tick=False):
        sentence = "The texts of this show are paused. By Bob, 12 minutes ago."
        found = [page for page in PAGES if sentence in words(alice.get(page).text)]

    assert found == [page for page in PAGES if page.startswith(SHOW)]


def test_everything_is_paused_and_let_go_by_a_button_and_recorded(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)

    shown = alice.get("/coordinate/?all=1").text
    paused = alice.post(PAUSE, data={"paused": "1"}, follow_redirects=True)
    db.session.refresh(night.organisation)
    stood = pause_status_of(night.organisation, night.event, night.at("12:00"))
    resumed = alice.post(PAUSE, data={"paused": "0"}, follow_redirects=True)
    db.session.refresh(night.organisation)

    assert "Yes, pause the texts of all shows" in shown
    assert "Yes, pause the texts of all shows" not in paused.text
    assert stood.everything is not None
    assert stood.everything.by == "Alice"
    assert "Texts are going out again." in resumed.text
    assert pause_status_of(night.organisation, night.event, night.at("12:00")).everything is None
    assert [entry.what for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)] == [
        "all_texts.paused",
        "all_texts.resumed",
    ]


def test_a_pause_is_of_ones_own_organisation_and_an_empty_form_is_none(
    sqlite_app: Flask, sqlite_client: FlaskClient
) -> None:
    night, alice = signed_in(sqlite_client)
    charlie = sign_in(sqlite_app.test_client(), a_coordinator("Charlie", organisation=an_organisation("Others")))

    statuses = [charlie.post(PAUSE, data={"paused": "1"}).status_code, alice.post(PAUSE).status_code]

    db.session.refresh(night.organisation)
    assert (statuses, night.organisation.texts_paused_at) == ([303, 400], None)


def test_an_old_pause_that_nobody_recorded_says_only_since_when(sqlite_app: Flask) -> None:
    night = a_night()
    night.organisation.texts_paused_at = night.at("12:00")

    assert pause_status_of(night.organisation, None, night.at("12:00")).everything == Pause(night.at("12:00"), "")


def test_a_block_is_dismissed_by_a_button_and_an_alarm_of_the_account_is_not(app: Flask, client: FlaskClient) -> None:
    night, alice = signed_in(client)
    blocked = raise_alarm(AlarmKind.BLOCKED, code=30007, reason="no", now=night.at("12:00"))
    account = raise_alarm(AlarmKind.ACCOUNT, code=20003, reason="no", now=night.at("12:00"))

    said = [
        alice.post("/coordinate/texting/alarm", data={"alarm": alarm.id}, follow_redirects=True).text
        for alarm in (blocked, account)
    ]

    assert "The alert is gone. It comes back if it happens again." in said[0]
    assert "That alert was already over." in said[1]
    assert [alarm.kind for alarm in open_alarms()] == ["account"]


def test_a_live_page_notices_a_pause_in_the_same_minute(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night, alice = signed_in(sqlite_client)
    with time_machine.travel(night.at("12:00"), tick=False):
        etag = alice.get(SHOW).headers["ETag"]
        same = alice.get(SHOW, headers={"If-None-Match": etag}).status_code
        pause_all_texts(
            night.organisation.id,
            actor=Actor.of(a_coordinator("Bob", organisation=night.organisation)),
            now=night.at("12:00") + timedelta(seconds=5),
        )
        changed = alice.get(SHOW, headers={"If-None-Match": etag}).status_code

    assert (same, changed) == (304, 200)


@pytest.mark.parametrize("page", [SHOW, f"{SHOW}/texts"])
def test_a_page_asks_once_what_is_paused(sqlite_client: FlaskClient, page: str) -> None:
    _night, alice = signed_in(sqlite_client)

    with counted() as statements:
        alice.get(page)

    assert sum("FROM alarms" in statement for statement in statements) == 1
