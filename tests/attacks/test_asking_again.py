"""Somebody finds a browser in which an owner is signed in, and proved who she is more than half an hour ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator import clock, create_app
from coordinator.accounts.actions.invitations import Invitee, invite
from coordinator.accounts.models import AccountSession, AuditEntry
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import PROOF_LASTS, coordinators_of, organisation_named
from coordinator.db import Base, db, transaction
from coordinator.web.proof import AsksAgain
from tests.attacks.nights import Attacked
from tests.attacks.server import PASSWORD, SECRET, Answer, Browser
from tests.databases import settings_for
from tests.walking import Stop

ARCHITECTURE = (Path(__file__).resolve().parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
ASKED = "type your password again"
INVITATIONS = "/coordinate/organisation/invitations"
EVERYDAY = "/coordinate/new"


@pytest.fixture
def inside(night: Attacked, tmp_path: Path) -> Iterator[Flask]:
    """An app of our own on the server's database, to look at its rows and to let time pass in them."""
    app = create_app(replace(settings_for(night.server.database_url, tmp_path), secret_key=SECRET))
    with app.app_context():
        yield app
        db.engine.dispose()


@pytest.fixture
def found_open(night: Attacked, inside: Flask) -> Browser:
    """Alice's browser, signed in, with an old proof."""
    alice = Browser(night.server)
    alice.sign_in()
    grow_old()
    return alice


def grow_old() -> None:
    """Let the time pass after which every browser is asked again."""
    with transaction() as session:
        for kept in session.scalars(select(AccountSession)):
            kept.proved_at = clock.now() - PROOF_LASTS


def rows() -> dict[str, int]:
    """How many there are in each table but those of who came and of what was refused."""
    passive = {"account_sessions", "audit_entries", "attempts", "door_counts"}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in passive]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def press(browser: Browser, path: str, fields: dict[str, Any]) -> Answer:
    sent = {"csrf_token": browser.token(EVERYDAY), **fields}
    return browser.ask(path, urlencode(sent, doseq=True), method="POST")


def asking(app: Flask, when: AsksAgain) -> list[str]:
    """The endpoints that ask again then, as the code says."""
    return sorted(name for name, view in app.view_functions.items() if getattr(view, "asks_again", None) is when)


def test_the_table_in_the_architecture_is_what_the_code_says(sqlite_app: Flask) -> None:
    part = ARCHITECTURE.partition("| Asks again | Routes |")[2].partition("\n\n")[0]
    told = {
        when: routes.replace("`", "").split(", ")
        for when, routes in re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.MULTILINE)
    }

    assert told == {str(when): asking(sqlite_app, when) for when in AsksAgain}


def test_whoever_takes_a_list_away_or_changes_members_is_asked(sqlite_app: Flask) -> None:
    always = asking(sqlite_app, AsksAgain.ALWAYS)
    views = sqlite_app.view_functions.items()
    writing = {rule.endpoint for rule in sqlite_app.url_map.iter_rules() if "POST" in (rule.methods or ())}

    exports = {name for name, view in views if getattr(view, "permission", None) is Permission.EXPORT}
    files = {name for name in sqlite_app.view_functions if name.endswith(".export")}
    members = {name for name, view in views if getattr(view, "permission", None) is Permission.MANAGE_MEMBERS}

    two_step = {name for name in sqlite_app.view_functions if name.startswith("account.") and "two_step" in name}
    assert exports | files | (members & writing) | two_step <= set(always)


def stops_that_ask(night: Attacked, app: Flask) -> list[Stop]:
    always = asking(app, AsksAgain.ALWAYS)
    return [stop for stop in (*night.gets, *night.posts) if stop.endpoint in always]


