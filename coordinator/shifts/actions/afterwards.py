"""What is settled once a show is over: who came after all, and what is forgiven."""

from __future__ import annotations

from datetime import datetime

from ...core.cover import Sign
from ...db import transaction
from ...shownight.actions import By
from ..models import HOLDING, WORKED, SignUp
from ..refusals import NotOnShift
from .attendance import mark, new_key
from .locking import locked_shift
from .recording import record_plan


def settle(sign_up: SignUp, *, came: bool, by: By, now: datetime) -> None:
    """A coordinator says whether somebody who had a place was there. Raises NotOnShift for one without.

    It is a mark as any other. Of whom it is known that they were there nothing new is said by ``came``.
    """
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in (*HOLDING, "no_show"):
            raise NotOnShift(sign_up.shift.role.name)
        if came and sign_up.state in WORKED:
            return
        what = Sign.LEFT if came else Sign.NO_SHOW
        mark(sign_up, what, key=new_key(), at=now, how="coordinator", by=by, now=now)


def forgive(sign_up: SignUp, *, by: By, now: datetime, undo: bool = False) -> None:
    """Not having come no longer counts against the person (``undo``: it does after all)."""
    with transaction() as session:
        locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        sign_up.forgiven_at = None if undo else sign_up.forgiven_at or now
        _record(sign_up, "no_show.counts" if undo else "no_show.forgiven", by, now)


def _record(sign_up: SignUp, what: str, by: By, now: datetime) -> None:
    record_plan(sign_up.shift.event, what, f"shift:{sign_up.shift_id} person:{sign_up.person_id}", by, now)
