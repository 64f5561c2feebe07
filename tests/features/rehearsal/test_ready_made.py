"""The scripts that need no writing, for different nights."""

from datetime import datetime

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.features.rehearsal.ready_made import ReadyMade, ReadyScript, ready_scripts
from coordinator.shownight.actions.pressing import cancel_slot, start_set
from coordinator.shownight.queries import night as night_at
from tests.builders import MADE_AT, ANight, a_night, a_slot, minutes

SAM = Actor("Sam")


def scripts(night: ANight, now: datetime = MADE_AT) -> dict[ReadyMade, ReadyScript]:
    return dict(ready_scripts(night_at(night.event.id, now)))


def said(night: ANight, name: ReadyMade, now: datetime = MADE_AT) -> tuple[str, str | None, datetime] | None:
    found = scripts(night, now).get(name)
    return (found.steps[0].do, found.steps[0].slot, found.steps[0].at) if found else None


def test_the_first_act_is_late_and_the_second_cancels_at_seven(sqlite_app: Flask) -> None:
    night = a_night([a_slot("Talk", kind="speech", people=()), a_slot("Josh"), a_slot("Carlos"), a_slot("Ana")])

    assert said(night, ReadyMade.LATE) == ("start", "josh", night.at("21:10"))
    assert said(night, ReadyMade.CANCELS) == ("cancel", "carlos", night.at("19:00"))
    assert [(each.on_time, bool(each.steps)) for each in scripts(night).values()] == [
        (True, False),
        (True, True),
        (True, True),
        (False, False),
    ]


def test_an_act_of_the_afternoon_cancels_an_hour_before(sqlite_app: Flask) -> None:
    night = a_night([a_slot("Josh", "14:00")], doors="13:30")

    assert said(night, ReadyMade.CANCELS) == ("cancel", "josh", night.at("13:00"))


def test_acts_that_have_begun_or_are_canceled_are_left_alone(sqlite_app: Flask) -> None:
    night = a_night([a_slot("Josh"), a_slot("Carlos"), a_slot("Ana")])
    start_set(night.slot("Josh").id, actor=SAM, now=night.at("20:00"))
    cancel_slot(night.slot("Carlos").id, actor=SAM, now=night.at("20:00"))

    assert said(night, ReadyMade.LATE, night.at("20:05")) == ("start", "ana", night.slot("Ana").starts_at + minutes(25))
    assert said(night, ReadyMade.CANCELS, night.at("20:05")) == ("cancel", "ana", night.at("19:00"))


@pytest.mark.parametrize("slots", [[], [a_slot("Talk", kind="speech", people=())]])
def test_without_acts_there_is_a_calm_night_and_one_that_nobody_runs(sqlite_app: Flask, slots: list[object]) -> None:
    assert list(scripts(a_night(slots))) == [ReadyMade.CALM, ReadyMade.NOBODY]  # type: ignore[arg-type]
