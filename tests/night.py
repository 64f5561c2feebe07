"""A night in the database: writes its rows, and reads them back by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from coordinator.accounts.models import Organisation
from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import local_text, read_wall, show_day_bounds
from coordinator.db import Base, db
from coordinator.events.actions.days import set_curfews, set_days
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.lineup.models import Act, ActMember, Slot
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift, SignUp

if TYPE_CHECKING:
    from tests.builders import AShift, ASlot

SHOW_ON = date(2026, 12, 4)
ZONE = "America/New_York"
MADE_AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)  # when the plan was made and everyone agreed to texts
AREAS = (212, 347, 646, 718, 917)

_Row = TypeVar("_Row", bound=Base)
_numbers = count()


def at(wall: str, *, on: date = SHOW_ON, zone: str = ZONE) -> datetime:
    """The instant of a wall time of the show."""
    return read_wall(wall, on, ZoneInfo(zone))


def doors_local(event: Event) -> str | None:
    """When doors open on its first day, as clocks there show it."""
    doors_at = event.days[0].doors_at
    return local_text(doors_at, ZoneInfo(event.zone)) if doors_at else None


def curfew_local(stage: Stage) -> str | None:
    """The stage's curfew on the first day, as clocks there show it."""
    curfew_at = stage.event.days[0].curfew_at(stage.key)
    return local_text(curfew_at, ZoneInfo(stage.event.zone)) if curfew_at else None


