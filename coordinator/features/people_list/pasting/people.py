"""Pasted people: known ones are recognized, and nobody is created twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from flask_babel import gettext as _

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from coordinator.core.sheets import Line, PersonLine, SkippedLine, read_people
from coordinator.core.sheets import WrongLine as ReadWrong
from coordinator.db import transaction
from coordinator.events.actions.cast import add_all_to_cast
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.features.sheets.labels import SKIPPED, wrong_line
from coordinator.features.sheets.look import Look, look_of, notices_of, shown
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts
from coordinator.people.actions.emails import NotAnEmail, parse_email
from coordinator.people.actions.moving import move_email, move_phone
from coordinator.people.actions.persons import edit_person, new_person
from coordinator.people.actions.phones import NotAPhone, parse_phone
from coordinator.people.models import Channel, Person

from .asking import Answers, choices_for, chosen_of, said_about
from .columns import sheet_of
from .household import Household, KnownPerson, SaidOfPerson, household_of, plainly_meant
from .lines import (
    ADDS,
    ASKS,
    CHANGES,
    NOTHING,
    WRONG,
    CannotPaste,
    Pasted,
    PastedLine,
    UnansweredLines,
    WrongLine,
    must_be_readable,
)

_Found = tuple[PastedLine, SaidOfPerson | None, Person | None]
_Read = tuple[Line, SaidOfPerson | str]
NOTHING_CHOSEN: Mapping[int, str] = MappingProxyType({})


def preview_people(event: Event, text: str, chosen: Mapping[int, str] = NOTHING_CHOSEN) -> Pasted:
    """What each line would do; writes nothing. ``chosen``: whom lines mean, by their numbers. Raises CannotPaste."""
    sheet = sheet_of("people", lambda: read_people(text))
    look = look_of(event)
    return Pasted(sheet, [line for line, _said, _person in _found(event, _read(event, sheet.lines), look, chosen)])


def paste_people(
    event: Event,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    skip_wrong: bool = False,
    chosen: Mapping[int, str] = NOTHING_CHOSEN,
) -> Pasted:
    """Add them to the organization and to the event. ``skip_wrong``: skip lines that are wrong.

    ``chosen``: whom lines mean, by their numbers. Raises CannotPaste, also if a line is wrong without ``skip_wrong``,
    and UnansweredLines if that is not said of a line which may mean someone known.
    """
    sheet = sheet_of("people", lambda: read_people(text))
    read = _read(event, sheet.lines)
    with transaction() as session:
        found = list(_found(event, read, look_of(event), chosen))
        pasted = Pasted(sheet, [line for line, _said, _person in found])
        if not pasted.is_answered:
            raise UnansweredLines(_("Say for each line below whom it means. Nothing was added."))
        if pasted.wrong and not skip_wrong:
            raise CannotPaste(_("Some lines are wrong. Nothing was added."))
        people = [_put_in(event, said, person, actor, now) for _line, said, person in found if said]
        session.add_all(people)
        session.flush()
        add_all_to_cast(event.id, people)
        _record(event, pasted, actor, now)
    return pasted


def _read(event: Event, lines: Iterable[Line]) -> list[_Read]:
    """What each line says, or what is wrong with it whoever is known already."""
    region = region_of(event.zone)
    read: list[_Read] = []
    for line in lines:
        try:
            read.append((line, _said(line, region) if isinstance(line, PersonLine) else _why_not(line)))
        except (WrongLine, NotAPhone, NotAnEmail) as wrong:
            read.append((line, str(wrong)))
    return read


def _why_not(line: Line) -> str:
    return wrong_line(line) if isinstance(line, ReadWrong) else ""


def _found(event: Event, read: Sequence[_Read], look: Look, chosen: Mapping[int, str]) -> Iterator[_Found]:
    house = household_of(event)
    answers = Answers(chosen, said_about(event, house, _names_to_ask_about(read, house)))
    for line, said in read:
        if isinstance(line, SkippedLine):
            yield PastedLine(line.line, "", NOTHING, str(SKIPPED[line.why])), None, None
            continue
        try:
            if isinstance(said, str) or not isinstance(line, PersonLine):
                raise WrongLine(said)
            found, kept, person = _judged(line, said, house, answers)
            yield replace(found, shown=shown(line, look), notices=notices_of(line, look)), kept, person
        except WrongLine as wrong:
            yield PastedLine(line.line, line.about, WRONG, str(wrong)), None, None


def _said(line: PersonLine, region: str) -> SaidOfPerson:
    """What the line says. Raises WrongLine, NotAPhone, NotAnEmail."""
    name = must_be_readable(line.name, 200, _("Names are limited to 200 characters."))
    phone = parse_phone(line.phone, region) if line.phone else None
    email = parse_email(line.email) if line.email else None
    is_texted = bool(line.agreed) and (phone is not None or email is None)
    is_mailed = bool(line.agreed_to_emails) or (bool(line.agreed) and phone is None and email is not None)
    prefers = Channel(line.prefers) if line.prefers else None
    skills = _skills(", ".join(line.skills))
    return SaidOfPerson(name, phone, email, line.language, skills, is_texted, is_mailed, prefers, line.consent)


def _skills(words: str) -> tuple[str, ...]:
    skills = tuple(skills_of(words))
    if len(skills) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in skills):
        sentence = _("List up to %(most)d skills, %(letters)d characters each, separated by commas.")
        raise WrongLine(sentence % {"most": MOST_SKILLS, "letters": LONGEST_SKILL})
    return skills


def _names_to_ask_about(read: Iterable[_Read], house: Household) -> set[str]:
    """The names of lines that may mean someone who is known."""
    said = [each for _line, each in read if isinstance(each, SaidOfPerson)]
    return {each.name for each in said if house.named(each) and plainly_meant(each, house) is None}


def _judged(row: PersonLine, said: SaidOfPerson, house: Household, answers: Answers) -> _Found:
    """Who is meant, and what the line adds; or that somebody has to say who is meant."""
    known = plainly_meant(said, house)
    if known is not None or not house.named(said):
        return _as_meant(row, said, known, house)
    choices = choices_for(said, house, answers.about)
    value = answers.chosen.get(row.line, "")
    if value not in {choice.value for choice in choices}:
        return PastedLine(row.line, said.name, ASKS, choices=choices), None, None
    known, moves = chosen_of(value, said, house)
    line, kept, person = _as_meant(row, replace(said, moves=moves), known, house)
    return replace(line, choices=choices, chosen=value), kept, person


def _as_meant(row: PersonLine, said: SaidOfPerson, known: KnownPerson | None, house: Household) -> _Found:
    """What the line adds, when it means this one; None: someone new."""
    if known is None:
        others, where = house.sharing(said), said.phone
        house.add(KnownPerson(said.name, said.phone, said.email, line=row.line))
        words = _("Shares the number with %(name)s.", name=", ".join(others)) if others and where else ""
        if others and not where:
            words = _("Shares the address with %(name)s.", name=", ".join(others))
        return PastedLine(row.line, said.name, ADDS, words), said, None
    if known.person is None:
        return PastedLine(row.line, said.name, NOTHING, _("Already in line %(line)d.", line=known.line)), None, None
    said = _of_what_stays(said, known.person)
    news = list(_news(said, known.person, house))
    house.reached_at(known, said)
    if not news:
        return PastedLine(row.line, said.name, NOTHING, _("Already here.")), None, None
    return PastedLine(row.line, said.name, CHANGES, ", ".join(news)), said, known.person


def _of_what_stays(said: SaidOfPerson, person: Person) -> SaidOfPerson:
    """Without a number or address that doesn't become theirs, and without the agreement given for it."""
    keeps_phone = not said.moves and person.phone and said.phone and person.phone != said.phone
    keeps_email = not said.moves and person.email and said.email and person.email != said.email
    return replace(
        said,
        phone=None if keeps_phone else said.phone,
        email=None if keeps_email else said.email,
        agreed=said.agreed and not keeps_phone,
        agreed_to_emails=said.agreed_to_emails and not keeps_email,
    )


