"""What became of a show: its slots, its texts, its volunteers and what was raised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal

from sqlalchemy import case, func, select

from coordinator.accounts.queries import coordinators_of
from coordinator.core.played import PlayedSlot, PlayedStage, played
from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.features.afterwards.queries import VolunteerHours, volunteer_hours_of
from coordinator.lineup.models import Slot
from coordinator.messaging.models import Direction, Message, MessageState
from coordinator.money.queries import CauseTotal, totals_of
from coordinator.people.models import Channel, Person
from coordinator.people.queries import people_at
from coordinator.shownight.queries import Night, StageNight, night

CENTS = Decimal("0.01")
UNDELIVERED = (MessageState.FAILED, MessageState.UNDELIVERED)
NOT_SENT = (MessageState.EXPIRED, MessageState.STOPPED)


@dataclass(frozen=True, slots=True)
class SlotReport:
    """One slot as planned and as played. ``late`` and ``lost`` in whole minutes; None: not marked."""

    slot: Slot
    was: PlayedSlot

    @property
    def late(self) -> int | None:
        return whole_minutes(self.was.late)

    @property
    def lost(self) -> int | None:
        return whole_minutes(self.was.lost)


@dataclass(frozen=True, slots=True)
class StageReport:
    """One stage on one show day, as planned and as played; ``late`` and ``over_curfew`` in whole minutes.

    ``seen``: the ids of the acts that were marked here, or played, on any stage that day.
    """

    night: StageNight
    played: PlayedStage
    seen: frozenset[int | None]

    @property
    def key(self) -> str:
        """Of this stage and day in the page."""
        return f"stage-{self.night.stage.key}-{self.night.day.on}"

    @property
    def canceled(self) -> list[Slot]:
        """The slots that were canceled on their day: before it, they were only planned otherwise."""
        since_at = show_day_bounds(self.night.day.on, zone_named(self.night.stage.event.zone))[0]
        return [slot for slot in self.night.slots if slot.cancelled_at and slot.cancelled_at >= since_at]

    @property
    def never_here(self) -> list[Slot]:
        """The acts that nobody saw on a stage that was run: neither marked here nor started, and not canceled."""
        if not any(slot.started_at for slot in self.night.slots):
            return []
        slots = [slot for slot in self.night.slots if slot.act_id and not slot.cancelled_at]
        return [slot for slot in slots if slot.act_id not in self.seen]

    @property
    def lines(self) -> list[SlotReport]:
        """Each slot with what was marked about it, in order."""
        return [SlotReport(slot, was) for slot, was in zip(self.night.slots, self.played.slots, strict=True)]

    @property
    def late(self) -> int | None:
        return whole_minutes(self.played.late)

    @property
    def over_curfew(self) -> int | None:
        return whole_minutes(self.played.over_curfew)


@dataclass(frozen=True, slots=True)
class TextsReport:
    """The texts, or the emails, of one kind. ``segments`` are of those that went out."""

    what: str
    channel: str
    sent: int
    delivered: int
    failed: int
    not_sent: int
    segments: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one show. ``price``: of one segment; None: none is set."""

    event: Event
    stages: Sequence[StageReport]
    texts: Sequence[TextsReport]
    hours: VolunteerHours
    totals: Sequence[CauseTotal]
    price: Decimal | None

    @property
    def segments(self) -> int:
        """Of all texts that went out."""
        return sum(line.segments for line in self.texts)

    @property
    def cost(self) -> Decimal | None:
        """What the texts cost at this price, rounded up to the cent."""
        return None if self.price is None else (self.price * self.segments).quantize(CENTS, rounding=ROUND_UP)

    @property
    def excused(self) -> int:
        """How many no-shows were excused."""
        return sum(worked.is_excused for each in self.hours.people for worked in each.shifts)

    @property
    def share(self) -> int | None:
        """How many percent of the goal were raised; None: there is no goal, or nothing to tell."""
        goal, raised = self.event.donation_goal, self.hours.raised
        return int(raised * 100 / goal) if goal and raised is not None else None

    def sum_of(self, field: str, channel: str) -> int:
        """How many texts or emails of all kinds."""
        return sum(getattr(line, field) for line in self.texts if line.channel == channel)


def report_of(event: Event, now: datetime, *, price: Decimal | None) -> Report:
    """The report as it stands now."""
    tonight = night(event.id, now)
    stages = [_stage(stage, tonight) for stage in tonight.stages if stage.slots]
    return Report(event, stages, texts_of_kinds(event.id), volunteer_hours_of(event, now), totals_of(event), price)


def _stage(stage: StageNight, tonight: Night) -> StageReport:
    that_day = [slot for each in tonight.stages_on(stage.day) for slot in each.slots]
    seen = frozenset(slot.act_id for slot in that_day if slot.said_here_at or slot.started_at or slot.ended_at)
    opening = [slot.opening_plan_at for slot in stage.slots]
    return StageReport(stage, played(stage.plans, stage.curfew_at, opening), seen)


def whole_minutes(length: timedelta | None) -> int | None:
    """The length in minutes, to the nearest; negative when it is."""
    return None if length is None else round(length / timedelta(minutes=1))


def texts_of_kinds(event_id: int) -> list[TextsReport]:
    """The event's outgoing texts and emails by kind, most first. Reminders that rode with another cost nothing."""
    what = func.coalesce(Message.rule, Message.kind)
    went_out, rode = Message.sent_at.is_not(None), Message.rides_with_id.is_not(None)

    grouped = (
        select(
            what,
            Message.channel,
            func.sum(case((went_out, 1), else_=0)),
            func.sum(case((Message.state == MessageState.DELIVERED, 1), else_=0)),
            func.sum(case((Message.state.in_(UNDELIVERED), 1), else_=0)),
            func.sum(case((Message.state.in_(NOT_SENT), 1), else_=0)),
            func.sum(case((went_out & ~rode & (Message.channel == Channel.TEXT), Message.segments), else_=0)),
        )
        .where(Message.event_id == event_id, Message.direction == Direction.OUT)
        .group_by(what, Message.channel)
    )
    rows = db.session.execute(grouped).all()
    lines = [TextsReport(kind, channel, *map(int, numbers)) for kind, channel, *numbers in rows]
    told = [line for line in lines if line.sent or line.failed or line.not_sent]
    return sorted(told, key=lambda line: (line.channel != Channel.TEXT, -line.sent, line.what))


def reader_at(organisation_id: int, address: str) -> Person | None:
    """Who may be sent a report at this address: a member, or somebody who agreed to emails; None: nobody there may."""
    members = [each.person for each in coordinators_of(organisation_id) if each.account.email == address]
    agreed = [person for person in people_at(address, organisation_id) if person.can_be_mailed]
    return next(iter([*members, *agreed]), None)


def event_with_report(key: str) -> Event | None:
    """The event whose report has this link."""
    return db.session.scalars(select(Event).where(Event.report_key == key)).one_or_none()
