"""What a person gave up lately, and may want back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.core.rules import TAKE_BACK
from coordinator.db import db
from coordinator.people.models import Person
from coordinator.shifts.models import Shift, SignUp, SignUpState

A_DAY = timedelta(days=1)


def left_lately(person: Person, now: datetime) -> Sequence[SignUp]:
    """Spots that the person gave up so recently that they can take them back, on shifts that have not begun."""
    found = select(SignUp).join(SignUp.shift).where(SignUp.person_id == person.id, SignUp.given_up_at > now - TAKE_BACK)
    to_come = found.where(SignUp.state == SignUpState.CANCELLED, Shift.cancelled_at.is_(None), Shift.starts_at > now)
    return db.session.scalars(to_come.order_by(Shift.starts_at).options(joinedload(SignUp.shift))).all()


def stepped_aside(person: Person, now: datetime) -> Sequence[SignUp]:
    """Waitlists that the person left in the last day because another spot made them impossible."""
    found = select(SignUp).join(SignUp.shift).where(SignUp.person_id == person.id, SignUp.aside_for_id.is_not(None))
    lately = found.where(SignUp.changed_at > now - A_DAY, Shift.cancelled_at.is_(None), Shift.starts_at > now)
    with_shifts = joinedload(SignUp.shift), joinedload(SignUp.aside_for).joinedload(SignUp.shift)
    return db.session.scalars(lately.order_by(Shift.starts_at).options(*with_shifts)).all()
