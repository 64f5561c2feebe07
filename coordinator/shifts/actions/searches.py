"""A search for someone to take a spot: opened, woken, closed. The caller has locked the shift."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update

from coordinator.db import db
from coordinator.events.models import Event
from coordinator.people.models import Person

from ..models import HOLDING, CoverSearch, OfferAnswer, SearchOutcome, SearchReason, Shift, SignUp, SignUpState
from ..queries.objections import people_waiting
from ..queries.planned import places_taken
from ..queries.searching import open_searches
from .telling import take_back, tell

AT_ONCE = timedelta(0)


def open_search(
    shift: Shift, leaving: SignUp | None, why: SearchReason, *, now: datetime, after: timedelta = AT_ONCE
) -> CoverSearch:
    """Search for someone, from ``after`` on: the jobs' next look asks the first wave.

    ``leaving`` is whose spot it is, None for a free spot. There is at most one search for one spot: an existing one is
    returned; one for the waitlist alone goes on to everybody else when the person asks again.
    """
    known = _search_for(shift, leaving)
    if known is not None:
        if known.why == SearchReason.WAITED and why != SearchReason.WAITED:
            known.why, known.next_wave_at = why, now + after
        return known
    search = CoverSearch(event_id=shift.event_id, shift_id=shift.id, leaving_id=leaving.id if leaving else None)
    search.why, search.opened_at, search.next_wave_at = why, now, now + after
    db.session.add(search)
    db.session.flush()
    return search


def place_came_free(shift: Shift, leaving: SignUp | None, *, now: datetime, after: timedelta = AT_ONCE) -> None:
    """Search for someone if anyone waits for the spot or the shift is short without it; wake existing searches."""
    wake_searches(shift, now)
    if shift.cancelled_at is None and (people_waiting(shift.id) or places_taken(shift.id) < shift.min):
        open_search(shift, leaving, SearchReason.CANCELLED, now=now, after=after)


def someone_waits(shift: Shift, now: datetime) -> None:
    """Somebody has joined the waitlist: offer them at once what someone on the shift wants to be covered."""
    wanting = select(SignUp).where(SignUp.shift_id == shift.id, SignUp.state == SignUpState.CONFIRMED)
    for leaving in db.session.scalars(wanting.where(SignUp.wants_cover_at.is_not(None)).order_by(SignUp.id)).all():
        open_search(shift, leaving, SearchReason.WAITED, now=now)
    wake_searches(shift, now)


def places_were_added(shift: Shift, *, now: datetime, after: timedelta = AT_ONCE) -> None:
    """Open one search for each new spot that someone waits for."""
    db.session.flush()
    wanted = min(len(people_waiting(shift.id)), shift.max - places_taken(shift.id))
    for _place in range(wanted - len(searches_for_free_places(shift))):
        search = CoverSearch(event_id=shift.event_id, shift_id=shift.id, why=SearchReason.CANCELLED, opened_at=now)
        search.next_wave_at = now + after
        db.session.add(search)


def let_waitlists_move_up(event: Event, *, now: datetime) -> None:
    """The same for every waitlisted shift of the event, whatever added spots to it."""
    waiting = select(SignUp.shift_id).where(SignUp.event_id == event.id, SignUp.state == SignUpState.WAITLISTED)
    found = select(Shift).where(Shift.id.in_(waiting), Shift.cancelled_at.is_(None), Shift.ends_at > now)
    for shift in db.session.scalars(found.order_by(Shift.id)).all():
        places_were_added(shift, now=now)


def wake_searches(shift: Shift, now: datetime) -> None:
    """Something about the shift has changed: let its searches look again then, or sooner."""
    wake_searches_of([shift.id], now)


def wake_searches_of(shift_ids: Collection[int], now: datetime) -> None:
    """The same for several shifts."""
    found = update(CoverSearch).where(CoverSearch.shift_id.in_(shift_ids), CoverSearch.closed_at.is_(None))
    due = found.where(CoverSearch.next_wave_at > now).values(next_wave_at=now)
    db.session.execute(due.execution_options(synchronize_session="fetch"))


def searches_for_free_places(shift: Shift) -> list[CoverSearch]:
    """The open searches for spots that nobody has anymore."""
    return [search for search in open_searches(shift.id) if not keeps_place(search)]


def keeps_place(search: CoverSearch) -> bool:
    """Whether the person to be covered keeps the spot until someone takes it."""
    return search.leaving is not None and search.leaving.state in HOLDING


def close_search(search: CoverSearch, outcome: SearchOutcome, *, now: datetime) -> None:
    """Close it: filled, called_off or nobody. People who were asked and have not answered are told so, once.

    If another search for the same shift is open, they are moved to it.
    """
    search.closed_at, search.outcome, search.next_wave_at = now, outcome, None
    take_coming_as_yes(search, now)
    open_offers = [offer for offer in search.offers if offer.answer == OfferAnswer.OPEN]
    db.session.flush()
    others = open_searches(search.shift_id) if search.shift.cancelled_at is None else []
    if others:
        for offer in open_offers:
            offer.search = others[0]
        others[0].next_wave_at = now
        return
    for offer in open_offers:
        offer.answer, offer.answered_at = OfferAnswer.WITHDRAWN, now
        if not take_back("cover-offer", str(offer.id), now) and outcome != SearchOutcome.NOBODY:
            words = "cover-filled" if outcome == SearchOutcome.FILLED else "cover-off"
            tell(words, search.shift, offer.person, now=now, key=str(offer.id))


def take_coming_as_yes(search: CoverSearch, now: datetime) -> None:
    """Someone who was asked and got a spot on the shift in another way has said yes: don't ask or thank them."""
    db.session.flush()
    held = select(SignUp.person_id).where(SignUp.shift_id == search.shift_id, SignUp.state.in_(HOLDING))
    coming = set(db.session.scalars(held))
    for offer in search.offers:
        if offer.answer == OfferAnswer.OPEN and offer.person_id in coming:
            offer.answer, offer.answered_at = OfferAnswer.YES, now
            take_back("cover-offer", str(offer.id), now)


def stop_asking(shift: Shift, person: Person, now: datetime) -> None:
    """The person no longer waits for a spot: their open offers count as a no, and the next person is asked."""
    for offer in [offer for search in open_searches(shift.id) for offer in search.offers]:
        if offer.answer == OfferAnswer.OPEN and offer.person_id == person.id:
            offer.answer, offer.answered_at = OfferAnswer.NO, now
            take_back("cover-offer", str(offer.id), now)
    wake_searches(shift, now)


def _search_for(shift: Shift, leaving: SignUp | None) -> CoverSearch | None:
    db.session.flush()
    searches = open_searches(shift.id)
    if leaving is not None and (own := [each for each in searches if each.leaving_id == leaving.id]):
        return own[0]
    if leaving is not None and leaving.state in HOLDING:
        return None
    free = [each for each in searches if not keeps_place(each)]
    return free[0] if free and len(free) >= shift.max - places_taken(shift.id) else None