def _news(said: SaidOfPerson, person: Person, house: Household) -> Iterator[str]:
    if said.phone and said.phone != person.phone:
        must_agree = person.agreed_at is not None and not said.agreed
        anew = _("another number, which has to agree to texts anew") if must_agree else _("another number")
        yield anew if person.phone else _("gets a number")
    if said.language and said.language != person.language:
        yield _("another language for texts")
    if set(said.skills) - set(person.skills):
        yield _("more skills")
    if said.agreed and (person.agreed_at is None or said.phone not in (None, person.phone)):
        yield _("has agreed to texts")
    if said.email and said.email != person.email:
        yield _("another email address") if person.email else _("gets an email address")
    if said.agreed_to_emails and (person.email_agreed_at is None or said.email not in (None, person.email)):
        yield _("has agreed to emails")
    if said.prefers and said.prefers != (person.prefers or Channel.TEXT):
        yield _("told first by email") if said.prefers is Channel.EMAIL else _("told first by text")
    if person.id not in house.cast:
        yield _("joins this show")


def _put_in(event: Event, said: SaidOfPerson, person: Person | None, actor: Actor, now: datetime) -> Person:
    if person is None:
        person = new_person(event.organisation_id, said.name, said.phone, now)
    if said.phone:
        move_phone(person, said.phone, now)
    if said.email:
        move_email(person, said.email, now)
    edit_person(person, language=said.language, prefers=said.prefers)
    person.skills = [*person.skills, *(skill for skill in said.skills if skill not in person.skills)][:MOST_SKILLS]
    if said.agreed and person.agreed_at is None:
        agree_to_texts(person, f"told {actor.name}"[:80], said.consent, now)
    if said.agreed_to_emails and person.email and person.email_agreed_at is None:
        agree_to_emails(person, f"told {actor.name}"[:80], said.consent, now)
    return person


def _record(event: Event, pasted: Pasted, actor: Actor, now: datetime) -> None:
    record(
        event,
        actor,
        "people.pasted",
        event.slug,
        now=now,
        after={does: pasted.count(does) for does in (ADDS, CHANGES, NOTHING, WRONG)},
    )
