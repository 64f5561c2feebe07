"""An event's own rules, and what the planner has seen of its times."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Key, MaybeLength
from ..events.models import PartOfEvent


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
    """What was projected for one subject's anchor when the planner looked: how long a time has been steady.

    ``sightings`` is a list of [instant, instant or null], as ISO texts; kept so that no process's memory matters.
    """

    __tablename__ = "sightings"
    __table_args__ = (UniqueConstraint("subject", "anchor"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(40))  # slot:12 or shift:7
    anchor: Mapped[str] = mapped_column(String(20))
    sightings: Mapped[list[Any]] = mapped_column(JSON)
