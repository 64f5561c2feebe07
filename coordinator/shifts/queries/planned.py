"""Shifts, planned and as the show runs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from coordinator.core.cover import check_in_opens
from coordinator.core.show_time import calendar_day, call_time, zone_named
from coordinator.core.timeline import Anchor
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.shownight.queries import Night, night

from ..models import HOLDING, ProofCode, Role, Shift, SignUp

FAR = timedelta(hours=12)  # no show moves a shift further than this


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift really is. Both are None while the slot that it follows has no projected time."""

    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Its start and end; None while they are None, or if it would take no time."""
        if self.starts_at is None or self.ends_at is None or self.ends_at <= self.starts_at:
            return None
        return self.starts_at, self.ends_at

    def or_planned(self, shift: Shift) -> tuple[datetime, datetime]:
        """Its start and end, as planned while they are None."""
        return self.starts_at or shift.starts_at, self.ends_at or shift.ends_at


class ShiftAtItsTimes:
    """What values with a shift and its times have in common; the planned times while the real ones are None."""

    __slots__ = ()
    shift: Shift
    times: Times

    @property
    def starts_at(self) -> datetime:
        return self.times.or_planned(self.shift)[0]

    @property
    def ends_at(self) -> datetime:
        return self.times.or_planned(self.shift)[1]

    @property
    def check_in_opens_at(self) -> datetime:
        return check_in_opens_at(self.shift, self.starts_at)

    @property
    def is_on_another_day(self) -> bool:
        """Whether it starts on a different calendar day than the show's, or the show has several."""
        return is_on_another_day(self.shift.event, self.starts_at)


def is_on_another_day(event: Event, at: datetime) -> bool:
    """Whether a time of the show is said with its day: the show has several, or it is on another calendar day."""
    return len(event.days) > 1 or calendar_day(at, zone_named(event.zone)) != event.date


def check_in_opens_at(shift: Shift, starts_at: datetime) -> datetime:
    """From when people can be here for a shift that really starts at ``starts_at``.

    A show that runs late opens it no later: people were told the planned time, and come by it.
    """
    return check_in_opens(call_time(min(starts_at, shift.starts_at), shift.call))


@dataclass(frozen=True, slots=True)
class Follows:
    """How a shift follows a slot: from so long before one anchor to so long after another."""

    slot_id: int
    begins: str
    ends: str
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)


def sign_ups_by(people: Collection[int]) -> Select[SignUp]:
    """The sign-ups of these people at any event, with shifts and roles; the shifts and events are joined."""
    theirs = select(SignUp).join(Shift, Shift.id == SignUp.shift_id).join(Event, Event.id == SignUp.event_id)
    return theirs.where(SignUp.person_id.in_(people)).options(joinedload(SignUp.shift).joinedload(Shift.role))


def shifts_of(event: Event) -> Sequence[Shift]:
    """The event's shifts in order of their planned start, with roles and the people on them."""
    return db.session.scalars(
        select(Shift)
        .where(Shift.event_id == event.id)
        .order_by(Shift.starts_at, Shift.id)
        .options(joinedload(Shift.role), selectinload(Shift.sign_ups).joinedload(SignUp.person))
    ).all()


def shift_times(shift: Shift, night: Night) -> Times:
    """The shift as the show really runs: one that follows a slot moves with it, a fixed one does not."""
    if shift.follows_slot_id is None or shift.follows_from is None or shift.follows_to is None:
        return Times(shift.starts_at, shift.ends_at)
    begins_at = night.anchor(shift.follows_slot_id, shift.follows_from)
    ends_at = night.anchor(shift.follows_slot_id, shift.follows_to)
    if begins_at is None or ends_at is None:
        return Times(None, None)
    return Times(begins_at - shift.before, max(ends_at + shift.after, begins_at - shift.before))


def planned_times(follows: Follows, planned: Night) -> Times:
    """The planned times of such a following shift, even after a cancelled slot; None if it has no time."""
    slot = next((slot for slot in planned.slots if slot.id == follows.slot_id), None)
    if slot is None:
        return Times(None, None)
    plan = replace(slot.plan, cancelled=False, started_at=None, ended_at=None)
    standing = planned if plan == planned.plan(slot.id) else planned.supposing(slot.id, plan)
    begins_at, ends_at = standing.anchor(slot.id, follows.begins), standing.anchor(slot.id, follows.ends)
    if begins_at is None or ends_at is None:
        return Times(None, None)
    return Times(begins_at - follows.before, ends_at + follows.after)


def follows_of(shift: Shift) -> Follows | None:
    """How the shift follows a slot; None: it has fixed times."""
    if shift.follows_slot_id is None or shift.follows_from is None or shift.follows_to is None:
        return None
    return Follows(shift.follows_slot_id, shift.follows_from, shift.follows_to, shift.before, shift.after)


def role_of(event_id: int, key: str) -> Role | None:
    """The event's role with this key."""
    return db.session.scalars(select(Role).where(Role.event_id == event_id, Role.key == key)).one_or_none()


def times_now(shift: Shift, now: datetime) -> Times:
    """The same, querying the night only if the shift follows a slot."""
    if shift.follows_slot_id is None:
        return Times(shift.starts_at, shift.ends_at)
    return shift_times(shift, night(shift.event_id, now))


def shift_of(event_id: int, key: str) -> Shift | None:
    """The event's shift with this key, with its role and the people on it."""
    found = select(Shift).where(Shift.event_id == event_id, Shift.key == key)
    whole = found.options(joinedload(Shift.role), selectinload(Shift.sign_ups).joinedload(SignUp.person))
    return db.session.scalars(whole).one_or_none()


def code_of(code_id: int | None, event_id: int, browser: str) -> ProofCode | None:
    """The code, if it belongs to this event and this browser asked for it; it may be used or expired by now."""
    whose = sha256(browser.encode()).hexdigest()
    found = select(ProofCode).where(ProofCode.id == code_id, ProofCode.event_id == event_id, ProofCode.browser == whose)
    return db.session.scalars(found).one_or_none() if code_id else None


def roles_of(event: Event) -> Sequence[Role]:
    """The event's roles, by name."""
    return db.session.scalars(select(Role).where(Role.event_id == event.id).order_by(Role.name, Role.id)).all()


def sign_up_of(event: Event, sign_up_id: int) -> SignUp | None:
    """The sign-up, if it belongs to this event."""
    found = select(SignUp).where(SignUp.id == sign_up_id, SignUp.event_id == event.id)
    return db.session.scalars(found.options(joinedload(SignUp.shift).joinedload(Shift.role))).one_or_none()


def places_taken(shift_id: int) -> int:
    """How many people have a spot on the shift."""
    held = select(func.count()).select_from(SignUp).where(SignUp.shift_id == shift_id, SignUp.state.in_(HOLDING))
    return db.session.scalar(held) or 0


class Crews:
    """Which shifts work which changeovers.

    A shift does if it follows that changeover, or if its role works changeovers and its fixed times cover it.
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
        """The shifts that work the changeover before this slot, which starts at that instant (None: there is none)."""
        covering = [
            shift
            for starts_at, ends_at, shift in self._fixed
            if changeover_at is not None and starts_at <= changeover_at < ends_at
        ]
        return sorted([*self._following.get(slot_id, ()), *covering], key=lambda shift: (shift.starts_at, shift.id))
