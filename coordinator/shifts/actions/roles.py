"""Planning roles: which kinds of work there are, and what each requires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from coordinator.core.json_values import JsonObject
from coordinator.core.two_languages import as_kept
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.actions.names import free_key
from coordinator.events.labels import called
from coordinator.events.models import Event

from ..models import Role, Shift
from ..refusals.planning import NoRoleName, NoSuchAge, RoleHasShifts, RoleIsThere, TooManySkills

LONGEST_NAME = 120  # characters
OLDEST = 99  # years


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A kind of work as a coordinator plans it. ``skills`` are lowercase; ``minimum_age`` is in years.

    ``…_es``: the same words in Spanish, where they are given in both languages.
    """

    name: str
    note: str | None = None
    works_changeovers: bool = False
    skills: tuple[str, ...] = ()
    minimum_age: int | None = None
    never_alone: bool = False
    instructions: str | None = None
    name_es: str | None = None
    note_es: str | None = None
    instructions_es: str | None = None

    @classmethod
    def of(cls, role: Role) -> RoleFacts:
        """The role's current facts."""
        values = {name: getattr(role, name) for name in cls.__slots__ if name != "skills"}
        return cls(**values, skills=tuple(role.skills))

    @property
    def called(self) -> str:
        """The name on one line."""
        return " ".join(self.name.split())

    @property
    def called_es(self) -> str | None:
        """The name in Spanish on one line."""
        return " ".join((self.name_es or "").split()) or None

    def check(self) -> None:
        """Raises NoRoleName, NoSuchAge, TooManySkills."""
        if not 0 < len(self.called) <= LONGEST_NAME or len(self.called_es or "") > LONGEST_NAME:
            raise NoRoleName
        if self.minimum_age is not None and not 0 <= self.minimum_age <= OLDEST:
            raise NoSuchAge
        skills = skills_of(self.skills)
        if len(skills) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in skills):
            raise TooManySkills(MOST_SKILLS, LONGEST_SKILL)


def add_role(
    event: Event, name: str, *, actor: Actor, now: datetime, note: str | None = None, works_changeovers: bool = False
) -> Role:
    """Add a role, or return the one with this name. Raises NoRoleName."""
    return role_for(event, RoleFacts(name, note, works_changeovers), actor=actor, now=now)


def role_for(event: Event, facts: RoleFacts, *, actor: Actor, now: datetime) -> Role:
    """The existing role with this name, or a new one with these facts. Raises ImpossibleShift."""
    return roles_for(event, [facts], actor=actor, now=now)[0]


def roles_for(event: Event, wanted: Sequence[RoleFacts], *, actor: Actor, now: datetime) -> list[Role]:
    """The same for each of them; of those with one name the first decides. Raises ImpossibleShift."""
    for facts in wanted:
        facts.check()
    with transaction() as session:
        there = _locked_roles(session, event)
        new: list[Role] = []
        found: list[Role] = []
        for facts in wanted:
            role = _called(facts, [*there, *new])
            if role is None:
                role = _new(event, facts, [*there, *new])
                new.append(role)
            found.append(role)
        _add(session, event, new, actor, now)
    return found


def make_role(event: Event, facts: RoleFacts, *, actor: Actor, now: datetime) -> Role:
    """Add a new role. Raises RoleIsThere, and another ImpossibleShift."""
    facts.check()
    with transaction() as session:
        there = _locked_roles(session, event)
        if (other := _called(facts, there)) is not None:
            raise RoleIsThere(called(other))
        role = _new(event, facts, there)
        _add(session, event, [role], actor, now)
    return role


def edit_role(role: Role, facts: RoleFacts, *, actor: Actor, now: datetime) -> None:
    """Change the role's facts; people on its shifts stay on them. Raises ImpossibleShift."""
    facts.check()
    with transaction() as session:
        others = [each for each in _locked_roles(session, role.event) if each is not role]
        if (other := _called(facts, others)) is not None:
            raise RoleIsThere(called(other))
        before = as_recorded(role)
        _write(role, facts)
        record(role.event, actor, "role.edited", f"role:{role.id}", now=now, before=before, after=as_recorded(role))


def remove_role(role: Role, *, actor: Actor, now: datetime) -> None:
    """Delete a role without shifts. Raises RoleHasShifts."""
    with transaction() as session:
        lock_event(session, role.event_id)  # so that no shift is added to it meanwhile
        if shifts := session.scalar(select(func.count()).where(Shift.role_id == role.id)):
            raise RoleHasShifts(called(role), shifts)
        record(role.event, actor, "role.removed", f"role:{role.id}", now=now, before=as_recorded(role))
        session.delete(role)


def as_recorded(role: Role) -> JsonObject:
    """The role as values for the audit log."""
    return asdict(RoleFacts.of(role)) | {"skills": list(role.skills)}


def as_known(facts: RoleFacts, roles: Iterable[Role]) -> RoleFacts:
    """The same facts, under the name of the role that goes by their name in either language, if one does."""
    found = next((role for role in roles if role.goes_by(facts.called)), None)
    return replace(facts, name=found.name) if found else facts


def _locked_roles(session: Session, event: Event) -> list[Role]:
    """The event's roles, once nobody else can add one."""
    lock_event(session, event.id)
    return list(session.scalars(select(Role).where(Role.event_id == event.id)))


def _called(facts: RoleFacts, roles: Iterable[Role]) -> Role | None:
    """The role that goes by one of these names."""
    names = (facts.called, facts.called_es or facts.called)
    return next((role for role in roles if any(map(role.goes_by, names))), None)


def _new(event: Event, facts: RoleFacts, there: Iterable[Role]) -> Role:
    role = Role(event_id=event.id, key=free_key(facts.called, [each.key for each in there], otherwise="role"))
    _write(role, facts)
    return role


def _add(session: Session, event: Event, roles: Sequence[Role], actor: Actor, now: datetime) -> None:
    session.add_all(roles)
    session.flush()
    for role in roles:
        record(event, actor, "role.added", f"role:{role.id}", now=now, after=as_recorded(role))


def _write(role: Role, facts: RoleFacts) -> None:
    role.name, role.name_es = facts.called, facts.called_es
    role.note, role.note_es = as_kept(facts.note, facts.note_es)
    role.works_changeovers = facts.works_changeovers
    role.skills, role.minimum_age, role.never_alone = skills_of(facts.skills), facts.minimum_age, facts.never_alone
    role.instructions, role.instructions_es = as_kept(facts.instructions, facts.instructions_es)
