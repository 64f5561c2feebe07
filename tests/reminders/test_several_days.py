"""What people are told about a show of several days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot
from tests.playing import Playing

SAM = Actor("Sam")
Told = Iterable[tuple[datetime, str | None, str]]


def a_festival() -> ANight:
    return a_night(
        [
            a_slot("Josh", "20:00", answer="confirmed"),
            a_slot("Carlos", "21:00", answer="confirmed"),
            a_slot("Wren", "20:00+1"),
        ],
        shifts=[
            a_shift("Front door", "19:00", "21:00", min=1, max=2),
            a_shift("Front door", "19:00+1", "21:00+1", min=1, max=2, people=("Cleo Cedar",)),
        ],
        days=2,
    )


def to_whom(told: Told, phone: str | None) -> list[tuple[datetime, str]]:
    return [(at, body) for at, to, body in told if to == phone]


def test_coordinators_get_a_digest_each_morning_about_that_day(app: Flask) -> None:
    festival = a_festival()
    alice = a_coordinator("Alice", organisation=festival.organisation)
    playing = Playing(festival.at("08:50"))
    playing.tick()

    told = playing.until(festival.at("09:05+1"), every=timedelta(minutes=5))

    link = "https://show.example/coordinate/justice-in-motion"
    digests = [(at, body.partition(" Reply")[0]) for at, body in to_whom(told, alice.person.phone) if "today." in body]
    assert digests == [
        (festival.at("09:00"), f"Benefit Nights: Songs for Justice in Motion, today. To fill: Front door 1. {link}"),
        (festival.at("09:00+1"), f"Songs for Justice in Motion, today. Not confirmed: Wren. {link}"),
    ]


def test_a_late_night_moves_nobody_of_the_next_day(app: Flask) -> None:
    festival = a_festival()
    (wren,) = festival.slot("Wren").people
    playing = Playing(festival.at("20:30"))
    playing.tick()
    declare_late(festival.slot("Carlos").id, 240, actor=SAM, now=festival.at("20:30"))

    told = playing.until(festival.at("20:05+1"), every=timedelta(minutes=5))

    said = [body for _, body in to_whom(told, wren.phone)]
    assert [body for body in said if "now" in body] == []
    assert [body for body in said if "8pm" in body] != []
