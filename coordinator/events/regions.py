"""Where a show is, as far as its zone tells."""

from coordinator.spoken.regions import region


def region_of(zone: str) -> str:
    """The country whose way of writing phone numbers is assumed at a show in this zone."""
    return region(zone).territory
