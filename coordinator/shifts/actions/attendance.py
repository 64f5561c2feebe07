"""Who is there: every way to say so ends in ``mark``, and the current state is worked out from all marks."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Via
from coordinator.core.cover import PresenceMark, PresenceState, Sign, presence_after
from coordinator.db import transaction
from coordinator.lineup.refusals import CheckInNotOpen
from coordinator.people.models import Person

from ..models import Mark, SignUp, SignUpState
from ..queries.attendance import there_past_the_end
from ..queries.planned import check_in_opens_at, times_now
from ..refusals.attendance import NotStarted
from .absence import follow_presence
from .locking import free_shift, locked_shift
from .recording import place_as_recorded

OFF_SHIFT = (SignUpState.WAITLISTED, SignUpState.CANCELLED)  # their presence changes nothing: they have no spot
KEPT_FOR = timedelta(days=2)  # how old a report may be that arrives only now
MOST_LATE = timedelta(hours=4)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class MarkOutcome:
    """The result of a mark: the sign-up's state before and after, and whether the mark had been received before."""

    before: str
    after: str
    was_known: bool = False

    @property
    def counts(self) -> bool:
        """Whether the person has a spot on the shift, so that the mark means something."""
        return self.after not in OFF_SHIFT


def mark(
    sign_up: SignUp,
    what: str,
    *,
    key: str,
    at: datetime,
    actor: Actor,
    now: datetime,
    late_by: timedelta | None = None,
) -> MarkOutcome:
    """Store one statement about someone's presence: here, not_here, late, no_show or left.

    ``key`` is made on the device (at most 64 characters): the same key again is the same mark and changes nothing.
    ``at`` is when it was so, never after ``now`` and at most two days before; the latest ``at`` decides, in whatever
    order marks arrive. ``late_by`` belongs to late: after the start of the shift, up to 4 hours, whole minutes; None
    withdraws it. A no-show starts a search for someone, until it is withdrawn; its first texts go out in 30 s.

    Raises CheckInNotOpen if nobody could have been there at that instant, NotStarted if nobody could have missed it.
    """
    sign = Sign(what)
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        before = sign_up.state
        if _is_known(session, sign_up.event_id, key):
            return MarkOutcome(before, before, was_known=True)
        heard = _marks_of(session, sign_up)
        said = Mark(event_id=sign_up.event_id, sign_up_id=sign_up.id, key=key, mark=sign, via=actor.via, by=actor.name)
        said.at, said.received_at = _free_instant(heard, max(min(at, now), now - KEPT_FOR)), now
        _refuse_early(sign_up, sign, said.at, now)
        said.late_by = min(late_by, MOST_LATE) if sign is Sign.LATE and late_by else None
        session.add(said)
        if before not in OFF_SHIFT:
            _apply_presence(sign_up, presence_after(map(_said, [*heard, said])), now)
        _record(sign_up, said, before, actor)
        session.flush()
        follow_presence(sign_up, before, actor=actor, now=now)
        return MarkOutcome(before, sign_up.state)


def check_in(sign_up: SignUp, *, now: datetime, actor: Actor | None = None, undo: bool = False) -> str:
    """The person is there (``undo``: not there after all). Returns the state before.

    Without ``actor`` it is their own statement, by their link.
    """
    what = Sign.NOT_HERE if undo else Sign.HERE
    actor = actor or Actor.person(sign_up.person, Via.LINK)
    return mark(sign_up, what, key=new_key(), at=now, actor=actor, now=now).before


def new_key() -> str:
    """A key for a statement made directly to us, which cannot arrive twice."""
    return secrets.token_urlsafe(12)


def finish_shifts(now: datetime) -> int:
    """Mark people who were there for a finished shift as done; unmarked ones stay for a coordinator to settle.

    Returns how many. A shift ends when it does as the show runs. Cheap while no shift has ended.
    """
    over = there_past_the_end(now)
    if not over:
        return 0
    with transaction() as session:
        done = [each for shift_id in _shifts_of(session, over) for each in _still_there(session, shift_id, over)]
        for sign_up in done:
            sign_up.state, sign_up.changed_at = SignUpState.DONE, now
    return len(done)


def _shifts_of(session: Session, sign_ups: Collection[int]) -> Sequence[int]:
    found = select(SignUp.shift_id).where(SignUp.id.in_(sign_ups)).distinct().order_by(SignUp.shift_id)
    return session.scalars(found).all()


def _still_there(session: Session, shift_id: int, sign_ups: Collection[int]) -> Sequence[SignUp]:
    """Those who are there, once the shift is locked; nobody if another process holds it: the next round sees them."""
    if free_shift(session, shift_id) is None:
        return []
    found = select(SignUp).where(
        SignUp.shift_id == shift_id, SignUp.id.in_(sign_ups), SignUp.state == SignUpState.CHECKED_IN
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def forget_marks_of(person: Person) -> None:
    """Keep the person's own marks, but not whose they were."""
    theirs = select(SignUp.id).where(SignUp.person_id == person.id)
    with transaction() as session:
        said = update(Mark).where(Mark.sign_up_id.in_(theirs), Mark.by == person.name)
        session.execute(said.values(by="").execution_options(synchronize_session=False))


def _refuse_early(sign_up: SignUp, sign: Sign, at: datetime, now: datetime) -> None:
    """Whoever was there once, can be there again: a shift that has moved since does not make it untrue."""
    shift, zone = sign_up.shift, sign_up.shift.event.zone
    starts_at = times_now(shift, now).or_planned(shift)[0]
    if sign in (Sign.HERE, Sign.LEFT) and sign_up.here_at is None:
        opens_at = check_in_opens_at(shift, starts_at)
        if at < opens_at:
            raise CheckInNotOpen(opens_at, zone)
    if sign is Sign.NO_SHOW and at < min(starts_at, shift.starts_at):
        raise NotStarted(starts_at, zone)


def _is_known(session: Session, event_id: int, key: str) -> bool:
    return session.scalar(select(Mark.id).where(Mark.event_id == event_id, Mark.key == key)) is not None


def _marks_of(session: Session, sign_up: SignUp) -> Sequence[Mark]:
    """Marks since they took the spot; leaving and taking it again starts over."""
    said = select(Mark).where(Mark.sign_up_id == sign_up.id, Mark.received_at >= sign_up.created_at)
    return session.scalars(said.order_by(Mark.id)).all()


def _free_instant(heard: Sequence[Mark], at: datetime) -> datetime:
    """``at``, or just after it: of two marks for one instant, the one received later decides."""
    taken = {each.at for each in heard}
    while at in taken:
        at += TICK
    return at


def _said(said: Mark) -> PresenceMark:
    return PresenceMark(said.key, Sign(said.mark), said.at, said.late_by)


def _apply_presence(sign_up: SignUp, presence: PresenceState, now: datetime) -> None:
    sign_up.late_by = presence.late_by
    if presence.state is None:
        return
    if sign_up.state != presence.state:
        sign_up.state, sign_up.changed_at = presence.state, now
    sign_up.here_at, sign_up.left_at = presence.here_at, presence.left_at


def _record(sign_up: SignUp, said: Mark, before: str, actor: Actor) -> None:
    """Coordinators' marks are recorded in the audit log; people's own statements only as marks."""
    if actor.coordinator_id is None:
        return
    minutes = {"late": said.late_by // timedelta(minutes=1)} if said.late_by else {}
    after = {"state": sign_up.state, "mark": said.mark, "via": said.via} | minutes
    event, place = sign_up.shift.event, place_as_recorded(sign_up)
    record(event, actor, "shift.attendance", place, now=said.received_at, before={"state": before}, after=after)
