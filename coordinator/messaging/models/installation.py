"""Data about the installation as a whole."""

from enum import StrEnum, auto

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db import At, Base, BigId, Key, MaybeAt, one_of


class Heartbeat(Base):
    """When a process last did its round."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[At]


class HoldReason(StrEnum):
    """Why all texts are held."""

    ASKED = auto()  # someone asked for it
    RESTORED = auto()  # ``flask restore`` restored a backup
    COPY = auto()  # the database was restored in another way
    GAP = auto()  # it was away for long, and this machine does not know it


class Installation(Base):
    """The one row about the installation: whether its texts are held, and how many rounds its jobs have counted.

    ``rounds`` only rises, so a database with fewer rounds than a machine remembers was restored.
    """

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        one_of("held_because", HoldReason),
        CheckConstraint("(held_at IS NULL) = (held_because IS NULL)", name="held_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(32))  # drawn at the beginning and when a hold ends; a copy has the same
    rounds: Mapped[int] = mapped_column(BigId, default=0)
    held_at: Mapped[MaybeAt]  # not None: no text of any organization goes out, codes included
    held_because: Mapped[str | None] = mapped_column(String(12))
    released_at: Mapped[MaybeAt]  # when someone last ended a hold


class Tally(Base):
    """How often something has happened, for monitoring."""

    __tablename__ = "tallies"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Door(StrEnum):
    """A page where people without an account try something."""

    SIGN_IN = auto()
    CODE = auto()  # a code by text
    DOOR = auto()  # check-in with a code scanned at the door
    KIOSK = auto()


class DoorOutcome(StrEnum):
    """What came of a try."""

    RIGHT = auto()  # signed in, found, proved
    SENT = auto()  # a code
    WRONG = auto()
    TOO_OFTEN = auto()  # refused: this address, number or account has no try left
    TOO_MANY = auto()  # refused: the show or the installation has no code left
    CLOSED = auto()  # refused: sign-up is closed
    PAUSED = auto()  # refused: texts are paused


class DoorCount(Base):
    """How often a public page was tried in one hour with one outcome. Nothing says by whom."""

    __tablename__ = "door_counts"
    __table_args__ = (
        Index("ix_door_counts_hour_at", "hour_at"),
        one_of("door", Door),
        one_of("outcome", DoorOutcome),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    door: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    hour_at: Mapped[At]  # its start
    number: Mapped[int] = mapped_column(default=0)
