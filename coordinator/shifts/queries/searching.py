"""Spots that need someone, who was asked, and who might be."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coordinator.core.cover import AsksWhom, Candidate, Source
from coordinator.db import db
from coordinator.events.models import Event, EventPerson
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person

from ..models import HOLDING, WORKED, CoverOffer, CoverSearch, Role, Shift, SignUp, SignUpState, Standby
from .objections import people_waiting
from .volunteer_policy import volunteer_policy_of

LATELY = timedelta(days=7)  # older offers are no reason to leave someone in peace


def searches_due(now: datetime, limit: int = 100) -> Sequence[tuple[int, int]]:
    """The open searches that are due for a look, longest overdue first, each with its shift."""
    due = select(CoverSearch.id, CoverSearch.shift_id).where(
        CoverSearch.closed_at.is_(None), CoverSearch.next_wave_at <= now
    )
    return [(row.id, row.shift_id) for row in db.session.execute(due.order_by(CoverSearch.next_wave_at).limit(limit))]


def open_searches(shift_id: int) -> Sequence[CoverSearch]:
    """The open searches for spots of one shift, oldest first, read fresh from the database."""
    found = select(CoverSearch).where(CoverSearch.shift_id == shift_id, CoverSearch.closed_at.is_(None))
    whole = found.order_by(CoverSearch.id).options(selectinload(CoverSearch.offers), joinedload(CoverSearch.leaving))
    return db.session.scalars(whole.execution_options(populate_existing=True)).all()


def looked_for(event_id: int) -> set[int]:
    """The ids of the sign-ups for which a replacement is searched."""
    found = select(CoverSearch.leaving_id).where(CoverSearch.event_id == event_id, CoverSearch.closed_at.is_(None))
    return {leaving_id for leaving_id in db.session.scalars(found) if leaving_id is not None}


def asked_in_place_of(sign_up_id: int) -> set[int]:
    """The ids of everyone who was ever asked to take this spot."""
    found = select(CoverOffer.person_id).join(CoverOffer.search).where(CoverSearch.leaving_id == sign_up_id)
    return set(db.session.scalars(found.distinct()))


def searches_of(event: Event) -> Sequence[CoverSearch]:
    """Every search of an event with who was asked, newest first."""
    found = select(CoverSearch).where(CoverSearch.event_id == event.id).order_by(CoverSearch.id.desc())
    offers = selectinload(CoverSearch.offers).joinedload(CoverOffer.person)
    return db.session.scalars(found.options(offers, joinedload(CoverSearch.leaving).joinedload(SignUp.person))).all()


def offers_to(people: Collection[int], now: datetime) -> Sequence[CoverOffer]:
    """The offers that these people can still say yes or no to, the soonest shift first."""
    found = (
        select(CoverOffer)
        .join(CoverOffer.search)
        .join(CoverSearch.shift)
        .where(CoverOffer.person_id.in_(people), CoverOffer.answer == "open", CoverOffer.expires_at > now)
        .where(CoverSearch.closed_at.is_(None))
        .order_by(Shift.starts_at, CoverOffer.id)
    )
    whole = contains_eager(CoverOffer.search).contains_eager(CoverSearch.shift)
    return db.session.scalars(found.options(whole.joinedload(Shift.role), whole.joinedload(Shift.event))).all()


def last_offer_to(people: Collection[int], since_at: datetime) -> CoverOffer | None:
    """The newest offer to any of these people since then, answered or not."""
    found = select(CoverOffer).where(CoverOffer.person_id.in_(people), CoverOffer.offered_at > since_at)
    return db.session.scalars(found.order_by(CoverOffer.offered_at.desc(), CoverOffer.id.desc()).limit(1)).first()


def standbys_of(event: Event) -> Sequence[Standby]:
    """People on standby, longest on the list first."""
    found = select(Standby).where(Standby.event_id == event.id).order_by(Standby.since_at, Standby.id)
    return db.session.scalars(found.options(joinedload(Standby.person))).all()


def standby_of(event_id: int, person: Person) -> Standby | None:
    found = select(Standby).where(Standby.event_id == event_id, Standby.person_id == person.id)
    return db.session.scalars(found).one_or_none()


def candidates_for(
    shift: Shift, now: datetime, *, only_waiting: bool, is_wanted: bool = True
) -> dict[int, tuple[Person, list[Candidate]]]:
    """Who might take a spot on the shift, by id; whether the rules allow it is not checked here.

    ``only_waiting``: only the waitlist. ``is_wanted``: somebody asks for cover; for a spot that only came free, others
    of the show are not asked. People who gave up this very shift are not asked again.
    """
    gone = select(SignUp.person_id).where(
        SignUp.shift_id == shift.id, SignUp.state.in_((SignUpState.CANCELLED, SignUpState.NO_SHOW))
    )
    left = set(db.session.scalars(gone))
    found: dict[int, tuple[Person, list[Candidate]]] = {}

    def add(person: Person, source: Source, since_at: datetime, asked: int = 0) -> None:
        if person.id not in left:
            found.setdefault(person.id, (person, []))[1].append(Candidate(person.id, source, since_at, asked))

    for sign_up in people_waiting(shift.id):
        add(sign_up.person, Source.WAITLIST, sign_up.waitlisted_at or sign_up.created_at)
    if not only_waiting:
        asked = _asked_lately(shift, now)
        for standby in standbys_of(shift.event):
            add(standby.person, Source.STANDBY, standby.since_at, asked.get(standby.person_id, 0))
        whom = volunteer_policy_of(shift.event).asks_whom
        for person, since_at in _who_knows(shift) if whom != AsksWhom.NOBODY else ():
            add(person, Source.KNOWN, since_at, asked.get(person.id, 0))
        for person in _who_is_in_the_show(shift) if is_wanted and whom == AsksWhom.EVERYBODY else ():
            add(person, Source.SHOW, shift.event.created_at, asked.get(person.id, 0))
    return found


def who_cannot_be_told(people: Iterable[Person]) -> set[int]:
    """People whom no text or email reaches: they are neither asked nor moved up."""
    found = list(people)
    stopped = opted_out({person.phone for person in found if person.phone})
    return {person.id for person in found if silence_of(person, stopped) is not None}


def _who_knows(shift: Shift) -> list[tuple[Person, datetime]]:
    """Who worked in this role at any event of the organization, or has another shift in it at this one."""
    names = {name.lower() for name in (shift.role.name, shift.role.name_es) if name}
    found = (
        select(Person, func.min(SignUp.created_at))
        .join(SignUp, SignUp.person_id == Person.id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Role, Role.id == Shift.role_id)
        .where(Person.organisation_id == shift.event.organisation_id, Person.forgotten_at.is_(None))
        .where(or_(func.lower(Role.name).in_(names), func.lower(Role.name_es).in_(names)))
        .where(
            or_(SignUp.state.in_(WORKED), (SignUp.event_id == shift.event_id) & SignUp.state.in_(HOLDING)),
        )
        .group_by(Person.id)
    )
    return [(person, since_at) for person, since_at in db.session.execute(found)]


def _who_is_in_the_show(shift: Shift) -> Sequence[Person]:
    """Everyone who plays or helps at the event, but the people who run the night."""
    cast = select(Person).join(EventPerson, EventPerson.person_id == Person.id)
    part = cast.where(EventPerson.event_id == shift.event_id, not_(EventPerson.is_crew))
    return db.session.scalars(part.where(Person.forgotten_at.is_(None)).order_by(Person.id)).all()


def _asked_lately(shift: Shift, now: datetime) -> dict[int, int]:
    """How many offers each person of the organization had in the last week."""
    counted = (
        select(CoverOffer.person_id, func.count())
        .join(Event, Event.id == CoverOffer.event_id)
        .where(Event.organisation_id == shift.event.organisation_id, CoverOffer.offered_at > now - LATELY)
        .group_by(CoverOffer.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}
