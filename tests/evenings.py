"""Plays a night from one event to the next; every phone remembers its texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from tests.night import SHOW_ON, ZONE, ANight
from tests.playing import TICK, Playing

HERE = ZoneInfo(ZONE)

InboundContext = tuple[str, str, str]  # wall time at the show, person, text


@dataclass
class Evening:
    """A running night: a test alternates between what people do and waiting."""

    night: ANight
    playing: Playing

    def wait_until(self, wall: str, days: int = 0) -> None:
        """Advance to a wall time ``days`` before or after the show, visiting only the instants that matter."""
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
    def heard(self) -> list[InboundContext]:
        """Every sent text, oldest first, with personal links shortened."""
        names = {person.phone: person.name for person in db.session.scalars(select(Person))}
        return [
            (_wall(at), names[phone], re.sub(r"/me/[\w-]+", "/me/~", body)) for at, phone, body in self.playing.texts
        ]


def _next_moments(now: datetime) -> Iterator[datetime]:
    """When a text is next due or released, and when the planner wants to run again: at least one tick later."""
    due = select(func.min(Message.due_at)).where(Message.state == "waiting", Message.due_at > now)
    let_go = select(func.min(Message.held_until)).where(Message.state == "held", Message.held_until > now)
    looks_at = db.session.scalar(select(func.min(Event.plan_again_at)))
    yield from (at for at in map(db.session.scalar, (due, let_go)) if at is not None)
    if looks_at is not None:
        yield max(looks_at, now + TICK)


def _wall(at: datetime) -> str:
    return f"{at.astimezone(HERE):%a %d %H:%M:%S}"
