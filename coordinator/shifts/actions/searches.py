"""A search for somebody who takes a place: opened, woken, closed. Whoever does so holds the shift."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from ...db import db
from ...events.models import Event
from ...people.models import Person
from ..models import HOLDING, CoverSearch, Shift, SignUp
from ..queries import open_searches, people_waiting, places_taken
from .telling import take_back, tell

AT_ONCE = timedelta(0)


def open_search(
    shift: Shift, leaving: SignUp | None, why: str, *, now: datetime, after: timedelta = AT_ONCE
) -> CoverSearch:
    """Look for somebody, from ``after`` on: the next look of the jobs asks the first wave.

    ``leaving`` is whose place it is, None for a place that nobody has. ``why`` is cancelled, asked, no_show or short.
    At most one search looks for one place: where there is one already, that one is given back.
    """
    known = _search_for(shift, leaving)
    if known is not None:
        return known
    search = CoverSearch(event_id=shift.event_id, shift_id=shift.id, leaving_id=leaving.id if leaving else None)
    search.why, search.opened_at, search.next_wave_at = why, now, now + after
    db.session.add(search)
    db.session.flush()
    return search


def place_came_free(shift: Shift, leaving: SignUp | None, *, now: datetime, after: timedelta = AT_ONCE) -> None:
    """Look for somebody if anybody waits for the place or the shift is short without it; wake who looks already."""
    wake_searches(shift, now)
    if shift.cancelled_at is None and (people_waiting(shift.id) or places_taken(shift.id) < shift.min):
        open_search(shift, leaving, "cancelled", now=now, after=after)


def places_were_added(shift: Shift, *, now: datetime, after: timedelta = AT_ONCE) -> None:
    """One search for each new place and somebody who waits for it."""
    db.session.flush()
    wanted = min(len(people_waiting(shift.id)), shift.max - places_taken(shift.id))
    for _place in range(wanted - len(searches_for_free_places(shift))):
        search = CoverSearch(event_id=shift.event_id, shift_id=shift.id, why="cancelled", opened_at=now)
        search.next_wave_at = now + after
        db.session.add(search)


def let_waitlists_move_up(event: Event, *, now: datetime) -> None:
    """The same for every shift of the event on which somebody waits, however its places came to be more."""
    waiting = select(SignUp.shift_id).where(SignUp.event_id == event.id, SignUp.state == "waitlisted")
    found = select(Shift).where(Shift.id.in_(waiting), Shift.cancelled_at.is_(None), Shift.ends_at > now)
    for shift in db.session.scalars(found.order_by(Shift.id)).all():
        places_were_added(shift, now=now)


def wake_searches(shift: Shift, now: datetime) -> None:
    """Something about the shift has changed: whoever is looked for on it, look again then, or sooner."""
    found = update(CoverSearch).where(CoverSearch.shift_id == shift.id, CoverSearch.closed_at.is_(None))
    due = found.where(CoverSearch.next_wave_at > now).values(next_wave_at=now)
    db.session.execute(due.execution_options(synchronize_session="fetch"))


def searches_for_free_places(shift: Shift) -> list[CoverSearch]:
    """The open searches for places that nobody has any more."""
    return [search for search in open_searches(shift.id) if not keeps_place(search)]


def keeps_place(search: CoverSearch) -> bool:
    """Whether whoever is to be covered has the place until somebody takes it."""
    return search.leaving is not None and search.leaving.state in HOLDING


def close_search(search: CoverSearch, outcome: str, *, now: datetime) -> None:
    """It is over: filled, called_off or nobody. Who was asked and has not answered is told so, once.

    While somebody else is looked for on the same shift, they may still come for that place.
    """
    search.closed_at, search.outcome, search.next_wave_at = now, outcome, None
    take_coming_as_yes(search, now)
    open_offers = [offer for offer in search.offers if offer.answer == "open"]
    db.session.flush()
    others = open_searches(search.shift_id) if search.shift.cancelled_at is None else []
    if others:
        for offer in open_offers:
            offer.search = others[0]
        others[0].next_wave_at = now
        return
    for offer in open_offers:
        offer.answer, offer.answered_at = "withdrawn", now
        if not take_back("cover-offer", str(offer.id), now) and outcome != "nobody":
            words = "cover-filled" if outcome == "filled" else "cover-off"
            tell(words, search.shift, offer.person, now=now, key=str(offer.id))


def take_coming_as_yes(search: CoverSearch, now: datetime) -> None:
    """Who was asked and has got a place on the shift in another way has said yes: nobody asks or thanks them."""
    db.session.flush()
    held = select(SignUp.person_id).where(SignUp.shift_id == search.shift_id, SignUp.state.in_(HOLDING))
    coming = set(db.session.scalars(held))
    for offer in search.offers:
        if offer.answer == "open" and offer.person_id in coming:
            offer.answer, offer.answered_at = "yes", now
            take_back("cover-offer", str(offer.id), now)


def stop_asking(shift: Shift, person: Person, now: datetime) -> None:
    """The person no longer waits for a place: what they were asked counts as a no, and the next is asked."""
    for offer in [offer for search in open_searches(shift.id) for offer in search.offers]:
        if offer.answer == "open" and offer.person_id == person.id:
            offer.answer, offer.answered_at = "no", now
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
