"""What is settled once a show is over."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db
from coordinator.shifts.actions.afterwards import excuse, settle
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.models import Mark
from coordinator.shifts.refusals.leaving import NotOnShift
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_sign_up

ALICE = Actor("Alice")


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2)])


def test_a_coordinator_says_who_came_and_may_say_otherwise(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")
    alice = Actor("Alice", a_coordinator("Alice", organisation=night.organisation).id)

    settle(sign_up, came=False, actor=alice, now=night.at("23:00"))
    missed = sign_up.state
    settle(sign_up, came=True, actor=alice, now=night.at("23:05"))

    assert (missed, sign_up.state, sign_up.changed_at) == ("no_show", "done", night.at("23:05"))
    assert db.session.scalars(select(Mark.mark).order_by(Mark.id)).all() == ["no_show", "left"]
    recorded = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.what, each.before, each.after) for each in recorded] == [
        ("shift.attendance", {"state": "confirmed"}, {"state": "no_show", "mark": "no_show", "via": "coordinator"}),
        ("shift.attendance", {"state": "no_show"}, {"state": "done", "mark": "left", "via": "coordinator"}),
    ]


def test_who_is_known_to_have_been_there_and_left_early_is_not_said_to_have_stayed(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")
    for what, wall in (("here", "19:10"), ("left", "20:00")):
        mark(sign_up, what, key=new_key(), at=night.at(wall), actor=replace(ALICE, via=Via.SHEET), now=night.at(wall))

    settle(sign_up, came=True, actor=ALICE, now=night.at("23:00"))

    assert (sign_up.state, sign_up.here_at, sign_up.left_at) == ("done", night.at("19:10"), night.at("20:00"))


def test_who_had_no_place_neither_came_nor_stayed_away(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz", state="cancelled")

    with pytest.raises(NotOnShift):
        settle(sign_up, came=False, actor=ALICE, now=night.at("23:00"))


def test_what_is_excused_can_count_again(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz", state="no_show")

    excuse(sign_up, actor=ALICE, now=night.at("23:00"))
    excuse(sign_up, actor=ALICE, now=night.at("23:30"))
    excused_at = sign_up.excused_at
    excuse(sign_up, actor=ALICE, now=night.at("23:40"), undo=True)

    assert (excused_at, sign_up.excused_at, sign_up.state) == (night.at("23:00"), None, "no_show")
