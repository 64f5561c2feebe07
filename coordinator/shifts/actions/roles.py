"""Planning roles: what kinds of work there are, and what each asks of people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from ...db import transaction
from ...events.actions import free_key, lock_event
from ...events.models import Event
from ...shownight.actions import By
from ..models import Role, Shift
from ..refusals import NoRoleName, NoSuchAge, RoleHasShifts, RoleIsThere, TooManySkills
from .recording import record_plan

LONGEST_NAME = 120  # letters
OLDEST = 99  # years


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A kind of work as a coordinator plans it. ``skills`` are words of the house; ``minimum_age`` is in years."""

    name: str
    note: str | None = None
    works_changeovers: bool = False
    skills: tuple[str, ...] = ()
    minimum_age: int | None = None
    never_alone: bool = False
    instructions_en: str | None = None
    instructions_es: str | None = None

    @classmethod
    def of(cls, role: Role) -> RoleFacts:
        """As it is planned now."""
        values = {name: getattr(role, name) for name in cls.__slots__ if name != "skills"}
        return cls(**values, skills=tuple(role.skills))

    @property
    def called(self) -> str:
        """The name on one line."""
        return " ".join(self.name.split())

    def check(self) -> None:
        """Raises NoRoleName, NoSuchAge, TooManySkills."""
        if not 0 < len(self.called) <= LONGEST_NAME:
            raise NoRoleName
        if self.minimum_age is not None and not 0 <= self.minimum_age <= OLDEST:
            raise NoSuchAge
        skills = skills_of(self.skills)
        if len(skills) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in skills):
            raise TooManySkills(MOST_SKILLS, LONGEST_SKILL)


def add_role(
    event: Event, name: str, *, by: By, now: datetime, note: str | None = None, works_changeovers: bool = False
) -> Role:
    """A kind of work; the one that has this name already, if there is one. Raises NoRoleName."""
    return role_for(event, RoleFacts(name, note, works_changeovers), by=by, now=now)


def role_for(event: Event, facts: RoleFacts, *, by: By, now: datetime) -> Role:
    """The role of this name as it is, or else a new one as these facts say. Raises ImpossibleShift."""
    facts.check()
    with transaction() as session:
        found = _called(session, event, facts.called)
        return found or _added(session, event, facts, by, now)


def make_role(event: Event, facts: RoleFacts, *, by: By, now: datetime) -> Role:
    """A new kind of work. Raises RoleIsThere, and another ImpossibleShift."""
    facts.check()
    with transaction() as session:
        if _called(session, event, facts.called) is not None:
            raise RoleIsThere(facts.called)
        return _added(session, event, facts, by, now)


def edit_role(role: Role, facts: RoleFacts, *, by: By, now: datetime) -> None:
    """Say anew what the work is and asks; those who are on its shifts stay on them. Raises ImpossibleShift."""
    facts.check()
    with transaction() as session:
        other = _called(session, role.event, facts.called)
        if other is not None and other.id != role.id:
            raise RoleIsThere(facts.called)
        before = as_recorded(role)
        _write(role, facts)
        record_plan(role.event, "role.edited", f"role:{role.id}", by, now, before=before, after=as_recorded(role))


def remove_role(role: Role, *, by: By, now: datetime) -> None:
    """Forget a kind of work of which there is no shift. Raises RoleHasShifts."""
    with transaction() as session:
        lock_event(session, role.event_id)  # so that no shift of it comes in meanwhile
        if shifts := session.scalar(select(func.count()).where(Shift.role_id == role.id)):
            raise RoleHasShifts(role.name, shifts)
        record_plan(role.event, "role.removed", f"role:{role.id}", by, now, before=as_recorded(role))
        session.delete(role)


def as_recorded(role: Role) -> dict[str, Any]:
    """The role in values that a record keeps."""
    return asdict(RoleFacts.of(role)) | {"skills": list(role.skills)}


def _called(session: Session, event: Event, name: str) -> Role | None:
    """The role of this name, once nobody else adds one."""
    lock_event(session, event.id)
    roles = session.scalars(select(Role).where(Role.event_id == event.id))
    return next((role for role in roles if role.name.casefold() == name.casefold()), None)


def _added(session: Session, event: Event, facts: RoleFacts, by: By, now: datetime) -> Role:
    taken = session.scalars(select(Role.key).where(Role.event_id == event.id)).all()
    role = Role(event_id=event.id, key=free_key(facts.called, taken, otherwise="role"))
    _write(role, facts)
    session.add(role)
    session.flush()
    record_plan(event, "role.added", f"role:{role.id}", by, now, after=as_recorded(role))
    return role


def _write(role: Role, facts: RoleFacts) -> None:
    role.name, role.note, role.works_changeovers = facts.called, facts.note, facts.works_changeovers
    role.skills, role.minimum_age, role.never_alone = skills_of(facts.skills), facts.minimum_age, facts.never_alone
    role.instructions_en, role.instructions_es = facts.instructions_en, facts.instructions_es
