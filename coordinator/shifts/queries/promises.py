"""Free spots that are not open to everyone: someone on the waitlist comes first."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select

from coordinator.core.cover import Mode, mode_of
from coordinator.db import db
from coordinator.people.models import Person

from ..models import HOLDING, CoverOffer, CoverSearch, Shift, SignUp, SignUpState, VolunteerPolicy
from .volunteer_policy import default_volunteer_policy, filling_of


def promised_to_others(shift_ids: Collection[int], person: Person | None, now: datetime) -> dict[int, int]:
    """For each shift, how many free spots this person may not have, before it starts.

    These are spots offered to one person at a time, and spots that the waitlist is about to get: at night and while
    texts are paused nobody is asked, and nobody may jump the queue meanwhile.
    """
    searches = _searches_for_free_places(shift_ids)
    promised: Counter[int] = Counter()
    for rows in searches.values():
        offered = [row for row in rows if row.answer == "open" and row.source == "waitlist" and row.expires_at > now]
        alone = [row for row in offered if row.expires_at < row.starts_at]
        promised[rows[0].shift_id] += sum(person is None or row.person_id != person.id for row in alone)
    return dict(+(promised + _promised_to_queues(searches, person, now)))


def _searches_for_free_places(shift_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """The open searches for free spots, by id, each with a row for everyone who was asked, or one."""
    leaving = select(SignUp.id).where(SignUp.shift_id.in_(shift_ids), SignUp.state.in_(HOLDING))
    found = (
        select(CoverSearch.id, CoverSearch.shift_id, CoverSearch.leaving_id, Shift.starts_at, VolunteerPolicy)
        .add_columns(CoverOffer.person_id, CoverOffer.answer, CoverOffer.source, CoverOffer.expires_at)
        .join(Shift, Shift.id == CoverSearch.shift_id)
        .outerjoin(VolunteerPolicy, VolunteerPolicy.event_id == CoverSearch.event_id)
        .outerjoin(CoverOffer, CoverOffer.search_id == CoverSearch.id)
        .where(CoverSearch.shift_id.in_(shift_ids), CoverSearch.closed_at.is_(None))
        .where(or_(CoverSearch.leaving_id.is_(None), CoverSearch.leaving_id.not_in(leaving)))
    )
    searches: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(found):
        searches.setdefault(row.id, []).append(row)
    return searches


def _promised_to_queues(searches: Mapping[int, list[Row[Any]]], person: Person | None, now: datetime) -> Counter[int]:
    """One spot for each search that asks nobody now, as far as people wait for it whom none of them has asked.

    People on the shift's waitlist may have it.
    """
    idle = Counter(rows[0].shift_id for rows in searches.values() if _is_about_to_ask(rows, now))
    if not idle:
        return idle
    every = [row for rows in searches.values() for row in rows]
    asked = {(row.shift_id, row.person_id) for row in every}
    left = {row.leaving_id for row in every}
    waiting = select(SignUp.id, SignUp.shift_id, SignUp.person_id).where(SignUp.state == SignUpState.WAITLISTED)
    rows = db.session.execute(waiting.where(SignUp.shift_id.in_(idle))).all()
    queues = Counter(row.shift_id for row in rows if (row.shift_id, row.person_id) not in asked and row.id not in left)
    own = {row.shift_id for row in rows if person is not None and row.person_id == person.id}
    return Counter({shift_id: min(idle[shift_id], queues[shift_id]) for shift_id in idle.keys() - own})


def _is_about_to_ask(rows: Sequence[Row[Any]], now: datetime) -> bool:
    """Whether nobody is asked now for this spot, and it does not go to the fastest yet."""
    filling = filling_of(rows[0].VolunteerPolicy or default_volunteer_policy())
    is_asking = any(row.answer == "open" and row.expires_at > now for row in rows)
    return not is_asking and mode_of(rows[0].starts_at - now, filling) is not Mode.FASTEST
