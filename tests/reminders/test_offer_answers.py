"""What an act answers to an offer: who of those who run the night hears of it, once."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from coordinator.accounts.models import Actor, Coordinator
from coordinator.lineup.models import SlotOffer
from coordinator.reminders.actions.offer_answers import answer_and_tell, take_back_and_tell
from coordinator.shownight.actions.charge import give_back_charge, take_charge
from coordinator.shownight.actions.offers import ask_to_come_forward
from tests.builders import a_coordinator, a_shift, a_stage_manager
from tests.playing import knows_us
from tests.shownight.offering import a_stand_in, a_story, asks_them, the_next
from tests.telling import Story, everyone_speaks

NOBODYS = "The Poor Nobodys"


@dataclass
class Asking:
    """A night on which Dana, who has an account, asked an act to start at 8:50; Sam runs the stage."""

    story: Story
    dana: Coordinator
    offer: SlotOffer

    def answers(self, *, yes: bool, actor: Actor) -> None:
        answer_and_tell(self.offer, yes=yes, actor=actor, now=self.story.playing.now, people=[])
        self.story.soon()

    def said(self) -> list[str]:
        """What those two were texted."""
        lines = [line.partition("  > ")[2] for line in self.story.lines]
        return [line for line in lines if line.startswith(("Dana Elm: ", "Sam Stage: "))]


@pytest.fixture
def asking(app: Flask) -> Asking:
    story = a_story(a_shift("Stage crew", follows=NOBODYS, people=("Cleo Cedar",)))
    dana = a_coordinator("Dana Elm", organisation=story.night.organisation)
    knows_us(dana.person, a_stage_manager(story.night))
    take_charge(story.night.stage.id, actor=Actor("Sam Stage"), now=story.playing.now)
    story.until("20:33")
    at, now = story.night.at("20:50"), story.playing.now
    offer = ask_to_come_forward(the_next(story).id, at, actor=Actor.of(dana), now=now)
    story.soon()
    story.lines.clear()
    return Asking(story, dana, offer)


def test_a_yes_by_text_is_told_to_whoever_asked_and_whoever_runs_the_stage(asking: Asking) -> None:
    asking.story.says(NOBODYS, "C")
    asking.story.until("20:49")

    words = "The Poor Nobodys: yes. They start at 8:50pm."
    assert sorted(asking.said()) == [f"Dana Elm: {words}", f"Sam Stage: {words}"]


def test_a_no_is_told_and_so_is_that_it_was_taken_back(asking: Asking) -> None:
    asking.story.says(NOBODYS, "X")
    asking.story.says(NOBODYS, "UNDO")
    asking.story.until("20:37")

    assert sorted(asking.said()) == [
        "Dana Elm: The Poor Nobodys said no to 8:50pm.",
        "Dana Elm: The Poor Nobodys took back their no. We're waiting for a yes or no for 8:50pm.",
        "Sam Stage: The Poor Nobodys said no to 8:50pm.",
        "Sam Stage: The Poor Nobodys took back their no. We're waiting for a yes or no for 8:50pm.",
    ]


def test_a_yes_that_is_taken_back_leaves_the_spot_open_again_in_the_readers_language(asking: Asking) -> None:
    asking.story.says(NOBODYS, "C")
    everyone_speaks("es")
    asking.story.says(NOBODYS, "UNDO")
    asking.story.until("20:37")

    assert "Dana Elm: The Poor Nobodys retira su si. Libre otra vez: 8:50pm." in asking.said()


def test_an_answer_that_is_taken_back_before_it_was_told_is_never_told(asking: Asking) -> None:
    person, now = asking.offer.act.people[0], asking.story.playing.now
    answer_and_tell(asking.offer, yes=True, actor=Actor.person(person), now=now, people=[person])
    take_back_and_tell(asking.offer, actor=Actor.person(person), now=now + timedelta(seconds=20), people=[person])
    asking.story.until("20:40")

    assert asking.said() == []


def test_whoever_writes_the_answer_down_is_not_told_of_it(asking: Asking) -> None:
    asking.answers(yes=True, actor=Actor.of(asking.dana))

    assert asking.said() == ["Sam Stage: The Poor Nobodys: yes. They start at 8:50pm."]


def test_whoever_asked_and_runs_the_stage_too_is_told_once(asking: Asking) -> None:
    stage, now = asking.story.night.stage.id, asking.story.playing.now
    give_back_charge(stage, actor=Actor("Sam Stage"), now=now)
    take_charge(stage, actor=Actor.of(asking.dana), now=now)

    asking.story.says(NOBODYS, "X")
    asking.story.soon()

    assert asking.said() == ["Dana Elm: The Poor Nobodys said no to 8:50pm."]


def test_a_stand_in_is_called_by_its_own_name(asking: Asking) -> None:
    asks_them(asking.story, a_stand_in(asking.story.night, "Ben Ode"), wall="20:55", length=20)
    asking.story.soon()
    asking.story.lines.clear()

    asking.story.says("Ben Ode", "C")
    asking.story.soon()

    assert asking.said() == ["Sam Stage: Ben Ode: yes. They start at 8:55pm."]


def test_a_yes_by_text_moves_the_shift_that_follows_and_undo_moves_it_back(asking: Asking) -> None:
    night, story = asking.story.night, asking.story
    shift = night.shift("stage-crew-1")

    story.says(NOBODYS, "C")
    moved = shift.starts_at
    story.says(NOBODYS, "UNDO")

    assert (moved, shift.starts_at) == (night.at("20:30"), night.at("21:10"))
