"""Shifts as everybody above reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ...core.timeline import Anchor
from ...db import db
from ...events.models import Event
from ...shownight.queries import Night, night
from ..models import HOLDING, PhoneCode, Role, Shift, SignUp


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift really is. Both are None while the slot that it follows has no projected time."""

    starts_at: datetime | None
    ends_at: datetime | None

    def or_planned(self, shift: Shift) -> tuple[datetime, datetime]:
        """Its start and end, as planned while they are None."""
        return self.starts_at or shift.starts_at, self.ends_at or shift.ends_at


@dataclass(frozen=True, slots=True)
class Follows:
    """How a shift follows a slot: from one anchor, so long before it, to another, so long after it."""

    slot_id: int
    begins: str
    ends: str
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)


def shifts_of(event: Event) -> Sequence[Shift]:
    """The event's shifts in order of their planned start, with roles and the people on them."""
    return db.session.scalars(
        select(Shift)
        .where(Shift.event_id == event.id)
        .order_by(Shift.starts_at, Shift.id)
        .options(joinedload(Shift.role), selectinload(Shift.sign_ups).joinedload(SignUp.person))
    ).all()


def shift_times(shift: Shift, night: Night) -> Times:
    """The shift as the show really runs: one that follows a slot moves with it, a fixed one stands still."""
    if shift.follows_slot_id is None or shift.follows_from is None or shift.follows_to is None:
        return Times(shift.starts_at, shift.ends_at)
    begins_at = night.anchor(shift.follows_slot_id, shift.follows_from)
    ends_at = night.anchor(shift.follows_slot_id, shift.follows_to)
    if begins_at is None or ends_at is None:
        return Times(None, None)
    return Times(begins_at - shift.before, max(ends_at + shift.after, begins_at - shift.before))


def planned_times(follows: Follows, planned: Night) -> Times:
    """When the plan puts a shift that follows so, also after a slot that is cancelled; None where it has no time."""
    slot = next((slot for slot in planned.slots if slot.id == follows.slot_id), None)
    if slot is None:
        return Times(None, None)
    standing = planned.supposing(slot.id, replace(slot.plan, cancelled=False, started_at=None, ended_at=None))
    begins_at, ends_at = standing.anchor(slot.id, follows.begins), standing.anchor(slot.id, follows.ends)
    if begins_at is None or ends_at is None:
        return Times(None, None)
    return Times(begins_at - follows.before, ends_at + follows.after)


def follows_of(shift: Shift) -> Follows | None:
    """How the shift follows a slot; None: it stands still."""
    if shift.follows_slot_id is None or shift.follows_from is None or shift.follows_to is None:
        return None
    return Follows(shift.follows_slot_id, shift.follows_from, shift.follows_to, shift.before, shift.after)


def role_of(event_id: int, key: str) -> Role | None:
    """The event's role with this key."""
    return db.session.scalars(select(Role).where(Role.event_id == event_id, Role.key == key)).one_or_none()


def times_now(shift: Shift, now: datetime) -> Times:
    """The same, asking for the night only when the shift follows it."""
    if shift.follows_slot_id is None:
        return Times(shift.starts_at, shift.ends_at)
    return shift_times(shift, night(shift.event_id, now))


def shift_of(event_id: int, key: str) -> Shift | None:
    """The event's shift with this key, with its role and the people on it."""
    found = select(Shift).where(Shift.event_id == event_id, Shift.key == key)
    whole = found.options(joinedload(Shift.role), selectinload(Shift.sign_ups).joinedload(SignUp.person))
    return db.session.scalars(whole).one_or_none()


def code_of(code_id: int | None, event_id: int) -> PhoneCode | None:
    """The code, if it is one of this event; it may be used, or too old, by now."""
    found = select(PhoneCode).where(PhoneCode.id == code_id, PhoneCode.event_id == event_id)
    return db.session.scalars(found).one_or_none() if code_id else None


def roles_of(event: Event) -> Sequence[Role]:
    """The kinds of work there are, by name."""
    return db.session.scalars(select(Role).where(Role.event_id == event.id).order_by(Role.name, Role.id)).all()


def sign_up_of(event: Event, sign_up_id: int) -> SignUp | None:
    """The sign-up, if it is one of this event."""
    found = select(SignUp).where(SignUp.id == sign_up_id, SignUp.event_id == event.id)
    return db.session.scalars(found.options(joinedload(SignUp.shift).joinedload(Shift.role))).one_or_none()


def places_taken(shift_id: int) -> int:
    """How many people have a place on the shift."""
    held = select(func.count()).select_from(SignUp).where(SignUp.shift_id == shift_id, SignUp.state.in_(HOLDING))
    return db.session.scalar(held) or 0


class Crews:
    """Whose shifts work which changeovers.

    A shift does when it follows that changeover, or when its role works changeovers and its fixed times cover it.
    """

    def __init__(self, shifts: Iterable[Shift]) -> None:
        self._following: dict[int, list[Shift]] = defaultdict(list)
        self._fixed: list[tuple[datetime, datetime, Shift]] = []
        for shift in shifts:
            if shift.follows_slot_id is None:
                if shift.role.works_changeovers:
                    self._fixed.append((shift.starts_at, shift.ends_at, shift))
            elif shift.follows_from == Anchor.CHANGEOVER_START:
                self._following[shift.follows_slot_id].append(shift)

    def of(self, slot_id: int, changeover_at: datetime | None) -> list[Shift]:
        """The shifts that work the changeover before this slot, which begins at that instant (None: there is none)."""
        covering = [
            shift
            for starts_at, ends_at, shift in self._fixed
            if changeover_at is not None and starts_at <= changeover_at < ends_at
        ]
        return sorted([*self._following.get(slot_id, ()), *covering], key=lambda shift: (shift.starts_at, shift.id))
