"""Who is there."""

from __future__ import annotations

from datetime import datetime

from ...db import transaction
from ..models import SignUp


def check_in(sign_up: SignUp, *, now: datetime, undo: bool = False) -> str:
    """The person is there (``undo``: not there after all); gives back the state before.

    Only somebody expected is checked in, only somebody checked in is not there after all; else nothing changes.
    """
    expected, then = ("checked_in", "confirmed") if undo else ("confirmed", "checked_in")
    with transaction() as session:
        session.refresh(sign_up, with_for_update={"of": SignUp})
        before = sign_up.state
        if before == expected:
            sign_up.state, sign_up.changed_at = then, now
    return before
