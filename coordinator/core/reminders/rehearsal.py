"""Simulates a whole night tick by tick: which texts go out, and which reminders do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ..show_time import whole_minute
from ..timeline import NOTHING, Anchor, Projection, SlotPlan, planned_starts, told
from .decisions import Decision, NewTime, ReminderRule, Told, cancelled_says, decide, new_time
from .plans import SeenPlan, see_plan
from .sightings import Sighting, remember

TICK = timedelta(seconds=15)


class CueKind(StrEnum):
    """What a person does to a slot during the night."""

    START = "start"
    END = "end"
    CANCEL = "cancel"
    RESTORE = "restore"
    LATE = "late"
    EXTEND = "extend"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Cue:
    """One press of a button during the night, or one change of the plan.

    ``length``: how late the slot will be (zero withdraws that), or how much longer it may play. ``starts_at``: the new
    planned start.
    """

    at: datetime
    act: CueKind
    slot: str
    length: timedelta = NOTHING
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RehearsalText:
    """A text sent at ``at``. ``rule`` is the key of the reminder rule, ``new_time`` or ``cancelled``."""

    at: datetime
    rule: str
    slot: str
    says: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reminder that expired at ``at`` without being sent."""

    at: datetime
    rule: str
    slot: str


@dataclass(frozen=True, slots=True)
class StageRehearsal:
    """Everything that was sent, and everything that was not, in order of time."""

    texts: tuple[RehearsalText, ...]
    unsent: tuple[Unsent, ...]


def ticks(from_at: datetime, until_at: datetime, every: timedelta = TICK) -> Iterator[datetime]:
    """The instants at which the planner runs, both ends included."""
    at = from_at
    while at <= until_at:
        yield at
        at += every


def rehearse(
    slots: Sequence[SlotPlan],
    rules: Sequence[ReminderRule],
    cues: Sequence[Cue],
    looks: Iterable[datetime],
    *,
    curfew_at: datetime | None = None,
    doors_at: datetime | None = None,
) -> StageRehearsal:
    """Simulate one stage with one person per slot. The planner runs at each instant of ``looks``, in order of time.

    A run sees every cue at or before it. Raises KeyError for a cue of an unknown slot.
    """
    night = _Night({slot.key: slot for slot in slots}, rules, {Anchor.DOORS: doors_at, Anchor.CURFEW: curfew_at})
    coming = sorted(cues, key=lambda cue: cue.at)
    for now in looks:
        while coming and coming[0].at <= now:
            night.take(coming.pop(0))
        night.look(now)
    return StageRehearsal(tuple(night.texts), tuple(night.unsent))


@dataclass(slots=True)
class _Memory:
    """What is remembered about the person who plays one slot."""

    sent: set[str] = field(default_factory=set)  # keys of rules
    expired: dict[str, datetime] = field(default_factory=dict)  # last expiry, by key of the rule
    told: dict[str, Told] = field(default_factory=dict)
    told_since: bool = False
    announced: dict[str, set[datetime]] = field(default_factory=dict)
    sightings: dict[str, tuple[Sighting, ...]] = field(default_factory=dict)

    def tell(self, anchor: str, says: datetime, planned_at: datetime | None) -> None:
        self.told[anchor] = Told(says, planned_at=planned_at)
        self.told_since = True

    def take_back(self) -> None:
        self.told = {anchor: replace(told, voided=True) for anchor, told in self.told.items()}
        self.told_since = False
        self.announced.clear()


