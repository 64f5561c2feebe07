"""Nights that nobody runs, or hardly anyone, and slips of the plan: every text that leaves, read in words."""

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, Coordinator
from coordinator.db import db, transaction
from coordinator.lineup.actions.slots import SlotFacts, edit_slot
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.reminders.actions.rules import RuleChange, change_rule
from coordinator.shifts.models import Role
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import declare_late, end_set, extend_set, start_set
from coordinator.shownight.queries import night as night_at
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot
from tests.evenings import Evening
from tests.playing import Playing

SAM = Actor("Sam Stage")
PLANNED = [
    (
        "19:00",
        "Josh Granowski",
        "Josh, be there 7pm; you're on at 8pm, Songs for Justice in Motion. Running late? Reply LATE 10. {here}",
    ),
    (
        "19:30",
        "Carlos Lumbi",
        "Carlos, be there 7:30pm; you're on at 8:30pm. Running late? Reply LATE 10. {here}",
    ),
    ("19:45", "Josh Granowski", "Josh, please head to the stage. You're on at 8pm, Songs for Justice in Motion."),
    ("20:15", "Carlos Lumbi", "Carlos, please head to the stage. You're on at 8:30pm, Songs for Justice in Motion."),
    (
        "20:30",
        "Marta Sol",
        "Marta, be there 8:30pm; you're on at 9:30pm. Running late? Reply LATE 10. {here}",
    ),
    ("20:50", "Ben Ode", "Ben, your shift: Stage help at 9:50pm, for Nora Bell at 10:10pm, The Old Chapel. {here}"),
    (
        "21:10",
        "Nora Bell",
        "Nora, be there 9:10pm; you're on at 10:10pm. Running late? Reply LATE 10. {here}",
    ),
    ("21:15", "Marta Sol", "Marta, please head to the stage. You're on at 9:30pm, Songs for Justice in Motion."),
    ("21:40", "Ben Ode", "Ben, changeover at 9:50pm, before Nora Bell at 10:10pm."),
    ("21:55", "Nora Bell", "Nora, please head to the stage. You're on at 10:10pm, Songs for Justice in Motion."),
]

InboundContext = tuple[str, str, str]


@pytest.fixture
def evening(app: Flask) -> Evening:
    """Four acts and one who helps with the last changeover; only the texts of the evening itself."""
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, changeover=0, answer="confirmed"),
            a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10, answer="confirmed"),
            a_slot("Marta Sol", "21:30", minutes=20, changeover=10, answer="confirmed"),
            a_slot("Nora Bell", "22:10", minutes=40, changeover=20, changeover_min=10, answer="confirmed"),
        ],
        shifts=[a_shift("Stage help", follows="Nora Bell", people=("Ben Ode",))],
    )
    for key in ("details", "shift-day"):
        change_rule(night.event, key, RuleChange(off=True, lead=None), actor=Actor("Alice"), now=night.at("12:00"))
    return Evening(night, Playing(night.at("12:00")))


@pytest.fixture
def alice(evening: Evening) -> Coordinator:
    return a_coordinator("Alice", organisation=evening.night.organisation)


def heard(evening: Evening) -> list[InboundContext]:
    """Every text: the minute, to whom, in which words; without what the first one to a phone adds."""
    return [(when[7:].removesuffix(":00"), who, _plain(body)) for when, who, body in evening.heard]


def _plain(body: str) -> str:
    return body.removeprefix("Benefit Nights: ").removesuffix(" Reply STOP to opt out.")


def planned() -> list[InboundContext]:
    return [(when, who, body.format(here="Already here? Reply HERE.")) for when, who, body in PLANNED]


def others_than(evening: Evening, expected: list[InboundContext]) -> tuple[list[InboundContext], list[InboundContext]]:
    """What was heard beyond what was expected, and what was expected and not heard."""
    said = heard(evening)
    return [each for each in said if each not in expected], [each for each in expected if each not in said]


def replan(night: ANight, name: str, starts: str, alice: Coordinator, now: str) -> None:
    slot = night.slot(name)
    facts = SlotFacts(name, night.at(starts), slot.length, slot.changeover, slot.changeover_min)
    change_plan(night.event, lambda: edit_slot(slot, facts, actor=Actor.of(alice), now=night.at(now)))


def test_a_night_that_nobody_runs_goes_by_its_plan(evening: Evening) -> None:
    evening.wait_until("04:00", 1)

    assert heard(evening) == planned()


def test_taking_charge_without_a_press_asks_whoever_misses_a_call_after_it_and_tells_nobody_anything(
    evening: Evening,
) -> None:
    evening.wait_until("19:50")
    take_charge(evening.night.stage.id, actor=SAM, now=evening.playing.now)
    for wall in ("20:35", "20:36", "21:15", "21:16"):
        evening.wait_until(wall)
    evening.wait_until("04:00", 1)

    assert others_than(evening, planned()) == (
        [
            ("20:36", "Marta Sol", "Marta, you were due at 8:30pm. On your way? Reply HERE or LATE 10."),
            ("21:16", "Nora Bell", "Nora, you were due at 9:10pm. On your way? Reply HERE or LATE 10."),
        ],
        [],
    )


def test_a_night_with_two_presses_tells_what_they_moved_and_nothing_more(evening: Evening) -> None:
    night = evening.night
    evening.wait_until("20:12")
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:12"))
    evening.wait_until("20:36")
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:36"))
    evening.wait_until("04:00", 1)

    assert others_than(evening, planned()) == (
        [
            ("20:13", "Carlos Lumbi", "Carlos, new time: you're on at 8:37pm, was 8:30pm."),
            (
                "20:22",
                "Carlos Lumbi",
                "Carlos, please head to the stage. You're on at 8:37pm, Songs for Justice in Motion.",
            ),
        ],
        [
            (
                "20:15",
                "Carlos Lumbi",
                "Carlos, please head to the stage. You're on at 8:30pm, Songs for Justice in Motion.",
            )
        ],
    )


