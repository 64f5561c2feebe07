"""Roles, shifts and sign-ups."""

from datetime import time, timedelta
from decimal import Decimal
from enum import StrEnum, auto

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.core.cover import AsksWhom, defaults
from coordinator.core.json_values import JsonObject
from coordinator.core.timeline import Anchor
from coordinator.core.two_languages import in_language
from coordinator.db import At, Base, BigId, Key, Length, MaybeAt, MaybeLength, one_of, partial_index
from coordinator.events.models import Event, PartOfEvent
from coordinator.lineup.models import Slot
from coordinator.messaging.models import MessageKind
from coordinator.people.models import Person

FOLLOWED = (Anchor.CHANGEOVER_START, Anchor.SET_START, Anchor.SET_END, Anchor.DOORS, Anchor.CURFEW)
# The text that tells somebody of a place: they took it, or were put on it.
NOTICES = (MessageKind.SIGNED_UP, MessageKind.ASSIGNED)


class SignUpState(StrEnum):
    """The state of someone's sign-up."""

    WAITLISTED = auto()
    CONFIRMED = auto()
    CANCELLED = auto()
    CHECKED_IN = auto()
    NO_SHOW = auto()
    DONE = auto()


class SignUpSource(StrEnum):
    """Through what somebody has come to a place, or lost it."""

    LINK = auto()  # the public pages, or their own
    TEXT = auto()
    COORDINATOR = auto()
    DOCUMENT = auto()
    WAITLIST = auto()  # it moved up
    COVER = auto()
    SWAP = auto()
    FRIEND = auto()  # held for somebody whom another brings


HOLDING = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN, SignUpState.DONE)  # they take a spot
WORKED = (SignUpState.CHECKED_IN, SignUpState.DONE)  # they were there
EXPECTED = (SignUpState.CONFIRMED, SignUpState.CHECKED_IN)  # people who are told about their shift


class Role(PartOfEvent, Base):
    """A kind of work."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    name_es: Mapped[str | None] = mapped_column(String(120))  # None: it is not given in both languages
    note: Mapped[str | None] = mapped_column(Text)  # what the work is like, for people who choose
    note_es: Mapped[str | None] = mapped_column(Text)
    works_changeovers: Mapped[bool] = mapped_column(default=False)  # its people are crew of each changeover they cover
    skills: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # skills its people need
    minimum_age: Mapped[int | None]  # years, on the day of the show
    never_alone: Mapped[bool] = mapped_column(default=False, server_default=false())  # not alone the first time
    instructions: Mapped[str | None] = mapped_column(Text)  # for people with a spot
    instructions_es: Mapped[str | None] = mapped_column(Text)

    event: Mapped[Event] = relationship()
    shifts: Mapped[list["Shift"]] = relationship(back_populates="role", order_by="Shift.starts_at")

    def called(self, language: str) -> str:
        """The name for a reader of this language."""
        return in_language(language, self.name, self.name_es)

    def note_in(self, language: str) -> str | None:
        """What the work is like, for a reader of this language; None: nothing is said."""
        return in_language(language, self.note, self.note_es)

    def instructions_in(self, language: str) -> str | None:
        """For a reader of this language; None: there are none."""
        return in_language(language, self.instructions, self.instructions_es)

    def goes_by(self, name: str) -> bool:
        """Whether this is its name in either language, in whatever case."""
        return name.casefold() in {self.name.casefold(), (self.name_es or self.name).casefold()}


class Shift(PartOfEvent, Base):
    """Min to max people in a role, at fixed times or following a slot.

    A following shift's times are the planned ones; the show night moves the projected ones.
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
    call: Mapped[Length] = mapped_column(default=timedelta(0), server_default="0")  # before its start: be there
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

    @property
    def cover_wanted(self) -> bool:
        """Whether someone who has a spot wants to be covered; whoever joins the waitlist is offered it at once."""
        return any(each.state == SignUpState.CONFIRMED and each.wants_cover_at for each in self.sign_ups)


