"""Sums of money of an event, and what each person counted."""

from decimal import Decimal
from enum import StrEnum, auto

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.events.models import Event, PartOfEvent

FINEST = Numeric(14, 3)  # some currencies have thousandths


class MoneyKind(StrEnum):
    """How money was given."""

    CASH = auto()
    CARD = auto()
    ONLINE = auto()


class MoneyCount(PartOfEvent, Base):
    """A sum to count: money of one kind, for one cause, taken at one time. Several add up.

    ``round`` rises whenever it is counted anew; only what was entered in this round counts.
    """

    __tablename__ = "money_counts"
    __table_args__ = (
        one_of("kind", MoneyKind),
        CheckConstraint("counters IN (1, 2)", name="counters"),
        CheckConstraint("(amount IS NULL) = (confirmed_at IS NULL)", name="amount_is_confirmed"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(10))
    cause: Mapped[str | None] = mapped_column(String(200))  # None: the event's beneficiary
    note: Mapped[str | None] = mapped_column(String(200))  # which money it is
    currency: Mapped[str] = mapped_column(String(3))
    counters: Mapped[int]  # how many people must have entered the same
    round: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[At]
    opened_by: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal | None] = mapped_column(FINEST)
    confirmed_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
    entries: Mapped[list["MoneyEntry"]] = relationship(
        back_populates="count", order_by="MoneyEntry.id", cascade="all, delete-orphan"
    )

    @property
    def current(self) -> list["MoneyEntry"]:
        """What was entered in this round, in order."""
        return [entry for entry in self.entries if entry.round == self.round]

    @property
    def is_mismatch(self) -> bool:
        """Whether everyone has counted and they do not agree."""
        entries = self.current
        return len(entries) >= self.counters and len({entry.amount for entry in entries}) > 1

    @property
    def difference(self) -> Decimal:
        """By how much the entries of this round differ."""
        amounts = [entry.amount for entry in self.current]
        return max(amounts) - min(amounts) if amounts else Decimal(0)


class MoneyEntry(PartOfEvent, Base):
    """What one member counted, in one round, signed with initials."""

    __tablename__ = "money_entries"
    __table_args__ = (
        UniqueConstraint("count_id", "round", "coordinator_id"),
        UniqueConstraint("event_id", "key"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    id: Mapped[Key]
    count_id: Mapped[int] = mapped_column(ForeignKey("money_counts.id", ondelete="CASCADE"))
    round: Mapped[int]
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"), index=True)
    by: Mapped[str] = mapped_column(String(200))
    initials: Mapped[str] = mapped_column(String(4))
    amount: Mapped[Decimal] = mapped_column(FINEST)
    entered_at: Mapped[At]
    key: Mapped[str | None] = mapped_column(String(60))  # of what was sent, which may arrive twice

    count: Mapped[MoneyCount] = relationship(back_populates="entries")
