"""Members of an organization: inviting, accepting, changing roles, removing; the last owner stays."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.accounts.queries import account_by_email, coordinators_of
from coordinator.db import db
from tests.builders import a_coordinator, an_organisation, sign_in
from tests.reading import read_page

MEMBERS = "/coordinate/organisation/members"
INVITATIONS = "/coordinate/organisation/invitations"
ACCEPTED = {"name": "Ivy Lee", "password": "a tin of green tea", "again": "a tin of green tea"}


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def invited(client: FlaskClient, email: str = "ivy@show.example", role: str = "viewer", name: str = "Ivy") -> str:
    """The path of the link that the owner is shown."""
    page = client.post(INVITATIONS, data={"email": email, "name": name, "role": role}).text
    found = re.search(r"http://localhost(/invitations/[\w-]+)", page)
    assert found is not None
    return found[1]


def words(client: FlaskClient, path: str = MEMBERS) -> str:
    return read_page(client.get(path, follow_redirects=True).text).words


def test_an_invited_person_makes_an_account_and_is_in(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    link = invited(sign_in(client, alice))
    ivy = app.test_client()

    offer = read_page(ivy.get(link).text).words
    answer = ivy.post(link, data=ACCEPTED | {"phone": "202 555 0147", "agreed": "y"})

    assert "Alice invites you as: Viewer." in offer
    assert answer.status_code == 303
    member = next(each for each in coordinators_of(alice.organisation_id) if each.email == "ivy@show.example")
    assert (member.role, member.person.name, member.person.phone) == ("viewer", "Ivy Lee", "+12025550147")
    assert member.person.can_be_texted
    assert "Welcome to Benefit Nights." in words(ivy, "/coordinate/")
    assert ivy.get(link).status_code == 410


def test_without_the_tick_nobody_is_texted(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    app.test_client().post(invited(sign_in(client, alice)), data=ACCEPTED | {"phone": "202 555 0147"})

    assert [each.person.can_be_texted for each in coordinators_of(alice.organisation_id)] == [True, False]


def test_an_invitation_opens_nobody_elses_account(app: Flask, client: FlaskClient, alice: Coordinator) -> None:
    """Mallory owns another organization: a link that she made lets her into no account that exists already."""
    mallory = a_coordinator("Mallory", organisation=an_organisation("Mallory's Nights"))
    link = invited(sign_in(client, mallory), email=alice.email)
    stranger = app.test_client()

    refused = stranger.post(link, data=ACCEPTED)
    as_mallory = client.post(link, data=ACCEPTED)

    assert "Sign in as alice@show.example to accept." in read_page(stranger.get(link).text).words
    assert [answer.location.startswith("/sign-in?next=") for answer in (refused, as_mallory)] == [True, True]
    assert [each.id for each in alice.account.active_memberships] == [alice.id]
    accepted = sign_in(app.test_client(), alice).post(link, data={"name": "Alice"})
    assert accepted.status_code == 303
    db.session.expire_all()
    assert [each.organisation.name for each in alice.account.active_memberships] == [
        "Benefit Nights",
        "Mallory's Nights",
    ]
    assert account_by_email("alice@show.example") == alice.account


def test_a_newer_invitation_ends_the_one_before_and_one_can_be_withdrawn(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    sign_in(client, alice)
    first, second = invited(client), invited(client)
    found = re.search(rf"{INVITATIONS}/(\d+)/withdrawal", client.get(MEMBERS).text)
    assert found is not None

    before = [app.test_client().get(link).status_code for link in (first, second)]
    client.post(found[0])

    assert before == [410, 200]
    assert app.test_client().get(second).status_code == 410
    assert app.test_client().post(second, data=ACCEPTED).status_code == 410


def test_what_was_typed_stays_and_the_sentence_says_what_would_be_right(
    client: FlaskClient, alice: Coordinator
) -> None:
    sign_in(client, alice)

    wrong = client.post(INVITATIONS, data={"email": "ivy", "name": "Ivy", "role": "viewer"})
    already = client.post(INVITATIONS, data={"email": alice.email, "name": "Alice", "role": "viewer"})
    weak = client.post(invited(client), data=ACCEPTED | {"password": "1234567890", "again": "1234567890"})

    assert (wrong.status_code, 'value="ivy"' in wrong.text) == (422, True)
    assert "ivy isn't an email address. Write it like ana@show.example." in read_page(wrong.text).words
    assert "alice@show.example is already a member of Benefit Nights." in read_page(already.text).words
    assert "That password is easy to guess." in read_page(weak.text).words
    assert 'value="Ivy Lee"' in weak.text


def test_the_last_owner_stays_an_owner_and_stays(client: FlaskClient, alice: Coordinator) -> None:
    sign_in(client, alice)

    assert "Invite a second owner" in words(client)
    client.post(f"{MEMBERS}/{alice.id}", data={f"m{alice.id}-role": "viewer"})
    client.post(f"{MEMBERS}/{alice.id}/removal")
    client.post("/coordinate/account/leaving")

    assert "This is the only owner. Make someone else an owner first." in words(client)
    db.session.expire_all()
    assert (alice.role, alice.left_at) == ("owner", None)
    a_coordinator("Bob", organisation=alice.organisation)
    assert "Invite a second owner" not in words(client)


def test_a_new_role_counts_at_once_and_a_removed_member_is_signed_out(
    app: Flask, client: FlaskClient, alice: Coordinator
) -> None:
    bob = a_coordinator("Bob", organisation=alice.organisation, role="coordinator")
    bobs = sign_in(app.test_client(), bob)
    sign_in(client, alice)

    before = bobs.get("/coordinate/texting").status_code
    client.post(f"{MEMBERS}/{bob.id}", data={f"m{bob.id}-role": "viewer"})
    after = bobs.get("/coordinate/texting").status_code
    client.post(f"{MEMBERS}/{bob.id}/removal")

    assert (before, after, bobs.get("/coordinate/").location) == (200, 403, "/sign-in?next=/coordinate/")
    kept = [(entry.what, entry.by) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert kept[-2:] == [("coordinator.role", "Alice"), ("coordinator.left", "Alice")]


def test_a_member_of_another_organization_is_out_of_reach(client: FlaskClient, alice: Coordinator) -> None:
    charlie = a_coordinator("Charlie", organisation=an_organisation("Other Nights"))
    sign_in(client, alice)

    answers = [client.post(f"{MEMBERS}/{charlie.id}"), client.post(f"{MEMBERS}/{charlie.id}/removal")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert charlie.is_active
