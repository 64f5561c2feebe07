"""Calls: what a person has to tell someone, because no text does."""

from enum import StrEnum, auto

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.core.json_values import JsonObject
from coordinator.core.reminders.spots import PlaceChange, SpotFacts, place_change
from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.people.models import Person


class CallKind(StrEnum):
    """What would have been texted."""

    NEW_TIME = auto()
    CANCELLED = auto()
    SIGNED_UP = "signed-up"
    ASSIGNED = auto()
    REMOVED = auto()
    CHANGED = auto()
    ACCEPTED = auto()
    ALERT_CANNOT = "alert-cannot"
    ALERT_LATE = "alert-late"
    ALERT_NOT_HERE = "alert-not-here"
    ALERT_OVERDUE = "alert-overdue"
    DISPUTED = auto()
    SETTLED_YES = "settled-yes"
    SETTLED_NO = "settled-no"


class CallReason(StrEnum):
    """Why no text tells it."""

    TOO_LATE = auto()  # less than a minute is left: no text would be read in time
    EARLIER = auto()  # an earlier time is not texted automatically
    REPEATED = auto()  # a time that was told before is not texted a second time
    NO_PHONE = auto()
    NOT_AGREED = auto()
    OPTED_OUT = auto()
    PHONE_TROUBLE = auto()
    EMAIL_TROUBLE = auto()
    QUIET_HOURS = auto()  # they would hold the text longer than it is of use
    FAILED = auto()  # the text did not arrive
    UNSURE = auto()  # it may or may not have arrived
    NEVER_TOLD = auto()  # they agreed, and no text has told them anything that could be taken back


class Call(Base):
    """Something a person has to tell someone, because no text does; open until ticked or withdrawn.

    The words are made when it is shown, in the reader's language, from ``kind``, ``about`` and the two times; ``about``
    is the name of the act or role, kept because a slot or shift may be gone. It is of use until ``useful_until``.
    """

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_event_id_useful_until", "event_id", "useful_until"),
        one_of("kind", CallKind),
        one_of("why", CallReason),
        CheckConstraint("(ticked_at IS NULL) = (ticked_by IS NULL)", name="ticked_by_somebody"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(200))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"), index=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="SET NULL"), index=True)
    anchor: Mapped[str | None] = mapped_column(String(20))
    says_at: Mapped[MaybeAt]  # the time to tell them, whole minutes
    was_at: Mapped[MaybeAt]  # the time they have in mind
    planned_at: Mapped[MaybeAt]  # where plan and declarations alone put it at that time
    tells: Mapped[JsonObject | None] = mapped_column(
        JSON(none_as_null=True)
    )  # by shift id: times and place to tell them
    was: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))  # the times and place they have in mind
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    made_at: Mapped[At]
    useful_until: Mapped[At]
    ticked_at: Mapped[MaybeAt]  # from then on what it says counts as told
    ticked_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[MaybeAt]  # when its reason ended
    changed_at: Mapped[At]

    person: Mapped[Person] = relationship()

    @property
    def change(self) -> PlaceChange | None:
        """What has changed about their shift; None: the call is about something else."""
        tells = (self.tells or {}).get(str(self.shift_id))
        return place_change(SpotFacts.of_json(self.was), SpotFacts.of_json(tells)) if self.was and tells else None
