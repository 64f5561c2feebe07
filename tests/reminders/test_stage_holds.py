"""A stage on hold: who hears of it, which reminders wait, and what they hear when it goes on."""

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.reminders.actions.stage_holds import hold_stage, let_stage_go_on
from coordinator.shownight.actions.pressing import start_set
from coordinator.shownight.refusals import CannotPress, MinutesOutOfRange, NoReason, NotOnHold
from tests.builders import a_night, a_shift, a_slot, a_stage
from tests.playing import Playing, knows_us
from tests.telling import Story

ALICE = Actor("Alice Reyes")


def a_story(wall: str = "19:00") -> Story:
    """Two stages, both outdoors; the storm comes over the main stage."""
    crew = a_shift("Stage crew", follows="Carlos Lumbi", people=("Cleo Cedar",))
    main = a_stage(
        "Main stage",
        [
            a_slot("Josh Granowski", "20:00", minutes=20),
            a_slot("Carlos Lumbi", "20:30", minutes=40),
            a_slot("Late Show", "23:30"),
        ],
        curfew=None,
    )
    night = a_night(stages=[main, a_stage("Garden", [a_slot("Priya Nair", "20:00")])], shifts=[crew])
    for name in ("Josh Granowski", "Carlos Lumbi", "Priya Nair", "Cleo Cedar", "Late Show"):
        knows_us(night.person(name))
    story = Story(night, "en", Playing(night.at("12:00")))
    story.until(wall)
    story.lines.clear()
    return story


def holds(story: Story, reason: str = "lightning") -> None:
    stage = story.night.stage.id
    story.does("Alice holds the main stage", lambda: hold_stage(stage, reason, actor=ALICE, now=story.playing.now))


def goes_on(story: Story, minutes: int) -> None:
    stage = story.night.stage.id
    story.does("It goes on", lambda: let_stage_go_on(stage, minutes, actor=ALICE, now=story.playing.now))


def said(story: Story) -> list[str]:
    return [line for line in story.lines if " > " in line]


def test_whoever_is_on_soon_is_told_and_nobody_is_called_to_the_stage_meanwhile(app: Flask) -> None:
    story = a_story("19:40")

    holds(story)
    story.until("20:40")

    assert said(story) == [
        "Fri 04 19:40  > Josh Granowski: Josh, Main stage is on hold: lightning. You won't be on at 8pm. "
        "We'll text you the new time.",
    ]
