"""Texts, out and in, and everything the phone network said about them."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Organisation
from ..db import At, Base, BigId, Key, MaybeAt
from ..people.models import Person

UNSENT = ("waiting", "held")
IN_THE_AIR = ("sending", "unknown")
WENT_OUT = ("accepted", "sent", "delivered")
TOLD = ("sending", "unknown", "accepted", "sent", "delivered")  # the person may have read it
NEVER_WENT = ("failed", "undelivered", "expired", "cancelled", "stopped")
STATES = (*UNSENT, *IN_THE_AIR, *WENT_OUT, *NEVER_WENT, "received")
KINDS = ("reminder", "new_time", "cancelled", "echo", "code", "digest", "note", "reply", "forward")


class Message(Base):
    """One text. An outbound row is the reminder itself: its due time moves until it is sent.

    ``dedupe_key`` is what makes it unique (rule, subject, person); ``says_at`` is the time it tells.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index(
            "ix_messages_due",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_messages_lease",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_messages_held",
            "held_until",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        Index(
            "ix_messages_look_at",
            "look_at",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
        ),
        Index("ix_messages_event_id_state", "event_id", "state"),
        Index("ix_messages_phone_created_at", "phone", "created_at"),
        Index("ix_messages_slot_person", "slot_id", "person_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("direction IN ('out', 'in')", name="direction"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    direction: Mapped[str] = mapped_column(String(3), default="out")
    phone: Mapped[str] = mapped_column(String(20))  # the person's, E.164
    kind: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str | None] = mapped_column(String(40))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="SET NULL"), index=True)
    anchor: Mapped[str | None] = mapped_column(String(20))
    says_at: Mapped[MaybeAt]  # the time the text tells, whole minutes
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    body: Mapped[str] = mapped_column(Text)
    segments: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    created_at: Mapped[At]
    due_at: Mapped[MaybeAt]
    useful_until: Mapped[MaybeAt]  # after it the text is no longer true or no use: it expires unsent
    any_hour: Mapped[bool] = mapped_column(default=False)  # quiet hours do not hold it
    held_until: Mapped[MaybeAt]  # it is not claimed before: quiet hours, a pause, or the network asked to wait
    claimed_at: Mapped[MaybeAt]  # when it last left the outbox; from then on what it says counts as told
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[MaybeAt]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[MaybeAt]  # when the network took it
    finished_at: Mapped[MaybeAt]  # when its state became final
    provider_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    sender: Mapped[str | None] = mapped_column(String(64))
    former_sids: Mapped[str | None] = mapped_column(Text)  # its names each time it came back, with spaces between
    look_at: Mapped[MaybeAt]  # when the network is to be asked about it next; None: it need not be
    looks: Mapped[int] = mapped_column(default=0, server_default="0")  # how often it was asked since the last attempt
    resends: Mapped[int] = mapped_column(default=0, server_default="0")  # how often it went again
    error_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(300))
    rides_with_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    needs_answer: Mapped[bool] = mapped_column(default=False)  # free text waits in the coordinators' inbox
    answered_at: Mapped[MaybeAt]

    @property
    def former_names(self) -> list[str]:
        """The names it had with the network each time it came back, before it went again."""
        return (self.former_sids or "").split()

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    changes: Mapped[list["MessageChange"]] = relationship(
        back_populates="message", cascade="all, delete-orphan", order_by="MessageChange.id"
    )


class MessageChange(Base):
    """One change of a message's state, with its instant and its cause."""

    __tablename__ = "message_changes"

    id: Mapped[Key]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    at: Mapped[At]
    before: Mapped[str | None] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    cause: Mapped[str] = mapped_column(String(200))

    message: Mapped[Message] = relationship(back_populates="changes")


class OptOut(Base):
    """A number that wants no texts from a sender; nothing is sent to it until it is lifted."""

    __tablename__ = "opt_outs"
    __table_args__ = (Index("ix_opt_outs_phone_sender", "phone", "sender"),)

    id: Mapped[Key]
    phone: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str] = mapped_column(String(64))
    at: Mapped[At]
    how: Mapped[str] = mapped_column(String(40))  # the word that was texted, or the network's code
    lifted_at: Mapped[MaybeAt]


class Receipt(Base):
    """What the network called back with, kept as it came; applied to its message afterwards."""

    __tablename__ = "receipts"
    __table_args__ = (
        Index(
            "ix_receipts_unapplied",
            "id",
            sqlite_where=text("applied_at IS NULL"),
            postgresql_where=text("applied_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    message_id: Mapped[int] = mapped_column(BigId)  # as the address of the callback says; the message may be gone
    received_at: Mapped[At]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    applied_at: Mapped[MaybeAt]


class Alarm(Base):
    """Why texts do not leave, for everybody: the account is refused, or carriers block what we write."""

    __tablename__ = "alarms"
    __table_args__ = (CheckConstraint("kind IN ('account', 'blocked')", name="kind"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    raised_at: Mapped[At]
    last_at: Mapped[At]  # when the network last said so
    lifted_at: Mapped[MaybeAt]


class Choice(Base):
    """One numbered way to answer, offered to a phone when its answer could mean more than one thing."""

    __tablename__ = "choices"
    __table_args__ = (Index("ix_choices_phone_number", "phone", "number"),)

    id: Mapped[Key]
    phone: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]  # from 3
    offered_at: Mapped[At]
    means: Mapped[dict[str, Any]] = mapped_column(JSON)
    taken_at: Mapped[MaybeAt]


class Heartbeat(Base):
    """When a process last did its round."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[At]


class Line(Base):
    """Until when a sender's line is booked, where texts must not leave faster than it carries them."""

    __tablename__ = "lines"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    free_at: Mapped[At]


class Tally(Base):
    """How often something has happened, for whoever watches over the installation."""

    __tablename__ = "tallies"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
