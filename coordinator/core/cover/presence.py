"""Who is there, from what was said about it: by whom and in whatever order it came to be known does not matter.

A phone that lost the network says later what it saw before, two phones say the same, one says it twice because no
answer came. So each thing said bears a key of its own and the instant at which it was so; the latest instant decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Sign(StrEnum):
    """What can be said about somebody's presence."""

    HERE = "here"
    NOT_HERE = "not_here"  # not after all; nothing more is known
    LATE = "late"
    NO_SHOW = "no_show"
    LEFT = "left"  # early, or when it was done


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. ``late_by`` belongs to LATE: after the start of the shift; None or nothing takes it back."""

    key: str
    sign: Sign
    at: datetime
    late_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands. ``state`` is the sign-up's; None while nothing was said that changes it.

    ``here_at`` is when they first came, also for somebody who left and came back. Of whom nobody saw come it is not
    known when they left either.
    """

    state: str | None = None
    here_at: datetime | None = None
    left_at: datetime | None = None
    late_by: timedelta | None = None


def presence_after(sayings: Iterable[Said]) -> Standing:
    """What all of it together means. Whatever bears the same key was said once, and the earliest of it counts."""
    once: dict[str, Said] = {}
    for said in sorted(sayings, key=_order):
        once.setdefault(said.key, said)
    presence = Standing()
    for said in once.values():
        presence = _after(presence, said)
    return presence


def _order(said: Said) -> tuple[datetime, str, str, timedelta]:
    return said.at, said.key, said.sign, said.late_by or timedelta(0)


def _after(before: Standing, said: Said) -> Standing:
    match said.sign:
        case Sign.HERE:
            return replace(before, state="checked_in", here_at=before.here_at or said.at, left_at=None)
        case Sign.LEFT:
            return replace(before, state="done", left_at=said.at if before.here_at else None)
        case Sign.LATE:  # whoever says so is still coming
            state = "confirmed" if before.state == "no_show" else before.state
            return replace(before, state=state, late_by=said.late_by or None)
        case Sign.NO_SHOW:
            return Standing("no_show", late_by=before.late_by)
        case Sign.NOT_HERE:
            return Standing("confirmed", late_by=before.late_by)
