from dataclasses import replace

from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.core.timeline import SlotState
from coordinator.db import db
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, start_set
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.queries import last_press, night, plan_night
from tests.builders import a_night, a_slot, a_stage, minutes
from tests.queries import counted

SAM = Actor("Sam Stage")


def queries_of(event_id: int, now: object) -> int:
    db.session.expire_all()
    with counted() as statements:
        loaded = night(event_id, now)  # type: ignore[arg-type]
        assert [(slot.name, [person.name for person in slot.people], slot.stage.name) for slot in loaded.slots]
    return len(statements)


def test_the_night_follows_what_was_pressed(app: Flask) -> None:
    written = a_night()
    start_set(written.slot("Josh Granowski").id, actor=SAM, now=written.at("20:20"))

    seen = night(written.event.id, written.at("20:25")).stages[0]

    assert [(slot.name, projected.starts_at, projected.state) for slot, projected in seen.pairs()] == [
        ("Josh Granowski", written.at("20:20"), SlotState.ON),
        ("Carlos Lumbi", written.at("20:45"), SlotState.TO_COME),
        ("The Poor Nobodys", written.at("21:35"), SlotState.TO_COME),
    ]
    assert (seen.on, seen.next) == (written.slot("Josh Granowski"), written.slot("Carlos Lumbi"))
    assert seen.late == minutes(20)


def test_a_stage_on_which_nothing_more_comes_is_not_late(app: Flask) -> None:
    written = a_night([])

    seen = night(written.event.id, written.at("20:25")).stages[0]

    assert (seen.on, seen.next, seen.late, seen.projection.projected_end_at) == (None, None, None, None)


def test_stages_do_not_push_each_other(app: Flask) -> None:
    written = a_night(
        stages=[a_stage("Inside", [a_slot("Josh"), a_slot("Carlos")]), a_stage("Patio", [a_slot("Ana", "20:00")])]
    )
    start_set(written.slot("Josh").id, actor=SAM, now=written.at("20:10"))

    inside, patio = night(written.event.id, written.at("20:00")).stages

    assert [inside.stage.name, patio.stage.name] == ["Inside", "Patio"]
    assert [projected.late for _, projected in inside.pairs()] == [minutes(10), minutes(0)]
    assert [projected.late for _, projected in patio.pairs()] == [minutes(0)]


def test_anchors_follow_the_projection_and_doors_and_curfew_stand_still(app: Flask) -> None:
    written = a_night()
    carlos = written.slot("Carlos Lumbi")
    declare_late(carlos.id, 15, actor=SAM, now=written.at("19:00"))

    seen = night(written.event.id, written.at("19:00"))

    anchors = ("changeover_start", "set_start", "set_end", "doors", "curfew")
    assert {name: seen.anchor(carlos.id, name) for name in anchors} == {
        "changeover_start": written.at("20:35"),
        "set_start": written.at("20:45"),
        "set_end": written.at("21:25"),
        "doors": written.at("19:30"),
        "curfew": written.at("23:00"),
    }


def test_a_cancelled_slot_and_one_that_is_gone_have_no_anchors(app: Flask) -> None:
    written = a_night()
    carlos = written.slot("Carlos Lumbi")
    cancel_slot(carlos.id, actor=SAM, now=written.at("19:00"))

    seen = night(written.event.id, written.at("19:00"))

    assert (seen.anchor(carlos.id, "set_start"), seen.anchor(4711, "set_start")) == (None, None)


def test_the_plan_forgets_what_was_pressed(app: Flask) -> None:
    written = a_night()
    declare_late(written.slot("Josh Granowski").id, 30, actor=SAM, now=written.at("19:00"))

    planned = plan_night(written.event.id).stages[0].projection

    assert [slot.starts_at for slot in planned.slots] == [written.at("20:00"), written.at("20:30"), written.at("21:30")]


def test_supposing_a_press_changes_no_row(app: Flask) -> None:
    written = a_night()
    seen = night(written.event.id, written.at("19:00"))
    carlos = seen.slot("carlos-lumbi")

    supposed = seen.supposing(carlos.id, replace(carlos.plan, late_by=minutes(20)))

    assert supposed.seen(carlos.id).starts_at == written.at("20:50")
    assert seen.seen(carlos.id).starts_at == written.at("20:30")
    assert carlos.late_by is None
    assert not db.session.dirty


def test_a_long_night_takes_no_more_queries_than_a_short_one(app: Flask) -> None:
    short = a_night([a_slot("Josh")], slug="short")
    long = a_night([a_slot(f"Act {number}", people=(f"A{number}", f"B{number}")) for number in range(12)], slug="long")

    short_queries = queries_of(short.event.id, short.at("19:00"))
    long_queries = queries_of(long.event.id, long.at("19:00"))

    assert short_queries == long_queries <= 5


def test_the_last_press_is_the_newest_one_that_stands(app: Flask) -> None:
    written = a_night()
    first = declare_late(written.slot("Carlos Lumbi").id, 10, actor=Actor("Alice"), now=written.at("19:00"))
    second = start_set(written.slot("Josh Granowski").id, actor=SAM, now=written.at("20:00"))

    newest, newest_of_alice = last_press(written.event.id), last_press(written.event.id, by="Alice")
    undo_press(second.id, actor=SAM, now=written.at("20:01"))

    assert (newest, newest_of_alice, last_press(written.event.id)) == (second, first, first)


def test_a_night_without_presses_has_no_last_one(app: Flask) -> None:
    assert last_press(a_night().event.id) is None
