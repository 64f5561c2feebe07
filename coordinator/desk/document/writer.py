"""Writes a comparison into the rows of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, null, select
from sqlalchemy.orm import Session

from ...core.show_time import local_text, show_day_bounds
from ...events.models import Event, EventPerson, Stage
from ...lineup.models import Act, ActMember, Slot
from ...people.actions import keep_as_past
from ...people.models import Person
from ...reminders.models import RuleOverride
from ...shifts.models import Role, Shift, SignUp
from .changes import ORDER, Change, Comparison
from .fields import EVENT, HOUSE, TABLES, Field
from .following import follow_the_plan
from .rows import Rows

FIELDS: Mapping[str, Mapping[str, Field]] = {
    table.what: {each.key: each for each in table.fields} for table in (EVENT, *TABLES)
}
HOUSE_RULE = HOUSE.removesuffix(".")
BEFORE_SHIFTS = ("event", "person", "act", "stage", "slot", "role")


@dataclass
class Writer:
    """One load: the session, the rows as they are, and the instant that new things are created at."""

    session: Session
    rows: Rows
    now: datetime
    going: set[str] = field(default_factory=set)
    agreeing: set[int] = field(default_factory=set)  # people whose former agreement was kept already

    def write(self, comparison: Comparison) -> None:
        """Everything that changes. What goes, goes last: until then others may still point at it."""
        stays = [change for change in comparison.changes if change.kind != "remove"]
        goes = [change for change in comparison.changes if change.kind == "remove"]
        self.going = {change.key for change in goes if change.what == "slot"}
        self._all(change for change in stays if change.what in BEFORE_SHIFTS)
        self._put_in_order(comparison)
        self._keep_wall_times()
        self.session.flush()
        self._all(change for change in stays if change.what not in BEFORE_SHIFTS)
        follow_the_plan(self.rows, without=self.going)
        self._keep_wall_times()
        for row in [self._row(change) for change in goes]:
            if inspect(row).persistent:
                self.session.delete(row)
        self.session.flush()

    def _all(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.kind == "add":
                self._add(change)
            elif change.field != ORDER:
                self._set(change.what, self._row(change), str(change.field), change.after)

    def _add(self, change: Change) -> None:
        row = self._new(change)
        self.session.add(row)
        for key, value in self._values(change, row):
            self._set(change.what, row, key, value)
        if change.what == "event":
            self.session.flush()  # everything else needs its id
        else:
            self._table(change.what)[change.key] = row

    def _values(self, change: Change, row: Any) -> Iterator[tuple[str, Any]]:
        """What to set of a new row. Of somebody the organisation knew already, only what the document says."""
        is_known = change.what == "person" and row.person.id is not None
        for key, value in change.after.items():
            if key != "key" and not (is_known and value == FIELDS["person"][key].default):
                yield key, value

    def _new(self, change: Change) -> Any:
        if change.what == "event":
            return self.rows.event
        part = {"event_id": self.rows.event.id}
        if change.what == "sign-up":
            return SignUp(**part, created_at=self.now, changed_at=self.now, how="document")
        keyed = {**part, "key": change.key}
        makers: Mapping[str, Callable[[], Any]] = {
            "person": lambda: EventPerson(**keyed, person=self._person(change.after)),
            "act": lambda: Act(**keyed),
            "stage": lambda: Stage(**keyed),
            "slot": lambda: Slot(**keyed, created_at=self.now, answer="open"),
            "role": lambda: Role(**keyed),
            "shift": lambda: Shift(**keyed, created_at=self.now),
            "rule": lambda: RuleOverride(**keyed),
        }
        return makers[change.what]()

    def _person(self, said: Mapping[str, Any]) -> Person:
        """Somebody known by this name and number who has no other part in the event, or else somebody new."""
        known = select(Person).where(
            Person.organisation_id == self.rows.event.organisation_id,
            Person.name == said["name"],
            Person.phone == said["phone"],
            Person.forgotten_at.is_(None),
        )
        taken = {part.person for part in self.rows.people.values()}
        known_ones = self.session.scalars(known.order_by(Person.id)).all() if said["phone"] else []
        free = [person for person in known_ones if person not in taken]
        return free[0] if free else Person(organisation_id=self.rows.event.organisation_id, created_at=self.now)

    def _set(self, what: str, row: Any, key: str, value: Any) -> None:
        if what == "person" and key.startswith("texts."):
            self._keep_the_agreement(row.person)
        if key == "stage":
            row.stage = self.rows.stages[value]
        elif (what, key) == ("slot", "state"):
            self._answer(row, value)
        elif (what, key) == ("act", "people"):
            self._gather(row, value)
        elif (what, key) == ("sign-up", "person"):
            row.person = self.rows.people[value].person
        else:
            self._set_column(row, FIELDS[what][key], value)
        if what == "sign-up":
            row.changed_at = self.now
        if what == "person":
            self.session.add(row)  # somebody who had no key until now

    def _set_column(self, row: Any, each: Field, value: Any) -> None:
        owner, _, column = each.column.rpartition(".")
        if owner == HOUSE_RULE:
            self._set_house_rule(column, value)
            return
        if isinstance(value, tuple):
            value = list(value)
        if each.refers_to:
            value = getattr(self.rows, each.refers_to)[value] if value is not None else None
        setattr(getattr(row, owner) if owner else row, column, value)

    def _keep_the_agreement(self, person: Person) -> None:
        if person.id not in self.agreeing:
            self.agreeing.add(person.id)
            keep_as_past(person, self.now)

    def _set_house_rule(self, column: str, value: Any) -> None:
        """A row of its own only where something is not as by default."""
        house = self.rows.house
        if getattr(house, column) != value:
            house.event = self.rows.event
            is_new = not inspect(house).persistent
            setattr(house, column, null() if is_new and value is None else value)  # None would become the default
            self.session.add(house)

    def _answer(self, slot: Slot, state: str) -> None:
        """A cancelled slot keeps its answer; another state restores it."""
        if state == "cancelled":
            slot.cancelled_at = slot.cancelled_at or self.now
            return
        if slot.cancelled_at is not None:
            slot.cancelled_at, slot.restored_at = None, self.now
        if slot.answer != state:
            slot.answer, slot.answered_at, slot.answered_how = state, self.now, "document"

    def _gather(self, act: Act, keys: Iterable[str]) -> None:
        """The act's members: who stays keeps the instant of joining, who is new joins now."""
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
        """Wall times beside their instants, in the zone of the show; and when its day is over."""
        event = self.rows.event
        zone = ZoneInfo(event.zone)
        event.doors_local = local_text(event.doors_at, zone) if event.doors_at else None
        for stage in self.rows.stages.values():
            stage.curfew_local = local_text(stage.curfew_at, zone) if stage.curfew_at else None
        for slot in self.rows.slots.values():
            slot.starts_local = local_text(slot.starts_at, zone)
        for shift in self.rows.shifts.values():
            shift.starts_local, shift.ends_local = local_text(shift.starts_at, zone), local_text(shift.ends_at, zone)
        event.plan_until_at = _plan_until(event, self.rows.slots.values(), zone)

    def _row(self, change: Change) -> Any:
        return self.rows.event if change.what == "event" else self._table(change.what)[change.key]

    def _table(self, what: str) -> dict[str, Any]:
        table: dict[str, Any] = getattr(self.rows, next(each.key for each in TABLES if each.what == what))
        return table


def _plan_until(event: Event, slots: Iterable[Slot], zone: ZoneInfo) -> datetime:
    """The end of the show's day, or of the day in which the last slot is planned to end."""
    until = show_day_bounds(event.date, zone)[1]
    last = max((slot.starts_at + slot.length for slot in slots), default=until)
    while until < last:
        until += timedelta(days=1)
    return until


def _number(rows: list[Any]) -> None:
    """Positions in this order, unless they are in it already."""
    if [row.position for row in rows] != sorted({row.position for row in rows if row.position is not None}):
        for position, row in enumerate(rows):
            row.position = position
