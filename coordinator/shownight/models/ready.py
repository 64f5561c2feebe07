"""What somebody ticked before a set: stage, sound and act are ready."""

from enum import StrEnum, auto

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.events.models import PartOfEvent


class ReadyPart(StrEnum):
    """What must be ready before a set can start."""

    STAGE = auto()
    SOUND = auto()
    ACT = auto()


class ReadyTick(PartOfEvent, Base):
    """Somebody's word that one part is ready for a slot; the one that was not undone stands."""

    __tablename__ = "ready_ticks"
    __table_args__ = (one_of("part", ReadyPart),)

    id: Mapped[Key]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(10))
    ticked_at: Mapped[At]
    by: Mapped[str] = mapped_column(String(200))
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"))
    undone_at: Mapped[MaybeAt]
