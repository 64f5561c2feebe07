"""Who is a member of an organization: change a role, remove, leave. An organization never loses its last owner."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.db import transaction

from ..models import AccountRole, AccountSession, Actor, Coordinator, Organisation
from ..queries import owners_of
from .accounts import NotARole
from .records import record


class LastOwner(ValueError):
    """The organization would be left without an owner."""

    def __init__(self) -> None:
        super().__init__(_("This is the only owner. Make someone else an owner first."))


def change_role(member: Coordinator, role: str, stage_ids: list[int] | None, now: datetime, *, actor: Actor) -> None:
    """Give the member this role; ``stage_ids`` count for a stage manager alone, None means every stage.

    Raises NotARole, LastOwner.
    """
    if role not in list(AccountRole):
        raise NotARole(_("%(role)s isn't a role. The roles are %(roles)s.", role=role, roles=", ".join(AccountRole)))
    with transaction():
        if role != AccountRole.OWNER:
            _keep_an_owner(member)
        before = {"role": member.role, "stages": member.stage_ids}
        member.role = role
        member.stage_ids = stage_ids if role == AccountRole.STAGE_MANAGER else None
        after = {"role": member.role, "stages": member.stage_ids}
        if before != after:
            record(member.organisation, actor, "coordinator.role", _about(member), now=now, before=before, after=after)


def remove_member(member: Coordinator, now: datetime, *, actor: Actor) -> None:
    """The member is none any more: their browsers are signed out of this organization. Raises LastOwner."""
    with transaction() as session:
        _keep_an_owner(member)
        member.left_at = now
        acting = select(AccountSession).where(
            AccountSession.coordinator_id == member.id, AccountSession.ended_at.is_(None)
        )
        for kept in session.scalars(acting):
            kept.ended_at = now
        record(member.organisation, actor, "coordinator.left", _about(member), now=now, before={"role": member.role})


def _keep_an_owner(member: Coordinator) -> None:
    """Two owners who leave at the same instant do so one after the other. Raises LastOwner."""
    with transaction() as session:
        session.execute(select(Organisation.id).where(Organisation.id == member.organisation_id).with_for_update())
        if {owner.id for owner in owners_of(member.organisation_id)} == {member.id}:
            raise LastOwner


def _about(member: Coordinator) -> str:
    return f"coordinator:{member.id}"
