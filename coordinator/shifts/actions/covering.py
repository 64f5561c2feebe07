"""Asking for cover, and answering when one is asked to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ...core.rules import UNDO
from ...db import db, transaction
from ...shownight.actions import By
from ..models import HOLDING, CoverOffer, CoverSearch, Shift, SignUp
from ..queries import times_now
from ..refusals import CannotTakeShift, NotOnShift, ShiftHasBegun
from .locking import locked_shift
from .recording import record_plan
from .searches import close_search, open_search, wake_searches
from .signing_up import leave, take_shift
from .telling import take_back
from .waves import filled, is_gone, is_not_wanted, place_of


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer to an offer: ``taken``, ``no``, ``too_late``, or ``refused`` with a sentence."""

    outcome: str
    shift: Shift
    sign_up: SignUp | None = None
    refusal: CannotTakeShift | None = None


def ask_for_cover(sign_up: SignUp, *, now: datetime) -> CoverSearch:
    """The person cannot come, keeps the place, and somebody is looked for at once. Asking again changes nothing.

    Raises NotOnShift, ShiftHasBegun.
    """
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(shift.role.name)
        if (times_now(shift, now).starts_at or shift.starts_at) <= now:
            raise ShiftHasBegun(shift.role.name)
        if sign_up.wants_cover_at is None:
            sign_up.wants_cover_at, sign_up.will_come_at = now, None
            _record(shift, "shift.cover_wanted", sign_up, By(sign_up.person.name), now)
        _take_back_nobody(sign_up, now)
        return open_search(shift, sign_up, "asked", now=now)


def come_after_all(sign_up: SignUp, *, now: datetime) -> None:
    """Nobody need be looked for any more; whoever was asked already is told so. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        if sign_up.state not in HOLDING:
            raise NotOnShift(shift.role.name)
        if sign_up.wants_cover_at is not None:
            sign_up.wants_cover_at = None
            _record(shift, "shift.cover_not_wanted", sign_up, By(sign_up.person.name), now)
        _take_back_nobody(sign_up, now)
        wake_searches(shift, now)


def look_for_somebody(shift: Shift, leaving: SignUp | None, *, by: By, now: datetime) -> CoverSearch:
    """A coordinator wants somebody on the shift: in place of ``leaving``, who keeps the place until then, or besides.

    The first texts leave in 30 s. Raises NotOnShift when they gave it up themselves.
    """
    with transaction() as session:
        shift = locked_shift(session, shift.id)
        if leaving is None:
            search = open_search(shift, None, "short", now=now, after=UNDO)
        else:
            session.refresh(leaving)
            search = _in_place_of(shift, leaving, now)
        _record(shift, "shift.searched", leaving, by, now)
        return search


def stop_looking(search: CoverSearch, *, by: By, now: datetime) -> None:
    """A coordinator ends the search; whoever was asked is told once that nobody is needed."""
    with transaction() as session:
        shift = locked_shift(session, search.shift_id)
        session.refresh(search)
        if search.closed_at is None:
            if search.leaving is not None:
                search.leaving.wants_cover_at = None
            close_search(search, "called_off", now=now)
            _record(shift, "shift.search_ended", search.leaving, by, now)


def answer_offer(offer: CoverOffer, *, yes: bool, now: datetime) -> Answered:
    """The first yes takes the place; saying so again changes nothing. A no lets the next be asked at once."""
    with transaction() as session:
        shift = locked_shift(session, offer.search.shift_id)
        session.refresh(offer)
        search = offer.search
        session.refresh(search)
        if not yes:
            return _declined(offer, shift, now)
        if offer.answer == "yes":
            return Answered("taken", shift)
        if search.closed_at is not None or _is_not_to_have(search, shift, offer, now):
            offer.answer, offer.answered_at = "too_late", now
            return Answered("too_late", shift)
        return _take(offer, search, shift, now)


def reopen_offer(offer: CoverOffer, *, now: datetime) -> bool:
    """A no was not meant; False when the place or the time to answer is gone."""
    with transaction() as session:
        locked_shift(session, offer.search.shift_id)
        session.refresh(offer)
        session.refresh(offer.search)
        if offer.answer != "no" or offer.search.closed_at is not None or offer.expires_at <= now:
            return False
        offer.answer, offer.answered_at = "open", None
        return True


def give_back(sign_up: SignUp, *, now: datetime) -> None:
    """A place just taken was not meant: somebody else is looked for at once. Raises NotOnShift."""
    with transaction() as session:
        shift = locked_shift(session, sign_up.shift_id)
        session.refresh(sign_up)
        leave(sign_up, now=now, how="text", by=By(sign_up.person.name))
        open_search(shift, sign_up, "asked", now=now)


def _take_back_nobody(sign_up: SignUp, now: datetime) -> None:
    """That nobody was found for them is no news any more, if it has not left."""
    found = select(CoverSearch.id).where(CoverSearch.leaving_id == sign_up.id, CoverSearch.outcome == "nobody")
    for search_id in db.session.scalars(found).all():
        take_back("cover-nobody", str(search_id), now)


def _in_place_of(shift: Shift, leaving: SignUp, now: datetime) -> CoverSearch:
    if leaving.state == "no_show":
        return open_search(shift, leaving, "no_show", now=now, after=UNDO)
    if leaving.state not in HOLDING:
        raise NotOnShift(shift.role.name)
    leaving.wants_cover_at = leaving.wants_cover_at or now
    return open_search(shift, leaving, "asked", now=now, after=UNDO)


def _declined(offer: CoverOffer, shift: Shift, now: datetime) -> Answered:
    if offer.answer in ("open", "expired"):
        offer.answer, offer.answered_at = "no", now
        wake_searches(shift, now)
    return Answered("no", shift)


def _is_not_to_have(search: CoverSearch, shift: Shift, offer: CoverOffer, now: datetime) -> bool:
    """Whether the place is gone, not wanted, or somebody else is asked alone since this one's time was over."""
    if is_not_wanted(search, shift) or is_gone(search, shift):
        wake_searches(shift, now)
        return True
    others = [each for each in search.offers if each.id != offer.id and each.answer == "open"]
    mine_is_over = offer.expires_at <= now
    return mine_is_over and any(now < each.expires_at < shift.starts_at for each in others)


def _take(offer: CoverOffer, search: CoverSearch, shift: Shift, now: datetime) -> Answered:
    try:
        taken = take_shift(shift.id, offer.person, now=now, how="cover", giving_up=place_of(search))
    except CannotTakeShift as refusal:
        offer.answer, offer.answered_at = "no", now
        wake_searches(shift, now)
        return Answered("refused", shift, refusal=refusal)
    offer.answer, offer.answered_at = "yes", now
    filled(search, taken, now=now, how="cover")
    return Answered("taken", shift, taken)


def _record(shift: Shift, what: str, sign_up: SignUp | None, by: By, now: datetime) -> None:
    record_plan(shift.event, what, f"shift:{shift.id}" + (f" person:{sign_up.person_id}" if sign_up else ""), by, now)
