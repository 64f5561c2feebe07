"""What one of an act answers to an offer, and what the others of it hear."""

from flask import Flask

from coordinator.db import transaction
from coordinator.lineup.models import ActAnswer
from tests.shownight.offering import a_mate, a_stand_in, a_story, asks_forward, asks_them, the_next


def test_a_yes_that_one_of_an_act_takes_back_is_told_to_the_others(app: Flask) -> None:
    story = a_story()
    stand_in = a_stand_in(story.night, "Rosa Vega")
    a_mate(story, stand_in.act, "Bo Best")
    asks_them(story, stand_in)
    story.until("20:32")
    story.says("Rosa Vega", "C")
    story.until("20:34")
    story.lines.clear()

    story.says("Rosa Vega", "UNDO")
    story.until("20:45")

    assert any("> Bo Best: " in line and "cancel" in line for line in story.lines), story.lines


def test_a_yes_after_anothers_no_hears_that_it_is_no_longer_open(app: Flask) -> None:
    story = a_story()
    a_mate(story, the_next(story).act, "Bo Best")
    with transaction():
        the_next(story).answer = ActAnswer.CONFIRMED
    asks_forward(story)
    story.until("20:32")
    story.says("The Poor Nobodys", "X")
    story.lines.clear()

    story.says("Bo Best", "C")

    assert "no longer open. You stay on at 9:30pm" in story.lines[-1]


def test_a_yes_that_cannot_be_planned_is_answered_all_the_same(app: Flask) -> None:
    story = a_story()
    asks_them(story, a_stand_in(story.night, "Rosa Vega"), length=0)
    story.until("20:32")

    story.says("Rosa Vega", "C")

    assert "no longer open" in story.lines[-1]
