"""Somebody and all shifts of an event at once, in the same number of queries however many shifts there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...core.cover import Objection, Obstacle, Post, Stint, Volunteer, objections
from ...events.models import Event
from ...people.models import Person
from ...shownight.queries import Night
from ..models import HOLDING, Shift
from .house import house_rule_of
from .planned import shift_times
from .standing import (
    rules_for,
    sets_between,
    sign_ups_between,
    stint_of,
    who_has_worked,
)

TELLABLE = frozenset({Obstacle.SKILL, Obstacle.AGE_UNKNOWN})  # gone as soon as the person says more of themselves


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody has said of themselves, beside what is known of them."""

    skills: Collection[str] = ()
    born_on: date | None = None


class Prospects:
    """What stands against one person and each shift of an event. The people on the shifts must be loaded.

    Without a person nobody knows yet who it is: neither what else they do nor whether it is their first time. ``said``
    is what they have told; what is known of them already counts for more. ``besides``: ids of sign-ups given up.
    ``promised``: by shift, how many free places are kept for others.
    """

    def __init__(
        self,
        event: Event,
        shifts: Sequence[Shift],
        night: Night,
        *,
        person: Person | None = None,
        said: Newcomer | None = None,
        besides: Collection[int] = (),
        promised: Mapping[int, int],
    ) -> None:
        self._night, self._person, self._besides, self._promised = night, person, frozenset(besides), promised
        self._rules = rules_for(event, house_rule_of(event)) if shifts else None
        self._worked = self._who_worked(event, shifts)
        self._stints = self._bound(shifts)
        self._volunteer = _volunteer(person, said or Newcomer())

    def against(self, shift: Shift, chosen: Iterable[Shift] = ()) -> list[Objection]:
        """Everything that stands against it when the person takes what they ``chosen`` too, the gravest first."""
        assert self._rules is not None
        held = {number: stint for number, stint in self._stints.items() if number != shift.id}
        wanted = {each.id: stint_of(each) for each in chosen if each.id != shift.id}
        is_new = bool(self._person and self._person.id not in self._worked)
        volunteer = replace(
            self._volunteer,
            stints=[*(held | wanted).values(), *self._sets],
            is_on_it=shift.id in self._stints,
            is_first_timer=shift.role.never_alone and is_new,
        )
        return objections(self._post(shift), volunteer, self._rules)

    def _post(self, shift: Shift) -> Post:
        held = [each.person_id for each in shift.sign_ups if each.state in HOLDING and each.id not in self._besides]
        ends_at, role = shift_times(shift, self._night).ends_at, shift.role
        return Post(
            stint_of(shift),
            places=shift.max,
            taken=len(held) + (self._promised.get(shift.id, 0) if len(held) < shift.max else 0),
            skills=frozenset(role.skills),
            minimum_age=role.minimum_age,
            never_alone=role.never_alone,
            experienced=len(self._worked.intersection(held)),
            is_called_off=shift.cancelled_at is not None,
            is_over=ends_at is None or ends_at <= self._night.now,
        )

    def _who_worked(self, event: Event, shifts: Sequence[Shift]) -> set[int]:
        asked = {each.person_id for shift in shifts if shift.role.never_alone for each in shift.sign_ups}
        if self._person is not None and any(shift.role.never_alone for shift in shifts):
            asked.add(self._person.id)
        return who_has_worked(asked, event.organisation_id)

    def _bound(self, shifts: Sequence[Shift]) -> dict[int, Stint]:
        """Shifts that the person has, by id; and what they play."""
        self._sets: list[Stint] = []
        if self._person is None or not shifts:
            return {}
        begins_at, ends_at = min(each.starts_at for each in shifts), max(each.ends_at for each in shifts)
        self._sets = list(sets_between(self._person, begins_at, ends_at))
        sign_ups = sign_ups_between(self._person, begins_at, ends_at)
        return {each.shift_id: stint_of(each.shift) for each in sign_ups if each.id not in self._besides}


def _volunteer(person: Person | None, said: Newcomer) -> Volunteer:
    known = frozenset(person.skills) if person else frozenset[str]()
    return Volunteer(skills=known | set(said.skills), born_on=(person.born_on if person else None) or said.born_on)
