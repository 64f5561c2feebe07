"""Texts, out and in, and their changes of state."""

from enum import StrEnum, auto

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.accounts.models import Organisation
from coordinator.core.json_values import JsonObject
from coordinator.db import At, Base, Key, MaybeAt, one_of, partial_index
from coordinator.people.models import Channel, Person


class MessageState(StrEnum):
    """The state of a text."""

    WAITING = auto()
    HELD = auto()
    SENDING = auto()
    UNKNOWN = auto()  # it may or may not have gone out
    ACCEPTED = auto()  # the network has it
    SENT = auto()
    DELIVERED = auto()
    FAILED = auto()
    UNDELIVERED = auto()
    EXPIRED = auto()
    CANCELLED = auto()
    STOPPED = auto()  # the person may not be texted
    RECEIVED = auto()


class MessageKind(StrEnum):
    """What a text is for; those of the plan and of shifts also have a rule."""

    REMINDER = auto()
    NEW_TIME = auto()
    CANCELLED = auto()
    ECHO = auto()  # our answer to what someone wrote
    CODE = auto()
    DIGEST = auto()
    NOTE = auto()
    REPLY = auto()  # written by a person, or by a coordinator in answer
    FORWARD = auto()
    SIGNED_UP = "signed-up"
    ASSIGNED = auto()
    REMOVED = auto()
    CHANGED = auto()
    ACCEPTED = auto()
    ALERT = auto()
    DISPUTED = auto()  # members of an act disagree, or no longer do


class Direction(StrEnum):
    """Whether we wrote it, or somebody wrote to us."""

    OUT = auto()
    IN = auto()


class TextError(StrEnum):
    """Why a text did not arrive, where the network has no words of its own for it."""

    NO_PHONE = auto()
    NO_EMAIL = auto()  # no address, or the person does not want emails
    OPTED_OUT = auto()
    NOT_AGREED = auto()
    TOO_LATE = auto()
    HELD_TOO_LONG = auto()
    UNSURE = auto()  # the network did not say whether it took it
    NOT_CONFIRMED = auto()  # and never will


UNSENT = (MessageState.WAITING, MessageState.HELD)
IN_FLIGHT = (MessageState.SENDING, MessageState.UNKNOWN)
WENT_OUT = (MessageState.ACCEPTED, MessageState.SENT, MessageState.DELIVERED)
TOLD = (*IN_FLIGHT, *WENT_OUT)  # the person may have read it
NEVER_WENT = (
    MessageState.FAILED,
    MessageState.UNDELIVERED,
    MessageState.EXPIRED,
    MessageState.CANCELLED,
    MessageState.STOPPED,
)
# What tells someone that they have a spot on a shift, or no longer do.
PLACE_KINDS = (MessageKind.SIGNED_UP, MessageKind.ASSIGNED, MessageKind.REMOVED)
# Why nothing may go to someone
UNREACHED = (TextError.NO_PHONE, TextError.NO_EMAIL, TextError.OPTED_OUT, TextError.NOT_AGREED)
BY_HAND = "report"  # the rule of emails to an address that a coordinator typed for them
GOODBYE = "stopped"  # confirms an opt-out: the one text that still goes to someone who opted out


class Message(Base):
    """One text. An outbound row is the reminder itself: its due time moves until it is sent.

    ``dedupe_key`` makes it unique (rule, subject, person); ``says_at`` is the time it tells.
    """

    said_pin = None  # type: str | None  # the PIN that was said, while it is answered: it is in no row

    __tablename__ = "messages"
    __table_args__ = (
        partial_index("ix_messages_due", "due_at", where="state = 'waiting'"),
        partial_index("ix_messages_mail_due", "due_at", where="state = 'waiting' AND channel = 'email'"),
        partial_index("ix_messages_lease", "lease_until", where="state = 'sending'"),
        partial_index("ix_messages_held", "held_until", where="state = 'held'"),
        partial_index("ix_messages_check_at", "check_at", where="check_at IS NOT NULL"),
        Index("ix_messages_event_id_state", "event_id", "state"),
        Index("ix_messages_phone_created_at", "phone", "created_at"),
        Index("ix_messages_slot_person", "slot_id", "person_id"),
        one_of("state", MessageState),
        one_of("kind", MessageKind),
        one_of("direction", Direction),
        one_of("channel", Channel),
        one_of("gave_up_on", Channel),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    direction: Mapped[str] = mapped_column(String(3), default=Direction.OUT)
    channel: Mapped[str] = mapped_column(String(5), default=Channel.TEXT, server_default=Channel.TEXT)
    gave_up_on: Mapped[str | None] = mapped_column(String(5))  # the channel that failed before it went on by the other
    phone: Mapped[str] = mapped_column(String(20))  # the person's, E.164; empty for who has none
    address: Mapped[str | None] = mapped_column(String(254))  # where it went as an email
    mail: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))  # subject, body, calendar of its email
    kind: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str | None] = mapped_column(String(40))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="SET NULL"), index=True)
    anchor: Mapped[str | None] = mapped_column(String(20))
    says_at: Mapped[MaybeAt]  # the time the text tells, whole minutes
    other_times: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))  # other shifts: id to time told
    tells: Mapped[JsonObject | None] = mapped_column(
        JSON(none_as_null=True)
    )  # by shift id: its times and place, as told
    planned_at: Mapped[MaybeAt]  # where plan and declarations alone put its slot or shift at that time
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    body: Mapped[str] = mapped_column(Text)
    first_body: Mapped[str | None] = mapped_column(Text)  # what goes out if it is the first to its phone; None: any
    segments: Mapped[int] = mapped_column(default=1)
    num_media: Mapped[int] = mapped_column(default=0, server_default="0")  # pictures and sounds that came with it
    state: Mapped[str] = mapped_column(String(12), default=MessageState.WAITING)
    created_at: Mapped[At]
    due_at: Mapped[MaybeAt]
    useful_until: Mapped[MaybeAt]  # after this the text is no longer true or of use: it expires unsent
    any_hour: Mapped[bool] = mapped_column(default=False)  # quiet hours do not hold it
    held_until: Mapped[MaybeAt]  # not claimed before: quiet hours, a pause, or the network asked to wait
    claimed_at: Mapped[MaybeAt]  # when it last left the outbox; from then on what it says counts as told
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[MaybeAt]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[MaybeAt]  # when the network accepted it
    finished_at: Mapped[MaybeAt]  # when its state became final
    provider_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    sender: Mapped[str | None] = mapped_column(String(64))
    former_sids: Mapped[str | None] = mapped_column(Text)  # network IDs of attempts that came back, separated by spaces
    check_at: Mapped[MaybeAt]  # when to ask the network about it next; None: no need
    checks: Mapped[int] = mapped_column(default=0, server_default="0")  # lookups since the last attempt
    resends: Mapped[int] = mapped_column(default=0, server_default="0")  # how often it was sent again
    error_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(300))
    rides_with_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    needs_answer: Mapped[bool] = mapped_column(default=False)  # free text waits in the coordinators' inbox
    answered_at: Mapped[MaybeAt]

    @property
    def former_names(self) -> list[str]:
        """The network's IDs of attempts that came back, before it was sent again."""
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


class ReplyChoice(Base):
    """One numbered way to answer, offered to a phone whose answer could mean more than one thing."""

    __tablename__ = "choices"
    __table_args__ = (Index("ix_choices_phone_number", "phone", "number"),)

    id: Mapped[Key]
    phone: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]  # from 3
    offered_at: Mapped[At]
    means: Mapped[JsonObject] = mapped_column(JSON)
    taken_at: Mapped[MaybeAt]
