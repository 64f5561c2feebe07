"""Releasing held texts when their hold ends, and checking claims whose process died."""

from datetime import datetime, timedelta

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, Organisation
from coordinator.db import transaction

from ..models import Message, MessageState, TextError
from ..queries.outbox import held_no_longer, messages_with_lapsed_leases, paused_messages
from .claiming import LEASE, LONGEST_CALL
from .outbox import change_state
from .outcomes import be_unsure


def release_held(now: datetime) -> int:
    """Let texts wait again whose hold has ended; how many. Texts held beyond their use expire."""
    with transaction():
        return sum(_release(message, now) for message in held_no_longer(now))


def _release(message: Message, now: datetime) -> bool:
    if message.useful_until is None or message.useful_until >= now:
        return change_state(message, MessageState.WAITING, now=now, cause="no longer held")
    change_state(message, MessageState.EXPIRED, now=now, cause="held for longer than it was of use")
    message.error = TextError.HELD_TOO_LONG
    return False


def pause_all_texts(organisation_id: int, *, actor: Actor, now: datetime) -> None:
    """Let no text of this organization go out, of any show, until ``resume_all_texts``; no codes either.

    The audit log says who paused them. Twice is once.
    """
    with transaction() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if organisation.texts_paused_at is None:
            organisation.texts_paused_at = now
            record(organisation, actor, "all_texts.paused", organisation.name, now=now)


def resume_all_texts(organisation_id: int, *, actor: Actor, now: datetime) -> int:
    """Let them go out again, except those of a show that is paused itself. Returns how many wait again."""
    with transaction() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if organisation.texts_paused_at is not None:
            organisation.texts_paused_at = None
            record(organisation, actor, "all_texts.resumed", organisation.name, now=now)
        return release_paused(organisation_id=organisation_id, now=now)


def release_paused(*, event_id: int | None = None, organisation_id: int | None = None, now: datetime) -> int:
    """Let the texts of an event, or of an organization, wait again after its pause; how many."""
    with transaction():
        paused = paused_messages(event_id=event_id, organisation_id=organisation_id)
        for message in paused:
            change_state(message, MessageState.WAITING, now=now, cause="texts are no longer paused")
        return len(paused)


def expire_leases(now: datetime, *, steady_for: timedelta = timedelta.max) -> int:
    """Texts that were being sent when their process died: they may have gone out, so they are looked up. How many.

    ``steady_for`` is how long this process has seen the clock run evenly. A process whose clock has just jumped expires
    no leases: their owners may be sending right now.
    """
    if steady_for < LONGEST_CALL:
        return 0
    with transaction():
        lapsed = messages_with_lapsed_leases(now, longest=2 * LEASE)
        for message in lapsed:
            be_unsure(message, now=now, cause=f"{message.claimed_by} never reported what became of it")
        return len(lapsed)
