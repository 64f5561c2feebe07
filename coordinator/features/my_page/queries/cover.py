"""Offers, waitlist, swaps and standby on one person's own page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from coordinator.db import db
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, CoverOffer, Shift, SignUp, Standby, Swap
from coordinator.shifts.queries.objections import people_waiting
from coordinator.shifts.queries.planned import Times, times_now
from coordinator.shifts.queries.searching import looked_for, offers_to
from coordinator.shifts.queries.swapping import open_swaps
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of

from .own import Own


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """A spot that the person can have, at its real times. ``is_first_come``: others are asked too."""

    offer: CoverOffer
    shift: Shift
    times: Times
    is_first_come: bool


@dataclass(frozen=True, slots=True)
class OwnCover:
    """Everything that waits for an answer of this person or of others."""

    offers: Sequence[OwnOffer]
    swaps_asked: Sequence[Swap]  # by others: theirs to answer
    swaps_wanted: Sequence[Swap]  # by them
    standby: Sequence[Event]
    could_stand_by: Sequence[Event]
    asks_to_confirm: frozenset[int] = field(default_factory=frozenset)  # ids of events that ask
    looked_for: frozenset[int] = field(default_factory=frozenset)  # ids of sign-ups for which a replacement is searched

    @property
    def organisation_name(self) -> str:
        return self.offers[0].shift.event.organisation.name if self.offers else ""


def own_cover(person: Person, own: Own, now: datetime) -> OwnCover:
    """What is open for this person at ``now``; ``own`` are their slots and shifts."""
    offers = [_own_offer(offer, now) for offer in offers_to([person.id], now)]
    held = [each.sign_up.id for each in own.shifts]
    swaps = open_swaps(held) if held else []
    others = [*(each.shift.event for each in offers), *(each.event for each in own.waiting)]
    events = {event.id: event for event in [*own.events, *others]}
    standing_by = set(db.session.scalars(select(Standby.event_id).where(Standby.person_id == person.id)))
    return OwnCover(
        offers,
        [swap for swap in swaps if swap.theirs.person_id == person.id],
        [swap for swap in swaps if swap.mine.person_id == person.id],
        [event for event in events.values() if event.id in standing_by],
        [event for event in events.values() if event.id not in standing_by],
        frozenset(event.id for event in own.events if volunteer_policy_of(event).asks_to_confirm),
        _looked_for(own),
    )


def offer_of(person: Person, offer_id: int) -> CoverOffer | None:
    """The offer, if it was made to this person."""
    offer = db.session.get(CoverOffer, offer_id)
    return offer if offer is not None and offer.person_id == person.id else None


def swap_of(person: Person, swap_id: int) -> Swap | None:
    """The swap, if this person asked or was asked."""
    swap = db.session.get(Swap, swap_id)
    return swap if swap is not None and person.id in (swap.mine.person_id, swap.theirs.person_id) else None


def place_with(sign_up: SignUp, other_id: int) -> SignUp | None:
    """Someone else's spot at the same event."""
    row = db.session.get(SignUp, other_id)
    is_other = row is not None and row.event_id == sign_up.event_id and row.person_id != sign_up.person_id
    return row if row is not None and is_other and row.state in HOLDING else None


def _own_offer(offer: CoverOffer, now: datetime) -> OwnOffer:
    shift = offer.search.shift
    times = times_now(shift, now)
    return OwnOffer(offer, shift, times, offer.expires_at >= (times.starts_at or shift.starts_at))


def _looked_for(own: Own) -> frozenset[int]:
    """Of those who cannot come: for whom the search continues."""
    events = {each.sign_up.event_id for each in own.shifts if each.sign_up.wants_cover_at is not None}
    return frozenset(sign_up_id for event_id in events for sign_up_id in looked_for(event_id))


def _place(row: SignUp) -> int:
    queue = [each.id for each in people_waiting(row.shift_id)]
    return queue.index(row.id) + 1
