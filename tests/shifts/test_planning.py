"""What a coordinator can plan about shifts."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.events.actions.days import set_doors
from coordinator.shifts.actions.bulk_shifts import ShiftDraft, add_many_shifts
from coordinator.shifts.actions.planning import add_shift, cancel_shift, edit_shift, remove_shift
from coordinator.shifts.actions.roles import RoleFacts, add_role
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import Follows, follows_of, roles_of
from coordinator.shifts.refusals.planning import (
    EndsBeforeItBegins,
    FollowsNoTime,
    ImpossibleShift,
    LengthOutOfReach,
    NoRoleName,
    NothingToFollow,
    PlacesAreTaken,
    PlacesOutOfRange,
    ShiftHasPeople,
    ShiftWasTold,
)
from tests.builders import a_message, a_night, a_shift, a_sign_up, minutes

ALICE = Actor("Alice")


def test_a_shift_has_its_times_as_instants_and_on_the_wall(app: Flask) -> None:
    night = a_night([])
    role = add_role(night.event, "Front door", actor=ALICE, now=night.at("12:00"), note="Seated")

    shift = add_shift(
        night.event, role, starts_at=night.at("19:15"), ends_at=night.at("00:30+1"), least=1, most=2, actor=ALICE,
        now=night.at("12:00"),
    )  # fmt: skip

    assert (shift.key, shift.min, shift.max) == ("front-door-1", 1, 2)
    assert (shift.starts_at, shift.ends_at) == (night.at("19:15"), night.at("00:30+1"))
    assert (shift.starts_local, shift.ends_local) == ("2026-12-04T19:15", "2026-12-05T00:30")


def test_a_shift_past_the_day_of_the_show_is_planned_for_until_that_later_day_ends(app: Flask) -> None:
    night = a_night([])
    facts: dict[str, Any] = {"actor": ALICE, "now": night.at("12:00")}
    begins, ends = night.at("04:30+1"), night.at("06:00+1")
    role = add_role(night.event, "Strike", **facts)
    strike = add_shift(night.event, role, starts_at=begins, ends_at=ends, least=1, most=2, **facts)
    until = [night.event.plan_until_at]

    edit_shift(strike, ends_at=night.at("05:00+1"), **facts)
    until.append(night.event.plan_until_at)
    add_many_shifts(night.event, [ShiftDraft(RoleFacts("Strike"), begins, ends)], **facts)
    until.append(night.event.plan_until_at)
    remove_shift(night.shift("strike-2"), **facts)
    until.append(night.event.plan_until_at)

    assert until == [night.at("05:00+2"), night.at("05:00+1"), night.at("05:00+2"), night.at("05:00+1")]


def test_the_same_work_twice_is_one_role_with_two_shifts(app: Flask) -> None:
    night = a_night([])
    first = add_role(night.event, "Front door", actor=ALICE, now=night.at("12:00"))
    again = add_role(night.event, "  front   DOOR ", actor=ALICE, now=night.at("12:00"))
    times: dict[str, Any] = {"starts_at": night.at("19:15"), "ends_at": night.at("20:00")}

    keys = [
        add_shift(night.event, role, **times, least=1, most=1, actor=ALICE, now=night.at("12:00")).key
        for role in (first, again)
    ]

    assert [role.name for role in roles_of(night.event)] == ["Front door"]
    assert keys == ["front-door-1", "front-door-2"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_work_without_a_name_is_refused(app: Flask, name: str) -> None:
    night = a_night([])

    with pytest.raises(NoRoleName):
        add_role(night.event, name, actor=ALICE, now=night.at("12:00"))


@pytest.mark.parametrize(
    ("ends", "least", "most", "refusal"),
    [
        ("19:15", 1, 1, EndsBeforeItBegins),
        ("19:00", 1, 1, EndsBeforeItBegins),
        ("20:00", 0, 0, PlacesOutOfRange),
        ("20:00", 3, 2, PlacesOutOfRange),
        ("20:00", -1, 2, PlacesOutOfRange),
        ("20:00", 1, 501, PlacesOutOfRange),
    ],
)
def test_an_impossible_shift_is_refused(
    app: Flask, ends: str, least: int, most: int, refusal: type[ImpossibleShift]
) -> None:
    night = a_night([])
    role = add_role(night.event, "Front door", actor=ALICE, now=night.at("12:00"))
    times: dict[str, Any] = {"starts_at": night.at("19:15"), "ends_at": night.at(ends)}

    with pytest.raises(refusal):
        add_shift(night.event, role, **times, least=least, most=most, actor=ALICE, now=night.at("12:00"))


def test_a_shift_keeps_as_many_places_as_people_have(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=3)])
    shift = night.shift("front-door-1")
    for name in ("Ana", "Bob"):
        a_sign_up(night, shift, name)

    with pytest.raises(PlacesAreTaken):
        edit_shift(shift, actor=ALICE, now=night.at("12:00"), max=1)
    edit_shift(shift, actor=ALICE, now=night.at("12:00"), max=2)

    assert night.shift("front-door-1").max == 2


def test_a_following_shift_that_is_given_times_stands_still(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi")])
    shift = night.shift("strike-1")

    edit_shift(shift, actor=ALICE, now=night.at("12:00"), max=4)
    followed = night.shift("strike-1").follows_slot_id
    edit_shift(shift, actor=ALICE, now=night.at("12:00"), starts_at=night.at("20:00"), ends_at=night.at("21:00"))

    fixed = night.shift("strike-1")
    assert followed == night.slot("Carlos Lumbi").id
    assert (fixed.follows_slot_id, fixed.starts_at, fixed.ends_at) == (None, night.at("20:00"), night.at("21:00"))


def test_a_shift_is_called_off_and_takes_place_after_all(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45")])
    shift = night.shift("front-door-1")

    cancel_shift(shift, actor=ALICE, now=night.at("12:00"))
    called_off_at = night.shift("front-door-1").cancelled_at
    cancel_shift(shift, actor=ALICE, now=night.at("12:05"), undo=True)

    assert (called_off_at, night.shift("front-door-1").cancelled_at) == (night.at("12:00"), None)
    whats = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert whats == ["shift.cancelled", "shift.restored"]


def test_a_shift_follows_a_slot_at_the_times_the_plan_gives_it(app: Flask) -> None:
    night = a_night()
    role = add_role(night.event, "Stage", actor=ALICE, now=night.at("12:00"))
    follows = Follows(night.slot("Carlos Lumbi").id, "changeover_start", "set_start", minutes(5), minutes(2))

    shift = add_shift(night.event, role, follows=follows, least=1, most=2, actor=ALICE, now=night.at("12:00"))

    assert (shift.starts_at, shift.ends_at) == (night.at("20:15"), night.at("20:32"))
    assert follows_of(shift) == follows


@pytest.mark.parametrize(
    ("begins", "until", "before", "refusal"),
    [
        ("set_start", "set_start", 0, FollowsNoTime),
        ("set_end", "set_start", 0, FollowsNoTime),
        ("doors", "set_start", 0, NothingToFollow),
        ("changeover_start", "set_start", 1441, LengthOutOfReach),
        ("changeover_start", "set_start", -1, LengthOutOfReach),
    ],
)
def test_what_cannot_be_followed_is_refused(
    app: Flask, begins: str, until: str, before: int, refusal: type[ImpossibleShift]
) -> None:
    night = a_night(doors=None, shifts=[a_shift("Stage", "19:00", "20:00")])
    shift = night.shift("stage-1")
    follows = Follows(night.slot("Carlos Lumbi").id, begins, until, minutes(before))

    with pytest.raises(refusal):
        add_shift(night.event, shift.role, follows=follows, least=1, most=1, actor=ALICE, now=night.at("12:00"))
    with pytest.raises(refusal):
        edit_shift(shift, actor=ALICE, now=night.at("12:00"), follows=follows)

    assert (night.shift("stage-1").starts_at, night.shift("stage-1").follows) == (night.at("19:00"), None)


def test_a_shift_is_let_follow_and_made_to_stand_again_and_keeps_its_people(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Stage", "19:00", "20:00", people=("Ana Ruiz",))])
    follows = Follows(night.slot("Carlos Lumbi").id, "changeover_start", "set_end")
    seen = []

    for changed in (follows, None):
        edit_shift(night.shift("stage-1"), actor=ALICE, now=night.at("12:00"), follows=changed)
        shift = night.shift("stage-1")
        seen.append((follows_of(shift), shift.starts_at, shift.ends_at, len(shift.holding)))

    times = (night.at("20:20"), night.at("21:10"))
    assert seen == [(follows, *times, 1), (None, *times, 1)]


def test_more_places_for_a_shift_whose_slot_has_lost_its_doors_move_nothing(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Stage", follows="Carlos Lumbi", follows_from="doors")])
    with transaction():
        set_doors(night.event, {night.on: None})

    edit_shift(night.shift("stage-1"), actor=ALICE, now=night.at("12:00"), max=5)

    shift = night.shift("stage-1")
    assert (shift.max, shift.starts_at, shift.follows_from) == (5, night.at("19:30"), "doors")


def test_a_change_of_a_shift_is_recorded_with_what_it_was(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "19:00", "20:00", max=2)])

    edit_shift(night.shift("tea-1"), actor=ALICE, now=night.at("12:00"), place="Foyer", call=minutes(10))

    entry = db.session.scalars(select(AuditEntry)).one()
    facts = {"key": "tea-1", "starts": "2026-12-04T19:00", "ends": "2026-12-04T20:00", "min": 1, "max": 2}
    assert entry.before == facts | {"place": None, "call": 0}
    assert entry.after == facts | {"place": "Foyer", "call": 10}


@pytest.mark.parametrize("state", ["confirmed", "waitlisted", "checked_in", "no_show", "done"])
def test_a_shift_with_people_cannot_be_removed(app: Flask, state: str) -> None:
    night = a_night(shifts=[a_shift("Tea", "19:00", "20:00")])
    a_sign_up(night, night.shift("tea-1"), state=state)

    with pytest.raises(ShiftHasPeople):
        remove_shift(night.shift("tea-1"), actor=ALICE, now=night.at("12:00"))

    assert len(night.shift("tea-1").sign_ups) == 1


def test_a_shift_that_texts_were_about_cannot_be_removed(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "19:00", "20:00")])
    sign_up = a_sign_up(night, night.shift("tea-1"), state="cancelled")
    a_message(night, sign_up.person, shift_id=night.shift("tea-1").id)

    with pytest.raises(ShiftWasTold):
        remove_shift(night.shift("tea-1"), actor=ALICE, now=night.at("12:00"))


def test_a_shift_that_everybody_left_is_removed_and_recorded(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "19:00", "20:00")])
    a_sign_up(night, night.shift("tea-1"), state="cancelled")

    remove_shift(night.shift("tea-1"), actor=ALICE, now=night.at("12:00"))

    assert db.session.scalars(select(Shift.key)).all() == []
    assert db.session.scalars(select(AuditEntry.what)).all() == ["shift.removed"]
