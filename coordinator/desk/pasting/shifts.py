"""Shifts that somebody pastes, with the people on them: through the same rules as every other way onto a shift."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.sheet import Sheet, SheetRow
from ...db import db, transaction
from ...events.models import Event
from ...people.models import Person
from ...shifts.actions import ShiftDraft, identity_of, lay_shifts, put_on_shift
from ...shifts.models import HOLDING, Shift, SignUp
from ...shifts.refusals import CannotTakeShift, NeedsAReason
from ...shownight.actions import By
from .columns import sheet_of
from .lines import ADDS, NOTHING, WRONG, CannotPaste, Line, Pasted, WrongLine
from .shift_rows import draft_of


class _TakenBack(Exception):
    """It was only tried."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One line as read: a shift, and who is to be on it; or what is wrong."""

    row: SheetRow
    draft: ShiftDraft | None = None
    person: Person | None = None
    wrong: str = ""


def look_at_shifts(event: Event, text: str, *, by: By, now: datetime) -> Pasted:
    """What each line would do, found out by doing it and taking it back. Raises CannotPaste.

    Not to be called within a transaction.
    """
    sheet = sheet_of("shifts", text)
    lines: list[Line] = []
    try:
        with transaction():
            lines = _put_in(event, sheet, by, now)
            raise _TakenBack
    except _TakenBack:
        return Pasted(sheet, lines)


def paste_shifts(event: Event, text: str, *, by: By, now: datetime, despite_wrong: bool = False) -> Pasted:
    """Put them in. ``despite_wrong``: lines that are wrong are left out.

    Raises CannotPaste, also where a line is wrong and that is not meant.
    """
    sheet = sheet_of("shifts", text)
    with transaction():
        pasted = Pasted(sheet, _put_in(event, sheet, by, now))
        if pasted.wrong and not despite_wrong:
            raise CannotPaste(_("Some lines are wrong. Nothing was put in."))
    return pasted


def _put_in(event: Event, sheet: Sheet, by: By, now: datetime) -> list[Line]:
    reads = _with_places_for_all(list(_read(event, sheet)))
    there = {identity_of(shift) for shift in _shifts(event)}
    lay_shifts(event, [read.draft for read in reads if read.draft], by=by, now=now)
    shifts = {identity_of(shift): shift for shift in _shifts(event)}
    on_it = _on_shifts(event)
    lines: list[Line] = []
    for read in reads:
        if read.draft is None:
            lines.append(Line(read.row.number, read.row["role"], WRONG, read.wrong))
            continue
        shift = shifts[read.draft.identity]
        is_new = read.draft.identity not in there
        there.add(read.draft.identity)
        lines.append(_staffed(read.row, shift, read.person, on_it, by, now) if read.person else _laid(read.row, is_new))
    return lines


def _laid(row: SheetRow, is_new: bool) -> Line:
    return Line(row.number, row["role"], ADDS if is_new else NOTHING, "" if is_new else _("Is there already."))


def _staffed(row: SheetRow, shift: Shift, person: Person, on_it: set[tuple[int, int]], by: By, now: datetime) -> Line:
    """Put the person on the shift, if the rules allow it."""
    number, about = row.number, f"{row['role']}: {person.name}"
    if (shift.id, person.id) in on_it:
        return Line(number, about, NOTHING, _("Is on it already."))
    try:
        put_on_shift(shift.id, person, by=by, now=now)
    except NeedsAReason as refusal:
        why = " ".join(each.of(person.name) for each in refusal.refusals)
        return Line(number, about, WRONG, _("%(why)s If it should be so, put them on by hand and say why.", why=why))
    except CannotTakeShift as refusal:
        return Line(number, about, WRONG, refusal.of(person.name))
    on_it.add((shift.id, person.id))
    return Line(number, about, ADDS)


def _on_shifts(event: Event) -> set[tuple[int, int]]:
    held = select(SignUp.shift_id, SignUp.person_id).where(SignUp.event_id == event.id, SignUp.state.in_(HOLDING))
    return {(shift_id, person_id) for shift_id, person_id in db.session.execute(held)}


def _read(event: Event, sheet: Sheet) -> Iterator[_Read]:
    people = _people(event)
    for row in sheet.rows:
        try:
            yield _Read(row, draft_of(row, event), _person(row["person"], people))
        except WrongLine as wrong:
            yield _Read(row, wrong=str(wrong))


def _with_places_for_all(reads: list[_Read]) -> list[_Read]:
    """Where no line says how many places a shift has, there is one for each who is named for it."""
    named = Counter(read.draft.identity for read in reads if read.draft and read.person)
    return [
        replace(read, draft=replace(read.draft, most=max(read.draft.most, named[read.draft.identity])))
        if read.draft and not read.row["max"]
        else read
        for read in reads
    ]


def _shifts(event: Event) -> list[Shift]:
    found = select(Shift).where(Shift.event_id == event.id).options(joinedload(Shift.role))
    return list(db.session.scalars(found))


def _people(event: Event) -> Mapping[str, list[Person]]:
    known = select(Person).where(Person.organisation_id == event.organisation_id, Person.forgotten_at.is_(None))
    people: dict[str, list[Person]] = defaultdict(list)
    for person in db.session.scalars(known):
        people[person.name.casefold()].append(person)
    return people


def _person(name: str, people: Mapping[str, list[Person]]) -> Person | None:
    """The one person of this name; None: the line names nobody. Raises WrongLine."""
    called = " ".join(name.split())
    if not called:
        return None
    known = people.get(called.casefold(), [])
    if not known:
        raise WrongLine(_("Nobody here is called %(name)s. Paste the people first.", name=called[:200]))
    if len(known) > 1:
        raise WrongLine(_("More than one person is called %(name)s. Put them on by hand.", name=called))
    return known[0]
