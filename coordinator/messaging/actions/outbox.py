"""The outbox: a text is put in, changes its state only forwards, and may be taken back while it has not left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from coordinator.core.sms_text import plain, segments
from coordinator.db import db, transaction
from coordinator.people.models import Person

from ..models import NEVER_WENT, UNSENT, Message, MessageChange

_RANKS: Final = {
    **dict.fromkeys(UNSENT, 0),
    "sending": 1,
    "unknown": 2,
    "accepted": 3,
    "sent": 4,
    **dict.fromkeys(("delivered", *NEVER_WENT, "received"), 5),
}
FINAL: Final = 5
AT_ONCE: Final = timedelta(0)
OF_USE: Final = {"echo": timedelta(minutes=15), "reply": timedelta(hours=12), "note": timedelta(hours=12)}
_MAY_GO_BACK: Final = ("sending", "unknown")  # and only to waiting: the network has certainly not taken the text


def queue_text(  # noqa: PLR0913 - every one is a column of the row
    *,
    organisation_id: int | None,
    event_id: int | None,
    person: Person | None,
    kind: str,
    body: str,
    now: datetime,
    due_at: datetime | None = None,
    useful_until: datetime | None = None,
    any_hour: bool = False,
    dedupe_key: str | None = None,
    rule: str | None = None,
    slot_id: int | None = None,
    shift_id: int | None = None,
    anchor: str | None = None,
    says_at: datetime | None = None,
    answers_id: int | None = None,
    phone: str | None = None,
    language: str | None = None,
) -> Message:
    """Put one text into the outbox, to leave at ``due_at`` (None: now), and not after ``useful_until``.

    Unless it is given, an answer is of use for a quarter of an hour, what people write by hand for half a day.
    ``phone`` and ``language`` are the person's own unless given; a person without a phone is noticed when the text
    is due. ``any_hour``: quiet hours do not hold it. The database refuses a second text with the same ``dedupe_key``.
    The row has its id once the session has been flushed.
    """
    due_at = due_at or now
    if useful_until is None and kind in OF_USE:
        useful_until = due_at + OF_USE[kind]
    message = Message(
        organisation_id=organisation_id,
        event_id=event_id,
        person=person,
        direction="out",
        phone=phone or (person.phone if person else None) or "",
        kind=kind,
        rule=rule,
        slot_id=slot_id,
        shift_id=shift_id,
        anchor=anchor,
        says_at=says_at,
        dedupe_key=dedupe_key,
        language=language or (person.language if person else "en"),
        state="waiting",
        created_at=now,
        due_at=due_at,
        useful_until=useful_until,
        any_hour=any_hour,
        answers_id=answers_id,
    )
    reword(message, body)
    with transaction() as session:
        session.add(message)
        session.add(MessageChange(message=message, at=now, before=None, after="waiting", cause="put into the outbox"))
    return message


def reword(message: Message, body: str) -> None:
    """Give a text that has not left its words, in the cheapest characters that say the same, and count its segments."""
    message.body = plain(body)
    message.segments = segments(message.body)


def change_state(message: Message, after: str, *, now: datetime, cause: str) -> bool:
    """Move the text to another state and keep when and why; False, and nothing happens, when it may not go there.

    The order is waiting or held, sending, unknown, accepted, sent, then one of the final ones, which never change.
    Back goes only what the network has certainly not taken, to waiting. The caller has read the row inside its own
    transaction, locked when others may change it.
    """
    if not _may_go(message.state, after):
        return False
    db.session.add(MessageChange(message=message, at=now, before=message.state, after=after, cause=cause[:200]))
    message.state = after
    if _RANKS[after] == FINAL:
        message.finished_at, message.look_at = now, None
    return True


def send_again(message: Message, *, now: datetime, cause: str, after: timedelta = AT_ONCE) -> None:
    """Let a text wait once more that the network certainly has not, or says that it could not deliver; it is counted.

    It stays the same row, so that the plan goes on moving it and taking it back. The names it had with the network are
    remembered: what is still called back under one of them is about an attempt before.
    """
    db.session.add(MessageChange(message=message, at=now, before=message.state, after="waiting", cause=cause[:200]))
    message.state, message.held_until, message.resends = "waiting", now + after if after else None, message.resends + 1
    message.former_sids = " ".join(filter(None, [*message.former_names, message.provider_sid])) or None
    message.provider_sid = message.sent_at = message.claimed_at = message.lease_until = message.rides_with_id = None
    message.error, message.error_code, message.look_at, message.looks = None, None, None, 0


def withdraw(message: Message, *, now: datetime, cause: str) -> bool:
    """Take back a text that has not left; False when it is too late for that, or was not needed."""
    with transaction() as session:
        session.refresh(message, with_for_update={"of": Message})
        return message.state in UNSENT and change_state(message, "cancelled", now=now, cause=cause)


def bring_back(message: Message, *, now: datetime, cause: str) -> bool:
    """Let a text wait again that was withdrawn, or expired by a press that was undone. Only what never left."""
    with transaction() as session:
        session.refresh(message, with_for_update={"of": Message})
        if message.state not in ("cancelled", "expired") or message.sent_at is not None:
            return False
        session.add(MessageChange(message=message, at=now, before=message.state, after="waiting", cause=cause[:200]))
        message.state, message.finished_at = "waiting", None
        return True


def _may_go(before: str, after: str) -> bool:
    if before == after or _RANKS[before] == FINAL:
        return False
    if after == "waiting":
        return before in ("held", *_MAY_GO_BACK)
    return _RANKS[after] > _RANKS[before] or {before, after} == set(UNSENT)
