"""Acts and the slots they play."""

from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.accounts.models import Via
from coordinator.core.timeline import SlotPlan
from coordinator.db import At, Base, Key, Length, MaybeAt, MaybeLength, one_of, partial_index
from coordinator.events.models import Event, PartOfEvent, Stage
from coordinator.people.models import Person


class SlotKind(StrEnum):
    """What stands in a running order."""

    SET = auto()
    SPEECH = auto()
    BREAK = auto()
    SOUNDCHECK = auto()


class ActAnswer(StrEnum):
    """Whether an act plays its slot: not asked yet, asked, or its answer."""

    OPEN = auto()
    INVITED = auto()
    CONFIRMED = auto()
    DECLINED = auto()


UNANSWERED = (ActAnswer.OPEN, ActAnswer.INVITED)
OWN_WORDS = (ActAnswer.CONFIRMED, ActAnswer.DECLINED)  # what a person can say for themselves


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
    joined_at: Mapped[At]  # a reminder whose moment was before this is not sent late

    act: Mapped[Act] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class Slot(PartOfEvent, Base):
    """A place in a stage's running order; its facts of the night are in the same row."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        one_of("kind", SlotKind),
        one_of("answer", ActAnswer),
        one_of("answered_via", Via),
        CheckConstraint("length > 0", name="takes_time"),
        CheckConstraint("0 <= changeover_min AND changeover_min <= changeover", name="changeover"),
        partial_index("ix_slots_news_at", "news_at", where="news_at IS NOT NULL"),
    )

    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id", ondelete="SET NULL"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default=SlotKind.SET)
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

    answer: Mapped[str] = mapped_column(String(20), default=ActAnswer.OPEN)
    answered_at: Mapped[MaybeAt]
    answered_via: Mapped[str | None] = mapped_column(String(20))  # the door it came through; None: nobody answered
    asked_at: Mapped[MaybeAt]  # when a coordinator last had it asked for an answer; None: only the reminders ask
    disputed_at: Mapped[MaybeAt]  # since when its people have answered both yes and no; ``answer`` is then invited
    asks_for: Mapped[str | None] = mapped_column(String(500))  # what a performer wrote about another time
    said_late_by: Mapped[MaybeLength]  # a performer's own statement, for the stage manager to decide on
    said_late_at: Mapped[MaybeAt]
    said_start_at: Mapped[MaybeAt]  # when they would then start, counted from the time that they knew
    said_late_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    late_decided_at: Mapped[MaybeAt]  # when someone last decided how late it is
    news_at: Mapped[MaybeAt]  # since when a performer's statement, or the decision on it, waits to be passed on
    said_here_at: Mapped[MaybeAt]
    side_stage_at: Mapped[MaybeAt]  # since when the act waits beside the stage

    opening_plan_at: Mapped[MaybeAt]  # its planned start when its stage began that day; None: not begun, or added since
    started_at: Mapped[MaybeAt]
    ended_at: Mapped[MaybeAt]
    late_by: Mapped[MaybeLength]
    extension: Mapped[Length] = mapped_column(default=timedelta(0))
    cancelled_at: Mapped[MaybeAt]
    restored_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
    stage: Mapped[Stage] = relationship()
    act: Mapped[Act | None] = relationship(back_populates="slots")
    said_late_person: Mapped[Person | None] = relationship()
    answers: Mapped[list["SlotAnswer"]] = relationship(
        back_populates="slot", cascade="all, delete-orphan", order_by="SlotAnswer.id"
    )

    @property
    def name(self) -> str:
        return self.act.name if self.act else self.title or self.kind

    @property
    def state(self) -> str:
        """The state as the event document names it."""
        return "cancelled" if self.cancelled_at else self.answer

    @property
    def is_unanswered(self) -> bool:
        """Whether it has been neither confirmed nor declined."""
        return self.answer in UNANSWERED

    @property
    def people(self) -> list[Person]:
        return self.act.people if self.act else []

    def band_of(self, person: Person) -> str:
        """The act that the person plays with, or works for; empty for whoever is the act, alone or by its name."""
        is_the_act = [each.id for each in self.people] == [person.id] or self.name in (person.name, person.first_name)
        return "" if is_the_act else self.name

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end."""
        return self.starts_at + self.length

    def plan_for(self, starts_at: datetime) -> None:
        """Plan it for this instant. A different one withdraws the declared lateness, which referred to the old one."""
        if starts_at != self.starts_at:
            self.starts_at, self.late_by = starts_at, None

    @property
    def said(self) -> dict[int, str]:
        """What each of its people has answered for themselves, by person: confirmed or declined."""
        ours = {person.id for person in self.people}
        return {each.person_id: each.answer for each in self.answers if each.person_id in ours}

    @property
    def saying(self) -> tuple[list[Person], list[Person]]:
        """Who of its people said yes, and who said no."""
        said = self.said
        yes, no = ([p for p in self.people if said.get(p.id) == word] for word in OWN_WORDS)
        return yes, no

    @property
    def asked_late_until(self) -> datetime | None:
        """When a performer says they will start, while that waits for a decision; otherwise None."""
        if self.said_start_at is None or self.said_late_at is None or self.started_at or self.cancelled_at:
            return None
        if self.late_decided_at is not None and self.late_decided_at >= self.said_late_at:
            return None
        return self.said_start_at

    @property
    def plan(self) -> SlotPlan:
        """The slot as the core takes it: plan and facts."""
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


class SlotAnswer(PartOfEvent, Base):
    """The latest answer of one member of the act about a slot. The slot's own answer follows from all of them."""

    __tablename__ = "slot_answers"
    __table_args__ = (
        UniqueConstraint("slot_id", "person_id"),
        one_of("answer", OWN_WORDS),
        one_of("via", Via),
    )

    id: Mapped[Key]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    answer: Mapped[str] = mapped_column(String(20))
    at: Mapped[At]
    via: Mapped[str] = mapped_column(String(20))

    slot: Mapped[Slot] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()
