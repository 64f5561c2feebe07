"""A whole night played tick by tick: which texts would go out, and which reminders would not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coordinator.core.reminders.decisions import (
    Decision,
    NewTime,
    ReminderRule,
    Told,
    cancelled_says,
    decide,
    new_time,
)
from coordinator.core.reminders.sightings import Sighting, remember
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import NOTHING, Anchor, Projection, SlotPlan, project

TICK = timedelta(seconds=15)


class Act(StrEnum):
    """What somebody does to a slot during the night."""

    START = "start"
    END = "end"
    CANCEL = "cancel"
    RESTORE = "restore"
    LATE = "late"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Cue:
    """One press of the night. ``length``: how late it will be (zero withdraws that), or how much longer it may play."""

    at: datetime
    act: Act
    slot: str
    length: timedelta = NOTHING


@dataclass(frozen=True, slots=True)
class RehearsalText:
    """A text that goes out at ``at``: a reminder (``rule`` is its key), a ``new_time`` or a ``cancelled``."""

    at: datetime
    rule: str
    slot: str
    says: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reminder that expired at ``at`` without having been sent."""

    at: datetime
    rule: str
    slot: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that went out, and all that did not, in order."""

    texts: tuple[RehearsalText, ...]
    unsent: tuple[Unsent, ...]


def ticks(from_at: datetime, until_at: datetime, every: timedelta = TICK) -> Iterator[datetime]:
    """The instants at which the night is looked at, both ends included."""
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
) -> Rehearsal:
    """Play one stage with one person per slot, looking at it at each instant of ``looks``, in order of time.

    A cue at or before a look is seen by it. Raises KeyError for a cue of a slot that is not there.
    """
    night = _Night({slot.key: slot for slot in slots}, rules, {Anchor.DOORS: doors_at, Anchor.CURFEW: curfew_at})
    coming = sorted(cues, key=lambda cue: cue.at)
    for now in looks:
        while coming and coming[0].at <= now:
            night.take(coming.pop(0))
        night.look(now)
    return Rehearsal(tuple(night.texts), tuple(night.unsent))


@dataclass(slots=True)
class _Memory:
    """What is remembered of the person who plays one slot."""

    settled: set[str] = field(default_factory=set)  # keys of the rules that were sent or expired
    told: dict[str, Told] = field(default_factory=dict)
    told_since: bool = False
    announced: dict[str, set[datetime]] = field(default_factory=dict)
    sightings: dict[str, tuple[Sighting, ...]] = field(default_factory=dict)

    def tell(self, anchor: str, says: datetime) -> None:
        self.told[anchor] = Told(says)
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
        self.texts: list[RehearsalText] = []
        self.unsent: list[Unsent] = []

    def take(self, cue: Cue) -> None:
        self.slots[cue.slot] = _after(self.slots[cue.slot], cue)

    def look(self, now: datetime) -> None:
        projection = project(tuple(self.slots.values()), self.standing[Anchor.CURFEW], now)
        for slot in self.slots.values():
            anchors = {anchor: self._anchor_at(projection, slot, anchor) for anchor in self.anchors}
            self._see(slot, anchors, now)
            if slot.cancelled:
                self._cancel(slot, now)
            else:
                self._remind(slot, anchors, now)
                self._tell_new_times(slot, anchors, now)

    def _anchor_at(self, projection: Projection, slot: SlotPlan, anchor: str) -> datetime | None:
        return self.standing[anchor] if anchor in self.standing else projection.anchor(slot.key, anchor)

    def _see(self, slot: SlotPlan, anchors: Mapping[str, datetime | None], now: datetime) -> None:
        sightings = self.memories[slot.key].sightings
        for anchor, anchor_at in anchors.items():
            sightings[anchor] = remember(sightings.get(anchor, ()), now, anchor_at)

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
        memory = self.memories[slot.key]
        for rule in self.rules:
            anchor_at = anchors[rule.anchor]
            decision = decide(now, anchor_at and anchor_at - rule.lead, anchor_at)
            if rule.key in memory.settled or decision is Decision.WAIT:
                continue
            memory.settled.add(rule.key)
            if decision is Decision.SEND and anchor_at is not None:
                self._send(slot, rule.key, rule.anchor, anchor_at, now)
            else:
                self.unsent.append(Unsent(now, rule.key, slot.key))

    def _tell_new_times(self, slot: SlotPlan, anchors: Mapping[str, datetime | None], now: datetime) -> None:
        memory = self.memories[slot.key]
        for anchor, anchor_at in anchors.items():
            announced = memory.announced.setdefault(anchor, set())
            answer = new_time(
                memory.told.get(anchor, Told()),
                anchor_at,
                memory.sightings[anchor],
                now,
                early_ok=slot.early_ok,
                announced=announced,
            )
            if answer is NewTime.SEND and anchor_at is not None:
                announced.add(whole_minute(anchor_at))
                self._send(slot, "new_time", anchor, anchor_at, now)

    def _send(self, slot: SlotPlan, rule: str, anchor: str, anchor_at: datetime, now: datetime) -> None:
        says = whole_minute(anchor_at)
        self.texts.append(RehearsalText(now, rule, slot.key, says))
        self.memories[slot.key].tell(anchor, says)


def _after(slot: SlotPlan, cue: Cue) -> SlotPlan:
    match cue.act:
        case Act.START:
            return replace(slot, started_at=cue.at)
        case Act.END:
            return replace(slot, ended_at=cue.at)
        case Act.CANCEL:
            return replace(slot, cancelled=True)
        case Act.RESTORE:
            return replace(slot, cancelled=False)
        case Act.LATE:
            return replace(slot, late_by=cue.length or None)
        case Act.EXTEND:
            return replace(slot, extension=slot.extension + cue.length)
