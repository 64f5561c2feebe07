"""A performer's LATE: what it counts from, who hears of it, and what accepting it does."""

from datetime import timedelta

from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.messaging.queries.calls import open_calls
from coordinator.shownight.actions.pressing import declare_late
from coordinator.shownight.actions.undoing import undo_press
from tests.builders import a_message, a_night, a_slot, a_stage_manager, minutes
from tests.night import ANight
from tests.playing import Playing

SAM = Actor("Sam Stage")
HALF_A_MINUTE = timedelta(seconds=30)


def tonight(*, told: str = "20:30", language: str = "en") -> tuple[ANight, Playing, str, str]:
    """Josh is planned at 20:30, confirmed and told ``told``; it is 19:00. Also the phones of Josh and Sam."""
    night = a_night([a_slot("Josh Granowski", "20:30", answer="confirmed")])
    sam, josh = a_stage_manager(night, "Sam Stage"), night.person("Josh Granowski")
    with transaction():
        josh.language = sam.language = language
    for person in (josh, sam):
        a_message(night, person, state="delivered", claimed_at=night.at("12:00"))
    playing = Playing(night.at("19:00"))
    playing.tick()
    a_message(
        night,
        josh,
        slot_id=night.slot("Josh Granowski").id,
        anchor="set_start",
        says_at=night.at(told),
        claimed_at=night.at("19:00"),
        state="delivered",
    )
    return night, playing, josh.phone or "", sam.phone or ""


def left_to(playing: Playing, phone: str, after: timedelta = timedelta(0)) -> list[str]:
    """What leaves to this phone from now until so long after."""
    seen = len(playing.texts)
    playing.tick()
    playing.until(playing.now + after)
    return [body for _, to, body in playing.texts[seen:] if to == phone]


def test_it_counts_from_the_time_that_they_were_told_and_is_kept_as_an_instant(app: Flask) -> None:
    night, playing, josh, _ = tonight(told="20:40")

    playing.text_in(josh, "LATE 15")

    slot = night.slot("Josh Granowski")
    assert left_to(playing, josh) == ["Got it, Josh: about 8:55pm, 15 min late. The stage manager will confirm."]
    assert (slot.said_start_at, slot.late_by) == (night.at("20:55"), None)


