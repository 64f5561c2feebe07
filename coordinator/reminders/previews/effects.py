"""What a change of the night would do to the people in the database."""

from dataclasses import dataclass

from coordinator.core import consequences
from coordinator.core.consequences import Forecast, Move
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.shownight.actions.presses import ProposedPress

Consequences = consequences.Consequences[Person]


@dataclass(frozen=True, slots=True)
class Effect(consequences.Consequences[Person]):
    """All that a press would do. ``start`` and ``set_end`` are the pressed slot's own, ``forecast`` its stage's."""

    press: ProposedPress
    slot: Slot
    start: Move
    set_end: Move
    forecast: Forecast
