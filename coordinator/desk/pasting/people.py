"""People that somebody pastes: known ones are known again, and nobody is made twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ...accounts.actions import record_change
from ...core.cells import read_language, read_yes
from ...core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from ...core.sheet import Sheet, SheetRow
from ...db import db, transaction
from ...events.actions import add_all_to_cast
from ...events.models import Event
from ...events.queries import cast_of
from ...people.actions import NotAPhone, add_person, agree_to_texts, edit_person, parse_phone
from ...people.models import Person
from ...shownight.actions import By
from ...web.spoken import masked
from ..regions import region_of
from .columns import sheet_of
from .lines import ADDS, CHANGES, NOTHING, WRONG, CannotPaste, Line, Pasted, WrongLine, must_be_readable


@dataclass(slots=True)
class _Known:
    """Somebody the house knows, or an earlier line has said."""

    name: str
    phone: str | None
    person: Person | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What one line says of somebody."""

    name: str
    phone: str | None
    language: str | None
    skills: tuple[str, ...]
    agreed: bool


@dataclass(slots=True)
class _House:
    """Everybody, by name and by number, while the lines are read."""

    region: str
    cast: set[int]
    by_name: dict[str, list[_Known]] = field(default_factory=dict)
    by_phone: dict[str, list[_Known]] = field(default_factory=dict)

    def add(self, known: _Known) -> None:
        self.by_name.setdefault(known.name.casefold(), []).append(known)
        if known.phone:
            self.by_phone.setdefault(known.phone, []).append(known)


_Found = tuple[Line, _Said | None, Person | None]


def look_at_people(event: Event, text: str) -> Pasted:
    """What each line would do; nothing is written. Raises CannotPaste."""
    sheet = sheet_of("people", text)
    return Pasted(sheet, [line for line, _said, _person in _found(event, sheet)])


def paste_people(event: Event, text: str, *, by: By, now: datetime, despite_wrong: bool = False) -> Pasted:
    """Put them in, and make them part of the event. ``despite_wrong``: lines that are wrong are left out.

    Raises CannotPaste, also where a line is wrong and that is not meant.
    """
    sheet = sheet_of("people", text)
    with transaction():
        found = list(_found(event, sheet))
        pasted = Pasted(sheet, [line for line, _said, _person in found])
        if pasted.wrong and not despite_wrong:
            raise CannotPaste(_("Some lines are wrong. Nothing was put in."))
        people = [_put_in(event, said, person, by, now) for _line, said, person in found if said]
        add_all_to_cast(event.id, people)
        _record(event, pasted, by, now)
    return pasted


def _found(event: Event, sheet: Sheet) -> Iterator[_Found]:
    house = _house(event)
    for row in sheet.rows:
        try:
            said = _said(row, house.region)
            yield _judged(row, said, house)
        except (WrongLine, NotAPhone) as wrong:
            yield Line(row.number, row["name"], WRONG, str(wrong)), None, None


def _house(event: Event) -> _House:
    house = _House(region_of(event.zone), {part.person_id for part in cast_of(event)})
    known = select(Person).where(Person.organisation_id == event.organisation_id, Person.forgotten_at.is_(None))
    for person in db.session.scalars(known.order_by(Person.id)):
        house.add(_Known(person.name, person.phone, person))
    return house


def _said(row: SheetRow, region: str) -> _Said:
    """What the line says. Raises WrongLine, NotAPhone."""
    if row.has_more:
        raise WrongLine(_("There are more cells than columns."))
    name = must_be_readable(row["name"], 200, _("A name can have 200 letters at most."))
    if not name:
        raise WrongLine(_("There is no name."))
    language = read_language(row["language"]) if row["language"] else None
    if row["language"] and language is None:
        raise WrongLine(_("Texts are in English or Spanish; %(language)s is neither.", language=row["language"][:40]))
    if (agreed := read_yes(row["agreed"])) is None:
        raise WrongLine(_("Say yes or no under agreed; %(word)s is neither.", word=row["agreed"][:40]))
    phone = parse_phone(row["phone"], region) if row["phone"] else None
    return _Said(name, phone, language, _skills(row["skills"]), agreed)


def _skills(words: str) -> tuple[str, ...]:
    skills = tuple(skills_of(words))
    if len(skills) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in skills):
        sentence = _("Name %(most)d skills at most, of %(letters)d letters each, with commas between.")
        raise WrongLine(sentence % {"most": MOST_SKILLS, "letters": LONGEST_SKILL})
    return skills


def _judged(row: SheetRow, said: _Said, house: _House) -> _Found:
    """Who is meant, and what the line adds. Raises WrongLine where that is not clear."""
    known = _meant(said, house)
    if known is None:
        others = [each.name for each in house.by_phone.get(said.phone or "", ())]
        house.add(_Known(said.name, said.phone, line=row.number))
        words = _("Shares the number with %(name)s.", name=", ".join(others)) if others else ""
        return Line(row.number, said.name, ADDS, words), said, None
    if known.person is None:
        return Line(row.number, said.name, NOTHING, _("Stands in line %(line)d already.", line=known.line)), None, None
    news = list(_news(said, known.person, house))
    known.phone = known.phone or said.phone
    if not news:
        return Line(row.number, said.name, NOTHING, _("Is here already.")), None, None
    return Line(row.number, said.name, CHANGES, ", ".join(news)), said, known.person


def _meant(said: _Said, house: _House) -> _Known | None:
    """Somebody of this name, with this number or with none yet; None: nobody. Raises WrongLine."""
    named = house.by_name.get(said.name.casefold(), [])
    if said.phone is None and len(named) > 1:
        raise WrongLine(_("More than one person is called %(name)s. Add the mobile number.", name=said.name))
    fitting = [each for each in named if said.phone in (None, each.phone)] or [each for each in named if not each.phone]
    if named and not fitting:
        sentence = _(
            "%(name)s is known with another number (%(phone)s). If this is somebody else, write the name so that "
            "one can tell them apart; else leave the number out.",
            name=said.name,
            phone=masked(named[0].phone),
        )
        raise WrongLine(sentence)
    return fitting[0] if fitting else None


def _news(said: _Said, person: Person, house: _House) -> Iterator[str]:
    if said.phone and not person.phone:
        yield _("gets a number")
    if said.language and said.language != person.language:
        yield _("another language for texts")
    if set(said.skills) - set(person.skills):
        yield _("more skills")
    if said.agreed and person.agreed_at is None:
        yield _("has agreed to texts")
    if person.id not in house.cast:
        yield _("joins this show")


def _put_in(event: Event, said: _Said, person: Person | None, by: By, now: datetime) -> Person:
    if person is None:
        person = add_person(organisation_id=event.organisation_id, name=said.name, phone=said.phone, now=now)
    edit_person(person, phone=said.phone, language=said.language)
    person.skills = [*person.skills, *(skill for skill in said.skills if skill not in person.skills)][:MOST_SKILLS]
    if said.agreed and person.agreed_at is None:
        agree_to_texts(person, f"told {by.name}"[:80], None, now)
    return person


def _record(event: Event, pasted: Pasted, by: By, now: datetime) -> None:
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        by=by.name,
        coordinator_id=by.coordinator_id,
        what="people.pasted",
        subject=event.slug,
        now=now,
        after={does: pasted.count(does) for does in (ADDS, CHANGES, NOTHING, WRONG)},
    )
