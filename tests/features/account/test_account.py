"""One's own account: sessions as rows, the password, several organizations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.models import AccountSession, Actor, Coordinator
from coordinator.accounts.queries import open_session
from coordinator.db import db, transaction
from tests.builders import MADE_AT, a_coordinator, an_event, an_organisation, sign_in
from tests.reading import forms_of, read_page

ACCOUNT = "/coordinate/account"
OLD, NEW = "correct horse battery", "a tin of green tea"


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    alice = a_coordinator("Alice")
    set_password(alice.account, OLD, MADE_AT, actor=Actor.of(alice))
    return alice


def signs_in(app: Flask, email: str, password: str, **cookies: str) -> FlaskClient:
    client = app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    client.post("/sign-in", data={"email": email, "password": password})
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get(ACCOUNT).status_code == 200


def token_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("signed_in")
    return cookie.value if cookie else ""


def test_the_cookie_is_a_fresh_token_that_only_we_read(app: Flask, alice: Coordinator) -> None:
    client = app.test_client()
    client.set_cookie("signed_in", "fixed-by-an-attacker")

    answer = client.post("/sign-in", data={"email": alice.email, "password": OLD})

    set_cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("signed_in="))
    assert ("HttpOnly" in set_cookie, "SameSite=Lax" in set_cookie) == (True, True)
    assert token_of(client) != "fixed-by-an-attacker"
    kept = db.session.scalars(select(AccountSession)).one()
    assert kept.token_hash not in token_of(client)
    assert is_in(client)


def test_signing_out_ends_the_row_so_a_copied_cookie_is_worth_nothing(app: Flask, alice: Coordinator) -> None:
    client, thief = signs_in(app, alice.email, OLD), app.test_client()
    thief.set_cookie("signed_in", token_of(client))

    before = is_in(thief)
    client.post("/sign-out")

    assert (before, is_in(thief), is_in(client)) == (True, False, False)


def test_a_new_password_ends_every_other_session(app: Flask, alice: Coordinator) -> None:
    client, stolen = signs_in(app, alice.email, OLD), signs_in(app, alice.email, OLD)

    answer = client.post(f"{ACCOUNT}/password", data={"old": OLD, "password": NEW, "again": NEW})

    assert answer.status_code == 303
    assert (is_in(client), is_in(stolen)) == (True, False)
    assert is_in(signs_in(app, alice.email, NEW))
    assert not is_in(signs_in(app, alice.email, OLD))


def test_a_password_is_changed_by_who_knows_the_old_one_and_to_a_good_one(app: Flask, alice: Coordinator) -> None:
    client = signs_in(app, alice.email, OLD)

    wrong = client.post(f"{ACCOUNT}/password", data={"old": "not this one", "password": NEW, "again": NEW})
    common = client.post(f"{ACCOUNT}/password", data={"old": OLD, "password": "1q2w3e4r5t", "again": "1q2w3e4r5t"})

    assert "That isn't your current password." in read_page(wrong.text).words
    assert "That password is easy to guess." in read_page(common.text).words
    assert is_in(signs_in(app, alice.email, OLD))


def test_browsers_are_listed_and_signed_out_one_by_one_or_all_at_once(app: Flask, alice: Coordinator) -> None:
    client, second, third = (signs_in(app, alice.email, OLD) for _ in range(3))
    ids = [each.id for each in db.session.scalars(select(AccountSession).order_by(AccountSession.id))]

    client.post(f"{ACCOUNT}/sessions/{ids[1]}/end")
    after_one = (is_in(client), is_in(second), is_in(third))
    client.post(f"{ACCOUNT}/sessions/end")

    assert after_one == (True, False, True)
    assert (is_in(client), is_in(third)) == (True, False)


def test_nobody_ends_somebody_elses_session(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    hers = signs_in(app, alice.email, OLD)
    session_id = db.session.scalars(select(AccountSession.id)).one()
    sign_in(client, a_coordinator("Charlie", organisation=an_organisation("Other Nights")))

    assert client.post(f"{ACCOUNT}/sessions/{session_id}/end").status_code == 404
    assert is_in(hers)


def test_a_session_ends_by_itself(app: Flask, alice: Coordinator) -> None:
    client = sign_in(app.test_client(), alice)
    row, now = db.session.scalars(select(AccountSession)).one(), clock.now()
    for seen, created in ((timedelta(days=31), timedelta(days=31)), (timedelta(), timedelta(days=181))):
        with transaction():
            row.last_seen_at, row.created_at = now - seen, now - created
        assert not is_in(client)
    with transaction():
        row.last_seen_at, row.created_at = now - timedelta(days=29), now - timedelta(days=179)

    assert is_in(client)
    db.session.refresh(row)
    assert now - row.last_seen_at < timedelta(minutes=1)


def test_a_made_up_cookie_is_nobody(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    client.set_cookie("signed_in", "made-up")

    assert client.get(ACCOUNT).location == "/sign-in?next=/coordinate/account"
    assert open_session("made-up", clock.now()) is None


def test_one_account_switches_between_its_organizations(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    kitchen = an_organisation("Kitchen Concerts")
    also = a_coordinator("Alice", organisation=kitchen, role="viewer")
    an_event(alice.organisation, slug="benefit")
    an_event(kitchen, slug="kitchen")
    sign_in(client, alice)
    paths = ("/coordinate/benefit", "/coordinate/kitchen")

    before = [client.get(path).status_code for path in paths]
    client.post(f"{ACCOUNT}/organisations/{also.id}")
    after = [client.get(path).status_code for path in paths]

    assert (before, after) == ([200, 404], [404, 200])
    assert client.post("/coordinate/kitchen/publication", data={"published": "0"}).status_code == 403
    assert client.post(f"{ACCOUNT}/organisations/{alice.id}").status_code == 303
    assert client.get("/coordinate/benefit").status_code == 200


def test_a_show_of_another_of_ones_organizations_offers_the_switch(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    kitchen = an_organisation("Kitchen Concerts")
    a_coordinator("Alice", organisation=kitchen)
    an_event(alice.organisation, slug="benefit")
    an_event(kitchen, slug="kitchen")
    asked = "/coordinate/kitchen/order?lang=en"

    offer = sign_in(client, alice).get(asked)
    form = next(each for each in forms_of(offer.text) if each.action.startswith(ACCOUNT))
    switched = client.post(form.action, data=form.fields)

    assert offer.status_code == 404
    assert "This show belongs to Kitchen Concerts" in read_page(offer.text).words
    assert (switched.status_code, switched.location) == (303, asked)
    assert client.get(asked).status_code == 200
    assert client.post(form.action, data={"next": "//elsewhere.example"}).location == "/coordinate/"


def test_the_switch_is_offered_before_a_role_here_refuses(client: FlaskClient, alice: Coordinator) -> None:
    here = a_coordinator("Alice", organisation=an_organisation("Kitchen Concerts"), role="check_in")
    an_event(alice.organisation, slug="benefit")
    sign_in(client, here)

    assert "This show belongs to Benefit Nights" in read_page(client.get("/coordinate/benefit/log").text).words


def test_nobody_else_learns_whose_show_it_is(client: FlaskClient, alice: Coordinator) -> None:
    an_event(alice.organisation, slug="benefit")
    others = an_organisation("Other Nights")
    sign_in(client, a_coordinator("Charlie", organisation=others))
    a_coordinator("Charlie", organisation=an_organisation("Third Nights"))

    theirs, nobodys = client.get("/coordinate/benefit"), client.get("/coordinate/no-such-show")

    assert (theirs.status_code, theirs.text) == (404, nobodys.text.replace("no-such-show", "benefit"))
    assert "Benefit Nights" not in theirs.text


def test_who_has_left_is_offered_nothing(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    a_coordinator("Bob", organisation=alice.organisation)
    also = a_coordinator("Alice", organisation=an_organisation("Kitchen Concerts"))
    an_event(alice.organisation, slug="benefit")
    sign_in(client, alice)
    client.post(f"{ACCOUNT}/leaving")

    answer = sign_in(app.test_client(), also).get("/coordinate/benefit")

    assert (answer.status_code, "Benefit Nights" in answer.text) == (404, False)


def test_a_press_for_a_show_elsewhere_is_refused_as_ever(client: FlaskClient, alice: Coordinator) -> None:
    kitchen = an_organisation("Kitchen Concerts")
    a_coordinator("Alice", organisation=kitchen)
    an_event(kitchen, slug="kitchen")

    answer = sign_in(client, alice).post("/coordinate/kitchen/publication", data={"published": "1"})

    assert (answer.status_code, "Kitchen Concerts" in answer.text) == (404, False)


def test_nobody_switches_into_an_organization_that_is_not_theirs(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    charlie = a_coordinator("Charlie", organisation=an_organisation("Other Nights"))
    sign_in(client, alice)

    assert client.post(f"{ACCOUNT}/organisations/{charlie.id}").status_code == 404


def test_whoever_leaves_acts_for_what_they_are_still_in(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    a_coordinator("Bob", organisation=alice.organisation)
    also = a_coordinator("Alice", organisation=an_organisation("Kitchen Concerts"))
    sign_in(client, alice)

    client.post(f"{ACCOUNT}/leaving")

    assert is_in(client)
    db.session.expire_all()
    assert [each.id for each in alice.account.active_memberships] == [also.id]
