"""Events, their stages and who is part of them; every change of a part is counted on its event."""

from datetime import date as Date
from datetime import time
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint, event, inspect, update
from sqlalchemy.orm import Mapped, Session, UOWTransaction, declared_attr, mapped_column, relationship

from ..accounts.models import Organisation
from ..db import At, Base, Key, MaybeAt
from ..people.models import Person


class Event(Base):
    """One show day and its plan. Wall times (``…_local``) are kept beside the instants derived from them."""

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_hours_come_in_pairs"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(64))
    date: Mapped[Date]
    venue_name: Mapped[str | None] = mapped_column(String(200))
    venue_address: Mapped[str | None] = mapped_column(String(300))
    doors_local: Mapped[str | None] = mapped_column(String(24))
    doors_at: Mapped[MaybeAt]
    beneficiary: Mapped[str | None] = mapped_column(String(200))
    donation_suggested: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    donation_currency: Mapped[str | None] = mapped_column(String(3))
    donation_url: Mapped[str | None] = mapped_column(String(500))
    about: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)  # for coordinators: what a flyer said that found no place
    published: Mapped[bool] = mapped_column(default=False)
    quiet_from: Mapped[time | None]  # both None: quiet hours are switched off
    quiet_to: Mapped[time | None]
    texts_paused_at: Mapped[MaybeAt]  # not None: no text about this event leaves
    created_at: Mapped[At]

    revision: Mapped[int] = mapped_column(default=1)  # rises with every change of the event or a part of it
    planned_revision: Mapped[int] = mapped_column(default=0)  # what the planner last saw
    planned_at: Mapped[MaybeAt]  # when it looked
    look_again_at: Mapped[MaybeAt]  # when the planner must look although nothing changed
    plan_until_at: Mapped[MaybeAt]  # end of the show's day: after it nothing is planned any more

    organisation: Mapped[Organisation] = relationship()
    stages: Mapped[list["Stage"]] = relationship(
        back_populates="event", order_by="Stage.position", cascade="all, delete-orphan"
    )
    cast: Mapped[list["EventPerson"]] = relationship(back_populates="event", cascade="all, delete-orphan")


class PartOfEvent:
    """A row whose every change is a change of its event."""

    @declared_attr
    def event_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)


class Stage(PartOfEvent, Base):
    """A place where one act plays at a time."""

    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    curfew_local: Mapped[str | None] = mapped_column(String(24))
    curfew_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship(back_populates="stages")


class EventPerson(PartOfEvent, Base):
    """A person's part in one event, under the organiser's own key. A stage manager may run the night by text."""

    __tablename__ = "event_people"
    __table_args__ = (UniqueConstraint("event_id", "key"), UniqueConstraint("event_id", "person_id"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    stage_manager: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(back_populates="cast")
    person: Mapped[Person] = relationship()


# What the planner and the counter themselves write is not a change of the event.
BOOKKEEPING = frozenset({"revision", "planned_revision", "planned_at", "look_again_at", "plan_until_at"})


def _events_changed(session: Session) -> set[int]:
    """The ids of existing events of which a part was added, changed or removed in this flush."""
    changed: set[int] = set()
    counted = [row for row in (*session.new, *session.deleted, *session.dirty) if isinstance(row, (PartOfEvent, Event))]
    for row in counted:
        if row in session.dirty and not session.is_modified(row):
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
