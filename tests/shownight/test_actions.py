from datetime import datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.actions.moves import move_times
from coordinator.shownight.actions.facts import facts_of
from coordinator.shownight.actions.pressing import (
    cancel_slot,
    declare_late,
    delay_next,
    done,
    end_set,
    extend_set,
    go,
    restore_slot,
    start_set,
)
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Press
from coordinator.shownight.refusals import (
    CannotPress,
    MinutesOutOfRange,
    NoSuchSlot,
    NothingIsOn,
    NothingToCome,
    NothingToUndo,
    PressedSince,
    SetHasStarted,
    TooLateToUndo,
)
from tests.builders import a_coordinator, a_night, a_slot, minutes
from tests.databases import settings_for

SAM = Actor("Sam Stage")
NOTHING_YET: dict[str, Any] = {
    "started_at": None,
    "ended_at": None,
    "cancelled_at": None,
    "restored_at": None,
    "late_decided_at": None,
    "late_by": None,
    "extension": 0,
}


def revision_of(event_id: int) -> int:
    return db.session.scalars(select(Event.revision).where(Event.id == event_id)).one()


def test_a_start_is_written_on_the_slot_with_who_pressed_and_what_was_before(app: Flask) -> None:
    night = a_night()
    alice = a_coordinator(organisation=night.organisation)
    now = night.at("20:02")

    press = start_set(night.slot("Josh Granowski").id, actor=Actor("Alice", alice.id), now=now)

    slot = night.slot("Josh Granowski")
    assert facts_of(slot) == NOTHING_YET | {"started_at": now.isoformat()}
    assert (press.verb, press.slot_id, press.at, press.pressed_at) == ("start", slot.id, now, now)
    assert (press.by, press.coordinator_id, press.before) == ("Alice", alice.id, NOTHING_YET)


def test_every_press_is_recorded_with_before_and_after(app: Flask) -> None:
    night = a_night()
    now = night.at("20:02")

    start_set(night.slot("Josh Granowski").id, actor=SAM, now=now)

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.subject) == ("slot.start", f"slot:{night.slot('Josh Granowski').id}")
    assert (entry.by, entry.at, entry.event_id) == ("Sam Stage", now, night.event.id)
    assert (entry.before, entry.after) == (NOTHING_YET, NOTHING_YET | {"started_at": now.isoformat()})


def test_every_press_counts_as_a_change_of_the_event(app: Flask) -> None:
    night = a_night()
    before = revision_of(night.event.id)

    press = start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:02"))
    after_start = revision_of(night.event.id)
    undo_press(press.id, actor=SAM, now=night.at("20:03"))

    assert before < after_start < revision_of(night.event.id)


def test_a_fact_may_be_about_a_moment_that_has_passed(app: Flask) -> None:
    night = a_night()

    press = start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:10"), at=night.at("20:02"))

    assert night.slot("Josh Granowski").started_at == night.at("20:02")
    assert (press.at, press.pressed_at) == (night.at("20:02"), night.at("20:10"))


def test_a_whole_set_is_started_extended_and_finished(app: Flask) -> None:
    night = a_night()
    slot_id = night.slot("Carlos Lumbi").id

    declare_late(slot_id, 10, actor=SAM, now=night.at("20:20"))
    start_set(slot_id, actor=SAM, now=night.at("20:40"))
    extend_set(slot_id, 5, actor=SAM, now=night.at("21:15"))
    end_set(slot_id, actor=SAM, now=night.at("21:24"))

    assert facts_of(night.slot("Carlos Lumbi")) == NOTHING_YET | {
        "late_by": 10,
        "late_decided_at": night.at("20:20").isoformat(),
        "started_at": night.at("20:40").isoformat(),
        "extension": 5,
        "ended_at": night.at("21:24").isoformat(),
    }


def test_starting_a_set_while_another_is_on_is_no_mistake(app: Flask) -> None:
    night = a_night()
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))

    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:31"))

    assert night.slot("Josh Granowski").ended_at is None
    assert night.slot("Carlos Lumbi").started_at == night.at("20:31")