def test_who_was_told_no_time_counts_from_the_one_that_holds(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:30", answer="confirmed")])
    with transaction():
        night.person("Josh Granowski").agreed_at = None
    playing, josh = Playing(night.at("19:00")), night.person("Josh Granowski").phone or ""
    declare_late(night.slot("Josh Granowski").id, 10, actor=SAM, now=night.at("18:00"))

    playing.text_in(josh, "LATE 15")

    assert night.slot("Josh Granowski").said_start_at == night.at("20:55")


def test_it_reaches_the_stage_manager_half_a_minute_later_with_the_reply_that_sets_exactly_that(app: Flask) -> None:
    _, playing, josh, sam = tonight()

    playing.text_in(josh, "LATE 15")

    assert left_to(playing, sam) == []
    assert left_to(playing, sam, HALF_A_MINUTE) == [
        "Josh Granowski is running 15 min late: about 8:45pm. To set that time, reply LATE 15."
    ]
    assert left_to(playing, sam, minutes(20)) == []


def test_in_spanish_both_sides_read_the_clock_time(app: Flask) -> None:
    _, playing, josh, sam = tonight(language="es")

    playing.text_in(josh, "TARDE 15")

    assert left_to(playing, josh) == [
        "Anotado, Josh: alrededor de las 8:45pm, 15 min tarde. Quien dirige el escenario te lo confirma."
    ]
    assert left_to(playing, sam, HALF_A_MINUTE) == [
        "Josh Granowski avisa que va 15 min tarde: alrededor de las 8:45pm. Para fijar esa hora, responde TARDE 15."
    ]


def test_the_performers_undo_within_half_a_minute_keeps_it_from_the_stage_manager(app: Flask) -> None:
    night, playing, josh, sam = tonight()

    playing.text_in(josh, "LATE 15")
    playing.tick()
    playing.text_in(josh, "UNDO")

    assert left_to(playing, sam, minutes(10)) == []
    assert night.slot("Josh Granowski").said_start_at is None


def test_who_comes_on_time_after_all_says_so_to_whoever_was_told(app: Flask) -> None:
    _, playing, josh, sam = tonight()
    playing.text_in(josh, "LATE 15")
    left_to(playing, sam, HALF_A_MINUTE)

    playing.text_in(josh, "LATE 0")

    assert left_to(playing, sam, minutes(2)) == ["Josh Granowski will be on time after all: 8:30pm."]


def test_accepting_it_sets_exactly_that_time_and_tells_them_once(app: Flask) -> None:
    night, playing, josh, sam = tonight(told="20:40")
    playing.text_in(josh, "LATE 5")
    left_to(playing, josh, minutes(1))

    declare_late(night.slot("Josh Granowski").id, 15, actor=SAM, now=playing.now)

    assert left_to(playing, josh, minutes(10)) == ["OK Josh, you're on at 8:45pm."]
    assert night.slot("Josh Granowski").late_by == minutes(15)
    assert left_to(playing, sam, minutes(1)) == []


def test_in_spanish_it_is_accepted_too(app: Flask) -> None:
    night, playing, josh, _ = tonight(language="es")
    playing.text_in(josh, "TARDE 15")
    left_to(playing, josh, minutes(1))

    declare_late(night.slot("Josh Granowski").id, 15, actor=SAM, now=playing.now)

    assert left_to(playing, josh, minutes(10)) == ["De acuerdo, Josh: te toca a las 8:45pm."]


def test_a_stage_manager_who_decides_otherwise_tells_them_the_time_that_holds(app: Flask) -> None:
    night, playing, josh, _ = tonight()
    playing.text_in(josh, "LATE 30")
    left_to(playing, josh, minutes(1))

    declare_late(night.slot("Josh Granowski").id, 10, actor=SAM, now=playing.now)

    assert left_to(playing, josh, minutes(10)) == [
        "Josh, the stage manager needs you on at 8:40pm. Can't make it? Reply X."
    ]


def test_an_acceptance_that_is_undone_within_half_a_minute_tells_nobody_anything(app: Flask) -> None:
    night, playing, josh, _ = tonight()
    playing.text_in(josh, "LATE 15")
    left_to(playing, josh, minutes(1))

    made = declare_late(night.slot("Josh Granowski").id, 15, actor=SAM, now=playing.now)
    playing.tick()
    undo_press(made.id, actor=SAM, now=playing.now)

    assert left_to(playing, josh, minutes(10)) == []
    assert night.slot("Josh Granowski").asked_late_until == night.at("20:45")


def test_who_cannot_be_texted_is_called(app: Flask) -> None:
    night, playing, josh, _ = tonight()
    playing.text_in(josh, "LATE 15")
    left_to(playing, josh, minutes(1))
    with transaction():
        night.person("Josh Granowski").agreed_at = None

    declare_late(night.slot("Josh Granowski").id, 15, actor=SAM, now=playing.now)
    playing.tick()

    [call] = open_calls(night.event.id, playing.now)
    assert (call.person.name, call.kind, call.why, call.says_at) == (
        "Josh Granowski",
        "accepted",
        "not_agreed",
        night.at("20:45"),
    )


def test_a_no_reaches_the_stage_manager_and_so_does_its_end(app: Flask) -> None:
    _, playing, josh, sam = tonight()

    playing.text_in(josh, "X")
    cannot = left_to(playing, sam, minutes(1))
    playing.text_in(josh, "C")
    can = left_to(playing, sam, minutes(1))

    assert cannot == ["Josh Granowski can't play at 8:30pm. No times have changed: you decide on the Show night page."]
    assert can == ["Josh Granowski can play after all: 8:30pm."]


def test_a_no_that_is_undone_in_time_reaches_nobody(app: Flask) -> None:
    _, playing, josh, sam = tonight()

    playing.text_in(josh, "X")
    playing.tick()
    playing.text_in(josh, "UNDO")

    assert left_to(playing, sam, minutes(10)) == []


def test_a_stage_manager_whose_reply_would_set_something_else_is_not_told_one(app: Flask) -> None:
    night = a_night(
        [a_slot("Ana Alder", "20:00", answer="confirmed"), a_slot("Ben Birch", "21:00", answer="confirmed")]
    )
    sam = a_stage_manager(night, "Sam Stage")
    a_message(night, sam, state="delivered", claimed_at=night.at("12:00"))
    playing = Playing(night.at("19:00"))
    playing.tick()

    playing.text_in(night.person("Ben Birch").phone or "", "LATE 10")

    assert left_to(playing, sam.phone or "", HALF_A_MINUTE) == ["Ben Birch is running 10 min late: about 9:10pm."]
