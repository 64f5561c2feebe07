"""What a change of the plan does to those who were told a time, said before it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.desk.planning import NewlyTold, change_plan, consequences
from coordinator.lineup.actions import move_times, remove_slot
from coordinator.lineup.models import Slot
from coordinator.lineup.refusals import SlotWasTold
from coordinator.messaging.models import OptOut
from coordinator.shownight.actions import By, cancel_slot
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift

SENDER = "+12125550199"


def told(night: ANight, name: str, says: str, **columns: Any) -> None:
    """A text that went out and told this person the start of their set."""
    defaults: dict[str, Any] = {"rule": "call", "anchor": "set_start", "slot_id": night.slot(name).id}
    sent = {"says_at": night.at(says), "claimed_at": night.at("11:00"), "state": "delivered"}
    a_message(night, night.person(name), **defaults | sent | columns)


def later(night: ANight, by: Coordinator, name: str, minutes: int) -> Callable[[], list[Slot]]:
    """The slot and all that follow it, so many minutes later."""
    return lambda: move_times(night.slot(name), minutes, by=by, now=night.at("12:00"))


def said(found: tuple[NewlyTold, ...]) -> list[tuple[str, str, str | None]]:
    """Who, from when to when, in which words."""
    return [
        (one.person.name, f"{one.was_at:%H:%M} to {one.is_at:%H:%M}" if one.is_at else f"{one.was_at:%H:%M}", one.body)
        for one in found
    ]


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def test_those_who_were_told_a_time_get_a_text_with_the_new_one(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")

    found = consequences(night.event, later(night, alice, "Carlos Lumbi", 15), night.at("12:00"))

    assert said(found) == [("Carlos Lumbi", "01:30 to 01:45", "Carlos, new time: you are on at 8:45 pm, was 8:30 pm.")]


def test_asking_changes_nothing(alice: Coordinator) -> None:
    night = a_night(
        organisation=alice.organisation, shifts=[a_shift("Stage", follows="Carlos Lumbi", people=("Mikel Etxe",))]
    )
    told(night, "Carlos Lumbi", "20:30")
    before = (night.slot("Carlos Lumbi").starts_at, night.shift("stage-1").starts_at, night.event.revision)

    consequences(night.event, later(night, alice, "Josh Granowski", 60), night.at("12:00"))

    db.session.refresh(night.event)
    assert (night.slot("Carlos Lumbi").starts_at, night.shift("stage-1").starts_at, night.event.revision) == before
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_a_move_of_less_than_five_minutes_makes_nobody_wrong(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")

    assert consequences(night.event, later(night, alice, "Carlos Lumbi", 4), night.at("12:00")) == ()


def test_somebody_who_was_told_but_gets_no_texts_has_to_be_called(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None

    found = consequences(night.event, later(night, alice, "Carlos Lumbi", 15), night.at("12:00"))

    assert said(found) == [("Carlos Lumbi", "01:30 to 01:45", None)]


def test_somebody_who_said_stop_has_to_be_called(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    with transaction() as session:
        phone = night.person("Carlos Lumbi").phone or ""
        session.add(OptOut(phone=phone, sender=SENDER, at=night.at("11:30"), how="STOP"))

    found = consequences(night.event, later(night, alice, "Carlos Lumbi", 15), night.at("12:00"), sender=SENDER)

    assert said(found) == [("Carlos Lumbi", "01:30 to 01:45", None)]


def test_a_cancelled_slot_is_told(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    slot_id = night.slot("Carlos Lumbi").id

    found = consequences(
        night.event, lambda: cancel_slot(slot_id, by=By("Alice"), now=night.at("12:00")), night.at("12:00")
    )

    assert [(one.person.name, one.is_at, "cancelled" in (one.body or "")) for one in found] == [
        ("Carlos Lumbi", None, True)
    ]


def test_a_refusal_is_the_one_of_the_change_itself(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    slot = night.slot("Carlos Lumbi")

    with pytest.raises(SlotWasTold):
        consequences(night.event, lambda: remove_slot(slot, by=alice, now=night.at("12:00")), night.at("12:00"))


def test_a_shift_that_follows_a_slot_is_planned_with_it(alice: Coordinator) -> None:
    night = a_night(
        organisation=alice.organisation,
        shifts=[
            a_shift("Stage", follows="Carlos Lumbi", before=timedelta(minutes=5)),
            a_shift("Front door", "19:15", "21:00"),
        ],
    )
    was = night.shift("stage-1").starts_at

    change_plan(night.event, later(night, alice, "Josh Granowski", 15))

    moved = night.shift("stage-1")
    assert moved.starts_at != was
    assert (moved.starts_at, moved.ends_at) == (night.at("20:30"), night.at("20:45"))
    assert (moved.starts_local, moved.ends_local) == ("2026-12-04T20:30", "2026-12-04T20:45")
    assert night.shift("front-door-2").starts_at == night.at("19:15")
