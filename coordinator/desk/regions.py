"""Where a show is, as far as its zone tells."""

from __future__ import annotations

from babel.core import get_global


def region_of(zone: str) -> str:
    """The country whose way of writing phone numbers is taken for granted at a show in this zone."""
    country = str(get_global("zone_territories").get(zone, "US"))
    return "US" if country in {"ZZ", "001"} else country  # nowhere and everywhere, as of Etc/UTC
