"""What is settled once a show is over."""

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.shifts.actions import forgive, settle
from coordinator.shifts.refusals import NotOnShift
from coordinator.shownight.actions import By
from tests.builders import ANight, a_night, a_shift, a_sign_up

ALICE = By("Alice")


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2)])


def test_a_coordinator_says_who_came_and_may_say_otherwise(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    settle(sign_up, came=False, by=ALICE, now=night.at("23:00"))
    missed = sign_up.state
    settle(sign_up, came=True, by=ALICE, now=night.at("23:05"))

    assert (missed, sign_up.state, sign_up.changed_at) == ("no_show", "done", night.at("23:05"))
    recorded = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.what, each.before, each.after) for each in recorded] == [
        ("shift.settled", {"state": "confirmed"}, {"state": "no_show"}),
        ("shift.settled", {"state": "no_show"}, {"state": "done"}),
    ]


def test_who_had_no_place_neither_came_nor_stayed_away(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz", state="cancelled")

    with pytest.raises(NotOnShift):
        settle(sign_up, came=False, by=ALICE, now=night.at("23:00"))


def test_what_is_forgiven_can_count_again(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz", state="no_show")

    forgive(sign_up, by=ALICE, now=night.at("23:00"))
    forgive(sign_up, by=ALICE, now=night.at("23:30"))
    forgiven_at = sign_up.forgiven_at
    forgive(sign_up, by=ALICE, now=night.at("23:40"), undo=True)

    assert (forgiven_at, sign_up.forgiven_at, sign_up.state) == (night.at("23:00"), None, "no_show")
