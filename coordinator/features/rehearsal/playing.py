"""A whole night in virtual time: the app's own planner and outbox, in memory, with a tick every 15 s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import func, select

from coordinator.accounts.models import Actor
from coordinator.core.timeline import ExpectedPress
from coordinator.db import db
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.features.text_replies.routing import answer_text
from coordinator.lineup.actions.writing import start_at
from coordinator.lineup.models import Slot
from coordinator.lineup.refusals import CannotPlan
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.holding import release_held
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Message, MessageState
from coordinator.people.models import Channel
from coordinator.reminders.actions.alerts import notice_what_is_missing, pass_on_news
from coordinator.reminders.actions.holding import hold
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.reminders.queries.overdue import next_clock_alert_at
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverSearch
from coordinator.shifts.refusals.attendance import NotStarted
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import press
from coordinator.shownight.queries import Night, night
from coordinator.shownight.refusals import CannotPress

from .desk import Who, ask_stand_in, hold_or_go_on, mark_no_show, swap
from .steps import DESK, BadScript, RehearsalStep, SkippedStep, TakesTooLong

TICK = timedelta(seconds=15)
BEFORE_DOORS = timedelta(days=8)
HELD_LOOK = timedelta(minutes=5)  # a hold that the script never ends would be looked at every minute until morning
STAGE_MANAGER = Actor.command("the script")
Seen = Callable[[Night, datetime], None]


@dataclass(slots=True)
class Rehearsal:
    """One event played from 8 days before doors to the end of its show day.

    ``on_time``: the stage manager presses whatever the script leaves to them, when it is due. ``forgiving``: a step
    that is impossible when its time comes is skipped. ``see`` is shown each night that was reached, and how long
    it holds; once ``go_on`` is false, the rehearsal is given up.
    """

    event: Event
    public_url: str
    on_time: bool = False
    forgiving: bool = False
    see: Seen = lambda seen, until: None
    go_on: Callable[[], bool] = lambda: True
    taken: list[RehearsalStep] = field(default_factory=list)
    pressed: list[RehearsalStep] = field(default_factory=list)
    skipped: list[SkippedStep] = field(default_factory=list)
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    mail_line: RecordingGateway = field(default_factory=lambda: RecordingGateway(channel=Channel.EMAIL))
    began_at: datetime = field(init=False)
    now: datetime = field(init=False)
    heard: int = 0

    def __post_init__(self) -> None:
        self.began_at = self.now = begins_at(self.event)

    def play(self, steps: Iterable[RehearsalStep]) -> None:
        """Play all steps; those before the beginning happen with it. Raises BadScript, TakesTooLong.

        Ticks at which nothing can happen are skipped. Afterwards ``taken`` are the steps of the script that happened,
        ``pressed`` what the stage manager added, ``skipped`` what could not be.
        """
        coming = sorted(steps, key=lambda step: step.at)
        ends_at = self.event.plan_until_at or self.now
        for step in [step for step in coming if step.at > ends_at]:
            coming.remove(step)
            self._refuse(step, _too_late(self._named(step), self._local(ends_at)))
        seen = night(self.event.id, self.now)
        while self.now <= ends_at:
            if not self.go_on():
                raise TakesTooLong
            while coming and coming[0].at <= self.now:
                self._take_or_skip(coming.pop(0))
                seen = night(self.event.id, self.now)
            self._press_what_is_due(seen, coming)
            self._tick()
            seen = night(self.event.id, self.now)
            next_at = self._next_tick(seen, coming)
            self.see(seen, min(next_at, ends_at))
            self.now = next_at

    def _take_or_skip(self, step: RehearsalStep) -> bool:
        try:
            self._take(step)
        except BadScript as fault:
            self._refuse(step, fault)
            return False
        self.taken.append(step)
        return True

    def _refuse(self, step: RehearsalStep, fault: BadScript) -> None:
        if not self.forgiving:
            raise fault
        self.skipped.append(SkippedStep(step, fault))

    def _press_what_is_due(self, seen: Night, coming: Iterable[RehearsalStep]) -> None:
        for due in self._expected(seen, coming) if self.on_time else ():
            if due.due_at <= self.now and self._take_or_skip(step := RehearsalStep(self.now, due.do, due.slot)):
                self.pressed.append(step)

    def _expected(self, seen: Night, coming: Iterable[RehearsalStep]) -> list[ExpectedPress]:
        """The next press of each stage not on hold, but what the script has a step for or was refused before."""
        others = {(step.do, step.slot) for step in (*coming, *(skipped.step for skipped in self.skipped))}
        found = [stage.projection.expects for stage in seen.stages if stage.held_since_at is None]
        return [press for press in found if press and (press.do, press.slot) not in others]

    def _tick(self) -> None:
        release_held(self.now)
        next_waves(self.now)
        notice_what_is_missing(self.now, sender=self.gateway.sender)
        pass_on_news(self.now, sender=self.gateway.sender, public_url=self.public_url)
        plan(self.now, public_url=self.public_url)
        for line in (self.gateway, self.mail_line):
            dispatch_due(line, now=lambda: self.now, worker="rehearsal", hold=hold)

    def _next_tick(self, seen: Night, coming: Sequence[RehearsalStep]) -> datetime:
        due_at = db.session.scalar(select(func.min(Message.due_at)).where(Message.state == MessageState.WAITING))
        held_until = db.session.scalar(select(func.min(Message.held_until)).where(Message.state == MessageState.HELD))
        look_at = db.session.scalar(select(Event.plan_again_at).where(Event.id == self.event.id))
        if look_at and not coming and any(stage.held_since_at for stage in seen.stages):
            look_at = max(look_at, self.now + HELD_LOOK)
        wave_at = db.session.scalar(select(func.min(CoverSearch.next_wave_at)).where(CoverSearch.closed_at.is_(None)))
        known = [wave_at, due_at, held_until, look_at, next_clock_alert_at(seen), self.event.plan_until_at or self.now]
        known += [step.at for step in coming[:1]]
        known += [press.due_at for press in self._expected(seen, coming)] if self.on_time else []
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
            case do if do in DESK:
                self._at_desk(step)
            case _:
                self._press(step)

    def _press(self, step: RehearsalStep) -> None:
        proposed = ProposedPress(step.do, self._slot(step).id, step.minutes)
        try:
            press(proposed, actor=STAGE_MANAGER, now=self.now, at=step.at)
        except CannotPress as refusal:
            why = _l("%(step)s cannot be taken. %(why)s", step=self._named(step), why=refusal.args[0])
            raise BadScript(why, refusal) from None

    def _at_desk(self, step: RehearsalStep) -> None:
        who: Who = {"actor": STAGE_MANAGER, "now": self.now}
        try:
            match step.do:
                case "swap":
                    swap(self.event, self._slot(step), **who)
                case "stand_in":
                    ask_stand_in(self.event, step, self._slot(step), **who)
                case "no_show":
                    mark_no_show(self.event, step, **who)
                case _:
                    hold_or_go_on(step, self._stage(step), **who)
        except (CannotPress, CannotPlan, NotStarted) as refusal:
            why = _l("%(step)s cannot be taken. %(why)s", step=self._named(step), why=refusal.args[0])
            raise BadScript(why, refusal) from None

    def _plan(self, step: RehearsalStep) -> None:
        """Change a planned start; the order stays the same."""
        slot, starts_at = self._slot(step), step.starts_at
        if starts_at is not None:
            change_plan(self.event, lambda: start_at(slot, starts_at, self.event.zone))

    def _stage(self, step: RehearsalStep) -> Stage:
        stages = [stage for stage in self.event.stages if step.stage in (stage.key, None)]
        named, name = self._named(step), repr(step.stage)
        if not stages:
            raise BadScript(_l("%(step)s names stage %(name)s, which is not there.", step=named, name=name))
        if len(stages) > 1:
            names = ", ".join(stage.key for stage in stages)
            raise BadScript(_l("%(step)s must say which stage: %(names)s.", step=named, names=names))
        return stages[0]

    def _slot(self, step: RehearsalStep) -> Slot:
        slot = db.session.scalar(select(Slot).where(Slot.event_id == self.event.id, Slot.key == step.slot))
        if slot is None:
            name = repr(step.slot)
            raise BadScript(_l("%(step)s names slot %(name)s, which is not there.", step=self._named(step), name=name))
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
        named, name = self._named(step), repr(step.sender)
        if person is None:
            raise BadScript(_l("%(step)s comes from %(name)s, who is not there.", step=named, name=name))
        if person.phone is None:
            raise BadScript(_l("%(step)s comes from %(name)s, who has no phone.", step=named, name=name))
        return person.phone

    def _named(self, step: RehearsalStep) -> LazyString:
        return _l('The step "%(do)s" at %(at)s', do=step.do, at=self._local(step.at))

    def _local(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.event.zone)).isoformat()


def _too_late(named: LazyString, ends_at: str) -> BadScript:
    return BadScript(_l("%(step)s comes after the rehearsal, which ends at %(at)s.", step=named, at=ends_at))


def begins_at(event: Event) -> datetime:
    """8 days before doors; before the first slot where there are no doors. Raises BadScript."""
    first = db.session.scalar(select(func.min(Slot.starts_at)).where(Slot.event_id == event.id))
    opens_at = event.days[0].doors_at or first
    if opens_at is None:
        raise BadScript(_l("There is nothing to rehearse: the event has neither doors nor slots."))
    return opens_at - BEFORE_DOORS
