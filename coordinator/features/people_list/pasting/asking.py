"""Whether a pasted line means someone of the same name who is known already: whoever pastes says so."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.core.show_time import calendar_day, zone_named
from coordinator.db import db
from coordinator.events.labels import called
from coordinator.events.models import Event, EventPerson
from coordinator.lineup.models import Act, ActMember
from coordinator.shifts.models import Role, Shift, SignUp
from coordinator.shifts.queries.everybody import ON_SHIFTS
from coordinator.spoken import masked, on_page

from .household import Household, KnownPerson, SaidOfPerson
from .lines import Choice

SOMEONE_ELSE = "new"
MOVED = "-moved"  # ends a choice: it is them, and they have another number or address now


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen for each line, by its number; and what is said of everyone who may be meant, by id."""

    chosen: Mapping[int, str] = field(default_factory=dict)
    about: Mapping[int, str] = field(default_factory=dict)


def choices_for(said: SaidOfPerson, house: Household, about: Mapping[int, str]) -> tuple[Choice, ...]:
    """Whom of the same name the line may mean, or someone else."""
    choices: list[Choice] = []
    for known in house.named(said):
        if _has_another(known, said):
            choices.append(Choice(_value(known), _("%(who)s: what we have stays", who=_who(known, about))))
            choices.append(
                Choice(_value(known) + MOVED, _("%(who)s: reached as in this line now", who=_who(known, about)))
            )
        else:
            choices.append(Choice(_value(known), _who(known, about)))
    return (*choices, Choice(SOMEONE_ELSE, _("Another person")))


def chosen_of(value: str, said: SaidOfPerson, house: Household) -> tuple[KnownPerson | None, bool]:
    """Whom the choice means, None for someone new; and whether they are reached otherwise now."""
    known = next((each for each in house.named(said) if _value(each) == value.removesuffix(MOVED)), None)
    return known, value.endswith(MOVED)


def said_about(event: Event, house: Household, names: Collection[str]) -> dict[int, str]:
    """What tells everyone of these names apart, by id: what they do in this show, or since when they are known.

    The same number of queries however many they are.
    """
    known = [each.person for name in names for each in house.by_name.get(name.casefold(), ()) if each.person]
    ids = {person.id for person in known}
    parts: dict[int, list[str]] = defaultdict(list)
    acts = select(ActMember.person_id, Act.name).join(Act).where(Act.event_id == event.id, ActMember.person_id.in_(ids))
    for person_id, act in db.session.execute(acts):
        parts[person_id].append(act)
    helping = (
        select(SignUp.person_id, Role).join(Shift, Shift.id == SignUp.shift_id).join(Role, Role.id == Shift.role_id)
    )
    mine = helping.where(SignUp.event_id == event.id, SignUp.person_id.in_(ids), SignUp.state.in_(ON_SHIFTS))
    for person_id, role in db.session.execute(mine.order_by(Shift.starts_at)):
        parts[person_id].append(str(called(role)))
    shows = _other_shows(event, ids)
    return {
        person.id: ", ".join(dict.fromkeys(parts[person.id]))
        or shows.get(person.id)
        or _since(event, person.created_at)
        for person in known
    }


def _other_shows(event: Event, ids: Collection[int]) -> dict[int, str]:
    """The title of the last other show that each was part of."""
    there = select(EventPerson.person_id, Event).join(Event, Event.id == EventPerson.event_id)
    found = there.where(EventPerson.person_id.in_(ids), Event.id != event.id).order_by(Event.date)
    return {person_id: str(called(show)) for person_id, show in db.session.execute(found)}


def _since(event: Event, at: datetime) -> str:
    day = calendar_day(at, zone_named(event.zone))
    return _("on your list since %(day)s", day=on_page(event.zone, str(get_locale() or "en")).day_short(day))


def _who(known: KnownPerson, about: Mapping[int, str]) -> str:
    """How to tell them apart: their number or address, and what they do."""
    where = masked(known.phone or known.email) if known.phone or known.email else _("no number or email")
    if known.person is None:
        return _("%(name)s of line %(line)d, %(where)s", name=known.name, line=known.line, where=where)
    return ", ".join(filter(None, (known.name, where, about.get(known.person.id))))


def _value(known: KnownPerson) -> str:
    return f"person-{known.person.id}" if known.person is not None else f"line-{known.line}"


def _has_another(known: KnownPerson, said: SaidOfPerson) -> bool:
    """Whether the line gives a known person another number or address than they have."""
    pairs: Sequence[tuple[str | None, str | None]] = ((known.phone, said.phone), (known.email, said.email))
    return known.person is not None and any(has and gives and has != gives for has, gives in pairs)
