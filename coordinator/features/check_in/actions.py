"""Saying that one is here, the same for performers and volunteers."""

from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.core.cover import Sign
from coordinator.lineup.actions.answers import say_here
from coordinator.shifts.actions.attendance import mark, new_key

from .queries.arriving import Arriving


def say_arrived(coming: Arriving, *, actor: Actor, now: datetime, undo: bool = False, key: str = "") -> None:
    """They are here for their next set or their shift (``undo``: not after all).

    ``key``: of a page that may be sent twice, for shifts. Raises CheckInNotOpen before check-in opens.
    """
    if coming.slot is not None:
        say_here(coming.slot, call_at=coming.call_at, actor=actor, now=now, undo=undo)
    if coming.sign_up is not None:
        sign = Sign.NOT_HERE if undo else Sign.HERE
        mark(coming.sign_up, sign, key=key or new_key(), at=now, actor=actor, now=now)
