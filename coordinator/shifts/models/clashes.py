"""Clashes of people that a coordinator said are fine."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.core.commitments import OverlapKind
from coordinator.db import At, Base, Key, one_of
from coordinator.events.models import Event, PartOfEvent
from coordinator.people.models import Person


class AcceptedClash(PartOfEvent, Base):
    """Two things of one person that are fine as they are, until their clash is more serious or longer than this.

    Each of the two is a shift or a slot, of the event or of another one of its organization.
    """

    __tablename__ = "accepted_clashes"
    __table_args__ = (
        one_of("kind", OverlapKind),
        CheckConstraint(
            "(shift_id IS NULL) <> (slot_id IS NULL) AND (other_shift_id IS NULL) <> (other_slot_id IS NULL)",
            name="two_things",
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    other_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    other_slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    accepted_at: Mapped[At]
    by: Mapped[str] = mapped_column(String(200))

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def pair(self) -> tuple[str, str]:
        """The keys of both, in the order of ``Overlap.pair``."""
        one = f"shift:{self.shift_id}" if self.shift_id else f"slot:{self.slot_id}"
        other = f"shift:{self.other_shift_id}" if self.other_shift_id else f"slot:{self.other_slot_id}"
        return (one, other) if one < other else (other, one)
