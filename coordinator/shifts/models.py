"""Who helps with what, and when."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import At, Base, Key, Length, MaybeAt
from ..events.models import Event, PartOfEvent
from ..lineup.models import Slot
from ..people.models import Person

ANCHORS = ("changeover_start", "set_start", "set_end", "doors", "curfew")
STATES = ("waitlisted", "confirmed", "cancelled", "checked_in", "no_show", "done")
HOLDING = ("confirmed", "checked_in", "done")  # sign-ups in these states take a place
EXPECTED = ("confirmed", "checked_in")  # people who are told about their shift


class Role(PartOfEvent, Base):
    """A kind of work."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(Text)  # what the work is like, for those who choose
    works_changeovers: Mapped[bool] = mapped_column(default=False)  # its people are crew of each changeover they cover

    event: Mapped[Event] = relationship()
    shifts: Mapped[list["Shift"]] = relationship(back_populates="role", order_by="Shift.starts_at")


class Shift(PartOfEvent, Base):
    """Min to max people in a role, at fixed times or following a slot.

    A following shift's times are the ones planned; the show night moves the projected ones.
    """

    __tablename__ = "shifts"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("0 <= min AND min <= max AND max >= 1", name="places"),
        CheckConstraint("starts_at < ends_at", name="takes_time"),
    )

    id: Mapped[Key]
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    min: Mapped[int] = mapped_column(default=1)
    max: Mapped[int] = mapped_column(default=1)
    place: Mapped[str | None] = mapped_column(String(200))
    starts_local: Mapped[str] = mapped_column(String(24))
    starts_at: Mapped[At]
    ends_local: Mapped[str] = mapped_column(String(24))
    ends_at: Mapped[At]
    follows_slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"), index=True)
    follows_from: Mapped[str | None] = mapped_column(String(20))
    follows_to: Mapped[str | None] = mapped_column(String(20))
    before: Mapped[Length] = mapped_column(default=timedelta(0))
    after: Mapped[Length] = mapped_column(default=timedelta(0))
    created_at: Mapped[At]
    cancelled_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
    role: Mapped[Role] = relationship(back_populates="shifts")
    follows: Mapped[Slot | None] = relationship()
    sign_ups: Mapped[list["SignUp"]] = relationship(
        back_populates="shift", cascade="all, delete-orphan", order_by="SignUp.id"
    )

    @property
    def holding(self) -> list["SignUp"]:
        return [sign_up for sign_up in self.sign_ups if sign_up.state in HOLDING]

    @property
    def places_left(self) -> int:
        return max(0, self.max - len(self.holding))


class SignUp(PartOfEvent, Base):
    """A person on a shift."""

    __tablename__ = "sign_ups"
    __table_args__ = (UniqueConstraint("shift_id", "person_id"), CheckConstraint(f"state IN {STATES}", name="state"))

    id: Mapped[Key]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="confirmed")
    created_at: Mapped[At]
    changed_at: Mapped[At]
    how: Mapped[str] = mapped_column(String(20), default="link")  # link, text, coordinator, document

    shift: Mapped[Shift] = relationship(back_populates="sign_ups")
    person: Mapped[Person] = relationship()


class PhoneCode(Base):
    """A code that proves a number: 6 digits, 15 minutes, 5 tries. Only its hash is kept."""

    __tablename__ = "phone_codes"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    phone: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)  # the consent that was shown
    sent_at: Mapped[At]
    expires_at: Mapped[At]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[MaybeAt]
