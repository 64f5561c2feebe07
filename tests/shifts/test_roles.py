"""What a coordinator can say of a kind of work."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.shifts.actions.roles import RoleFacts, add_role, edit_role, make_role, remove_role
from coordinator.shifts.queries.planned import roles_of
from coordinator.shifts.refusals.planning import (
    ImpossibleShift,
    NoRoleName,
    NoSuchAge,
    RoleHasShifts,
    RoleIsThere,
    TooManySkills,
)
from tests.builders import MADE_AT, a_night, a_shift

ALICE = Actor("Alice")
BAR = RoleFacts(
    name="Bar",
    note="On your feet",
    works_changeovers=True,
    skills=(" First   AID", "till", "first aid"),
    minimum_age=21,
    never_alone=True,
    instructions="Ask for the float.",
    instructions_es="Pide el cambio.",
)


def test_a_role_keeps_all_that_is_said_of_it(app: Flask) -> None:
    night = a_night([])

    role = make_role(night.event, BAR, actor=ALICE, now=night.at("12:00"))

    assert RoleFacts.of(role) == replace(BAR, skills=("first aid", "till"))
    assert role.key == "bar"


def test_a_change_of_a_role_is_recorded_with_what_it_was_and_nobody_is_taken_off(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Bar", "19:15", "20:45", people=("Ana Ruiz",))])
    role = night.shift("bar-1").role

    edit_role(role, BAR, actor=ALICE, now=night.at("12:00"))

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "role.edited")).one()
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["minimum_age"], entry.after["minimum_age"], entry.after["skills"]) == (
        None,
        21,
        ["first aid", "till"],
    )
    assert [sign_up.state for sign_up in night.shift("bar-1").sign_ups] == ["confirmed"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (RoleFacts("  "), NoRoleName),
        (RoleFacts("x" * 121), NoRoleName),
        (RoleFacts("Tea", minimum_age=-1), NoSuchAge),
        (RoleFacts("Tea", minimum_age=100), NoSuchAge),
        (RoleFacts("Tea", skills=tuple(f"skill {number}" for number in range(21))), TooManySkills),
        (RoleFacts("Tea", skills=("x" * 61,)), TooManySkills),
        (RoleFacts("front DOOR"), RoleIsThere),
        (RoleFacts("Tea", name_es="x" * 121), NoRoleName),
        (RoleFacts("puerta"), RoleIsThere),
        (RoleFacts("Tea", name_es="PUERTA"), RoleIsThere),
        (RoleFacts("Tea", name_es="front door"), RoleIsThere),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_made_and_when_it_is_changed(
    app: Flask, facts: RoleFacts, refusal: type[ImpossibleShift]
) -> None:
    night = a_night([])
    make_role(night.event, RoleFacts("Front door", name_es="Puerta"), actor=ALICE, now=night.at("12:00"))
    bar = make_role(night.event, BAR, actor=ALICE, now=night.at("12:00"))

    with pytest.raises(refusal):
        make_role(night.event, facts, actor=ALICE, now=night.at("12:00"))
    with pytest.raises(refusal):
        edit_role(bar, facts, actor=ALICE, now=night.at("12:00"))

    assert [role.name for role in roles_of(night.event)] == ["Bar", "Front door"]


def test_a_role_may_be_called_the_same_in_other_letters(app: Flask) -> None:
    night = a_night([])
    role = add_role(night.event, "front door", actor=ALICE, now=night.at("12:00"))

    edit_role(role, RoleFacts("Front Door"), actor=ALICE, now=night.at("12:00"))

    assert role.name == "Front Door"


@pytest.mark.parametrize(
    ("english", "spanish", "language", "shown"),
    [
        ("Hello", "Hola", "en", "Hello"),
        ("Hello", "Hola", "es", "Hola"),
        ("Hello", None, "es", "Hello"),
        (None, "Hola", "en", "Hola"),
        (None, None, "en", None),
    ],
)
def test_instructions_are_shown_in_the_language_there_is(
    app: Flask, english: str | None, spanish: str | None, language: str, shown: str | None
) -> None:
    night = a_night([])
    facts = replace(BAR, instructions=english, instructions_es=spanish)

    role = make_role(night.event, facts, actor=ALICE, now=night.at("12:00"))

    assert role.instructions_in(language) == shown


def test_a_role_is_found_by_its_name_in_either_language(app: Flask) -> None:
    night = a_night([])
    door = make_role(night.event, RoleFacts("Front door", name_es=" La  puerta "), actor=ALICE, now=night.at("12:00"))

    found = [add_role(night.event, name, actor=ALICE, now=night.at("12:00")) for name in ("FRONT door", "la PUERTA")]

    assert found == [door, door]
    assert (door.name_es, door.called("en"), door.called("es")) == ("La puerta", "Front door", "La puerta")


def test_a_role_of_which_there_is_no_shift_is_removed_and_that_is_recorded(app: Flask) -> None:
    night = a_night([])
    role = make_role(night.event, BAR, actor=ALICE, now=night.at("12:00"))

    remove_role(role, actor=ALICE, now=night.at("12:01"))

    assert roles_of(night.event) == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "role.removed")).one()
    assert entry.before is not None
    assert (entry.by, entry.at, entry.before["name"]) == ("Alice", night.at("12:01"), "Bar")


def test_a_role_that_a_shift_has_stays_even_when_the_shift_was_called_off(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Bar", "19:15", "20:45", cancelled_at=MADE_AT)])

    with pytest.raises(RoleHasShifts) as refusal:
        remove_role(night.shift("bar-1").role, actor=ALICE, now=night.at("12:00"))

    assert str(refusal.value) == "Bar has 1 shift. Remove it first."
    assert [role.name for role in roles_of(night.event)] == ["Bar"]
