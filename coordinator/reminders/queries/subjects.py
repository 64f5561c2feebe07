"""What reminders are about: slots and shifts, with the people to tell and the projected times."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from coordinator.core.reminders import SeenPlan
from coordinator.core.reminders.spots import SpotFacts
from coordinator.core.rules import Audience, Rule
from coordinator.core.timeline import NOTHING, Anchor, SlotPlan
from coordinator.events.models import Event
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.people.models import Person
from coordinator.shifts.models import EXPECTED, Shift, SignUp
from coordinator.shifts.queries.planned import Crews, shift_times, shifts_of
from coordinator.shifts.queries.spots import spot_facts
from coordinator.shownight.queries import Night

from .plans import observe_plans, seen_plans, shift_key, slot_key

SHIFT_START = Anchor.SHIFT_START.value
Anchors = Mapping[str, datetime | None]


class Recipient(NamedTuple):
    """Someone to tell, since when they have been part of it, and whether they agreed to come.

    ``has_said``: they have answered for themselves, although their act's answer is open because members disagree.
    ``sign_up``: their spot, for a shift.
    """

    person: Person
    audience: str
    since_at: datetime
    will_come: bool = False
    has_said: bool = False
    sign_up: SignUp | None = None


class Subject(NamedTuple):
    """A slot or a shift that people are told about. An anchor without a told time is None.

    ``leader`` is the slot it depends on: the slot itself, or the one that the shift follows; ``facts`` are that slot's
    plan and facts in the night it was read from, which may be hypothetical. ``plan`` is what a look at that night sees
    of the plan. ``is_called_off``: as if the shift had been called off now. ``spot``: when and where a shift is.
    """

    key: str  # slot:12, shift:7
    slot: Slot | None
    shift: Shift | None
    leader: Slot | None
    anchors: Anchors
    recipients: tuple[Recipient, ...]
    facts: SlotPlan | None
    plan: SeenPlan
    is_called_off: bool = False
    spot: SpotFacts | None = None

    @property
    def existed_at(self) -> datetime:
        row = self.slot or self.shift
        assert row is not None  # one of the two makes the subject
        return row.created_at

    @property
    def cancelled_at(self) -> datetime | None:
        own = self.shift.cancelled_at if self.shift else None
        return own or (self.leader.cancelled_at if self.leader else None)

    @property
    def is_cancelled(self) -> bool:
        is_off = self.is_called_off or (self.shift is not None and self.shift.cancelled_at is not None)
        return is_off or (self.facts is not None and self.facts.cancelled)

    @property
    def restored_at(self) -> datetime | None:
        return self.leader.restored_at if self.leader else None

    @property
    def has_press(self) -> bool:
        return self.facts is not None and self.facts.pressed_at is not None

    @property
    def early_ok(self) -> bool:
        return self.facts is not None and self.facts.early_ok and not self.facts.pinned

    @property
    def has_changeover(self) -> bool:
        """Whether there is a changeover before the slot for which to call people."""
        return self.facts is None or self.facts.changeover > NOTHING

    @property
    def starts_at(self) -> datetime:
        """The planned start."""
        row = self.slot or self.shift
        assert row is not None
        return row.starts_at

    @property
    def name(self) -> str:
        """The name of the act or the role."""
        if self.shift:
            return self.shift.role.name
        return self.slot.name if self.slot else ""

    def called(self, language: str) -> str:
        """The same for a reader of this language."""
        return self.shift.role.called(language) if self.shift else self.name

    @property
    def called_before(self) -> timedelta:
        """How long before the start of a shift its people must be there."""
        return self.shift.call if self.shift else timedelta(0)

    def lead_of(self, rule: Rule) -> timedelta:
        """How long before its anchor a reminder goes out: one before a shift counts from when people must be there."""
        return rule.lead + self.called_before if rule.anchor == SHIFT_START else rule.lead

    @property
    def own_anchor(self) -> str:
        return Anchor.SET_START if self.slot else Anchor.SHIFT_START


def subjects_of(
    event: Event,
    night: Night,
    shifts: Sequence[Shift] | None = None,
    plans: Mapping[str, SeenPlan] | None = None,
) -> list[Subject]:
    """Everything in the event that someone is told about, slots first, in their order.

    ``shifts`` and ``plans`` (what a look at the night sees of each plan) save reading them again.
    """
    shifts = shifts_of(event) if shifts is None else shifts
    plans = observe_plans(night, shifts, seen_plans(event.id)) if plans is None else plans
    crews = Crews(shifts)
    slots = [_slot_subject(slot, crews, night, plans) for stage in night.stages for slot in stage.slots]
    helping = [_shift_subject(shift, night, plans) for shift in shifts]
    return [subject for subject in [*slots, *helping] if subject.recipients]


def _slot_subject(slot: Slot, crews: Crews, night: Night, plans: Mapping[str, SeenPlan]) -> Subject:
    key, anchors = slot_key(slot.id), night.anchors(slot.id)
    crew = _crew(crews.of(slot.id, anchors[Anchor.CHANGEOVER_START]))
    facts = night.plan(slot.id)
    return Subject(key, slot, None, slot, anchors, (*_performers(slot), *crew), facts, plans[key])


def _shift_subject(shift: Shift, night: Night, plans: Mapping[str, SeenPlan]) -> Subject:
    followed = shift.follows_slot_id
    times = shift_times(shift, night)
    starts_at, spot = times.starts_at, spot_facts(shift, times.starts_at, times.ends_at)
    anchors = {**(_of_the_day(shift, night) if followed is None else night.anchors(followed)), SHIFT_START: starts_at}
    leader, key = None if followed is None else shift.follows, shift_key(shift.id)
    facts = None if followed is None else night.plan(followed)
    people, plan = _expected_on(shift, Audience.VOLUNTEERS), plans[key]
    return Subject(key, None, shift, leader, anchors, people, facts, plan, spot=spot)


def _of_the_day(shift: Shift, night: Night) -> Anchors:
    """The anchors of a shift that follows no slot: those that stay the same for its whole show day."""
    day = night.event.day_of(shift.starts_at)
    return {Anchor.DOORS: day.doors_at, Anchor.CURFEW: day.last_curfew_at}


def _performers(slot: Slot) -> tuple[Recipient, ...]:
    if slot.act is None or slot.answer == ActAnswer.DECLINED:
        return ()
    said = slot.said if slot.disputed_at is not None else {}
    members = slot.act.members
    return tuple(
        Recipient(each.person, Audience.PERFORMERS, each.joined_at, False, each.person_id in said) for each in members
    )


def _expected_on(shift: Shift, audience: str) -> tuple[Recipient, ...]:
    expected = [sign_up for sign_up in shift.sign_ups if sign_up.state in EXPECTED]
    return tuple(
        [
            Recipient(each.person, audience, each.created_at, each.will_come_at is not None, sign_up=each)
            for each in expected
        ]
    )


def _crew(shifts: Iterable[Shift]) -> tuple[Recipient, ...]:
    """Everyone who is expected, once; someone on two of the shifts has been part of it since the first."""
    crew: dict[int, Recipient] = {}
    for shift in shifts:
        for recipient in _expected_on(shift, Audience.CHANGEOVER_CREW):
            crew.setdefault(recipient.person.id, recipient)
    return tuple(crew.values())
