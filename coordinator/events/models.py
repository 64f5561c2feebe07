"""Events, their stages and the people in them; every change of a part raises its event's revision.

Long because an event and whatever belongs to it are counted as one thing.
"""

from datetime import date as Date
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Numeric,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
    inspect,
    update,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, UOWTransaction, declared_attr, mapped_column, relationship, validates

from coordinator.accounts.models import Organisation
from coordinator.core.json_values import JsonObject
from coordinator.core.show_days import ShowDay, current_day, day_of, is_show_day, show_day_from_json
from coordinator.core.show_time import zone_named
from coordinator.core.two_languages import in_language
from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.people.models import Person


class ShowDays(TypeDecorator[tuple[ShowDay, ...]]):
    """The show days of an event, in order. Times are stored with the offset of their zone."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[ShowDay, ...] | None, dialect: Dialect) -> list[JsonObject] | None:
        return None if value is None else [day.as_json() for day in value]

    def process_result_value(self, value: list[JsonObject] | None, dialect: Dialect) -> tuple[ShowDay, ...] | None:
        return None if value is None else tuple(show_day_from_json(day) for day in value)


class Event(Base):
    """A show of one or more show days, and its plan."""

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_hours_come_in_pairs"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    title_es: Mapped[str | None] = mapped_column(String(200))  # None: it is not given in both languages
    zone: Mapped[str] = mapped_column(String(64))
    days: Mapped[tuple[ShowDay, ...]] = mapped_column(ShowDays)  # at least one; written by events.actions.days
    date: Mapped[Date]  # of the first show day, for queries; follows ``days``
    venue_name: Mapped[str | None] = mapped_column(String(200))
    venue_address: Mapped[str | None] = mapped_column(String(300))
    beneficiary: Mapped[str | None] = mapped_column(String(200))
    donation_suggested: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    donation_currency: Mapped[str | None] = mapped_column(String(3))
    donation_goal: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    donation_url: Mapped[str | None] = mapped_column(String(500))
    about: Mapped[str | None] = mapped_column(Text)
    about_es: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(String(200))  # whom people in the show call with a question
    contact_phone: Mapped[str | None] = mapped_column(String(20))  # E.164
    notes: Mapped[str | None] = mapped_column(Text)  # for coordinators: lines of the flyer that could not be placed
    published: Mapped[bool] = mapped_column(default=False)
    quiet_from: Mapped[time | None]  # both None: no quiet hours
    quiet_to: Mapped[time | None]
    texts_paused_at: Mapped[MaybeAt]  # not None: no text about this event goes out
    sign_up_closed_at: Mapped[MaybeAt]  # not None: nobody can sign up on the public pages or ask for a code
    archived_at: Mapped[MaybeAt]  # not None: put away; nothing is sent about it anymore
    report_key: Mapped[str | None] = mapped_column(String(22), unique=True, index=True)  # None: nobody has the link
    created_at: Mapped[At]

    revision: Mapped[int] = mapped_column(default=1)  # raised by every change of the event or a part of it
    planned_revision: Mapped[int] = mapped_column(default=0)  # what the planner last saw
    planned_at: Mapped[MaybeAt]  # when it looked
    plan_again_at: Mapped[MaybeAt]  # when the planner must look although nothing changed
    plan_until_at: Mapped[MaybeAt]  # end of the last show day; nothing is planned after it

    organisation: Mapped[Organisation] = relationship()
    stages: Mapped[list["Stage"]] = relationship(
        back_populates="event", order_by="Stage.position", cascade="all, delete-orphan"
    )
    cast: Mapped[list["EventPerson"]] = relationship(back_populates="event", cascade="all, delete-orphan")

    @validates("days")
    def _first_day(self, _key: str, days: tuple[ShowDay, ...]) -> tuple[ShowDay, ...]:
        self.date = days[0].on
        return days

    @property
    def currency(self) -> str:
        """The currency of its sums."""
        return self.donation_currency or "USD"

    @property
    def dates(self) -> list[Date]:
        """The dates of its show days, in order."""
        return [day.on for day in self.days]

    def day_of(self, at: datetime) -> ShowDay:
        """The show day that the instant belongs to: the latest that has begun, or else the first."""
        return day_of(self.days, at, zone_named(self.zone))

    def current_day(self, at: datetime) -> ShowDay:
        """The show day that is on at the instant, or else the next one; after the last, the last."""
        return current_day(self.days, at, zone_named(self.zone))

    def is_on(self, at: datetime) -> bool:
        """Whether the instant lies in one of its show days, 05:00 to 05:00 in its zone."""
        return is_show_day(self.days, at, zone_named(self.zone))

    def is_today(self, at: datetime, now: datetime) -> bool:
        """Whether the show day of something planned ``at`` an instant is the one that is on."""
        return self.is_on(now) and self.day_of(at).on == self.current_day(now).on

    def called(self, language: str) -> str:
        """The title for a reader of this language."""
        return in_language(language, self.title, self.title_es)

    def about_in(self, language: str) -> str | None:
        """What it is about, for a reader of this language; None: nothing is said."""
        return in_language(language, self.about, self.about_es)


class PartOfEvent:
    """A row whose every change counts as a change of its event."""

    @declared_attr
    def event_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)


class Stage(PartOfEvent, Base):
    """A place where one act plays at a time. Its curfews are in the days of its event."""

    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    attended_at: Mapped[MaybeAt]  # when someone took charge of it on the night
    attended_by: Mapped[str | None] = mapped_column(String(200))
    held_at: Mapped[MaybeAt]  # since when it is on hold: nothing starts there until someone lets it go on
    held_by: Mapped[str | None] = mapped_column(String(200))
    held_reason: Mapped[str | None] = mapped_column(String(200))  # a key of HOLD_REASONS, or somebody's own words
    went_on_at: Mapped[MaybeAt]  # when the last hold ended

    event: Mapped[Event] = relationship(back_populates="stages")

    def run_since_at(self, day: ShowDay) -> datetime | None:
        """When someone took charge of it on this show day; None: nobody did.

        A press makes a stage attended too (``Projection.attended``).
        """
        return self._if_on(day, self.attended_at)

    def held_since_at(self, day: ShowDay) -> datetime | None:
        """Since when it is on hold on this show day; None: it is not."""
        return self._if_on(day, self.held_at)

    def _if_on(self, day: ShowDay, at: datetime | None) -> datetime | None:
        return at if at is not None and self.event.day_of(at).on == day.on else None

    @property
    def attended(self) -> bool:
        """Whether someone has taken charge of it, on any day: what an event document says."""
        return self.attended_at is not None


class EventPerson(PartOfEvent, Base):
    """A person's part in one event, under the organizer's own key.

    A stage manager may run the night by text. The artist liaison looks after the performers, and is asked when the
    stage manager does not answer.
    """

    __tablename__ = "event_people"
    __table_args__ = (UniqueConstraint("event_id", "key"), UniqueConstraint("event_id", "person_id"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    stage_manager: Mapped[bool] = mapped_column(default=False)
    artist_liaison: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(back_populates="cast")
    person: Mapped[Person] = relationship()

    @hybrid_property
    def is_crew(self) -> bool:
        """Whether they run the night or look after performers: they are asked for no shift."""
        return self.stage_manager | self.artist_liaison


class PrintKind(StrEnum):
    """What can be printed with a code that says whether it is current."""

    RUNNING_ORDER = auto()
    CALL_SHEETS = auto()
    SHIFTS = auto()
    DOOR = auto()
    PHONES = auto()
    BADGES = auto()


class Print(Base):
    """What a printed page showed when it was made; no change of its event. The page carries the key as a code."""

    __tablename__ = "prints"
    __table_args__ = (UniqueConstraint("event_id", "kind", "fingerprint"), one_of("kind", PrintKind))

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(22), unique=True)  # random: who has the page has the key
    made_at: Mapped[At]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"), index=True)
    state: Mapped[JsonObject] = mapped_column(JSON)  # core.printed.as_json: times and digests, no names
    fingerprint: Mapped[str] = mapped_column(String(64))  # of the state

    event: Mapped[Event] = relationship()


# What the planner and the revision counter write is not a change of the event.
BOOKKEEPING = frozenset({"revision", "planned_revision", "planned_at", "plan_again_at", "plan_until_at"})


def _events_changed(session: Session) -> set[int]:
    """The ids of existing events of which a part was added, changed or removed in this flush."""
    changed: set[int] = set()
    dirty = session.dirty  # made anew each time it is asked for
    counted = [row for row in (*session.new, *session.deleted, *dirty) if isinstance(row, (PartOfEvent, Event))]
    for row in counted:
        if row in dirty and not session.is_modified(row):
            continue
        if isinstance(row, PartOfEvent):
            owner = row.event_id or getattr(getattr(row, "event", None), "id", None)
            changed |= {owner} if owner else set()
        elif row.id and _beyond_bookkeeping(row):
            changed.add(row.id)
    return changed


def _beyond_bookkeeping(row: Event) -> bool:
    state: Any = inspect(row)
    return any(attr.history.has_changes() for attr in state.attrs if attr.key not in BOOKKEEPING)


@event.listens_for(Session, "before_flush")
def _count_revision(session: Session, context: UOWTransaction, instances: object) -> None:
    changed = _events_changed(session)
    if changed:
        counted = update(Event).where(Event.id.in_(sorted(changed))).values(revision=Event.revision + 1)
        session.execute(counted.execution_options(synchronize_session=False))
