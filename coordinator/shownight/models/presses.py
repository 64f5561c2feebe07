"""What was pressed on the night, so that it can be undone."""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.core.json_values import JsonObject
from coordinator.db import At, Base, BigId, Key, MaybeAt, one_of
from coordinator.events.models import PartOfEvent
from coordinator.lineup.models import Slot

MOST_LATE = 240  # minutes
HOLD, HOLD_OVER = "hold", "hold-over"  # the rules of the texts that tell of a hold, and that it is over


class Verb(StrEnum):
    """What can be pressed about a slot."""

    START = auto()
    END = auto()
    LATE = auto()
    EXTEND = auto()
    CANCEL = auto()
    RESTORE = auto()


FACT_OF: Final[Mapping[str, str]] = {Verb.START: "started_at", Verb.END: "ended_at"}  # what it sets of its slot


class Press(PartOfEvent, Base):
    """One press: a fact about a slot, what the slot's facts were before, and who pressed."""

    __tablename__ = "presses"
    __table_args__ = (one_of("verb", Verb), Index("ix_presses_event_id_key", "event_id", "key", unique=True))

    id: Mapped[Key]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    verb: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int | None]
    at: Mapped[At]  # the instant the fact is about
    pressed_at: Mapped[At]
    by: Mapped[str] = mapped_column(String(200))
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"))
    before: Mapped[JsonObject] = mapped_column(JSON)
    undone_at: Mapped[MaybeAt]
    tap_id: Mapped[int | None] = mapped_column(
        BigId
    )  # the first of the presses that were made with one tap, and are undone with one
    key: Mapped[str | None] = mapped_column(String(64))  # made by the device, so that it counts once when sent twice

    slot: Mapped[Slot] = relationship()

    @property
    def corrects(self) -> bool:
        """Whether it gave a start or an end that was marked before another instant."""
        fact = FACT_OF.get(self.verb)
        return fact is not None and self.before.get(fact) is not None

    def is_by(self, name: str, coordinator_id: int | None) -> bool:
        """Whether this account pressed it, or this name where it was pressed without an account."""
        if self.coordinator_id is None and coordinator_id is None:
            return self.by == name
        return self.coordinator_id == coordinator_id
