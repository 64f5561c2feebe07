"""Laying several shifts at once: from a pattern, from an earlier event, from a list somebody pasted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...db import transaction
from ...events.actions import lock_event
from ...events.models import Event
from ...shownight.actions import By
from ...shownight.queries import Night, plan_night
from ..models import Role, Shift
from ..queries import Follows
from ..refusals import TooManyShifts
from .planning import NOTHING, follow, free_shift_key, must_be_possible, stand
from .recording import record_plan, shift_as_recorded
from .roles import RoleFacts, role_for

MOST_AT_ONCE = 2_500


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A shift that is to be. ``role`` is taken by its name, or made as it says. ``starts_at`` and ``ends_at`` are the
    planned ones; one that ``follows`` takes those of the plan when it is laid."""

    role: RoleFacts
    starts_at: datetime
    ends_at: datetime
    least: int = 1
    most: int = 1
    follows: Follows | None = None
    place: str | None = None
    call: timedelta = NOTHING

    @property
    def identity(self) -> Hashable:
        """What makes two of them the same shift: the work, the time or what it follows, the place."""
        return _identity(self.role.called, self.place, self.follows, self.starts_at, self.ends_at)


def left_to_lay(event: Event, drafts: Sequence[ShiftDraft], shifts: Sequence[Shift]) -> list[ShiftDraft]:
    """Those that are not among the event's shifts already, each once."""
    there = {identity_of(shift) for shift in shifts if shift.event_id == event.id}
    left = {draft.identity: draft for draft in drafts if draft.identity not in there}
    return list(left.values())


def lay_shifts(
    event: Event, drafts: Sequence[ShiftDraft], *, by: By, now: datetime, roles: Sequence[RoleFacts] = ()
) -> list[Shift]:
    """The shifts that are not there yet, in one go: all of them or, with an ImpossibleShift, none.

    ``roles``: those that are to be there even without a shift.
    """
    if len(drafts) > MOST_AT_ONCE:
        raise TooManyShifts(MOST_AT_ONCE)
    with transaction() as session:
        lock_event(session, event.id)
        there = session.scalars(select(Shift).where(Shift.event_id == event.id).options(joinedload(Shift.role))).all()
        left = left_to_lay(event, drafts, there)
        works = _roles(event, [*(draft.role for draft in left), *roles], by, now)
        taken, planned = {shift.key for shift in there}, plan_night(event.id)
        laid = [_laid(event, works[draft.role.called.casefold()], draft, taken, planned, now) for draft in left]
        session.add_all(laid)
        session.flush()
        if laid:
            after = {"shifts": [shift_as_recorded(shift) for shift in laid]}
            record_plan(event, "shifts.laid", event.slug, by, now, after=after)
    return laid


def _roles(event: Event, all_facts: Sequence[RoleFacts], by: By, now: datetime) -> dict[str, Role]:
    wanted = {facts.called.casefold(): facts for facts in reversed(all_facts)}  # the first of a name says what
    return {name: role_for(event, facts, by=by, now=now) for name, facts in reversed(wanted.items())}


def _laid(event: Event, role: Role, draft: ShiftDraft, taken: set[str], planned: Night, now: datetime) -> Shift:
    shift = Shift(event_id=event.id, role_id=role.id, key=free_shift_key(role, taken))
    shift.min, shift.max, shift.place, shift.call, shift.created_at = (
        draft.least,
        draft.most,
        draft.place,
        draft.call,
        now,
    )
    if draft.follows is not None:
        follow(shift, event, draft.follows, planned)
    else:
        stand(shift, event, draft.starts_at, draft.ends_at)
    must_be_possible(shift)
    taken.add(shift.key)
    return shift


def identity_of(shift: Shift) -> Hashable:
    """The same of a shift that is there."""
    follows = None
    if shift.follows_slot_id is not None:
        follows = Follows(shift.follows_slot_id, shift.follows_from or "", shift.follows_to or "")
    return _identity(shift.role.name, shift.place, follows, shift.starts_at, shift.ends_at)


def _identity(
    work: str, place: str | None, follows: Follows | None, starts_at: datetime, ends_at: datetime
) -> Hashable:
    when: Hashable = (follows.slot_id, follows.begins, follows.ends) if follows else (starts_at, ends_at)
    return work.casefold(), (place or "").casefold(), when
