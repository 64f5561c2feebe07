"""Taking a shift and leaving it, by hand and by sixty-four hands at once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from threading import Event as Signal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator import create_app
from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event, EventPerson
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.attendance import check_in
from coordinator.shifts.actions.signing_up import change_shift, join_waitlist, leave_shift, take_shift, take_shifts
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.models import HOLDING, SignUp, SignUpSource
from coordinator.shifts.queries.objections import people_waiting
from coordinator.shifts.refusals.friends import NoSuchFriend
from coordinator.shifts.refusals.leaving import NotOnShift, ShiftHasBegun, TooLateToLeave
from coordinator.shifts.refusals.taking import (
    AgeIsUnknown,
    AlreadyOnShift,
    CannotTakeShift,
    NeedsAReason,
    NoSuchShift,
    NotAlone,
    ShiftClashes,
    ShiftHasPlaces,
    ShiftIsCancelled,
    ShiftIsFull,
    ShiftIsOver,
    SkillIsMissing,
    TooLateForMinors,
    TooLittleRest,
    TooLongAtAStretch,
    TooYoung,
)
from coordinator.shownight.actions.pressing import cancel_slot, declare_late
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, a_sign_up
from tests.databases import settings_for

CLIENTS = 64
PLACES = 7


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=1)])


def test_who_takes_a_shift_is_on_it_and_part_of_the_event(app: Flask) -> None:
    night = a_door_night()
    ana = a_person("Ana Ruiz", organisation=night.organisation)

    sign_up = take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), source=SignUpSource.LINK)

    assert (sign_up.state, sign_up.source, sign_up.person_id) == ("confirmed", "link", ana.id)
    assert (sign_up.created_at, sign_up.changed_at) == (night.at("12:00"), night.at("12:00"))
    assert db.session.scalars(select(EventPerson.key).where(EventPerson.person_id == ana.id)).all() == ["ana-ruiz"]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.by, entry.after) == ("shift.taken", "Ana Ruiz", {"state": "confirmed", "source": "link"})


def test_a_change_of_a_shift_is_counted_on_its_event(app: Flask) -> None:
    night = a_door_night()
    ana = a_person(organisation=night.organisation)
    before = db.session.scalar(select(Event.revision))

    take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), source=SignUpSource.LINK)

    assert (db.session.scalar(select(Event.revision)) or 0) > (before or 0)


def test_a_full_shift_is_refused_and_says_so(app: Flask) -> None:
    night = a_door_night()
    shift = night.shift("front-door-1")
    a_sign_up(night, shift, "Ana Ruiz")

    with pytest.raises(ShiftIsFull) as refusal:
        take_shift(
            shift.id, a_person("Bob", organisation=night.organisation), now=night.at("12:00"), source=SignUpSource.LINK
        )

    assert str(refusal.value) == "Front door has just filled up. Please choose another shift."
    assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1


def test_nobody_is_on_a_shift_twice(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2)])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    with pytest.raises(AlreadyOnShift):
        take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), source=SignUpSource.LINK)


def test_a_shift_at_the_time_of_another_is_refused_with_its_name(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45"), a_shift("Tea", "20:30", "21:30")])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    with pytest.raises(ShiftClashes) as refusal:
        take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), source=SignUpSource.LINK)

    assert refusal.value.clashes_with == "Front door"


def test_shifts_end_to_end_do_not_clash(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:30"), a_shift("Tea", "20:30", "21:30")])
    ana = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz").person

    assert (
        take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), source=SignUpSource.LINK).state == "confirmed"
    )


def test_a_performer_cannot_help_during_their_own_set(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "20:40", "21:30")])

    with pytest.raises(ShiftClashes) as refusal:
        take_shift(
            night.shift("tea-1").id, night.person("Carlos Lumbi"), now=night.at("12:00"), source=SignUpSource.LINK
        )

    assert refusal.value.clashes_with == "Carlos Lumbi"


def test_a_coordinator_who_says_why_may_pass_over_a_clash_but_not_over_a_full_shift(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Tea", "20:40", "21:30", max=1)])
    alice = a_coordinator(organisation=night.organisation)
    actor = Actor("Alice", alice.id)
    tea = night.shift("tea-1").id

    with pytest.raises(NeedsAReason) as refusal:
        put_on_shift(tea, night.person("Carlos Lumbi"), actor=actor, now=night.at("12:00"), override_reason=" ")
    why = "He plays on the terrace, two steps away."
    sign_up = put_on_shift(tea, night.person("Carlos Lumbi"), actor=actor, now=night.at("12:00"), override_reason=why)

    assert [type(each) for each in refusal.value.refusals] == [ShiftClashes]
    assert (sign_up.state, sign_up.source, sign_up.override_reason) == ("confirmed", "coordinator", why)
    with pytest.raises(ShiftIsFull):
        put_on_shift(tea, night.person("Josh Granowski"), actor=actor, now=night.at("12:00"))
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
        take_shift(night.shift("front-door-1").id, ana, now=night.at("20:45"), source=SignUpSource.LINK)
    with pytest.raises(ShiftIsCancelled):
        take_shift(night.shift("tea-2").id, ana, now=night.at("12:00"), source=SignUpSource.LINK)
    with pytest.raises(NoSuchShift):
        take_shift(-1, ana, now=night.at("12:00"), source=SignUpSource.LINK)


def test_a_shift_that_follows_a_late_set_can_be_taken_as_long_as_that_set_is_to_come(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi")])
    ana = a_person(organisation=night.organisation)
    declare_late(night.slot("Carlos Lumbi").id, 30, actor=Actor("Sam"), now=night.at("20:20"))

    sign_up = take_shift(night.shift("strike-1").id, ana, now=night.at("20:50"), source=SignUpSource.LINK)

    assert sign_up.state == "confirmed"


def test_a_shift_that_follows_a_cancelled_set_cannot_be_taken(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi")])
    ana = a_person(organisation=night.organisation)
    cancel_slot(night.slot("Carlos Lumbi").id, actor=Actor("Sam"), now=night.at("19:00"))

    with pytest.raises(ShiftIsOver):
        take_shift(night.shift("strike-1").id, ana, now=night.at("19:05"), source=SignUpSource.LINK)


def test_a_place_that_is_left_is_open_again_and_can_be_taken_back(app: Flask) -> None:
    night = a_door_night()
    shift = night.shift("front-door-1")
    sign_up = a_sign_up(night, shift, "Ana Ruiz")

    leave_shift(sign_up, now=night.at("12:00"), source=SignUpSource.LINK)
    bob = take_shift(
        shift.id, a_person("Bob", organisation=night.organisation), now=night.at("12:01"), source=SignUpSource.LINK
    )
    leave_shift(bob, now=night.at("12:02"), source=SignUpSource.LINK)
    again = take_shift(shift.id, sign_up.person, now=night.at("12:03"), source=SignUpSource.LINK)

    assert (again.id, again.state, again.created_at) == (sign_up.id, "confirmed", night.at("12:03"))
    assert [row.state for row in night.shift("front-door-1").sign_ups] == ["confirmed", "cancelled"]


@pytest.mark.parametrize(
    ("columns", "refused"),
    [
        ({"skills": ["sound"]}, SkillIsMissing),
        ({"minimum_age": 18}, AgeIsUnknown),
        ({"never_alone": True}, NotAlone),
    ],
)
def test_what_the_work_asks_for_is_asked_of_whoever_takes_it(
    app: Flask, columns: dict[str, Any], refused: type[CannotTakeShift]
) -> None:
    night = a_door_night()
    shift, ana = night.shift("front-door-1"), a_person(organisation=night.organisation)
    with transaction():
        for column, value in columns.items():
            setattr(shift.role, column, value)

    with pytest.raises(refused):
        take_shift(shift.id, ana, now=night.at("12:00"), source=SignUpSource.LINK)
    assert put_on_shift(
        shift.id, ana, actor=Actor("Alice"), now=night.at("12:00"), override_reason="I know her."
    ).override_reason


@pytest.mark.parametrize(("born_on", "refused"), [(date(2010, 5, 1), TooYoung), (date(2009, 5, 1), TooLateForMinors)])
def test_nobody_passes_over_what_the_law_says_of_the_young(
    app: Flask, born_on: date, refused: type[CannotTakeShift]
) -> None:
    night = a_night(shifts=[a_shift("Bar", "19:15", "22:30")])
    shift, ana = night.shift("bar-1"), a_person(organisation=night.organisation)
    with transaction():
        shift.role.minimum_age, ana.born_on = 17 if refused is TooYoung else None, born_on

    with pytest.raises(refused):
        put_on_shift(shift.id, ana, actor=Actor("Alice"), now=night.at("12:00"), override_reason="She looks older.")


def test_rest_and_length_are_those_of_the_house(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Build", "14:00", "18:00"), a_shift("Front door", "18:10", "21:00")])
    ana = a_sign_up(night, night.shift("build-1"), "Ana Ruiz").person
    door = night.shift("front-door-2").id

    with pytest.raises(TooLittleRest):
        take_shift(door, ana, now=night.at("12:00"), source=SignUpSource.LINK)
    edit_volunteer_policy(night.event, actor=Actor("Alice"), now=night.at("12:00"), rest=timedelta(minutes=10))
    assert take_shift(door, ana, now=night.at("12:00"), source=SignUpSource.LINK).state == "confirmed"
    edit_volunteer_policy(night.event, actor=Actor("Alice"), now=night.at("12:00"), longest=timedelta(hours=2))
    with pytest.raises(TooLongAtAStretch) as refusal:
        take_shift(
            door, a_person("Bob", organisation=night.organisation), now=night.at("12:00"), source=SignUpSource.LINK
        )
    assert str(refusal.value) == "With Front door, you'd work more than 2 h without rest."


def test_somebody_of_the_same_house_who_has_worked_before_is_no_first_timer(app: Flask) -> None:
    night = a_door_night()
    before = a_night(slug="last-year", organisation=night.organisation, shifts=[a_shift("Tea", "13:00", "14:00")])
    ana = a_sign_up(before, before.shift("tea-1"), "Ana Ruiz", state="done").person
    with transaction():
        night.shift("front-door-1").role.never_alone = True

    assert (
        take_shift(night.shift("front-door-1").id, ana, now=night.at("12:00"), source=SignUpSource.LINK).state
        == "confirmed"
    )


def test_where_a_friend_cannot_come_nothing_is_taken_until_they_choose_again(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=3), a_shift("Tea", "20:45", "21:30", max=1)])
    ana, bob = (a_person(name, organisation=night.organisation) for name in ("Ana", "Bob"))
    door, tea = night.shift("front-door-1").id, night.shift("tea-2").id

    with pytest.raises(NoSuchFriend) as refusal:
        take_shifts([door, tea], [ana, bob], now=night.at("12:00"), source=SignUpSource.LINK)
    assert str(refusal.value) == ("We can't hold a spot for Bob: Tea has just filled up. Please choose another shift.")
    assert db.session.scalars(select(SignUp)).all() == []

    together = take_shifts([door], [ana, bob], now=night.at("12:00"), source=SignUpSource.LINK)
    assert len({sign_up.friends_key for sign_up in together}) == 1
    assert None not in {sign_up.friends_key for sign_up in together}
    assert take_shifts([tea], [ana], now=night.at("12:00"), source=SignUpSource.LINK)[0].friends_key is None


def test_a_full_shift_has_a_queue_in_order(app: Flask) -> None:
    night = a_door_night()
    shift = night.shift("front-door-1")
    ana, bob = (a_person(name, organisation=night.organisation) for name in ("Ana", "Bob"))
    with pytest.raises(ShiftHasPlaces):
        join_waitlist(shift.id, ana, now=night.at("12:00"), source=SignUpSource.LINK)
    a_sign_up(night, shift, "Dana Door")

    first = join_waitlist(shift.id, bob, now=night.at("12:00"), source=SignUpSource.LINK)
    join_waitlist(shift.id, ana, now=night.at("12:01"), source=SignUpSource.LINK)
    again = join_waitlist(shift.id, bob, now=night.at("12:02"), source=SignUpSource.LINK)

    assert (first.id, first.state, first.waitlisted_at) == (again.id, "waitlisted", night.at("12:00"))
    assert [sign_up.person.name for sign_up in people_waiting(shift.id)] == ["Bob", "Ana"]
    leave_shift(first, now=night.at("19:30"), source=SignUpSource.LINK)
    assert [sign_up.person.name for sign_up in people_waiting(shift.id)] == ["Ana"]


def test_a_shift_is_changed_for_another_in_one_go_or_kept(app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45"),
            a_shift("Tea", "20:00", "21:30"),
            a_shift("Bar", "19:00", "20:00", people=("Bob",), max=1),
        ]
    )
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    with pytest.raises(ShiftIsFull):
        change_shift(sign_up, night.shift("bar-3").id, now=night.at("12:00"), source=SignUpSource.LINK)
    kept = sign_up.state
    taken = change_shift(sign_up, night.shift("tea-2").id, now=night.at("12:00"), source=SignUpSource.LINK)
    with pytest.raises(TooLateToLeave):
        change_shift(taken, night.shift("front-door-1").id, now=night.at("17:00"), source=SignUpSource.LINK)

    assert (kept, sign_up.state, taken.state) == ("confirmed", "cancelled", "confirmed")


def test_some_are_taken_and_others_queued_for_in_one_go(app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Set up", "17:00", "18:00"),
            a_shift("Tea", "20:00", "21:30", people=("Bob",), max=1),
            a_shift("Clear up", "22:15", "23:00"),
        ]
    )
    ana = a_person("Ana Ruiz", organisation=night.organisation)
    ids = {shift.role.name: shift.id for shift in map(night.shift, ("set-up-1", "tea-2", "clear-up-3"))}

    taken = take_shifts(
        [ids["Set up"]], [ana], now=night.at("12:00"), source=SignUpSource.LINK, queue_for=[ids["Tea"], ids["Clear up"]]
    )

    assert {each.shift.role.name: each.state for each in taken} == {
        "Set up": "confirmed",
        "Tea": "waitlisted",
        "Clear up": "confirmed",
    }


def test_after_the_deadline_one_asks_for_cover(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    with pytest.raises(TooLateToLeave):
        leave_shift(sign_up, now=night.at("15:16"), source=SignUpSource.LINK)
    leave_shift(sign_up, now=night.at("15:15"), source=SignUpSource.LINK)

    assert sign_up.state == "cancelled"


def test_from_its_start_on_only_a_coordinator_takes_somebody_off(app: Flask) -> None:
    night = a_door_night()
    sign_up = a_sign_up(night, night.shift("front-door-1"), "Ana Ruiz")

    with pytest.raises(ShiftHasBegun):
        leave_shift(sign_up, now=night.at("19:15"), source=SignUpSource.LINK)
    take_off_shift(sign_up, actor=Actor("Alice"), now=night.at("19:20"))

    assert sign_up.state == "cancelled"
    with pytest.raises(NotOnShift):
        leave_shift(sign_up, now=night.at("12:00"), source=SignUpSource.LINK)


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
                return take_shift(
                    shift_id, db.session.get_one(Person, person_id), now=now, source=SignUpSource.LINK
                ).state
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


def test_who_signs_up_waits_for_a_change_of_the_plan_and_neither_for_the_other(app: Flask, tmp_path: Path) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2)])
    event_id, shift_id, now = night.event.id, night.shift("front-door-1").id, night.at("12:00")
    ana, ben = (a_person(name, organisation=night.organisation).id for name in ("Ana", "Ben"))
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    has_the_event = Signal()

    def change_the_plan() -> str:
        with another.app_context(), transaction() as session:
            lock_event(session, event_id)
            has_the_event.set()
            time.sleep(0.3)  # in which someone who began with the shift would hold it
            return put_on_shift(shift_id, session.get_one(Person, ana), actor=Actor("Alice"), now=now).state

    def sign_up() -> str:
        assert has_the_event.wait(timeout=60)
        with another.app_context():
            return take_shift(shift_id, db.session.get_one(Person, ben), now=now, source=SignUpSource.LINK).state

    with ThreadPoolExecutor(2) as pool:
        outcomes = [pool.submit(each) for each in (change_the_plan, sign_up)]
    with another.app_context():
        db.engine.dispose()

    assert [outcome.result(timeout=60) for outcome in outcomes] == ["confirmed", "confirmed"]


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
                return take_shift(shift_id, db.session.get_one(Person, ana), now=now, source=SignUpSource.LINK).state
            except ShiftClashes:
                return "clash"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(try_to_take, shifts, timeout=60))
    with another.app_context():
        db.engine.dispose()

    assert outcomes == ["clash", "confirmed"]