def test_an_old_proof_is_refused_on_every_route_that_asks(night: Attacked, inside: Flask, found_open: Browser) -> None:
    walk, before, wrong = stops_that_ask(night, inside), rows(), []

    for stop in walk:
        answer = found_open.ask(stop.path) if stop.method == "GET" else press(found_open, stop.path, {"name": "Ivy"})
        if ASKED not in answer.text or answer.status != (200 if stop.method == "GET" else 401):
            wrong.append((str(stop), answer.status))

    assert {stop.endpoint for stop in walk} == set(asking(inside, AsksAgain.ALWAYS))
    assert (wrong, rows()) == ([], before)


def test_machines_are_refused_without_a_page(night: Attacked, inside: Flask, found_open: Browser) -> None:
    for stop in stops_that_ask(night, inside):
        if stop.method == "GET":
            answer = found_open.ask(stop.path, Accept="application/json")
            assert (answer.status, ASKED in answer.text) == (401, False)


def test_everything_else_opens_as_before(found_open: Browser) -> None:
    assert ASKED not in found_open.ask(EVERYDAY).text
    assert ASKED not in found_open.ask("/coordinate/organisation/members").text


@pytest.mark.parametrize(
    "claim",
    [
        {"proof-answered": "1"},
        {"proof-password": ""},
        {"proof-password": "guessed"},
        {"password": PASSWORD},
        {"proof-password": PASSWORD[:-1]},
        {"proof-link": "1"},
    ],
)
def test_no_form_says_of_itself_that_it_is_proved(
    night: Attacked, inside: Flask, found_open: Browser, claim: dict[str, str]
) -> None:
    invited = {"email": "mallory@show.example", "name": "Mallory", "role": "owner"}
    before = rows()

    answer = press(found_open, INVITATIONS, invited | claim)

    assert ASKED in answer.text
    assert rows() == before


def test_the_password_lets_it_through_and_is_shown_to_nobody(
    night: Attacked, inside: Flask, found_open: Browser
) -> None:
    invited = {"email": "ivy@show.example", "name": "Ivy", "role": "viewer"}

    answer = press(found_open, INVITATIONS, invited | {"proof-password": PASSWORD})

    assert (answer.status, "/invitations/" in answer.text, PASSWORD in answer.text) == (200, True, False)
    assert PASSWORD not in night.server.log()


def test_the_eleventh_wrong_password_is_refused_and_each_is_in_the_log(
    night: Attacked, inside: Flask, found_open: Browser
) -> None:
    refused = select(func.count()).where(AuditEntry.what == "session.refused")
    before = db.session.scalar(refused) or 0

    pages = [press(found_open, INVITATIONS, {"proof-password": f"guess {number}"}).text for number in range(11)]
    right = press(found_open, INVITATIONS, {"proof-password": PASSWORD})

    assert ["isn&#39;t your password" in page for page in pages] == [True] * 10 + [False]
    assert "Too many tries. Please try again in" in pages[-1]
    assert right.status == 422
    db.session.rollback()
    assert (db.session.scalar(refused) or 0) - before == 10


def test_an_invitation_to_elsewhere_makes_no_old_proof_new(night: Attacked, inside: Flask, found_open: Browser) -> None:
    elsewhere = organisation_named("Somebody Else's Nights")
    assert elsewhere is not None
    token = invite(Invitee(night.server.email, "Alice", "owner"), coordinators_of(elsewhere.id)[0], clock.now())

    found_open.press(f"/invitations/{token}", name="Alice")

    assert "Somebody Else" in found_open.ask("/coordinate/account").text
    assert ASKED in found_open.ask("/coordinate/organisation/log.csv").text


def test_strangers_who_guess_elsewhere_do_not_keep_her_from_proving(night: Attacked, found_open: Browser) -> None:
    stranger = Browser(night.server)
    for number in range(7):
        stranger.press("/sign-in", email=night.server.email, password=f"guess {number}")

    assert press(found_open, INVITATIONS, {"proof-password": PASSWORD}).status == 422  # the form itself lacks a name
    assert ASKED not in found_open.ask("/coordinate/organisation/log.csv").text
