"""A browser that proved nothing for half an hour is asked again, and loses nothing of what was typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.actions.two_step import turn_on
from coordinator.accounts.models import AccountSession, Actor, AuditEntry, Coordinator
from coordinator.accounts.queries import PROOF_LASTS, open_invitations
from coordinator.db import db, transaction
from coordinator.services import services
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_shift, a_slot, at, sign_in
from tests.features.texts.writing import TEXTS, form_of, looked_at, notes, written
from tests.mailing import Letters, link_in, wait_for_mail
from tests.reading import read_page

PASSWORD, LOG = "correct horse battery", "/coordinate/organisation/log.csv?since=2026-01-01&by="
INVITATIONS, ACCOUNT = "/coordinate/organisation/invitations", "/coordinate/account"
INVITED = {"email": "ivy@show.example", "name": "Ivy  Lee", "role": "stage_manager"}
ASKED, ASKED_WITHOUT = "It's been a while: type your password again", "It's been a while: show again that it's you"


HER = Actor.command("a test")


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night(slots=[a_slot()])


@pytest.fixture
def alice(night: ANight) -> Coordinator:
    alice = a_coordinator("Alice", organisation=night.organisation)
    set_password(alice.account, PASSWORD, MADE_AT, actor=Actor.of(alice))
    return alice


@pytest.fixture
def hers(client: FlaskClient, alice: Coordinator) -> FlaskClient:
    """Her browser, whose proof is just too old."""
    return grown_old(sign_in(client, alice))


def grown_old(client: FlaskClient, by: timedelta = PROOF_LASTS) -> FlaskClient:
    with transaction() as session:
        for kept in session.scalars(select(AccountSession)):
            kept.proved_at = clock.now() - by
    return client


def headline(html: str) -> str:
    return read_page(html).every("h1")[0].words


def fields_of(html: str) -> list[tuple[str, str]]:
    """What the page's form sends, of each name as often as it stands there; but for the buttons."""
    inputs = read_page(html).every("input")
    return [(each.attributes["name"], each.attributes.get("value", "")) for each in inputs]


def what_was_recorded() -> list[str]:
    return [what for what in db.session.scalars(select(AuditEntry.what)) if what.startswith("session.")]


def test_a_fresh_proof_is_enough(hers: FlaskClient) -> None:
    grown_old(hers, PROOF_LASTS - timedelta(minutes=1))

    assert hers.get(LOG).mimetype == "text/csv"


def test_a_page_comes_after_the_password(hers: FlaskClient, night: ANight) -> None:
    letters = f"/coordinate/{night.event.slug}/after/letters?person="

    sent = hers.get(letters)
    page = hers.get(sent.location)
    done = hers.post(sent.location, data={"proof-password": PASSWORD})

    assert (sent.status_code, page.status_code, headline(page.text)) == (303, 200, ASKED)
    assert (done.status_code, done.location) == (303, letters)
    assert hers.get(letters).status_code == 200
    assert what_was_recorded() == ["session.proved"]


def test_a_file_is_offered_after_the_password(hers: FlaskClient) -> None:
    sent = hers.get(LOG)

    done = read_page(hers.post(sent.location, data={"proof-password": PASSWORD}).text)

    assert LOG in [each.attributes["href"] for each in done.every("a")]
    assert hers.get(LOG).mimetype == "text/csv"


def test_nobody_is_led_astray_after_the_password(hers: FlaskClient) -> None:
    done = hers.post("/sign-in/again?next=https://elsewhere.example/", data={"proof-password": PASSWORD})

    assert headline(done.text) == "Thank you"
    assert [
        each.words for each in read_page(done.text).every("a") if "primary" in each.attributes.get("class", "")
    ] == []


def test_who_is_signed_out_meanwhile_signs_in(client: FlaskClient, app: Flask) -> None:
    assert client.get("/sign-in/again?next=/coordinate/new").location == "/sign-in?next=/coordinate/new"


def test_a_form_waits_with_all_that_was_typed(app: Flask, hers: FlaskClient, night: ANight) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    stages = [str(night.stage.id), str(night.stage.id)]
    first = hers.get("/coordinate/organisation/members").text
    token = dict(fields_of(first))["csrf_token"]

    asked = hers.post(INVITATIONS, data={**INVITED, "stages": stages, "csrf_token": token})
    wrong = hers.post(INVITATIONS, data=_with(asked.text, "not this one"))
    done = hers.post(INVITATIONS, data=_with(wrong.text, PASSWORD))

    typed = [*INVITED.items(), *(("stages", stage) for stage in stages)]
    assert (asked.status_code, headline(asked.text)) == (401, ASKED)
    assert [each for each in fields_of(asked.text) if each in typed] == typed
    assert [name for name, _value in fields_of(asked.text)].count("csrf_token") == 1
    assert (wrong.status_code, "That isn't your password." in read_page(wrong.text).words) == (422, True)
    assert (done.status_code, "proof" in done.text, PASSWORD in done.text) == (200, False, False)
    invitation = open_invitations(night.organisation.id, clock.now())[0]
    assert (invitation.name, invitation.stage_ids) == ("Ivy Lee", [night.stage.id] * 2)
    assert what_was_recorded() == ["session.refused", "session.proved"]


def _with(page: str, password: str) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in fields_of(page):
        sent.setdefault(name, []).append(value)
    return {**sent, "proof-password": [password]}


def test_a_new_password_is_proof(hers: FlaskClient) -> None:
    new = "a tin of green tea"
    hers.post(f"{ACCOUNT}/password", data={"old": PASSWORD, "password": new, "again": new})

    assert hers.get(LOG).mimetype == "text/csv"