class SignUp(PartOfEvent, Base):
    """A person on a shift."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        UniqueConstraint("shift_id", "person_id"),
        one_of("state", SignUpState),
        one_of("notice", NOTICES),
        one_of("source", SignUpSource),
        partial_index("ix_sign_ups_here", "shift_id", where="state = 'checked_in'"),
    )

    id: Mapped[Key]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=SignUpState.CONFIRMED)
    created_at: Mapped[At]
    changed_at: Mapped[At]
    source: Mapped[str] = mapped_column(String(20), default=SignUpSource.LINK)
    friends_key: Mapped[str | None] = mapped_column(String(40), index=True)  # people who came together share a key
    override_reason: Mapped[str | None] = mapped_column(Text)  # a coordinator's reason for overriding objections
    waitlisted_at: Mapped[MaybeAt]  # decides the position on the waitlist
    will_come_at: Mapped[MaybeAt]  # when they last said that they will
    wants_cover_at: Mapped[MaybeAt]  # they cannot come, and keep the place until someone takes it
    late_by: Mapped[MaybeLength]  # their own word
    here_at: Mapped[MaybeAt]
    left_at: Mapped[MaybeAt]
    excused_at: Mapped[MaybeAt]  # a no-show that no longer counts
    notice: Mapped[str | None] = mapped_column(String(12))  # text about the spot; None: they know about it otherwise
    aside_for_id: Mapped[int | None] = mapped_column(  # the spot that made waiting for this one impossible
        ForeignKey("sign_ups.id", ondelete="SET NULL"), index=True
    )
    given_up_at: Mapped[MaybeAt]  # when they gave up the spot themselves, which they can take back for a while
    known: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))  # the shift as it was when they took it
    removed_at: Mapped[MaybeAt]  # when someone else removed them, so that they must be told; None: nobody did

    shift: Mapped[Shift] = relationship(back_populates="sign_ups")
    person: Mapped[Person] = relationship()
    aside_for: Mapped["SignUp | None"] = relationship(remote_side="SignUp.id")

    @property
    def assigned_key(self) -> str:
        """The key of the text that asks whether they come: a new one each time someone puts them on."""
        return f"assigned:shift:{self.shift_id}:{self.person_id}:{self.created_at:%Y%m%dT%H%M%S}"


class VolunteerPolicy(PartOfEvent, Base):
    """An event's rules for its volunteers, and how it fills spots; an event without a row has the defaults."""

    __tablename__ = "volunteer_policies"
    __table_args__ = (CheckConstraint("longest IS NULL OR longest > 0", name="longest"), one_of("asks_whom", AsksWhom))

    event_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    walking: Mapped[Length] = mapped_column(default=defaults.WALKING)  # from one place to another
    rest: Mapped[Length] = mapped_column(default=defaults.REST)  # between two stretches of work
    longest: Mapped[MaybeLength] = mapped_column(default=defaults.LONGEST)  # one stretch of work; None: no limit
    minors_until: Mapped[time | None] = mapped_column(default=defaults.MINORS_UNTIL)  # wall time; None: no limit
    leave_until: Mapped[Length] = mapped_column(default=timedelta(hours=4))  # before a shift: last time to drop it
    promote_until: Mapped[Length] = mapped_column(default=defaults.PROMOTE_UNTIL)  # before it, the waitlist moves up
    offer_until: Mapped[Length] = mapped_column(default=defaults.OFFER_UNTIL)  # before it, one by one; then all at once
    offer_lasts: Mapped[Length] = mapped_column(default=defaults.OFFER_LASTS)  # how long people have to answer
    asks_whom: Mapped[str] = mapped_column(String(20), default=AsksWhom.EVERYBODY)  # for cover
    asks_to_confirm: Mapped[bool] = mapped_column(default=False)  # volunteers are asked whether they will come
    worry_before: Mapped[Length] = mapped_column(default=timedelta(minutes=15))  # before call time: not here is at risk
    hour_is_worth: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # in the currency of the donation
    raised: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))  # for the cause, included in the thank-you

    event: Mapped[Event] = relationship()
