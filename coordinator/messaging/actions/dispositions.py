"""What becomes of a due message that must not go out: it expires, is stopped or held, or takes the other channel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from coordinator.core.reminders import LEAST_NOTICE
from coordinator.people.models import Channel

from ..models import BY_HAND, GOODBYE, Message, MessageKind, MessageState, TextError
from ..queries.outbox import opted_out, paused_organisations
from .channels import right_channel
from .outbox import ANSWERS, change_state, note_change


@dataclass(frozen=True)
class Hold:
    """Why a text must not go out now; ``until`` None: until someone lifts it."""

    reason: str
    until: datetime | None


PAUSED: Final = Hold("paused", None)
Holding = Callable[[Sequence[Message], datetime], Mapping[int, Hold]]


@dataclass(frozen=True)
class Disposition:
    """What becomes of a due text that does not go out: its next state, why in words, and why as a key."""

    state: str
    cause: str
    key: str
    until: datetime | None = None


def nothing_held(messages: Sequence[Message], now: datetime) -> Mapping[int, Hold]:
    """No pauses, no quiet hours."""
    return {}


def dispositions_of(messages: Sequence[Message], sender: str, now: datetime, hold: Holding) -> dict[int, Disposition]:
    """Of these due messages, by id, those that must not go out by the channel they take, which is chosen anew."""
    for message in messages:
        _follow_the_person(message)
    texted = any(message.channel == Channel.TEXT for message in messages)
    stopped = opted_out({message.phone for message in messages if message.phone}, sender if texted else None)
    for message in messages:
        _take_the_right_channel(message, stopped, now)
    dispositions = {
        message.id: disposition
        for message in messages
        if (disposition := _ended(message, now) or _unwanted(message, stopped))
    }
    free = [message for message in messages if message.id not in dispositions]
    paused = paused_organisations({message.organisation_id for message in free if message.organisation_id})
    holds = {**hold(free, now), **{message.id: PAUSED for message in free if message.organisation_id in paused}}
    return dispositions | {message.id: _held(message, holds[message.id]) for message in messages if message.id in holds}


def _follow_the_person(message: Message) -> None:
    """Use a number that was changed after the text was written; but a code proves the very number it goes to."""
    person = None if message.kind == MessageKind.CODE else message.person
    if person is not None and message.phone != (person.phone or ""):
        message.phone = person.phone or ""


def _take_the_right_channel(message: Message, stopped: set[str], now: datetime) -> None:
    channel = right_channel(message, stopped)
    if channel != message.channel:
        note_change(message, now=now, cause="goes by email" if channel == Channel.EMAIL else "goes by text")
        message.channel = channel
    if channel == Channel.EMAIL and message.kind != MessageKind.CODE and message.person is not None:
        message.address = message.person.email


def _ended(message: Message, now: datetime) -> Disposition | None:
    if message.useful_until is None or now <= last_moment(message, message.useful_until):
        return None
    return Disposition(MessageState.EXPIRED, "too late to be of use", TextError.TOO_LATE)


def last_moment(message: Message, useful_until: datetime) -> datetime:
    """Until when the text may go out."""
    return useful_until - LEAST_NOTICE if message.kind == MessageKind.REMINDER else useful_until


def _unwanted(message: Message, stopped: set[str]) -> Disposition | None:
    if message.channel == Channel.EMAIL:
        return _not_mailed(message)
    if not message.phone:
        return Disposition(MessageState.STOPPED, "there is no phone number", TextError.NO_PHONE)
    if message.phone in stopped and not (message.dedupe_key or "").startswith(f"{GOODBYE}:"):
        return Disposition(MessageState.STOPPED, "the number wants no texts", TextError.OPTED_OUT)
    if message.kind not in ANSWERS and (message.person is None or not message.person.can_be_texted):
        return Disposition(MessageState.STOPPED, "the person has not agreed to texts", TextError.NOT_AGREED)
    return None


def _not_mailed(message: Message) -> Disposition | None:
    was_typed = message.kind in ANSWERS or message.rule == BY_HAND
    agreed = was_typed or (message.person is not None and message.person.can_be_mailed)
    if message.address and agreed:
        return None
    return Disposition(MessageState.STOPPED, "there is no address that wants emails", TextError.NO_EMAIL)


def _held(message: Message, hold: Hold) -> Disposition:
    if hold.until and message.useful_until and last_moment(message, message.useful_until) < hold.until:
        return Disposition(
            MessageState.EXPIRED, f"{hold.reason} last longer than the text is of use", TextError.HELD_TOO_LONG
        )
    return Disposition(MessageState.HELD, hold.reason, "held", hold.until)


def dispose(message: Message, disposition: Disposition, now: datetime) -> None:
    """Let become of the message what must."""
    change_state(message, disposition.state, now=now, cause=disposition.cause)
    message.held_until = disposition.until
    message.error = None if disposition.state == MessageState.HELD else disposition.key
