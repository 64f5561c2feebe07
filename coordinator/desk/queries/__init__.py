"""What pages show that takes several slices to know."""

from .needs import Need, needs_of
from .overview import Lane, Overview, Row, overview_of
from .rules import ShownRule, digest_is_off, shown_rules
from .standing import Pause, Standing, standing_of

__all__ = [
    "Lane",
    "Need",
    "Overview",
    "Pause",
    "Row",
    "ShownRule",
    "Standing",
    "digest_is_off",
    "needs_of",
    "overview_of",
    "shown_rules",
    "standing_of",
]