def test_a_refused_press_changes_nothing(app: Flask) -> None:
    night = a_night()
    slot_id = night.slot("Josh Granowski").id
    start_set(slot_id, actor=SAM, now=night.at("20:00"))
    revision = revision_of(night.event.id)

    with pytest.raises(SetHasStarted) as refusal:
        start_set(slot_id, actor=SAM, now=night.at("20:05"))

    assert str(refusal.value) == "Josh Granowski has already started."
    assert night.slot("Josh Granowski").started_at == night.at("20:00")
    assert len(db.session.scalars(select(Press)).all()) == 1
    assert revision_of(night.event.id) == revision


def test_a_refusal_of_minutes_says_what_would_be_right(app: Flask) -> None:
    night = a_night()

    with pytest.raises(MinutesOutOfRange) as refusal:
        declare_late(night.slot("Carlos Lumbi").id, 500, actor=SAM, now=night.at("20:00"))

    assert str(refusal.value) == "Enter a whole number of minutes from 0 to 240."


def test_a_slot_that_was_removed_cannot_be_pressed(app: Flask) -> None:
    with pytest.raises(NoSuchSlot):
        start_set(4711, actor=SAM, now=a_night().at("20:00"))


def test_a_cancelled_slot_can_be_brought_back(app: Flask) -> None:
    night = a_night()
    slot_id = night.slot("Carlos Lumbi").id

    cancel_slot(slot_id, actor=SAM, now=night.at("18:00"))
    cancelled = facts_of(night.slot("Carlos Lumbi"))
    restore_slot(slot_id, actor=SAM, now=night.at("18:30"))

    assert cancelled == NOTHING_YET | {"cancelled_at": night.at("18:00").isoformat()}
    assert facts_of(night.slot("Carlos Lumbi")) == NOTHING_YET | {"restored_at": night.at("18:30").isoformat()}


def test_go_starts_what_comes_next_and_done_finishes_what_is_on(app: Flask) -> None:
    night = a_night()
    cancel_slot(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("19:00"))

    first = go(night.stage.id, actor=SAM, now=night.at("20:01"))
    second = done(night.stage.id, actor=SAM, now=night.at("20:22"))
    third = go(night.stage.id, actor=SAM, now=night.at("21:30"))

    josh, nobodys = night.slot("Josh Granowski"), night.slot("The Poor Nobodys")
    assert [(press.slot_id, press.verb) for press in (first, second, third)] == [
        (josh.id, "start"),
        (josh.id, "end"),
        (nobodys.id, "start"),
    ]


