"""How much is raised, of how much, and where to give."""

from dataclasses import dataclass
from decimal import Decimal

from coordinator.events.models import Event
from coordinator.money.queries import raised_of


@dataclass(frozen=True, slots=True)
class Goal:
    """What is confirmed to be raised, in the event's currency. ``goal`` None: none was set."""

    raised: Decimal
    goal: Decimal | None

    @property
    def is_reached(self) -> bool:
        return self.goal is not None and self.raised >= self.goal

    @property
    def percent(self) -> int:
        """Whole percent of the goal, 100 at most; 0 without a goal."""
        return min(100, int(self.raised * 100 / self.goal)) if self.goal else 0


def goal_of(event: Event) -> Goal:
    """The event's goal as it stands."""
    return Goal(raised_of(event), event.donation_goal)
