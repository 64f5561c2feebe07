"""Six nights in virtual time, each text read as it leaves: ``test_six_nights.txt``.

``pytest tests/test_six_nights.py --write-snapshots`` writes that file anew.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.lineup.models import Act, ActMember, StandIn
from coordinator.messaging.models import NEVER_WENT, Direction, Message
from coordinator.reminders.actions.stage_holds import go_on_and_tell, hold_and_tell
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.offers import ask_stand_ins
from coordinator.shownight.actions.pressing import cancel_slot
from tests.builders import MADE_AT, ASlot, a_night, a_shift, a_slot, a_stage_manager, minutes
from tests.evenings import Evening
from tests.night import ANight, in_the_cast
from tests.playing import Playing, knows_us
from tests.snapshots import Snapshot
from tests.telling import Story

EXPECTED = Path(__file__).with_suffix(".txt")
ALICE = Actor("Alice Reyes")
A_MINUTE = timedelta(minutes=1)
CREW = ("Ana Ruiz", "Ben Ode")


class Watched(Story):
    """A story in which every minute is looked at, as the clock alone has news when a mark is missing."""

    def until(self, wall: str, days: int = 0) -> None:
        end = Evening(self.night, self.playing).at(wall, days)
        while self.playing.now + A_MINUTE < min(end, self.night.at("23:59")):
            self.playing.tick(self.playing.now + A_MINUTE)
        super().until(wall, days)


def acts() -> list[ASlot]:
    """Three acts at 8, 8:30 and 9:30, who have all said that they come."""
    return [
        a_slot("Josh Granowski", "20:00", minutes=20, changeover=10, answer="confirmed"),
        a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10, answer="confirmed"),
        a_slot("The Poor Nobodys", "21:30", minutes=45, changeover=20, changeover_min=10, answer="confirmed"),
    ]


def a_story(curfew: str = "23:00", slots: list[ASlot] | None = None) -> Story:
    """The day of the show from 6 pm on: one crew, a stage manager with a phone; everyone knows who writes."""
    crew = a_shift("Stage crew", follows="The Poor Nobodys", people=("Ana Ruiz",))
    night = a_night(
        slots or acts(), shifts=[crew, a_shift("Front door", "19:15", "21:30", people=("Ben Ode",))], curfew=curfew
    )
    sam = a_stage_manager(night, "Sam Stage")
    performers = [person for slot in slots or acts() for person in slot.people]
    knows_us(sam, *(night.person(name) for name in dict.fromkeys((*performers, *CREW))))
    return Watched(night, "en", Playing(night.at("18:00")))


def arrive(story: Story, name: str, wall: str) -> None:
    story.until(wall)
    story.says(name, "HERE")


def a_calm_night() -> Story:
    story = a_story()
    arrive(story, "Josh Granowski", "18:58")
    arrive(story, "Carlos Lumbi", "19:20")
    story.until("20:00")
    story.says("Sam Stage", "GO")
    story.until("20:20")
    story.says("Sam Stage", "DONE")
    arrive(story, "The Poor Nobodys", "20:25")
    story.until("20:31")
    story.says("Sam Stage", "GO")
    story.until("21:10")
    story.says("Sam Stage", "DONE")
    story.until("21:30")
    story.says("Sam Stage", "GO")
    story.says("Sam Stage", "STATUS")
    story.until("22:14")
    story.says("Sam Stage", "DONE")
    return story


def nobody_presses_anything() -> Story:
    return a_story()


def twenty_five_minutes_late_with_a_curfew() -> Story:
    story = a_story(curfew="22:25")
    stage = story.night.stage.id
    story.until("19:50")
    story.does("Sam runs the stage", lambda: take_charge(stage, actor=Actor("Sam Stage"), now=story.playing.now))
    arrive(story, "Josh Granowski", "20:10")
    story.says("Sam Stage", "LATE 15")
    arrive(story, "Carlos Lumbi", "20:15")
    story.until("20:25")
    story.says("Sam Stage", "GO")
    story.until("20:46")
    story.says("Sam Stage", "DONE")
    arrive(story, "The Poor Nobodys", "20:50")
    story.until("20:56")
    story.says("Sam Stage", "GO")
    story.says("Sam Stage", "STATUS")
    story.until("21:36")
    story.says("Sam Stage", "DONE")
    story.until("21:46")
    story.says("Sam Stage", "GO")
    story.until("22:28")
    story.says("Sam Stage", "DONE")
    return story


def a_no_show_with_a_stand_in() -> Story:
    story = a_story()
    stand_ins = [a_stand_in(story.night, "Cleo Cedar"), a_stand_in(story.night, "Dan Elm")]
    arrive(story, "Josh Granowski", "19:00")
    story.until("20:00")
    story.says("Sam Stage", "GO")
    carlos, after = story.night.slot("Carlos Lumbi").id, story.night.slot("The Poor Nobodys").id
    story.until("20:12")
    story.does("Alice cancels Carlos", lambda: cancel_slot(carlos, actor=ALICE, now=story.playing.now))
    chosen, begins_at = [each.id for each in stand_ins], story.night.at("20:40")
    story.does(
        "Alice asks both stand-ins",
        lambda: ask_stand_ins(after, chosen, begins_at, minutes(40), actor=ALICE, now=story.playing.now),
    )
    story.says("Dan Elm", "who else is playing?")
    story.says("Cleo Cedar", "Yes")
    story.says("Dan Elm", "C")
    story.until("20:21")
    story.says("Sam Stage", "DONE")
    arrive(story, "Cleo Cedar", "20:35")
    story.until("20:40")
    story.says("Sam Stage", "GO")
    arrive(story, "The Poor Nobodys", "20:45")
    story.until("21:10")
    story.says("Sam Stage", "DONE")
    story.until("21:30")
    story.says("Sam Stage", "GO")
    story.until("22:15")
    story.says("Sam Stage", "DONE")
    return story


def a_storm_holds_the_stage() -> Story:
    story = a_story(curfew="23:30")
    stage = story.night.stage.id
    arrive(story, "Josh Granowski", "19:05")
    story.until("19:40")
    hold = lambda: hold_and_tell(stage, "lightning nearby", actor=ALICE, now=story.playing.now)  # noqa: E731 - read once
    story.does("Alice holds the stage", hold)
    story.says("Carlos Lumbi", "WHEN")
    story.until("20:35")
    story.does("It goes on in 10 minutes", lambda: go_on_and_tell(stage, 10, actor=ALICE, now=story.playing.now))
    arrive(story, "Carlos Lumbi", "20:40")
    story.until("20:46")
    story.says("Sam Stage", "GO")
    story.until("21:06")
    story.says("Sam Stage", "DONE")
    arrive(story, "The Poor Nobodys", "21:10")
    story.until("21:13")
    story.says("Sam Stage", "GO")
    story.until("21:53")
    story.says("Sam Stage", "DONE")
    story.until("22:05")
    story.says("Sam Stage", "GO")
    story.until("22:50")
    story.says("Sam Stage", "DONE")
    return story


def the_machine_is_away_from_9_10_to_9_14() -> Story:
    """The call of the last act is due at 9:13, the way to the stage of the one before it at 9:12."""
    story = a_story(slots=[*acts(), a_slot("Marta Sol", "22:13", minutes=20, changeover=5, answer="confirmed")])
    night = story.night
    with transaction():
        night.slot("The Poor Nobodys").starts_at = night.at("21:27")
        night.slot("The Poor Nobodys").length = minutes(35)
    arrive(story, "Josh Granowski", "19:00")
    story.until("20:00")
    story.says("Sam Stage", "GO")
    story.until("20:20")
    story.says("Sam Stage", "DONE")
    arrive(story, "The Poor Nobodys", "20:25")
    story.until("20:30")
    story.says("Sam Stage", "GO")
    story.until("21:09")
    story.lines.append("          (the machine dies, and is back at 21:14)")
    story.playing = Playing(
        night.at("21:14"), texts=story.playing.texts, gateway=story.playing.gateway, heard=story.playing.heard
    )
    story.soon()
    story.says("Sam Stage", "DONE")
    story.until("21:27")
    story.says("Sam Stage", "GO")
    story.until("22:02")
    story.says("Sam Stage", "DONE")
    story.until("22:13")
    story.says("Sam Stage", "GO")
    story.until("22:33")
    story.says("Sam Stage", "DONE")
    return story


NIGHTS: list[Callable[[], Story]] = [
    a_calm_night,
    nobody_presses_anything,
    twenty_five_minutes_late_with_a_curfew,
    a_no_show_with_a_stand_in,
    a_storm_holds_the_stage,
    the_machine_is_away_from_9_10_to_9_14,
]


@pytest.mark.parametrize("play", NIGHTS, ids=lambda play: play.__name__)
def test_every_text_of_the_night_reads_as_it_should(app: Flask, play: Callable[[], Story], snapshot: Snapshot) -> None:
    story = play()
    story.until("05:30", 1)

    heading = play.__name__.replace("_", " ").capitalize()
    snapshot.check_part(EXPECTED, heading, "\n".join(story.lines) + "\n")
    assert [
        text for text, times in Counter((to, body) for _, to, body in story.playing.texts).items() if times > 1
    ] == []
    assert not_sent() <= {"cancelled"}  # withdrawn because it was no longer true; nothing failed or came too late


def not_sent() -> set[str]:
    """What became of texts that did not leave."""
    ours = select(Message.state).where(Message.direction == Direction.OUT, Message.state.in_(NEVER_WENT))
    return set(db.session.scalars(ours))


def a_stand_in(night: ANight, name: str) -> StandIn:
    with transaction() as session:
        person = in_the_cast(night, name)
        act = Act(event_id=night.event.id, key=name.lower().replace(" ", "-"), name=name)
        act.members.append(ActMember(event_id=night.event.id, person=person, joined_at=MADE_AT))
        stand_in = StandIn(event_id=night.event.id, act=act, minutes_away=10, length=timedelta(minutes=30))
        session.add(stand_in)
    knows_us(person)
    return stand_in
