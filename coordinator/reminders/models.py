"""An event's own rules, and what the planner has seen of its times and its plan."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db import At, Base, Key, MaybeAt, MaybeLength
from coordinator.events.models import PartOfEvent


class RuleOverride(PartOfEvent, Base):
    """What an event changes about a default rule, or a rule of its own. None: as the default has it."""

    __tablename__ = "rule_overrides"
    __table_args__ = (UniqueConstraint("event_id", "key"), CheckConstraint("lead IS NULL OR lead >= 2", name="lead"))

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40))
    off: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str | None] = mapped_column(String(20))
    anchor: Mapped[str | None] = mapped_column(String(20))
    lead: Mapped[MaybeLength]
    only_unconfirmed: Mapped[bool | None]
    text_en: Mapped[str | None] = mapped_column(Text)
    text_es: Mapped[str | None] = mapped_column(Text)


class SightingRow(Base):
    """What was told for one anchor of a subject whenever the planner looked: how long a time has been steady.

    ``sightings`` is a list of [instant, instant or null], in ISO format; stored so that no process's memory matters.
    """

    __tablename__ = "sightings"
    __table_args__ = (UniqueConstraint("subject", "anchor"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(40))  # slot:12 or shift:7
    anchor: Mapped[str] = mapped_column(String(20))
    sightings: Mapped[list[Any]] = mapped_column(JSON)


class SeenPlanRow(Base):
    """The plan of one subject when the planner last looked, stored so that no process's memory matters.

    ``starts_at`` is its planned start, ``planned_at`` where plan and declarations alone put it, None while it is
    cancelled; ``replanned_at`` the last look that found the plan changed, ``moves`` how often ``planned_at`` was found
    changed; ``stamp`` what else people are told about it, a shift's place for example.
    """

    __tablename__ = "seen_plans"
    __table_args__ = (UniqueConstraint("subject"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(40))  # slot:12 or shift:7
    starts_at: Mapped[At]
    planned_at: Mapped[MaybeAt]
    replanned_at: Mapped[MaybeAt]
    moves: Mapped[int] = mapped_column(default=0)
    stamp: Mapped[str] = mapped_column(String(16), default="")


class KnownTime(Base):
    """The start that someone whom no text reaches has in mind: the plan as it was when they agreed to come."""

    __tablename__ = "known_times"
    __table_args__ = (UniqueConstraint("subject", "person_id"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at: Mapped[At]
