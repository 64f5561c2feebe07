"""Taking a forgotten person's name and number out of what others wrote, said and changed."""

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, delete, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot
from coordinator.messaging.models.calls import Call
from coordinator.messaging.models.messages import Message
from coordinator.people.actions.persons import FORGOTTEN
from coordinator.people.models import Person
from coordinator.people.queries import someone_else_has
from coordinator.shownight.models import Press

from ..models import AcceptedClash, Kiosk, ProofCode, SignUp
from ..queries.past import PART_OF

OF_SHOWS: tuple[tuple[Any, tuple[InstrumentedAttribute[Any], ...]], ...] = (
    (Stage, (Stage.attended_by,)),
    (Slot, (Slot.asks_for,)),
    (Press, (Press.by, Press.before)),
    (Message, (Message.body, Message.first_body, Message.mail)),
    (Call, (Call.about, Call.ticked_by)),
    (Kiosk, (Kiosk.opened_by,)),
    (AcceptedClash, (AcceptedClash.by,)),
    (SignUp, (SignUp.override_reason,)),
)
AUDITED = (AuditEntry.by, AuditEntry.before, AuditEntry.after)


@dataclass(frozen=True, slots=True)
class _Traces:
    """What of a person is taken out of others' words: each is None when they have none, or share it with someone."""

    name: str | None
    number: str | None
    emails: frozenset[str]  # their own, and that of their account

    def __bool__(self) -> bool:
        return any((self.name, self.number, self.emails))

    def in_column(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Whether it mentions them. JSON is kept with its accents escaped."""
        known = {trace for trace in (self.name, self.number, *self.emails) if trace}
        sought = known | {json.dumps(trace)[1:-1] for trace in known}
        return or_(*(cast(column, Text).contains(words, autoescape=True) for words in sought))

    def pattern(self) -> re.Pattern[str]:
        """A name of one word counts only where it is all that is said."""
        patterns = [re.escape(self.number)] if self.number else []
        if self.name is not None:
            alone = (r"\A", r"\Z") if " " not in self.name else (r"(?<!\w)", r"(?!\w)")
            patterns.append(re.escape(self.name).join(alone))
        patterns += [re.escape(email).join((r"(?<![\w.+-])", r"(?![\w-])")) for email in sorted(self.emails)]
        return re.compile("|".join(patterns))


def scrub(person: Person, was: Coordinator | None = None) -> None:
    """Replace the name, the number and the email address wherever a show of theirs or the audit log has them.

    ``was``: their membership, if they had one. Then every show of the organization counts as theirs, and the email of
    their account goes too.

    What a person who is not forgotten shares, a name, number or address, stays: it is said of the other one too. A
    name of one word is replaced only where it stands alone, since others' words contain it. Names of acts stay; they
    are public.
    """
    with transaction() as session:
        for entry in session.scalars(select(AuditEntry).where(AuditEntry.person_id == person.id)):
            entry.by = FORGOTTEN
        if was is not None:
            session.execute(update(Press).where(Press.coordinator_id == was.id).values(by=FORGOTTEN))
        traces = _traces_of(person, was)
        addresses = [*filter(None, [traces.number]), *traces.emails]
        session.execute(delete(ProofCode).where(ProofCode.sent_to.in_(addresses)))
        if traces:
            shows = _shows_of(person, was)
            for table, columns in OF_SHOWS:
                _scrub(session, select(table).where(table.event_id.in_(shows)), columns, traces)
            audited = select(AuditEntry).where(AuditEntry.organisation_id == person.organisation_id)
            _scrub(session, audited, AUDITED, traces)
            others = select(Person).where(Person.organisation_id == person.organisation_id, Person.id != person.id)
            _scrub(session, others, (Person.notes,), traces)


def _traces_of(person: Person, was: Coordinator | None) -> _Traces:
    ours = Person.organisation_id == person.organisation_id
    own = person.email if not someone_else_has((Person.email == person.email) & ours, person) else None
    return _Traces(
        name=person.name if not someone_else_has((Person.name == person.name) & ours, person) else None,
        number=person.phone if not someone_else_has((Person.phone == person.phone) & ours, person) else None,
        emails=frozenset(filter(None, [own, was.email if was is not None else None])),
    )


def _scrub(
    session: Session, rows: Select[Any], columns: tuple[InstrumentedAttribute[Any], ...], traces: _Traces
) -> None:
    pattern = traces.pattern()
    for row in session.scalars(rows.where(or_(*(traces.in_column(column) for column in columns)))):
        for column in columns:
            setattr(row, column.key, _walked(getattr(row, column.key), pattern))


def _walked(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(FORGOTTEN, value)
    if isinstance(value, dict):
        return {key: _walked(each, pattern) for key, each in value.items()}
    return [_walked(each, pattern) for each in value] if isinstance(value, list) else value


def _shows_of(person: Person, was: Coordinator | None) -> list[int]:
    if was is not None:
        return list(db.session.scalars(select(Event.id).where(Event.organisation_id == person.organisation_id)))
    part_of = (select(table.event_id).where(table.person_id == person.id) for table in PART_OF)
    return list(db.session.scalars(union(*part_of)))
