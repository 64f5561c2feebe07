"""The jobs' part of a search: ask wave after wave until someone takes the spot or nobody is left.

Safe with any number of processes: each locks the shift it looks at, and skips one that another holds.
"""

from datetime import datetime, timedelta

from coordinator.accounts.models import Actor
from coordinator.core.cover import Candidate, Mode, SearchOffer, Source, Wave, chosen, next_wave, wave_for_waiting
from coordinator.core.rules import UNDO
from coordinator.core.show_time import show_day, zone_named
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.queries.installation import everything_is_held
from coordinator.people.models import Person
from coordinator.spoken import in_text

from ..models import (
    HOLDING,
    WORKED,
    CoverOffer,
    CoverSearch,
    OfferAnswer,
    SearchOutcome,
    SearchReason,
    Shift,
    SignUp,
    SignUpSource,
)
from ..queries.planned import places_taken, times_now
from ..queries.roster import objections_to
from ..queries.searching import asked_in_place_of, candidates_for, open_searches, searches_due, who_cannot_be_told
from ..queries.volunteer_policy import filling_of, volunteer_policy_of
from ..refusals.taking import CannotTakeShift
from .locking import free_shift
from .places import leave
from .searches import close_search, keeps_place, take_coming_as_yes
from .signing_up import take_shift
from .telling import tell

A_MINUTE = timedelta(minutes=1)
People = dict[int, tuple[Person, list[Candidate]]]


def next_waves(now: datetime) -> int:
    """Take every due search: ask the next people, let the waitlist move up, or end it. Returns how many.

    One that fails does not stop the others; the first failure is raised at the end.
    """
    looked, failures = 0, []
    for search_id, shift_id in searches_due(now):
        try:
            looked += _look_once(search_id, shift_id, now)
        except Exception as failure:  # whatever it is, the other spots must be filled
            failures.append(failure)
    if failures:
        raise failures[0]
    return looked


def filled(search: CoverSearch, taken: SignUp, *, now: datetime, source: SignUpSource) -> None:
    """Someone has the spot: the person who kept it until now is free and told so, and the search is over."""
    leaving = search.leaving
    if leaving is not None and leaving.state in HOLDING and leaving.id != taken.id:
        leave(leaving, now=now, source=source, actor=Actor.person(leaving.person))
        tell("cover-found", search.shift, leaving.person, now=now, key=str(search.id), name=taken.person.first_name)
    close_search(search, SearchOutcome.FILLED, now=now)


def place_of(search: CoverSearch) -> list[SignUp]:
    """The sign-up that no longer counts once someone takes the place."""
    return [search.leaving] if search.leaving is not None and keeps_place(search) else []


def is_gone(search: CoverSearch, shift: Shift) -> bool:
    """Whether someone else has taken the spot."""
    if keeps_place(search):
        return False
    free = [each.id for each in open_searches(shift.id) if not keeps_place(each)]
    return free.index(search.id) >= shift.max - places_taken(shift.id)


def is_not_wanted(search: CoverSearch, shift: Shift) -> bool:
    """Whether the shift was called off, or the person to be covered comes after all or is there."""
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
        _run_wave(search, shift, now)
        return True


def _run_wave(search: CoverSearch, shift: Shift, now: datetime) -> None:
    times = times_now(shift, now)
    take_coming_as_yes(search, now)
    if is_not_wanted(search, shift) or times.starts_at is None or times.ends_at is None:
        close_search(search, SearchOutcome.CALLED_OFF, now=now)
    elif times.ends_at <= now:
        close_search(search, SearchOutcome.NOBODY, now=now)
    elif is_gone(search, shift):
        close_search(search, SearchOutcome.FILLED, now=now)
    elif (asleep_until := _asleep_until(shift.event, now)) is not None:
        search.next_wave_at = asleep_until
    else:
        _ask(search, shift, times.starts_at, times.ends_at, now)


def _asleep_until(event: Event, now: datetime) -> datetime | None:
    """When people may be asked again; None: now. While texts are paused, nobody's time to answer runs."""
    paused = event.texts_paused_at is not None or event.organisation.texts_paused_at is not None
    if paused or everything_is_held():
        return now + A_MINUTE
    wakes_at = awake_at(event, now)
    return wakes_at if wakes_at > now else None


