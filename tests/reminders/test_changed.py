"""A shift, its call time or its place changes after people were told: one text says what holds now, and what did."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.actions.events import edit_event
from coordinator.lineup.actions.moves import move_times
from coordinator.messaging.models import Call, Message
from coordinator.people.actions.persons import edit_person
from coordinator.reminders.actions.calls import call_made
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shifts.actions.planning import cancel_shift, edit_shift
from coordinator.shifts.actions.signing_up import take_shifts
from coordinator.shifts.models import SignUpSource
from tests.builders import ANight, a_night, a_person, a_shift, a_slot, a_stage, minutes
from tests.night import in_the_cast
from tests.playing import Playing

SECONDS = timedelta(seconds=1)
DOOR, STAGE = "front-door-1", "stage-crew-2"
ALICE = Actor("Alice")
CHANGED = "Ana, Front door on Fri Dec 4 has changed: "


@pytest.fixture
def night(app: Flask) -> ANight:
    """A fortnight before the show; Ana is known and agreed."""
    night = a_night(
        stages=[
            a_stage("Main stage", slots=[a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10)]),
            a_stage("Garden", slots=[a_slot("Marta Sol", "20:30", minutes=40, changeover=10)]),
        ],
        shifts=[
            a_shift("Front door", "17:30", "19:00", max=4, place="Main entrance"),
            a_shift("Stage crew", follows="Carlos Lumbi", max=4),
        ],
        venue_name="Alder Street Hall",
    )
    with transaction():
        night.shift(DOOR).call = minutes(20)
        in_the_cast(night, "Ana Ruiz")
    return night


def after(playing: Playing, seconds: int) -> list[str]:
    """What leaves in so many seconds from now."""
    return [body for _, _, body in playing.until(playing.now + seconds * SECONDS, every=SECONDS * 5)]


def told(night: ANight, playing: Playing, *keys: str) -> None:
    """Ana takes these shifts and reads that they are hers."""
    ids = [night.shift(key).id for key in keys or (DOOR,)]
    take_shifts(ids, [night.person("Ana Ruiz")], now=playing.now, source=SignUpSource.LINK)
    after(playing, 60)


def edit(night: ANight, playing: Playing, key: str = DOOR, **changes: Any) -> Callable[[], None]:
    times = {name: night.at(wall) for name, wall in changes.items() if name in ("starts_at", "ends_at")}
    return partial(edit_shift, night.shift(key), actor=ALICE, now=playing.now, **changes | times)


def calls(night: ANight) -> list[tuple[str, str, str]]:
    rows = db.session.scalars(
        select(Call).where(Call.event_id == night.event.id, Call.withdrawn_at.is_(None), Call.ticked_at.is_(None))
    )
    return [(row.person.first_name, row.kind, row.why) for row in rows]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": "Side door"}, "place now Side door, was Main entrance."),
        ({"place": None}, "place now Alder Street Hall, was Main entrance."),
        ({"call": minutes(45)}, "now be there 4:45pm, was 5:10pm."),
        ({"call": minutes(0)}, "now be there 5:30pm, was 5:10pm."),
        ({"ends_at": "20:00"}, "now 5:30-8pm, was 5:30-7pm."),
        ({"starts_at": "18:00"}, "now be there 5:40pm, was 5:10pm; now 6-7pm, was 5:30-7pm."),
        (
            {"starts_at": "17:00", "ends_at": "18:30", "place": "Side door"},
            "now be there 4:40pm, was 5:10pm; now 5-6:30pm, was 5:30-7pm; place now Side door, was Main entrance.",
        ),
    ],
)
def test_one_text_says_what_holds_now_and_what_did(
    night: ANight, playing: Playing, changes: dict[str, Any], words: str
) -> None:
    told(night, playing)
    change = edit(night, playing, **changes)
    found = consequences(night.event, change, playing.now)
    change_plan(night.event, change)

    assert after(playing, 55) == []
    assert after(playing, 300) == [CHANGED + words]
    assert [text.body for text in found.texts] == [CHANGED + words]


def test_it_is_said_in_the_language_of_whoever_gets_it(night: ANight, playing: Playing) -> None:
    edit_person(night.person("Ana Ruiz"), language="es")
    told(night, playing)
    edit(night, playing, starts_at="13:00", call=minutes(5), place="Side door")()

    assert after(playing, 120) == [
        "Ana, cambia tu turno Front door del vie 4 dic: ahora llega a las 12:55pm, antes 5:10pm; ahora 1-7pm, antes"
        " 5:30-7pm; nuevo lugar Side door, antes Main entrance."
    ]


def test_a_shift_on_another_day_names_both_days(night: ANight, playing: Playing) -> None:
    told(night, playing)
    with transaction():
        for name in ("starts_at", "ends_at"):
            setattr(night.shift(DOOR), name, getattr(night.shift(DOOR), name) - timedelta(days=1))

    assert after(playing, 120) == [
        "Ana, Front door on Thu Dec 3 has changed: now be there 5:10pm; now 5:30-7pm, was Fri Dec 4, 5:30-7pm."
    ]


def test_less_than_five_minutes_is_not_told(night: ANight, playing: Playing) -> None:
    told(night, playing)
    edit(night, playing, starts_at="17:34", ends_at="19:04")()

    assert after(playing, 300) == []


def test_undone_within_half_a_minute_nothing_is_sent(night: ANight, playing: Playing) -> None:
    told(night, playing)
    edit(night, playing, place="Side door", starts_at="18:00")()
    after(playing, 25)
    edit(night, playing, place="Main entrance", starts_at="17:30")()

    assert after(playing, 300) == []


def test_changed_twice_in_a_minute_the_last_holds(night: ANight, playing: Playing) -> None:
    told(night, playing)
    edit(night, playing, place="Side door")()
    after(playing, 40)
    edit(night, playing, place="Box office")()

    assert after(playing, 55) == []
    assert after(playing, 300) == [CHANGED + "place now Box office, was Main entrance."]


def test_there_and_back_and_there_again_is_told_each_time(night: ANight, playing: Playing) -> None:
    told(night, playing)
    seen = []
    for place in ("Side door", "Main entrance", "Side door"):
        edit(night, playing, place=place)()
        seen += after(playing, 120)

    assert seen == [
        CHANGED + "place now Side door, was Main entrance.",
        CHANGED + "place now Main entrance, was Side door.",
        CHANGED + "place now Side door, was Main entrance.",
    ]


def test_whoever_was_not_told_yet_is_told_only_what_holds(night: ANight, playing: Playing) -> None:
    put_on_shift(night.shift(DOOR).id, night.person("Ana Ruiz"), actor=ALICE, now=playing.now)
    playing.tick()
    edit(night, playing, place="Side door")()

    (text,) = after(playing, 300)
    assert "you're on: be there 5:10pm; Front door 5:30pm, Fri Dec 4, Side door." in text


def test_of_several_shifts_told_in_one_text_each_is_known(night: ANight, playing: Playing) -> None:
    told(night, playing, DOOR, STAGE)
    edit(night, playing, STAGE, place="Loading dock")()

    assert after(playing, 300) == ["Ana, Stage crew on Fri Dec 4 has changed: place now Loading dock, was Main stage."]


def test_a_following_shift_that_moves_with_its_slot_gets_a_new_time_alone(night: ANight, playing: Playing) -> None:
    told(night, playing, STAGE)
    change_plan(night.event, partial(move_times, night.slot("Carlos Lumbi"), 20, actor=ALICE, now=playing.now))

    assert after(playing, 300) == ["Ana, new time: Stage crew at 8:40pm, was 8:20pm (Fri Dec 4)."]


def test_a_following_shift_whose_place_changes_too_gets_one_text(night: ANight, playing: Playing) -> None:
    told(night, playing, STAGE)

    def both() -> None:
        move_times(night.slot("Carlos Lumbi"), 20, actor=ALICE, now=playing.now)
        edit(night, playing, STAGE, place="Loading dock")()

    change_plan(night.event, both)

    assert after(playing, 300) == [
        "Ana, Stage crew on Fri Dec 4 has changed: now 8:40pm, was 8:20pm; place now Loading dock, was Main stage."
    ]


def test_another_name_of_the_stage_or_another_venue_is_a_change_of_place(night: ANight, playing: Playing) -> None:
    told(night, playing, DOOR, STAGE)
    with transaction():
        night.slot("Carlos Lumbi").stage.name = "Big tent"
    renamed = after(playing, 300)
    edit_event(night.event, venue_name="Town Hall", actor=ALICE, now=playing.now)

    assert renamed == ["Ana, Stage crew on Fri Dec 4 has changed: place now Big tent, was Main stage."]
    assert sorted(after(playing, 300)) == [
        CHANGED + "place now Main entrance, Town Hall, was Main entrance, Alder Street Hall.",
        "Ana, Stage crew on Fri Dec 4 has changed: place now Big tent, Town Hall, was Big tent, Alder Street Hall.",
    ]


@pytest.mark.parametrize(("person", "why"), [({"phone": None}, "no_phone"), ({"agreed": False}, "not_agreed")])
def test_whom_no_text_reaches_stands_on_the_call_list_until_it_is_undone_or_told(
    night: ANight, playing: Playing, person: dict[str, Any], why: str
) -> None:
    dora = a_person("Dora Elm", organisation=night.organisation, **person)
    take_shifts([night.shift(DOOR).id], [dora], now=playing.now, source=SignUpSource.LINK)
    playing.tick()

    edit(night, playing, place="Side door")()
    playing.tick()
    changed = [each for each in calls(night) if each[1] == "changed"]
    edit(night, playing, place="Main entrance")()
    playing.tick()
    undone = [each for each in calls(night) if each[1] == "changed"]
    edit(night, playing, place="Box office")()
    playing.tick()
    call = db.session.scalars(select(Call).where(Call.kind == "changed", Call.withdrawn_at.is_(None))).one()
    call_made(night.event, call, actor=ALICE, now=playing.now)
    playing.tick()

    assert changed == [("Dora", "changed", why)]
    assert undone == []
    assert call.change is not None
    assert (call.change.was.place, call.change.now.place) == ("Main entrance", "Box office")
    assert [each for each in calls(night) if each[1] == "changed"] == []
    edit(night, playing, place="Main entrance")()
    playing.tick()
    still_open = Call.ticked_at.is_(None), Call.withdrawn_at.is_(None)
    (again,) = db.session.scalars(select(Call).where(Call.kind == "changed", *still_open))
    assert again.change is not None
    assert again.change.was.place == "Box office"


def test_a_text_that_does_not_arrive_becomes_a_call(night: ANight, playing: Playing) -> None:
    told(night, playing)
    edit(night, playing, place="Side door")()
    after(playing, 120)
    with transaction():
        row = db.session.scalars(select(Message).where(Message.kind == "changed")).one()
        row.state, row.finished_at = "undelivered", playing.now

    assert after(playing, 60) == []
    assert calls(night) == [("Ana", "changed", "failed")]


def test_called_off_and_back_elsewhere_it_is_told_once(night: ANight, playing: Playing) -> None:
    told(night, playing)
    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)
    after(playing, 120)
    edit(night, playing, place="Side door")()
    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now, undo=True)

    assert after(playing, 300) == [
        "Ana, your shift is back on: be there 5:10pm; Front door at 5:30pm (Fri Dec 4), Side door."
    ]
