"""A show of several days: each day has its own running order, doors, curfew and lateness."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.core.show_time import write_wall
from coordinator.core.timeline import Anchor
from coordinator.events.actions.days import CannotKeepDays, add_day, remove_day, set_curfews, set_doors
from coordinator.lineup.actions.moves import move_slot, move_times
from coordinator.shownight.actions.charge import give_back_charge, take_charge
from coordinator.shownight.actions.pressing import declare_late, go
from coordinator.shownight.queries import night
from tests.builders import ANight, a_night, a_slot

SAM = Actor("Sam")
SATURDAY = date(2026, 12, 5)


@pytest.fixture
def festival(app: Flask) -> ANight:
    festival = a_night(
        [
            a_slot("Josh", "20:00", minutes=40, changeover=10),
            a_slot("Carlos", "21:00", minutes=40, changeover=10),
            a_slot("Wren", "20:00+1", minutes=40, changeover=10),
            a_slot("Malo", "21:00+1", minutes=40, changeover=10),
        ],
        days=2,
    )
    set_doors(festival.event, {SATURDAY: festival.at("18:00+1")})
    set_curfews(festival.event, festival.stage.key, {SATURDAY: festival.at("22:00+1")})
    return festival


def starts(festival: ANight, at: str) -> dict[str, str]:
    """When each slot starts as told, as a wall time of the first day."""
    seen = night(festival.event.id, festival.at(at))
    times = {slot.name: seen.told(slot.id).starts_at for slot in seen.slots}
    return {name: write_wall(at, festival.on, ZoneInfo(festival.zone)) for name, at in times.items() if at is not None}


def test_each_day_has_its_own_running_order(festival: ANight) -> None:
    days = night(festival.event.id, festival.at("12:00")).days

    assert [(day.on.day, [slot.name for stage in stages for slot in stage.slots]) for day, stages in days] == [
        (4, ["Josh", "Carlos"]),
        (5, ["Wren", "Malo"]),
    ]


def test_lateness_never_carries_into_the_next_day(festival: ANight) -> None:
    declare_late(festival.slot("Carlos").id, 200, actor=SAM, now=festival.at("20:30"))

    seen = night(festival.event.id, festival.at("20:30"))
    wren = seen.told(festival.slot("Wren").id)
    assert seen.told(festival.slot("Carlos").id).starts_at == festival.at("00:20+1")
    assert (wren.starts_at, wren.late) == (festival.at("20:00+1"), timedelta(0))


def test_doors_and_curfew_are_those_of_the_day(festival: ANight) -> None:
    seen = night(festival.event.id, festival.at("12:00"))

    anchors = {name: seen.anchors(festival.slot(name).id) for name in ("Josh", "Wren")}
    assert [anchors["Josh"][Anchor.DOORS], anchors["Josh"][Anchor.CURFEW]] == [
        festival.at("19:30"),
        festival.at("23:00"),
    ]
    assert [anchors["Wren"][Anchor.DOORS], anchors["Wren"][Anchor.CURFEW]] == [
        festival.at("18:00+1"),
        festival.at("22:00+1"),
    ]


def test_go_starts_what_is_next_today_although_the_night_before_was_not_finished(festival: ANight) -> None:
    go(festival.stage.id, actor=SAM, now=festival.at("20:01"))
    pressed = go(festival.stage.id, actor=SAM, now=festival.at("20:02+1"))

    assert pressed.slot.name == "Wren"
    assert festival.slot("Carlos").started_at is None


def test_taking_charge_is_for_the_day(festival: ANight) -> None:
    take_charge(festival.stage.id, actor=SAM, now=festival.at("19:30"))
    on_friday = night(festival.event.id, festival.at("19:45")).today.stages[0].run_since_at
    on_saturday = night(festival.event.id, festival.at("19:45+1")).today.stages[0].run_since_at
    take_charge(festival.stage.id, actor=Actor("Ines"), now=festival.at("19:50+1"))
    again = night(festival.event.id, festival.at("19:55+1")).today.stages[0]

    assert (on_friday, on_saturday) == (festival.at("19:30"), None)
    assert (again.run_since_at, again.stage.attended_by) == (festival.at("19:50+1"), "Ines")

    give_back_charge(festival.stage.id, actor=SAM, now=festival.at("19:56+1"))

    assert night(festival.event.id, festival.at("19:57+1")).today.stages[0].run_since_at is None


def test_slots_move_within_their_day(festival: ANight) -> None:
    move_slot(festival.slot("Malo"), 0, actor=SAM, now=festival.at("12:00"))
    moved = move_times(festival.slot("Josh"), 15, actor=SAM, now=festival.at("12:00"))

    assert [slot.name for slot in moved] == ["Josh", "Carlos"]
    assert starts(festival, "12:00") == {
        "Josh": "20:15",
        "Carlos": "21:15",
        "Malo": "20:00+1",
        "Wren": "21:00+1",
    }


def test_a_day_is_added_and_one_without_a_plan_removed(festival: ANight) -> None:
    add_day(festival.event, date(2026, 12, 6), actor=SAM, now=festival.at("12:00"))
    with pytest.raises(CannotKeepDays):
        add_day(festival.event, date(2026, 12, 6), actor=SAM, now=festival.at("12:00"))
    with pytest.raises(CannotKeepDays):
        remove_day(festival.event, SATURDAY, in_use=[SATURDAY], actor=SAM, now=festival.at("12:00"))
    remove_day(festival.event, date(2026, 12, 6), in_use=[SATURDAY], actor=SAM, now=festival.at("12:00"))

    assert [day.on.day for day in festival.event.days] == [4, 5]


def test_the_only_day_of_a_show_stays(app: Flask) -> None:
    benefit = a_night()

    with pytest.raises(CannotKeepDays):
        remove_day(benefit.event, benefit.on, in_use=[], actor=SAM, now=benefit.at("12:00"))
