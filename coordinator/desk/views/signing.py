"""Who does what a coordinator's page asks for, as the record of changes keeps it."""

from __future__ import annotations

from ...shownight.actions import By
from ...web.guard import the_coordinator


def by_whoever() -> By:
    """The coordinator who is signed in. 401 when nobody is."""
    coordinator = the_coordinator()
    return By(coordinator.person.name, coordinator.id)
