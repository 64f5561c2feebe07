"""The jobs' part of a search: wave after wave is asked until somebody takes the place or nobody is left.

Safe with any number of processes: whoever looks holds the shift, and a shift that another holds is passed by.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ...core.cover import Asked, Candidate, Mode, Source, Wave, chosen, next_wave
from ...core.rules import UNDO
from ...db import db, transaction
from ...events.models import Event
from ...events.queries import awake_at
from ...people.models import Person
from ...shownight.actions import By
from ...web import spoken
from ..models import HOLDING, WORKED, CoverOffer, CoverSearch, Shift, SignUp
from ..queries import (
    candidates_for,
    filling_of,
    house_rule_of,
    objections_to,
    open_searches,
    places_taken,
    searches_due,
    times_now,
    who_cannot_be_told,
)
from ..refusals import CannotTakeShift
from .locking import free_shift
from .searches import close_search, keeps_place, take_coming_as_yes
from .signing_up import leave, take_shift
from .telling import tell

A_MINUTE = timedelta(minutes=1)
People = dict[int, tuple[Person, list[Candidate]]]


def next_waves(now: datetime) -> int:
    """Look at every search that is due: ask the next, let the waitlist move up, or end it. How many were looked at.

    One that fails stops no other; what was wrong with the first of them is raised at the end.
    """
    looked, failures = 0, []
    for search_id, shift_id in searches_due(now):
        try:
            looked += _look_once(search_id, shift_id, now)
        except Exception as failure:  # whatever it is, the other places must be filled
            failures.append(failure)
    if failures:
        raise failures[0]
    return looked


def filled(search: CoverSearch, taken: SignUp, *, now: datetime, how: str) -> None:
    """Somebody has the place: whoever kept it until now is free and told so, and the search is over."""
    leaving = search.leaving
    if leaving is not None and leaving.state in HOLDING and leaving.id != taken.id:
        leave(leaving, now=now, how=how, by=By(leaving.person.name))
        tell("cover-found", search.shift, leaving.person, now=now, key=str(search.id), name=taken.person.first_name)
    close_search(search, "filled", now=now)


def place_of(search: CoverSearch) -> list[SignUp]:
    """The sign-up that no longer counts once somebody takes the place."""
    return [search.leaving] if search.leaving is not None and keeps_place(search) else []


def is_gone(search: CoverSearch, shift: Shift) -> bool:
    """Whether the place that is looked for has been taken by somebody else."""
    if keeps_place(search):
        return False
    free = [each.id for each in open_searches(shift.id) if not keeps_place(each)]
    return free.index(search.id) >= shift.max - places_taken(shift.id)


def is_not_wanted(search: CoverSearch, shift: Shift) -> bool:
    """Whether the shift was called off, or whoever was to be covered comes after all or is there."""
    leaving = search.leaving
    if shift.cancelled_at is not None or leaving is None:
        return shift.cancelled_at is not None
    return leaving.state in WORKED or (leaving.state in HOLDING and leaving.wants_cover_at is None)


def _look_once(search_id: int, shift_id: int, now: datetime) -> bool:
    with transaction() as session:
        shift = free_shift(session, shift_id)
        search = next((each for each in open_searches(shift_id) if each.id == search_id), None) if shift else None
        if shift is None or search is None or search.next_wave_at is None or search.next_wave_at > now:
            return False
        _look(search, shift, now)
        return True


def _look(search: CoverSearch, shift: Shift, now: datetime) -> None:
    times = times_now(shift, now)
    take_coming_as_yes(search, now)
    if is_not_wanted(search, shift) or times.starts_at is None or times.ends_at is None:
        close_search(search, "called_off", now=now)
    elif times.ends_at <= now:
        close_search(search, "nobody", now=now)
    elif is_gone(search, shift):
        close_search(search, "filled", now=now)
    elif (asleep_until := _asleep_until(shift.event, now)) is not None:
        search.next_wave_at = asleep_until
    else:
        _ask(search, shift, times.starts_at, times.ends_at, now)


def _asleep_until(event: Event, now: datetime) -> datetime | None:
    """When people may be asked again; None: now. While texts are paused nobody's time to answer runs."""
    if event.texts_paused_at is not None or event.organisation.texts_paused_at is not None:
        return now + A_MINUTE
    wakes_at = awake_at(event, now)
    return wakes_at if wakes_at > now else None


