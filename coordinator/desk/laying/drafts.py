"""What is about to be laid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ...shifts.actions import RoleFacts, ShiftDraft
from ...shifts.queries import Follows, planned_times
from ...shownight.queries import Night


@dataclass(frozen=True, slots=True)
class Laying:
    """Shifts that are to be, roles that are to be even without one, and sentences about what was left out."""

    drafts: tuple[ShiftDraft, ...] = ()
    roles: tuple[RoleFacts, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What all shifts of one laying have in common."""

    role: RoleFacts
    least: int = 1
    most: int = 1
    place: str | None = None
    call: timedelta = timedelta(0)

    def at(self, starts_at: datetime, ends_at: datetime) -> ShiftDraft:
        """Such a shift at fixed times."""
        return ShiftDraft(self.role, starts_at, ends_at, self.least, self.most, None, self.place, self.call)

    def following(self, follows: Follows, planned: Night) -> ShiftDraft | None:
        """Such a shift that follows so; None where the plan gives it no time."""
        times = planned_times(follows, planned)
        if times.starts_at is None or times.ends_at is None or times.ends_at <= times.starts_at:
            return None
        return replace(self.at(times.starts_at, times.ends_at), follows=follows)
