"""The keys, messages and screens of an event's boards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.db import db
from coordinator.events.models import Event

from ..models import BoardKey, BoardScreen, DeskMessage

MOST_KEYS = 20  # the newest, of which one may be in force; whoever comes with an older link learns nothing


def board_keys(event_id: int) -> Sequence[BoardKey]:
    """The event's newest keys, revoked or not, newest first."""
    ours = select(BoardKey).where(BoardKey.event_id == event_id)
    return db.session.scalars(ours.order_by(BoardKey.id.desc()).limit(MOST_KEYS)).all()


def board_key_in_force(event_id: int) -> BoardKey | None:
    """The key that opens the wall; None if there is none."""
    return next((key for key in board_keys(event_id) if key.revoked_at is None), None)


def desk_messages(event_id: int, now: datetime) -> Sequence[DeskMessage]:
    """What the desk says on the boards now, newest first."""
    stands = (DeskMessage.event_id == event_id, DeskMessage.taken_down_at.is_(None), DeskMessage.until_at > now)
    newest = select(DeskMessage).where(*stands).order_by(DeskMessage.id.desc())
    return db.session.scalars(newest.options(joinedload(DeskMessage.stage))).all()


def desk_message_of(event_id: int, message_id: int) -> DeskMessage | None:
    """The event's message of this id, in force or not."""
    found = select(DeskMessage).where(DeskMessage.id == message_id, DeskMessage.event_id == event_id)
    return db.session.scalars(found).one_or_none()


def screen_with(event_id: int, key: str) -> BoardScreen | None:
    """The event's screen that calls itself so."""
    found = select(BoardScreen).where(BoardScreen.event_id == event_id, BoardScreen.key == key)
    return db.session.scalars(found).one_or_none()


def screen_of(event_id: int, screen_id: int) -> BoardScreen | None:
    """The event's screen of this id."""
    found = select(BoardScreen).where(BoardScreen.id == screen_id, BoardScreen.event_id == event_id)
    return db.session.scalars(found).one_or_none()


def screens_of(event_id: int) -> Sequence[BoardScreen]:
    """Every screen that has shown a board of the event, in the order of their first report."""
    ours = select(BoardScreen).where(BoardScreen.event_id == event_id).order_by(BoardScreen.id)
    return db.session.scalars(ours.options(joinedload(BoardScreen.stage))).all()


def silent_boards(event: Event, now: datetime) -> list[BoardScreen]:
    """Known screens that reported on the show day that is on, and do so no longer; none on any other day."""
    if not event.is_on(now):
        return []
    begins_at = show_day_bounds(event.current_day(now).on, zone_named(event.zone))[0]
    known = [screen for screen in screens_of(event.id) if screen.is_known]
    return [screen for screen in known if screen.seen_at >= begins_at and screen.is_silent(now)]
