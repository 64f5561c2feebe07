"""Organisations, and the coordinators who plan for them."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ...db import transaction
from ...people.actions import add_person
from ..models import ROLES, Coordinator, Organisation

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


class NotAnEmail(ValueError):
    """What was written is no e-mail address."""


class EmailIsTaken(ValueError):
    """Somebody has an account with this e-mail address already."""


class NotARole(ValueError):
    """No coordinator has such a role."""


def add_organisation(name: str, now: datetime) -> Organisation:
    """A new organisation, with nobody in it yet."""
    with transaction() as session:
        organisation = Organisation(name=name, created_at=now)
        session.add(organisation)
        session.flush()
    return organisation


def add_coordinator(
    email: str, name: str, phone: str | None, role: str, organisation: Organisation, now: datetime
) -> Coordinator:
    """An account without a password yet, and the person behind it: their phone is how texts reach them.

    ``phone`` is E.164 or None. Somebody with an account is not forgotten after a show. Raises NotAnEmail,
    EmailIsTaken, NotARole, NoName.
    """
    if role not in ROLES:
        raise NotARole(_("%(role)s is no role; the roles are %(roles)s.", role=role, roles=", ".join(ROLES)))
    with transaction() as session:
        address = _free_address(email)
        person = add_person(organisation_id=organisation.id, name=name, phone=phone, now=now, stays_on_list=True)
        coordinator = Coordinator(
            organisation_id=organisation.id, person_id=person.id, email=address, role=role, created_at=now
        )
        session.add(coordinator)
        session.flush()
    return coordinator


def mark_left(coordinator: Coordinator, now: datetime) -> None:
    """The coordinator has left: the account signs nobody in any more; what they did keeps their name."""
    with transaction():
        coordinator.left_at = now


def _free_address(email: str) -> str:
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise NotAnEmail(_("%(email)s is not an e-mail address. Write it like ana@show.example.", email=email.strip()))
    with transaction() as session:
        if session.scalars(select(Coordinator.id).where(Coordinator.email == address)).first() is not None:
            raise EmailIsTaken(_("There is an account with %(email)s already.", email=address))
    return address
