"""HERE and LATE of volunteers: the same marks as a coordinator's press, with a way back."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from coordinator.core.sms_text import measure
from coordinator.db import db
from coordinator.people.actions import edit_person
from coordinator.shifts.models import Mark, SignUp
from tests.builders import a_night, a_shift, minutes
from tests.night import ANight
from tests.playing import Playing


def a_door_night() -> tuple[ANight, Playing, str]:
    shifts = [
        a_shift("Front door", "19:15", "20:45", people=("Dana Door",)),
        a_shift("Clear up", "22:00", "23:00", people=("Dana Door",)),
    ]
    night = a_night(shifts=shifts)
    playing = Playing(night.at("18:30"))
    playing.tick()
    phone = night.person("Dana Door").phone
    assert phone is not None
    return night, playing, phone


def sign_ups() -> list[SignUp]:
    return list(db.session.scalars(select(SignUp).order_by(SignUp.id)))


def marks() -> list[tuple[str, str, str]]:
    return [(each.mark, each.how, each.by) for each in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_here_is_a_mark_by_text_and_undo_takes_it_back(app: Flask) -> None:
    night, playing, phone = a_door_night()

    playing.text_in(phone, "HERE")
    here = (sign_ups()[0].state, sign_ups()[0].here_at)
    playing.tick(night.at("18:31"))
    playing.text_in(phone, "UNDO")

    assert here == ("checked_in", night.at("18:30"))
    assert (sign_ups()[0].state, sign_ups()[0].here_at) == ("confirmed", None)
    assert marks() == [("here", "text", "Dana Door"), ("not_here", "text", "Dana Door")]


def test_late_stands_beside_their_shift_and_undo_brings_back_what_they_said_before(app: Flask) -> None:
    _, playing, phone = a_door_night()
    said = []

    for body in ("LATE 10", "TARDE 20", "UNDO"):
        playing.tick(playing.now + minutes(1))
        playing.text_in(phone, body)
        said.append([each.late_by for each in sign_ups()])

    assert said == [[minutes(10), None], [minutes(20), None], [minutes(10), None]]
    assert marks() == [("late", "text", "Dana Door")] * 3


def test_what_is_answered_to_late_is_true_of_a_volunteer_in_both_languages(app: Flask) -> None:
    night, playing, phone = a_door_night()

    for body, language in (("LATE 10", "en"), ("LATE 0", "en"), ("TARDE 20", "es"), ("TARDE 0", "es")):
        edit_person(night.person("Dana Door"), language=language)
        playing.text_in(phone, body)

    playing.tick(playing.now + minutes(1))
    said = [body for _, to, body in playing.texts if to == phone][-4:]
    assert said == [
        "Thank you, Dana. The coordinators see it: 10 min late for Front door at 7:15 pm.",
        "Thank you, Dana. The coordinators see it: on time for Front door at 7:15 pm.",
        "Gracias, Dana. Lo ven quienes coordinan: 20 min tarde para Front door a las 19:15.",
        "Gracias, Dana. Lo ven quienes coordinan: a tiempo para Front door a las 19:15.",
    ]
    assert [measure(body).segments for body in said] == [1, 1, 1, 1]


def test_late_0_takes_it_back(app: Flask) -> None:
    _, playing, phone = a_door_night()

    playing.text_in(phone, "LATE 10")
    playing.text_in(phone, "LATE 0")

    assert sign_ups()[0].late_by is None


def test_late_of_somebody_who_is_here_is_about_their_next_shift(app: Flask) -> None:
    _, playing, phone = a_door_night()

    playing.text_in(phone, "HERE")
    playing.text_in(phone, "LATE 15")

    assert [each.late_by for each in sign_ups()] == [None, minutes(15)]
