"""Forgetting somebody who was a member: the membership, and the account once no other organization has it."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from coordinator.db import transaction
from coordinator.people.actions.persons import FORGOTTEN
from coordinator.people.models import Person

from ..models import Account, Attempt, AuditEntry, Coordinator, Invitation
from ..queries import account_of, subject_of


class IsAMember(ValueError):
    """Members are known by name to those they plan with: the membership ends first."""


def refuse_members(person: Person) -> None:
    """Raises IsAMember while the person has an account in their organization that has not left it."""
    if account_of(person.id) is not None:
        raise IsAMember(
            f"{person.name} is a member of the organization. First remove them on its members page, "
            "or let them leave on their account page. Nobody was forgotten."
        )


def forget_membership(was: Coordinator, now: datetime) -> None:
    """Delete a membership that has ended, the invitations to and from it, and where its browsers were.

    What it changed stays in the audit log, by nobody in particular. The account goes too, with all that hangs on it,
    unless it is or was a member of another organization as well.
    """
    with transaction() as session:
        account = session.scalars(select(Account).where(Account.id == was.account_id).with_for_update()).one()
        said = AuditEntry.coordinator_id == was.id
        session.execute(update(AuditEntry).where(said).values(by=FORGOTTEN))
        session.execute(
            update(AuditEntry).where(said, AuditEntry.what.startswith("session.")).values(before=None, after=None)
        )
        over = or_(
            Invitation.organisation_id == was.organisation_id,
            Invitation.closed_at.is_not(None),
            Invitation.expires_at <= now,
        )
        session.execute(delete(Invitation).where(Invitation.email == account.email, over))
        session.execute(delete(Coordinator).where(Coordinator.id == was.id))
        elsewhere = select(Coordinator.id).where(Coordinator.account_id == account.id).limit(1)
        if session.scalar(elsewhere) is None:
            session.execute(delete(Attempt).where(Attempt.subject == subject_of(account.email)))
            session.execute(delete(Account).where(Account.id == account.id))
