"""Whether all texts of the installation are held, and what may have gone out already."""

from datetime import datetime

from sqlalchemy import func, or_, select

from coordinator.db import db
from coordinator.people.models import Channel

from ..models import IN_FLIGHT, UNSENT, Direction, Installation, Message


def the_installation(*, lock: bool = False) -> Installation | None:
    """The one row; None until jobs have run, or someone has held the texts."""
    found = select(Installation).execution_options(populate_existing=True)
    return db.session.scalars(found.with_for_update() if lock else found).one_or_none()


def installation_name() -> str:
    """Its name until a hold ends; empty before jobs have run."""
    return db.session.scalar(select(Installation.name)) or ""


def everything_is_held() -> bool:
    """Whether no text or email may go out, of any organization."""
    return db.session.scalar(select(Installation.held_at)) is not None


def due_and_unsent(
    now: datetime, *, due_by: datetime | None = None, made_since: datetime | None = None, emails: bool = True
) -> list[Message]:
    """Texts and ``emails`` that would have gone out by now but have no record of it; for the transaction to lock.

    ``due_by``: only those that were due then already; ``made_since``: only those written down since.
    """
    unsent = (
        Message.state.in_(UNSENT),
        Message.direction == Direction.OUT,
        or_(Message.phone != "", Message.channel == Channel.EMAIL),
        Message.due_at <= (due_by or now),
    )
    not_held = or_(Message.held_until.is_(None), Message.held_until <= now)
    still_true = or_(Message.useful_until.is_(None), Message.useful_until > now)
    rows = select(Message).where(*unsent, not_held, still_true).order_by(Message.id)
    if not emails:
        rows = rows.where(Message.channel == Channel.TEXT)
    if made_since is not None:
        rows = rows.where(Message.created_at >= made_since)
    return list(db.session.scalars(rows.with_for_update(of=Message)))


def still_in_doubt() -> int:
    """How many texts may have gone out and are being looked up."""
    unsure = select(func.count(Message.id)).where(Message.state.in_(IN_FLIGHT), Message.check_at.is_not(None))
    return db.session.scalar(unsure) or 0