class _Night:
    def __init__(
        self,
        slots: dict[str, SlotPlan],
        rules: Sequence[ReminderRule],
        standing: Mapping[str, datetime | None],
    ) -> None:
        self.slots, self.rules, self.standing = slots, rules, standing
        self.anchors = tuple(dict.fromkeys(rule.anchor for rule in rules))
        self.memories = {key: _Memory() for key in slots}
        self.plans: dict[str, SeenPlan] = {}
        self.texts: list[RehearsalText] = []
        self.unsent: list[Unsent] = []

    def take(self, cue: Cue) -> None:
        self.slots[cue.slot] = _after(self.slots[cue.slot], cue)

    def look(self, now: datetime) -> None:
        slots = tuple(self.slots.values())
        projection = told(slots, self.standing[Anchor.CURFEW])
        plans = see_plan(slots, planned_starts(slots), self.plans, now)
        for slot in slots:
            anchors = {anchor: self._anchor_at(projection, slot, anchor) for anchor in self.anchors}
            self._see(slot, anchors, plans[slot.key], now)
            if slot.cancelled:
                self._cancel(slot, now)
            else:
                self._remind(slot, anchors, now)
                self._tell_new_times(slot, anchors, now)

    def _anchor_at(self, projection: Projection, slot: SlotPlan, anchor: str) -> datetime | None:
        return self.standing[anchor] if anchor in self.standing else projection.anchor(slot.key, anchor)

    def _see(self, slot: SlotPlan, anchors: Mapping[str, datetime | None], plan: SeenPlan, now: datetime) -> None:
        memory, before = self.memories[slot.key], self.plans.get(slot.key, plan)
        for anchor, anchor_at in anchors.items():
            memory.sightings[anchor] = remember(memory.sightings.get(anchor, ()), now, anchor_at)
        if plan.moves != before.moves:
            memory.announced.clear()
        self.plans[slot.key] = plan

    def _cancel(self, slot: SlotPlan, now: datetime) -> None:
        memory = self.memories[slot.key]
        says = cancelled_says(
            cancelled=slot.cancelled,
            has_press=slot.pressed_at is not None,
            told_since=memory.told_since,
            told_start=memory.told.get(Anchor.SET_START, Told()),
            planned_at=slot.starts_at,
        )
        if says is not None:
            self.texts.append(RehearsalText(now, "cancelled", slot.key, says))
            memory.take_back()

    def _remind(self, slot: SlotPlan, anchors: Mapping[str, datetime | None], now: datetime) -> None:
        memory, plan = self.memories[slot.key], self.plans[slot.key]
        for rule in self.rules:
            anchor_at = anchors[rule.anchor]
            decision = decide(now, anchor_at and anchor_at - rule.lead, anchor_at, plan_steady=plan.is_steady(now))
            if decision is Decision.WAIT or not self._is_open(slot, rule, memory, plan):
                continue
            if decision is Decision.SEND and anchor_at is not None:
                memory.sent.add(rule.key)
                self._send(slot, rule.key, rule.anchor, anchor_at, now)
            else:
                memory.expired[rule.key] = now
                self.unsent.append(Unsent(now, rule.key, slot.key))

    def _is_open(self, slot: SlotPlan, rule: ReminderRule, memory: _Memory, plan: SeenPlan) -> bool:
        if rule.key in memory.sent or (rule.anchor == Anchor.CHANGEOVER_START and not slot.changeover):
            return False
        return rule.key not in memory.expired or plan.revives(memory.expired[rule.key])

    def _tell_new_times(self, slot: SlotPlan, anchors: Mapping[str, datetime | None], now: datetime) -> None:
        memory = self.memories[slot.key]
        for anchor, anchor_at in anchors.items():
            announced = memory.announced.setdefault(anchor, set())
            answer = new_time(
                memory.told.get(anchor, Told()),
                anchor_at,
                memory.sightings[anchor],
                now,
                planned_at=self.plans[slot.key].planned_at,
                early_ok=slot.early_ok,
                announced=announced,
            )
            if answer is NewTime.SEND and anchor_at is not None:
                announced.add(whole_minute(anchor_at))
                self._send(slot, "new_time", anchor, anchor_at, now)

    def _send(self, slot: SlotPlan, rule: str, anchor: str, anchor_at: datetime, now: datetime) -> None:
        says = whole_minute(anchor_at)
        self.texts.append(RehearsalText(now, rule, slot.key, says))
        self.memories[slot.key].tell(anchor, says, self.plans[slot.key].planned_at)


def _after(slot: SlotPlan, cue: Cue) -> SlotPlan:
    match cue.act:
        case CueKind.START:
            return replace(slot, started_at=cue.at)
        case CueKind.END:
            return replace(slot, ended_at=cue.at)
        case CueKind.CANCEL:
            return replace(slot, cancelled=True)
        case CueKind.RESTORE:
            return replace(slot, cancelled=False)
        case CueKind.LATE:
            return replace(slot, late_by=cue.length or None)
        case CueKind.EXTEND:
            return replace(slot, extension=slot.extension + cue.length)
        case CueKind.PLAN:
            return slot.planned_for(cue.starts_at or slot.starts_at)
