"""What the phone network reports and carries, beside the texts themselves."""

from enum import StrEnum, auto

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.core.json_values import JsonObject
from coordinator.db import At, Base, BigId, Key, MaybeAt, one_of, partial_index


class OptOut(Base):
    """A number that opted out of texts from a sender; nothing is sent to it until the opt-out is lifted."""

    __tablename__ = "opt_outs"
    __table_args__ = (Index("ix_opt_outs_phone_sender", "phone", "sender"),)

    id: Mapped[Key]
    phone: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str] = mapped_column(String(64))
    at: Mapped[At]
    cause: Mapped[str] = mapped_column(String(40))  # the word that was texted, or the network's code
    lifted_at: Mapped[MaybeAt]


class Receipt(Base):
    """One callback of the network, stored as it came; applied to its message afterwards."""

    __tablename__ = "receipts"
    __table_args__ = (partial_index("ix_receipts_unapplied", "id", where="applied_at IS NULL"),)

    id: Mapped[Key]
    message_id: Mapped[int] = mapped_column(BigId)  # from the URL of the callback; the message may be gone
    received_at: Mapped[At]
    fields: Mapped[JsonObject] = mapped_column(JSON)
    applied_at: Mapped[MaybeAt]


class AlarmKind(StrEnum):
    """What keeps texts or emails from leaving, for everybody."""

    ACCOUNT = auto()
    BLOCKED = auto()
    MAIL = auto()  # the mail server can't be reached, or refuses the account


class Alarm(Base):
    """Why no texts or emails go out: the network or mail server refuses the account, or carriers block our texts."""

    __tablename__ = "alarms"
    __table_args__ = (one_of("kind", AlarmKind),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    raised_at: Mapped[At]
    last_at: Mapped[At]  # when the network last said so
    lifted_at: Mapped[MaybeAt]


class LineBooking(Base):
    """Until when a sender's line is booked, if texts must not go out faster than it carries them."""

    __tablename__ = "lines"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    free_at: Mapped[At]
