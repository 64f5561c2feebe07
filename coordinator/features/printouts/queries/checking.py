"""Whether a printed page is current, and what changed since it was made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.models import Coordinator
from coordinator.core.printed import Change, State, changes, fingerprint, from_json
from coordinator.db import db
from coordinator.events.labels import called
from coordinator.events.models import Event, Print, PrintKind, Stage
from coordinator.lineup.models import Slot
from coordinator.people.models import Person
from coordinator.shifts.models import Shift

from .state import ABOUT, CURFEW, DAY, PERSON, SHIFT, SLOT, content_of

MOST_CHANGES: Final = 100  # are listed; whoever sees so many prints it again


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change, and what it is about; ``name`` is None for what is kept no more."""

    change: Change
    name: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A print and what changed since. ``more``: how many changes are not listed."""

    printed: Print
    changed: Sequence[NamedChange]
    more: int = 0

    @property
    def is_current(self) -> bool:
        return not self.changed


def print_with(key: str) -> Print | None:
    """The print whose page carries this key, with its event; None: there is none, or none any more."""
    found = select(Print).where(Print.key == key).options(joinedload(Print.event).selectinload(Event.stages))
    return db.session.scalars(found).one_or_none()


def print_of(event: Event, kind: PrintKind, state: State) -> Print | None:
    """The print that showed exactly this; None: there is none yet."""
    same = select(Print).where(Print.event_id == event.id, Print.kind == kind, Print.fingerprint == fingerprint(state))
    return db.session.scalars(same).one_or_none()


def made_by(printed: Print) -> str | None:
    """The name of the member who made it; None: they left."""
    whose = select(Person.name).join(Coordinator, Coordinator.person_id == Person.id)
    return db.session.scalar(whose.where(Coordinator.id == printed.made_by_id))


def checked(printed: Print, now: datetime) -> Checked:
    """What is no longer as it was printed."""
    current = content_of(PrintKind(printed.kind), printed.event, now).state
    found = changes(from_json(printed.state), current)
    listed = found[:MOST_CHANGES]
    names = _names(printed.event, [each.key for each in listed])
    return Checked(printed, [NamedChange(each, names.get(each.key)) for each in listed], len(found) - len(listed))


def _names(event: Event, keys: Iterable[str]) -> dict[str, str]:
    """What the lines are called, as far as their rows are kept, with one query for each kind."""
    parts = {key: key.split(":") for key in keys}
    read: Mapping[str, Callable[[set[int]], Mapping[int, str]]] = {
        CURFEW: lambda ids: {each.id: _("Curfew, %(stage)s", stage=each.name) for each in _rows(Stage, ids)},
        SLOT: lambda ids: {each.id: each.name for each in _rows(Slot, ids, joinedload(Slot.act))},
        SHIFT: lambda ids: {each.id: str(called(each.role)) for each in _rows(Shift, ids, joinedload(Shift.role))},
        PERSON: lambda ids: {each.id: each.name for each in _rows(Person, ids)},
    }
    named = {key: _("Doors") for key, (kind, *_rest) in parts.items() if kind == DAY}
    named |= {key: _("Show, venue or contact") for key in parts if key == ABOUT}
    for kind, names_of in read.items():
        ids = {key: int(ids[0]) for key, (what, *ids) in parts.items() if what == kind}
        names = names_of(set(ids.values())) if ids else {}
        named |= {key: names[number] for key, number in ids.items() if number in names}
    return named


def _rows(table: type[Any], ids: set[int], *options: Any) -> Sequence[Any]:
    return db.session.scalars(select(table).where(table.id.in_(ids)).options(*options)).all()
