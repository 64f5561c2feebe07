"""The plan of a stage, with the facts of the night so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """A slot as planned, with the facts of the night so far.

    ``changeover`` and ``changeover_min`` are what stands before the slot, nominal and at least. ``pinned`` must begin
    at ``starts_at``; ``early_ok`` may begin before it. ``extension`` was granted to a running set. ``late_by`` says
    that it will not begin before that long after ``starts_at``; None is no declaration, zero is one. ``started_at``
    and ``ended_at`` are the presses; either may be missing.
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
        """The end in the plan."""
        return self.starts_at + self.length

    @property
    def pressed_at(self) -> datetime | None:
        """The recorded start, or else the recorded end; None when nobody pressed anything."""
        return self.started_at or self.ended_at
