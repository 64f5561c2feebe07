"""What follows for a shift when someone did not come, or is there after all."""

from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO

from ..models import SignUp, SignUpState
from ..queries.planned import times_now
from ..queries.searching import open_searches
from .covering import look_for_somebody, stop_looking
from .searches import AT_ONCE, wake_searches


def follow_presence(sign_up: SignUp, before: str, *, actor: Actor, now: datetime) -> None:
    """Search for someone to replace a no-show, and end the search when that is withdrawn.

    ``before`` is the state before the mark. The caller has locked the shift. Only a change counts: a repeated mark asks
    nobody again. For a shift that is over, nobody is searched for.
    """
    if sign_up.state == before:
        return
    if sign_up.state == SignUpState.NO_SHOW:
        _look_for_cover(sign_up, actor, now)
    elif before == "no_show":
        _call_off(sign_up, actor, now)
    elif (
        sign_up.state == SignUpState.CHECKED_IN
    ):  # they may have asked for cover, but are there: the next look will see it
        wake_searches(sign_up.shift, now + (UNDO if actor.coordinator_id else AT_ONCE))


def _look_for_cover(sign_up: SignUp, actor: Actor, now: datetime) -> None:
    shift, ends_at = sign_up.shift, times_now(sign_up.shift, now).ends_at
    if shift.cancelled_at is None and ends_at is not None and now < ends_at:
        look_for_somebody(shift, sign_up, actor=actor, now=now)


def _call_off(sign_up: SignUp, actor: Actor, now: datetime) -> None:
    """Tell people already asked that the search is over.

    Someone who had asked for cover before, and is not there, still needs it.
    """
    if sign_up.state == SignUpState.CONFIRMED and sign_up.wants_cover_at is not None:
        return
    for search in open_searches(sign_up.shift_id):
        if search.leaving_id == sign_up.id:
            stop_looking(search, actor=actor, now=now)
