"""The claim: which of the due texts go out now, and what becomes of those that must not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from coordinator.core.personal_links import LinkOwner
from coordinator.db import transaction
from coordinator.people.models import Channel

from ..gateway import OutgoingText
from ..models import AlarmKind, Message, MessageKind
from ..queries.installation import everything_is_held, installation_name
from ..queries.outbox import (
    attempts_in_flight,
    due_in_turn,
    due_messages,
    joined,
    open_alarms,
    opted_out,
    reminders_to_ride_with,
    still_mailed,
)
from .dispositions import Holding, dispose, dispositions_of, last_moment
from .emails import email_of
from .in_bulk import write_claim
from .introducing import say_who_writes
from .merging import Rides
from .pacing import within_pace

ALARM_OF: Final = {Channel.TEXT: AlarmKind.ACCOUNT, Channel.EMAIL: AlarmKind.MAIL}
LEASE: Final = timedelta(seconds=60)
LONGEST_CALL: Final = timedelta(seconds=15)  # a call that starts later than this before the lease's end may outlive it
LINE_RESTS: Final = timedelta(seconds=30)  # after the network refused the account
FRESH: Final = timedelta(seconds=1)  # a claim older than this is checked again before its text goes out
VALIDITY: Final = (1, 36_000)  # seconds, as the network allows


@dataclass(frozen=True)
class Claimed:
    """A text that this process alone sends, not after ``leave_by``. ``attempt`` counts from 1.

    ``rides`` are the ids of the reminders merged into the text; ``true_until`` is when the first statement in it stops
    being true.
    """

    text: OutgoingText
    attempt: int
    claimed_at: datetime
    leave_by: datetime
    rides: tuple[int, ...] = ()
    true_until: datetime | None = None

    def may_leave(self, at: datetime) -> bool:
        """False when it is too late, or when the clock was set back: then nobody knows how late it is."""
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
    """One round of claims; ``more``: further texts are due. ``alarmed``: the account was refused before."""

    texts: list[Claimed]
    more: bool
    alarmed: bool = False


def claim_due(
    sender: str,
    *,
    now: datetime,
    worker: str,
    hold: Holding,
    limit: int,
    channel: Channel = Channel.TEXT,
    pace: float = 0,
) -> Claim:
    """Take up to ``limit`` due messages of the channel for this worker; expire, stop or hold those that must stay.

    One that must take the other channel waits there. ``pace`` is how many segments a second the sender's line carries,
    for all processes together; 0: no limit.
    """
    with transaction():
        if everything_is_held():
            return Claim([], more=False)
        due = due_in_turn(now, limit) if pace else due_messages(now, limit, channel)
        if not due:
            return Claim([], more=False)
        near = _to_ride_with(due, channel, now)
        every = list({message.id: message for message in (*due, *near)}.values())
        dispositions = dispositions_of(every, sender, now, hold)
        for message in due:
            if message.id in dispositions:
                dispose(message, dispositions[message.id], now)
        alarms = open_alarms(ALARM_OF[channel])
        if any(alarm.last_at > now - LINE_RESTS for alarm in alarms):
            return Claim([], more=False, alarmed=True)
        able = [each for each in every if each.id not in dispositions and each.channel == channel]
        leaving = [each for each in due if each.id not in dispositions and each.channel == channel]
        say_who_writes(leaving)
        carried = within_pace(leaving, sender, pace, now) if pace else leaving
        texts = _taken(carried, able, now, worker)
        return Claim(texts, more=len(due) == limit and len(carried) == len(leaving), alarmed=bool(alarms))


def _to_ride_with(due: Sequence[Message], channel: Channel, now: datetime) -> list[Message]:
    """Emails carry one message each."""
    reminders = [message for message in due if message.kind == MessageKind.REMINDER and channel == Channel.TEXT]
    return reminders_to_ride_with(reminders, now)


def still_to_leave(texts: Collection[Claimed], sender: str) -> tuple[set[int], set[int]]:
    """Of what was claimed a while ago: the ids of those that are still ours, and of those that are still wanted.

    One is no longer ours if a process whose clock runs ahead of this one's declared its lease expired.
    """
    attempts = {claimed.text.message_id: claimed.attempt for claimed in texts}
    with transaction():
        ours = {id_ for id_, attempt in attempts_in_flight(attempts).items() if attempt == attempts[id_]}
        stopped = opted_out({claimed.text.to for claimed in texts}, sender)
        mailed = still_mailed({claimed.text.message_id for claimed in texts if claimed.text.letter})
    texted = [claimed.text for claimed in texts if not claimed.text.letter]
    return ours, {text.message_id for text in texted if text.to not in stopped} | mailed


def _taken(leaving: Sequence[Message], able: Sequence[Message], now: datetime, worker: str) -> list[Claimed]:
    rides, taken, groups = Rides(able), set[int](), []
    for message in leaving:
        if message.id not in taken:
            along = rides.with_carrier(message)
            taken |= {ride.id for ride in along}
            groups.append([message, *along])
    name = installation_name() if any(message.channel == Channel.EMAIL for message in leaving) else ""
    texts = [_claimed(together, name, now) for together in groups]
    write_claim(
        [[message.id for message in together] for together in groups], now=now, until=now + LEASE, worker=worker
    )
    return texts


def _claimed(together: Sequence[Message], name: str, now: datetime) -> Claimed:
    carrier, ends = together[0], [(message, message.useful_until) for message in together if message.useful_until]
    owner = LinkOwner(carrier.person.id, carrier.person.link_version) if carrier.person else None
    return Claimed(
        text=email_of(carrier, name, owner, now)
        if carrier.channel == Channel.EMAIL
        else OutgoingText(carrier.id, carrier.phone, joined(together), person=owner),
        attempt=(carrier.attempts or 0) + 1,
        claimed_at=now,
        leave_by=min([now + LEASE - LONGEST_CALL, *(last_moment(message, until) for message, until in ends)]),
        rides=tuple(ride.id for ride in together[1:]),
        true_until=min((until for _, until in ends), default=None),
    )