def key_of(name: str) -> str:
    """The key for a name: "The Poor Nobodys" is ``the-poor-nobodys``."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


def a_phone() -> str:
    """An unassigned number: 555-0100 to 555-0199 in each area code in turn."""
    area, line = divmod(next(_numbers), 100)
    return f"+1{AREAS[area % len(AREAS)]}55501{line:02}"


@dataclass
class ANight:
    """A saved event and its rows by name, each read from the database on access."""

    event: Event
    organisation: Organisation
    stages: list[Stage] = field(default_factory=list)
    zone: str = ZONE
    on: date = SHOW_ON

    @property
    def stage(self) -> Stage:
        return self.stages[0]

    @property
    def doors_at(self) -> datetime:
        doors_at = self.event.days[0].doors_at
        assert doors_at is not None
        return doors_at

    @property
    def curfew_at(self) -> datetime:
        curfew_at = self.event.days[0].curfew_at(self.stage.key)
        assert curfew_at is not None
        return curfew_at

    def at(self, wall: str) -> datetime:
        return at(wall, on=self.on, zone=self.zone)

    def slot(self, name: str) -> Slot:
        return _only(Slot, Slot.event_id == self.event.id, Slot.key == key_of(name))

    def shift(self, key: str) -> Shift:
        return _only(Shift, Shift.event_id == self.event.id, Shift.key == key)

    def person(self, name: str) -> Person:
        return _only(Person, Person.organisation_id == self.organisation.id, Person.name == name)

    def add_days(self, number: int) -> None:
        """The days after the first."""
        later = [ShowDay(self.on + timedelta(days=each + 1)) for each in range(number)]
        set_days(self.event, [*self.event.days, *later])
        self.event.plan_until_at = show_day_bounds(self.event.days[-1].on, ZoneInfo(self.zone))[1]

    def add_stage(self, name: str, curfew: str | None) -> None:
        stage = Stage(event_id=self.event.id, key=key_of(name), name=name, position=len(self.stages))
        if curfew:
            set_curfews(self.event, stage.key, {self.on: self.at(curfew)})
        self.stages.append(_written(stage))

    def add_slot(self, spec: ASlot) -> None:
        """Adds to the last stage."""
        stage = self.stages[-1]
        order = db.session.scalars(select(Slot).where(Slot.stage_id == stage.id).order_by(Slot.position)).all()
        starts_at = self.at(spec.starts or "20:00")
        if order and not spec.starts:
            starts_at = order[-1].starts_at + order[-1].length + spec.changeover
        act = self._add_act(spec) if spec.people else None
        columns: dict[str, Any] = {"answer": "invited" if act else "open", "position": len(order)} | spec.columns
        slot = Slot(event_id=self.event.id, stage_id=stage.id, key=key_of(spec.name), created_at=MADE_AT, **columns)
        slot.act_id, slot.title = (act.id, None) if act else (None, spec.name)
        slot.starts_at, slot.starts_local, slot.length = starts_at, self._local(starts_at), spec.length
        slot.changeover, slot.changeover_min = spec.changeover, spec.changeover_min
        _written(slot)

    def add_shift(self, spec: AShift) -> None:
        role = self._role(spec.role)
        slot = self.slot(spec.follows) if spec.follows else None
        number = len(db.session.scalars(select(Shift.id).where(Shift.event_id == self.event.id)).all()) + 1
        places: dict[str, Any] = {"min": 1, "max": max(2, len(spec.people)), "key": f"{role.key}-{number}"}
        columns = places | spec.columns
        starts_at = self.at(spec.starts) if spec.starts else _planned(slot, columns["follows_from"])
        ends_at = self.at(spec.ends) if spec.ends else _planned(slot, columns["follows_to"])
        shift = Shift(event_id=self.event.id, role_id=role.id, created_at=MADE_AT, **columns)
        shift.starts_at = starts_at - columns.get("before", timedelta(0))
        shift.ends_at = ends_at + columns.get("after", timedelta(0))
        shift.starts_local, shift.ends_local = self._local(shift.starts_at), self._local(shift.ends_at)
        shift.follows_slot_id = slot.id if slot else None
        _written(shift)
        for name in spec.people:
            self.add_sign_up(shift, in_the_cast(self, name))

    def add_sign_up(self, shift: Shift, person: Person, state: str = "confirmed") -> SignUp:
        sign_up = SignUp(event_id=self.event.id, shift_id=shift.id, person_id=person.id, state=state)
        sign_up.created_at = sign_up.changed_at = MADE_AT
        return _written(sign_up)

    def _add_act(self, spec: ASlot) -> Act:
        act = _written(Act(event_id=self.event.id, key=key_of(spec.name), name=spec.name))
        for name in spec.people:
            member = ActMember(event_id=self.event.id, act_id=act.id, joined_at=MADE_AT)
            member.person_id = in_the_cast(self, name).id
            _written(member)
        return act

    def _role(self, name: str) -> Role:
        known = _maybe(Role, Role.event_id == self.event.id, Role.key == key_of(name))
        return known or _written(Role(event_id=self.event.id, key=key_of(name), name=name))

    def _local(self, instant: datetime) -> str:
        return local_text(instant, ZoneInfo(self.zone))


def an_event_row(
    organisation: Organisation, slug: str, doors: str | None, zone: str, on: date, columns: dict[str, Any]
) -> Event:
    """Only the event, saved: published, quiet from 21:00 to 08:00, unless ``columns`` says otherwise."""
    doors_at = at(doors, on=on, zone=zone) if doors else None
    usual: dict[str, Any] = {
        "title": "Songs for Justice in Motion",
        "beneficiary": "Justice in Motion",
        "venue_name": "The Old Chapel",
        "published": True,
        "quiet_from": time(21),
        "quiet_to": time(8),
        "created_at": MADE_AT,
        "plan_until_at": show_day_bounds(on, ZoneInfo(zone))[1],
    }
    days = (ShowDay(on, doors_at).in_zone(ZoneInfo(zone)),)
    return _written(Event(organisation_id=organisation.id, slug=slug, zone=zone, days=days, **usual | columns))


def in_the_cast(night: ANight, name: str) -> Person:
    """The person with this name in the organization, created if missing, as part of the event."""
    person = _maybe(Person, Person.organisation_id == night.organisation.id, Person.name == name)
    if person is None:
        person = Person(organisation_id=night.organisation.id, name=name, phone=a_phone())
        person.created_at = person.agreed_at = MADE_AT
        _written(person)
    if _maybe(EventPerson, EventPerson.event_id == night.event.id, EventPerson.person_id == person.id) is None:
        _written(EventPerson(event_id=night.event.id, person_id=person.id, key=key_of(name)))
    return person


def _planned(slot: Slot | None, anchor: str) -> datetime:
    """The planned instant of a slot's anchor."""
    assert slot is not None
    planned = {
        "changeover_start": slot.starts_at - slot.changeover,
        "set_start": slot.starts_at,
        "set_end": slot.starts_at + slot.length,
        "doors": slot.event.day_of(slot.starts_at).doors_at,
        "curfew": slot.event.day_of(slot.starts_at).curfew_at(slot.stage.key),
    }[anchor]
    assert planned is not None
    return planned


def _maybe(table: type[_Row], *which: ColumnElement[bool]) -> _Row | None:
    return db.session.scalars(select(table).where(*which).execution_options(populate_existing=True)).one_or_none()


def _only(table: type[_Row], *which: ColumnElement[bool]) -> _Row:
    return db.session.scalars(select(table).where(*which).execution_options(populate_existing=True)).one()


def _written(row: _Row) -> _Row:
    db.session.add(row)
    db.session.flush()
    return row
