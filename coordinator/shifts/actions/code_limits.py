"""Limits on sending codes: they cost money, and anyone can ask for one.

Codes that were sent count. Once a code was right it was no abuse, and it no longer counts against its address:
a whole meeting may sign up behind one address, while someone who only asks reaches the limit.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import IPv6Network, ip_network

from coordinator.accounts.actions.limits import TooManyTries, count_try, give_back_try
from coordinator.accounts.queries import Limit, tried_until
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.messaging.models import DoorOutcome
from coordinator.messaging.queries.installation import everything_is_held
from coordinator.people.models import Channel, channel_to

from ..models import ProofCode
from ..queries.code_limits import BY_ADDRESS, BY_EMAIL, BY_EVENT, BY_INSTALLATION, BY_NETWORK, BY_PHONE, EVERYWHERE
from ..refusals.codes import SignUpIsClosed, TextsArePaused, TooManyCodes

REFUSED_AS: Mapping[type[Exception], DoorOutcome] = {
    SignUpIsClosed: DoorOutcome.CLOSED,
    TextsArePaused: DoorOutcome.PAUSED,
    TooManyTries: DoorOutcome.TOO_OFTEN,
    TooManyCodes: DoorOutcome.TOO_MANY,
}


def count_code(event: Event, sent_to: str, address: str, now: datetime) -> list[tuple[str, str]]:
    """Count one code. Returns the limits that can be credited back.

    Raises SignUpIsClosed, TextsArePaused, TooManyTries (of the number, the email or the address) and TooManyCodes.
    """
    if event.sign_up_closed_at is not None:
        raise SignUpIsClosed
    paused = event.texts_paused_at is not None or event.organisation.texts_paused_at is not None
    if paused or everything_is_held():
        raise TextsArePaused
    came_from = [(BY_ADDRESS, address), *((BY_NETWORK, network) for network in _networks(address))]
    with transaction():
        for limit, subject in came_from:
            count_try(limit, subject, now)
        _count(BY_PHONE if channel_to(sent_to) is Channel.TEXT else BY_EMAIL, sent_to, now)
        try:
            _count(BY_EVENT, str(event.id), now)
            _count(BY_INSTALLATION, EVERYWHERE, now)
        except TooManyTries:
            raise TooManyCodes from None
    return [(limit.kind, subject) for limit, subject in came_from]


def give_back_address(code: ProofCode) -> None:
    """The code was right: it no longer counts against the address that asked for it."""
    counted_tries, code.counted_tries = code.counted_tries or [], None
    for kind, subject in counted_tries:
        give_back_try(BY_ADDRESS if kind == BY_ADDRESS.kind else BY_NETWORK, subject)


def _count(limits: Sequence[Limit], subject: str, now: datetime) -> None:
    """Count it once under several limits of one kind; it is kept for the longest."""
    for limit in limits[1:]:
        if (again_at := tried_until(limit, subject, now)) is not None:
            raise TooManyTries(again_at, now)
    count_try(limits[0], subject, now)


def _networks(address: str) -> list[str]:
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        return []
    return [str(network.supernet(new_prefix=48))] if isinstance(network, IPv6Network) and network.prefixlen > 48 else []
