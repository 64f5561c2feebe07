"""What stage managers are told because time passed: an act that isn't here, a start or an end that nobody marked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.actions.cast import mark_artist_liaison
from coordinator.lineup.actions.answers import say_here
from coordinator.messaging.queries.calls import open_calls
from coordinator.people.models import Person
from coordinator.reminders.actions.alerts import notice_what_is_missing
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import declare_late, end_set, start_set
from tests.builders import a_coordinator, a_message, a_night, a_slot, a_stage, a_stage_manager, an_artist_liaison
from tests.night import ANight
from tests.playing import Playing, knows_us

SAM = Actor("Sam Stage")
NOT_HERE = "Josh Granowski isn't here yet: call time was 7pm. On at 8pm."


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


def said_to(playing: Playing, night: ANight, until: str) -> list[tuple[str, str, str]]:
    """Every text: the minute at the show, to whom, in which words."""
    names = {person.phone: person.name for person in db.session.scalars(select(Person))}
    heard, zone = playing.until(night.at(until)), ZoneInfo(night.event.zone)
    return [(at.astimezone(zone).strftime("%H:%M"), names[to], body) for at, to, body in heard]


def test_whoever_is_not_here_is_asked_then_the_stage_manager_is_told_then_asked_about_the_gap(app: Flask) -> None:
    night, playing, _ = run_night()
    knows_us(night.person("Josh Granowski"), an_artist_liaison(night, "Lia"))

    heard = said_to(playing, night, "19:59")

    assert [each for each in heard if "Josh" in each[2] and "head to" not in each[2] and each[0] > "19:00"] == [
        ("19:05", "Josh Granowski", "Josh, you were due at 7pm. On your way? Reply HERE or LATE 10."),
        ("19:10", "Sam Stage", f"{NOT_HERE} If they play later, reply LATE 10."),
        ("19:10", "Lia", NOT_HERE),
        (
            "19:45",
            "Sam Stage",
            "Still no Josh Granowski, on at 8pm. Open Show night to fill the gap or move them. Or reply LATE 10. "
            "https://show.example/coordinate/justice-in-motion/show",
        ),
    ]


def test_who_was_missed_before_anybody_marked_a_set_is_asked_first_and_told_of_five_minutes_later(app: Flask) -> None:
    night, playing, _ = run_night(attended=False)
    knows_us(night.person("Carlos Lumbi"))
    say_here(night.slot("Josh Granowski"), call_at=night.at("19:00"), actor=SAM, now=night.at("19:00"))
    playing.until(night.at("20:00"))

    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    heard = said_to(playing, night, "20:12")

    assert [(at, who) for at, who, body in heard if "isn't here" in body or "due at" in body] == [
        ("20:05", "Carlos Lumbi"),
        ("20:10", "Sam Stage"),
    ]


def test_a_call_that_left_late_gives_five_minutes_from_then(app: Flask) -> None:
    night, playing, _ = run_night()
    playing.tick(night.at("18:50"))

    playing.tick(night.at("19:20"))
    heard = said_to(playing, night, "19:32")

    assert [(at, who) for at, who, body in heard if "isn't here" in body or "due at" in body] == [
        ("19:25", "Josh Granowski"),
        ("19:30", "Sam Stage"),
    ]


def test_here_in_answer_to_it_ends_it(app: Flask) -> None:
    night, playing, _ = run_night()
    josh = night.person("Josh Granowski")
    playing.until(night.at("19:06"))

    playing.text_in(josh.phone or "", "HERE")
    heard = said_to(playing, night, "19:50")

    assert [body for _, _, body in heard if "Josh Granowski isn't" in body or "Still no Josh" in body] == []


def test_who_says_how_late_they_are_is_waited_for_until_then(app: Flask) -> None:
    night, playing, _ = run_night()
    josh = night.person("Josh Granowski")
    playing.until(night.at("19:02"))

    playing.text_in(josh.phone or "", "LATE 20")
    heard = said_to(playing, night, "19:31")

    missed = [(at, who) for at, who, body in heard if "isn't here" in body or "due at" in body]
    assert missed == [("19:25", "Josh Granowski"), ("19:30", "Sam Stage")]


def test_every_member_of_an_act_is_asked(app: Flask) -> None:
    night = a_night(
        [
            a_slot("The Poor Nobodys", "20:00", people=("Ben Ode", "Nora Bell"), answer="confirmed"),
            a_slot("Carlos", "21:30"),
        ]
    )
    take_charge(night.stage.id, actor=SAM, now=night.at("18:00"))
    playing = Playing(night.at("18:50"))

    heard = said_to(playing, night, "19:06")

    assert {(who, body.partition(" Reply")[0]) for _, who, body in heard if "due at" in body} == {
        ("Ben Ode", "Ben, you were due at 7pm with The Poor Nobodys. On your way?"),
        ("Nora Bell", "Nora, you were due at 7pm with The Poor Nobodys. On your way?"),
    }


def test_who_begins_to_mark_later_is_told_no_sooner_than_ten_minutes_after(app: Flask) -> None:
    night, playing, _ = run_night(attended=False)
    take_charge(night.stage.id, actor=SAM, now=night.at("19:20"))
    playing.until(night.at("19:20"))

    say_here(night.slot("Carlos Lumbi"), call_at=night.at("19:30"), actor=SAM, now=night.at("19:20"))
    heard = said_to(playing, night, "19:40")

    assert [(at, who) for at, who, body in heard if "isn't here" in body] == [("19:30", "Sam Stage")]


def test_who_is_marked_here_in_time_is_not_told_of(app: Flask) -> None:
    night, playing, sam = run_night()

    say_here(night.slot("Josh Granowski"), call_at=night.at("19:00"), actor=SAM, now=night.at("18:55"))

    assert told(playing, sam, night.at("19:15")) == []


def test_a_start_that_nobody_marks_is_asked_for_once_after_five_minutes(app: Flask) -> None:
    night, playing, sam = run_night()
    playing.now = night.at("20:00")
    told(playing, sam, night.at("20:05"))
    say_here(night.slot("Carlos Lumbi"), call_at=night.at("19:30"), actor=SAM, now=night.at("20:05"))

    assert told(playing, sam, night.at("20:20")) == ["Is Josh Granowski on? Due at 8pm. Reply GO, or LATE 10."]


def test_an_end_that_nobody_marks_is_asked_for_and_no_longer_once_it_is_marked(app: Flask) -> None:
    night, playing, sam = run_night()
    say_here(night.slot("Carlos Lumbi"), call_at=night.at("19:30"), actor=SAM, now=night.at("19:00"))
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    playing.now = night.at("20:20")

    asked = told(playing, sam, night.at("20:27"))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:27"))

    assert asked == ["Is Josh Granowski still on? Due to end at 8:20pm. Reply DONE, or LATE 10 if Carlos Lumbi moves."]
    assert told(playing, sam, night.at("20:34")) == []


def asked_by(playing: Playing, night: ANight, until: str) -> list[tuple[str, str, str]]:
    """Who is asked about what is not marked, at which minute, in which words."""
    return [each for each in said_to(playing, night, until) if "Is Ana" in each[2] or "marked" in each[2]]


@pytest.fixture
def crewed(app: Flask) -> tuple[ANight, Playing]:
    """Ana and Ben at 20:00, each on their own stage; two who run them, and Lia who looks after the performers."""
    night = a_night(
        stages=[
            a_stage("Garden stage", [a_slot("Ana Alder", "20:00", minutes=20, answer="confirmed")]),
            a_stage("Barn", [a_slot("Ben Birch", "20:00", minutes=20, answer="confirmed")]),
        ]
    )
    knows_us(a_stage_manager(night, "Sam Stage"), a_stage_manager(night, "Tess Stage"), an_artist_liaison(night, "Lia"))
    for name in ("Ana Alder", "Ben Birch"):
        say_here(night.slot(name), call_at=night.at("19:00"), actor=SAM, now=night.at("18:45"))
    return night, Playing(night.at("19:55"))


def test_whoever_took_charge_is_asked_first_and_the_others_and_the_liaison_five_minutes_later(
    crewed: tuple[ANight, Playing],
) -> None:
    night, playing = crewed
    take_charge(night.slot("Ana Alder").stage_id, actor=Actor("Tess Stage"), now=night.at("19:50"))

    assert asked_by(playing, night, "20:40") == [
        ("20:05", "Tess Stage", "Is Ana Alder on? Due at 8pm, Garden stage. Reply GO GARDEN, or LATE 10 GARDEN."),
        (
            "20:10",
            "Sam Stage",
            "Is Ana Alder on? Due at 8pm, Garden stage. Tess hasn't marked it. Reply GO GARDEN, or LATE 10 GARDEN.",
        ),
        (
            "20:10",
            "Lia",
            "Is Ana Alder on? Due at 8pm, Garden stage, and nobody has marked it. Please check with Tess.",
        ),
    ]


def test_what_is_marked_meanwhile_is_asked_of_nobody_else(crewed: tuple[ANight, Playing]) -> None:
    night, playing = crewed
    take_charge(night.slot("Ana Alder").stage_id, actor=SAM, now=night.at("19:50"))

    asked = asked_by(playing, night, "20:08")
    start_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("20:08"))

    assert [who for _, who, _ in asked] == ["Sam Stage"]
    assert asked_by(playing, night, "20:25") == []


def test_whoever_pressed_there_last_is_asked_about_its_end_and_the_last_set_moves_nothing(
    crewed: tuple[ANight, Playing],
) -> None:
    night, playing = crewed
    take_charge(night.slot("Ana Alder").stage_id, actor=SAM, now=night.at("19:50"))
    start_set(night.slot("Ana Alder").id, actor=Actor("Tess Stage"), now=night.at("20:00"))

    asked = asked_by(playing, night, "20:40")

    assert asked[0] == (
        "20:25",
        "Tess Stage",
        "Is Ana Alder still on? Due to end at 8:20pm, Garden stage. Reply DONE GARDEN.",
    )
    assert [(at, who) for at, who, _ in asked[1:]] == [("20:30", "Sam Stage"), ("20:30", "Lia")]


def test_a_liaison_who_may_run_the_stage_can_answer_too(crewed: tuple[ANight, Playing]) -> None:
    night, playing = crewed
    alice = a_coordinator("Alice", organisation=night.organisation)
    knows_us(alice.person)
    mark_artist_liaison(night.event, alice.person, liaises=True, actor=SAM, now=night.at("19:00"))
    take_charge(night.slot("Ana Alder").stage_id, actor=SAM, now=night.at("19:50"))

    asked = {who: words for _, who, words in asked_by(playing, night, "20:12")}

    assert asked["Alice"].endswith("Sam hasn't marked it. Reply GO GARDEN, or LATE 10 GARDEN.")


def test_an_owner_without_texts_who_runs_it_is_called_and_the_others_are_asked(crewed: tuple[ANight, Playing]) -> None:
    night, playing = crewed
    alice = a_coordinator("Alice", organisation=night.organisation)
    with transaction():
        alice.person.agreed_at = None
    take_charge(night.slot("Ana Alder").stage_id, actor=Actor.of(alice), now=night.at("19:50"))

    asked = asked_by(playing, night, "20:12")
    owed = [(call.kind, call.person.name) for call in open_calls(night.event.id, night.at("20:12"))]

    assert {who for _, who, _ in asked} == {"Sam Stage", "Tess Stage", "Lia"}
    assert owed == [("alert-overdue", "Alice")]


def test_late_in_answer_to_it_is_not_asked_about_again(crewed: tuple[ANight, Playing]) -> None:
    night, playing = crewed
    take_charge(night.slot("Ana Alder").stage_id, actor=SAM, now=night.at("19:50"))
    playing.until(night.at("20:06"))

    said = playing.heard_by(night.person("Sam Stage").phone or "", [(night.at("20:07"), "LATE 10 GARDEN")])

    assert said[0].startswith("Ana Alder is now at 8:17pm, was 8:07pm.")


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

    playing.until(night.at("19:11"))
    owed = [(call.kind, call.person.name) for call in open_calls(night.event.id, night.at("19:11"))]
    say_here(night.slot("Josh Granowski"), call_at=night.at("19:00"), actor=SAM, now=night.at("19:11"))
    playing.until(night.at("19:12"))

    assert owed == [("alert-not-here", "Sam Stage")]
    assert open_calls(night.event.id, night.at("19:12")) == []


def test_in_spanish_it_is_told_in_spanish(app: Flask) -> None:
    night, playing, sam = run_night(language="es")

    assert told(playing, sam, night.at("19:15")) == [
        "Josh Granowski no ha llegado: lo esperabamos a las 7pm. Toca a las 8pm. Si toca mas tarde, responde TARDE 10."
    ]


def test_looking_at_the_clock_again_finds_nothing_new(app: Flask) -> None:
    night, playing, _ = run_night()
    playing.until(night.at("19:11"))

    assert notice_what_is_missing(night.at("19:11") + timedelta(seconds=10)) == 0
    db.session.rollback()


def test_moving_the_set_later_moves_its_call_time(app: Flask) -> None:
    night, playing, sam = run_night()

    declare_late(night.slot("Josh Granowski").id, 30, actor=SAM, now=night.at("18:55"))

    assert told(playing, sam, night.at("19:39")) == []
    assert len(told(playing, sam, night.at("19:41"))) == 1
