"""Adding, changing and removing slots."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db
from coordinator.lineup.actions.slots import SlotFacts, add_slot, edit_slot, remove_slot
from coordinator.lineup.models import Act, Slot
from coordinator.lineup.queries import running_order
from coordinator.lineup.refusals import (
    CannotPlan,
    ChangeoverOutOfRange,
    LengthOutOfRange,
    NoSlotName,
    SlotHasBegun,
    SlotIsConfirmed,
    SlotWasTold,
)
from coordinator.shownight.actions.pressing import start_set
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, minutes


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def facts(name: str, starts_at: datetime, **changed: Any) -> SlotFacts:
    usual: dict[str, Any] = {"length": minutes(20), "changeover": minutes(10), "changeover_min": minutes(5)}
    return SlotFacts(name, starts_at, **usual | changed)


def as_it_is(slot: Slot, **changed: Any) -> SlotFacts:
    same = {"length": slot.length, "changeover": slot.changeover, "changeover_min": slot.changeover_min}
    return facts(changed.pop("name", slot.name), changed.pop("starts_at", slot.starts_at), **same | changed)


def names(night: ANight) -> list[str]:
    return [slot.name for slot in running_order(night.stage)]


def test_a_new_slot_takes_its_place_by_time(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    slot = add_slot(
        night.stage,
        facts("Lucía Paz", night.at("21:12"), note="Two chairs"),
        actor=Actor.of(alice),
        now=night.at("12:00"),
    )

    assert names(night) == ["Josh Granowski", "Carlos Lumbi", "Lucía Paz", "The Poor Nobodys"]
    assert (slot.key, slot.kind, slot.note, slot.starts_local) == ("lucia-paz", "set", "Two chairs", "2026-12-04T21:12")
    assert slot.act is not None
    assert (slot.act.name, slot.title, slot.length_inferred) == ("Lucía Paz", None, False)


def test_a_set_after_midnight_is_the_last_of_the_night(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    slot = add_slot(night.stage, facts("Lucía Paz", night.at("00:30+1")), actor=Actor.of(alice), now=night.at("12:00"))

    assert names(night)[-1] == "Lucía Paz"
    assert slot.starts_local == "2026-12-05T00:30"


def test_a_known_act_plays_again(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    again = add_slot(
        night.stage, facts(" josh  granowski", night.at("22:20")), actor=Actor.of(alice), now=night.at("12:00")
    )

    assert again.act_id == night.slot("Josh Granowski").act_id
    assert (again.key, [person.name for person in again.people]) == ("josh-granowski-2", ["Josh Granowski"])


@pytest.mark.parametrize("kind", ["speech", "break", "soundcheck"])
def test_what_is_no_set_has_a_title_and_no_act(alice: Coordinator, kind: str) -> None:
    night = a_night([], organisation=alice.organisation)

    slot = add_slot(
        night.stage, facts("Raffle", night.at("21:12"), kind=kind), actor=Actor.of(alice), now=night.at("12:00")
    )

    assert (slot.act, slot.title, slot.name) == (None, "Raffle", "Raffle")
    assert db.session.scalars(select(Act)).all() == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": "  "}, NoSlotName),
        ({"length": minutes(0)}, LengthOutOfRange),
        ({"length": minutes(1441)}, LengthOutOfRange),
        ({"changeover": minutes(3)}, ChangeoverOutOfRange),
        ({"changeover_min": minutes(-1)}, ChangeoverOutOfRange),
    ],
)
def test_an_impossible_slot_is_not_made(alice: Coordinator, changed: dict[str, Any], refusal: type[CannotPlan]) -> None:
    night = a_night([], organisation=alice.organisation)
    usual: dict[str, Any] = {"name": "Lucía Paz", "starts_at": night.at("20:00")}
    wanted = facts(**usual | changed)

    with pytest.raises(refusal):
        add_slot(night.stage, wanted, actor=Actor.of(alice), now=night.at("12:00"))

    assert names(night) == []


def test_an_act_is_called_something_else_and_keeps_its_people(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    slot = night.slot("Carlos Lumbi")

    edit_slot(slot, as_it_is(slot, name="Carlos Lumbi Trío"), actor=Actor.of(alice), now=night.at("12:00"))

    renamed = night.slot("Carlos Lumbi")
    assert (renamed.name, [person.name for person in renamed.people]) == ("Carlos Lumbi Trío", ["Carlos Lumbi"])
    assert len(db.session.scalars(select(Act)).all()) == 3


def test_another_act_takes_over_a_slot_by_its_name(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    slot = night.slot("Carlos Lumbi")

    edit_slot(slot, as_it_is(slot, name="josh granowski"), actor=Actor.of(alice), now=night.at("12:00"))

    assert night.slot("Carlos Lumbi").act_id == night.slot("Josh Granowski").act_id


def test_one_of_two_slots_of_an_act_is_given_to_another(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    again = add_slot(
        night.stage, facts("Josh Granowski", night.at("22:20")), actor=Actor.of(alice), now=night.at("12:00")
    )

    edit_slot(again, as_it_is(again, name="Lucía Paz"), actor=Actor.of(alice), now=night.at("12:00"))

    assert names(night) == ["Josh Granowski", "Carlos Lumbi", "The Poor Nobodys", "Lucía Paz"]


def test_a_slot_with_another_time_takes_its_place(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    slot = night.slot("Josh Granowski")

    edit_slot(slot, as_it_is(slot, starts_at=night.at("22:30")), actor=Actor.of(alice), now=night.at("12:00"))

    assert names(night) == ["Carlos Lumbi", "The Poor Nobodys", "Josh Granowski"]


def test_what_somebody_has_looked_at_is_no_longer_worked_out(alice: Coordinator) -> None:
    night = a_night(
        [a_slot("Josh", "20:00", length_inferred=True, changeover_inferred=True)], organisation=alice.organisation
    )
    slot = night.slot("Josh")

    edit_slot(slot, as_it_is(slot), actor=Actor.of(alice), now=night.at("12:00"))

    assert (night.slot("Josh").length_inferred, night.slot("Josh").changeover_inferred) == (False, False)


def test_what_has_begun_keeps_its_time_and_may_change_otherwise(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam"), now=night.at("20:00"))
    slot = night.slot("Josh Granowski")

    with pytest.raises(SlotHasBegun):
        edit_slot(slot, as_it_is(slot, starts_at=night.at("20:05")), actor=Actor.of(alice), now=night.at("20:10"))
    edit_slot(slot, as_it_is(slot, length=minutes(25)), actor=Actor.of(alice), now=night.at("20:10"))

    assert (slot.starts_at, slot.length) == (night.at("20:00"), minutes(25))


def test_a_slot_is_removed(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)

    remove_slot(night.slot("Carlos Lumbi"), actor=Actor.of(alice), now=night.at("12:00"))

    assert names(night) == ["Josh Granowski", "The Poor Nobodys"]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.subject, entry.after) == ("slot.removed", "carlos-lumbi", None)
    assert (entry.before or {})["name"] == "Carlos Lumbi"


def test_a_slot_that_said_yes_is_removed_only_when_that_is_meant(alice: Coordinator) -> None:
    night = a_night([a_slot("Josh", answer="confirmed")], organisation=alice.organisation)

    with pytest.raises(SlotIsConfirmed):
        remove_slot(night.slot("Josh"), actor=Actor.of(alice), now=night.at("12:00"))
    kept = names(night)
    remove_slot(night.slot("Josh"), actor=Actor.of(alice), now=night.at("12:00"), sure=True)

    assert (kept, names(night)) == (["Josh"], [])


@pytest.mark.parametrize("state", ["sending", "unknown", "accepted", "sent", "delivered"])
def test_a_slot_whose_people_were_told_is_not_removed(alice: Coordinator, state: str) -> None:
    night = a_night(organisation=alice.organisation)
    slot = night.slot("Josh Granowski")
    a_message(night, night.person("Josh Granowski"), slot_id=slot.id, state=state, claimed_at=night.at("11:00"))

    with pytest.raises(SlotWasTold, match="Cancel it instead of removing it, so they get the news"):
        remove_slot(slot, actor=Actor.of(alice), now=night.at("12:00"), sure=True)

    assert "Josh Granowski" in names(night)


@pytest.mark.parametrize("state", ["waiting", "held", "failed", "cancelled", "expired", "stopped"])
def test_a_text_that_never_left_keeps_no_slot(alice: Coordinator, state: str) -> None:
    night = a_night(organisation=alice.organisation)
    slot = night.slot("Josh Granowski")
    a_message(night, night.person("Josh Granowski"), slot_id=slot.id, state=state)

    remove_slot(slot, actor=Actor.of(alice), now=night.at("12:00"))

    assert "Josh Granowski" not in names(night)
