"""X gives up a shift by the same rule as one's own page, with a way back; after the deadline it asks for cover."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.core.sms_text import measure
from coordinator.db import db, transaction
from coordinator.shifts.actions.signing_up import join_waitlist
from coordinator.shifts.models import HOLDING, CoverSearch, SignUp, SignUpSource
from tests.builders import ANight, a_night, a_shift, minutes
from tests.night import in_the_cast
from tests.playing import Playing, knows_us

DOOR = "front-door-1"


def five_days_before(*others: str, language: str = "en") -> tuple[ANight, Playing]:
    """Ana has the front door, at most one person; ``others`` belong to the show."""
    night = a_night(
        [],
        shifts=[a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1)],
        quiet_from=None,
        quiet_to=None,
    )
    with transaction():
        night.person("Ana Ruiz").language = language
        for name in others:
            in_the_cast(night, name)
    knows_us(night.person("Ana Ruiz"))
    playing = Playing(night.at("12:00") - timedelta(days=5))
    playing.tick()
    return night, playing


def says(night: ANight, playing: Playing, name: str, body: str) -> list[str]:
    """What comes back at once."""
    phone = night.person(name).phone or ""
    playing.text_in(phone, body)
    seen = len(playing.texts)
    playing.tick(playing.now + timedelta(seconds=1))
    return [said for _, to, said in playing.texts[seen:] if to == phone]


def later(playing: Playing, seconds: int) -> list[str]:
    return [body for _, _, body in playing.until(playing.now + timedelta(seconds=seconds), every=timedelta(seconds=10))]


def at_the_door(night: ANight) -> list[str]:
    db.session.expire_all()
    return [each.person.name for each in night.shift(DOOR).sign_ups if each.state in HOLDING]


def searches() -> list[tuple[str, str | None]]:
    return [(each.why, each.outcome) for each in db.session.scalars(select(CoverSearch).order_by(CoverSearch.id))]


@pytest.mark.parametrize(
    ("language", "left", "undone"),
    [
        (
            "en",
            "Thanks for telling us, Ana. You're off Front door at 7pm on Fri Dec 4. Changed your mind? Reply UNDO.",
            "Undone: you're on Front door 7pm, Fri Dec 4.",
        ),
        (
            "es",
            "Gracias por avisar, Ana. Ya no te toca Front door a las 7pm el vie 4 dic. "
            "¿Cambiaste de idea? Responde DESHACER.",
            "Deshecho: te toca Front door 7pm, vie 4 dic.",
        ),
    ],
)
def test_days_ahead_x_frees_the_place_and_undo_gives_it_back_as_it_was(
    app: Flask, language: str, left: str, undone: str
) -> None:
    night, playing = five_days_before(language=language)
    made_at = night.shift(DOOR).sign_ups[0].created_at

    said = says(night, playing, "Ana Ruiz", "X")
    free = at_the_door(night)
    said += later(playing, 60) + says(night, playing, "Ana Ruiz", "UNDO" if language == "en" else "DESHACER")

    assert said == [left, undone]
    assert [measure(body).segments for body in said] == [1, 1]
    assert (free, at_the_door(night)) == ([], ["Ana Ruiz"])
    sign_up = db.session.scalars(select(SignUp)).one()
    assert (sign_up.created_at, sign_up.source, sign_up.given_up_at) == (made_at, "text", None)
    assert later(playing, 120) == []


def test_a_c_after_the_x_means_undo(app: Flask) -> None:
    night, playing = five_days_before()
    says(night, playing, "Ana Ruiz", "X")

    said = says(night, playing, "Ana Ruiz", "C")

    assert said == ["Undone: you're on Front door 7pm, Fri Dec 4."]
    assert at_the_door(night) == ["Ana Ruiz"]


def test_whoever_waits_moves_up_half_a_minute_later_and_then_it_cannot_be_taken_back(app: Flask) -> None:
    night, playing = five_days_before("Ben Ode")
    join_waitlist(night.shift(DOOR).id, night.person("Ben Ode"), now=playing.now, source=SignUpSource.LINK)

    said = says(night, playing, "Ana Ruiz", "X") + later(playing, 20)
    early = at_the_door(night)
    said += later(playing, 20) + says(night, playing, "Ana Ruiz", "UNDO")

    assert said == [
        "Thanks for telling us, Ana. You're off Front door at 7pm on Fri Dec 4. Changed your mind? Reply UNDO.",
        "Benefit Nights: Ben, a spot opened and it's yours: Front door 7pm, Fri Dec 4. "
        "Can't make it? Reply COVER. Reply STOP to opt out.",
        "Front door has just filled up. Please choose another shift.",
    ]
    assert (early, at_the_door(night)) == ([], ["Ben Ode"])


def test_within_half_a_minute_whoever_waits_hears_nothing(app: Flask) -> None:
    night, playing = five_days_before("Ben Ode")
    join_waitlist(night.shift(DOOR).id, night.person("Ben Ode"), now=playing.now, source=SignUpSource.LINK)
    says(night, playing, "Ana Ruiz", "X")

    said = says(night, playing, "Ana Ruiz", "UNDO") + later(playing, 120)

    assert said == ["Undone: you're on Front door 7pm, Fri Dec 4."]
    assert (at_the_door(night), searches()) == (["Ana Ruiz"], [("cancelled", "called_off")])


def test_ten_minutes_later_there_is_nothing_to_undo(app: Flask) -> None:
    night, playing = five_days_before()
    says(night, playing, "Ana Ruiz", "X")
    playing.tick(playing.now + minutes(10))

    says(night, playing, "Ana Ruiz", "UNDO")

    assert at_the_door(night) == []


def test_after_the_deadline_x_asks_for_cover(app: Flask) -> None:
    night, playing = five_days_before()
    playing.tick(night.at("15:01"))

    said = says(night, playing, "Ana Ruiz", "X")

    assert said == [
        "Thanks, Ana. We're looking for someone. Until we text you, Front door at 7pm tonight is still yours."
    ]
    assert (at_the_door(night), searches()) == (["Ana Ruiz"], [("asked", "nobody")])


def test_who_asks_for_cover_keeps_the_place_until_it_is_found_however_early(app: Flask) -> None:
    night, playing = five_days_before()

    says(night, playing, "Ana Ruiz", "COVER")

    assert (at_the_door(night), searches()) == (["Ana Ruiz"], [("asked", "nobody")])
