"""Who may do what: each role's permissions. A route names the one permission that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from .models import AccountRole, Coordinator


class Permission(StrEnum):
    """One kind of thing that somebody who is signed in may do."""

    OWN_ACCOUNT = auto()  # the list of shows, one's own account and sessions
    SEE_PLAN = auto()  # everything of a show but phone numbers and texts
    EDIT_PLAN = auto()
    PUBLISH = auto()  # start shows, make them public or not, open and close sign-up
    RUN_NIGHT = auto()  # press for the stages that are theirs, and see the numbers of whoever is on
    CHECK_IN = auto()  # the shift sheet, the tablets at the door
    SEE_NUMBERS = auto()  # everyone's phone number
    HANDLE_TEXTS = auto()  # read, write and pause the texts of a show
    EXPORT = auto()  # take lists of people away
    PAUSE_ALL_TEXTS = auto()
    SET_UP_TEXTS = auto()
    MANAGE_MEMBERS = auto()
    READ_RECORD = auto()  # the audit log
    WATCH_PUBLIC_PAGES = auto()  # what strangers tried there, with the switches


_SIGNED_IN = frozenset({Permission.OWN_ACCOUNT})
_OWNERS_ONLY = frozenset(
    {Permission.SET_UP_TEXTS, Permission.MANAGE_MEMBERS, Permission.READ_RECORD, Permission.WATCH_PUBLIC_PAGES}
)
PERMISSIONS: Final[Mapping[str, frozenset[Permission]]] = {
    AccountRole.OWNER: frozenset(Permission),
    AccountRole.COORDINATOR: frozenset(Permission) - _OWNERS_ONLY,
    AccountRole.STAGE_MANAGER: _SIGNED_IN | {Permission.SEE_PLAN, Permission.RUN_NIGHT, Permission.CHECK_IN},
    AccountRole.CHECK_IN: _SIGNED_IN | {Permission.CHECK_IN},
    AccountRole.VIEWER: _SIGNED_IN | {Permission.SEE_PLAN},
}


def may(member: Coordinator, permission: Permission) -> bool:
    """Whether the member's role has the permission in their organisation."""
    return permission in PERMISSIONS[member.role]


def may_run(member: Coordinator, stage_id: int) -> bool:
    """Whether the member presses for this stage: a stage manager of named stages, for those alone."""
    return may(member, Permission.RUN_NIGHT) and (member.stage_ids is None or stage_id in member.stage_ids)


def roles_with(permission: Permission) -> list[AccountRole]:
    """Whose roles have it, the most powerful first."""
    return [role for role in AccountRole if permission in PERMISSIONS[role]]
