"""Somebody and a shift as the rules of volunteering see them, read from the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...core.cover import HouseRules, Objection, Post, Stint, Volunteer, objections
from ...core.show_time import zone_named
from ...db import db
from ...events.models import Event
from ...lineup.models import Act, ActMember, Slot
from ...people.models import Person
from ..models import HOLDING, WORKED, HouseRule, Shift, SignUp
from .house import house_rule_of
from .planned import times_now
from .promises import promised_to_others

AROUND = timedelta(days=2)  # what lies further from a shift can neither clash with it nor shorten a rest
IN_TURN = (func.coalesce(SignUp.waitlisted_at, SignUp.created_at), SignUp.id)  # a document may not say since when


def objections_to(
    shift: Shift, person: Person, now: datetime, *, besides: Collection[int] = (), keeps_promises: bool = True
) -> list[Objection]:
    """Everything that stands against this person taking this shift, the gravest first; the one place that knows.

    ``besides``: ids of sign-ups that are given up for it, as in a swap. ``keeps_promises``: a free place that is being
    offered to somebody of the waitlist, or is about to be, counts as taken until they have answered.
    """
    event = shift.event
    rules = rules_for(event, house_rule_of(event))
    volunteer, post = volunteer_of(person, shift, besides), post_of(shift, now, besides)
    if keeps_promises and post.taken < post.places:
        post = replace(post, taken=post.taken + promised_to_others([shift.id], person, now).get(shift.id, 0))
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
        stint_of(shift),
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
    sign_ups = sign_ups_between(person, shift.starts_at, shift.ends_at)
    others = [sign_up.shift for sign_up in sign_ups if sign_up.shift_id != shift.id and sign_up.id not in besides]
    return Volunteer(
        stints=[*map(stint_of, others), *sets_between(person, shift.starts_at, shift.ends_at)],
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
    return db.session.scalars(found.order_by(*IN_TURN).options(joinedload(SignUp.person))).all()


def places_in_queues(sign_ups: Iterable[SignUp]) -> dict[int, int]:
    """Of these sign-ups those that wait, by id: which place in their queue they have, counted from 1."""
    waiting = {each.id: each.shift_id for each in sign_ups if each.state == "waitlisted"}
    if not waiting:
        return {}
    found = select(SignUp.id, SignUp.shift_id).where(
        SignUp.shift_id.in_(waiting.values()), SignUp.state == "waitlisted"
    )
    queues: dict[int, list[int]] = {}
    for sign_up_id, shift_id in db.session.execute(found.order_by(*IN_TURN)):
        queues.setdefault(shift_id, []).append(sign_up_id)
    return {sign_up_id: queues[shift_id].index(sign_up_id) + 1 for sign_up_id, shift_id in waiting.items()}


def stint_of(shift: Shift) -> Stint:
    """The shift as a time that somebody is bound."""
    return Stint(shift.role.name, shift.starts_at, shift.ends_at, shift.starts_at - shift.call, shift.place)


def sign_ups_between(person: Person, starts_at: datetime, ends_at: datetime) -> Sequence[SignUp]:
    """The person's places on shifts around this time, at any event."""
    found = (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(SignUp.person_id == person.id, SignUp.state.in_(HOLDING), Shift.cancelled_at.is_(None))
        .where(Shift.starts_at < ends_at + AROUND, Shift.ends_at > starts_at - AROUND)
        .options(joinedload(SignUp.shift).joinedload(Shift.role))
    )
    return db.session.scalars(found).all()


def sets_between(person: Person, starts_at: datetime, ends_at: datetime) -> Iterator[Stint]:
    """What the person plays around this time, at any event."""
    slots = db.session.scalars(
        select(Slot)
        .join(Act, Act.id == Slot.act_id)
        .join(ActMember, ActMember.act_id == Act.id)
        .where(ActMember.person_id == person.id, Slot.cancelled_at.is_(None), Slot.answer != "declined")
        .where(Slot.starts_at < ends_at + AROUND, Slot.starts_at > starts_at - AROUND)
        .options(joinedload(Slot.act), joinedload(Slot.stage))
    )
    for slot in slots:
        call_at = slot.starts_at - slot.changeover
        yield Stint(slot.name, slot.starts_at, slot.starts_at + slot.length, call_at, slot.stage.name, is_set=True)
