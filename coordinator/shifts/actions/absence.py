"""What follows for a shift from somebody's not having come, or from their being there after all."""

from __future__ import annotations

from datetime import datetime

from ...core.rules import UNDO
from ...shownight.actions import By
from ..models import SignUp
from ..queries import open_searches, times_now
from .covering import look_for_somebody, stop_looking
from .searches import AT_ONCE, wake_searches


def follow_presence(sign_up: SignUp, before: str, *, by: By, now: datetime) -> None:
    """Look for somebody in the place of a no-show, and for nobody any more when it is taken back.

    ``before`` is the state before the mark. The caller holds the shift. Only a change counts: a mark that is said again
    asks nobody again. For a shift that is over nobody is looked for.
    """
    if sign_up.state == before:
        return
    if sign_up.state == "no_show":
        _look_for_cover(sign_up, by, now)
    elif before == "no_show":
        _call_off(sign_up, by, now)
    elif sign_up.state == "checked_in":  # they had asked for cover, perhaps, and are there: the next look will see it
        wake_searches(sign_up.shift, now + (UNDO if by.coordinator_id else AT_ONCE))


def _look_for_cover(sign_up: SignUp, by: By, now: datetime) -> None:
    shift, ends_at = sign_up.shift, times_now(sign_up.shift, now).ends_at
    if shift.cancelled_at is None and ends_at is not None and now < ends_at:
        look_for_somebody(shift, sign_up, by=by, now=now)


def _call_off(sign_up: SignUp, by: By, now: datetime) -> None:
    """Whoever was asked already is told so. One who had asked for cover before, and is not there, still needs it."""
    if sign_up.state == "confirmed" and sign_up.wants_cover_at is not None:
        return
    for search in open_searches(sign_up.shift_id):
        if search.leaving_id == sign_up.id:
            stop_looking(search, by=by, now=now)
