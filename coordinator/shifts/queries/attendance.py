"""Who is there, and whose shift is on, as the show runs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.db import db
from coordinator.shownight.queries import Night, night

from ..models import Kiosk, Mark, Shift, SignUp, SignUpState
from .planned import Times, shift_times


def there_past_the_end(now: datetime) -> list[int]:
    """The ids of sign-ups of people who are there though their shift is over, as the show runs."""
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.state == SignUpState.CHECKED_IN, Shift.ends_at <= now)
        .options(joinedload(SignUp.shift, innerjoin=True))
    )
    nights: dict[int, Night] = {}
    return [sign_up.id for sign_up in db.session.scalars(found) if _ended(sign_up.shift, nights, now)]


def marks_by(event_id: int, name: str, since_at: datetime) -> Sequence[Mark]:
    """What this coordinator said about who is there on the sheet of the event since then, newest first."""
    said = select(Mark).where(Mark.event_id == event_id, Mark.by == name, Mark.received_at >= since_at)
    whose = joinedload(Mark.sign_up, innerjoin=True).joinedload(SignUp.person, innerjoin=True)
    return db.session.scalars(said.order_by(Mark.id.desc()).limit(1).options(whose)).all()


def kiosk_of(event_id: int, kiosk_id: int) -> Kiosk | None:
    """The event's kiosk of this id; it may be closed."""
    return db.session.scalars(select(Kiosk).where(Kiosk.id == kiosk_id, Kiosk.event_id == event_id)).one_or_none()


def open_kiosks(event_id: int) -> Sequence[Kiosk]:
    """The event's kiosks that nobody has closed, oldest first."""
    found = select(Kiosk).where(Kiosk.event_id == event_id, Kiosk.closed_at.is_(None)).order_by(Kiosk.id)
    return db.session.scalars(found).all()


def _ended(shift: Shift, nights: dict[int, Night], now: datetime) -> bool:
    if shift.follows_slot_id is None:
        return True
    if shift.event_id not in nights:
        nights[shift.event_id] = night(shift.event_id, now)
    times: Times = shift_times(shift, nights[shift.event_id])
    return times.ends_at is None or times.ends_at <= now
