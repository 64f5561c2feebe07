"""What was pressed on the night, so that it can be undone."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import At, Base, Key, MaybeAt
from ..events.models import PartOfEvent
from ..lineup.models import Slot

VERBS = ("start", "end", "late", "extend", "cancel", "restore")


class Press(PartOfEvent, Base):
    """One press: a fact about a slot, what the slot's facts were before, and who pressed."""

    __tablename__ = "presses"
    __table_args__ = (CheckConstraint(f"verb IN {VERBS}", name="verb"),)

    id: Mapped[Key]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    verb: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int | None]
    at: Mapped[At]  # the instant the fact is about
    pressed_at: Mapped[At]
    by: Mapped[str] = mapped_column(String(200))
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[MaybeAt]

    slot: Mapped[Slot] = relationship()
