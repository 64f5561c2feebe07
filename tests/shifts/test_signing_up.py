"""Taking a shift and leaving it, by hand and by sixty-four hands at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator import create_app
from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.people.models import Person
from coordinator.shifts.actions import check_in, leave_shift, put_on_shift, take_off_shift, take_shift
from coordinator.shifts.models import HOLDING, SignUp
from coordinator.shifts.refusals import (
    AlreadyOnShift,
    CannotTakeShift,
    NoSuchShift,
    NotOnShift,
    ShiftClashes,
    ShiftHasBegun,
    ShiftIsCancelled,
    ShiftIsFull,
    ShiftIsOver,
)
from coordinator.shownight.actions import By, cancel_slot, declare_late
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, a_sign_up
from tests.databases import settings_for

CLIENTS = 64
PLACES = 7


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=1)])


def test_who_takes_a_shift_is_on_it_and_part_of_the_event(app: Flask) -> None:
    night = a_door_night()
    ana = a_person("Ana Ruiz", organisation=night.organisation)

    sign_up = take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), how="link")

    assert (sign_up.state, sign_up.how, sign_up.person_id) == ("confirmed", "link", ana.id)
    assert (sign_up.created_at, sign_up.changed_at) == (night.at("12:00"), night.at("12:00"))
    assert db.session.scalars(select(EventPerson.key).where(EventPerson.person_id == ana.id)).all() == ["ana-ruiz"]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.by, entry.after) == ("shift.taken", "Ana Ruiz", {"state": "confirmed", "how": "link"})


def test_a_change_of_a_shift_is_counted_on_its_event(app: Flask) -> None:
    night = a_door_night()
    ana = a_person(organisation=night.organisation)
    before = db.session.scalar(select(Event.revision))

    take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), how="link")

    assert (db.session.scalar(select(Event.revision)) or 0) > (before or 0)


def test_a_full_shift_is_refused_and_says_so(app: Flask) -> None:
    night = a_door_night()
    shift = night.shift("front-door-1")
    a_sign_up(night, shift, "Ana Ruiz")

    with pytest.raises(ShiftIsFull) as refusal:
        take_shift(shift.id, a_person("Bob", organisation=night.organisation), now=night.at("12:00"), how="link")

    assert str(refusal.value) == "Front door has just filled up. Please choose another shift."
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1


def test_nobody_is_on_a_shift_twice(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2)])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    with pytest.raises(AlreadyOnShift):
        take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), how="link")


def test_a_shift_at_the_time_of_another_is_refused_with_its_name(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45"), a_shift("Tea", "20:30", "21:30")])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    with pytest.raises(ShiftClashes) as refusal:
        take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), how="link")

    assert refusal.value.clashes_with == "Front door"


def test_shifts_end_to_end_do_not_clash(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:30"), a_shift("Tea", "20:30", "21:30")])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    assert take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), how="link").state == "confirmed"


def test_a_performer_cannot_help_during_their_own_set(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "20:40", "21:30")])

    with pytest.raises(ShiftClashes) as refusal:
        take_shift(night.shift("tea-1").id, night.person("Carlos Lumbi"), now=night.at("12:00"), how="link")

    assert refusal.value.clashes_with == "Carlos Lumbi"


def test_a_coordinator_may_put_somebody_on_in_spite_of_a_clash_but_not_on_a_full_shift(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "20:40", "21:30", max=1)])
    alice = a_coordinator(organisation=night.organisation)
    by = By("Alice", alice.id)
    tea = night.shift("tea-1").id

    sign_up = put_on_shift(tea, night.person("Carlos Lumbi"), by=by, now=night.at("12:00"))

    assert (sign_up.state, sign_up.how) == ("confirmed", "coordinator")
    with pytest.raises(ShiftIsFull):
        put_on_shift(tea, night.person("Josh Granowski"), by=by, now=night.at("12:00"))
    assert db.session.scalars(select(AuditEntry.coordinator_id)).all() == [alice.id]


def test_what_is_over_or_called_off_or_gone_cannot_be_taken(app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45"),
            a_shift("Tea", "20:00", "21:30", cancelled_at=a_night(slug="other").at("10:00")),
        ]
    )
    ana = a_person(organisation=night.organisation)

    with pytest.raises(ShiftIsOver):
        take_shift(night.shift("front-door-1").id, ana, now=night.at("20:45"), how="link")
    with pytest.raises(ShiftIsCancelled):
        take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), how="link")
    with pytest.raises(NoSuchShift):
        take_shift(-1, ana, now=night.at("12:00"), how="link")


def test_a_shift_that_follows_a_late_set_can_be_taken_as_long_as_that_set_is_to_come(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi")])
    ana = a_person(organisation=night.organisation)
    declare_late(night.slot("Carlos Lumbi").id, 30, by=By("Sam"), now=night.at("20:20"))

    sign_up = take_shift(night.shift("strike-1").id, ana, now=night.at("20:50"), how="link")

    assert sign_up.state == "confirmed"


def test_a_shift_that_follows_a_cancelled_set_cannot_be_taken(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi")])
    ana = a_person(organisation=night.organisation)
    cancel_slot(night.slot("Carlos Lumbi").id, by=By("Sam"), now=night.at("19:00"))

    with pytest.raises(ShiftIsOver):
        take_shift(night.shift("strike-1").id, ana, now=night.at("19:05"), how="link")


def test_a_place_that_is_left_is_open_again_and_can_be_taken_back(app: Flask) -> None:
    night = a_door_night()
    shift = night.shift("front-door-1")
    sign_up = a_sign_up(night, shift, "Ana Ruiz")

    leave_shift(sign_up, now=night.at("12:00"), how="link")
    bob = take_shift(shift.id, a_person("Bob", organisation=night.organisation), now=night.at("12:01"), how="link")
    leave_shift(bob, now=night.at("12:02"), how="link")
    again = take_shift(shift.id, sign_up.person, now=night.at("12:03"), how="link")

    assert (again.id, again.state, again.created_at) == (sign_up.id, "confirmed", night.at("12:03"))
    assert [row.state for row in night.shift("front-door-1").sign_ups] == ["confirmed", "cancelled"]


def test_from_its_start_on_only_a_coordinator_takes_somebody_off(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    with pytest.raises(ShiftHasBegun):
        leave_shift(sign_up, now=night.at("19:15"), how="link")
    take_off_shift(sign_up, by=By("Alice"), now=night.at("19:20"))

    assert sign_up.state == "cancelled"
    with pytest.raises(NotOnShift):
        leave_shift(sign_up, now=night.at("12:00"), how="link")


def test_somebody_expected_is_checked_in_and_out_again(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    before = check_in(sign_up, now=night.at("19:10"))
    state = sign_up.state
    undone = check_in(sign_up, now=night.at("19:11"), undo=True)

    assert (before, state, undone, sign_up.state) == ("confirmed", "checked_in", "checked_in", "confirmed")


def test_who_has_cancelled_is_not_checked_in(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz", state="cancelled")

    check_in(sign_up, now=night.at("19:10"))

    assert sign_up.state == "cancelled"


def test_sixty_four_at_once_fill_a_shift_to_its_last_place_and_no_further(app: Flask, tmp_path: Path) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=PLACES)])
    crowd = [a_person("Ana", organisation=night.organisation).id for _ in range(CLIENTS)]
    shift_id, now = night.shift("front-door-1").id, night.at("12:00")
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    another = create_app(settings_for(url, tmp_path))
    at_once = Barrier(16)

    def try_to_take(person_id: int) -> str:
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                return take_shift(shift_id, db.session.get_one(Person, person_id), now=now, how="link").state
            except CannotTakeShift as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(16) as pool:
        outcomes = Counter(pool.map(try_to_take, crowd, timeout=120))
    with another.app_context():
        db.engine.dispose()

    assert outcomes == {"confirmed": PLACES, "ShiftIsFull": CLIENTS - PLACES}
    db.session.rollback()
    held = select(func.count()).select_from(SignUp).where(SignUp.state.in_(HOLDING))
    assert db.session.scalar(held) == PLACES
    keys = db.session.scalars(select(EventPerson.key).where(EventPerson.person_id.in_(crowd))).all()
    assert len(set(keys)) == PLACES


def test_one_person_pressing_for_two_shifts_at_once_gets_one(app: Flask, tmp_path: Path) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45"), a_shift("Tea", "20:00", "21:30")])
    ana = a_person("Ana", organisation=night.organisation).id
    shifts = [night.shift("front-door-1").id, night.shift("tea-2").id]
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    at_once = Barrier(2)

    def try_to_take(shift_id: int) -> str:
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                now = night.at("12:00") + timedelta(seconds=1)
                return take_shift(shift_id, db.session.get_one(Person, ana), now=now, how="link").state
            except ShiftClashes:
                return "clash"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(try_to_take, shifts, timeout=60))
    with another.app_context():
        db.engine.dispose()

    assert outcomes == ["clash", "confirmed"]
