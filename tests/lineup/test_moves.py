"""Moving slots in the plan. The sample night: Josh 8:00 to 8:20, Carlos 8:30 to 9:10, the Nobodys 9:30 to 10:15."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db
from coordinator.lineup.actions.moves import move_slot, move_times
from coordinator.lineup.queries import running_order
from coordinator.lineup.refusals import CannotPlan, OutsideTheDay, SlotHasBegun, SlotIsPinned
from coordinator.shownight.actions.pressing import declare_late, start_set
from tests.builders import ANight, a_coordinator, a_night, a_slot


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def order(night: ANight) -> list[tuple[str, str]]:
    return [(slot.name, slot.starts_local[11:]) for slot in running_order(night.stage)]


def test_two_neighbours_change_places_and_nobody_else_moves(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    move_slot(night.slot("Josh Granowski"), 1, actor=Actor.of(alice), now=night.at("12:00"))

    assert order(night) == [("Carlos Lumbi", "20:00"), ("Josh Granowski", "20:50"), ("The Poor Nobodys", "21:30")]
    assert night.slot("Josh Granowski").starts_at == night.at("20:50")


def test_another_time_withdraws_a_declared_lateness_and_the_same_time_does_not(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    josh, nobodys = night.slot("Josh Granowski"), night.slot("The Poor Nobodys")
    for slot in (josh, nobodys):
        declare_late(slot.id, 20, actor=Actor("Sam"), now=night.at("12:00"))

    move_slot(josh, 1, actor=Actor.of(alice), now=night.at("12:01"))

    assert (josh.late_by, nobodys.late_by) == (None, timedelta(minutes=20))


def test_moved_times_withdraw_declared_latenesses(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    josh, nobodys = night.slot("Josh Granowski"), night.slot("The Poor Nobodys")
    for slot in (josh, nobodys):
        declare_late(slot.id, 20, actor=Actor("Sam"), now=night.at("12:00"))

    move_times(night.slot("Carlos Lumbi"), 10, actor=Actor.of(alice), now=night.at("12:01"))

    assert (josh.late_by, nobodys.late_by) == (timedelta(minutes=20), None)


def test_a_slot_goes_as_far_as_it_is_moved(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    move_slot(night.slot("The Poor Nobodys"), 0, actor=Actor.of(alice), now=night.at("12:00"))

    assert order(night) == [("The Poor Nobodys", "20:00"), ("Josh Granowski", "20:55"), ("Carlos Lumbi", "21:35")]


def test_moving_there_and_back_leaves_everything_as_it_was(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    before = order(night)

    move_slot(night.slot("Josh Granowski"), 2, actor=Actor.of(alice), now=night.at("12:00"))
    move_slot(night.slot("Josh Granowski"), 0, actor=Actor.of(alice), now=night.at("12:00"))

    assert order(night) == before


@pytest.mark.parametrize("place", [-1, 0, 99])
def test_no_slot_is_moved_out_of_the_order(alice: Coordinator, place: int) -> None:
    night = a_night(organisation=alice.organisation)
    name = "Josh Granowski" if place < 1 else "The Poor Nobodys"
    before = order(night)

    move_slot(night.slot(name), place, actor=Actor.of(alice), now=night.at("12:00"))

    assert order(night) == before


def test_lengths_and_changeovers_go_with_their_slot(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    before = {slot.name: (slot.length, slot.changeover, slot.changeover_min) for slot in running_order(night.stage)}

    move_slot(night.slot("The Poor Nobodys"), 0, actor=Actor.of(alice), now=night.at("12:00"))

    after = {slot.name: (slot.length, slot.changeover, slot.changeover_min) for slot in running_order(night.stage)}
    assert after == before


def test_what_has_begun_and_what_is_pinned_keep_their_places(alice: Coordinator) -> None:
    night = a_night(
        [a_slot("Josh", "20:00"), a_slot("Carlos", "20:45"), a_slot("Mayor", "21:30", pinned=True)],
        organisation=alice.organisation,
    )
    start_set(night.slot("Josh").id, actor=Actor("Sam"), now=night.at("20:00"))
    before = order(night)

    with pytest.raises(SlotHasBegun):
        move_slot(night.slot("Carlos"), 0, actor=Actor.of(alice), now=night.at("20:10"))
    with pytest.raises(SlotIsPinned):
        move_slot(night.slot("Carlos"), 2, actor=Actor.of(alice), now=night.at("20:10"))

    assert order(night) == before


def test_a_slot_and_all_that_follow_it_are_moved(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    moved = move_times(night.slot("Carlos Lumbi"), 15, actor=Actor.of(alice), now=night.at("12:00"))

    assert [slot.name for slot in moved] == ["Carlos Lumbi", "The Poor Nobodys"]
    assert order(night) == [("Josh Granowski", "20:00"), ("Carlos Lumbi", "20:45"), ("The Poor Nobodys", "21:45")]


def test_times_are_moved_earlier_as_well(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    move_times(night.slot("Josh Granowski"), -30, actor=Actor.of(alice), now=night.at("12:00"))

    assert order(night) == [("Josh Granowski", "19:30"), ("Carlos Lumbi", "20:00"), ("The Poor Nobodys", "21:00")]


def test_minutes_are_real_minutes_on_the_night_the_clocks_go_back(alice: Coordinator) -> None:
    night = a_night([a_slot("Josh", "01:30+1")], organisation=alice.organisation, on=date_of_the_change(), doors=None)

    move_times(night.slot("Josh"), 60, actor=Actor.of(alice), now=night.at("12:00"))

    assert night.slot("Josh").starts_local == "2026-11-01T01:30b"


def test_a_pinned_slot_stays_when_times_move_around_it(alice: Coordinator) -> None:
    night = a_night(
        [a_slot("Josh", "20:00"), a_slot("Mayor", "20:45", pinned=True), a_slot("Carlos", "21:30")],
        organisation=alice.organisation,
    )

    moved = move_times(night.slot("Josh"), 10, actor=Actor.of(alice), now=night.at("12:00"))

    assert [slot.name for slot in moved] == ["Josh", "Carlos"]
    assert order(night) == [("Josh", "20:10"), ("Mayor", "20:45"), ("Carlos", "21:40")]


@pytest.mark.parametrize(("name", "minutes", "refusal"), [("Late", 40, OutsideTheDay), ("Early", 10, SlotHasBegun)])
def test_times_that_cannot_move_stay_all_together(
    alice: Coordinator, name: str, minutes: int, refusal: type[CannotPlan]
) -> None:
    night = a_night([a_slot("Early", "20:00"), a_slot("Late", "04:30+1")], organisation=alice.organisation)
    start_set(night.slot("Early").id, actor=Actor("Sam"), now=night.at("20:00"))
    before = order(night)

    with pytest.raises(refusal):
        move_times(night.slot(name), minutes, actor=Actor.of(alice), now=night.at("20:10"))

    assert order(night) == before


def test_it_is_recorded_who_moved_what(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    move_slot(night.slot("Josh Granowski"), 1, actor=Actor.of(alice), now=night.at("12:00"))

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.by, entry.coordinator_id, entry.what, entry.subject, entry.at) == (
        "Alice",
        alice.id,
        "slot.moved",
        "josh-granowski",
        night.at("12:00"),
    )
    assert (entry.before or {})["starts"] == "2026-12-04T20:00"
    assert (entry.after or {})["starts"] == "2026-12-04T20:50"


def date_of_the_change() -> date:
    """The evening before the clocks go back in New York."""
    return date(2026, 10, 31)
