"""Searches for someone to take a spot, and trades."""

from enum import StrEnum, auto

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.core.cover.waves import Source
from coordinator.db import At, Base, Key, MaybeAt, one_of, partial_index
from coordinator.events.models import PartOfEvent
from coordinator.people.models import Person

from .shifts import Shift, SignUp


class SearchReason(StrEnum):
    """Why somebody is looked for."""

    CANCELLED = auto()  # whoever had the place gave it up, or it is new and somebody waits
    ASKED = auto()  # whoever has it wants to be covered
    NO_SHOW = auto()
    SHORT = auto()  # a coordinator says so
    WAITED = auto()  # somebody joined the waitlist while whoever has the place wants to be covered


class SearchOutcome(StrEnum):
    """How a search ended."""

    FILLED = auto()
    CALLED_OFF = auto()
    NOBODY = auto()


class OfferAnswer(StrEnum):
    """What came of asking one person."""

    OPEN = auto()
    YES = auto()
    NO = auto()
    TOO_LATE = auto()  # they said yes when the place was gone
    EXPIRED = auto()
    WITHDRAWN = auto()


class SwapOutcome(StrEnum):
    """How a question to swap ended."""

    SWAPPED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()
    IMPOSSIBLE = auto()


class Standby(PartOfEvent, Base):
    """Someone on standby: they would come if more help is needed."""

    __tablename__ = "standbys"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    since_at: Mapped[At]

    person: Mapped[Person] = relationship()


class CoverSearch(PartOfEvent, Base):
    """A search for someone to take a spot, wave after wave; at most one open search for each spot."""

    __tablename__ = "cover_searches"
    __table_args__ = (
        one_of("why", SearchReason),
        one_of("outcome", SearchOutcome),
        partial_index("ix_cover_searches_next_wave_at", "next_wave_at", where="closed_at IS NULL"),
    )

    id: Mapped[Key]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    leaving_id: Mapped[int | None] = mapped_column(ForeignKey("sign_ups.id", ondelete="SET NULL"), index=True)
    why: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[At]
    wave: Mapped[int] = mapped_column(default=0)  # how many have gone out
    next_wave_at: Mapped[MaybeAt]
    closed_at: Mapped[MaybeAt]
    outcome: Mapped[str | None] = mapped_column(String(20))

    shift: Mapped[Shift] = relationship()
    leaving: Mapped[SignUp | None] = relationship()
    offers: Mapped[list["CoverOffer"]] = relationship(
        back_populates="search", cascade="all, delete-orphan", order_by="CoverOffer.id"
    )


class CoverOffer(PartOfEvent, Base):
    """A spot offered to one person by text; the first yes takes it."""

    __tablename__ = "cover_offers"
    __table_args__ = (
        UniqueConstraint("search_id", "person_id"),
        one_of("answer", OfferAnswer),
        one_of("source", Source),
    )

    id: Mapped[Key]
    search_id: Mapped[int] = mapped_column(ForeignKey("cover_searches.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    wave: Mapped[int]
    offered_at: Mapped[At]
    expires_at: Mapped[At]
    answer: Mapped[str] = mapped_column(String(20), default=OfferAnswer.OPEN)
    answered_at: Mapped[MaybeAt]

    search: Mapped[CoverSearch] = relationship(back_populates="offers")
    person: Mapped[Person] = relationship()


class Swap(PartOfEvent, Base):
    """Two people who want each other's spots; it happens when the other agrees and the rules allow it for both."""

    __tablename__ = "swaps"
    __table_args__ = (one_of("outcome", SwapOutcome),)

    id: Mapped[Key]
    mine_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    theirs_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[At]
    closed_at: Mapped[MaybeAt]
    outcome: Mapped[str | None] = mapped_column(String(20))

    mine: Mapped[SignUp] = relationship(foreign_keys=[mine_id])
    theirs: Mapped[SignUp] = relationship(foreign_keys=[theirs_id])
