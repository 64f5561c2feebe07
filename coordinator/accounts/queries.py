"""Finding organisations and coordinators."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from ..db import db
from .models import AuditEntry, Coordinator, Organisation, SignInLink


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def coordinator_by_id(coordinator_id: int) -> Coordinator | None:
    """The coordinator of a session; None when there is none any more."""
    coordinator = db.session.get(Coordinator, coordinator_id)
    return coordinator if coordinator is not None and coordinator.is_active else None


def coordinator_by_email(email: str) -> Coordinator | None:
    return db.session.scalars(select(Coordinator).where(Coordinator.email == email.strip().lower())).one_or_none()


def coordinators_of(organisation_id: int) -> list[Coordinator]:
    """Who plans for the organisation now, first come first."""
    there = select(Coordinator).where(Coordinator.organisation_id == organisation_id, Coordinator.left_at.is_(None))
    return list(db.session.scalars(there.order_by(Coordinator.id)))


def owners_of(organisation_id: int) -> list[Coordinator]:
    """Those of them who may do everything."""
    return [coordinator for coordinator in coordinators_of(organisation_id) if coordinator.role == "owner"]


def first_organisation() -> Organisation | None:
    return db.session.scalars(select(Organisation).order_by(Organisation.id).limit(1)).first()


def organisation_named(name: str) -> Organisation | None:
    """The organisation with this name; the first, should two have it."""
    return db.session.scalars(select(Organisation).where(Organisation.name == name).order_by(Organisation.id)).first()


def open_sign_in_link(token: str, now: datetime, *, lock: bool = False) -> SignInLink | None:
    """The link of this token while it can still be used: it tells whom it signs in and whether it sets a password.

    ``lock`` keeps its row until the transaction ends, so that two presses at once sign in one.
    """
    found = select(SignInLink).where(
        SignInLink.token_hash == token_hash(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now
    )
    link = db.session.scalars(found.with_for_update() if lock else found).one_or_none()
    return link if link is not None and link.coordinator.is_active else None


def last_record(organisation_id: int, what: str, event_id: int | None = None) -> AuditEntry | None:
    """The newest entry of the record of changes that says this, of an event or of none."""
    said = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id, AuditEntry.what == what)
    of_it = said.where(AuditEntry.event_id == event_id if event_id is not None else AuditEntry.event_id.is_(None))
    return db.session.scalars(of_it.order_by(AuditEntry.id.desc()).limit(1)).first()
