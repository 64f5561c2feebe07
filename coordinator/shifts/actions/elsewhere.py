"""Waitlists at an organization's other shows that a new spot makes impossible.

Each waitlist is left in a transaction of its own: no transaction ever holds the locks of two shows.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from coordinator.accounts.models import Actor, Via
from coordinator.core.rules import TAKE_BACK
from coordinator.db import db, transaction

from ..models import Shift, SignUp, SignUpState
from .locking import free_shift
from .places import sign_up_of
from .stepping_aside import leave_waitlist_for, return_to_waitlist

NEAR = timedelta(hours=24)  # between two shifts that can rule each other out


def step_aside_elsewhere(now: datetime) -> int:
    """Whoever got a spot a moment ago no longer waits for what rules it out; how many waitlists were left or rejoined.

    Whoever gave that spot up soon waits again. Returns how many.
    """
    waiting, other, mine, theirs = aliased(SignUp), aliased(SignUp), aliased(Shift), aliased(Shift)
    pairs = (
        select(waiting.id, waiting.shift_id, other.id, mine.starts_at, mine.ends_at, theirs.starts_at, theirs.ends_at)
        .join(other, (other.person_id == waiting.person_id) & (other.event_id != waiting.event_id))
        .join(mine, mine.id == waiting.shift_id)
        .join(theirs, theirs.id == other.shift_id)
        .where(other.changed_at > now - TAKE_BACK, mine.cancelled_at.is_(None), mine.ends_at > now)
    )
    leaving = pairs.where(waiting.state == SignUpState.WAITLISTED, other.state == SignUpState.CONFIRMED)
    back = pairs.where(
        waiting.state == SignUpState.CANCELLED,
        waiting.aside_for_id == other.id,
        waiting.changed_at > now - TAKE_BACK,
        other.state == SignUpState.CANCELLED,
    )
    found = [*db.session.execute(leaving.order_by(waiting.id)), *db.session.execute(back.order_by(waiting.id))]
    return sum(
        _settle(waiting_id, shift_id, other_id, now)
        for waiting_id, shift_id, other_id, starts_at, ends_at, from_at, until_at in found
        if starts_at < until_at + NEAR and from_at < ends_at + NEAR
    )


def _settle(waiting_id: int, shift_id: int, other_id: int, now: datetime) -> bool:
    """False: nothing had to change, or another process holds the shift and the next round looks again."""
    with transaction() as session:
        shift = free_shift(session, shift_id)
        other = session.get(SignUp, other_id, populate_existing=True)
        if shift is None or other is None:
            return False
        waiting, actor = sign_up_of(session, shift, other.person), Actor.person(other.person, Via.JOB)
        if waiting is None or waiting.id != waiting_id:
            return False
        if waiting.state == SignUpState.WAITLISTED and other.state == SignUpState.CONFIRMED:
            return leave_waitlist_for(waiting, other, actor, now)
        if waiting.state == SignUpState.CANCELLED and other.state == SignUpState.CANCELLED:
            return return_to_waitlist(waiting, other, actor, now)
        return False
