"""People and shifts as the rules for volunteers see them, in the same few queries however many they are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from coordinator.core.commitments import Commitment
from coordinator.core.cover import Objection, Post, Volunteer, objections
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.people.models import Person

from ..models import HOLDING, Shift, SignUp
from .commitments import Held, Nights, held_around, planned_commitment
from .objections import rules_for, who_has_worked
from .planned import shift_times
from .promises import promised_to_others
from .volunteer_policy import volunteer_policy_of


def objections_to(
    shift: Shift, person: Person, now: datetime, *, besides: Collection[int] = (), keeps_promises: bool = True
) -> list[Objection]:
    """All objections to this person taking this shift, most serious first; the one place that decides.

    ``besides``: ids of sign-ups given up for it, as in a swap. ``keeps_promises``: a free spot that is being offered to
    someone on the waitlist, or is about to be, counts as taken until they have answered.
    """
    promised = promised_to_others([shift.id], person, now).get(shift.id, 0) if keeps_promises else 0
    return Roster(shift.event, [shift], [person], now, besides=besides).against(shift, person, promised=promised)


class Roster:
    """What these people do around these shifts of one event, and who is on the shifts.

    It keeps up with whoever is ``put`` on a shift meanwhile. ``besides``: ids of sign-ups given up.
    """

    def __init__(
        self,
        event: Event,
        shifts: Collection[Shift],
        people: Collection[Person],
        now: datetime,
        *,
        besides: Collection[int] = (),
    ) -> None:
        self._event, self._nights = event, Nights(now)
        self._rules = rules_for(event, volunteer_policy_of(event))
        self._on: defaultdict[int, set[int]] = defaultdict(set)
        held = select(SignUp.shift_id, SignUp.person_id).where(SignUp.state.in_(HOLDING), SignUp.id.not_in(besides))
        for shift_id, person_id in db.session.execute(held.where(SignUp.shift_id.in_(each.id for each in shifts))):
            self._on[shift_id].add(person_id)
        self._theirs = self._commitments([person.id for person in people], shifts, frozenset(besides))
        self._worked = self._who_worked([person.id for person in people], shifts)

    def against(self, shift: Shift, person: Person, *, promised: int = 0) -> list[Objection]:
        """All objections to this person taking this shift, most serious first.

        ``promised``: how many of its free spots are kept for others.
        """
        return objections(self._post(shift, promised), self._volunteer(person, shift), self._rules)

    def put(self, shift: Shift, person: Person) -> None:
        """From now on the person is on the shift."""
        self._on[shift.id].add(person.id)
        work = planned_commitment(shift, self._nights)
        self._theirs[person.id][work.key] = work

    def _post(self, shift: Shift, promised: int) -> Post:
        people, role, ends_at = self._on[shift.id], shift.role, self._ends_at(shift)
        return Post(
            planned_commitment(shift, self._nights),
            places=shift.max,
            taken=len(people) + (promised if len(people) < shift.max else 0),
            skills=frozenset(role.skills),
            minimum_age=role.minimum_age,
            never_alone=role.never_alone,
            experienced=len(self._worked & people) if role.never_alone else 0,
            is_called_off=shift.cancelled_at is not None,
            is_over=ends_at is None or ends_at <= self._nights.now,
        )

    def _volunteer(self, person: Person, shift: Shift) -> Volunteer:
        """The person with everything they do around the time of the shift, except the shift itself."""
        theirs, itself = self._theirs[person.id], f"shift:{shift.id}"
        return Volunteer(
            commitments=[work for key, work in theirs.items() if key != itself],
            skills=frozenset(person.skills),
            born_on=person.born_on,
            is_first_timer=shift.role.never_alone and person.id not in self._worked,
            is_on_it=person.id in self._on[shift.id],
        )

    def _commitments(
        self, people: Sequence[int], shifts: Collection[Shift], besides: frozenset[int]
    ) -> defaultdict[int, dict[str, Commitment]]:
        """For each person, by key."""
        theirs: defaultdict[int, dict[str, Commitment]] = defaultdict(dict)
        if not shifts:
            return theirs
        held = held_around(people, min(each.starts_at for each in shifts), max(each.ends_at for each in shifts))
        kept = Held([row for row in held.sign_ups if row.id not in besides], held.playing)
        for person_id, doings in kept.doings(self._nights).items():
            theirs[person_id] = {key: doing.commitment for key, doing in doings.items()}
        return theirs

    def _who_worked(self, people: Sequence[int], shifts: Collection[Shift]) -> set[int]:
        """Asked only where some role is not for someone who is new alone."""
        alone = [self._on[shift.id] for shift in shifts if shift.role.never_alone]
        return who_has_worked({*people}.union(*alone), self._event.organisation_id) if alone else set()

    def _ends_at(self, shift: Shift) -> datetime | None:
        return (
            shift.ends_at if shift.follows_slot_id is None else shift_times(shift, self._nights[self._event.id]).ends_at
        )
