"""Whom the plan has someone call: with the texts, by the same decisions, and only as long as it is true."""

from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from coordinator.accounts.models import Actor, Coordinator
from coordinator.db import transaction
from coordinator.lineup.actions.moves import move_times
from coordinator.messaging.gateway import Refused
from coordinator.messaging.models import Call
from coordinator.messaging.queries.calls import open_calls
from coordinator.reminders.actions.calls import call_made, call_not_made
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.shownight.actions.pressing import (
    cancel_slot,
    declare_late,
    end_set,
    extend_set,
    restore_slot,
    start_set,
)
from coordinator.shownight.actions.undoing import undo_press
from tests.builders import ZONE, ANight, a_coordinator, a_night, a_shift, a_slot, minutes
from tests.playing import Playing

SAM = Actor("Sam Stage")
CARLOS = "Carlos Lumbi"


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


@pytest.fixture
def night(alice: Coordinator) -> ANight:
    return a_night(organisation=alice.organisation)


def playing(night: ANight, at: str, *, silent: bool = False, answer: str = "confirmed") -> Playing:
    """The night at a moment, with everything told by then; ``silent``: Carlos has no number."""
    with transaction():
        night.slot(CARLOS).answer = answer
        if silent:
            night.person(CARLOS).phone = None
    play = Playing(night.at(at) - minutes(80))
    play.tick()
    play.until(night.at(at), every=minutes(10))
    return play


def calls(night: ANight, play: Playing) -> list[tuple[str, str, str | None, str | None, str]]:
    """The open calls: who, of what kind, from when to when, why."""

    def said(call: Call, name: str) -> str | None:
        at = getattr(call, name)
        return f"{at.astimezone(ZoneInfo(ZONE)):%H:%M}" if at else None

    found = open_calls(night.event.id, play.now)
    return [(one.person.name, one.kind, said(one, "was_at"), said(one, "says_at"), one.why) for one in found]


def late(night: ANight, play: Playing, number: int) -> int:
    press = declare_late(night.slot(CARLOS).id, number, actor=SAM, now=play.now)
    play.tick()
    return press.id


def the_call(night: ANight, play: Playing) -> Call:
    (call,) = open_calls(night.event.id, play.now)
    return call


def test_somebody_without_a_number_is_called_about_what_others_are_texted(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)

    late(night, play, 15)

    assert calls(night, play) == [(CARLOS, "new_time", "20:30", "20:45", "no_phone")]


def test_a_call_that_a_press_made_goes_away_with_it(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)
    press_id = late(night, play, 15)

    undo_press(press_id, actor=SAM, now=play.now + minutes(1))
    play.until(play.now + minutes(1))

    assert calls(night, play) == []


def test_the_next_change_is_compared_with_what_was_said_on_the_phone(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)
    late(night, play, 15)

    call_made(night.event, the_call(night, play), actor=Actor("Bob"), now=play.now)
    play.tick()
    told = calls(night, play)
    late(night, play, 25)
    further = calls(night, play)
    late(night, play, 0)

    assert told == []
    assert further == [(CARLOS, "new_time", "20:45", "20:55", "no_phone")]
    assert calls(night, play) == [(CARLOS, "new_time", "20:45", "20:30", "no_phone")]


def test_a_tick_that_was_a_slip_has_the_call_stand_open_again(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)
    late(night, play, 15)
    call = the_call(night, play)
    call_made(night.event, call, actor=Actor("Bob"), now=play.now)
    play.tick()

    call_not_made(night.event, call, actor=Actor("Bob"), now=play.now)
    play.tick()

    assert calls(night, play) == [(CARLOS, "new_time", "20:30", "20:45", "no_phone")]


def test_whoever_was_told_by_phone_is_not_told_again_by_text(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)
    late(night, play, 15)
    call_made(night.event, the_call(night, play), actor=Actor("Bob"), now=play.now)
    with transaction():
        night.person(CARLOS).phone = "+12125550142"
        night.slot(CARLOS).answer = "invited"

    left = [text for text in play.until(play.now + minutes(5)) if text[2].startswith("Carlos, new time")]

    assert (left, calls(night, play)) == ([], [])


def test_a_changed_plan_is_compared_with_the_plan_as_it_stood(night: ANight, alice: Coordinator) -> None:
    play = playing(night, "12:00", silent=True)

    change_plan(night.event, lambda: move_times(night.slot(CARLOS), 20, actor=Actor.of(alice), now=play.now))
    play.tick()
    change_plan(night.event, lambda: move_times(night.slot(CARLOS), 10, actor=Actor.of(alice), now=play.now))
    play.tick()
    moved = calls(night, play)
    change_plan(night.event, lambda: move_times(night.slot(CARLOS), -30, actor=Actor.of(alice), now=play.now))
    play.tick()

    assert moved == [(CARLOS, "new_time", "20:30", "21:00", "no_phone")]
    assert calls(night, play) == []


