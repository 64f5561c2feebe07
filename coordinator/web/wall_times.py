"""Wall times in forms: how a stored one is shown, and what to say about one with two readings."""

from datetime import datetime, time

from flask_babel import gettext as _

from coordinator.core.show_time import AmbiguousLocalTime, local_text, zone_named


def two_readings(refusal: ValueError) -> str:
    """Why a wall time is ambiguous, in the reader's language; the form then offers both readings."""
    if isinstance(refusal, AmbiguousLocalTime):
        return _("That time happens twice that night because the clocks go back. Choose the first or the second.")
    return _(
        "That time doesn't exist that night because the clocks go forward. Choose another, or which side you mean."
    )


def reading_of(text: str | None) -> tuple[time | None, str]:
    """A stored local time as a form shows it: the clock's time, and which pass if the hour occurs twice."""
    clock = (text or "").partition("T")[2]
    return (time.fromisoformat(clock.removesuffix("b")), "1" if clock.endswith("b") else "") if clock else (None, "")


def clock_in(at: datetime | None, zone: str) -> tuple[time | None, str]:
    """The same for an instant, as clocks in the zone show it."""
    return reading_of(local_text(at, zone_named(zone)) if at else None)
