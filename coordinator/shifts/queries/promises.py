"""Free places that are not everybody's to have: somebody who waits for them comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select

from ...core.cover import Mode, mode_of
from ...db import db
from ...people.models import Person
from ..models import HOLDING, CoverOffer, CoverSearch, HouseRule, Shift, SignUp
from .house import default_house_rule, filling_of


def promised_to_others(shift_ids: Collection[int], person: Person | None, now: datetime) -> dict[int, int]:
    """By shift, how many free places are not for this person to have, before it begins.

    They are those that one person at a time is asked for, and those that the waitlist is about to have: at night and
    while texts are paused nobody is asked, and nobody shall pass the queue by meanwhile.
    """
    searches = _searches_for_free_places(shift_ids)
    promised: Counter[int] = Counter()
    for rows in searches.values():
        offered = [row for row in rows if row.answer == "open" and row.source == "waitlist" and row.expires_at > now]
        alone = [row for row in offered if row.expires_at < row.starts_at]
        promised[rows[0].shift_id] += sum(person is None or row.person_id != person.id for row in alone)
    return dict(+(promised + _promised_to_queues(searches, person, now)))


def _searches_for_free_places(shift_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """The open searches for places that nobody has, by id, each with a row for everybody who was asked, or one."""
    leaving = select(SignUp.id).where(SignUp.shift_id.in_(shift_ids), SignUp.state.in_(HOLDING))
    found = (
        select(CoverSearch.id, CoverSearch.shift_id, CoverSearch.leaving_id, Shift.starts_at, HouseRule)
        .add_columns(CoverOffer.person_id, CoverOffer.answer, CoverOffer.source, CoverOffer.expires_at)
        .join(Shift, Shift.id == CoverSearch.shift_id)
        .outerjoin(HouseRule, HouseRule.event_id == CoverSearch.event_id)
        .outerjoin(CoverOffer, CoverOffer.search_id == CoverSearch.id)
        .where(CoverSearch.shift_id.in_(shift_ids), CoverSearch.closed_at.is_(None))
        .where(or_(CoverSearch.leaving_id.is_(None), CoverSearch.leaving_id.not_in(leaving)))
    )
    searches: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(found):
        searches.setdefault(row.id, []).append(row)
    return searches


def _promised_to_queues(searches: Mapping[int, list[Row[Any]]], person: Person | None, now: datetime) -> Counter[int]:
    """One place for each search that asks nobody, as far as people wait for it whom none of them has asked.

    Whoever waits for the shift themselves may have it.
    """
    idle = Counter(rows[0].shift_id for rows in searches.values() if _is_about_to_ask(rows, now))
    if not idle:
        return idle
    every = [row for rows in searches.values() for row in rows]
    asked = {(row.shift_id, row.person_id) for row in every}
    left = {row.leaving_id for row in every}
    waiting = select(SignUp.id, SignUp.shift_id, SignUp.person_id).where(SignUp.state == "waitlisted")
    rows = db.session.execute(waiting.where(SignUp.shift_id.in_(idle))).all()
    queues = Counter(row.shift_id for row in rows if (row.shift_id, row.person_id) not in asked and row.id not in left)
    own = {row.shift_id for row in rows if person is not None and row.person_id == person.id}
    return Counter({shift_id: min(idle[shift_id], queues[shift_id]) for shift_id in idle.keys() - own})


def _is_about_to_ask(rows: Sequence[Row[Any]], now: datetime) -> bool:
    """Whether nobody is asked now for this place, and it is not yet for the fastest."""
    filling = filling_of(rows[0].HouseRule or default_house_rule())
    is_asking = any(row.answer == "open" and row.expires_at > now for row in rows)
    return not is_asking and mode_of(rows[0].starts_at - now, filling) is not Mode.FASTEST
