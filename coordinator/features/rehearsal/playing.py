"""A whole night in virtual time: the app's own planner and outbox, in memory, with a tick every 15 s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.db import db
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.features.text_replies.routing import answer_text
from coordinator.lineup.actions.writing import start_at
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.holding import release_held
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import WENT_OUT, Direction, Message, MessageKind, MessageState
from coordinator.messaging.queries.outbox import whole_body
from coordinator.people.models import Channel
from coordinator.reminders.actions.alerts import notice_what_is_missing, pass_on_news
from coordinator.reminders.actions.holding import hold
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.reminders.queries.overdue import next_clock_alert_at
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverSearch, Shift
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import press
from coordinator.shownight.queries import night
from coordinator.shownight.refusals import CannotPress

TICK = timedelta(seconds=15)
BEFORE_DOORS = timedelta(days=8)
TEXT, PLAN, ATTEND = "text", "plan", "attend"  # steps that are not presses
STAGE_MANAGER = Actor.command("the script")


class BadScript(ValueError):
    """A step of the script is impossible; the sentence says which one and what would be right."""


@dataclass(frozen=True, slots=True)
class RehearsalStep:
    """One step: a press, a new planned start of a slot, a text, or someone takes charge of a stage.

    ``stage`` may be None if there is only one.
    """

    at: datetime
    do: str
    slot: str | None = None
    minutes: int | None = None
    starts_at: datetime | None = None
    stage: str | None = None
    sender: str | None = None
    body: str = ""


@dataclass(slots=True)
class Rehearsal:
    """One event played from 8 days before doors to the end of its show day."""

    event: Event
    public_url: str
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    mail_line: RecordingGateway = field(default_factory=lambda: RecordingGateway(channel=Channel.EMAIL))
    now: datetime = field(init=False)
    heard: int = 0

    def __post_init__(self) -> None:
        self.now = begins_at(self.event)

    def play(self, steps: Iterable[RehearsalStep]) -> None:
        """Play all steps; those before the beginning happen with it. Raises BadScript.

        Ticks at which nothing can happen are skipped.
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
            self._tick()
            self.now = self._next_tick(step_at)

    def _tick(self) -> None:
        release_held(self.now)
        next_waves(self.now)
        notice_what_is_missing(self.now)
        pass_on_news(self.now, sender=self.gateway.sender)
        plan(self.now, public_url=self.public_url)
        for line in (self.gateway, self.mail_line):
            dispatch_due(line, now=lambda: self.now, worker="rehearsal", hold=hold)

    def _next_tick(self, step_at: datetime) -> datetime:
        due_at = db.session.scalar(select(func.min(Message.due_at)).where(Message.state == MessageState.WAITING))
        held_until = db.session.scalar(select(func.min(Message.held_until)).where(Message.state == MessageState.HELD))
        look_at = db.session.scalar(select(Event.plan_again_at).where(Event.id == self.event.id))
        wave_at = db.session.scalar(select(func.min(CoverSearch.next_wave_at)).where(CoverSearch.closed_at.is_(None)))
        alert_at = next_clock_alert_at(night(self.event.id, self.now))
        known = (step_at, wave_at, due_at, held_until, look_at, alert_at, self.event.plan_until_at)
        wanted = min(at for at in known if at is not None)
        ticks = max(1, -((self.now - wanted) // TICK))
        return self.now + ticks * TICK

    def _take(self, step: RehearsalStep) -> None:
        match step.do:
            case "text":
                self._hear(step)
            case "plan":
                self._plan(step)
            case "attend":
                take_charge(self._stage(step).id, actor=STAGE_MANAGER, now=self.now)
            case _:
                self._press(step)

    def _press(self, step: RehearsalStep) -> None:
        proposed = ProposedPress(step.do, self._slot(step).id, step.minutes)
        try:
            press(proposed, actor=STAGE_MANAGER, now=self.now, at=step.at)
        except CannotPress as refusal:
            raise BadScript(f"{self._named(step)} cannot be taken. {refusal}") from None

    def _plan(self, step: RehearsalStep) -> None:
        """Change a planned start; the order stays the same."""
        slot, starts_at = self._slot(step), step.starts_at
        if starts_at is not None:
            change_plan(self.event, lambda: start_at(slot, starts_at, self.event.zone))

    def _stage(self, step: RehearsalStep) -> Stage:
        stages = [stage for stage in self.event.stages if step.stage in (stage.key, None)]
        if not stages:
            raise BadScript(f"{self._named(step)} names stage {step.stage!r}, which is not there.")
        if len(stages) > 1:
            raise BadScript(f"{self._named(step)} must say which stage: {', '.join(stage.key for stage in stages)}.")
        return stages[0]

    def _slot(self, step: RehearsalStep) -> Slot:
        slot = db.session.scalar(select(Slot).where(Slot.event_id == self.event.id, Slot.key == step.slot))
        if slot is None:
            raise BadScript(f"{self._named(step)} names slot {step.slot!r}, which is not there.")
        return slot

    def _hear(self, step: RehearsalStep) -> None:
        phone = self._phone(step)
        self.heard += 1
        receive_text(
            InboundText(phone=phone, to=self.gateway.sender, body=step.body, sid=f"rehearsal-{self.heard}"),
            now=self.now,
            answer=partial(answer_text, public_url=self.public_url),
        )

    def _phone(self, step: RehearsalStep) -> str:
        parts = select(EventPerson).where(EventPerson.event_id == self.event.id, EventPerson.key == step.sender)
        person = next((part.person for part in db.session.scalars(parts)), None)
        if person is None:
            raise BadScript(f"{self._named(step)} comes from {step.sender!r}, who is not there.")
        if person.phone is None:
            raise BadScript(f"{self._named(step)} comes from {step.sender!r}, who has no phone.")
        return person.phone

    def _named(self, step: RehearsalStep) -> str:
        return f'The step "{step.do}" at {self._local(step.at)}'

    def _local(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.event.zone)).isoformat()


def begins_at(event: Event) -> datetime:
    """8 days before doors; before the first slot where there are no doors."""
    first = db.session.scalar(select(func.min(Slot.starts_at)).where(Slot.event_id == event.id))
    opens_at = event.days[0].doors_at or first
    if opens_at is None:
        raise BadScript("There is nothing to rehearse: the event has neither doors nor slots.")
    return opens_at - BEFORE_DOORS


def report(event: Event) -> JsonObject:
    """What went out and what did not, in order, as ``flask rehearse --json`` prints it.

    A reminder that expired, was reopened by a change of the plan and expired again is listed twice.
    """
    names = _Names.of(event)
    messages = db.session.scalars(
        select(Message).where(Message.event_id == event.id, Message.direction == Direction.OUT).order_by(Message.id)
    ).all()
    gone = [message for message in messages if message.state in WENT_OUT and message.claimed_at]
    stayed = [
        (change.at, change.id, message)
        for message in messages
        for change in message.changes
        if message.kind != MessageKind.ECHO and change.after in (MessageState.EXPIRED, MessageState.STOPPED)
    ]
    return {
        "texts": [names.text(message) for message in sorted(gone, key=lambda m: (m.claimed_at or m.created_at, m.id))],
        "unsent": [names.unsent(message, at) for at, _, message in sorted(stayed, key=lambda each: each[:2])],
    }


@dataclass(frozen=True, slots=True)
class _Names:
    """The organizer's own keys for rows, and the zone in which instants are written."""

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

    def text(self, message: Message) -> JsonObject:
        return {"at": self._at(message.claimed_at), **self._about(message), "body": whole_body(message)}

    def unsent(self, message: Message, at: datetime) -> JsonObject:
        about = self._about(message)
        return {"at": self._at(at), **{key: about[key] for key in ("to", "rule", "subject")}}

    def _about(self, message: Message) -> JsonObject:
        return {
            "to": self.people.get(message.person_id or 0),
            "rule": message.rule or message.kind,
            "subject": self.slots.get(message.slot_id or 0) or self.shifts.get(message.shift_id or 0),
            "says": self._at(message.says_at),
        }

    def _at(self, at: datetime | None) -> str | None:
        return at.astimezone(self.zone).isoformat() if at else None
