"""The claim: which of the due texts leave now, and what becomes of those that must not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from coordinator.core.reminders import LEAST_NOTICE
from coordinator.db import transaction

from ..gateway import OutgoingText
from ..models import Message
from ..queries import (
    attempts_in_the_air,
    due_in_turn,
    due_messages,
    joined,
    open_alarms,
    opted_out,
    paused_organisations,
    reminders_to_ride_with,
)
from .in_bulk import write_claim
from .merging import Rides
from .outbox import change_state
from .pacing import within_pace

LEASE: Final = timedelta(seconds=60)
LONGEST_CALL: Final = timedelta(seconds=15)  # a call that begins later than this before the lease's end may outlive it
LINE_RESTS: Final = timedelta(seconds=30)  # after the network refused the account
FRESH: Final = timedelta(seconds=1)  # what was claimed longer ago is looked at again before it leaves
VALIDITY: Final = (1, 36_000)  # seconds, as the network allows
ANSWERS: Final = ("code", "echo", "reply")  # go to who just asked for them, agreed to texts or not


@dataclass(frozen=True)
class Hold:
    """Why a text must not leave now; ``until`` None: until somebody lifts it."""

    reason: str
    until: datetime | None


PAUSED: Final = Hold("paused", None)
Holding = Callable[[Sequence[Message], datetime], Mapping[int, Hold]]


@dataclass(frozen=True)
class Claimed:
    """A text that this process, and no other, sends: not after ``leave_by``. ``attempt`` counts from 1.

    ``rides`` are the ids of the reminders that stand in the same text; ``true_until`` is when the first of what it
    says stops being true.
    """

    text: OutgoingText
    attempt: int
    claimed_at: datetime
    leave_by: datetime
    rides: tuple[int, ...] = ()
    true_until: datetime | None = None

    def may_leave(self, at: datetime) -> bool:
        """Not when it is too late, nor when the clock was set back: nobody knows then how late it is."""
        return self.claimed_at <= at <= self.leave_by

    def is_fresh(self, at: datetime) -> bool:
        return self.claimed_at <= at < self.claimed_at + FRESH

    def posted(self, at: datetime) -> OutgoingText:
        """The text as it is posted at this instant, with how long it stays true from then on."""
        if self.true_until is None:
            return self.text
        least, most = VALIDITY
        seconds = int((self.true_until - at).total_seconds())
        return replace(self.text, validity_seconds=max(least, min(most, seconds)))


@dataclass(frozen=True)
class Claim:
    """One round; ``more`` says that further texts are due, ``alarmed`` that the account was refused before."""

    texts: list[Claimed]
    more: bool
    alarmed: bool = False


@dataclass(frozen=True)
class _Fate:
    """What else than leaving becomes of a due text: its next state, why in words, and why as a key."""

    state: str
    cause: str
    key: str
    until: datetime | None = None


def nothing_held(messages: Sequence[Message], now: datetime) -> Mapping[int, Hold]:
    """No pauses, no quiet hours."""
    return {}


def claim_due(sender: str, *, now: datetime, worker: str, hold: Holding, limit: int, pace: float = 0) -> Claim:
    """Take up to ``limit`` due texts for this worker; expire, stop or hold those that must not leave.

    ``pace`` is how many segments a second the sender's line carries, of all processes together; 0: as many as come.
    """
    with transaction():
        due = due_in_turn(now, limit) if pace else due_messages(now, limit)
        if not due:
            return Claim([], more=False)
        near = reminders_to_ride_with([message for message in due if message.kind == "reminder"], now)
        every = list({message.id: message for message in (*due, *near)}.values())
        fates = _fates(every, sender, now, hold)
        for message in due:
            if message.id in fates:
                _meet(message, fates[message.id], now)
        alarms = open_alarms("account")
        if any(alarm.last_at > now - LINE_RESTS for alarm in alarms):
            return Claim([], more=False, alarmed=True)
        able = [message for message in every if message.id not in fates]
        leaving = [message for message in due if message.id not in fates]
        carried = within_pace(leaving, sender, pace, now) if pace else leaving
        texts = _taken(carried, able, now, worker)
        return Claim(texts, more=len(due) == limit and len(carried) == len(leaving), alarmed=bool(alarms))


def still_to_leave(texts: Collection[Claimed], sender: str) -> tuple[set[int], set[int]]:
    """Of texts that were claimed a while ago: the ids of those that are still ours, and of those that are wanted.

    One is ours no longer when its lease was called lapsed meanwhile, by a process whose clock runs ahead of this one's.
    """
    attempts = {claimed.text.message_id: claimed.attempt for claimed in texts}
    with transaction():
        ours = {id_ for id_, attempt in attempts_in_the_air(attempts).items() if attempt == attempts[id_]}
        stopped = opted_out({claimed.text.to for claimed in texts}, sender)
    return ours, {claimed.text.message_id for claimed in texts if claimed.text.to not in stopped}


def _fates(messages: Sequence[Message], sender: str, now: datetime, hold: Holding) -> dict[int, _Fate]:
    for message in messages:
        _follow_the_person(message)
    stopped = opted_out({message.phone for message in messages}, sender)
    fates = {message.id: fate for message in messages if (fate := _ended(message, now) or _unwanted(message, stopped))}
    free = [message for message in messages if message.id not in fates]
    paused = paused_organisations({message.organisation_id for message in free if message.organisation_id})
    holds = {**hold(free, now), **{message.id: PAUSED for message in free if _is_paused(message, paused)}}
    return fates | {message.id: _held(message, holds[message.id]) for message in messages if message.id in holds}


def _is_paused(message: Message, paused: Collection[int]) -> bool:
    return message.organisation_id in paused and message.kind != "code"


def _follow_the_person(message: Message) -> None:
    """A number that was changed after the text was written; a code proves the very number it goes to."""
    person = None if message.kind == "code" else message.person
    if person is not None and message.phone != (person.phone or ""):
        message.phone = person.phone or ""


def _ended(message: Message, now: datetime) -> _Fate | None:
    if message.useful_until is None or now <= last_moment(message, message.useful_until):
        return None
    return _Fate("expired", "too late to be of use", "too_late")


def last_moment(message: Message, useful_until: datetime) -> datetime:
    """Until when the text may leave."""
    return useful_until - LEAST_NOTICE if message.kind == "reminder" else useful_until


def _unwanted(message: Message, stopped: set[str]) -> _Fate | None:
    if not message.phone:
        return _Fate("stopped", "there is no phone number", "no_phone")
    if message.phone in stopped:
        return _Fate("stopped", "the number wants no texts", "opted_out")
    if message.kind not in ANSWERS and (message.person is None or not message.person.can_be_texted):
        return _Fate("stopped", "the person has not agreed to texts", "not_agreed")
    return None


def _held(message: Message, hold: Hold) -> _Fate:
    if hold.until and message.useful_until and last_moment(message, message.useful_until) < hold.until:
        return _Fate("expired", f"{hold.reason} last longer than the text is of use", "held_too_long")
    return _Fate("held", hold.reason, "held", hold.until)


def _meet(message: Message, fate: _Fate, now: datetime) -> None:
    change_state(message, fate.state, now=now, cause=fate.cause)
    message.held_until = fate.until
    message.error = None if fate.state == "held" else fate.key


def _taken(leaving: Sequence[Message], able: Sequence[Message], now: datetime, worker: str) -> list[Claimed]:
    rides, taken, groups = Rides(able), set[int](), []
    for message in leaving:
        if message.id not in taken:
            along = rides.with_carrier(message)
            taken |= {ride.id for ride in along}
            groups.append([message, *along])
    texts = [_claimed(together, now) for together in groups]
    write_claim(
        [[message.id for message in together] for together in groups], now=now, until=now + LEASE, worker=worker
    )
    return texts


def _claimed(together: Sequence[Message], now: datetime) -> Claimed:
    carrier, ends = together[0], [(message, message.useful_until) for message in together if message.useful_until]
    return Claimed(
        text=OutgoingText(carrier.id, carrier.phone, joined(together)),
        attempt=(carrier.attempts or 0) + 1,
        claimed_at=now,
        leave_by=min([now + LEASE - LONGEST_CALL, *(last_moment(message, until) for message, until in ends)]),
        rides=tuple(ride.id for ride in together[1:]),
        true_until=min((until for _, until in ends), default=None),
    )
