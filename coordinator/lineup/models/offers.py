"""Acts that can stand in for another, and the questions to acts whether they play at another time."""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.db import At, Base, Key, Length, MaybeAt, one_of
from coordinator.events.models import PartOfEvent

from .slots import Act, Slot


class StandIn(PartOfEvent, Base):
    """An act that would play if another falls out: how far away it is, how long it can play, with what gear."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        CheckConstraint("minutes_away >= 0", name="distance"),
        CheckConstraint("length > 0", name="takes_time"),
    )

    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id", ondelete="CASCADE"), unique=True)
    minutes_away: Mapped[int]
    length: Mapped[Length]  # the longest that they can play
    gear: Mapped[str | None] = mapped_column(String(300))  # what they need on stage

    act: Mapped[Act] = relationship()

    @property
    def away(self) -> timedelta:
        """How long they need to get here."""
        return timedelta(minutes=self.minutes_away)


class OfferKind(StrEnum):
    """What an act is asked: ``forward``, to start its own slot earlier; ``stand_in``, to play in a hole."""

    FORWARD = auto()
    STAND_IN = auto()


class OfferState(StrEnum):
    """``filled``: someone else said yes first."""

    OPEN = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()
    FILLED = auto()


class SlotOffer(PartOfEvent, Base):
    """One act, asked whether it plays at another time. Nothing moves before its yes.

    ``slot`` is its own slot, which would move; for a stand-in the slot behind the hole, before which it would play.
    """

    __tablename__ = "slot_offers"
    __table_args__ = (one_of("kind", OfferKind), one_of("state", OfferState))

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[At]  # when it would start; until then it can be answered
    length: Mapped[Length]
    state: Mapped[str] = mapped_column(String(20), default=OfferState.OPEN)
    asked_at: Mapped[At]
    asked_by: Mapped[str] = mapped_column(String(200))
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"))  # who asked
    answered_at: Mapped[MaybeAt]
    answered_by: Mapped[str | None] = mapped_column(String(200))
    was_at: Mapped[MaybeAt]  # where its slot was planned before its yes moved it
    made_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"))  # the slot of a stand-in

    slot: Mapped[Slot] = relationship(foreign_keys=slot_id)
    made: Mapped[Slot | None] = relationship(foreign_keys=made_id)
    act: Mapped[Act] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Whether a yes still counts."""
        return self.state == OfferState.OPEN and now < self.starts_at
