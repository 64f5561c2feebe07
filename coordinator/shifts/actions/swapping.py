"""Two people exchange their places: one asks, the other agrees, and the rules are asked for both, twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...db import transaction
from ...people.models import Person
from ...shownight.actions import By
from ..models import HOLDING, SignUp, Swap
from ..queries import objections_to, open_swaps, times_now, who_cannot_be_told
from ..refusals import CannotSwap, OtherCannotSwap, OtherIsNotReached, SwapIsOver, refusal_of
from .locking import locked_shift
from .signing_up import leave, take_shift
from .swaps import close_swap, tell_asker, withdraw_question
from .telling import tell, values_of


def ask_swap(mine: SignUp, theirs: SignUp, *, now: datetime) -> Swap:
    """Ask somebody whether they swap; they are texted, and see it on their page. Asking again changes nothing.

    Raises SwapIsOver when one of the two has no place any more or has begun, CannotSwap and OtherCannotSwap when the
    rules stand against it, OtherIsNotReached when no text reaches the other.
    """
    with transaction() as session:
        _lock(session, mine, theirs)
        _must_be_possible(mine, theirs, now)
        known = next((each for each in open_swaps([mine.id]) if each.theirs_id == theirs.id), None)
        if known is not None:
            return known
        if who_cannot_be_told([theirs.person]):
            raise OtherIsNotReached(theirs.person.first_name)
        swap = Swap(event_id=mine.event_id, mine_id=mine.id, theirs_id=theirs.id, asked_at=now)
        session.add(swap)
        session.flush()
        words = values_of(mine.shift, theirs.person.language, now)
        was = f"{words['role']} {words['time']}, {words['day']}"
        name, until = mine.person.first_name, min(mine.shift.starts_at, theirs.shift.starts_at)
        tell("swap-ask", theirs.shift, theirs.person, now=now, key=str(swap.id), useful_until=until, name=name, was=was)
        return swap


def agree_swap(swap: Swap, *, now: datetime) -> None:
    """Both have each other's place, or nothing happens. Who asked is told by text. Agreeing again changes nothing.

    Raises SwapIsOver, CannotSwap (of the one who agrees), OtherCannotSwap; the swap is over then.
    """
    refusal: ValueError | None = None
    with transaction() as session:
        mine, theirs = _lock_swap(session, swap)
        if swap.outcome == "swapped":
            return
        if swap.closed_at is not None:
            raise SwapIsOver
        try:
            _must_be_possible(theirs, mine, now)
        except (SwapIsOver, CannotSwap, OtherCannotSwap) as stands_against:
            refusal = stands_against
            close_swap(swap, "impossible", now)
        else:
            close_swap(swap, "swapped", now)  # first: whoever leaves a shift ends every swap that is still open
            _exchange(mine, theirs, now)
            tell_asker("swap-done", swap, theirs.shift, now)
    if refusal is not None:
        raise refusal


def decline_swap(swap: Swap, *, now: datetime) -> None:
    """The other keeps their place; who asked is told."""
    with transaction() as session:
        mine, _theirs = _lock_swap(session, swap)
        if swap.closed_at is None:
            close_swap(swap, "declined", now)
            tell_asker("swap-no", swap, mine.shift, now)


def withdraw_swap(swap: Swap, *, now: datetime) -> None:
    """Who asked wants it no more; the question is taken back if it has not left."""
    with transaction() as session:
        _lock_swap(session, swap)
        if swap.closed_at is None:
            withdraw_question(swap, "withdrawn", now)


def _lock_swap(session: Session, swap: Swap) -> tuple[SignUp, SignUp]:
    _lock(session, swap.mine, swap.theirs)
    session.refresh(swap)
    return swap.mine, swap.theirs


def _lock(session: Session, *sign_ups: SignUp) -> None:
    """Shifts by id, then people by id: the order in which everybody locks."""
    for shift_id in sorted({each.shift_id for each in sign_ups}):
        locked_shift(session, shift_id)
    people = select(Person.id).where(Person.id.in_({each.person_id for each in sign_ups})).order_by(Person.id)
    session.execute(people.with_for_update(key_share=True))
    for each in sign_ups:
        session.refresh(each)


def _must_be_possible(own: SignUp, other: SignUp, now: datetime) -> None:
    if own.person_id == other.person_id or own.shift_id == other.shift_id:
        raise SwapIsOver
    for each in (own, other):
        starts_at = times_now(each.shift, now).starts_at
        if each.state not in HOLDING or starts_at is None or starts_at <= now:
            raise SwapIsOver
    besides = [own.id, other.id]
    if against := objections_to(other.shift, own.person, now, besides=besides, keeps_promises=False):
        raise CannotSwap(refusal_of(against[0], other.shift.role.name))
    if objections_to(own.shift, other.person, now, besides=besides, keeps_promises=False):
        raise OtherCannotSwap(other.person.first_name, own.shift.role.name)


def _exchange(mine: SignUp, theirs: SignUp, now: datetime) -> None:
    pair: Sequence[SignUp] = (mine, theirs)
    for own, other in ((mine, theirs), (theirs, mine)):
        take_shift(other.shift_id, own.person, now=now, how="swap", giving_up=pair)
    for each in pair:
        leave(each, now=now, how="swap", by=By(each.person.name))
