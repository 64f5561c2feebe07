"""What is about to be added."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coordinator.shifts.actions.bulk_shifts import ShiftDraft
from coordinator.shifts.actions.roles import RoleFacts
from coordinator.shifts.queries.planned import Follows, planned_times
from coordinator.shownight.queries import Night


@dataclass(frozen=True, slots=True)
class BulkDraft:
    """Shifts to add, roles to add even without one, and sentences about what was left out."""

    drafts: tuple[ShiftDraft, ...] = ()
    roles: tuple[RoleFacts, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What all shifts of one pattern have in common."""

    role: RoleFacts
    least: int = 1
    most: int = 1
    place: str | None = None
    call: timedelta = timedelta(0)

    def at(self, starts_at: datetime, ends_at: datetime) -> ShiftDraft:
        """Such a shift at fixed times."""
        return ShiftDraft(self.role, starts_at, ends_at, self.least, self.most, None, self.place, self.call)

    def following(self, follows: Follows, planned: Night) -> ShiftDraft | None:
        """Such a shift that follows a slot; None if the plan gives it no time."""
        span = planned_times(follows, planned).span
        return replace(self.at(*span), follows=follows) if span else None
