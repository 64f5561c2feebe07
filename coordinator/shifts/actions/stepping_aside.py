"""Waitlists that a new spot makes impossible: the person leaves them at once, and is back if the spot is given up soon.

Waitlists of the same show, whose row the caller has locked, at once; those of the organization's other shows a little
later, each under its own lock (``elsewhere.py``).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import OF_TIME, Obstacle
from coordinator.core.rules import TAKE_BACK, UNDO
from coordinator.db import db

from ..models import Shift, SignUp, SignUpSource, SignUpState
from ..queries.roster import objections_to
from .recording import place_as_recorded
from .searches import places_were_added, someone_waits, stop_asking
from .telling import take_back, tell


def step_aside(taken: SignUp, actor: Actor, now: datetime, *, besides: Collection[int] = ()) -> None:
    """The person no longer waits for what they cannot do beside ``taken``, and is told.

    Their own page says so to whoever takes a spot there; everyone else gets a text. ``besides``: ids of sign-ups that
    are given up for it.
    """
    for waiting in db.session.scalars(_of(taken).where(SignUp.state == SignUpState.WAITLISTED)).all():
        leave_waitlist_for(waiting, taken, actor, now, besides=besides)


def leave_waitlist_for(
    waiting: SignUp, taken: SignUp, actor: Actor, now: datetime, *, besides: Collection[int] = ()
) -> bool:
    """The same for one waitlist, whose shift is locked; False: both go together."""
    against = objections_to(waiting.shift, taken.person, now, besides=besides, keeps_promises=False)
    if not any(each.obstacle in OF_TIME for each in against):
        return False
    waiting.state, waiting.changed_at, waiting.aside_for = SignUpState.CANCELLED, now, taken
    _record(waiting, taken, "shift.stepped_aside", SignUpState.WAITLISTED, actor, now)
    stop_asking(waiting.shift, taken.person, now)
    if taken.source != SignUpSource.LINK:
        _tell(waiting, taken, now)
    return True


def who_also_wait(taken: Sequence[SignUp]) -> list[SignUp]:
    """Those of these sign-ups, all at one show, whose people are on a waitlist of it."""
    events, people = {each.event_id for each in taken}, {each.person_id for each in taken}
    waiting = select(SignUp.person_id).where(SignUp.event_id.in_(events), SignUp.person_id.in_(people))
    found = set(db.session.scalars(waiting.where(SignUp.state == SignUpState.WAITLISTED)))
    return [each for each in taken if each.person_id in found]


def wait_again(left: SignUp, actor: Actor, now: datetime) -> None:
    """They have given up the spot: they wait again, in their old position, where they stepped aside for it just now."""
    aside = _of(left).where(SignUp.aside_for_id == left.id, SignUp.changed_at > now - TAKE_BACK)
    for waiting in db.session.scalars(aside.where(SignUp.state == SignUpState.CANCELLED)).all():
        return_to_waitlist(waiting, left, actor, now)


def return_to_waitlist(waiting: SignUp, left: SignUp, actor: Actor, now: datetime) -> bool:
    """The same for one waitlist, whose shift is locked; False: something else rules it out meanwhile."""
    against = objections_to(waiting.shift, left.person, now, keeps_promises=False)
    if any(each.obstacle is not Obstacle.FULL for each in against):
        return False
    take_back("waitlist-off", _key(waiting), now)
    waiting.state, waiting.changed_at, waiting.aside_for = SignUpState.WAITLISTED, now, None
    _record(waiting, left, "shift.queued", SignUpState.CANCELLED, actor, now)
    places_were_added(waiting.shift, now=now, after=UNDO)
    someone_waits(waiting.shift, now)
    return True


def _of(other: SignUp) -> Select[SignUp]:
    """The same person's other sign-ups at the same show."""
    mine = select(SignUp).where(SignUp.person_id == other.person_id, SignUp.event_id == other.event_id)
    to_come = mine.join(SignUp.shift).where(SignUp.id != other.id, Shift.cancelled_at.is_(None))
    return to_come.order_by(Shift.starts_at, SignUp.id)


def _tell(waiting: SignUp, taken: SignUp, now: datetime) -> None:
    shift, person = waiting.shift, taken.person
    what = taken.shift.role.called(person.language)
    until = shift.starts_at
    tell("waitlist-off", shift, person, now=now, key=_key(waiting), useful_until=until, delay=UNDO, what=what)


def _key(waiting: SignUp) -> str:
    return f"{waiting.id}:{waiting.changed_at:%Y%m%dT%H%M%S}"


def _record(waiting: SignUp, other: SignUp, verb: str, before: str, actor: Actor, now: datetime) -> None:
    after = {"state": waiting.state, "for": other.shift.role.name}
    what = place_as_recorded(waiting)
    record(waiting.shift.event, actor, verb, what, now=now, before={"state": before}, after=after)
