"""What pages show that takes several slices to know."""

from .needs import Need, needs_of
from .overview import Lane, Overview, Row, overview_of

__all__ = ["Lane", "Need", "Overview", "Row", "needs_of", "overview_of"]
