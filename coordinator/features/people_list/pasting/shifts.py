"""Pasted shifts, with the people on them: by the same rules as every other way onto a shift."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordinator.accounts.models import Actor
from coordinator.core.sheets import Line, ReadSheet, ShiftLine, SkippedLine, read_shifts
from coordinator.core.sheets import WrongLine as ReadWrong
from coordinator.db import db, transaction, trial
from coordinator.events.models import Event
from coordinator.features.sheets.labels import SKIPPED, wrong_line
from coordinator.features.sheets.look import doors_of, look_of, notices_of, shown
from coordinator.people.models import Person
from coordinator.reminders.queries.places import reasons_to_call
from coordinator.shifts.actions.bulk_assigning import put_many_on_shifts
from coordinator.shifts.actions.bulk_shifts import ShiftDraft, add_many_shifts, identity_of
from coordinator.shifts.actions.roles import as_known
from coordinator.shifts.models import HOLDING, Shift, SignUp
from coordinator.shifts.queries.planned import roles_of
from coordinator.shifts.refusals.taking import CannotTakeShift, NeedsAReason

from .columns import sheet_of
from .lines import ADDS, NOTHING, WRONG, CannotPaste, Pasted, PastedLine, WrongLine
from .shift_rows import draft_of


@dataclass(frozen=True, slots=True)
class _Read:
    """One line as read: a shift, and who is to be on it; or what is wrong."""

    line: Line
    draft: ShiftDraft | None = None
    person: Person | None = None
    wrong: str = ""


def preview_shifts(event: Event, text: str, *, actor: Actor, now: datetime) -> Pasted:
    """What each line would do, found by doing it and rolling it back. Raises CannotPaste.

    Don't call it within a transaction.
    """
    sheet = _sheet(event, text)
    with trial():
        return Pasted(sheet, _put_in(event, sheet, actor, now))


def paste_shifts(event: Event, text: str, *, actor: Actor, now: datetime, skip_wrong: bool = False) -> Pasted:
    """Add them. ``skip_wrong``: skip lines that are wrong.

    Raises CannotPaste, also if a line is wrong without ``skip_wrong``.
    """
    sheet = _sheet(event, text)
    with transaction():
        pasted = Pasted(sheet, _put_in(event, sheet, actor, now))
        if pasted.wrong and not skip_wrong:
            raise CannotPaste(_("Some lines are wrong. Nothing was added."))
    return pasted


def _sheet(event: Event, text: str) -> ReadSheet:
    """The table as it is read for this show. Raises CannotPaste."""
    return sheet_of("shifts", lambda: read_shifts(text, look_of(event).context(doors_of(event))))


def _put_in(event: Event, sheet: ReadSheet, actor: Actor, now: datetime) -> list[PastedLine]:
    reads = _with_places_for_all(list(_read(event, sheet)))
    there = {identity_of(shift) for shift in _shifts(event)}
    add_many_shifts(event, [read.draft for read in reads if read.draft], actor=actor, now=now)
    shifts = {identity_of(shift): shift for shift in _shifts(event)}
    staffed = _Staffed(
        event, [(shifts[read.draft.identity], read.person) for read in reads if read.draft and read.person]
    )
    staffed.put_on(actor, now)
    lines: list[PastedLine] = []
    look = look_of(event)
    for read in reads:
        line = read.line
        if read.draft is None or not isinstance(line, ShiftLine):
            lines.append(_not_put_in(read))
            continue
        if read.person is None:
            put_in = _shift_of(line, read.draft.identity not in there)
        else:
            put_in = staffed.line(line, shifts[read.draft.identity], read.person)
        lines.append(replace(put_in, shown=shown(line, look), notices=notices_of(line, look)))
        there.add(read.draft.identity)
    return lines


def _not_put_in(read: _Read) -> PastedLine:
    if isinstance(read.line, SkippedLine):
        return PastedLine(read.line.line, "", NOTHING, str(SKIPPED[read.line.why]))
    return PastedLine(read.line.line, read.line.about, WRONG, read.wrong)


class _Staffed:
    """What becomes of the people named for shifts, by the rules for everyone whom a coordinator puts on a shift."""

    def __init__(self, event: Event, wanted: list[tuple[Shift, Person]]) -> None:
        self._event = event
        self._on_it = _on_shifts(event)
        self._wanted = {_key(*pair): pair for pair in wanted if _key(*pair) not in self._on_it}
        self._to_call = reasons_to_call(person for _, person in wanted)
        self._refused: dict[tuple[int, int], CannotTakeShift | None] = {}

    def put_on(self, actor: Actor, now: datetime) -> None:
        refused = put_many_on_shifts(self._event, list(self._wanted.values()), actor=actor, now=now)
        self._refused = dict(zip(self._wanted, refused, strict=True))

    def line(self, row: ShiftLine, shift: Shift, person: Person) -> PastedLine:
        """What the line did; a second one that says the same did nothing."""
        number, about, key = row.line, f"{row.role}: {person.name}", _key(shift, person)
        if key in self._on_it:
            return PastedLine(number, about, NOTHING, _("Already on it."))
        if (refusal := self._refused[key]) is not None:
            return PastedLine(number, about, WRONG, _why(refusal, person))
        self._on_it.add(key)
        return PastedLine(number, about, ADDS, _told(person, self._to_call))


def _key(shift: Shift, person: Person) -> tuple[int, int]:
    return shift.id, person.id


def _why(refusal: CannotTakeShift, person: Person) -> str:
    if isinstance(refusal, NeedsAReason):
        why = " ".join(each.of(person.name) for each in refusal.refusals)
        return _("%(why)s If it's right anyway, add them by hand and give a reason.", why=why)
    return refusal.of(person.name)


def _told(person: Person, to_call: Mapping[int, str]) -> str:
    """How they are told."""
    name = person.first_name
    if person.id in to_call:
        return _("Nothing reaches %(name)s. You'll have to call; it goes on your call list.", name=name)
    return _("We'll ask %(name)s in 30 seconds.", name=name)


def _shift_of(row: ShiftLine, is_new: bool) -> PastedLine:
    return PastedLine(row.line, row.role, ADDS if is_new else NOTHING, "" if is_new else _("Already there."))


def _on_shifts(event: Event) -> set[tuple[int, int]]:
    held = select(SignUp.shift_id, SignUp.person_id).where(SignUp.event_id == event.id, SignUp.state.in_(HOLDING))
    return {(shift_id, person_id) for shift_id, person_id in db.session.execute(held)}


def _read(event: Event, sheet: ReadSheet) -> Iterator[_Read]:
    people, roles = _people(event), roles_of(event)
    for line in sheet.lines:
        if not isinstance(line, ShiftLine):
            yield _Read(line, wrong=wrong_line(line) if isinstance(line, ReadWrong) else "")
            continue
        try:
            draft = draft_of(line, event)
            known = replace(draft, role=as_known(draft.role, roles))
            yield _Read(line, known, _person(line.person or "", people))
        except WrongLine as wrong:
            yield _Read(line, wrong=str(wrong))


def _with_places_for_all(reads: list[_Read]) -> list[_Read]:
    """If no line says how many spots a shift has, it has one for each person named for it."""
    named = Counter(read.draft.identity for read in reads if read.draft and read.person)
    return [
        replace(read, draft=replace(read.draft, most=max(read.draft.most, named[read.draft.identity])))
        if read.draft and isinstance(read.line, ShiftLine) and read.line.most is None
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
        raise WrongLine(_("Nobody here is named %(name)s. Paste the people first.", name=called[:200]))
    if len(known) > 1:
        raise WrongLine(_("More than one person is named %(name)s. Add them by hand.", name=called))
    return known[0]
