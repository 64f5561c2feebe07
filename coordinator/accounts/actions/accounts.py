"""Organisations, accounts, and who is a member of what."""

from datetime import datetime

from flask_babel import gettext as _

from coordinator.db import transaction
from coordinator.people.actions.emails import parse_email
from coordinator.people.actions.persons import add_person, edit_person

from ..models import Account, AccountRole, Actor, Coordinator, Organisation
from ..queries import account_by_email
from .records import record


class AlreadyAMember(ValueError):
    """Whoever signs in with this e-mail address is in the organisation already."""


class NotARole(ValueError):
    """There is no such role."""


def add_organisation(name: str, now: datetime, *, actor: Actor) -> Organisation:
    """Create an organization without coordinators."""
    with transaction() as session:
        organisation = Organisation(name=name, created_at=now)
        session.add(organisation)
        session.flush()
        record(organisation, actor, "organisation.added", name, now=now)
    return organisation


def add_coordinator(
    email: str, name: str, phone: str | None, role: str, organisation: Organisation, now: datetime, *, actor: Actor
) -> Coordinator:
    """Make whoever signs in with this e-mail a member of the organisation: with a new account if they have none.

    A new account has no password yet. ``phone`` is E.164 or None, and how texts reach them here. Somebody with an
    account is not forgotten after a show. Who had left comes back. Raises NotAnEmail, AlreadyAMember, NotARole, NoName.
    """
    if role not in list(AccountRole):
        raise NotARole(_("%(role)s isn't a role. The roles are %(roles)s.", role=role, roles=", ".join(AccountRole)))
    with transaction() as session:
        account = _account(email, now)
        coordinator = _free_membership(account, organisation)
        if coordinator is None:
            person = add_person(organisation_id=organisation.id, name=name, phone=phone, now=now, stays_on_list=True)
            coordinator = Coordinator(
                organisation_id=organisation.id, account_id=account.id, person_id=person.id, created_at=now
            )
            session.add(coordinator)
        else:
            edit_person(coordinator.person, name=name, phone=phone)
        coordinator.role, coordinator.left_at = role, None
        session.flush()
        record(organisation, actor, "coordinator.added", f"coordinator:{coordinator.id}", now=now, after={"role": role})
        session.refresh(account)
    return coordinator


def _account(email: str, now: datetime) -> Account:
    """The account with this e-mail, made when there is none. Raises NotAnEmail."""
    address = parse_email(email)
    with transaction() as session:
        account = account_by_email(address)
        if account is None:
            account = Account(email=address, created_at=now)
            session.add(account)
            session.flush()
    return account


def _free_membership(account: Account, organisation: Organisation) -> Coordinator | None:
    """What they were here before they left; None when they never were. Raises AlreadyAMember."""
    before = next((each for each in account.memberships if each.organisation_id == organisation.id), None)
    if before is not None and before.is_active:
        raise AlreadyAMember(
            _("%(email)s is already a member of %(name)s.", email=account.email, name=organisation.name)
        )
    return before
