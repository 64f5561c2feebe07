"""Two people trade shifts: one asks, the other agrees, and the rules are checked for both, twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.labels import called
from coordinator.people.models import Person

from ..models import HOLDING, Shift, SignUp, SignUpSource, Swap, SwapOutcome
from ..queries.planned import times_now
from ..queries.roster import objections_to
from ..queries.searching import who_cannot_be_told
from ..queries.swapping import open_swaps
from ..refusals.leaving import CannotSwap, OtherCannotSwap, OtherIsNotReached, SwapIsOver
from ..refusals.taking import refusal_of
from .locking import locked_shift
from .places import leave
from .signing_up import take_shift
from .swaps import close_swap, tell_asker, withdraw_question
from .telling import tell, values_of


def ask_swap(mine: SignUp, theirs: SignUp, *, now: datetime) -> Swap:
    """Ask someone to trade; they are texted, and see it on their page. Asking again changes nothing.

    Raises SwapIsOver if one of the two no longer has a spot or has begun, CannotSwap and OtherCannotSwap if the rules
    object, OtherIsNotReached if no text reaches the other.
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
        language, name = theirs.person.language, mine.person.first_name
        was, arrival = _called(mine.shift, theirs.shift, language, now), values_of(mine.shift, language, now)["call"]
        until = min(mine.shift.starts_at, theirs.shift.starts_at)
        record(mine.shift.event, Actor.person(mine.person), "swap.asked", f"swap:{swap.id}", now=now)
        tell(
            "swap-ask",
            theirs.shift,
            theirs.person,
            now=now,
            key=str(swap.id),
            useful_until=until,
            name=name,
            was=was,
            arrival=arrival,
        )
        return swap


def agree_swap(swap: Swap, *, now: datetime, echoed: bool = True) -> None:
    """Each gets the other's spot, or nothing happens. The one who asked is told by text.

    Agreeing again changes nothing.

    ``echoed``: the caller answers the one who agrees by text. Otherwise they get a text that says what is theirs now.
    Raises SwapIsOver, CannotSwap (of the one who agrees), OtherCannotSwap; the swap is over then.
    """
    refusal: ValueError | None = None
    with transaction() as session:
        mine, theirs = _lock_swap(session, swap)
        if swap.outcome == SwapOutcome.SWAPPED:
            return
        if swap.closed_at is not None:
            raise SwapIsOver
        try:
            _must_be_possible(theirs, mine, now)
        except (SwapIsOver, CannotSwap, OtherCannotSwap) as stands_against:
            refusal = stands_against
            close_swap(swap, SwapOutcome.IMPOSSIBLE, now)
        else:
            close_swap(swap, SwapOutcome.SWAPPED, now)  # first: leaving a shift ends every swap that is still open
            _exchange(mine, theirs, now, echoed=echoed)
            tell_asker("swap-done", swap, theirs.shift, now)
    if refusal is not None:
        raise refusal


def decline_swap(swap: Swap, *, now: datetime) -> None:
    """The other keeps their spot; the one who asked is told."""
    with transaction() as session:
        mine, theirs = _lock_swap(session, swap)
        if swap.closed_at is None:
            close_swap(swap, SwapOutcome.DECLINED, now)
            record(theirs.shift.event, Actor.person(theirs.person), "swap.declined", f"swap:{swap.id}", now=now)
            tell_asker("swap-no", swap, mine.shift, now)


def withdraw_swap(swap: Swap, *, now: datetime) -> None:
    """The one who asked withdraws; the question is withdrawn if it has not gone out."""
    with transaction() as session:
        mine, _theirs = _lock_swap(session, swap)
        if swap.closed_at is None:
            withdraw_question(swap, SwapOutcome.WITHDRAWN, now)
            record(mine.shift.event, Actor.person(mine.person), "swap.withdrawn", f"swap:{swap.id}", now=now)


def _lock_swap(session: Session, swap: Swap) -> tuple[SignUp, SignUp]:
    _lock(session, swap.mine, swap.theirs)
    session.refresh(swap)
    return swap.mine, swap.theirs


def _lock(session: Session, *sign_ups: SignUp) -> None:
    """Shifts by id, then people by id: the order in which everyone locks."""
    for shift_id in sorted({each.shift_id for each in sign_ups}):
        locked_shift(session, shift_id)
    people = select(Person.id).where(Person.id.in_({each.person_id for each in sign_ups})).order_by(Person.id)
    session.execute(people.with_for_update(key_share=True))
    for each in sign_ups:
        session.refresh(each)


def _called(shift: Shift, other: Shift, language: str, now: datetime) -> str:
    """The shift beside the other one: its day is named unless it is the same."""
    words, beside = values_of(shift, language, now), values_of(other, language, now)
    return f"{words['role']} {words['time']}" + (f", {words['day']}" if words["day"] != beside["day"] else "")


def _must_be_possible(own: SignUp, other: SignUp, now: datetime) -> None:
    if own.person_id == other.person_id or own.shift_id == other.shift_id:
        raise SwapIsOver
    for each in (own, other):
        starts_at = times_now(each.shift, now).starts_at
        if each.state not in HOLDING or starts_at is None or starts_at <= now:
            raise SwapIsOver
    besides = [own.id, other.id]
    if against := objections_to(other.shift, own.person, now, besides=besides, keeps_promises=False):
        raise CannotSwap(refusal_of(against[0], called(other.shift.role)))
    if objections_to(own.shift, other.person, now, besides=besides, keeps_promises=False):
        raise OtherCannotSwap(other.person.first_name, called(own.shift.role))


def _exchange(mine: SignUp, theirs: SignUp, now: datetime, *, echoed: bool) -> None:
    pair: Sequence[SignUp] = (mine, theirs)
    for own, other in ((mine, theirs), (theirs, mine)):
        taken = take_shift(other.shift_id, own.person, now=now, source=SignUpSource.SWAP, giving_up=pair)
        if own is theirs and not echoed:
            taken.notice = "signed-up"
    for each in pair:
        leave(each, now=now, source=SignUpSource.SWAP, actor=Actor.person(each.person))
