"""What is settled once a show is over: who came after all, and which no-shows are excused."""

from datetime import datetime

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import Sign
from coordinator.db import transaction
from coordinator.events.labels import called

from ..models import HOLDING, WORKED, SignUp, SignUpState
from ..refusals.leaving import NotOnShift
from .attendance import mark, new_key
from .locking import locked_shift
from .recording import place_as_recorded


def settle(sign_up: SignUp, *, came: bool, actor: Actor, now: datetime) -> None:
    """A coordinator says whether someone with a spot was there. Raises NotOnShift for anyone else.

    It is a mark like any other. ``came`` says nothing new about someone known to have been there.
    """
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in (*HOLDING, SignUpState.NO_SHOW):
            raise NotOnShift(called(sign_up.shift.role))
        if came and sign_up.state in WORKED:
            return
        what = Sign.LEFT if came else Sign.NO_SHOW
        mark(sign_up, what, key=new_key(), at=now, actor=actor, now=now)


def excuse(sign_up: SignUp, *, actor: Actor, now: datetime, undo: bool = False) -> None:
    """The no-show no longer counts against the person (``undo``: it does after all)."""
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        sign_up.excused_at = None if undo else sign_up.excused_at or now
        verb = "no_show.counts" if undo else "no_show.excused"
        record(sign_up.shift.event, actor, verb, place_as_recorded(sign_up), now=now)
