"""Everything that is held about one person, for that person to read and take away."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, Table, and_, false, or_, select, true

from coordinator.accounts.models import Coordinator
from coordinator.core.json_values import JsonObject
from coordinator.db import Base, db
from coordinator.events.models import Event
from coordinator.lineup.models import Act, ActMember, Slot
from coordinator.people.models import Person

from ..models import Role, Shift, SignUp

REACHED = ("phone", "address", "sent_to")  # names of columns that hold a number or an email address
# Ends of names of columns that would open something.
SECRET = ("hash", "salt", "secret", "token", "browser", "dedupe_key")


def held_about(person: Person) -> JsonObject:
    """The person, their shows in words, and each row of every table that belongs to them, or only to their number
    or address.

    With an account, also the account: its email, where it is signed in, and what else hangs on it.
    """
    rows = {table.name: rows for table in _tables() if (rows := list(_rows(table, person)))}
    return {
        "person": next(_rows(Base.metadata.tables["people"], person)),
        "shows": [*_slots(person), *_shifts(person)],
        "rows": rows | _of_account(person),
    }


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name != "people" and _ways_to(table)]


def _ways_to(table: Table) -> list[Column[Any]]:
    """The columns that say whose row it is."""
    return [*_owners(table), *(column for column in table.columns if column.name in REACHED)]


def _owners(table: Table) -> list[Column[Any]]:
    if table.name == "people":
        return [table.c.id]
    return [key.parent for key in table.foreign_keys if key.column.table.name == "people"]


def _rows(table: Table, person: Person) -> Iterator[JsonObject]:
    """Those of the person, and those of their number or address that belong to no one."""
    owners, own = _owners(table), [where for where in (person.phone, person.email) if where]
    theirs = or_(false(), *(owner == person.id for owner in owners))
    reached = [table.c[name].in_(own) for name in REACHED if name in table.c]
    if own and reached:
        theirs |= or_(*reached) & and_(true(), *(owner.is_(None) for owner in owners))
    for row in db.session.execute(select(table).where(theirs).order_by(*table.primary_key.columns)):
        yield _plain(table, row)


def _of_account(person: Person) -> dict[str, list[JsonObject]]:
    """The rows of the account by which the person is or was a member; of its memberships only the person's own."""
    was = db.session.scalars(select(Coordinator).where(Coordinator.person_id == person.id)).one_or_none()
    if was is None:
        return {}
    tables = Base.metadata.tables
    theirs: dict[Column[Any], Any] = {tables["accounts"].c.id: was.account_id, tables["invitations"].c.email: was.email}
    for table in Base.metadata.sorted_tables:
        to_accounts = [key.parent for key in table.foreign_keys if key.column.table.name == "accounts"]
        theirs |= {column: was.account_id for column in to_accounts if table.name != "coordinators"}
    found = {
        column.table: db.session.execute(select(column.table).where(column == it)) for column, it in theirs.items()
    }
    return {table.name: plain for table, rows in found.items() if (plain := [_plain(table, row) for row in rows])}


def _plain(table: Table, row: Row[Any]) -> JsonObject:
    shown = [column.name for column in table.columns if not column.name.endswith(SECRET)]
    return {name: _as_json(row._mapping[table.c[name]]) for name in shown}  # noqa: SLF001 - its documented name


def _as_json(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.total_seconds() / 60 if isinstance(value, timedelta) else value


def _slots(person: Person) -> list[dict[str, str]]:
    mine = select(Event.title, Act.name, Slot.starts_at).join(Slot, Slot.event_id == Event.id)
    mine = mine.join(Act, Act.id == Slot.act_id).join(ActMember, ActMember.act_id == Act.id)
    rows = db.session.execute(mine.where(ActMember.person_id == person.id).order_by(Slot.starts_at))
    return [{"show": title, "act": act, "starts_at": at.isoformat()} for title, act, at in rows]


def _shifts(person: Person) -> list[dict[str, str]]:
    mine = select(Event.title, Role.name, Shift.starts_at, SignUp.state).join(Shift, Shift.event_id == Event.id)
    mine = mine.join(Role, Role.id == Shift.role_id).join(SignUp, SignUp.shift_id == Shift.id)
    rows = db.session.execute(mine.where(SignUp.person_id == person.id).order_by(Shift.starts_at))
    return [
        {"show": title, "role": role, "starts_at": at.isoformat(), "state": state} for title, role, at, state in rows
    ]
