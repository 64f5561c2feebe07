"""What reminders are about: slots and shifts, with the people to tell and the projected times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ...core.timeline import Anchor
from ...events.models import Event
from ...lineup.models import Slot
from ...people.models import Person
from ...shifts.models import EXPECTED, Shift
from ...shifts.queries import Crews, shift_times, shifts_of
from ...shownight.queries import Night

SHIFT_START = Anchor.SHIFT_START.value
Anchors = Mapping[str, datetime | None]


class Recipient(NamedTuple):
    """Somebody to tell, since when they have been part of it, and whether they have said that they will come."""

    person: Person
    audience: str
    since_at: datetime
    will_come: bool = False


class Subject(NamedTuple):
    """A slot or a shift that people are told about. An anchor without a projected time is None.

    ``leader`` is the slot whose fate decides: the slot itself, or the one that the shift follows.
    """

    key: str  # slot:12, shift:7
    slot: Slot | None
    shift: Shift | None
    leader: Slot | None
    anchors: Anchors
    recipients: tuple[Recipient, ...]

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
    def restored_at(self) -> datetime | None:
        return self.leader.restored_at if self.leader else None

    @property
    def has_press(self) -> bool:
        return self.leader is not None and (self.leader.started_at or self.leader.ended_at) is not None

    @property
    def early_ok(self) -> bool:
        return self.leader is not None and self.leader.early_ok and not self.leader.pinned

    @property
    def planned_at(self) -> datetime:
        row = self.slot or self.shift
        assert row is not None
        return row.starts_at

    @property
    def own_anchor(self) -> str:
        return Anchor.SET_START if self.slot else Anchor.SHIFT_START


def subjects_of(event: Event, night: Night, shifts: Sequence[Shift] | None = None) -> list[Subject]:
    """Everything of the event that somebody is told about, slots first, in their order.

    ``shifts`` spares reading them again.
    """
    shifts = shifts_of(event) if shifts is None else shifts
    crews = Crews(shifts)
    slots = [_slot_subject(slot, crews, night) for stage in night.stages for slot in stage.slots]
    house: Anchors = {Anchor.DOORS: night.event.doors_at, Anchor.CURFEW: _last_curfew(night)}
    helping = [_shift_subject(shift, night, house) for shift in shifts]
    return [subject for subject in [*slots, *helping] if subject.recipients]


def _slot_subject(slot: Slot, crews: Crews, night: Night) -> Subject:
    anchors = night.anchors(slot.id)
    crew = _crew(crews.of(slot.id, anchors[Anchor.CHANGEOVER_START]))
    return Subject(f"slot:{slot.id}", slot, None, slot, anchors, (*_performers(slot), *crew))


def _shift_subject(shift: Shift, night: Night, house: Anchors) -> Subject:
    """``house`` are the anchors of a shift that follows no slot: those that stand still for the whole event."""
    followed = shift.follows_slot_id
    starts_at = shift.starts_at if followed is None else shift_times(shift, night).starts_at
    anchors = {**(house if followed is None else night.anchors(followed)), SHIFT_START: starts_at}
    leader = None if followed is None else shift.follows
    return Subject(f"shift:{shift.id}", None, shift, leader, anchors, _expected_on(shift, "volunteers"))


def _last_curfew(night: Night) -> datetime | None:
    curfews = [stage.stage.curfew_at for stage in night.stages if stage.stage.curfew_at is not None]
    return max(curfews, default=None)


def _performers(slot: Slot) -> tuple[Recipient, ...]:
    if slot.act is None or slot.answer == "declined":
        return ()
    return tuple(Recipient(member.person, "performers", member.joined_at) for member in slot.act.members)


def _expected_on(shift: Shift, audience: str) -> tuple[Recipient, ...]:
    expected = [sign_up for sign_up in shift.sign_ups if sign_up.state in EXPECTED]
    return tuple(
        [Recipient(each.person, audience, each.created_at, each.will_come_at is not None) for each in expected]
    )


def _crew(shifts: Iterable[Shift]) -> tuple[Recipient, ...]:
    """Everybody who is expected, once; who is on two of the shifts has been part of it since the first."""
    crew: dict[int, Recipient] = {}
    for shift in shifts:
        for recipient in _expected_on(shift, "changeover_crew"):
            crew.setdefault(recipient.person.id, recipient)
    return tuple(crew.values())
