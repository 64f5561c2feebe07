"""Writes a comparison into the rows of an event."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, null
from sqlalchemy.orm import Session

from coordinator.core.show_time import local_text
from coordinator.events.models import EventPerson, Stage
from coordinator.lineup.models import Act, ActMember, Slot
from coordinator.people.actions.consent import keep_as_past, keep_emails_as_past
from coordinator.people.models import Person
from coordinator.reminders.models import RuleOverride
from coordinator.shifts.actions.plan_end import settle_plan_end
from coordinator.shifts.models import Role, Shift, SignUp, SignUpSource

from . import show_days
from .changes import ORDER, Change, Comparison
from .entry_fields import Field
from .fields import EVENT, POLICY, TABLES
from .following import follow_the_plan
from .known_people import KnownPeople
from .rows import Rows
from .telling import PlaceChanges

FIELDS: Mapping[str, Mapping[str, Field]] = {
    table.what: {each.key: each for each in table.fields} for table in (EVENT, *TABLES)
}
POLICY_ROW = POLICY.removesuffix(".")
BEFORE_SHIFTS = ("event", "person", "act", "stage", "slot", "role")


@dataclass
class Writer:
    """One load: the session, the current rows, and the instant at which new rows are created."""

    session: Session
    rows: Rows
    now: datetime
    places: PlaceChanges
    going: set[str] = field(default_factory=set)
    people: KnownPeople = field(init=False)
    agreeing: set[tuple[int, str]] = field(default_factory=set)  # agreements of people that were stored already

    def write(self, comparison: Comparison) -> None:
        """Write everything that changes. Removals come last: until then others may still refer to the rows."""
        stays = [change for change in comparison.changes if change.kind != "remove"]
        goes = [change for change in comparison.changes if change.kind == "remove"]
        added = [change.after for change in stays if (change.kind, change.what) == ("add", "person")]
        self.people = KnownPeople(self.rows, added)
        self.going = {change.key for change in goes if change.what == "slot"}
        self._all(change for change in stays if change.what in BEFORE_SHIFTS)
        self._put_in_order(comparison)
        leaving = {change.key for change in goes if change.what == "stage"}
        show_days.keep_curfews_of(self.rows.event, self.rows.stages.keys() - leaving)
        self._keep_wall_times()
        self.session.flush()
        self._all(change for change in stays if change.what not in BEFORE_SHIFTS)
        follow_the_plan(self.rows, without=self.going)
        self._keep_wall_times()
        gone = [self._row(change) for change in goes]
        for row in gone:
            self.places.going(row)
        self.session.flush()
        self.places.tell()
        for row in gone:
            if inspect(row).persistent:
                self.session.delete(row)
        self.session.flush()
        settle_plan_end(self.rows.event)

    def _all(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.kind == "add":
                self._add(change)
            elif change.field != ORDER:
                row, before = self._row(change), change.before
                self._set(change.what, row, str(change.field), change.after)
                if (change.what, change.field) == ("sign-up", "state"):
                    self.places.edited(row, str(before))

    def _add(self, change: Change) -> None:
        row = self._new(change)
        if change.what == "event":
            show_days.put_first(row, change.after)
        self.session.add(row)
        for key, value in self._values(change, row):
            self._set(change.what, row, key, value)
        if change.what == "event":
            self.session.flush()  # everything else needs its id
        else:
            self._table(change.what)[change.key] = row
        if change.what == "sign-up":
            self.places.added(row)

    def _values(self, change: Change, row: Any) -> Iterator[tuple[str, Any]]:
        """The values of a new row. For someone the organization already knew, only what the document gives."""
        is_known = change.what == "person" and row.person.id is not None
        for key, value in change.after.items():
            if key != "key" and not (is_known and value == FIELDS["person"][key].default):
                yield key, value

    def _new(self, change: Change) -> Any:
        if change.what == "event":
            return self.rows.event
        part = {"event_id": self.rows.event.id}
        if change.what == "sign-up":
            return SignUp(**part, created_at=self.now, changed_at=self.now, source=SignUpSource.DOCUMENT)
        keyed = {**part, "key": change.key}
        makers: Mapping[str, Callable[[], Any]] = {
            "person": lambda: EventPerson(**keyed, person=self.people.take(change.after, self.now)),
            "act": lambda: Act(**keyed),
            "stage": lambda: Stage(**keyed),
            "slot": lambda: Slot(**keyed, created_at=self.now, answer="open"),
            "role": lambda: Role(**keyed),
            "shift": lambda: Shift(**keyed, created_at=self.now),
            "rule": lambda: RuleOverride(**keyed),
        }
        return makers[change.what]()

    def _set(self, what: str, row: Any, key: str, value: Any) -> None:
        if what == "person" and key.startswith(("texts.", "emails.")):
            self._keep_the_agreement(row.person, key.partition(".")[0])
        if key == "stage":
            row.stage = self.rows.stages[value]
        elif (what, key) == ("slot", "state"):
            self._answer(row, value)
        elif (what, key) in show_days.KEYS:
            show_days.put(self.rows.event, key, value, row.key if what == "stage" else "")
        elif (what, key) == ("stage", "attended"):
            row.attended_at, row.attended_by = (self.now, "document") if value else (None, None)
        elif (what, key) == ("act", "people"):
            self._gather(row, value)
        elif (what, key) == ("sign-up", "person"):
            row.person = self.rows.people[value].person
        else:
            self._set_column(row, FIELDS[what][key], value)
        if what == "sign-up":
            row.changed_at = self.now
        if what == "person":
            self.session.add(row)  # someone who had no key until now

    def _set_column(self, row: Any, each: Field, value: Any) -> None:
        owner, _, column = each.column.rpartition(".")
        if owner == POLICY_ROW:
            self._set_volunteer_policy(column, value)
            return
        if isinstance(value, tuple):
            value = list(value)
        if each.refers_to:
            value = getattr(self.rows, each.refers_to)[value] if value is not None else None
        setattr(getattr(row, owner) if owner else row, column, value)

    def _keep_the_agreement(self, person: Person, group: str) -> None:
        if (person.id, group) not in self.agreeing:
            self.agreeing.add((person.id, group))
            (keep_emails_as_past if group == "emails" else keep_as_past)(person, self.now)

    def _set_volunteer_policy(self, column: str, value: Any) -> None:
        """A row only if something differs from the defaults."""
        policy = self.rows.policy
        if getattr(policy, column) != value:
            policy.event = self.rows.event
            is_new = not inspect(policy).persistent
            setattr(policy, column, null() if is_new and value is None else value)  # None would become the default
            self.session.add(policy)

    def _answer(self, slot: Slot, state: str) -> None:
        """A cancelled slot keeps its answer; another state restores it."""
        if state == "cancelled":
            slot.cancelled_at = slot.cancelled_at or self.now
            return
        if slot.cancelled_at is not None:
            slot.cancelled_at, slot.restored_at = None, self.now
        if slot.answer != state:
            slot.disputed_at, slot.answers[:] = None, []
            slot.answer, slot.answered_at, slot.answered_via = state, self.now, "document"

    def _gather(self, act: Act, keys: Iterable[str]) -> None:
        """The act's members: those who stay keep the instant of joining, new ones join now."""
        wanted = [self.rows.people[key].person for key in keys]
        for member in [member for member in act.members if member.person not in wanted]:
            act.members.remove(member)
        there = {member.person for member in act.members}
        for person in wanted:
            if person not in there:
                act.members.append(ActMember(event_id=self.rows.event.id, person=person, joined_at=self.now))

    def _put_in_order(self, comparison: Comparison) -> None:
        _number([self.rows.stages[key] for key in comparison.stage_order])
        for order in comparison.orders.values():
            _number([self.rows.slots[key] for key in order])

    def _keep_wall_times(self) -> None:
        """Keep wall times beside their instants, in the show's zone."""
        event = self.rows.event
        zone = ZoneInfo(event.zone)
        for slot in self.rows.slots.values():
            slot.starts_local = local_text(slot.starts_at, zone)
        for shift in self.rows.shifts.values():
            shift.starts_local, shift.ends_local = local_text(shift.starts_at, zone), local_text(shift.ends_at, zone)

    def _row(self, change: Change) -> Any:
        return self.rows.event if change.what == "event" else self._table(change.what)[change.key]

    def _table(self, what: str) -> dict[str, Any]:
        table: dict[str, Any] = getattr(self.rows, next(each.key for each in TABLES if each.what == what))
        return table


def _number(rows: list[Any]) -> None:
    """Number positions in this order, unless they are in order already."""
    if [row.position for row in rows] != sorted({row.position for row in rows if row.position is not None}):
        for position, row in enumerate(rows):
            row.position = position