def test_the_code_of_the_app_is_proof_too(hers: FlaskClient, alice: Coordinator) -> None:
    codes = services().time_codes
    app, at = TOTP(codes.secret("salt")), clock.now()
    recovery = turn_on(alice.account, "salt", app.at(at - timedelta(days=1)), codes, at - timedelta(days=1), actor=HER)

    wrong = hers.post(INVITATIONS, data={**INVITED, "proof-code": "000000"})
    by_app = hers.post(INVITATIONS, data={**INVITED, "proof-code": app.at(clock.now())})
    by_recovery = grown_old(hers).post(INVITATIONS, data={**INVITED, "proof-code": recovery[0]})

    assert (wrong.status_code, "That isn't your app's code now" in read_page(wrong.text).words) == (422, True)
    assert (by_app.status_code, by_recovery.status_code) == (200, 200)
    assert what_was_recorded() == ["session.proved", "session.proved"]


def test_one_who_has_only_links_proves_by_one(client: FlaskClient, night: ANight, letters: Letters) -> None:
    bob = a_coordinator("Bob", organisation=night.organisation)
    his = grown_old(sign_in(client, bob))
    asked = his.post(INVITATIONS, data=INVITED)

    too_soon = his.post(INVITATIONS, data=dict(fields_of(asked.text)))
    waiting = his.post(INVITATIONS, data={**dict(fields_of(asked.text)), "proof-link": "1"})
    wait_for_mail()
    opened = his.post(link_in(letters), follow_redirects=True)
    done = his.post(INVITATIONS, data=dict(fields_of(waiting.text)))

    assert headline(asked.text) == ASKED_WITHOUT
    assert "The link wasn't opened here yet." in read_page(too_soon.text).words
    assert "A link is on its way to bob@show.example." in read_page(waiting.text).words
    assert "press Continue there" in read_page(opened.text).words
    assert [each.email for each in open_invitations(night.organisation.id, clock.now())] == [INVITED["email"]]
    assert done.status_code == 303


def test_the_link_leads_to_the_page_that_was_asked_for(client: FlaskClient, night: ANight, letters: Letters) -> None:
    his = grown_old(sign_in(client, a_coordinator("Bob", organisation=night.organisation)))
    asking = his.get(LOG).location

    his.post(asking, data={"proof-link": "1"})
    wait_for_mail()

    assert his.post(link_in(letters)).location == LOG
    assert his.get(LOG).mimetype == "text/csv"


def test_links_are_sent_five_times_an_hour(client: FlaskClient, night: ANight, letters: Letters) -> None:
    his = grown_old(sign_in(client, a_coordinator("Bob", organisation=night.organisation)))

    pages = [his.post(INVITATIONS, data={"proof-link": "1"}) for _ in range(6)]
    wait_for_mail()

    assert [page.status_code for page in pages] == [401] * 5 + [422]
    assert "Too many tries." in read_page(pages[-1].text).words
    assert len(letters) == 5


def test_where_no_mail_is_sent_the_operator_makes_the_link(client: FlaskClient, night: ANight) -> None:
    his = grown_old(sign_in(client, a_coordinator("Bob", organisation=night.organisation)))

    page = read_page(his.post(INVITATIONS, data=INVITED).text).words

    assert "Ask whoever runs this Callboard for a sign-in link: flask user link bob@show.example" in page


@pytest.fixture
def crowd(app: Flask) -> ANight:
    """A night with 101 volunteers on one shift."""
    names = tuple(f"Helper {number}" for number in range(101))
    return a_night(slots=[a_slot()], shifts=[a_shift("Front door", "18:00", "22:00", people=names, max=101)])


def test_a_text_to_more_than_a_hundred_asks_again(client: FlaskClient, crowd: ANight) -> None:
    alice = a_coordinator("Alice", organisation=crowd.organisation)
    set_password(alice.account, PASSWORD, MADE_AT, actor=Actor.of(alice))
    hers = grown_old(sign_in(client, alice))
    form = looked_at(hers, "Bring\na torch", "volunteers")

    asked = hers.post(f"{TEXTS}/write", data=form)
    before = len(notes())
    done = hers.post(f"{TEXTS}/write", data={**form_of(asked), "proof-password": PASSWORD})

    assert (asked.status_code, headline(asked.text), before) == (401, ASKED, 0)
    assert (done.status_code, len(notes()), "Bring\na torch" in notes()[0][1]) == (303, 101, True)


def test_a_text_to_fewer_does_not(client: FlaskClient, crowd: ANight) -> None:
    hers = grown_old(sign_in(client, a_coordinator("Alice", organisation=crowd.organisation)))
    with transaction():
        crowd.person("Helper 7").phone = None

    assert written(hers, "Bring a torch", "volunteers").status_code == 303
    assert len(notes()) == 100


def test_so_does_a_thank_you(client: FlaskClient, crowd: ANight) -> None:
    alice = a_coordinator("Alice", organisation=crowd.organisation)
    with transaction():
        for sign_up in crowd.shift("front-door-1").sign_ups:
            sign_up.state = "done"
    thanks = f"/coordinate/{crowd.event.slug}/after/thanks"

    with time_machine.travel(at("23:00")):
        hers = grown_old(sign_in(client, alice))
        looked = hers.get(thanks)
        asked = hers.post(thanks, data={"send": "1", "en": "Thanks, {first_name}!", "es": "Gracias"})

    assert (looked.status_code, asked.status_code, headline(asked.text)) == (200, 401, ASKED_WITHOUT)
    assert re.search(r'name="en" value="Thanks, ', asked.text)
    assert notes() == []
