"""A whole night in virtual time: the very planner and outbox of the app, in memory, a tick every 15 s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ..db import db
from ..events.models import Event, EventPerson
from ..lineup.models import Slot
from ..messaging.actions import dispatch_due, receive_text, release_held
from ..messaging.gateway import RecordingGateway
from ..messaging.models import WENT_OUT, Message
from ..messaging.queries import whole_body
from ..reminders.actions import hold, plan
from ..shifts.actions import next_waves
from ..shifts.models import CoverSearch, Shift
from ..shownight.actions import By, ProposedPress, press
from ..shownight.refusals import CannotPress
from .answering import answer_text

TICK = timedelta(seconds=15)
A_WHILE = timedelta(seconds=90)
LONGEST = timedelta(minutes=10)
BEFORE_DOORS = timedelta(days=8)
TEXT = "text"  # a step that is no press
STAGE_MANAGER = By("the script")


class BadScript(ValueError):
    """A step of the script cannot be taken; the sentence says which and what would be right."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: a press about a slot, or a text from somebody."""

    at: datetime
    do: str
    slot: str | None = None
    minutes: int | None = None
    sender: str | None = None
    body: str = ""


@dataclass(slots=True)
class Rehearsal:
    """One event played from 8 days before doors to the end of its show day."""

    event: Event
    public_url: str
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    now: datetime = field(init=False)
    heard: int = 0

    def __post_init__(self) -> None:
        self.now = begins_at(self.event)

    def play(self, steps: Iterable[Step]) -> None:
        """Play it all; what comes before the beginning happens with it. Raises BadScript.

        Ticks at which nothing can happen are passed over.
        """
        coming = sorted(steps, key=lambda step: step.at)
        ends_at = self.event.plan_until_at or self.now
        for step in coming:
            if step.at > ends_at:
                raise BadScript(f"{self._named(step)} comes after the rehearsal, which ends at {self._local(ends_at)}.")
        while self.now <= ends_at:
            while coming and coming[0].at <= self.now:
                self._take(coming.pop(0))
            step_at = coming[0].at if coming else ends_at
            self._tick(step_at)
            self.now = self._next_tick(step_at)

    def _tick(self, step_at: datetime) -> None:
        """One round. Shortly before something happens the show is looked at every tick, as the app does."""
        release_held(self.now)
        next_waves(self.now)
        glance_every = TICK if step_at - self.now <= A_WHILE else min(LONGEST, step_at - A_WHILE - self.now)
        plan(self.now, public_url=self.public_url, glance_every=glance_every)
        dispatch_due(self.gateway, now=lambda: self.now, worker="rehearsal", hold=hold)

    def _next_tick(self, step_at: datetime) -> datetime:
        due_at = db.session.scalar(select(func.min(Message.due_at)).where(Message.state == "waiting"))
        held_until = db.session.scalar(select(func.min(Message.held_until)).where(Message.state == "held"))
        look_at = db.session.scalar(select(Event.look_again_at).where(Event.id == self.event.id))
        wave_at = db.session.scalar(select(func.min(CoverSearch.next_wave_at)).where(CoverSearch.closed_at.is_(None)))
        wanted = min(
            at for at in (step_at, wave_at, due_at, held_until, look_at, self.event.plan_until_at) if at is not None
        )
        ticks = max(1, -((self.now - wanted) // TICK))
        return self.now + ticks * TICK

    def _take(self, step: Step) -> None:
        if step.do == TEXT:
            self._hear(step)
            return
        proposed = ProposedPress(step.do, self._slot(step).id, step.minutes)
        try:
            press(proposed, by=STAGE_MANAGER, now=self.now, at=step.at)
        except CannotPress as refusal:
            raise BadScript(f"{self._named(step)} cannot be taken. {refusal}") from None

    def _slot(self, step: Step) -> Slot:
        slot = db.session.scalar(select(Slot).where(Slot.event_id == self.event.id, Slot.key == step.slot))
        if slot is None:
            raise BadScript(f"{self._named(step)} names slot {step.slot!r}, which is not there.")
        return slot

    def _hear(self, step: Step) -> None:
        phone = self._phone(step)
        self.heard += 1
        receive_text(
            phone=phone,
            to=self.gateway.sender,
            body=step.body,
            sid=f"rehearsal-{self.heard}",
            num_media=0,
            now=self.now,
            answer=answer_text,
        )

    def _phone(self, step: Step) -> str:
        parts = select(EventPerson).where(EventPerson.event_id == self.event.id, EventPerson.key == step.sender)
        person = next((part.person for part in db.session.scalars(parts)), None)
        if person is None:
            raise BadScript(f"{self._named(step)} comes from {step.sender!r}, who is not there.")
        if person.phone is None:
            raise BadScript(f"{self._named(step)} comes from {step.sender!r}, who has no phone.")
        return person.phone

    def _named(self, step: Step) -> str:
        return f'The step "{step.do}" at {self._local(step.at)}'

    def _local(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.event.zone)).isoformat()


def begins_at(event: Event) -> datetime:
    """8 days before doors; before the first slot where there are no doors."""
    first = db.session.scalar(select(func.min(Slot.starts_at)).where(Slot.event_id == event.id))
    opens_at = event.doors_at or first
    if opens_at is None:
        raise BadScript("There is nothing to rehearse: the event has neither doors nor slots.")
    return opens_at - BEFORE_DOORS


def report(event: Event) -> dict[str, Any]:
    """What left and what did not, in order, as ``flask rehearse --json`` prints it."""
    names = _Names.of(event)
    messages = db.session.scalars(
        select(Message).where(Message.event_id == event.id, Message.direction == "out").order_by(Message.id)
    ).all()
    gone = [message for message in messages if message.state in WENT_OUT and message.claimed_at]
    unsent = [message for message in messages if message.state in ("expired", "stopped") and message.kind != "echo"]
    return {
        "texts": [names.text(message) for message in sorted(gone, key=lambda m: (m.claimed_at or m.created_at, m.id))],
        "unsent": [
            names.unsent(message) for message in sorted(unsent, key=lambda m: (m.finished_at or m.created_at, m.id))
        ],
    }


@dataclass(frozen=True, slots=True)
class _Names:
    """The organiser's own keys for rows, and the zone in which instants are written."""

    zone: ZoneInfo
    people: Mapping[int, str]
    slots: Mapping[int, str]
    shifts: Mapping[int, str]

    @classmethod
    def of(cls, event: Event) -> _Names:
        cast = db.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id))
        slots = db.session.scalars(select(Slot).where(Slot.event_id == event.id))
        shifts = db.session.scalars(select(Shift).where(Shift.event_id == event.id))
        return cls(
            ZoneInfo(event.zone),
            {part.person_id: part.key for part in cast},
            {slot.id: slot.key for slot in slots},
            {shift.id: shift.key for shift in shifts},
        )

    def text(self, message: Message) -> dict[str, Any]:
        return {"at": self._at(message.claimed_at), **self._about(message), "body": whole_body(message)}

    def unsent(self, message: Message) -> dict[str, Any]:
        about = self._about(message)
        return {"at": self._at(message.finished_at), **{key: about[key] for key in ("to", "rule", "subject")}}

    def _about(self, message: Message) -> dict[str, Any]:
        return {
            "to": self.people.get(message.person_id or 0),
            "rule": message.rule or message.kind,
            "subject": self.slots.get(message.slot_id or 0) or self.shifts.get(message.shift_id or 0),
            "says": self._at(message.says_at),
        }

    def _at(self, at: datetime | None) -> str | None:
        return at.astimezone(self.zone).isoformat() if at else None
