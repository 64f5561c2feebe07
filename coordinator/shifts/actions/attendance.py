"""Who is there: every way to say so ends in ``mark``, and what all of it means is worked out from all of it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...core.cover import Said, Sign, Standing, presence_after
from ...db import transaction
from ...people.models import Person
from ...shownight.actions import By
from ..models import Mark, SignUp
from ..queries import there_past_the_end
from .absence import follow_presence
from .locking import free_shift, locked_shift
from .recording import record_plan

OFF_SHIFT = ("waitlisted", "cancelled")  # their presence changes nothing: they have no place
KEPT_FOR = timedelta(days=2)  # how long ago a thing may be that is only told now
MOST_LATE = timedelta(hours=4)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a mark: the state of the sign-up before and after, and whether the mark was heard before."""

    before: str
    after: str
    was_known: bool = False

    @property
    def counts(self) -> bool:
        """Whether the person has a place on the shift, so that the mark means something."""
        return self.after not in OFF_SHIFT


def mark(
    sign_up: SignUp,
    what: str,
    *,
    key: str,
    at: datetime,
    how: str,
    by: By,
    now: datetime,
    late_by: timedelta | None = None,
) -> Marked:
    """Take in one thing said about somebody's presence: here, not_here, late, no_show or left.

    ``key`` is made where it was said (at most 64 letters): the same key again is the same mark and changes nothing.
    ``at`` is when it was so, never after ``now`` and at most two days before; the latest ``at`` decides, in whatever
    order marks are heard. ``late_by`` belongs to late: after the start of the shift, up to 4 hours, whole minutes;
    None takes it back. ``how``: coordinator, sheet, text, link, door, kiosk. For a no-show somebody is looked for,
    until it is taken back; the first texts leave in 30 s.
    """
    sign = Sign(what)
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        before = sign_up.state
        if _is_known(session, sign_up.event_id, key):
            return Marked(before, before, was_known=True)
        heard = _heard(session, sign_up)
        said = Mark(event_id=sign_up.event_id, sign_up_id=sign_up.id, key=key, mark=sign, how=how, by=by.name)
        said.at, said.heard_at = _free_instant(heard, max(min(at, now), now - KEPT_FOR)), now
        said.late_by = min(late_by, MOST_LATE) if sign is Sign.LATE and late_by else None
        session.add(said)
        if before not in OFF_SHIFT:
            _stand(sign_up, presence_after(map(_said, [*heard, said])), now)
        _record(sign_up, said, before, by)
        session.flush()
        follow_presence(sign_up, before, by=by, now=now)
        return Marked(before, sign_up.state)


def check_in(sign_up: SignUp, *, now: datetime, how: str = "link", by: By | None = None, undo: bool = False) -> str:
    """The person is there (``undo``: not there after all); gives back the state before.

    Without ``by`` it is their own word.
    """
    what = Sign.NOT_HERE if undo else Sign.HERE
    by = by or By(sign_up.person.name)
    return mark(sign_up, what, key=new_key(), at=now, how=how, by=by, now=now).before


def new_key() -> str:
    """A key for what is said to us directly, and so cannot be said twice."""
    return secrets.token_urlsafe(12)


def finish_shifts(now: datetime) -> int:
    """Whoever was there for a shift that is over has done it; whom nobody marked stays for a coordinator to say.

    How many. A shift is over when it is as the show runs. Cheap while nobody's shift has ended.
    """
    over = there_past_the_end(now)
    if not over:
        return 0
    with transaction() as session:
        done = [each for shift_id in _shifts_of(session, over) for each in _still_there(session, shift_id, over)]
        for sign_up in done:
            sign_up.state, sign_up.changed_at = "done", now
    return len(done)


def _shifts_of(session: Session, sign_ups: Collection[int]) -> Sequence[int]:
    found = select(SignUp.shift_id).where(SignUp.id.in_(sign_ups)).distinct().order_by(SignUp.shift_id)
    return session.scalars(found).all()


def _still_there(session: Session, shift_id: int, sign_ups: Collection[int]) -> Sequence[SignUp]:
    """Those who are there, once the shift is locked; nobody when somebody else holds it: the next round sees them."""
    if free_shift(session, shift_id) is None:
        return []
    found = select(SignUp).where(SignUp.shift_id == shift_id, SignUp.id.in_(sign_ups), SignUp.state == "checked_in")
    return session.scalars(found.execution_options(populate_existing=True)).all()


def forget_marks_of(person: Person) -> None:
    """Leave of the person's own words that they were said, and not by whom."""
    theirs = select(SignUp.id).where(SignUp.person_id == person.id)
    with transaction() as session:
        said = update(Mark).where(Mark.sign_up_id.in_(theirs), Mark.by == person.name)
        session.execute(said.values(by="").execution_options(synchronize_session=False))


def _is_known(session: Session, event_id: int, key: str) -> bool:
    return session.scalar(select(Mark.id).where(Mark.event_id == event_id, Mark.key == key)) is not None


def _heard(session: Session, sign_up: SignUp) -> Sequence[Mark]:
    """What was said since they took the place; who left it and took it again begins anew."""
    said = select(Mark).where(Mark.sign_up_id == sign_up.id, Mark.heard_at >= sign_up.created_at)
    return session.scalars(said.order_by(Mark.id)).all()


def _free_instant(heard: Sequence[Mark], at: datetime) -> datetime:
    """``at``, or just after it: of two things said in one instant the one that was heard later decides."""
    taken = {each.at for each in heard}
    while at in taken:
        at += TICK
    return at


def _said(said: Mark) -> Said:
    return Said(said.key, Sign(said.mark), said.at, said.late_by)


def _stand(sign_up: SignUp, presence: Standing, now: datetime) -> None:
    sign_up.late_by = presence.late_by
    if presence.state is None:
        return
    if sign_up.state != presence.state:
        sign_up.state, sign_up.changed_at = presence.state, now
    sign_up.here_at, sign_up.left_at = presence.here_at, presence.left_at


def _record(sign_up: SignUp, said: Mark, before: str, by: By) -> None:
    """What coordinators say is a change of theirs; what people say of themselves stands in the marks alone."""
    if by.coordinator_id is None:
        return
    minutes = {"late": said.late_by // timedelta(minutes=1)} if said.late_by else {}
    record_plan(
        sign_up.shift.event,
        "shift.attendance",
        f"shift:{sign_up.shift_id} person:{sign_up.person_id}",
        by,
        said.heard_at,
        before={"state": before},
        after={"state": sign_up.state, "mark": said.mark, "how": said.how} | minutes,
    )
