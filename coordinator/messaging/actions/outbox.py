"""The outbox: a text is queued, its state only moves forward, and it can be withdrawn until it goes out."""

from datetime import datetime, timedelta
from typing import Final, Required, TypedDict, Unpack

from coordinator.core.json_values import JsonObject
from coordinator.core.sms_text import plain, segments
from coordinator.db import db, transaction
from coordinator.people.models import Channel, Person

from ..models import NEVER_WENT, UNSENT, Direction, Message, MessageChange, MessageKind, MessageState

_RANKS: Final[dict[str, int]] = {
    **dict.fromkeys(UNSENT, 0),
    MessageState.SENDING: 1,
    MessageState.UNKNOWN: 2,
    MessageState.ACCEPTED: 3,
    MessageState.SENT: 4,
    **dict.fromkeys((MessageState.DELIVERED, *NEVER_WENT, MessageState.RECEIVED), 5),
}
FINAL: Final = 5
AT_ONCE: Final = timedelta(0)
ANSWERS: Final = (
    MessageKind.CODE,
    MessageKind.ECHO,
    MessageKind.REPLY,
)  # kinds that go to people who just asked for them, even without consent
OF_USE: Final[dict[str, timedelta]] = {
    MessageKind.ECHO: timedelta(minutes=15),
    MessageKind.REPLY: timedelta(hours=12),
    MessageKind.NOTE: timedelta(hours=12),
}
_MAY_GO_BACK: Final = (
    MessageState.SENDING,
    MessageState.UNKNOWN,
)  # and only to waiting: the network has certainly not accepted the text


class TextDraft(TypedDict, total=False):
    """A text or email to be queued. ``phone``, ``address`` and ``language`` are the person's own unless given.

    ``channel`` is the person's own unless given, but a code or an answer goes to the phone it is for, if there is one.
    ``mail`` is what it says as an email, if more than its body: subject, body, calendar.

    ``due_at`` is when it goes out (None: now), no later than ``useful_until``; unless that is given, an answer is of
    use for 15 minutes, a text written by hand for half a day. ``any_hour``: quiet hours do not hold it. The database
    refuses a second text with the same ``dedupe_key``. ``first_body`` goes out instead if the text is the first to its
    phone; None: the same words, with the sender and how to stop around them.
    """

    organisation_id: Required[int | None]
    event_id: Required[int | None]
    person: Required[Person | None]
    kind: Required[str]
    due_at: datetime | None
    useful_until: datetime | None
    any_hour: bool
    dedupe_key: str | None
    rule: str | None
    slot_id: int | None
    shift_id: int | None
    anchor: str | None
    says_at: datetime | None
    other_times: dict[str, str] | None
    tells: JsonObject | None
    planned_at: datetime | None
    answers_id: int | None
    phone: str | None
    language: str | None
    channel: Channel | None
    address: str | None
    mail: JsonObject | None
    first_body: str | None


def queue_text(*, body: str, now: datetime, **draft: Unpack[TextDraft]) -> Message:
    """Put one text or email into the outbox. That a person has no phone or address is noticed when it is due.

    The row has its id after the next flush.
    """
    person, due_at = draft["person"], draft.get("due_at") or now
    message = Message(**draft, direction=Direction.OUT, state=MessageState.WAITING, created_at=now)
    message.phone = draft.get("phone") or (person.phone if person else None) or ""
    message.language = draft.get("language") or (person.language if person else "en")
    message.channel = draft.get("channel") or _channel(message, person)
    message.address = draft.get("address") or (person.email if person and message.channel == Channel.EMAIL else None)
    message.mail = draft.get("mail") if person is None or person.can_be_mailed else None
    message.due_at, message.any_hour = due_at, draft.get("any_hour", False)
    if message.useful_until is None and message.kind in OF_USE:
        message.useful_until = due_at + OF_USE[message.kind]
    reword(message, body, draft.get("first_body"))
    with transaction() as session:
        session.add(message)
        session.add(
            MessageChange(message=message, at=now, before=None, after=MessageState.WAITING, cause="put into the outbox")
        )
    return message


def _channel(message: Message, person: Person | None) -> Channel:
    """How it goes out first; the claim asks again."""
    is_for_the_phone = message.kind in ANSWERS and message.phone
    return Channel.TEXT if person is None or is_for_the_phone else person.channel


def reword(message: Message, body: str, first_body: str | None = None) -> None:
    """Set the words of an unsent text, in the cheapest characters that say the same, and count its segments."""
    message.body, message.first_body = plain(body), first_body and plain(first_body)
    message.segments = segments(message.body)


def change_state(message: Message, after: str, *, now: datetime, cause: str) -> bool:
    """Move the text to another state and record when and why; returns False, changing nothing, if that is not allowed.

    The order is waiting or held, sending, unknown, accepted, sent, then one of the final states, which never change.
    Only a text that the network has certainly not accepted goes back, to waiting. The caller has read the row inside
    its own transaction, locked if others may change it.
    """
    if not _may_go(message.state, after):
        return False
    db.session.add(MessageChange(message=message, at=now, before=message.state, after=after, cause=cause[:200]))
    message.state = after
    if _RANKS[after] == FINAL:
        message.finished_at, message.check_at = now, None
    return True


def note_change(message: Message, *, now: datetime, cause: str) -> None:
    """Record in the message's history what happened to it while it keeps its state."""
    db.session.add(MessageChange(message=message, at=now, before=message.state, after=message.state, cause=cause[:200]))


def is_final(message: Message) -> bool:
    """Whether its state never changes any more."""
    return _RANKS[message.state] == FINAL


def send_again(message: Message, *, now: datetime, cause: str, after: timedelta = AT_ONCE) -> None:
    """Queue a text again that the network certainly has not, or could not deliver; the resend is counted.

    It stays the same row, so the planner keeps moving and withdrawing it. Its former IDs are kept: a late callback
    under one of them is about an earlier attempt.
    """
    db.session.add(
        MessageChange(message=message, at=now, before=message.state, after=MessageState.WAITING, cause=cause[:200])
    )
    message.state, message.held_until, message.resends = (
        MessageState.WAITING,
        now + after if after else None,
        message.resends + 1,
    )
    message.former_sids = " ".join(filter(None, [*message.former_names, message.provider_sid])) or None
    message.provider_sid = message.sent_at = message.claimed_at = message.lease_until = message.rides_with_id = None
    message.error, message.error_code, message.check_at, message.checks = None, None, None, 0


def withdraw(message: Message, *, now: datetime, cause: str) -> bool:
    """Withdraw an unsent text; False if it was too late or already withdrawn."""
    with transaction() as session:
        session.refresh(message, with_for_update={"of": Message})
        return message.state in UNSENT and change_state(message, MessageState.CANCELLED, now=now, cause=cause)


def bring_back(message: Message, *, now: datetime, cause: str) -> bool:
    """Queue a text again that was withdrawn, or that expired by a press that was undone. Only texts that never went
    out.
    """
    with transaction() as session:
        session.refresh(message, with_for_update={"of": Message})
        if message.state not in (MessageState.CANCELLED, MessageState.EXPIRED) or message.sent_at is not None:
            return False
        session.add(
            MessageChange(message=message, at=now, before=message.state, after=MessageState.WAITING, cause=cause[:200])
        )
        message.state, message.finished_at = MessageState.WAITING, None
        return True


def _may_go(before: str, after: str) -> bool:
    if before == after or _RANKS[before] == FINAL:
        return False
    if after == "waiting":
        return before in (MessageState.HELD, *_MAY_GO_BACK)
    return _RANKS[after] > _RANKS[before] or {before, after} == set(UNSENT)
