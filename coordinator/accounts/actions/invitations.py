"""Inviting someone into an organization by a link that works once, for a week."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.db import transaction
from coordinator.people.actions.emails import parse_email

from ..models import Account, AccountRole, Actor, Coordinator, Invitation, Via
from ..queries import account_by_email, membership, open_invitation, token_hash
from .accounts import AlreadyAMember, NotARole, add_coordinator
from .passwords import set_password
from .records import record
from .sign_in_links import LinkIsOver

A_WEEK = timedelta(days=7)


class SignInFirst(ValueError):
    """The invited address has an account already: only whoever signs in to it accepts for it."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is invited, as what; ``stage_ids`` are a stage manager's, None means every stage."""

    email: str
    name: str
    role: str
    stage_ids: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the invited person says of themselves. ``phone`` is E.164 or None; ``password`` is of a new account."""

    name: str
    phone: str | None = None
    password: str | None = None


def invite(invitee: Invitee, by: Coordinator, now: datetime) -> str:
    """The token of the link; an earlier invitation of the same address ends.

    Raises NotAnEmail, AlreadyAMember, NotARole.
    """
    organisation, address = by.organisation, parse_email(invitee.email)
    if invitee.role not in list(AccountRole):
        roles = ", ".join(AccountRole)
        raise NotARole(_("%(role)s isn't a role. The roles are %(roles)s.", role=invitee.role, roles=roles))
    account, token = account_by_email(address), secrets.token_urlsafe(24)
    if account is not None and membership(account, organisation.id) is not None:
        raise AlreadyAMember(_("%(email)s is already a member of %(name)s.", email=address, name=organisation.name))
    is_manager = invitee.role == AccountRole.STAGE_MANAGER
    with transaction() as session:
        earlier = select(Invitation).where(
            Invitation.organisation_id == organisation.id, Invitation.email == address, Invitation.closed_at.is_(None)
        )
        for each in session.scalars(earlier):
            each.closed_at = now
        invitation = Invitation(
            organisation_id=organisation.id,
            email=address,
            name=" ".join(invitee.name.split())[:200],
            role=invitee.role,
            stage_ids=invitee.stage_ids if is_manager else None,
            token_hash=token_hash(token),
            invited_by_id=by.id,
            created_at=now,
            expires_at=now + A_WEEK,
        )
        session.add(invitation)
        session.flush()
        about, told = f"invitation:{invitation.id}", {"email": address, "role": invitee.role}
        record(organisation, Actor.of(by), "invitation.sent", about, now=now, after=told)
    return token


def withdraw_invitation(invitation: Invitation, now: datetime, *, actor: Actor) -> None:
    """Its link works no more."""
    with transaction():
        invitation.closed_at = invitation.closed_at or now
        told = {"email": invitation.email}
        record(
            invitation.organisation, actor, "invitation.withdrawn", f"invitation:{invitation.id}", now=now, before=told
        )


def accept_invitation(token: str, account: Account | None, says: Acceptance, now: datetime) -> Coordinator:
    """Make the invited person a member; ``account`` is who is signed in, None when nobody is.

    An address that has an account is accepted for by that account alone, so an invitation opens nobody's account.
    A new account gets the password. Raises LinkIsOver, SignInFirst, PasswordTooShort, NoName and so on.
    """
    with transaction():
        invitation = open_invitation(token, now, lock=True)
        if invitation is None:
            raise LinkIsOver(_("This link has been used or is too old. Please ask for a new one."))
        known = account_by_email(invitation.email)
        if known is not None and (account is None or account.id != known.id):
            raise SignInFirst(_("Sign in as %(email)s to accept.", email=invitation.email))
        actor = Actor(says.name, via=Via.LINK)
        member = add_coordinator(
            invitation.email, says.name, says.phone, invitation.role, invitation.organisation, now, actor=actor
        )
        member.stage_ids = invitation.stage_ids
        invitation.closed_at = now
        if known is None:
            set_password(member.account, says.password or "", now, actor=actor)
    return member
