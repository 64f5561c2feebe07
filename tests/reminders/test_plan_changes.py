"""What a change of the plan does to those who were told a time, said before it is made."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.events.actions.days import add_day
from coordinator.lineup.actions.moves import move_times
from coordinator.lineup.actions.slots import remove_slot
from coordinator.lineup.models import Slot
from coordinator.lineup.refusals import SlotWasTold
from coordinator.messaging.models import OptOut
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from coordinator.reminders.previews.effects import Consequences
from coordinator.reminders.previews.outlook import outlook
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.pressing import cancel_slot
from tests.builders import ANight, AShift, a_coordinator, a_message, a_night, a_shift

SENDER = "+12125550199"


def told(night: ANight, name: str, says: str, **columns: Any) -> None:
    """A text that went out and told this person the start of their set."""
    defaults: dict[str, Any] = {"rule": "call", "anchor": "set_start"}
    defaults |= {} if "slot_id" in columns else {"slot_id": night.slot(name).id}
    sent = {"says_at": night.at(says), "claimed_at": night.at("11:00"), "state": "delivered"}
    a_message(night, night.person(name), **defaults | sent | columns)


def later(night: ANight, actor: Coordinator, name: str, minutes: int) -> Callable[[], list[Slot]]:
    """The slot and all that follow it, so many minutes later."""
    return lambda: move_times(night.slot(name), minutes, actor=Actor.of(actor), now=night.at("12:00"))


def said(found: Consequences) -> list[tuple[str, str, str | None]]:
    """Who is told, from when to when, in which words; None: by a call."""
    texts = [(text.person.name, f"{text.was_at:%H:%M} to {text.says_at:%H:%M}", text.body) for text in found.texts]
    calls = [(call.person.name, f"{call.was_at:%H:%M} to {call.says_at:%H:%M}", None) for call in found.calls]
    return [*texts, *calls]


@pytest.fixture
def alice(app: Flask) -> Coordinator:
    return a_coordinator("Alice")


def test_those_who_were_told_a_time_get_a_text_with_the_new_one(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")

    found = consequences(night.event, later(night, alice, "Carlos Lumbi", 15), night.at("12:00"))

    assert said(found) == [("Carlos Lumbi", "01:30 to 01:45", "Carlos, new time: you're on at 8:45pm, was 8:30pm.")]


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

    assert consequences(night.event, later(night, alice, "Carlos Lumbi", 4), night.at("12:00")).texts == ()


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
        session.add(OptOut(phone=phone, sender=SENDER, at=night.at("11:30"), cause="STOP"))

    found = consequences(night.event, later(night, alice, "Carlos Lumbi", 15), night.at("12:00"), sender=SENDER)

    assert said(found) == [("Carlos Lumbi", "01:30 to 01:45", None)]


def test_a_cancelled_slot_is_told(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    slot_id = night.slot("Carlos Lumbi").id

    found = consequences(
        night.event, lambda: cancel_slot(slot_id, actor=Actor("Alice"), now=night.at("12:00")), night.at("12:00")
    )

    assert [(text.person.name, text.kind, text.says_at) for text in found.texts] == [
        ("Carlos Lumbi", "cancelled", night.at("20:30"))
    ]


def test_a_refusal_is_the_one_of_the_change_itself(alice: Coordinator) -> None:
    night = a_night(organisation=alice.organisation)
    told(night, "Carlos Lumbi", "20:30")
    slot = night.slot("Carlos Lumbi")

    with pytest.raises(SlotWasTold):
        consequences(
            night.event, lambda: remove_slot(slot, actor=Actor.of(alice), now=night.at("12:00")), night.at("12:00")
        )


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


@pytest.mark.parametrize(
    "work",
    [
        a_shift("Front door", "20:20", "21:00", people=("Dana", "Bo", "Zed")),
        a_shift("Front door", follows="Carlos Lumbi", people=("Dana", "Bo", "Zed")),
    ],
)
def test_calling_a_shift_off_does_what_is_said_of_it_without_trying(app: Flask, work: AShift) -> None:
    night = a_night(shifts=[work])
    shift, now = night.shift("front-door-1"), night.at("12:00")
    told(night, "Dana", "20:20", anchor="shift_start", slot_id=None, shift_id=shift.id)
    with transaction():
        night.person("Bo").phone = None

    supposed = outlook(night.event.id, now, sender=SENDER).calling_off(shift.id)
    tried = consequences(night.event, lambda: cancel_shift(shift, actor=Actor("Alice"), now=now), now, sender=SENDER)

    assert supposed == tried
    assert [each.name for each in (*supposed.texted, *supposed.to_call)] == ["Dana", "Zed", "Bo"]


def test_a_slot_that_moves_past_the_day_of_the_show_is_planned_for_until_that_later_day_ends(app: Flask) -> None:
    night = a_night()
    slot = night.slot("The Poor Nobodys")

    for starts, until in (("05:30+1", "05:00+2"), ("21:30", "05:00+1")):
        change_plan(night.event, partial(slot.plan_for, night.at(starts)))

        assert night.event.plan_until_at == night.at(until)


def test_another_day_moves_the_end_of_the_plan(app: Flask) -> None:
    night = a_night()
    later = partial(add_day, night.event, date(2026, 12, 5), actor=Actor("Alice"), now=night.at("12:00"))

    change_plan(night.event, later)

    assert night.event.plan_until_at == night.at("05:00+2")
