"""A coordinator puts people on shifts and removes them."""

from collections.abc import Sequence
from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.core.cover import Objection
from coordinator.core.rules import UNDO
from coordinator.db import transaction
from coordinator.events.labels import called
from coordinator.people.models import Person

from ..models import HOLDING, SignUp, SignUpSource, SignUpState
from ..queries.roster import objections_to
from ..refusals.taking import NeedsAReason, refusal_of
from .locking import locked_shift
from .places import Placement, come_back, leave, sign_up_of, signed_up
from .searches import place_came_free
from .told import knows_of_place


def put_on_shift(
    shift_id: int, person: Person, *, actor: Actor, now: datetime, override_reason: str | None = None
) -> SignUp:
    """A coordinator puts the person on the shift. ``override_reason`` is the reason for overriding objections.

    They are asked by text in 30 s whether they come; someone removed within the last 30 s is told of neither. Raises
    CannotTakeShift if nobody could take it; NeedsAReason if a coordinator can override the objections with a reason.
    """
    with transaction() as session:
        shift = locked_shift(session, shift_id)
        held = sign_up_of(session, shift, person)
        against = objections_to(shift, person, now, keeps_promises=False)
        reason = (override_reason or "").strip()
        must_be_overridden(against, called(shift.role), reason)
        if held is not None and _was_just_removed(held, now):
            come_back(held, Placement(SignUpSource.COORDINATOR, actor), now)
            return held
        sign_up = signed_up(
            session, shift, person, held, Placement(SignUpSource.COORDINATOR, actor, override_reason=reason), now
        )
        sign_up.friends_key, sign_up.override_reason = None, reason if against else None
        return sign_up


def take_off_shift(sign_up: SignUp, *, actor: Actor, now: datetime) -> None:
    """A coordinator removes the person from the shift, at any time. Raises NotOnShift.

    They are told in 30 s, unless they were put on it and nothing has told them so far.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        knew = knows_of_place(sign_up, now)
        before = leave(sign_up, now=now, source=SignUpSource.COORDINATOR, actor=actor)
        sign_up.removed_at = now if knew else None
        if before in HOLDING:
            place_came_free(shift, sign_up, now=now, after=UNDO)


def must_be_overridden(against: Sequence[Objection], role: str, reason: str) -> None:
    """Raises CannotTakeShift if nobody could take it; NeedsAReason if nobody gave one."""
    hard = next((each for each in against if not each.is_soft), None)
    if hard is not None:
        raise refusal_of(hard, role)
    if against and not reason:
        raise NeedsAReason([refusal_of(each, role) for each in against])


def _was_just_removed(sign_up: SignUp, now: datetime) -> bool:
    """Whether someone removed them so recently that nothing has told them."""
    removed_at = sign_up.removed_at
    return sign_up.state == SignUpState.CANCELLED and removed_at is not None and now < removed_at + UNDO
