"""One person and all shifts of an event at once, in the same number of queries however many shifts there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.core.commitments import Commitment
from coordinator.core.cover import Objection, Obstacle, Post, Volunteer, objections
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.shownight.queries import Night

from ..models import HOLDING, Shift
from .commitments import Held, Nights, held_around, planned_commitment
from .objections import rules_for, who_has_worked
from .planned import shift_times
from .volunteer_policy import volunteer_policy_of

TELLABLE = frozenset({Obstacle.SKILL, Obstacle.AGE_UNKNOWN})  # until the person says more about themselves


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What someone has said about themselves, in addition to what is stored."""

    skills: Collection[str] = ()
    born_on: date | None = None


class Prospects:
    """Objections to one person for each shift of an event. The people on the shifts must be loaded.

    Without a person it is not known who it is: neither what else they do nor whether it is their first time. ``said``
    is what they have entered; stored facts take precedence. ``besides``: ids of sign-ups given up. ``promised``: for
    each shift, how many free spots are kept for others.
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
        self._nights = Nights(night.now, {event.id: night})
        self._night, self._person, self._besides, self._promised = night, person, frozenset(besides), promised
        self._rules = rules_for(event, volunteer_policy_of(event)) if shifts else None
        self._worked = self._who_worked(event, shifts)
        self._held = self._commitments(shifts)
        self._volunteer = _volunteer(person, said or Newcomer())

    def against(self, shift: Shift, chosen: Iterable[Shift] = ()) -> list[Objection]:
        """All objections if the person also takes their ``chosen`` shifts, most serious first."""
        assert self._rules is not None
        asked = planned_commitment(shift, self._nights)
        wanted = (planned_commitment(each, self._nights) for each in chosen)
        others = self._held | {work.key: work for work in wanted}
        is_new = bool(self._person and self._person.id not in self._worked)
        volunteer = replace(
            self._volunteer,
            commitments=[work for key, work in others.items() if key != asked.key],
            is_on_it=shift.id in self._on,
            is_first_timer=shift.role.never_alone and is_new,
        )
        return objections(self._post(shift, asked), volunteer, self._rules)

    def _post(self, shift: Shift, asked: Commitment) -> Post:
        held = [each.person_id for each in shift.sign_ups if each.state in HOLDING and each.id not in self._besides]
        ends_at, role = shift_times(shift, self._night).ends_at, shift.role
        return Post(
            asked,
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

    def _commitments(self, shifts: Sequence[Shift]) -> dict[str, Commitment]:
        """The person's shifts and sets around them, by key."""
        self._on: set[int] = set()
        if self._person is None or not shifts:
            return {}
        begins_at, ends_at = min(each.starts_at for each in shifts), max(each.ends_at for each in shifts)
        held = held_around([self._person.id], begins_at, ends_at)
        kept = Held([row for row in held.sign_ups if row.id not in self._besides], held.playing)
        self._on = {row.shift_id for row in kept.sign_ups}
        doings = kept.doings(self._nights).get(self._person.id, {})
        return {key: doing.commitment for key, doing in doings.items()}


def _volunteer(person: Person | None, said: Newcomer) -> Volunteer:
    known = frozenset(person.skills) if person else frozenset[str]()
    return Volunteer(skills=known | set(said.skills), born_on=(person.born_on if person else None) or said.born_on)
