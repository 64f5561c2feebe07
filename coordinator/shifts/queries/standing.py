"""Somebody and a shift as the rules of volunteering see them, read from the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ...core.cover import HouseRules, Objection, Post, Stint, Volunteer, objections
from ...core.show_time import zone_named
from ...db import db
from ...events.models import Event
from ...lineup.models import Act, ActMember, Slot
from ...people.models import Person
from ..models import HOLDING, CoverOffer, CoverSearch, HouseRule, Shift, SignUp
from .planned import times_now

AROUND = timedelta(days=2)  # what lies further from a shift can neither clash with it nor shorten a rest
WORKED = ("checked_in", "done")


def house_rule_of(event: Event) -> HouseRule:
    """What the event asks of its volunteers; the defaults, in no database, where nobody has changed them."""
    return db.session.get(HouseRule, event.id) or default_house_rule(event.id)


def default_house_rule(event_id: int | None = None) -> HouseRule:
    """What is asked where nobody has said otherwise; in no database."""
    columns = HouseRule.__table__.columns
    fixed = {column.key: column.default.arg for column in columns if column.default is not None}
    return HouseRule(event_id=event_id, **fixed)


def objections_to(
    shift: Shift, person: Person, now: datetime, *, besides: Collection[int] = (), keeps_promises: bool = True
) -> list[Objection]:
    """Everything that stands against this person taking this shift, the gravest first; the one place that knows.

    ``besides``: ids of sign-ups that are given up for it, as in a swap. ``keeps_promises``: a free place that is being
    offered to somebody of the waitlist counts as taken, until they have answered or their time is over.
    """
    event = shift.event
    rules = rules_for(event, house_rule_of(event))
    volunteer, post = volunteer_of(person, shift, besides), post_of(shift, now, besides)
    if keeps_promises and post.taken < post.places:
        post = replace(post, taken=post.taken + _promised_to_others(shift, person, now))
    return objections(post, volunteer, rules)


def rules_for(event: Event, row: HouseRule) -> HouseRules:
    """The same as the core's value."""
    return HouseRules(zone_named(event.zone), event.date, row.walking, row.rest, row.longest, row.minors_until)


def post_of(shift: Shift, now: datetime, besides: Collection[int] = ()) -> Post:
    """The shift as it is asked about: at its planned time, but over only when it is as the show runs."""
    held = select(SignUp.person_id).where(SignUp.shift_id == shift.id, SignUp.state.in_(HOLDING))
    people = db.session.scalars(held.where(SignUp.id.not_in(besides))).all()
    role, ends_at = shift.role, times_now(shift, now).ends_at
    experienced = len(who_has_worked(people, shift.event.organisation_id)) if role.never_alone else 0
    return Post(
        _stint(shift),
        places=shift.max,
        taken=len(people),
        skills=frozenset(role.skills),
        minimum_age=role.minimum_age,
        never_alone=role.never_alone,
        experienced=experienced,
        is_called_off=shift.cancelled_at is not None,
        is_over=ends_at is None or ends_at <= now,
    )


def volunteer_of(person: Person, shift: Shift, besides: Collection[int] = ()) -> Volunteer:
    """The person with all they do around the time of the shift, but for the shift itself."""
    sign_ups = _sign_ups_around(person, shift)
    others = [sign_up.shift for sign_up in sign_ups if sign_up.shift_id != shift.id and sign_up.id not in besides]
    return Volunteer(
        stints=[*map(_stint, others), *_sets_around(person, shift)],
        skills=frozenset(person.skills),
        born_on=person.born_on,
        is_first_timer=shift.role.never_alone and not who_has_worked([person.id], person.organisation_id),
        is_on_it=any(sign_up.shift_id == shift.id for sign_up in sign_ups),
    )


def who_has_worked(people: Collection[int], organisation_id: int) -> set[int]:
    """Those of these people who have been there for a shift of the organisation before, at any of its events."""
    found = (
        select(SignUp.person_id)
        .join(Event, Event.id == SignUp.event_id)
        .where(SignUp.person_id.in_(people), SignUp.state.in_(WORKED), Event.organisation_id == organisation_id)
    )
    return set(db.session.scalars(found.distinct())) if people else set()


def people_waiting(shift_id: int) -> Sequence[SignUp]:
    """The waitlist of a shift, first come first."""
    found = select(SignUp).where(SignUp.shift_id == shift_id, SignUp.state == "waitlisted")
    return db.session.scalars(found.order_by(SignUp.waitlisted_at, SignUp.id).options(joinedload(SignUp.person))).all()


def _promised_to_others(shift: Shift, person: Person, now: datetime) -> int:
    """How many free places of the shift are theirs to answer for who were asked one at a time, before it begins."""
    leaving = select(SignUp.id).where(SignUp.shift_id == shift.id, SignUp.state.in_(HOLDING))
    promised = (
        select(func.count())
        .select_from(CoverOffer)
        .join(CoverSearch, CoverSearch.id == CoverOffer.search_id)
        .where(CoverSearch.shift_id == shift.id, CoverSearch.closed_at.is_(None))
        .where(or_(CoverSearch.leaving_id.is_(None), CoverSearch.leaving_id.not_in(leaving)))
        .where(CoverOffer.answer == "open", CoverOffer.source == "waitlist", CoverOffer.person_id != person.id)
        .where(CoverOffer.expires_at > now, CoverOffer.expires_at < shift.starts_at)
    )
    return db.session.scalar(promised) or 0


def _stint(shift: Shift) -> Stint:
    return Stint(shift.role.name, shift.starts_at, shift.ends_at, shift.starts_at - shift.call, shift.place)


def _sign_ups_around(person: Person, shift: Shift) -> Sequence[SignUp]:
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.person_id == person.id, SignUp.state.in_(HOLDING), Shift.cancelled_at.is_(None))
        .where(Shift.starts_at < shift.ends_at + AROUND, Shift.ends_at > shift.starts_at - AROUND)
        .options(joinedload(SignUp.shift).joinedload(Shift.role))
    )
    return db.session.scalars(found).all()


def _sets_around(person: Person, shift: Shift) -> Iterator[Stint]:
    slots = db.session.scalars(
        select(Slot)
        .join(Act, Act.id == Slot.act_id)
        .join(ActMember, ActMember.act_id == Act.id)
        .where(ActMember.person_id == person.id, Slot.cancelled_at.is_(None), Slot.answer != "declined")
        .where(Slot.starts_at < shift.ends_at + AROUND, Slot.starts_at > shift.starts_at - AROUND)
        .options(joinedload(Slot.act), joinedload(Slot.stage))
    )
    for slot in slots:
        call_at = slot.starts_at - slot.changeover
        yield Stint(slot.name, slot.starts_at, slot.starts_at + slot.length, call_at, slot.stage.name, is_set=True)
