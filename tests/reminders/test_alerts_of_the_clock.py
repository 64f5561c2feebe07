"""What stage managers are told because time passed: an act that isn't here, a start or an end that nobody marked."""

from datetime import datetime, timedelta

from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.lineup.actions.answers import say_here
from coordinator.messaging.queries.calls import open_calls
from coordinator.reminders.actions.alerts import notice_what_is_missing
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import declare_late, end_set, start_set
from tests.builders import a_coordinator, a_message, a_night, a_slot, a_stage_manager
from tests.night import ANight
from tests.playing import Playing

SAM = Actor("Sam Stage")


def run_night(*, attended: bool = True, language: str = "en") -> tuple[ANight, Playing, str]:
    """Josh at 20:00 for 20 minutes, Carlos at 20:30; it is 18:50. Also the phone of Sam, who manages the stage."""
    night = a_night(
        [a_slot("Josh Granowski", "20:00", minutes=20, answer="confirmed"), a_slot("Carlos Lumbi", "20:30")]
    )
    sam = a_stage_manager(night, "Sam Stage")
    with transaction():
        sam.language = language
    a_message(night, sam, state="delivered", claimed_at=night.at("12:00"))
    if attended:
        take_charge(night.slot("Josh Granowski").stage_id, actor=SAM, now=night.at("18:00"))
    return night, Playing(night.at("18:50")), sam.phone or ""


def told(playing: Playing, phone: str, until: datetime) -> list[str]:
    """What this phone gets until then."""
    return [body for _, to, body in playing.until(until) if to == phone]


def test_an_act_that_is_not_here_at_its_call_time_is_told_once(app: Flask) -> None:
    night, playing, sam = run_night()

    assert told(playing, sam, night.at("18:59")) == []
    assert told(playing, sam, night.at("19:15")) == [
        "Josh Granowski isn't here yet: call time was 7pm. On at 8pm. If they play later, reply LATE 10."
    ]


def test_who_is_marked_here_in_time_is_not_told_of(app: Flask) -> None:
    night, playing, sam = run_night()

    say_here(night.slot("Josh Granowski"), call_at=night.at("19:00"), actor=SAM, now=night.at("18:55"))

    assert told(playing, sam, night.at("19:15")) == []


def test_a_start_that_nobody_marks_is_asked_for_once_after_five_minutes(app: Flask) -> None:
    night, playing, sam = run_night()
    playing.now = night.at("20:00")
    told(playing, sam, night.at("20:05"))

    assert told(playing, sam, night.at("20:20")) == [
        "Josh Granowski was due on at 8pm. On now? Reply GO. Running late? Reply LATE 10."
    ]


def test_an_end_that_nobody_marks_is_asked_for_and_no_longer_once_it_is_marked(app: Flask) -> None:
    night, playing, sam = run_night()
    say_here(night.slot("Carlos Lumbi"), call_at=night.at("19:30"), actor=SAM, now=night.at("19:00"))
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    playing.now = night.at("20:20")

    asked = told(playing, sam, night.at("20:27"))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:27"))

    assert asked == [
        "Josh Granowski was due to finish at 8:20pm. Done? Reply DONE. If what's next moves, reply LATE 10."
    ]
    assert told(playing, sam, night.at("20:34")) == []


def test_where_nobody_runs_the_stage_nobody_is_told(app: Flask) -> None:
    night, playing, sam = run_night(attended=False)

    assert told(playing, sam, night.at("21:30")) == []


def test_a_move_before_it_leaves_takes_it_back(app: Flask) -> None:
    night, playing, sam = run_night()
    playing.now = night.at("19:30")
    told(playing, sam, night.at("20:04"))

    declare_late(night.slot("Josh Granowski").id, 30, actor=SAM, now=night.at("20:04"))

    assert told(playing, sam, night.at("20:34")) == []


def test_a_member_who_manages_this_stage_is_told_and_one_of_another_stage_is_not(app: Flask) -> None:
    night, playing, _ = run_night()
    stage_id = night.slot("Josh Granowski").stage_id
    ours = a_coordinator("Bea Stage", organisation=night.organisation, role="stage_manager")
    other = a_coordinator("Cal Stage", organisation=night.organisation, role="stage_manager")
    with transaction():
        ours.stage_ids, other.stage_ids = [stage_id], [stage_id + 1]

    texts = playing.until(night.at("19:15"))

    heard = {to for _, to, body in texts if "isn't here yet" in body}
    assert ours.person.phone in heard
    assert other.person.phone not in heard


def test_a_stage_manager_without_texts_is_on_the_call_list_until_it_is_over(app: Flask) -> None:
    night, playing, _ = run_night()
    with transaction():
        night.person("Sam Stage").agreed_at = None

    playing.until(night.at("19:05"))
    owed = [(call.kind, call.person.name) for call in open_calls(night.event.id, night.at("19:05"))]
    say_here(night.slot("Josh Granowski"), call_at=night.at("19:00"), actor=SAM, now=night.at("19:05"))
    playing.until(night.at("19:06"))

    assert owed == [("alert-not-here", "Sam Stage")]
    assert open_calls(night.event.id, night.at("19:06")) == []


def test_in_spanish_it_is_told_in_spanish(app: Flask) -> None:
    night, playing, sam = run_night(language="es")

    assert told(playing, sam, night.at("19:15")) == [
        "Josh Granowski no ha llegado: lo esperabamos a las 7pm. Toca a las 8pm. Si toca mas tarde, responde TARDE 10."
    ]


def test_looking_at_the_clock_again_finds_nothing_new(app: Flask) -> None:
    night, playing, _ = run_night()
    playing.until(night.at("19:05"))

    assert notice_what_is_missing(night.at("19:05") + timedelta(seconds=10)) == 0
    db.session.rollback()


def test_moving_the_set_later_moves_its_call_time(app: Flask) -> None:
    night, playing, sam = run_night()

    declare_late(night.slot("Josh Granowski").id, 30, actor=SAM, now=night.at("18:55"))

    assert told(playing, sam, night.at("19:29")) == []
    assert len(told(playing, sam, night.at("19:31"))) == 1
