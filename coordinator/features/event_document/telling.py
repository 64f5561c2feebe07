"""Telling people what a document does to their spots, if the show was published before the load.

A document that creates a show, or changes one that nobody can see yet, tells nobody.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from coordinator.core.rules import UNDO
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.reminders.actions.gone import lately_told_gone, places_are_back, tell_places_gone
from coordinator.reminders.queries.places import ToldShift
from coordinator.shifts.actions.told import knows_of_place
from coordinator.shifts.models import EXPECTED, Shift, SignUp, SignUpState

HELD = (*EXPECTED, "waitlisted")


@dataclass
class PlaceChanges:
    """The changes of one load; ``is_told`` False: nobody is told."""

    event: Event
    now: datetime
    is_told: bool
    given: list[SignUp] = field(default_factory=list)
    gone: dict[int, list[ToldShift]] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)

    def added(self, sign_up: SignUp) -> None:
        if self.is_told and sign_up.state == SignUpState.CONFIRMED:
            self.given.append(sign_up)

    def edited(self, sign_up: SignUp, before: str) -> None:
        """The state of a sign-up that was ``before`` has changed."""
        if not self.is_told:
            return
        if sign_up.state == SignUpState.CANCELLED and before in HELD:
            sign_up.removed_at = self.now if knows_of_place(sign_up, self.now) else None
        elif sign_up.state == SignUpState.CONFIRMED and before in ("cancelled", "waitlisted"):
            self._give_back(sign_up)

    def going(self, row: object) -> None:
        """A shift or a sign-up is about to be deleted."""
        if not self.is_told:
            return
        if isinstance(row, Shift):
            for sign_up in row.sign_ups:
                self._lose(sign_up, row)
        elif isinstance(row, SignUp):
            self._lose(row, row.shift)

    def tell(self) -> None:
        """Call it before the removed rows are deleted."""
        for person_id, places in self.gone.items():
            tell_places_gone(self.event, self.people[person_id], places, now=self.now)
        given = Counter(sign_up.person.id for sign_up in self.given)
        lately = lately_told_gone(self.event, self.now) if given else frozenset()
        back = {
            sign_up.person.id
            for sign_up in self.given
            if sign_up.person.id in lately
            and places_are_back(self.event, sign_up.person, given[sign_up.person.id], now=self.now)
        }
        for sign_up in self.given:
            sign_up.notice = None if sign_up.person.id in back else "assigned"

    def _give_back(self, sign_up: SignUp) -> None:
        if sign_up.removed_at is None or self.now >= sign_up.removed_at + UNDO:
            sign_up.created_at, sign_up.notice, sign_up.will_come_at = self.now, "assigned", None
        sign_up.removed_at = None

    def _lose(self, sign_up: SignUp, shift: Shift) -> None:
        places = self.gone.get(sign_up.person_id, [])
        if sign_up.state not in HELD or shift.ends_at <= self.now or any(place.shift is shift for place in places):
            return
        if knows_of_place(sign_up, self.now):
            place = ToldShift(shift, shift.starts_at, shift.ends_at)
            self.gone[sign_up.person_id] = [*places, place]
            self.people[sign_up.person_id] = sign_up.person
