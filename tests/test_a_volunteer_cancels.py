"""A volunteer cannot come, two hours before the doors: the place is filled by text, and everyone is told once."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.accounts.models import Actor
from coordinator.core.sms_text import measure
from coordinator.db import db, transaction
from coordinator.features.text_replies.routing import answer_text
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Person
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.actions.signing_up import join_waitlist
from coordinator.shifts.models import HOLDING, SignUpSource
from tests.builders import ANight, a_night, a_shift
from tests.databases import settings_for
from tests.night import in_the_cast
from tests.playing import PUBLIC_URL, Playing

WITHIN = timedelta(minutes=10)  # the story's minutes, from the X to the last phone


@pytest.fixture
def evening(app: Flask) -> tuple[ANight, Playing]:
    """Ana has the front door from seven. Ben waits for it, Cleo and Dan stand by; Eli was at the door last spring."""
    night = a_night([], shifts=[a_shift("Front door", "19:00", "21:30", people=("Ana Ruiz",), max=1)])
    spring = a_night(
        [],
        shifts=[a_shift("Front door", "19:00", "21:30", people=("Eli Wood",))],
        organisation=night.organisation,
        slug="spring",
        on=night.on - timedelta(days=20),
    )
    with transaction():
        spring.shift("front-door-1").sign_ups[0].state = "done"
        others = [in_the_cast(night, name) for name in ("Ben Ode", "Cleo Cedar", "Dan Elm")]
    made_at = night.at("12:00") - timedelta(days=9)
    join_waitlist(night.shift("front-door-1").id, others[0], now=made_at, source=SignUpSource.LINK)
    for person in others[1:]:
        stand_by(night.event, person, actor=Actor(person.name), now=made_at)
    edit_person(night.person("Dan Elm"), language="es")
    playing = Playing(night.at("16:50"))
    playing.tick()
    return night, playing


def phone_of(night: ANight, name: str) -> str:
    phone = night.person(name).phone
    assert phone is not None
    return phone


def heard(night: ANight, playing: Playing) -> dict[str, list[str]]:
    """What each phone was told from five o'clock on, in order."""
    names = {person.phone: person.first_name for person in db.session.scalars(select(Person))}
    told: dict[str, list[str]] = {}
    for at, phone, body in playing.texts:
        if at >= night.at("17:00"):
            told.setdefault(names[phone], []).append(body)
    return told


def at_the_door(night: ANight) -> list[str]:
    db.session.expire_all()
    return [each.person.name for each in night.shift("front-door-1").sign_ups if each.state in HOLDING]


def test_the_place_is_filled_within_minutes_and_everybody_is_told_once(evening: tuple[ANight, Playing]) -> None:
    night, playing = evening
    playing.until(night.at("17:00"))

    playing.text_in(phone_of(night, "Ana Ruiz"), "X")
    playing.until(night.at("17:02"))
    assert at_the_door(night) == ["Ana Ruiz"]  # she has the place until someone takes it
    playing.text_in(phone_of(night, "Ben Ode"), "X")
    playing.until(night.at("17:04"))
    playing.text_in(phone_of(night, "Cleo Cedar"), "C")
    playing.until(night.at("17:07"))
    playing.text_in(phone_of(night, "Dan Elm"), "C")
    playing.until(night.at("17:59"))

    assert at_the_door(night) == ["Cleo Cedar"]
    where = "Front door 7-9:30pm, tonight"
    ask = f"can you help? {where}. Reply C to take it, X if not."
    assert heard(night, playing) == {
        "Ana": [
            "Thanks, Ana. We're looking for someone. Until we text you, Front door at 7pm tonight is still yours.",
            "Ana, Cleo is taking your shift: Front door at 7pm tonight. You don't need to come. Thanks for telling us.",
        ],
        "Ben": [
            f"Benefit Nights: Ben, {ask} Reply STOP to opt out.",
            "Thanks for telling us, Ben. We'll ask someone else for Front door at 7pm tonight.",
        ],
        "Cleo": [
            f"Benefit Nights: Cleo, {ask} Reply STOP to opt out.",
            "Thanks, Cleo. The shift is yours: Front door 7pm, tonight, The Old Chapel. Can't make it? Reply COVER.",
        ],
        "Dan": [
            "Benefit Nights: Dan, ¿puedes ayudar? Front door 7-9:30pm, esta noche. Responde C si puedes, "
            "X si no. STOP para no recibir mas mensajes.",
            "Dan, ese lugar ya tiene a alguien: Front door a las 7pm esta noche. Gracias de todos modos.",
            "Gracias, Dan. Ya pasamos a otra persona: Front door a las 7pm esta noche. "
            "No hace falta que vengas.",  # he said yes anyway, after that
        ],
        "Eli": [
            f"Benefit Nights: Eli, {ask} Reply STOP to opt out.",
            "Eli, that spot is filled: Front door at 7pm tonight. Thanks anyway!",
        ],
    }
    last_at = max(at for at, _, _ in playing.texts)
    assert last_at - night.at("17:00") <= WITHIN
    assert [body for _, _, body in playing.texts if measure(body).segments != 1] == []


def test_who_took_the_place_is_reminded_as_anybody_and_the_one_who_left_is_not(
    evening: tuple[ANight, Playing],
) -> None:
    night, playing = evening
    playing.until(night.at("17:00"))
    playing.text_in(phone_of(night, "Ana Ruiz"), "COVER")
    playing.until(night.at("17:01"))
    playing.text_in(phone_of(night, "Eli Wood"), "ok")
    playing.until(night.at("17:30"))
    before = len(playing.texts)

    playing.until(night.at("21:00"))

    reminded = [(phone, body) for _, phone, body in playing.texts[before:]]
    assert reminded == [
        (
            phone_of(night, "Eli Wood"),
            "Eli, your shift: Front door at 7pm, The Old Chapel. Already here? Reply HERE.",
        )
    ]


def test_of_two_who_say_yes_in_one_instant_one_has_the_place_and_never_none(
    evening: tuple[ANight, Playing], app: Flask, tmp_path: Path
) -> None:
    night, playing = evening
    playing.until(night.at("17:00"))
    playing.text_in(phone_of(night, "Ana Ruiz"), "X")
    playing.until(night.at("17:02"))
    phones = [phone_of(night, name) for name in ("Ben Ode", "Cleo Cedar", "Dan Elm", "Eli Wood")]
    now, sender = playing.now, playing.gateway.sender
    db.session.rollback()
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    at_once = Barrier(len(phones))

    def say_yes(number: int) -> None:
        with another.app_context():
            at_once.wait(timeout=60)
            receive_text(
                InboundText(phone=phones[number], to=sender, body="C", sid=f"SMrace{number}"),
                now=now,
                answer=partial(answer_text, public_url=PUBLIC_URL),
            )
            db.session.remove()

    threads = [Thread(target=say_yes, args=(number,)) for number in range(len(phones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    with another.app_context():
        db.engine.dispose()
    playing.until(now + timedelta(minutes=5))

    assert len(at_the_door(night)) == 1
    assert at_the_door(night) != ["Ana Ruiz"]
    said = [body for name, bodies in heard(night, playing).items() if name != "Ana" for body in bodies]
    yes = [body for body in said if "The shift is yours" in body or "Ya es tuyo" in body]
    no = [body for body in said if "moved on to someone else" in body or "Ya pasamos a otra persona" in body]
    assert (len(yes), len(no)) == (1, 3)
