"""A night that has everything, for tests that visit every page.

It is evening at the show, whatever the real time is: one act has played, one is on, others are late, asked, declined
and cancelled; there are texts in every state, an inbox, shifts filled, open and called off, and a second stage.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from coordinator.accounts.models import Actor, Coordinator
from coordinator.db import db
from coordinator.lineup.actions.answers import say_late
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.models import NEVER_WENT, UNSENT, WENT_OUT, Direction, Message
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Person
from coordinator.reminders.actions.plan import plan
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, start_set
from tests.builders import (
    ANight,
    AShift,
    ASlot,
    AStage,
    a_coordinator,
    a_message,
    a_night,
    a_person,
    a_shift,
    a_slot,
    a_stage,
    a_stage_manager,
    an_organisation,
    minutes,
)
from tests.links import token_of

EVENING = 20  # o'clock, where the show is
SAM = Actor("Sam Stage")
TITLE = "Songs for Justice in Motion"

_Wall = Callable[[int], str]

__all__ = ["EVENING", "TITLE", "FullNight", "a_full_night", "a_long_night", "evening_of", "evening_zone", "wall"]


@dataclass
class FullNight:
    """The night and its viewers: Alice owns it, Bob helps her, Charlie belongs to another organization."""

    night: ANight
    now: datetime
    alice: Coordinator
    bob: Coordinator
    charlie: Coordinator
    act: str = "Lucía y los Gatos"  # an act with an open question
    performer: str = "Lucía Paz"  # its performer
    on: str = "Carlos Lumbi"  # the act on stage
    helper: str = "Ana Ruiz"
    shift: str = "bar-2"  # the key of the helper's shift

    def token(self, name: str) -> str:
        """The token of this person's own page."""
        return token_of(self.night.person(name))


