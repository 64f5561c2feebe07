"""What the public pages were asked, and what it cost."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from coordinator.db import db

from ..models import TOLD, DoorCount, Message, MessageKind


def door_counts(organisation_id: int, since: datetime) -> Mapping[tuple[str, str], int]:
    """Tries by door and outcome, of this organization and of nobody's; whole hours, from the one of ``since``."""
    columns = (DoorCount.door, DoorCount.outcome)
    counted = select(*columns, func.sum(DoorCount.number)).group_by(*columns)
    hour_at = since.replace(minute=0, second=0, microsecond=0)
    ours = (DoorCount.organisation_id == organisation_id) | DoorCount.organisation_id.is_(None)
    found = db.session.execute(counted.where(DoorCount.hour_at >= hour_at, ours))
    return {(door, outcome): int(number) for door, outcome, number in found}


def code_segments(organisation_id: int, since: datetime) -> int:
    """How many segments the codes had that went out, or may have."""
    sent = select(func.coalesce(func.sum(Message.segments), 0)).where(
        Message.organisation_id == organisation_id,
        Message.kind == MessageKind.CODE,
        Message.state.in_(TOLD),
        Message.claimed_at >= since,
    )
    return int(db.session.scalar(sent) or 0)