def _ask(search: CoverSearch, shift: Shift, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    for offer in search.offers:
        if offer.answer == "open" and offer.expires_at <= now:
            offer.answer, offer.answered_at = "expired", now
    asked = [Asked(each.person_id, each.offered_at, each.expires_at, each.answer == "open") for each in search.offers]
    filling = filling_of(house_rule_of(shift.event))
    told = next_wave(asked, starts_at=starts_at, ends_at=ends_at, now=now, filling=filling)
    if isinstance(told, datetime):
        search.next_wave_at = told
        return
    people = candidates_for(shift, now, only_waiting=_only_waiting(search, shift))
    wave = _chosen(search, shift, people, told, now)
    if wave and told.mode is Mode.PROMOTE and wave[0].source is Source.WAITLIST:
        _promote(search, shift, people[wave[0].person_id][0], now)
    elif wave:
        _offer(search, shift, [(people[each.person_id][0], each.source) for each in wave], told, now)
    elif any(offer.answer == "open" for each in open_searches(shift.id) for offer in each.offers):
        search.next_wave_at = min(told.next_at, ends_at)  # they may come; or somebody joins the waitlist or stands by
    else:
        close_search(search, "nobody", now=now)
        _tell_leaving(search, shift, starts_at, now)


def _tell_leaving(search: CoverSearch, shift: Shift, starts_at: datetime, now: datetime) -> None:
    """Whoever cannot come and still has the place must not count on us any longer; after the answer to their asking."""
    if search.leaving is not None and keeps_place(search) and starts_at > now + UNDO:
        person, key = search.leaving.person, str(search.id)
        tell("cover-nobody", shift, person, now=now, key=key, useful_until=starts_at, delay=UNDO)


def _only_waiting(search: CoverSearch, shift: Shift) -> bool:
    """A place that somebody left is only for those who wait for it, while the shift has people enough."""
    return search.why == "cancelled" and places_taken(shift.id) >= shift.min


def _chosen(search: CoverSearch, shift: Shift, people: People, wave: Wave, now: datetime) -> list[Candidate]:
    besides = [each.id for each in place_of(search)]
    silent = who_cannot_be_told(person for person, _ in people.values())
    asked_already = {offer.person_id for each in open_searches(shift.id) for offer in each.offers}
    if search.leaving is not None:
        asked_already.add(search.leaving.person_id)

    def fits(each: Candidate) -> bool:
        person = people[each.person_id][0]
        if each.person_id in silent:
            return False
        return not objections_to(shift, person, now, besides=besides, keeps_promises=False)  # it is the search's own

    candidates = [candidate for _, known_as in people.values() for candidate in known_as]
    return chosen(candidates, wave, asked_already=asked_already, fits=fits)


def _promote(search: CoverSearch, shift: Shift, person: Person, now: datetime) -> None:
    try:
        taken = take_shift(shift.id, person, now=now, how="waitlist", giving_up=place_of(search))
    except CannotTakeShift:  # they have taken something else in this very moment: look again, at the next round
        return
    filled(search, taken, now=now, how="waitlist")
    tell("waitlist-up", shift, person, now=now, key=str(search.id), useful_until=shift.starts_at)


def _offer(search: CoverSearch, shift: Shift, wave: list[tuple[Person, Source]], told: Wave, now: datetime) -> None:
    search.wave += 1
    for person, source in wave:
        expires_at = told.answer_until if source is Source.WAITLIST else told.long_until
        offer = CoverOffer(event_id=shift.event_id, search=search, person=person, source=source.value)
        offer.wave, offer.offered_at, offer.expires_at, offer.answer = search.wave, now, expires_at, "open"
        db.session.add(offer)
        db.session.flush()
        until = spoken.clock(expires_at, ZoneInfo(shift.event.zone), person.language)
        until = until if told.size == 1 else ""
        tell("cover-offer", shift, person, now=now, key=str(offer.id), useful_until=expires_at, until=until)
        search.next_wave_at = min(told.next_at, expires_at) if told.size is None else expires_at
