"""What is settled once a show is over: who came after all, and what is forgiven."""

from __future__ import annotations

from datetime import datetime

from ...accounts.actions import record_change
from ...db import transaction
from ...shownight.actions import By
from ..models import HOLDING, SignUp
from ..refusals import NotOnShift


def settle(sign_up: SignUp, *, came: bool, by: By, now: datetime) -> None:
    """A coordinator says whether somebody who had a place was there. Raises NotOnShift for one without."""
    with transaction() as session:
        session.refresh(sign_up, with_for_update={"of": SignUp})
        if sign_up.state not in (*HOLDING, "no_show"):
            raise NotOnShift(sign_up.shift.role.name)
        before = sign_up.state
        sign_up.state, sign_up.changed_at = "done" if came else "no_show", now
        if not came:
            sign_up.here_at = sign_up.left_at = None
        _record(sign_up, "shift.settled", {"state": before}, {"state": sign_up.state}, by, now)


def forgive(sign_up: SignUp, *, by: By, now: datetime, undo: bool = False) -> None:
    """Not having come no longer counts against the person (``undo``: it does after all)."""
    with transaction() as session:
        session.refresh(sign_up, with_for_update={"of": SignUp})
        sign_up.forgiven_at = None if undo else sign_up.forgiven_at or now
        _record(sign_up, "no_show.counts" if undo else "no_show.forgiven", None, None, by, now)


def _record(
    sign_up: SignUp, what: str, before: dict[str, str] | None, after: dict[str, str] | None, by: By, now: datetime
) -> None:
    record_change(
        organisation_id=sign_up.shift.event.organisation_id,
        event_id=sign_up.event_id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what=what,
        subject=f"shift:{sign_up.shift_id} person:{sign_up.person_id}",
        now=now,
        before=before,
        after=after,
    )
