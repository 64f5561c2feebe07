"""Saying what is on when presses are missing: starts are given at the times told for them, and undone as one."""

from datetime import datetime

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.shownight.actions.catching_up import WhatIsOn, catch_up, missed_start
from coordinator.shownight.actions.pressing import cancel_slot, end_set, start_set
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.queries import StageNight, night
from coordinator.shownight.refusals import NoSuchSlot, NothingIsMissing, PressedSince
from tests.builders import ANight, a_night, a_slot

SAM, RITA = Actor("Sam Stage"), Actor("Rita")
Facts = dict[str, tuple[datetime | None, datetime | None]]


@pytest.fixture
def three(app: Flask) -> ANight:
    """Josh 8:00 for 20 minutes, Carlos 8:30 for 40, Nobodys 9:30 for 45."""
    return a_night(
        [
            a_slot("Josh", "20:00", minutes=20, changeover=0),
            a_slot("Carlos", "20:30", minutes=40, changeover=10, changeover_min=5),
            a_slot("Nobodys", "21:30", minutes=45, changeover=20, changeover_min=10),
        ]
    )


def stage(written: ANight, clock: str) -> StageNight:
    return night(written.event.id, written.at(clock)).stages[0]


def facts(written: ANight) -> Facts:
    slots = (written.slot(name) for name in ("Josh", "Carlos", "Nobodys"))
    return {slot.name: (slot.started_at, slot.ended_at) for slot in slots}


def say(written: ANight, name: str, progress: str, clock: str) -> None:
    said = WhatIsOn(written.slot(name).id, progress)  # type: ignore[arg-type]
    catch_up(written.stage.id, said, actor=SAM, now=written.at(clock))


def test_what_is_on_began_when_it_was_to_begin_and_so_did_what_was_before_it(three: ANight) -> None:
    say(three, "Carlos", "on", "20:50")

    at = three.at
    assert facts(three) == {"Josh": (at("20:00"), None), "Carlos": (at("20:30"), None), "Nobodys": (None, None)}
    assert [str(seen.state) for seen in stage(three, "20:50").projection.slots] == ["ended", "on", "to_come"]
    assert three.stage.attended_by == "Sam Stage"


def test_what_begins_now_begins_now(three: ANight) -> None:
    say(three, "Josh", "now", "20:12")

    assert facts(three)["Josh"] == (three.at("20:12"), None)


def test_between_two_sets_the_first_is_over_since_it_was_to_end(three: ANight) -> None:
    say(three, "Josh", "over", "20:40")

    at = three.at
    assert facts(three) == {"Josh": (at("20:00"), at("20:20")), "Carlos": (None, None), "Nobodys": (None, None)}


def test_all_is_over_once_the_last_is(three: ANight) -> None:
    say(three, "Nobodys", "over", "22:30")

    at = three.at
    assert facts(three) == {
        "Josh": (at("20:00"), None),
        "Carlos": (at("20:30"), None),
        "Nobodys": (at("21:30"), at("22:15")),
    }
    assert stage(three, "22:30").projection.next is None


def test_nothing_is_said_to_begin_or_end_later_than_now(three: ANight) -> None:
    say(three, "Carlos", "over", "20:25")

    at = three.at
    assert facts(three) == {
        "Josh": (at("20:00"), None),
        "Carlos": (at("20:25"), at("20:25")),
        "Nobodys": (None, None),
    }


def test_a_slot_that_was_not_to_begin_before_the_one_that_is_on_stays_without_a_start(three: ANight) -> None:
    say(three, "Nobodys", "now", "20:28")

    at = three.at
    assert facts(three) == {"Josh": (at("20:00"), None), "Carlos": (None, None), "Nobodys": (at("20:28"), None)}
    assert str(stage(three, "20:28").projection["carlos"].state) == "passed"


def test_the_times_told_follow_what_was_pressed(three: ANight) -> None:
    start_set(three.slot("Josh").id, actor=SAM, now=three.at("20:20"))

    say(three, "Carlos", "on", "21:00")

    assert facts(three)["Carlos"] == (three.at("20:45"), None)  # 8:40 is the end, and 5 minutes of changeover


def test_what_is_cancelled_is_given_no_start(three: ANight) -> None:
    cancel_slot(three.slot("Josh").id, actor=SAM, now=three.at("19:00"))

    say(three, "Carlos", "on", "20:50")

    assert facts(three)["Josh"] == (None, None)


def test_all_of_it_is_undone_as_one(three: ANight) -> None:
    made = catch_up(three.stage.id, WhatIsOn(three.slot("Nobodys").id, "over"), actor=SAM, now=three.at("22:30"))

    undo_press(made[1].id, actor=SAM, now=three.at("22:31"))

    assert [press.verb for press in made] == ["start", "start", "start", "end"]
    assert facts(three) == dict.fromkeys(("Josh", "Carlos", "Nobodys"), (None, None))
    assert {press.undone_at for press in made} == {three.at("22:31")}


def test_none_of_it_is_undone_once_something_else_was_pressed_for_one_of_them(three: ANight) -> None:
    made = catch_up(three.stage.id, WhatIsOn(three.slot("Carlos").id, "on"), actor=SAM, now=three.at("20:50"))
    end_set(three.slot("Josh").id, actor=RITA, now=three.at("20:51"))
    before = facts(three)

    with pytest.raises(PressedSince):
        undo_press(made[0].id, actor=SAM, now=three.at("20:52"))

    assert facts(three) == before


def test_other_presses_of_that_minute_stay(three: ANight) -> None:
    first = start_set(three.slot("Josh").id, actor=SAM, now=three.at("20:00"))
    end_set(three.slot("Josh").id, actor=SAM, now=three.at("20:00"))
    made = catch_up(three.stage.id, WhatIsOn(three.slot("Carlos").id, "on"), actor=SAM, now=three.at("20:50"))

    undo_press(made[0].id, actor=SAM, now=three.at("20:51"))

    assert first.undone_at is None
    assert facts(three)["Josh"] == (three.at("20:00"), three.at("20:00"))


def test_what_is_so_already_is_refused(three: ANight) -> None:
    start_set(three.slot("Josh").id, actor=SAM, now=three.at("20:00"))

    with pytest.raises(NothingIsMissing):
        say(three, "Josh", "on", "20:10")
    end_set(three.slot("Josh").id, actor=SAM, now=three.at("20:20"))
    with pytest.raises(NoSuchSlot):
        say(three, "Josh", "on", "20:30")


@pytest.mark.parametrize(("clock", "since"), [("20:05", None), ("20:05:01", "20:00"), ("21:00", "20:00")])
def test_a_press_is_missing_once_it_is_five_minutes_late(three: ANight, clock: str, since: str | None) -> None:
    seen = stage(three, clock)

    assert seen.told.missed_since(seen.now) == (since and three.at(since))
    assert (missed_start(seen) is not None) == (since is not None)


def test_an_end_is_missing_too_but_no_start_before_the_next_was_to_begin(three: ANight) -> None:
    start_set(three.slot("Josh").id, actor=SAM, now=three.at("20:00"))

    over, due = stage(three, "20:30"), stage(three, "20:36")

    assert (over.told.missed_since(over.now), missed_start(over)) == (three.at("20:20"), None)
    assert missed_start(due) == three.slot("Carlos")
