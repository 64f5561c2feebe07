"""What each printed page shows, as lines that can be compared later."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from coordinator.core.printed import PrintedLine, State, line
from coordinator.events.models import Event, PrintKind
from coordinator.shifts.models import Role, SignUp

from .order import CallSheet, PrintedDay, PrintedSlot, call_sheets, order_by_day
from .people import Duty, PrintedPerson, SheetShift, everybody_on, people_by_day, shift_sheet, shifts_by_day

ABOUT: Final = "about"  # the line of the show itself
DAY: Final = "day"  # of a show day: its doors
CURFEW: Final = "curfew"  # of a stage on a show day
SLOT: Final = "slot"
SHIFT: Final = "shift"
PERSON: Final = "person"


def key_of(kind: str, *ids: int | date) -> str:
    """The key of a line: ``slot:12``, ``person:7:2026-12-04``."""
    return ":".join((kind, *map(str, ids)))


@dataclass(frozen=True, slots=True)
class Content:
    """What a page shows, and the same as lines to compare."""

    state: State
    shown: Mapping[str, Any]


def content_of(kind: PrintKind, event: Event, now: datetime) -> Content:
    """What this page shows if it is printed at ``now``."""
    return _CONTENTS[kind](event, now)


def order_state(event: Event, days: Iterable[PrintedDay]) -> State:
    """What the running order shows: its slots, doors and curfews."""
    state = {ABOUT: _about(event)}
    for day in days:
        state[key_of(DAY, day.on)] = line(day.doors_at)
        for stage in day.stages:
            state[key_of(CURFEW, stage.stage.id, day.on)] = line(stage.curfew_at, stage.stage.name)
            state |= {key_of(SLOT, each.slot.id): _slot(each, each.slot.answer) for each in stage.slots}
    return state


def sheets_state(event: Event, sheets: Iterable[CallSheet]) -> State:
    """What the call sheets show."""
    state = {ABOUT: _about(event)}
    for sheet in sheets:
        members = [person.name for person in sheet.act.people]
        state |= {key_of(SLOT, each.slot.id): _slot(each, each.call_at, members) for each in sheet.slots}
    return state


def shifts_state(event: Event, sheet: Iterable[SheetShift]) -> State:
    """What the shift sheet shows."""
    return {ABOUT: _about(event)} | {
        key_of(SHIFT, each.shift.id): line(
            each.starts_at,
            each.ends_at,
            each.call_at,
            _role(each.shift.role),
            each.shift.place,
            each.open_lines,
            _names(each.people, each.coming),
        )
        for each in sheet
    }


def door_state(event: Event, days: Iterable[tuple[date, Iterable[PrintedPerson]]]) -> State:
    """What the door list shows, day by day."""
    return {ABOUT: _about(event)} | {
        key_of(PERSON, each.person.id, on): line(each.call_at, each.person.name, *_duties(each))
        for on, people in days
        for each in people
    }


def phones_state(event: Event, people: Iterable[PrintedPerson]) -> State:
    """What the phone list shows."""
    return {ABOUT: _about(event)} | {
        key_of(PERSON, each.person.id): line(
            each.duties[0].starts_at,
            *(each.person.name, each.person.phone, each.person.email),
            *_duties(each),
            [duty.starts_at for duty in each.duties],
        )
        for each in people
    }


def badges_state(event: Event, people: Iterable[PrintedPerson]) -> State:
    """What the badges show: no times."""
    return {ABOUT: _about(event)} | {
        key_of(PERSON, each.person.id): line(None, each.person.name, [_what(duty) for duty in each.duties])
        for each in people
    }


def _about(event: Event) -> PrintedLine:
    where = (event.venue_name, event.venue_address, event.zone)
    return line(None, event.title, event.title_es, *event.dates, *where, event.contact_name, event.contact_phone)


def _slot(each: PrintedSlot, *more: object) -> PrintedLine:
    slot, crew = each.slot, [_role(shift.role) for shift in each.crew]
    names = _names(each.crew_people, {})
    is_off = slot.cancelled_at is not None
    return line(each.starts_at, each.ends_at, each.free_at, slot.name, slot.kind, slot.note, is_off, crew, names, *more)


def _names(sign_ups: Iterable[SignUp], coming: Mapping[int, str]) -> list[tuple[str, str | None]]:
    return sorted((each.person.name, coming.get(each.id)) for each in sign_ups)


def _duties(each: PrintedPerson) -> tuple[object, ...]:
    return [_what(duty) for duty in each.duties], each.coming


def _what(duty: Duty) -> object:
    return _role(duty.role) if duty.role else duty.what


def _role(role: Role) -> tuple[str, str | None]:
    return role.name, role.name_es


def _order(event: Event, now: datetime) -> Content:
    days = order_by_day(event, now)
    return Content(order_state(event, days), {"days": days})


def _call_sheets(event: Event, now: datetime) -> Content:
    sheets = call_sheets(event, now)
    return Content(sheets_state(event, sheets), {"sheets": sheets})


def _shifts(event: Event, now: datetime) -> Content:
    sheet = shift_sheet(event, now)
    return Content(shifts_state(event, sheet), {"days": shifts_by_day(event, sheet)})


def _door(event: Event, now: datetime) -> Content:
    days = people_by_day(event, everybody_on(event, now))
    return Content(door_state(event, days), {"days": days})


def _phones(event: Event, now: datetime) -> Content:
    people = everybody_on(event, now)
    days = [on for on, _people in people_by_day(event, people)]
    return Content(phones_state(event, people), {"people": people, "days": days})


def _badges(event: Event, now: datetime) -> Content:
    people = everybody_on(event, now)
    return Content(badges_state(event, people), {"people": people})


_CONTENTS: Mapping[PrintKind, Callable[[Event, datetime], Content]] = {
    PrintKind.RUNNING_ORDER: _order,
    PrintKind.CALL_SHEETS: _call_sheets,
    PrintKind.SHIFTS: _shifts,
    PrintKind.DOOR: _door,
    PrintKind.PHONES: _phones,
    PrintKind.BADGES: _badges,
}
