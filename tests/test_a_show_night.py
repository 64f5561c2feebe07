"""A whole benefit night in virtual time, from the first question to the last note, as every phone hears it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator.core.sms_text import measure
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.models import NEVER_WENT, UNSENT, Message
from coordinator.people.actions import edit_person
from coordinator.people.models import Person
from coordinator.shownight.actions import By, cancel_slot
from tests.builders import ZONE, ANight, a_coordinator, a_night, a_shift, a_slot, a_stage_manager
from tests.night import SHOW_ON
from tests.playing import TICK, Playing

HERE = ZoneInfo(ZONE)
EXPECTED = Path(__file__).with_suffix(".txt")  # every text of the night, one a line

Heard = tuple[str, str, str]  # when, on the wall of the show; who; what


@dataclass
class Evening:
    """The night as it is played: what somebody does stands between stretches of waiting."""

    night: ANight
    playing: Playing

    def wait_until(self, wall: str, days: int = 0) -> None:
        """Until a wall time so many days before or after the show; only the moments that matter are lived through."""
        end = self.at(wall, days)
        self.playing.tick()
        while self.playing.now < end:
            self.playing.tick(min([end, *_next_moments(self.playing.now)]))

    def text(self, name: str, body: str) -> None:
        phone = self.night.person(name).phone
        assert phone is not None
        self.playing.text_in(phone, body)

    def at(self, wall: str, days: int) -> datetime:
        clock = datetime.strptime(wall, "%H:%M").time()  # noqa: DTZ007 - a wall time has no zone of its own
        return datetime.combine(SHOW_ON + timedelta(days=days), clock, HERE)

    @property
    def heard(self) -> list[Heard]:
        """Every text that left, oldest first; personal links are cut short."""
        names = {person.phone: person.name for person in db.session.scalars(select(Person))}
        return [
            (_wall(at), names[phone], re.sub(r"/me/[\w-]+", "/me/~", body)) for at, phone, body in self.playing.texts
        ]


def _next_moments(now: datetime) -> Iterator[datetime]:
    """When a text is next due or let go, and when the planner wants to look again: a tick later at the soonest."""
    due = select(func.min(Message.due_at)).where(Message.state == "waiting", Message.due_at > now)
    let_go = select(func.min(Message.held_until)).where(Message.state == "held", Message.held_until > now)
    looks_at = db.session.scalar(select(func.min(Event.look_again_at)))
    yield from (at for at in map(db.session.scalar, (due, let_go)) if at is not None)
    if looks_at is not None:
        yield max(looks_at, now + TICK)


def _wall(at: datetime) -> str:
    return f"{at.astimezone(HERE):%a %d %H:%M:%S}"


@pytest.fixture
def evening(app: Flask) -> Evening:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, changeover=0),
            a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10),
            a_slot("Marta Sol", "21:30", minutes=20, changeover=10),
            a_slot("The Poor Nobodys", "22:10", minutes=40, changeover=20, changeover_min=10),
        ],
        shifts=[
            a_shift("Front door", "19:15", "21:30", people=("Ana Ruiz", "Eli Wood")),
            a_shift("Stage help", follows="The Poor Nobodys", people=("Ben Ode",)),
        ],
    )
    a_stage_manager(night, "Sam Stage")
    a_coordinator("Alice Reyes", organisation=night.organisation)
    edit_person(night.person("Carlos Lumbi"), language="es")
    return Evening(night, Playing(night.at("12:00") - timedelta(days=8)))


def play(evening: Evening) -> None:
    evening.wait_until("20:05", -7)
    evening.text("Josh Granowski", "C")
    evening.wait_until("20:40", -7)
    evening.text("Carlos Lumbi", "X")
    evening.wait_until("10:00", -6)
    evening.text("Carlos Lumbi", "c")
    evening.text("Marta Sol", "ok")
    evening.wait_until("09:00", -1)
    evening.text("The Poor Nobodys", "C")
    evening.wait_until("20:15", -1)
    evening.text("Ana Ruiz", "STOP")
    evening.wait_until("20:06")
    evening.text("Sam Stage", "GO")
    evening.wait_until("20:33")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("20:40")
    evening.text("Sam Stage", "GO")
    evening.wait_until("20:55")
    cancel_slot(evening.night.slot("Marta Sol").id, by=By("Alice Reyes"), now=evening.playing.now)
    evening.wait_until("21:28")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("22:00")
    evening.text("The Poor Nobodys", "LATE 15")
    evening.wait_until("22:02")
    evening.text("Sam Stage", "LATE 15")
    evening.wait_until("22:26")
    evening.text("Sam Stage", "GO")
    evening.wait_until("22:58")
    evening.text("Sam Stage", "DONE")
    evening.wait_until("05:30", 1)


def test_every_phone_hears_what_it_should_and_nothing_else(evening: Evening) -> None:
    play(evening)

    lines = [f"{when}  {who}: {body}" for when, who, body in evening.heard]
    assert lines == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_no_text_goes_twice_costs_twice_or_follows_a_stop(evening: Evening) -> None:
    play(evening)

    assert [text for text, times in Counter((who, body) for _, who, body in evening.heard).items() if times > 1] == []
    assert [body for _, _, body in evening.playing.texts if measure(body).segments != 1] == []
    stopped_at, ana = evening.at("20:15", -1), evening.night.person("Ana Ruiz").phone
    assert [body for at, phone, body in evening.playing.texts if phone == ana and at >= stopped_at] == []
    assert unsent() == [
        ("ask-2", "Josh Granowski", "cancelled"),
        ("ask-2", "Carlos Lumbi", "cancelled"),
        ("ask-2", "Marta Sol", "cancelled"),
        ("shift-hour", "Ana Ruiz", "stopped"),
        ("stage", "Marta Sol", "cancelled"),
    ]


def unsent() -> list[tuple[str | None, str, str]]:
    """What was planned and did not leave: its rule, for whom, and what became of it; in the order of the plan."""
    rows = db.session.scalars(select(Message).where(Message.direction == "out").order_by(Message.due_at, Message.id))
    return [(row.rule, row.person.name, row.state) for row in rows if row.person and row.state in NEVER_WENT + UNSENT]
