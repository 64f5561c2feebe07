"""Who helps with what, and when; who is wanted for it, who was there."""

from datetime import time, timedelta
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import At, Base, BigId, Key, Length, MaybeAt, MaybeLength
from ..events.models import Event, PartOfEvent
from ..lineup.models import Slot
from ..people.models import Person

ANCHORS = ("changeover_start", "set_start", "set_end", "doors", "curfew")
STATES = ("waitlisted", "confirmed", "cancelled", "checked_in", "no_show", "done")
HOLDING = ("confirmed", "checked_in", "done")  # sign-ups in these states take a place
WORKED = ("checked_in", "done")  # whoever was there
EXPECTED = ("confirmed", "checked_in")  # people who are told about their shift
WHY_SEARCHED = ("cancelled", "asked", "no_show", "short")
SOURCES = ("waitlist", "standby", "known")  # whence somebody who is asked to cover is known
OFFER_ANSWERS = ("open", "yes", "no", "too_late", "expired", "withdrawn")
MARKS = ("here", "not_here", "late", "no_show", "left")


class Role(PartOfEvent, Base):
    """A kind of work."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(Text)  # what the work is like, for those who choose
    works_changeovers: Mapped[bool] = mapped_column(default=False)  # its people are crew of each changeover they cover
    skills: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # what its people must know
    minimum_age: Mapped[int | None]  # years, on the day of the show
    never_alone: Mapped[bool] = mapped_column(default=False, server_default=false())  # a first-timer: not alone
    instructions_en: Mapped[str | None] = mapped_column(Text)  # for those who have a place
    instructions_es: Mapped[str | None] = mapped_column(Text)

    event: Mapped[Event] = relationship()
    shifts: Mapped[list["Shift"]] = relationship(back_populates="role", order_by="Shift.starts_at")

    def instructions(self, language: str) -> str | None:
        """In this language, or else in the other; None: there are none."""
        ours, others = self.instructions_en, self.instructions_es
        return (others or ours) if language == "es" else (ours or others)


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
    call: Mapped[Length] = mapped_column(default=timedelta(0), server_default="0")  # so long before its start: be there
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
    __table_args__ = (
        UniqueConstraint("shift_id", "person_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(
            "ix_sign_ups_here",
            "shift_id",
            sqlite_where=text("state = 'checked_in'"),
            postgresql_where=text("state = 'checked_in'"),
        ),
    )

    id: Mapped[Key]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="confirmed")
    created_at: Mapped[At]
    changed_at: Mapped[At]
    how: Mapped[str] = mapped_column(String(20), default="link")  # link, text, coordinator, document, cover …
    friends: Mapped[str | None] = mapped_column(String(40), index=True)  # who came together bear the same key
    despite: Mapped[str | None] = mapped_column(Text)  # why a coordinator passed over what stood against it
    waitlisted_at: Mapped[MaybeAt]  # the place in the queue
    will_come_at: Mapped[MaybeAt]  # when they last said that they will
    wants_cover_at: Mapped[MaybeAt]  # they cannot come, and keep the place until somebody takes it
    late_by: Mapped[MaybeLength]  # their own word
    here_at: Mapped[MaybeAt]
    left_at: Mapped[MaybeAt]
    forgiven_at: Mapped[MaybeAt]  # a no-show that no longer counts

    shift: Mapped[Shift] = relationship(back_populates="sign_ups")
    person: Mapped[Person] = relationship()


class HouseRule(PartOfEvent, Base):
    """What an event asks of its volunteers, and how it fills places; an event without a row has the defaults."""

    __tablename__ = "house_rules"
    __table_args__ = (CheckConstraint("longest IS NULL OR longest > 0", name="longest"),)

    event_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    walking: Mapped[Length] = mapped_column(default=timedelta(minutes=5))  # from one place to another
    rest: Mapped[Length] = mapped_column(default=timedelta(minutes=30))  # between two stretches of work
    longest: Mapped[MaybeLength] = mapped_column(default=timedelta(hours=6))  # one stretch of work; None: no limit
    minors_until: Mapped[time | None] = mapped_column(default=time(22))  # wall time; None: as late as everybody
    leave_until: Mapped[Length] = mapped_column(default=timedelta(hours=4))  # before a shift, people may just leave it
    promote_until: Mapped[Length] = mapped_column(default=timedelta(hours=24))  # before it, the waitlist moves up
    offer_until: Mapped[Length] = mapped_column(default=timedelta(hours=3))  # before it, one by one; then all at once
    offer_lasts: Mapped[Length] = mapped_column(default=timedelta(minutes=30))  # how long one has to answer
    asks_to_confirm: Mapped[bool] = mapped_column(default=False)  # volunteers are asked whether they will come
    worry_before: Mapped[Length] = mapped_column(default=timedelta(minutes=15))  # call time: who is not here is at risk
    hour_is_worth: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # in the currency of the donation
    raised: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))  # for the cause, told with the thanks

    event: Mapped[Event] = relationship()


class Standby(PartOfEvent, Base):
    """Somebody who would come if hands are missing."""

    __tablename__ = "standbys"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    since_at: Mapped[At]

    person: Mapped[Person] = relationship()


class CoverSearch(PartOfEvent, Base):
    """A place for which somebody is looked for, wave after wave; at most one open search looks for one place."""

    __tablename__ = "cover_searches"
    __table_args__ = (
        CheckConstraint(f"why IN {WHY_SEARCHED}", name="why"),
        Index(
            "ix_cover_searches_next_wave_at",
            "next_wave_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    leaving_id: Mapped[int | None] = mapped_column(ForeignKey("sign_ups.id", ondelete="SET NULL"), index=True)
    why: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[At]
    wave: Mapped[int] = mapped_column(default=0)  # how many have gone out
    next_wave_at: Mapped[MaybeAt]
    closed_at: Mapped[MaybeAt]
    outcome: Mapped[str | None] = mapped_column(String(20))  # filled, called_off, nobody

    shift: Mapped[Shift] = relationship()
    leaving: Mapped[SignUp | None] = relationship()
    offers: Mapped[list["CoverOffer"]] = relationship(
        back_populates="search", cascade="all, delete-orphan", order_by="CoverOffer.id"
    )


class CoverOffer(PartOfEvent, Base):
    """A place offered to one person by text; the first yes takes it."""

    __tablename__ = "cover_offers"
    __table_args__ = (
        UniqueConstraint("search_id", "person_id"),
        CheckConstraint(f"answer IN {OFFER_ANSWERS}", name="answer"),
        CheckConstraint(f"source IN {SOURCES}", name="source"),
    )

    id: Mapped[Key]
    search_id: Mapped[int] = mapped_column(ForeignKey("cover_searches.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    wave: Mapped[int]
    offered_at: Mapped[At]
    expires_at: Mapped[At]
    answer: Mapped[str] = mapped_column(String(20), default="open")
    answered_at: Mapped[MaybeAt]

    search: Mapped[CoverSearch] = relationship(back_populates="offers")
    person: Mapped[Person] = relationship()


class Swap(PartOfEvent, Base):
    """Two people who want each other's places; it happens when the other agrees and the rules allow it for both."""

    __tablename__ = "swaps"

    id: Mapped[Key]
    mine_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    theirs_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[At]
    closed_at: Mapped[MaybeAt]
    outcome: Mapped[str | None] = mapped_column(String(20))  # swapped, declined, withdrawn, impossible

    mine: Mapped[SignUp] = relationship(foreign_keys=[mine_id])
    theirs: Mapped[SignUp] = relationship(foreign_keys=[theirs_id])


class Mark(PartOfEvent, Base):
    """One thing said about somebody's presence, once: ``key`` is made where it was said, so a repetition is known."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("event_id", "key"), CheckConstraint(f"mark IN {MARKS}", name="mark"))

    id: Mapped[Key]
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(20))
    at: Mapped[At]  # when it was so, by the clock of whoever said it
    heard_at: Mapped[At]  # when we learned of it
    late_by: Mapped[MaybeLength]  # of a "late": so long after the start of the shift; None takes it back
    how: Mapped[str] = mapped_column(String(20))  # coordinator, text, link, door, kiosk, sheet
    by: Mapped[str] = mapped_column(String(200))  # empty: the person's own word, and they were forgotten since

    sign_up: Mapped[SignUp] = relationship()


class Kiosk(PartOfEvent, Base):
    """A tablet by the door on which people say that they are here, until it is closed or the show's day is over."""

    __tablename__ = "kiosks"

    id: Mapped[Key]
    opened_at: Mapped[At]
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()


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