def test_a_plan_that_nobody_has_said_yes_to_may_change_without_a_call(night: ANight, alice: Coordinator) -> None:
    play = playing(night, "12:00", silent=True, answer="invited")

    change_plan(night.event, lambda: move_times(night.slot(CARLOS), 20, actor=Actor.of(alice), now=play.now))
    play.tick()

    assert calls(night, play) == []


def test_a_time_that_is_too_near_is_called_at_once_and_never_texted(night: ANight) -> None:
    play = playing(night, "20:44")
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:20"))
    play.until(night.at("20:44:30"))

    late(night, play, 16)
    at_once = calls(night, play)
    left = [text for text in play.until(play.now + minutes(3)) if text[2].startswith("Carlos, new time")]

    assert at_once == [(CARLOS, "new_time", "20:30", "20:46", "too_late")]
    assert left == []


def test_a_set_that_has_begun_ends_the_call_for_it(night: ANight) -> None:
    play = playing(night, "20:44:30")
    late(night, play, 16)

    start_set(night.slot(CARLOS).id, actor=SAM, now=play.now + minutes(1))
    play.until(play.now + minutes(1))

    assert calls(night, play) == []


def test_an_earlier_time_that_facts_make_is_called(night: ANight) -> None:
    play = playing(night, "20:05")
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:05"))
    extend_set(night.slot("Josh Granowski").id, 25, actor=SAM, now=play.now)
    play.until(night.at("20:10"))

    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:25"))
    play.until(night.at("20:26"))

    assert calls(night, play)[:1] == [(CARLOS, "new_time", "20:55", "20:30", "earlier")]


def test_a_cancelled_set_is_called_and_called_again_when_it_comes_back(night: ANight) -> None:
    play = playing(night, "19:00", silent=True)

    cancel_slot(night.slot(CARLOS).id, actor=SAM, now=play.now)
    play.tick()
    off = calls(night, play)
    call_made(night.event, the_call(night, play), actor=Actor("Bob"), now=play.now)
    play.until(play.now + minutes(1))
    told = calls(night, play)
    restore_slot(night.slot(CARLOS).id, actor=SAM, now=play.now)
    play.tick()

    assert off == [(CARLOS, "cancelled", None, "20:30", "no_phone")]
    assert told == []
    assert calls(night, play) == [(CARLOS, "new_time", None, "20:30", "no_phone")]


def test_crew_who_get_no_texts_are_called_once_when_the_act_of_their_changeover_is_canceled(alice: Coordinator) -> None:
    slots = [a_slot("Josh Granowski", "20:00"), a_slot(CARLOS, "21:00", changeover=10)]
    helping = [a_shift("Stage crew", follows=CARLOS, people=("Ana Ruiz",))]
    night = a_night(slots, shifts=helping, organisation=alice.organisation)
    with transaction():
        night.person("Ana Ruiz").phone = None
    play = playing(night, "20:00")

    cancel_slot(night.slot(CARLOS).id, actor=SAM, now=play.now)
    play.tick()

    assert [(who, kind, why) for who, kind, *_, why in calls(night, play)] == [("Ana Ruiz", "removed", "no_phone")]


def test_a_cancellation_that_is_taken_back_needs_no_call(night: ANight) -> None:
    play = playing(night, "19:00", silent=True)
    cancel_slot(night.slot(CARLOS).id, actor=SAM, now=play.now)
    play.tick()

    restore_slot(night.slot(CARLOS).id, actor=SAM, now=play.now)
    play.tick()

    assert calls(night, play) == []


def test_a_text_that_is_lost_becomes_a_call(night: ANight) -> None:
    play = playing(night, "19:45")
    play.gateway.outcomes.append(Refused(30500, "It was lost.", "other"))

    late(night, play, 15)
    before = calls(night, play)
    play.until(play.now + minutes(3))

    assert before == []
    assert calls(night, play) == [(CARLOS, "new_time", "20:30", "20:45", "failed")]


def test_planning_twice_changes_no_call(night: ANight) -> None:
    play = playing(night, "19:30", silent=True)
    late(night, play, 15)
    call = the_call(night, play)
    made_at, changed_at = call.made_at, call.changed_at

    play.until(play.now + minutes(5))

    again = the_call(night, play)
    assert (again.id, again.made_at, again.changed_at) == (call.id, made_at, changed_at)
