"""The boards of a night: who may open the wall backstage, what the desk writes on them, which screens show them."""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.events.models import Event, PartOfEvent, Stage

LONGEST_MESSAGE = 50  # characters: two lines that are read from 10 m
LONGEST_SCREEN = 40  # characters of a screen's key
SILENT_AFTER = timedelta(minutes=2)  # a screen reports twice a minute, as long as it has a connection
STAYED = timedelta(minutes=10)  # a screen that has shown a board for so long is known, and somebody misses it


class BoardKind(StrEnum):
    """What a screen shows."""

    NOW_NEXT = auto()
    WALL = auto()
    TIMER = auto()
    GOAL = auto()


class BoardKey(PartOfEvent, Base):
    """A link that opens the wall until it is revoked. It is signed, so nothing in the database opens it."""

    __tablename__ = "board_keys"

    id: Mapped[Key]
    made_at: Mapped[At]
    made_by: Mapped[str] = mapped_column(String(200))
    revoked_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()


class DeskMessage(PartOfEvent, Base):
    """A line from the desk to the boards backstage, until an instant, or until it is taken down.

    It is for the wall and for the timer of its stage; without a stage, for those of all stages.
    """

    __tablename__ = "desk_messages"

    id: Mapped[Key]
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_MESSAGE))
    written_at: Mapped[At]
    written_by: Mapped[str] = mapped_column(String(200))
    until_at: Mapped[At]
    taken_down_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
    stage: Mapped[Stage | None] = relationship()


class BoardScreen(Base):
    """A browser that shows a board and reports in; no change of its event. ``key`` is made by the browser."""

    __tablename__ = "board_screens"
    __table_args__ = (UniqueConstraint("event_id", "key"), one_of("kind", BoardKind))

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(LONGEST_SCREEN))
    kind: Mapped[str] = mapped_column(String(20))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(String(60))
    first_seen_at: Mapped[At]
    seen_at: Mapped[At]

    event: Mapped[Event] = relationship()
    stage: Mapped[Stage | None] = relationship()

    @property
    def is_known(self) -> bool:
        """Whether it was put up to stay, and is not only somebody who looked."""
        return self.kind == BoardKind.WALL or self.seen_at - self.first_seen_at >= STAYED

    def is_silent(self, now: datetime) -> bool:
        """Whether it has not reported for so long that somebody should look at it."""
        return now - self.seen_at >= SILENT_AFTER
