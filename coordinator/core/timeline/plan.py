"""The plan of a stage, with what has happened so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """A slot as planned, with what has happened so far.

    ``changeover`` and ``changeover_min`` are the nominal and minimum time before the slot. ``pinned``: it must begin at
    ``starts_at``; ``early_ok``: it may begin earlier. ``extension`` was granted to a running set. ``late_by``: declared
    to begin at least that long after ``starts_at``; None is no declaration, zero is one. ``started_at`` and
    ``ended_at`` are button presses; either may be missing.
    """

    key: str
    starts_at: datetime
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    pinned: bool = False
    early_ok: bool = False
    cancelled: bool = False
    extension: timedelta = NOTHING
    late_by: timedelta | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + self.length

    @property
    def pressed_at(self) -> datetime | None:
        """The recorded start, or else the recorded end; None when neither was pressed."""
        return self.started_at or self.ended_at

    def planned_for(self, starts_at: datetime) -> SlotPlan:
        """The slot with this planned start. A different start drops the declared lateness, which was about the old."""
        return self if starts_at == self.starts_at else replace(self, starts_at=starts_at, late_by=None)
