"""Saving the table of who plays: all of its changes, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.lineup.actions.members import add_member
from coordinator.people.actions.consent import agree_to_texts, take_back_agreement
from coordinator.people.actions.moving import move_phone
from coordinator.people.actions.persons import edit_person
from coordinator.people.actions.phones import parse_phone
from coordinator.people.models import Person

from .actions import AGREED, PerformerFacts, known_or_new, record_person
from .queries import Cast
from .table import Row, acts_by_name


@dataclass(slots=True)
class Saved:
    """How many rows changed or added someone, whose agreement ended with an old number, and added names that somebody
    else in the organization has too.
    """

    number: int = 0
    ended: list[Person] = field(default_factory=list)
    shared_names: list[str] = field(default_factory=list)


def save_rows(event: Event, cast: Cast, rows: Sequence[Row], how: str, *, actor: Actor, now: datetime) -> Saved:
    """Save rows that were checked. ``how`` those who newly agreed did so. Raises NotAPhone, NoName."""
    saved, acts = Saved(), acts_by_name(cast)
    added: list[Person] = []
    with transaction():
        for row in rows:
            if row.is_blank or not row.is_changed:
                continue
            saved.number += 1
            if row.person is None:
                facts = PerformerFacts(row.name, row.phone, "en", how if row.agreed else None, str(AGREED))
                person = known_or_new(event, facts, actor=actor, now=now)
                add_member(acts[row.act.casefold()], person, actor=actor, now=now)
                added.append(person)
            elif _change(event, row.person, row, how, now):
                saved.ended.append(row.person)
            if row.person is not None:
                record_person(event, row.person, "person.changed", actor, now)
        saved.shared_names = _shared_names(added)
    return saved


def _shared_names(added: Sequence[Person]) -> list[str]:
    """Their names that somebody else in the organization has, by one query."""
    if not added:
        return []
    ours = select(Person.name).where(Person.organisation_id == added[0].organisation_id, Person.forgotten_at.is_(None))
    named = ours.where(Person.name.in_({person.name for person in added}))
    return list(db.session.scalars(named.group_by(Person.name).having(func.count() > 1).order_by(Person.name)))


def _change(event: Event, person: Person, row: Row, how: str, now: datetime) -> bool:
    """Only what differs from what the row showed, so that nobody's answer of meanwhile is undone.

    Returns whether an agreement ended with the old number.
    """
    name, phone, agreed = row.was
    ended = False
    if row.name != name:
        edit_person(person, name=row.name)
    if row.phone != phone:
        number = parse_phone(row.phone, region_of(event.zone)) if row.phone else None
        ended = move_phone(person, number, now) and row.agreed and agreed
    if row.agreed and not agreed and person.agreed_at is None:
        agree_to_texts(person, f"told a coordinator {how}", str(AGREED), now)
    if agreed and not row.agreed:
        take_back_agreement(person, now)
    return ended