def _ask(search: CoverSearch, shift: Shift, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    for offer in search.offers:
        if offer.answer == OfferAnswer.OPEN and offer.expires_at <= now:
            offer.answer, offer.answered_at = OfferAnswer.EXPIRED, now
    found = _next(search, shift, starts_at, ends_at, now)
    if isinstance(found, datetime):
        search.next_wave_at = found
        return
    told, people, wave = found
    if wave and told.mode is Mode.PROMOTE and wave[0].source is Source.WAITLIST:
        _promote(search, shift, people[wave[0].person_id][0], now)
    elif wave:
        _offer(search, shift, [(people[each.person_id][0], each.source) for each in wave], told, now)
    elif any(offer.answer == OfferAnswer.OPEN for each in open_searches(shift.id) for offer in each.offers):
        search.next_wave_at = min(told.next_at, ends_at)  # they may come, or someone joins the waitlist or standby
    else:
        close_search(search, SearchOutcome.NOBODY, now=now)
        _tell_leaving(search, shift, starts_at, now)


def _next(
    search: CoverSearch, shift: Shift, starts_at: datetime, ends_at: datetime, now: datetime
) -> tuple[Wave, People, list[Candidate]] | datetime:
    """The next wave and whom it asks, or until when to wait for answers. The waitlist is not kept waiting."""
    asked = [_as_asked(each) for each in search.offers]
    filling = filling_of(volunteer_policy_of(shift.event))
    told = next_wave(asked, starts_at=starts_at, ends_at=ends_at, now=now, filling=filling)
    if isinstance(told, Wave):
        people = candidates_for(
            shift, now, only_waiting=_only_waiting(search, shift), is_wanted=search.why != SearchReason.CANCELLED
        )
        return told, people, _chosen(search, shift, people, told, now)
    besides = wave_for_waiting(asked, starts_at=starts_at, ends_at=ends_at, now=now, filling=filling)
    if besides is not None:
        people = candidates_for(shift, now, only_waiting=True)
        if wave := _chosen(search, shift, people, besides, now):
            return besides, people, wave
    return told


def _as_asked(offer: CoverOffer) -> SearchOffer:
    is_open, is_waiting = offer.answer == OfferAnswer.OPEN, offer.source == Source.WAITLIST
    return SearchOffer(offer.person_id, offer.offered_at, offer.expires_at, is_open, is_waiting)


def _tell_leaving(search: CoverSearch, shift: Shift, starts_at: datetime, now: datetime) -> None:
    """Tell the person who cannot come and still has the spot not to rely on us; after the reply to their request."""
    wants_to_know = search.why != SearchReason.WAITED  # else they have been told before
    if search.leaving is not None and wants_to_know and keeps_place(search) and starts_at > now + UNDO:
        person, key = search.leaving.person, str(search.id)
        tell("cover-nobody", shift, person, now=now, key=key, useful_until=starts_at, delay=UNDO)


def _only_waiting(search: CoverSearch, shift: Shift) -> bool:
    """A spot given up is only for the waitlist, as long as the shift has enough people."""
    is_given_up = search.why == SearchReason.CANCELLED
    return search.why == SearchReason.WAITED or (is_given_up and places_taken(shift.id) >= shift.min)


def _chosen(search: CoverSearch, shift: Shift, people: People, wave: Wave, now: datetime) -> list[Candidate]:
    besides = [each.id for each in place_of(search)]
    silent = who_cannot_be_told(person for person, _ in people.values())
    asked_already = {offer.person_id for each in open_searches(shift.id) for offer in each.offers}
    if search.leaving is not None:
        asked_already.add(search.leaving.person_id)
    if search.why == SearchReason.WAITED and search.leaving_id is not None:
        asked_already |= asked_in_place_of(search.leaving_id)

    def fits(each: Candidate) -> bool:
        person = people[each.person_id][0]
        if each.person_id in silent:
            return False
        return not objections_to(shift, person, now, besides=besides, keeps_promises=False)  # it is the search's own

    candidates = [candidate for _, known_as in people.values() for candidate in known_as]
    return chosen(candidates, wave, asked_already=asked_already, fits=fits)


def _promote(search: CoverSearch, shift: Shift, person: Person, now: datetime) -> None:
    try:
        taken = take_shift(shift.id, person, now=now, source=SignUpSource.WAITLIST, giving_up=place_of(search))
    except CannotTakeShift:  # they have just taken something else: look again in the next round
        return
    filled(search, taken, now=now, source=SignUpSource.WAITLIST)
    tell("waitlist-up", shift, person, now=now, key=str(search.id), useful_until=shift.starts_at)


def _limit(shift: Shift, until: datetime, told: Wave) -> datetime:
    """Whoever is asked alone need not answer at night: nobody else would be asked before the morning."""
    return max(until, min(awake_at(shift.event, until), shift.starts_at - A_MINUTE)) if told.size == 1 else until


def _said(event: Event, language: str, until: datetime, now: datetime) -> str:
    """The time, and its day where that is not today."""
    says, zone = in_text(event.zone, language), zone_named(event.zone)
    is_today = show_day(until, zone) == show_day(now, zone)
    return says.clock(until) if is_today else f"{says.clock(until)}, {says.day(until)}"


def _offer(search: CoverSearch, shift: Shift, wave: list[tuple[Person, Source]], told: Wave, now: datetime) -> None:
    search.wave += 1
    for person, source in wave:
        expires_at = _limit(shift, told.answer_until if source is Source.WAITLIST else told.long_until, told)
        offer = CoverOffer(event_id=shift.event_id, search=search, person=person, source=source.value)
        offer.wave, offer.offered_at, offer.expires_at, offer.answer = search.wave, now, expires_at, OfferAnswer.OPEN
        db.session.add(offer)
        db.session.flush()
        until = _said(shift.event, person.language, expires_at, now) if told.size == 1 else ""
        tell("cover-offer", shift, person, now=now, key=str(offer.id), useful_until=expires_at, until=until)
        search.next_wave_at = min(told.next_at, expires_at) if told.size is None else expires_at
