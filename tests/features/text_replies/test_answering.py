"""What answers by text change, and what is said back; on both databases, through the way in that every text takes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator.core.sms_text import segments
from coordinator.db import db, transaction
from coordinator.lineup.models import Slot
from coordinator.messaging.models import Message
from coordinator.messaging.queries.texts import inbox
from coordinator.shifts.queries.searching import searches_of
from tests.builders import a_night, a_person, a_shift, a_slot, a_stage, a_stage_manager, minutes
from tests.night import ANight
from tests.playing import Playing, knows_us

LINK = "https://show.example/me/~"


def a_phone_of(night: ANight, name: str) -> str:
    phone = night.person(name).phone
    assert phone is not None
    return phone


def said_back(playing: Playing) -> list[str]:
    """What left on its own for the last text that came in; personal links are cut short."""
    return [re.sub(r"/me/[\w-]+", "/me/~", body) for body in playing.tick() if "can you play" not in body]


def one_act(**columns: Any) -> tuple[ANight, Playing]:
    night = a_night([a_slot("Josh Granowski", "20:00", minutes=20, **columns)])
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    return night, playing


@pytest.mark.parametrize("word", ["C", "c.", " 1 ", "OK", "1️⃣", "yes", "Sí"])
def test_c_confirms_the_one_open_question(sqlite_app: Flask, word: str) -> None:
    night, playing = one_act()

    playing.text_in(a_phone_of(night, "Josh Granowski"), word)

    assert night.slot("Josh Granowski").answer == "confirmed"
    assert night.slot("Josh Granowski").answered_via == "text"
    assert len(said_back(playing)) == 1


def test_yes_to_something_else_does_not_take_back_what_was_declined(app: Flask) -> None:
    night, playing = one_act(answer="declined")
    knows_us(night.person("Josh Granowski"))

    playing.text_in(a_phone_of(night, "Josh Granowski"), "Yes")

    assert night.slot("Josh Granowski").answer == "declined"
    assert [message.body for message in inbox(night.organisation.id)] == ["Yes"]
    assert said_back(playing) == ["Sorry, I didn't get that. A coordinator has your message."]


def test_yes_does_not_confirm_after_stop(app: Flask) -> None:
    night, playing = one_act()
    josh = a_phone_of(night, "Josh Granowski")

    playing.text_in(josh, "STOP")
    playing.text_in(josh, "YES")

    assert night.slot("Josh Granowski").answer == "invited"
    assert [message.body for message in inbox(night.organisation.id)] == ["YES"]


def test_yes_to_two_open_questions_is_asked_which_and_answers_by_name(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Josh & Co", "21:00", people=("Josh Granowski",))])
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    josh = a_phone_of(night, "Josh Granowski")
    playing.text_in(josh, "Yes")
    asked = said_back(playing)
    playing.text_in(josh, "the Co one")

    assert asked == ["Which one? Reply 3 for Josh Granowski 8pm, Fri Dec 4; 4 for Josh & Co 9pm, Fri Dec 4."]
    assert [night.slot(name).answer for name in ("Josh Granowski", "Josh & Co")] == ["invited", "confirmed"]
    assert inbox(night.organisation.id) == []


def test_yes_does_not_take_back_that_cover_is_wanted(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Front door", "19:00", "21:00", people=("Cleo Cedar",))])
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    cleo = a_phone_of(night, "Cleo Cedar")

    playing.text_in(cleo, "COVER")
    wants_cover = [sign_up.wants_cover_at for sign_up in night.shift("front-door-1").sign_ups]
    playing.text_in(cleo, "yes")

    assert [sign_up.wants_cover_at for sign_up in night.shift("front-door-1").sign_ups] == wants_cover == [playing.now]
    assert [message.body for message in inbox(night.organisation.id)] == ["yes"]


def test_every_answer_is_echoed_in_words_and_can_be_undone(app: Flask) -> None:
    night, playing = one_act()
    josh = a_phone_of(night, "Josh Granowski")

    said = []
    for word in ("C", "X", "UNDO", "UNDO", "UNDO"):
        playing.text_in(josh, word)
        said += said_back(playing)

    assert said == [
        "Thanks, Josh. Josh Granowski is confirmed: 8pm on Fri Dec 4. If plans change, reply X.",
        "Thanks for telling us, Josh. Josh Granowski won't play at 8pm on Fri Dec 4. Changed your mind? Reply C.",
        "Undone: you're confirmed.",
        "Undone. We're waiting for your answer again: C for yes, X for no.",
        "There's nothing from the last 10 minutes to undo.",
    ]
    assert night.slot("Josh Granowski").answer == "invited"


def test_an_answer_cannot_be_undone_after_ten_minutes(sqlite_app: Flask) -> None:
    night, playing = one_act()
    josh = a_phone_of(night, "Josh Granowski")
    playing.text_in(josh, "C")

    playing.tick(playing.now + timedelta(minutes=11))
    playing.text_in(josh, "UNDO")

    assert night.slot("Josh Granowski").answer == "confirmed"


def test_a_phone_with_two_open_questions_is_asked_which(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Josh & Co", "21:00", people=("Josh Granowski",))])
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    josh = a_phone_of(night, "Josh Granowski")

    playing.text_in(josh, "C")
    asked = said_back(playing)
    playing.text_in(josh, "4")
    said = said_back(playing)

    assert asked == ["Which one? Reply 3 for Josh Granowski 8pm, Fri Dec 4; 4 for Josh & Co 9pm, Fri Dec 4."]
    assert said == ["Thanks, Josh. Josh & Co is confirmed: 9pm on Fri Dec 4. If plans change, reply X."]
    assert (night.slot("Josh Granowski").answer, night.slot("Josh & Co").answer) == ("invited", "confirmed")


def test_a_phone_shared_by_two_people_is_asked_which(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:30")])
    with transaction():
        night.person("Carlos Lumbi").phone = night.person("Josh Granowski").phone
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    playing.text_in(a_phone_of(night, "Josh Granowski"), "X")
    playing.tick()
    playing.text_in(a_phone_of(night, "Josh Granowski"), "3")

    assert (night.slot("Josh Granowski").answer, night.slot("Carlos Lumbi").answer) == ("declined", "invited")


def test_a_number_that_nobody_offered_is_free_text(sqlite_app: Flask) -> None:
    night, playing = one_act()

    playing.text_in(a_phone_of(night, "Josh Granowski"), "7")

    assert [message.body for message in inbox(night.organisation.id)] == ["7"]


def test_late_of_a_performer_is_kept_for_the_stage_manager_to_decide(app: Flask) -> None:
    night, playing = one_act(answer="confirmed")
    knows_us(night.person("Josh Granowski"))
    josh = a_phone_of(night, "Josh Granowski")

    playing.text_in(josh, "Late 10 min")
    said = said_back(playing)

    slot = night.slot("Josh Granowski")
    assert (slot.said_late_by, slot.late_by) == (minutes(10), None)
    assert said == ["Got it, Josh: about 8:10pm, 10 min late. The stage manager will confirm."]


def test_here_of_a_performer_is_kept_on_the_day_only(sqlite_app: Flask) -> None:
    night, playing = one_act(answer="confirmed")
    josh = a_phone_of(night, "Josh Granowski")

    playing.text_in(josh, "HERE")
    early = night.slot("Josh Granowski").said_here_at
    playing.tick(night.at("18:00"))
    playing.text_in(josh, "HERE")

    assert (early, night.slot("Josh Granowski").said_here_at) == (None, night.at("18:00"))


def test_free_text_changes_nothing_and_waits_for_a_person(app: Flask) -> None:
    night, playing = one_act()

    playing.text_in(a_phone_of(night, "Josh Granowski"), "Can I bring my own amp? OK?")

    assert night.slot("Josh Granowski").answer == "invited"
    assert [message.body for message in inbox(night.organisation.id)] == ["Can I bring my own amp? OK?"]
    assert said_back(playing) == [
        "Sorry, I didn't get that. Reply C for yes, X for no. A coordinator has your message."
    ]


def test_a_person_is_answered_in_their_language(app: Flask) -> None:
    night, playing = one_act()
    with transaction():
        night.person("Josh Granowski").language = "es"

    playing.text_in(a_phone_of(night, "Josh Granowski"), "CUANDO")

    assert said_back(playing) == [f"Josh: llega a las 7pm; Josh Granowski 8-8:20pm, vie 4 dic, The Old Chapel. {LINK}"]


def test_when_tells_hours_place_and_the_own_link(app: Flask) -> None:
    shift = a_shift("Front door", "19:00", "21:00", people=("Cleo Cedar",), call=minutes(20), place="Street side")
    night = a_night([], shifts=[shift])
    knows_us(night.person("Cleo Cedar"))
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    playing.text_in(a_phone_of(night, "Cleo Cedar"), "when do I work?")

    assert said_back(playing) == [
        f"Cleo: be there 6:40pm; Front door 7-9pm, Fri Dec 4, Street side, The Old Chapel. {LINK}"
    ]


def test_when_lists_what_fits_with_how_many_more_and_the_link(app: Flask) -> None:
    shifts = [
        a_shift(role, f"{hour}:00", f"{hour}:45", people=("Cleo Cedar",), call=minutes(10))
        for role, hour in (("Set up", 15), ("Front door", 17), ("Tea", 19), ("Clear up", 22))
    ]
    night = a_night([], shifts=shifts)
    knows_us(night.person("Cleo Cedar"))
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    playing.text_in(a_phone_of(night, "Cleo Cedar"), "WHEN")

    [said] = said_back(playing)
    assert said == (
        f"Cleo: Set up 3-3:45pm, Fri Dec 4; Front door 5-5:45pm, Fri Dec 4; Tea 7-7:45pm, Fri Dec 4, and 1 more. {LINK}"
    )
    assert segments(said.replace("~", "personal-link------------")) == 1


def test_when_from_a_shared_phone_says_whose_and_gives_nobody_anothers_link(app: Flask) -> None:
    night = a_night(
        [a_slot("Band", "20:00", people=("Ana", "Ben"), answer="confirmed")],
        shifts=[a_shift("Clear up", "22:00", "23:00", people=("Ben",))],
    )
    with transaction():
        night.person("Ben").phone = night.person("Ana").phone
    knows_us(night.person("Ana"))
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    playing.text_in(a_phone_of(night, "Ana"), "WHEN")

    assert said_back(playing) == [
        "Ana & Ben: Band 8-8:30pm (be there 7pm), Fri Dec 4; Ben, Clear up 10-11pm, Fri Dec 4."
    ]


def test_a_volunteer_asks_for_cover_and_keeps_the_shift_until_somebody_is_found(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Front door", "19:00", "21:00", people=("Cleo Cedar",))])
    knows_us(night.person("Cleo Cedar"))
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    playing.text_in(a_phone_of(night, "Cleo Cedar"), "COVER")

    assert said_back(playing) == [
        "Thanks, Cleo. We're looking for someone. Until we text you, Front door at 7pm on Fri Dec 4 is still yours."
    ]
    assert [sign_up.state for sign_up in night.shift("front-door-1").sign_ups] == ["confirmed"]
    [search] = searches_of(night.event)
    assert (search.why, search.leaving and search.leaving.person.name, search.outcome) == (
        "asked",
        "Cleo Cedar",
        "nobody",
    )
    assert inbox(night.organisation.id) == []


def test_a_stage_managers_phone_runs_the_night(app: Flask) -> None:
    night = a_night(
        [
            a_slot("Ana Alder", "20:00", minutes=30, changeover=20, changeover_min=10, answer="confirmed"),
            a_slot("Ben Birch", "20:50", minutes=40, changeover=20, changeover_min=10, answer="confirmed"),
        ]
    )
    sam = a_stage_manager(night, "Sam Stage").phone or ""
    knows_us(night.person("Sam Stage"))
    playing = Playing(night.at("20:02"))
    playing.tick()

    said = []
    for wall, word in (
        ("20:02", "GO"),
        ("20:34", "DONE"),
        ("20:35", "LATE 10"),
        ("20:36", "UNDO"),
        ("20:37", "STATUS"),
    ):
        playing.tick(night.at(wall))
        playing.text_in(sam, word)
        said += [body for _, phone, body in _left_to(playing, sam)]

    assert said == [
        "Ana Alder started at 8:02pm. Next: Ben Birch at 8:50pm. Show ends at 9:30pm, curfew 11pm. "
        "Reply UNDO to take it back.",
        "Ana Alder finished at 8:34pm. Next: Ben Birch at 8:50pm. Show ends at 9:30pm, curfew 11pm. "
        "Reply UNDO to take it back.",
        "Ben Birch is now at 9pm, was 8:50pm. Show ends at 9:40pm, curfew 11pm. Texts go out in a minute. "
        "Reply UNDO to take it back.",
        "Undone: Ben Birch running late. Next: Ben Birch at 8:50pm. Show ends at 9:30pm, curfew 11pm.",
        "Next: Ben Birch at 8:50pm. Show ends at 9:30pm, curfew 11pm.",
    ]
    slots = {slot.name: slot for slot in db.session.query(Slot)}
    assert slots["Ana Alder"].started_at == night.at("20:02")
    assert slots["Ana Alder"].ended_at == night.at("20:34")
    assert slots["Ben Birch"].late_by is None


def _left_to(playing: Playing, phone: str) -> list[tuple[object, str, str]]:
    before = len(playing.texts)
    playing.tick()
    return [text for text in playing.texts[before:] if text[1] == phone]


def test_go_on_a_night_with_two_stages_asks_which(app: Flask) -> None:
    night = a_night(
        stages=[
            a_stage("Barn", [a_slot("Ana Alder", "20:00", answer="confirmed")]),
            a_stage("Yard", [a_slot("Ben Birch", "20:00", answer="confirmed")]),
        ]
    )
    sam = a_stage_manager(night, "Sam Stage").phone or ""
    knows_us(night.person("Sam Stage"))
    playing = Playing(night.at("20:00"))
    playing.tick()

    playing.text_in(sam, "GO")
    asked = [body for _, _, body in _left_to(playing, sam)]
    playing.text_in(sam, "4")

    assert asked == ["Which one? Reply 3 for Barn; 4 for Yard."]
    assert night.slot("Ben Birch").started_at == night.at("20:00")
    assert night.slot("Ana Alder").started_at is None


def test_go_of_somebody_who_does_not_run_the_night_starts_nothing(app: Flask) -> None:
    night = a_night([a_slot("Ana Alder", "20:00", answer="confirmed")])
    playing = Playing(night.at("20:00"))
    playing.tick()

    playing.text_in(a_phone_of(night, "Ana Alder"), "GO")

    assert night.slot("Ana Alder").started_at is None


def test_an_unknown_number_is_kept_for_a_coordinator(app: Flask) -> None:
    night, playing = one_act()

    message: Message = playing.text_in("+12125550199", "C")

    assert message.needs_answer
    assert night.slot("Josh Granowski").answer == "invited"


def test_nobody_of_another_organisation_answers_for_ours(app: Flask) -> None:
    night, playing = one_act()
    charlie = a_person("Charlie")

    playing.text_in(charlie.phone or "", "C")

    assert night.slot("Josh Granowski").answer == "invited"
