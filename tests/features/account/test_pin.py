"""The PIN for texts: one's own on the account's page, a stage manager's without an account on the performers' page."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db
from coordinator.events.actions.cast import mark_stage_manager
from tests.builders import ANight, a_coordinator, a_night, a_person, a_slot, a_stage_manager, sign_in

ACCOUNT = "/coordinate/account"


def owner(night: ANight) -> Coordinator:
    return a_coordinator("Alice", organisation=night.organisation)


def test_ones_own_pin_is_set_changed_and_removed(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    alice = owner(night)
    alice.person.phone = "+12025550150"
    db.session.commit()
    client = sign_in(app.test_client(), alice)

    before = client.get(ACCOUNT).text
    wrong = client.post(f"{ACCOUNT}/pin", data={"pin": "12a"})
    client.post(f"{ACCOUNT}/pin", data={"pin": "4821"})
    kept, shown = alice.person.pin_hash or "", client.get(ACCOUNT).text
    client.post(f"{ACCOUNT}/pin", data={"pin": ""})

    assert "No PIN is set now." in before
    assert (wrong.status_code, "A PIN has 4 to 8 digits." in wrong.text) == (422, True)
    assert kept.startswith("$argon2id$")
    assert ("A PIN is set now" in shown, "4821" in shown, kept in shown) == (True, False, False)
    assert alice.person.pin_hash is None
    recorded = db.session.scalars(select(AuditEntry).where(AuditEntry.what.like("pin.%")).order_by(AuditEntry.id)).all()
    assert [entry.what for entry in recorded] == ["pin.set", "pin.removed"]
    assert not any("4821" in f"{entry.before} {entry.after}" for entry in recorded)


def test_a_stage_managers_pin_is_set_on_the_performers_page(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    sam, client = a_stage_manager(night, "Sam Stage"), sign_in(app.test_client(), owner(night))
    path = f"/coordinate/{night.event.slug}/people/{sam.id}/pin"

    assert f'action="{path}"' in client.get(f"/coordinate/{night.event.slug}/performers").text
    assert client.post(path, data={"pin": "4821"}).status_code == 303
    assert sam.pin_hash is not None
    assert client.post(path, data={"pin": "1"}, follow_redirects=True).text.count("A PIN has 4 to 8 digits.") == 1
    assert sam.pin_hash is not None


def test_nobody_sets_the_pin_of_somebody_elses_account_or_house(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    alice = owner(night)
    charlie = sign_in(app.test_client(), a_coordinator("Charlie"))
    mark_stage_manager(night.event, alice.person, runs=True, actor=Actor("Alice"), now=night.at("12:00"))
    path = f"/coordinate/{night.event.slug}/people/{alice.person_id}/pin"

    own = sign_in(app.test_client(), alice).post(path, data={"pin": "4821"})
    stranger = charlie.post(path, data={"pin": "4821"})

    assert (own.status_code, stranger.status_code) == (403, 404)
    assert alice.person.pin_hash is None
    assert a_person("Nobody").pin_hash is None
