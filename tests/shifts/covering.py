"""A front door shift with a waitlist, and what happened to its people."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.models import HOLDING, CoverOffer, SignUp
from coordinator.shifts.queries.searching import searches_of
from tests.builders import ANight, a_night, a_shift, a_sign_up, minutes
from tests.night import in_the_cast

ALICE = Actor("Alice")


def a_door(*waiting: str, people: tuple[str, ...] = ("Ana Ruiz",), **columns: Any) -> ANight:
    """A front door shift from 7 to 9 for at most two people, with a waitlist in this order."""
    shift = a_shift("Front door", "19:00", "21:00", people=people, **{"min": 1, "max": len(people)} | columns)
    night = a_night([], shifts=[shift], quiet_from=None, quiet_to=None)
    for number, name in enumerate(waiting):
        sign_up = a_sign_up(night, night.shift("front-door-1"), name, state="waitlisted")
        with transaction():
            sign_up.waitlisted_at = night.at("08:00") - timedelta(days=9) + minutes(number)
    return night


def ready(night: ANight, *names: str) -> None:
    """Put these people on standby, in this order."""
    for number, name in enumerate(names):
        with transaction():
            person = in_the_cast(night, name)
        stand_by(night.event, person, actor=ALICE, now=night.at("08:00") - timedelta(days=8) + minutes(number))


def sign_up(night: ANight, name: str, key: str = "front-door-1") -> SignUp:
    person = night.person(name)
    return next(each for each in night.shift(key).sign_ups if each.person_id == person.id)


def on_it(night: ANight, key: str = "front-door-1") -> list[str]:
    db.session.expire_all()
    return sorted(each.person.name for each in night.shift(key).sign_ups if each.state in HOLDING)


def offers(night: ANight) -> list[tuple[str, str]]:
    db.session.expire_all()
    found = select(CoverOffer).where(CoverOffer.event_id == night.event.id).order_by(CoverOffer.id)
    return [(offer.person.name, offer.answer) for offer in db.session.scalars(found)]


def offer_to(night: ANight, name: str) -> CoverOffer:
    found = select(CoverOffer).where(CoverOffer.person_id == night.person(name).id).order_by(CoverOffer.id.desc())
    return db.session.scalars(found.limit(1)).one()


def told(night: ANight) -> list[tuple[str, str]]:
    """(person, kind) of every queued text that was not canceled."""
    notes = select(Message).where(Message.kind == "note", Message.state != "cancelled").order_by(Message.id)
    return [(note.person.name, note.rule) for note in db.session.scalars(notes) if note.person and note.rule]


def mark_as_left() -> None:
    """Mark every offer as delivered to its phone."""
    with transaction():
        for message in db.session.scalars(select(Message).where(Message.rule == "cover-offer")):
            message.state = "delivered"


def outcomes(night: ANight) -> list[str | None]:
    return [search.outcome for search in reversed(searches_of(night.event))]


def before(night: ANight, hours: float) -> datetime:
    return night.at("19:00") - timedelta(hours=hours)
