"""Several shifts at once: from a pattern, from an earlier event, from a list someone pasted."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event
from coordinator.shownight.queries import Night, plan_night

from ..models import Role, Shift
from ..queries.planned import Follows, roles_of
from ..refusals.planning import TooManyShifts
from .plan_end import settle_plan_end
from .planning import NOTHING, follow, must_be_possible, set_fixed_times
from .recording import shift_as_recorded
from .roles import RoleFacts, as_known, roles_for

MOST_AT_ONCE = 1_000  # a festival's; on SQLite nobody else can write while they are added


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A shift to be added. ``role`` is found by its name, or created from these facts.

    ``starts_at`` and ``ends_at`` are planned times; a shift that ``follows`` a slot gets the plan's times when it is
    added.
    """

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
        """What makes two drafts the same shift: the role, the time or what it follows, the place."""
        return _identity(self.role.called, self.place, self.follows, self.starts_at, self.ends_at)


def not_there_yet(event: Event, drafts: Sequence[ShiftDraft], shifts: Sequence[Shift]) -> list[ShiftDraft]:
    """Drafts that are not among the event's shifts already, each once, under the name by which its role is known."""
    there = {identity_of(shift) for shift in shifts if shift.event_id == event.id}
    roles = roles_of(event)
    known = [replace(draft, role=as_known(draft.role, roles)) for draft in drafts]
    left = {draft.identity: draft for draft in known if draft.identity not in there}
    return list(left.values())


def add_many_shifts(
    event: Event, drafts: Sequence[ShiftDraft], *, actor: Actor, now: datetime, roles: Sequence[RoleFacts] = ()
) -> list[Shift]:
    """Add the shifts that are missing, in one go: all of them or, with an ImpossibleShift, none.

    ``roles``: roles to create even without a shift.
    """
    if len(drafts) > MOST_AT_ONCE:
        raise TooManyShifts(MOST_AT_ONCE)
    with transaction() as session:
        lock_event(session, event.id)
        there = session.scalars(select(Shift).where(Shift.event_id == event.id).options(joinedload(Shift.role))).all()
        left = not_there_yet(event, drafts, there)
        works = _roles(event, [*(draft.role for draft in left), *roles], actor, now)
        planned, keys = plan_night(event.id), _FreeKeys({shift.key for shift in there})
        added = [_shift_of(event, works[draft.role.called.casefold()], draft, keys, planned, now) for draft in left]
        session.add_all(added)
        session.flush()
        if added:
            settle_plan_end(event)
            after = {"shifts": [shift_as_recorded(shift) for shift in added]}
            record(event, actor, "shifts.laid", event.slug, now=now, after=after)
    return added


class _FreeKeys:
    """A key for each shift that is added, as ``free_shift_key`` makes them, without counting from 1 for each."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def next_of(self, role: Role) -> str:
        return next(key for number in self._numbers[role.key] if (key := f"{role.key}-{number}") not in self._taken)


def _roles(event: Event, all_facts: Sequence[RoleFacts], actor: Actor, now: datetime) -> dict[str, Role]:
    wanted = {facts.called.casefold(): facts for facts in reversed(all_facts)}  # the first of each name decides
    names = list(reversed(wanted))
    return dict(zip(names, roles_for(event, [wanted[name] for name in names], actor=actor, now=now), strict=True))


def _shift_of(event: Event, role: Role, draft: ShiftDraft, keys: _FreeKeys, planned: Night, now: datetime) -> Shift:
    shift = Shift(event_id=event.id, role_id=role.id, key=keys.next_of(role))
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
        set_fixed_times(shift, event, draft.starts_at, draft.ends_at)
    must_be_possible(shift)
    return shift


def identity_of(shift: Shift) -> Hashable:
    """The same for an existing shift."""
    follows = None
    if shift.follows_slot_id is not None:
        follows = Follows(shift.follows_slot_id, shift.follows_from or "", shift.follows_to or "")
    return _identity(shift.role.name, shift.place, follows, shift.starts_at, shift.ends_at)


def _identity(
    work: str, place: str | None, follows: Follows | None, starts_at: datetime, ends_at: datetime
) -> Hashable:
    when: Hashable = (follows.slot_id, follows.begins, follows.ends) if follows else (starts_at, ends_at)
    return work.casefold(), (place or "").casefold(), when
