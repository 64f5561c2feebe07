"""What is held is let go when its time comes; what was claimed and never reported on is looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

from coordinator.accounts.actions import record_change
from coordinator.accounts.models import Coordinator, Organisation
from coordinator.db import transaction

from ..models import Message
from ..queries import held_no_longer, messages_with_lapsed_leases, paused_messages
from .claiming import LEASE, LONGEST_CALL
from .outbox import change_state
from .outcomes import be_unsure


def release_held(now: datetime) -> int:
    """Let texts wait again whose hold has ended; how many. What was held beyond its use expires."""
    with transaction():
        return sum(_release(message, now) for message in held_no_longer(now))


def _release(message: Message, now: datetime) -> bool:
    if message.useful_until is None or message.useful_until >= now:
        return change_state(message, "waiting", now=now, cause="no longer held")
    change_state(message, "expired", now=now, cause="held for longer than it was of use")
    message.error = "held_too_long"
    return False


def pause_all_texts(organisation_id: int, *, by: Coordinator, now: datetime) -> None:
    """Let no text of this organisation leave, of whatever show, until ``resume_all_texts``. Codes still do.

    Who paused them, and since when, stands in the record of changes. Twice is once.
    """
    with transaction() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if organisation.texts_paused_at is None:
            organisation.texts_paused_at = now
            _record("all_texts.paused", by, now)


def resume_all_texts(organisation_id: int, *, by: Coordinator, now: datetime) -> int:
    """Let them leave again, but for those of a show that is paused by itself; how many wait again."""
    with transaction() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if organisation.texts_paused_at is not None:
            organisation.texts_paused_at = None
            _record("all_texts.resumed", by, now)
        return release_paused(organisation_id=organisation_id, now=now)


def _record(what: str, by: Coordinator, now: datetime) -> None:
    record_change(
        organisation_id=by.organisation_id,
        coordinator_id=by.id,
        by=by.person.name,
        what=what,
        subject=by.organisation.name,
        now=now,
    )


def release_paused(*, event_id: int | None = None, organisation_id: int | None = None, now: datetime) -> int:
    """Let the texts of an event, or of an organisation, wait again after its pause; how many."""
    with transaction():
        paused = paused_messages(event_id=event_id, organisation_id=organisation_id)
        for message in paused:
            change_state(message, "waiting", now=now, cause="texts are no longer paused")
        return len(paused)


def expire_leases(now: datetime, *, steady_for: timedelta = timedelta.max) -> int:
    """What was being sent when its process died: nobody knows whether it left, so it is looked up. How many.

    ``steady_for`` is for how long this process has seen the clock run evenly. Whose clock has just jumped calls
    nobody's lease lapsed: what it belongs to may be in the air this moment.
    """
    if steady_for < LONGEST_CALL:
        return 0
    with transaction():
        lapsed = messages_with_lapsed_leases(now, longest=2 * LEASE)
        for message in lapsed:
            be_unsure(message, now=now, cause=f"{message.claimed_by} never reported what became of it")
        return len(lapsed)