def test_a_night_that_is_run_and_forgotten_at_nine_goes_on_by_its_plan(evening: Evening) -> None:
    night = evening.night
    for name, begins, ends in (("Josh Granowski", "20:00", "20:20"), ("Carlos Lumbi", "20:30", None)):
        evening.wait_until(begins)
        start_set(night.slot(name).id, actor=SAM, now=night.at(begins))
        if ends is not None:
            evening.wait_until(ends)
            end_set(night.slot(name).id, actor=SAM, now=night.at(ends))
    evening.wait_until("23:30")
    shown = night_at(night.event.id, night.at("23:30")).stages[0].projection

    assert heard(evening) == planned()
    assert (shown.frozen_since_at, shown.expects and shown.expects.slot) == (
        night.at("21:25"),
        night.slot("Carlos Lumbi").key,
    )


def test_an_overrun_is_told_once_when_it_is_said(evening: Evening) -> None:
    night = evening.night
    evening.wait_until("20:30")
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:30"))
    evening.wait_until("21:05")
    extend_set(night.slot("Carlos Lumbi").id, 30, actor=SAM, now=night.at("21:05"))
    evening.wait_until("04:00", 1)

    assert others_than(evening, planned()) == (
        [
            ("21:06", "Marta Sol", "Marta, new time: you're on at 9:45pm, was 9:30pm."),
            ("21:06", "Ben Ode", "Ben, new time: Stage help at 10:05pm, was 9:50pm."),
            (
                "21:15",
                "Nora Bell",
                "Nora, be there 9:15pm; you're on at 10:15pm. Running late? Reply LATE 10. Already here? Reply HERE.",
            ),
            (
                "21:30",
                "Marta Sol",
                "Marta, please head to the stage. You're on at 9:45pm, Songs for Justice in Motion.",
            ),
            ("21:55", "Ben Ode", "Ben, changeover at 10:05pm, before Nora Bell at 10:15pm."),
            (
                "22:00",
                "Nora Bell",
                "Nora, please head to the stage. You're on at 10:15pm, Songs for Justice in Motion.",
            ),
        ],
        [each for each in planned() if each[0] in ("21:10", "21:15", "21:40", "21:55")],
    )


def test_a_slip_that_is_put_right_within_a_minute_tells_nobody_and_kills_no_reminder(
    evening: Evening, alice: Coordinator
) -> None:
    evening.wait_until("20:30")
    evening.playing.until(evening.night.at("20:30:10"))
    replan(evening.night, "Nora Bell", "10:10", alice, "20:30:10")
    evening.playing.until(evening.night.at("20:30:50"))
    replan(evening.night, "Nora Bell", "22:10", alice, "20:30:50")
    evening.wait_until("04:00", 1)

    assert heard(evening) == planned()


def test_a_slip_that_kills_reminders_of_others_revives_them_when_it_is_put_right(
    evening: Evening, alice: Coordinator
) -> None:
    evening.wait_until("12:00")
    replan(evening.night, "Nora Bell", "10:10", alice, "12:00")
    evening.wait_until("12:10")
    replan(evening.night, "Nora Bell", "22:10", alice, "12:10")
    evening.wait_until("04:00", 1)

    assert heard(evening) == planned()


def test_whom_the_plan_moves_earlier_is_told(evening: Evening, alice: Coordinator) -> None:
    evening.wait_until("21:20")
    replan(evening.night, "Nora Bell", "22:00", alice, "21:20")
    evening.wait_until("04:00", 1)

    assert others_than(evening, planned()) == (
        [
            ("21:21", "Nora Bell", "Nora, new time: you're on at 10pm, was 10:10pm."),
            ("21:40", "Ben Ode", "Ben, changeover at 9:50pm, before Nora Bell at 10pm."),
            ("21:45", "Nora Bell", "Nora, please head to the stage. You're on at 10pm, Songs for Justice in Motion."),
        ],
        [
            ("21:40", "Ben Ode", "Ben, changeover at 9:50pm, before Nora Bell at 10:10pm."),
            (
                "21:55",
                "Nora Bell",
                "Nora, please head to the stage. You're on at 10:10pm, Songs for Justice in Motion.",
            ),
        ],
    )


def test_whom_words_move_later_and_back_is_told_both_times(evening: Evening) -> None:
    night = evening.night
    evening.wait_until("20:40")
    declare_late(night.slot("Marta Sol").id, 20, actor=SAM, now=night.at("20:40"))
    evening.wait_until("20:45")
    declare_late(night.slot("Marta Sol").id, 0, actor=SAM, now=night.at("20:45"))
    evening.wait_until("04:00", 1)

    assert others_than(evening, planned()) == (
        [
            ("20:41", "Marta Sol", "Marta, new time: you're on at 9:50pm, was 9:30pm."),
            ("20:46", "Marta Sol", "Marta, new time: you're on at 9:30pm, was 9:50pm."),
        ],
        [],
    )


def test_nobody_is_called_to_a_changeover_of_no_minutes(app: Flask) -> None:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, changeover=0, answer="confirmed"),
            a_slot("Nora Bell", "20:30", minutes=20, changeover=0, answer="confirmed"),
        ],
        shifts=[a_shift("Stage crew", "19:30", "21:30", people=("Ben Ode",))],
    )
    with transaction():
        db.session.scalars(select(Role)).one().works_changeovers = True
    evening = Evening(night, Playing(night.at("19:00")))
    evening.wait_until("22:00")

    assert [body for _, who, body in heard(evening) if who == "Ben Ode" and "changeover" in body] == []