def test_go_and_done_say_when_there_is_nothing_to_start_or_finish(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski")])

    with pytest.raises(NothingIsOn) as nothing_on:
        done(night.stage.id, actor=SAM, now=night.at("19:59"))
    go(night.stage.id, actor=SAM, now=night.at("20:00"))
    with pytest.raises(NothingToCome) as nothing_to_come:
        go(night.stage.id, actor=SAM, now=night.at("20:01"))

    assert str(nothing_on.value) == "Nothing is on at Main stage."
    assert str(nothing_to_come.value) == "Nothing more is coming up at Main stage."


def test_late_without_a_name_is_about_what_comes_next(app: Flask) -> None:
    night = a_night()
    go(night.stage.id, actor=SAM, now=night.at("20:00"))

    delay_next(night.stage.id, 10, actor=SAM, now=night.at("20:05"))

    assert night.slot("Carlos Lumbi").late_by == minutes(10)


@pytest.mark.parametrize("verb", ["start", "end", "late", "extend", "cancel", "restore"])
def test_undo_puts_back_exactly_what_was_before(app: Flask, verb: str) -> None:
    night = a_night()
    slot_id = night.slot("Carlos Lumbi").id
    before_that = {"end": ["start"], "extend": ["start"], "restore": ["cancel"]}.get(verb, [])
    for earlier in before_that:
        press_of(earlier, slot_id, night.at("20:30"))
    before = facts_of(night.slot("Carlos Lumbi"))
    press = press_of(verb, slot_id, night.at("20:40"))

    undone = undo_press(press.id, actor=SAM, now=night.at("20:41"))

    assert facts_of(night.slot("Carlos Lumbi")) == before
    assert (undone.id, undone.undone_at) == (press.id, night.at("20:41"))


def press_of(verb: str, slot_id: int, now: datetime) -> Press:
    match verb:
        case "late":
            return declare_late(slot_id, 10, actor=SAM, now=now)
        case "extend":
            return extend_set(slot_id, 10, actor=SAM, now=now)
    plain = {"start": start_set, "end": end_set, "cancel": cancel_slot, "restore": restore_slot}
    return plain[verb](slot_id, actor=SAM, now=now)


def test_presses_of_a_slot_are_undone_from_the_last_one_backwards(app: Flask) -> None:
    night = a_night()
    slot_id = night.slot("Josh Granowski").id
    started = start_set(slot_id, actor=SAM, now=night.at("20:00"))
    ended = end_set(slot_id, actor=SAM, now=night.at("20:20"))

    with pytest.raises(PressedSince) as refusal:
        undo_press(started.id, actor=SAM, now=night.at("20:21"))
    undo_press(ended.id, actor=SAM, now=night.at("20:21"))
    undo_press(started.id, actor=SAM, now=night.at("20:21"))

    assert str(refusal.value) == ("Something else has been marked for Josh Granowski since then. Undo that first.")
    assert facts_of(night.slot("Josh Granowski")) == NOTHING_YET


def test_undo_brings_no_lateness_back_that_another_time_has_withdrawn(app: Flask) -> None:
    night = a_night()
    alice = a_coordinator(organisation=night.organisation)
    slot = night.slot("Josh Granowski")
    declare_late(slot.id, 20, actor=SAM, now=night.at("12:00"))
    press = declare_late(slot.id, 30, actor=SAM, now=night.at("12:01"))
    move_times(slot, 10, actor=Actor.of(alice), now=night.at("12:02"))

    undo_press(press.id, actor=SAM, now=night.at("12:03"))

    assert (slot.late_by, slot.starts_at) == (None, night.at("20:10"))


def test_a_lateness_is_withdrawn_after_the_set_has_begun(app: Flask) -> None:
    night = a_night()
    slot = night.slot("Josh Granowski")
    declare_late(slot.id, 20, actor=SAM, now=night.at("12:00"))
    start_set(slot.id, actor=SAM, now=night.at("20:00"))

    declare_late(slot.id, 0, actor=SAM, now=night.at("20:10"))

    assert slot.late_by is None
    with pytest.raises(SetHasStarted):
        declare_late(slot.id, 0, actor=SAM, now=night.at("20:11"))


def test_a_press_is_undone_once(app: Flask) -> None:
    night = a_night()
    press = start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    undo_press(press.id, actor=SAM, now=night.at("20:01"))

    with pytest.raises(NothingToUndo):
        undo_press(press.id, actor=SAM, now=night.at("20:02"))


def test_undo_may_be_bound_to_a_time(app: Flask) -> None:
    night = a_night()
    press = start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))

    with pytest.raises(TooLateToUndo) as refusal:
        undo_press(press.id, actor=SAM, now=night.at("20:11"), within=minutes(10))
    undo_press(press.id, actor=SAM, now=night.at("20:11"))

    assert str(refusal.value) == "You can undo that for only 10 min."
    assert night.slot("Josh Granowski").started_at is None


def test_two_thumbs_on_the_same_button_make_one_press(app: Flask, cloned_database_url: str, tmp_path: Any) -> None:
    night = a_night()
    slot_id, now = night.slot("Josh Granowski").id, night.at("20:00")
    other_apps = [create_app(settings_for(cloned_database_url, tmp_path)) for _ in range(2)]
    together, answers = Barrier(2), []

    def thumb(own: Flask) -> None:
        with own.app_context():
            together.wait()
            try:
                answers.append(start_set(slot_id, actor=SAM, now=now).verb)
            except CannotPress as refusal:
                answers.append(type(refusal).__name__)
            db.session.remove()
            db.engine.dispose()

    threads = [Thread(target=thumb, args=(own,)) for own in other_apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()  # what the test read before is old by now
    assert sorted(answers) == ["SetHasStarted", "start"]
    assert len(db.session.scalars(select(Press)).all()) == 1
