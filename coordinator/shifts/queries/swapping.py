"""Who could trade shifts with whom, and who has asked."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from coordinator.db import db
from coordinator.people.models import Person

from ..models import Shift, SignUp, SignUpState, Swap
from .searching import who_cannot_be_told


def open_swaps(sign_ups: Collection[int]) -> Sequence[Swap]:
    """The swaps that wait for an answer and are about one of these sign-ups, oldest first."""
    found = select(Swap).where(or_(Swap.mine_id.in_(sign_ups), Swap.theirs_id.in_(sign_ups)), Swap.closed_at.is_(None))
    mine, theirs = joinedload(Swap.mine), joinedload(Swap.theirs)
    whole = [each.joinedload(SignUp.person) for each in (mine, theirs)]
    shifts = [each.joinedload(SignUp.shift).joinedload(Shift.role) for each in (mine, theirs)]
    return db.session.scalars(found.order_by(Swap.id).options(*whole, *shifts)).all()


def others_to_swap_with(sign_up: SignUp, now: datetime) -> Sequence[SignUp]:
    """Spots of others on other shifts of the event that have not started, in order of time.

    Only of people whom a text reaches, because they are asked by text.
    """
    person: Person = sign_up.person
    theirs = select(SignUp.shift_id).where(SignUp.person_id == person.id, SignUp.state == SignUpState.CONFIRMED)
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.event_id == sign_up.event_id, SignUp.state == SignUpState.CONFIRMED, SignUp.person_id != person.id
        )
        .where(Shift.starts_at > now, Shift.cancelled_at.is_(None), Shift.id.not_in(theirs))
        .order_by(Shift.starts_at, SignUp.id)
    )
    whole = joinedload(SignUp.shift).joinedload(Shift.role)
    others = db.session.scalars(found.options(whole, joinedload(SignUp.person))).all()
    silent = who_cannot_be_told(each.person for each in others)
    return [each for each in others if each.person_id not in silent]
