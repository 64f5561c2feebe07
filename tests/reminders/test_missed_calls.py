"""Who counts as missed: nobody whom the page shows as here, and nobody on a day on which nobody marks who is here."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.lineup.actions.answers import say_here
from coordinator.messaging.models import OptOut
from coordinator.reminders.queries.overdue import slots_to_look_at
from coordinator.shifts.models import SignUpState
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import start_set
from tests.builders import ANight, a_night, a_shift, a_slot, a_stage_manager
from tests.playing import Playing, knows_us
from tests.queries import counted

SAM = Actor("Sam Stage")
A_DAY = timedelta(days=1)


def with_a_door(*acts: str) -> tuple[ANight, Playing]:
    """The acts from 20:00; the first of them works the door from 18:30. Sam runs the stage; it is 18:50."""
    first = acts[0]
    slots = [a_slot(act, f"20:{20 * turn:02}", minutes=15, answer="confirmed") for turn, act in enumerate(acts)]
    night = a_night(slots, shifts=[a_shift("Front door", "18:30", "19:30", people=(first,))])
    knows_us(a_stage_manager(night, "Sam Stage"), *(night.person(act) for act in acts))
    take_charge(night.stage.id, actor=SAM, now=night.at("18:00"))
    return night, Playing(night.at("18:50"))


def checks_in(night: ANight, wall: str) -> None:
    with transaction():
        [sign_up] = night.shift("front-door-1").sign_ups
        sign_up.state, sign_up.here_at = SignUpState.CHECKED_IN, night.at(wall)


def missed(playing: Playing, night: ANight, until: str) -> list[str]:
    """What is said of somebody who isn't here, to whomever."""
    signs = ("were due at", "isn't here yet", "Still no")
    return [body for _, _, body in playing.until(night.at(until)) if any(sign in body for sign in signs)]


@pytest.mark.parametrize(("is_in", "asked"), [(True, 0), (False, 3)])
def test_who_is_checked_in_for_a_shift_is_not_hunted_for_their_set(app: Flask, is_in: bool, asked: int) -> None:
    night, playing = with_a_door("Josh Granowski")
    if is_in:
        checks_in(night, "18:25")

    assert len(missed(playing, night, "19:59")) == asked


def test_checking_in_for_a_shift_ends_the_search_for_them(app: Flask) -> None:
    night, playing = with_a_door("Josh Granowski")
    asked = missed(playing, night, "19:06")

    checks_in(night, "19:07")

    assert (len(asked), missed(playing, night, "19:59")) == (1, [])


def test_who_is_here_is_read_once_for_all_slots(app: Flask) -> None:
    night, _ = with_a_door("Josh Granowski", "Carlos Lumbi", "Rosa Vega")

    with counted() as statements:
        slots_to_look_at(night.at("19:59"))

    assert len([each for each in statements if "sign_ups" in each]) == 1


@pytest.mark.parametrize("marked_day", [0, 1])
def test_a_mark_on_one_day_makes_no_other_day_watched(app: Flask, marked_day: int) -> None:
    first = [a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:00+1")]
    night = a_night([*first, a_slot("Wren Hall", "20:45+1", answer="confirmed")], days=2)
    knows_us(night.person("Wren Hall"))
    marked = ("Josh Granowski", "Carlos Lumbi")[marked_day]
    at = night.at("19:00") + marked_day * A_DAY
    say_here(night.slot(marked), call_at=at, actor=SAM, now=at)
    playing = Playing(night.at("19:00") + A_DAY)
    playing.until(night.at("20:00") + A_DAY)

    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:00") + A_DAY)
    heard = [body for _, _, body in playing.until(night.at("20:15") + A_DAY)]

    assert len([body for body in heard if "Wren" in body and "were due at" in body]) == marked_day


@pytest.mark.parametrize(("silent", "wall"), [("Josh Granowski", "19:20"), ("Sam Stage", "19:50")])
@pytest.mark.parametrize("cause", ["no_phone", "stopped"])
def test_whom_nothing_reaches_makes_no_news_again_and_again(app: Flask, silent: str, wall: str, cause: str) -> None:
    night, playing = with_a_door("Josh Granowski")
    person = night.person(silent)
    with transaction() as session:
        if cause == "stopped":
            stop = OptOut(phone=person.phone, sender=playing.gateway.sender, at=night.at("18:00"), cause="STOP")
            session.add(stop)
        else:
            person.phone = None
    playing.until(night.at(wall))

    revisions = [revision_at(night, playing, seconds) for seconds in (0, 10, 20, 30)]

    assert len(set(revisions)) == 1


def revision_at(night: ANight, playing: Playing, seconds: int) -> int:
    """The event's revision after a tick so many seconds from now."""
    playing.tick(playing.now + timedelta(seconds=seconds))
    return db.session.get_one(Event, night.event.id, populate_existing=True).revision


def test_a_stop_to_another_of_our_numbers_keeps_nobody_from_being_asked(app: Flask) -> None:
    night, playing = with_a_door("Josh Granowski")
    with transaction() as session:
        phone = night.person("Josh Granowski").phone
        session.add(OptOut(phone=phone, sender="+19175550199", at=night.at("18:00"), cause="STOP"))

    assert len(missed(playing, night, "19:06")) == 1