def evening_zone(now: datetime) -> str:
    """A zone without daylight saving in which it is now between 8 and 9 p.m."""
    ahead = (EVENING - now.astimezone(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def evening_of(now: datetime) -> date:
    """The date in that zone."""
    return now.astimezone(ZoneInfo(evening_zone(now))).date()


def wall(now: datetime, from_now: int, zone: str) -> str:
    """The wall time ``from_now`` minutes from now, in the builders' form: ``00:10+1`` after midnight."""
    here = now.astimezone(ZoneInfo(zone))
    then = here + minutes(from_now)
    days = (then.date() - here.date()).days
    return f"{then:%H:%M}" + (f"{days:+d}" if days else "")


def a_full_night(now: datetime, *, language: str = "en") -> FullNight:
    """``language``: of everyone in it."""
    beat("jobs", now)
    now, zone = now.replace(second=0, microsecond=0), evening_zone(now)
    night = _planned(now, zone)
    full = FullNight(
        night,
        now,
        alice=a_coordinator("Alice", organisation=night.organisation),
        bob=a_coordinator("Bob", organisation=night.organisation, role="coordinator"),
        charlie=a_coordinator("Charlie", organisation=an_organisation("Somebody Else's Nights")),
    )
    a_stage_manager(night)
    a_person("Nadia Quiet", organisation=night.organisation, phone=None, agreed=False)
    for person in db.session.scalars(select(Person)).all():
        edit_person(person, language=language)
    plan(now - timedelta(hours=1), public_url="http://localhost")
    _played(night, now)
    _texted(night, now)
    return full


def a_long_night(now: datetime, slots: int, *, slug: str = "justice-in-motion") -> FullNight:
    """A night with ``slots`` slots, shifts, people and texts, two of them on, to measure the cost of pages."""
    now, zone = now.replace(second=0, microsecond=0), evening_zone(now)
    acts = [a_slot(f"Act {number}", minutes=5, changeover=2, changeover_min=1) for number in range(slots)]
    acts[0] = a_slot("Act 0", wall(now, -10, zone), minutes=5, changeover=2, changeover_min=1)
    shifts = [
        a_shift(f"Role {number}", wall(now, 10, zone), wall(now, 70, zone), people=(f"Helper {number}",), max=3)
        for number in range(slots)
    ]
    night = a_night(acts, shifts=shifts, slug=slug, zone=zone, on=evening_of(now), doors=None, curfew=None)
    alice = a_coordinator("Alice", organisation=night.organisation, email=f"alice@{slug}.example")
    start_set(night.slot("Act 0").id, actor=SAM, now=now - minutes(10))
    for number in range(slots):
        person, slot = night.person(f"Act {number}"), night.slot(f"Act {number}")
        _told(night, person, slot, now, "delivered")
        _told(night, person, slot, now, "waiting")
        asked: dict[str, Any] = {"direction": "in", "state": "received", "needs_answer": True}
        a_message(night, person, body="Is there a piano?", created_at=now, **asked)
    names = {"act": "Act 1", "performer": "Act 1", "on": "Act 0", "helper": "Helper 1", "shift": "role-1-2"}
    return FullNight(night, now, alice, alice, alice, **names)


def _planned(now: datetime, zone: str) -> ANight:
    def at(from_now: int) -> str:
        return wall(now, from_now, zone)

    return a_night(
        stages=[a_stage("Main stage", _acts(at), curfew=at(180)), _courtyard(at)],
        shifts=_shifts(at),
        doors=at(-90),
        zone=zone,
        on=now.astimezone(ZoneInfo(zone)).date(),
        donation_suggested=10,
        donation_currency="USD",
        donation_url="https://give.example/justice",
        venue_name="Orchard Hall",
        venue_address="12 Orchard Street",
        about="Three hours of songs.",
        notes="Load-in: yard gate, code 4711.",
    )


def _acts(at: _Wall) -> list[ASlot]:
    return [
        a_slot("Josh Granowski", at(-60), minutes=25, changeover=0, answer="confirmed"),
        a_slot("Carlos Lumbi", at(-20), minutes=40, changeover=10, answer="confirmed"),
        a_slot("Lucía y los Gatos", at(40), minutes=30, people=("Lucía Paz", "Gil Paz"), asks_for="Half past nine?"),
        a_slot("Marimba Sur", at(85), minutes=20, answer="confirmed"),
        a_slot("Dolores Vega", at(110), minutes=20, answer="declined"),
        a_slot("Raffle", at(135), minutes=10, changeover=0, kind="speech"),
    ]


def _courtyard(at: _Wall) -> AStage:
    return a_stage("Courtyard", [a_slot("Brass Hat", at(60), minutes=45, length_inferred=True)], curfew=None)


def _shifts(at: _Wall) -> list[AShift]:
    return [
        a_shift("Front door", at(-90), at(30), people=("Ana Ruiz", "Ben Ode"), min=1, max=2, place="Street side"),
        a_shift("Bar", at(30), at(150), people=("Ana Ruiz",), min=2, max=4),
        a_shift("Stage help", follows="Lucía y los Gatos", people=("Kim Tran",), min=1, max=2),
        a_shift("Clean-up", at(150), at(200), min=2, max=6),
        a_shift("Cloakroom", at(-90), at(60), people=("Eli Wood",), min=0, max=1),
    ]


def _played(night: ANight, now: datetime) -> None:
    """Josh has played; Carlos is on, late; Lucía was moved; Marimba Sur is cancelled; Brass Hat declared to be late."""
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=now - minutes(60))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=now - minutes(30))
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=now - minutes(10))
    declare_late(night.slot("Lucía y los Gatos").id, 20, actor=SAM, now=now - minutes(5))
    cancel_slot(night.slot("Marimba Sur").id, actor=SAM, now=now - minutes(4))
    brass_hat = night.slot("Brass Hat")
    starts_at = brass_hat.starts_at + minutes(15)
    say_late(brass_hat, minutes(15), now=now - minutes(3), starts_at=starts_at, person=brass_hat.people[0])
    cancel_shift(night.shift("cloakroom-5"), actor=SAM, now=now - minutes(3))


def _texted(night: ANight, now: datetime) -> None:
    """Texts in every state, and two open questions."""
    lucia, slot = night.person("Lucía Paz"), night.slot("Lucía y los Gatos")
    _told(night, lucia, slot, now, "delivered")
    for state in (*UNSENT, *WENT_OUT, *NEVER_WENT, "unknown"):
        trouble: dict[str, Any] = (
            {"error_code": 30003, "error": "Unreachable handset"} if state in {"failed", "undelivered"} else {}
        )
        _told(night, night.person("Josh Granowski"), night.slot("Josh Granowski"), now, state, **trouble)
    for words in ("Is there a piano?", "Running late, sorry. Where do we park?"):
        a_message(night, lucia, body=words, direction=Direction.IN, state="received", needs_answer=True, created_at=now)
    a_message(night, night.person("Ana Ruiz"), kind="note", body="¡Gracias!", state="delivered", created_at=now)


def _told(night: ANight, person: Person, slot: Slot, now: datetime, state: str, **columns: Any) -> Message:
    at = now - minutes(30)
    fixed: dict[str, Any] = {"slot_id": slot.id, "anchor": "set_start", "says_at": slot.starts_at, "rule": "call"}
    left: dict[str, Any] = {} if state in UNSENT else {"claimed_at": at, "sent_at": at, "finished_at": at}
    due_at = now + minutes(15) if state in UNSENT else at
    return a_message(night, person, body="🎤", state=state, due_at=due_at, created_at=at, **fixed | left | columns)
