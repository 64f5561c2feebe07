"""Who is present, computed from marks that may arrive late, twice, or out of order.

A phone without network sends its marks later, two phones may send the same mark, and one phone may send a mark again
when it got no answer. So each mark has a unique key and the instant it was true; the latest instant wins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

CHECK_IN_LASTS = timedelta(hours=1)  # from when check-in opens until somebody must be there


def check_in_opens(call_at: datetime) -> datetime:
    """From when someone who must be there at ``call_at`` can be said to be there: performers and volunteers alike."""
    return call_at - CHECK_IN_LASTS


class Sign(StrEnum):
    """What a mark can say about someone's presence."""

    HERE = "here"
    NOT_HERE = "not_here"  # takes back HERE; nothing else is known
    LATE = "late"
    NO_SHOW = "no_show"
    LEFT = "left"  # early, or at the end


@dataclass(frozen=True, slots=True)
class PresenceMark:
    """One mark about someone's presence, unique by its ``key``.

    ``late_by`` is used with LATE only and counts from the start of the shift; None or zero takes the lateness back.
    """

    key: str
    sign: Sign
    at: datetime
    late_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PresenceState:
    """The result of all marks. ``state`` is the state of the sign-up; None when no mark changes it.

    ``here_at`` is the first arrival, also for someone who left and came back. It stays None for someone who was only
    seen leaving.
    """

    state: str | None = None
    here_at: datetime | None = None
    left_at: datetime | None = None
    late_by: timedelta | None = None


def presence_after(marks: Iterable[PresenceMark]) -> PresenceState:
    """The state after all marks. Marks with the same key count once: the earliest."""
    once: dict[str, PresenceMark] = {}
    for mark in sorted(marks, key=_order):
        once.setdefault(mark.key, mark)
    presence = PresenceState()
    for mark in once.values():
        presence = _after(presence, mark)
    return presence


def _order(mark: PresenceMark) -> tuple[datetime, str, str, timedelta]:
    return mark.at, mark.key, mark.sign, mark.late_by or timedelta(0)


def _after(before: PresenceState, mark: PresenceMark) -> PresenceState:
    match mark.sign:
        case Sign.HERE:
            return replace(before, state="checked_in", here_at=before.here_at or mark.at, left_at=None)
        case Sign.LEFT:
            return replace(before, state="done", left_at=mark.at if before.here_at else None)
        case Sign.LATE:  # a person who says they are late is still coming
            state = "confirmed" if before.state == "no_show" else before.state
            return replace(before, state=state, late_by=mark.late_by or None)
        case Sign.NO_SHOW:
            return PresenceState("no_show", late_by=before.late_by)
        case Sign.NOT_HERE:
            return PresenceState("confirmed", late_by=before.late_by)
