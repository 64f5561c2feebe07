"""Asking for cover, and answering an offer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.db import db, transaction
from coordinator.events.labels import called

from ..models import (
    HOLDING,
    CoverOffer,
    CoverSearch,
    OfferAnswer,
    SearchOutcome,
    SearchReason,
    Shift,
    SignUp,
    SignUpSource,
    SignUpState,
)
from ..queries.planned import times_now
from ..refusals.leaving import NotOnShift, ShiftHasBegun
from ..refusals.taking import CannotTakeShift
from .locking import locked_shift
from .places import leave
from .recording import place_as_recorded
from .searches import close_search, open_search, wake_searches
from .signing_up import take_shift
from .telling import take_back
from .waves import filled, is_gone, is_not_wanted, place_of


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """The result of an answer to an offer: ``taken``, ``no``, ``too_late``, or ``refused`` with a sentence."""

    outcome: str
    shift: Shift
    sign_up: SignUp | None = None
    refusal: CannotTakeShift | None = None


def ask_for_cover(sign_up: SignUp, *, now: datetime) -> CoverSearch:
    """The person cannot come, keeps the spot, and a search starts at once. Asking again changes nothing.

    Raises NotOnShift, ShiftHasBegun.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(called(shift.role))
        if (times_now(shift, now).starts_at or shift.starts_at) <= now:
            raise ShiftHasBegun(called(shift.role))
        if sign_up.wants_cover_at is None:
            sign_up.wants_cover_at, sign_up.will_come_at = now, None
            _record(shift, "shift.cover_wanted", sign_up, Actor.person(sign_up.person), now)
        _take_back_nobody(sign_up, now)
        return open_search(shift, sign_up, SearchReason.ASKED, now=now)


def come_after_all(sign_up: SignUp, *, now: datetime) -> None:
    """End the search: the person comes after all; people already asked are told. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(called(shift.role))
        if sign_up.wants_cover_at is not None:
            sign_up.wants_cover_at = None
            _record(shift, "shift.cover_not_wanted", sign_up, Actor.person(sign_up.person), now)
        _take_back_nobody(sign_up, now)
        wake_searches(shift, now)


def look_for_somebody(shift: Shift, leaving: SignUp | None, *, actor: Actor, now: datetime) -> CoverSearch:
    """A coordinator wants someone on the shift: to replace ``leaving``, who keeps the spot until then, or in addition.

    The first texts go out in 30 s. Raises NotOnShift if they gave it up themselves.
    """
    with transaction() as session:
        shift = locked_shift(session, shift.id)
        if leaving is None:
            search = open_search(shift, None, SearchReason.SHORT, now=now, after=UNDO)
        else:
            session.refresh(leaving)
            search = _in_place_of(shift, leaving, now)
        _record(shift, "shift.searched", leaving, actor, now)
        return search


def stop_looking(search: CoverSearch, *, actor: Actor, now: datetime) -> None:
    """A coordinator ends the search; people who were asked are told once that nobody is needed."""
    with transaction() as session:
        shift = locked_shift(session, search.shift_id)
        session.refresh(search)
        if search.closed_at is None:
            if search.leaving is not None:
                search.leaving.wants_cover_at = None
            close_search(search, SearchOutcome.CALLED_OFF, now=now)
            _record(shift, "shift.search_ended", search.leaving, actor, now)


def answer_offer(offer: CoverOffer, *, yes: bool, now: datetime, echoed: bool = True) -> OfferOutcome:
    """The first yes takes the spot; repeating it changes nothing. After a no, the next person is asked at once.

    ``echoed``: the caller answers by text. Otherwise whoever takes the spot gets a text that says so.
    """
    with transaction() as session:
        shift = locked_shift(session, offer.search.shift_id)
        session.refresh(offer)
        search = offer.search
        session.refresh(search)
        if not yes:
            return _declined(offer, shift, now)
        if offer.answer == OfferAnswer.YES:
            return OfferOutcome("taken", shift)
        if search.closed_at is not None or _is_not_to_have(search, shift, offer, now):
            offer.answer, offer.answered_at = OfferAnswer.TOO_LATE, now
            return OfferOutcome("too_late", shift)
        answered = _take(offer, search, shift, now)
        if answered.sign_up is not None and not echoed:
            answered.sign_up.notice = "signed-up"
        return answered


def reopen_offer(offer: CoverOffer, *, now: datetime) -> bool:
    """Withdraw a no; False if the spot or the time to answer is gone."""
    with transaction() as session:
        locked_shift(session, offer.search.shift_id)
        session.refresh(offer)
        session.refresh(offer.search)
        if offer.answer != OfferAnswer.NO or offer.search.closed_at is not None or offer.expires_at <= now:
            return False
        offer.answer, offer.answered_at = OfferAnswer.OPEN, None
        _record_offer(offer, "offer.reopened", now)
        return True


def give_back(sign_up: SignUp, *, now: datetime) -> None:
    """Withdraw a yes: someone else is searched for at once. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        leave(sign_up, now=now, source=SignUpSource.TEXT, actor=Actor.person(sign_up.person))
        open_search(shift, sign_up, SearchReason.ASKED, now=now)


