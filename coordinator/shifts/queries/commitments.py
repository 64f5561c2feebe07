"""Everything that people do around some time, at any event of their organization, at the times that they are told.

It takes the same few queries however many the people are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from coordinator.core.commitments import NOTHING, Commitment, CommitmentKind
from coordinator.core.show_time import call_time
from coordinator.db import db
from coordinator.events.labels import called
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Act, ActAnswer, ActMember, Slot
from coordinator.lineup.queries import slots_played_by
from coordinator.shownight.queries import Night, StageNight, night_of

from ..models import HOLDING, Shift, SignUp
from .planned import shift_times, sign_ups_by

AROUND = timedelta(days=2)  # anything farther away can neither clash nor shorten a rest


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that one person does, with its row: a ``slot`` that they play, or their ``sign_up`` for a shift."""

    commitment: Commitment
    event_id: int
    slot: Slot | None = None
    sign_up: SignUp | None = None


@dataclass(slots=True)
class Nights:
    """The nights of events at one ``now``, each read once; several are read in three queries."""

    now: datetime
    known: dict[int, Night] = field(default_factory=dict)

    def __getitem__(self, event_id: int) -> Night:
        self.read([event_id])
        return self.known[event_id]

    def read(self, event_ids: Iterable[int]) -> None:
        """Read those that are not known yet."""
        missing = set(event_ids) - set(self.known)
        if missing:
            self.known |= _nights(missing, self.now)

    def with_(self, night: Night) -> "Nights":
        """The same with this night in place of the event's own."""
        return Nights(self.now, {**self.known, night.event.id: night})


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of what people do: their spots on shifts, and the slots that they play, each with whose it is."""

    sign_ups: Sequence[SignUp]
    playing: Sequence[tuple[int, Slot]]

    def doings(self, nights: Nights) -> dict[int, dict[str, Doing]]:
        """For each person, by key: everything that has a time."""
        following = (row.event_id for row in self.sign_ups if row.shift.follows_slot_id is not None)
        nights.read({*following, *(slot.event_id for _, slot in self.playing)})
        found: defaultdict[int, dict[str, Doing]] = defaultdict(dict)
        for row in self.sign_ups:
            if work := commitment_on(row.shift, nights):
                found[row.person_id][work.key] = Doing(work, row.event_id, sign_up=row)
        sets = _sets({slot.id: slot for _, slot in self.playing}.values(), nights)
        for person_id, slot in self.playing:
            if slot.id in sets:
                found[person_id][sets[slot.id].key] = Doing(sets[slot.id], slot.event_id, slot=slot)
        return found


def held_around(people: Collection[int], starts_at: datetime, ends_at: datetime) -> Held:
    """What these people do around this time; nobody plays what was canceled or declined."""
    if not people:
        return Held((), ())
    held = db.session.scalars(sign_ups_by(people).where(*_held(starts_at, ends_at))).all()
    playing = db.session.execute(slots_played_by(people).where(*_played_then(starts_at, ends_at))).all()
    return Held(held, [(person_id, slot) for person_id, slot in playing])


def busy_around(people: Collection[int], starts_at: datetime, ends_at: datetime) -> set[int]:
    """Those of them who do more than one thing around this time: nobody else can be in two places."""
    held = select(SignUp.person_id).join(Shift, Shift.id == SignUp.shift_id).where(*_held(starts_at, ends_at))
    played = (
        select(ActMember.person_id).join(Slot, Slot.act_id == ActMember.act_id).where(*_played_then(starts_at, ends_at))
    )
    each = union_all(held, played).subquery()
    busy = select(each.c.person_id).where(each.c.person_id.in_(people)).group_by(each.c.person_id)
    return set(db.session.scalars(busy.having(func.count() > 1))) if people else set()


def commitment_on(shift: Shift, nights: Nights) -> Commitment | None:
    """The shift as what somebody on it does; None while the slot that it follows has no time."""
    starts_at: datetime | None = shift.starts_at
    ends_at: datetime | None = shift.ends_at
    if shift.follows_slot_id is not None:
        times = shift_times(shift, nights[shift.event_id])
        starts_at, ends_at = times.span or (None, None)
    if starts_at is None or ends_at is None:
        return None
    return _work(shift, starts_at, ends_at)


def planned_commitment(shift: Shift, nights: Nights) -> Commitment:
    """The same; at its planned times while it has no others."""
    return commitment_on(shift, nights) or _work(shift, shift.starts_at, shift.ends_at)


def _held(starts_at: datetime, ends_at: datetime) -> Sequence[ColumnElement[bool]]:
    near = Shift.starts_at < ends_at + AROUND, Shift.ends_at > starts_at - AROUND
    return SignUp.state.in_(HOLDING), Shift.cancelled_at.is_(None), *near


def _played_then(starts_at: datetime, ends_at: datetime) -> Sequence[ColumnElement[bool]]:
    near = Slot.starts_at < ends_at + AROUND, Slot.starts_at > starts_at - AROUND
    return Slot.cancelled_at.is_(None), Slot.answer != ActAnswer.DECLINED, *near


def _work(shift: Shift, starts_at: datetime, ends_at: datetime) -> Commitment:
    call_at = call_time(starts_at, shift.call)
    where, key = f"{shift.event_id}", f"shift:{shift.id}"
    return Commitment(called(shift.role), starts_at, ends_at, call_at, shift.place, event=where, key=key)


def _sets(slots: Collection[Slot], nights: Nights) -> Mapping[int, Commitment]:
    """By slot: playing it. Those who play must be there for the changeover before, and clear the stage after it."""
    wanted = {slot.id for slot in slots}
    stages = [stage for event_id in {slot.event_id for slot in slots} for stage in nights[event_id].stages]
    return {slot.id: playing for stage in stages for slot, playing in _played(stage) if slot.id in wanted}


def _played(stage: StageNight) -> Iterator[tuple[Slot, Commitment]]:
    strike = NOTHING
    rows = zip(stage.slots, stage.plans, stage.told.slots, strict=True)
    for slot, plan, seen in reversed(list(rows)):
        if seen.starts_at is None or seen.ends_at is None or seen.ends_at <= seen.starts_at:
            continue
        call_at = seen.changeover_starts_at or seen.starts_at
        where, key = f"{slot.event_id}", f"slot:{slot.id}"
        place, kind = stage.stage.name, CommitmentKind.SET
        yield slot, Commitment(slot.name, seen.starts_at, seen.ends_at, call_at, place, kind, where, key, strike)
        strike = plan.changeover_min


def _nights(event_ids: Collection[int], now: datetime) -> dict[int, Night]:
    events = db.session.scalars(select(Event).where(Event.id.in_(event_ids))).all()
    stages: defaultdict[int, list[Stage]] = defaultdict(list)
    theirs = select(Stage).where(Stage.event_id.in_(event_ids)).order_by(Stage.position, Stage.id)
    for stage in db.session.scalars(theirs):
        stages[stage.event_id].append(stage)
    slots: defaultdict[int, list[Slot]] = defaultdict(list)
    played = select(Slot).where(Slot.event_id.in_(event_ids)).order_by(Slot.position, Slot.starts_at, Slot.id)
    whole = joinedload(Slot.act).selectinload(Act.members).joinedload(ActMember.person), selectinload(Slot.stage)
    for slot in db.session.scalars(played.options(*whole)).unique():
        slots[slot.event_id].append(slot)
    return {event.id: night_of(event, stages[event.id], slots[event.id], now) for event in events}
