"""The words of a text about a shift that has changed: what holds now, and what did before."""

from datetime import datetime

from coordinator.core.reminders.spots import PlaceChange, SpotFacts
from coordinator.messaging.queries.default_texts import default_text
from coordinator.spoken import Manner


def changed_words(change: PlaceChange, language: str) -> str:
    """The words with unfilled placeholders: when to be there first, then the times, then where."""
    elsewhere = change.place or change.venue
    said = {
        "part-changed-call": change.call,
        "part-changed-times": change.times,
        "part-changed-place": elsewhere and bool(_where(change, change.now)),
        "part-changed-nowhere": elsewhere and not _where(change, change.now),
    }
    parts = [default_text(part, language) for part, is_said in said.items() if is_said]
    return default_text("changed-shift", language).replace("{changes}", "; ".join(parts))


def changed_values(change: PlaceChange, says: Manner, leaves_at: datetime) -> dict[str, str]:
    """The values of their placeholders; ``leaves_at`` is when the text goes out."""
    was, now = change.was, change.now
    day = ""
    if was.starts_at and now.starts_at and says.day(was.starts_at) != says.day(now.starts_at):
        day = says.day_told(was.starts_at, leaves_at) + ", "
    return {
        "call": says.clock(now.call_at) if now.call_at else "",
        "was_call": says.clock(was.call_at) if was.call_at and not day else "",
        "times": _times(now, says, with_end=was.ends_at is not None),
        "was_times": day + _times(was, says, with_end=now.ends_at is not None),
        "now_at": _where(change, now),
        "was_at": _where(change, was),
    }


def _times(spot: SpotFacts, says: Manner, *, with_end: bool) -> str:
    if spot.starts_at is None:
        return ""
    return says.span(spot.starts_at, spot.ends_at) if with_end and spot.ends_at else says.clock(spot.starts_at)


def _where(change: PlaceChange, spot: SpotFacts) -> str:
    """Where it is, with the venue if that is another one now or it has no place of its own."""
    return ", ".join(filter(None, (spot.where, spot.venue if change.venue or not spot.where else "")))