def _take_back_nobody(sign_up: SignUp, now: datetime) -> None:
    """Withdraw the text that nobody was found for them, if it has not gone out."""
    found = select(CoverSearch.id).where(
        CoverSearch.leaving_id == sign_up.id, CoverSearch.outcome == SearchOutcome.NOBODY
    )
    for search_id in db.session.scalars(found).all():
        take_back("cover-nobody", str(search_id), now)


def _in_place_of(shift: Shift, leaving: SignUp, now: datetime) -> CoverSearch:
    if leaving.state == SignUpState.NO_SHOW:
        return open_search(shift, leaving, SearchReason.NO_SHOW, now=now, after=UNDO)
    if leaving.state not in HOLDING:
        raise NotOnShift(called(shift.role))
    leaving.wants_cover_at = leaving.wants_cover_at or now
    return open_search(shift, leaving, SearchReason.ASKED, now=now, after=UNDO)


def _declined(offer: CoverOffer, shift: Shift, now: datetime) -> OfferOutcome:
    if offer.answer in (OfferAnswer.OPEN, OfferAnswer.EXPIRED):
        offer.answer, offer.answered_at = OfferAnswer.NO, now
        wake_searches(shift, now)
        _record_offer(offer, "offer.declined", now)
    return OfferOutcome("no", shift)


def _is_not_to_have(search: CoverSearch, shift: Shift, offer: CoverOffer, now: datetime) -> bool:
    """Whether the spot is gone, not wanted, or someone else alone is being asked since this offer expired."""
    if is_not_wanted(search, shift) or is_gone(search, shift):
        wake_searches(shift, now)
        return True
    others = [each for each in search.offers if each.id != offer.id and each.answer == OfferAnswer.OPEN]
    mine_is_over = offer.expires_at <= now
    return mine_is_over and any(now < each.expires_at < shift.starts_at for each in others)


def _take(offer: CoverOffer, search: CoverSearch, shift: Shift, now: datetime) -> OfferOutcome:
    try:
        taken = take_shift(shift.id, offer.person, now=now, source=SignUpSource.COVER, giving_up=place_of(search))
    except CannotTakeShift as refusal:
        offer.answer, offer.answered_at = OfferAnswer.NO, now
        wake_searches(shift, now)
        return OfferOutcome("refused", shift, refusal=refusal)
    offer.answer, offer.answered_at = OfferAnswer.YES, now
    filled(search, taken, now=now, source=SignUpSource.COVER)
    return OfferOutcome("taken", shift, taken)


def _record(shift: Shift, verb: str, sign_up: SignUp | None, actor: Actor, now: datetime) -> None:
    record(shift.event, actor, verb, place_as_recorded(sign_up) if sign_up else f"shift:{shift.id}", now=now)


def _record_offer(offer: CoverOffer, verb: str, now: datetime) -> None:
    subject = f"shift:{offer.search.shift_id} person:{offer.person_id}"
    record(offer.search.shift.event, Actor.person(offer.person), verb, subject, now=now)
