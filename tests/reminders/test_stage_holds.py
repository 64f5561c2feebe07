"""A stage on hold: who hears of it, which reminders wait, and what they hear when it goes on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.people.actions.persons import edit_person
from coordinator.reminders.actions.stage_holds import go_on_and_tell, hold_and_tell
from coordinator.reminders.previews.outlook import preview
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import declare_late, end_set, go, press, start_set
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.models import Press, Verb
from coordinator.shownight.queries import night as night_of
from coordinator.shownight.refusals import MinutesOutOfRange, NoReason, NotOnHold, StageIsHeld
from tests.builders import a_night, a_shift, a_slot, a_stage, minutes
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
    story.does("Alice holds the main stage", lambda: hold_and_tell(stage, reason, actor=ALICE, now=story.playing.now))


def goes_on(story: Story, minutes: int) -> None:
    stage = story.night.stage.id
    story.does("It goes on", lambda: go_on_and_tell(stage, minutes, actor=ALICE, now=story.playing.now))


def said(story: Story) -> list[str]:
    return [line for line in story.lines if " > " in line]


def test_whoever_is_on_soon_is_told_and_nobody_is_called_to_the_stage_meanwhile(app: Flask) -> None:
    story = a_story("19:40")

    holds(story)
    story.until("20:40")
    goes_on(story, 20)
    story.until("21:40")

    assert said(story) == [
        "Fri 04 19:40  > Josh Granowski: Josh, Main stage is on hold: lightning. You may be on later than 8pm. "
        "We'll text you the new time.",
        "Fri 04 19:40  > Carlos Lumbi: Carlos, Main stage is on hold: lightning. You may be on later than 8:30pm. "
        "We'll text you the new time.",
        "Fri 04 19:40  > Cleo Cedar: Cleo, Main stage is on hold: lightning. Carlos Lumbi may be on later than 8:30pm. "
        "We'll text you the new time.",
        "Fri 04 19:45  > Priya Nair: Priya, please head to the stage. You're on at 8pm, Garden, "
        "Songs for Justice in Motion.",
        "Fri 04 20:40  > Josh Granowski: Josh, Main stage is going again. You're on at 9pm.",
        "Fri 04 20:40  > Carlos Lumbi: Carlos, Main stage is going again. You're on at 9:25pm.",
        "Fri 04 20:40  > Cleo Cedar: Cleo, Main stage is going again. Be there 9:20pm. Carlos Lumbi is on at 9:25pm.",
        "Fri 04 20:45  > Josh Granowski: Josh, please head to the stage. You're on at 9pm, Main stage, "
        "Songs for Justice in Motion.",
        "Fri 04 21:10  > Cleo Cedar: Cleo, changeover at 9:20pm, Main stage, before Carlos Lumbi at 9:25pm.",
        "Fri 04 21:10  > Carlos Lumbi: Carlos, please head to the stage. You're on at 9:25pm, Main stage, "
        "Songs for Justice in Motion.",
    ]


def test_a_reason_that_the_page_offers_is_told_in_the_readers_language(app: Flask) -> None:
    story = a_story("19:40")
    edit_person(story.night.person("Carlos Lumbi"), language="es")

    holds(story, "weather")
    story.says("Carlos Lumbi", "CUANDO")

    english, spanish = said(story)[:2]
    assert "Josh, Main stage is on hold: bad weather." in english
    assert "Carlos, Main stage está en pausa: mal tiempo." in spanish.replace("esta", "está")
    assert "mal tiempo" in said(story)[-1]


def test_a_hold_of_half_a_minute_tells_nobody_anything(app: Flask) -> None:
    story = a_story("19:35")
    stage = story.night.stage.id

    hold_and_tell(stage, "lightning", actor=ALICE, now=story.playing.now)
    go_on_and_tell(stage, 0, actor=ALICE, now=story.playing.now)
    story.until("19:44")

    assert said(story) == []


def test_the_set_that_is_on_gets_its_time_back(app: Flask) -> None:
    story = a_story("19:50")
    start_set(story.night.slot("Josh Granowski").id, actor=ALICE, now=story.night.at("20:00"))
    story.until("20:10")
    holds(story)
    story.until("20:25")

    goes_on(story, 5)

    assert story.night.slot("Josh Granowski").extension == minutes(20)


def test_who_is_on_later_than_the_stage_goes_on_stays_where_they_are(app: Flask) -> None:
    story = a_story("19:00")
    holds(story)
    story.lines.clear()

    goes_on(story, 10)
    story.soon()

    assert story.night.slot("Josh Granowski").late_by is None
    assert "  > Josh Granowski: Josh, Main stage is going again. You're on at 8pm." in said(story)[0]


def test_who_would_have_begun_early_starts_when_the_stage_goes_on(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00", minutes=20), a_slot("Carlos", "21:00", minutes=40, early_ok=True)])
    knows_us(night.person("Josh"), night.person("Carlos"))
    start_set(night.slot("Josh").id, actor=ALICE, now=night.at("20:00"))
    story = Story(night, "en", Playing(night.at("20:00")))
    end_set(night.slot("Josh").id, actor=ALICE, now=night.at("20:20"))
    story.until("20:24")
    hold_and_tell(night.stage.id, "lightning", actor=ALICE, now=story.playing.now)
    story.until("20:35")
    story.lines.clear()

    go_on_and_tell(night.stage.id, 10, actor=ALICE, now=story.playing.now)
    story.until("20:40")

    assert [line.partition("  > ")[2] for line in said(story) if "Carlos:" in line] == [
        "Carlos: Carlos, Main stage is going again. You're on at 8:45pm."
    ]
    assert night_of(night.event.id, story.playing.now).told(night.slot("Carlos").id).starts_at == night.at("20:45")


def test_what_cannot_be_is_refused_in_words(app: Flask) -> None:
    story = a_story()
    stage, now = story.night.stage.id, story.playing.now

    with pytest.raises(NotOnHold):
        go_on_and_tell(stage, 5, actor=ALICE, now=now)
    with pytest.raises(NoReason):
        hold_and_tell(stage, "  ", actor=ALICE, now=now)
    hold_and_tell(stage, "power", actor=ALICE, now=now)
    hold_and_tell(stage, "power cut in the whole street", actor=ALICE, now=now)
    with pytest.raises(MinutesOutOfRange):
        go_on_and_tell(stage, None, actor=ALICE, now=now)

    assert (story.night.stage.held_by, story.night.stage.held_reason) == (
        "Alice Reyes",
        "power cut in the whole street",
    )


def test_going_on_undone_at_once_tells_nobody_and_the_stage_is_on_hold_as_before(app: Flask) -> None:
    story = a_story("19:40")
    holds(story)
    story.soon()
    held_at = story.night.stage.held_at
    story.lines.clear()

    go_on_and_tell(story.night.stage.id, 40, actor=ALICE, now=story.playing.now)
    late_by = story.night.slot("Josh Granowski").late_by
    undo_press(last_press(story), actor=ALICE, now=story.playing.now + timedelta(seconds=10))
    story.until("19:58")

    assert late_by is not None
    assert story.night.slot("Josh Granowski").late_by is None
    assert (story.night.stage.held_at, story.night.stage.held_reason) == (held_at, "lightning")
    assert [line for line in said(story) if "Priya" not in line] == []
    goes_on(story, 30)
    story.soon()
    assert "  > Josh Granowski: Josh, Main stage is going again. You're on at 8:28pm." in "".join(said(story))


def test_a_hold_that_nobody_has_heard_of_is_told_when_going_on_is_undone(app: Flask) -> None:
    story = a_story("19:40")
    stage, now = story.night.stage.id, story.playing.now

    hold_and_tell(stage, "lightning", actor=ALICE, now=now)
    go_on_and_tell(stage, 40, actor=ALICE, now=now + timedelta(seconds=10))
    undo_press(last_press(story), actor=ALICE, now=now + timedelta(seconds=15))
    story.until("19:42")

    assert [line.partition("> ")[2].partition(":")[0] for line in said(story)] == [
        "Josh Granowski",
        "Carlos Lumbi",
        "Cleo Cedar",
    ]


def test_going_on_undone_after_the_texts_only_takes_the_minutes_back(app: Flask) -> None:
    story = a_story("19:40")
    holds(story)
    story.soon()
    goes_on(story, 40)
    story.until("19:43")
    story.lines.clear()

    undo_press(last_press(story), actor=ALICE, now=story.playing.now)
    story.until("19:46")

    assert story.night.stage.held_at is None
    assert any("Josh, new time: you're on at 8pm, was" in line for line in said(story))


def test_nothing_starts_on_a_stage_on_hold_but_what_had_started_before_is_a_fact(app: Flask) -> None:
    story = a_story("20:02")
    stage, josh = story.night.stage.id, story.night.slot("Josh Granowski")
    hold_and_tell(stage, "lightning", actor=ALICE, now=story.playing.now)
    later, before = story.playing.now + minutes(3), story.night.at("20:01")

    for refused in (
        lambda: start_set(josh.id, actor=ALICE, now=later),
        lambda: go(stage, actor=ALICE, now=later),
        lambda: preview(story.night.event.id, ProposedPress(Verb.START, josh.id), later),
    ):
        with pytest.raises(StageIsHeld, match=r"^Main stage is on hold: lightning\. Let it go on first\.$"):
            refused()
    press(ProposedPress(Verb.START, josh.id, at=before), actor=ALICE, now=later)

    assert josh.started_at == before


def last_press(story: Story) -> int:
    found = db.session.scalar(select(Press.id).where(Press.event_id == story.night.event.id).order_by(Press.id.desc()))
    assert found is not None
    return found


def test_who_was_called_to_a_changeover_hears_once_when_it_is(app: Flask) -> None:
    story = a_story("20:12")
    holds(story)
    story.lines.clear()

    goes_on(story, 30)
    story.until("21:00")

    heard = [line for line in said(story) if "Cleo" in line]
    assert heard[0].endswith("Main stage is going again. Be there 9:03pm. Carlos Lumbi is on at 9:08pm.")
    assert not any("new time" in line for line in heard)


def test_a_crew_that_helps_with_several_sets_is_told_once_of_each_end_of_a_hold(app: Flask) -> None:
    slots = [a_slot(name, wall, minutes=20) for name, wall in (("Ann", "20:00"), ("Bob", "20:30"), ("Cy", "21:00"))]
    crew = [a_shift("Stage crew", follows=name, people=("Cleo Cedar",)) for name in ("Bob", "Cy")]
    night = a_night(slots, shifts=crew)
    knows_us(night.person("Cleo Cedar"))
    story = Story(night, "en", Playing(night.at("12:00")))
    story.until("19:30")
    story.lines.clear()

    holds(story)
    goes_on(story, 60)

    assert [line.partition("> Cleo Cedar: ")[2] for line in said(story) if "> Cleo Cedar" in line] == [
        "Cleo, Main stage is on hold: lightning. Bob may be on later than 8:30pm. We'll text you the new time.",
        "Cleo, Main stage is going again. Be there 8:51pm. Bob is on at 8:56pm.",
    ]


def test_the_crew_hears_of_a_later_move_after_the_stage_went_on(app: Flask) -> None:
    story = a_story("19:40")
    holds(story)
    goes_on(story, 40)
    story.lines.clear()

    declare_late(story.night.slot("Carlos Lumbi").id, 60, actor=ALICE, now=story.playing.now)
    story.until("19:50")

    assert [line for line in said(story) if "Cleo" in line and "new time: Stage crew" in line] != []
