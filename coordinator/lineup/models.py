"""Acts and the slots they play."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.timeline import SlotPlan
from ..db import At, Base, Key, Length, MaybeAt, MaybeLength
from ..events.models import Event, PartOfEvent, Stage
from ..people.models import Person

KINDS = ("set", "speech", "break", "soundcheck")
ANSWERS = ("open", "invited", "confirmed", "declined")


class Act(PartOfEvent, Base):
    """Who plays: one person or many."""

    __tablename__ = "acts"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    about: Mapped[str | None] = mapped_column(Text)  # one line for the public page

    event: Mapped[Event] = relationship()
    members: Mapped[list["ActMember"]] = relationship(
        back_populates="act", cascade="all, delete-orphan", order_by="ActMember.id"
    )
    slots: Mapped[list["Slot"]] = relationship(back_populates="act", order_by="Slot.starts_at")

    @property
    def people(self) -> list[Person]:
        return [member.person for member in self.members]


class ActMember(PartOfEvent, Base):
    """A person who belongs to an act."""

    __tablename__ = "act_members"
    __table_args__ = (UniqueConstraint("act_id", "person_id"),)

    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[At]  # a reminder whose moment had passed by then is not made up for

    act: Mapped[Act] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class Slot(PartOfEvent, Base):
    """A place in a stage's running order; its facts of the night stand in the same row."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"answer IN {ANSWERS}", name="answer"),
        CheckConstraint("length > 0", name="takes_time"),
        CheckConstraint("0 <= changeover_min AND changeover_min <= changeover", name="changeover"),
    )

    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id", ondelete="SET NULL"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default="set")
    title: Mapped[str | None] = mapped_column(String(200))  # of a slot without an act: "Raffle"
    position: Mapped[int] = mapped_column(default=0)
    starts_local: Mapped[str] = mapped_column(String(24))
    starts_at: Mapped[At]
    length: Mapped[Length]
    changeover: Mapped[Length]
    changeover_min: Mapped[Length]
    pinned: Mapped[bool] = mapped_column(default=False)
    early_ok: Mapped[bool] = mapped_column(default=False)
    length_inferred: Mapped[bool] = mapped_column(default=False)
    changeover_inferred: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Text)  # for the crew
    created_at: Mapped[At]

    answer: Mapped[str] = mapped_column(String(20), default="open")
    answered_at: Mapped[MaybeAt]
    answered_how: Mapped[str | None] = mapped_column(String(20))  # text, link, coordinator, document
    asks_for: Mapped[str | None] = mapped_column(String(500))  # what a performer said about another time
    said_late_by: Mapped[MaybeLength]  # a performer's own word, for the stage manager to decide
    said_late_at: Mapped[MaybeAt]
    said_here_at: Mapped[MaybeAt]

    started_at: Mapped[MaybeAt]
    ended_at: Mapped[MaybeAt]
    late_by: Mapped[MaybeLength]
    extension: Mapped[Length] = mapped_column(default=timedelta(0))
    cancelled_at: Mapped[MaybeAt]
    restored_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
    stage: Mapped[Stage] = relationship()
    act: Mapped[Act | None] = relationship(back_populates="slots")

    @property
    def name(self) -> str:
        return self.act.name if self.act else self.title or self.kind

    @property
    def state(self) -> str:
        """The state as the event document names it."""
        return "cancelled" if self.cancelled_at else self.answer

    @property
    def people(self) -> list[Person]:
        return self.act.people if self.act else []

    @property
    def plan(self) -> SlotPlan:
        """The slot as the rules of the night see it, plan and facts."""
        return SlotPlan(
            key=self.key,
            starts_at=self.starts_at,
            length=self.length,
            changeover=self.changeover,
            changeover_min=self.changeover_min,
            pinned=self.pinned,
            early_ok=self.early_ok,
            cancelled=self.cancelled_at is not None,
            extension=self.extension,
            late_by=self.late_by,
            started_at=self.started_at,
            ended_at=self.ended_at,
        )
