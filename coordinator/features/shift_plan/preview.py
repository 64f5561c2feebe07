"""What changing one shift does to the people on it, found by changing it and rolling that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.cover import Objection, Obstacle
from coordinator.core.show_time import call_time
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.people.models import Person
from coordinator.reminders.actions.plan_changes import consequences
from coordinator.reminders.previews.effects import Consequences
from coordinator.reminders.previews.outlook import outlook
from coordinator.shifts.models import EXPECTED, Shift, SignUp
from coordinator.shifts.queries.roster import objections_to
from coordinator.shifts.refusals.taking import refusal_of

_Objections = dict[int, list[Objection]]  # by the id of the sign-up

NOT_OF_TIMES = {Obstacle.TAKEN, Obstacle.FULL, Obstacle.OVER, Obstacle.CALLED_OFF}
SAID_BESIDE = {Obstacle.CLASH, Obstacle.TOO_CLOSE, Obstacle.REST}  # among the consequences, with both places


@dataclass(frozen=True, slots=True)
class ShiftSnapshot:
    """When and where a shift is planned to be."""

    starts_at: datetime
    ends_at: datetime
    place: str | None
    call: timedelta

    @property
    def call_at(self) -> datetime:
        """When its people must be there."""
        return call_time(self.starts_at, self.call)


@dataclass(frozen=True, slots=True)
class Against:
    """Objections to someone being on the shift after the change, as sentences."""

    person: Person
    refusals: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShiftPreview:
    """A change of a shift before it is made: how it was, how it will be, and whom it affects."""

    was: ShiftSnapshot
    will: ShiftSnapshot
    people: Sequence[Person]
    told: Consequences
    against: Sequence[Against]

    @property
    def matters(self) -> bool:
        """Whether anyone has to know before it is made."""
        return bool(self.people) and (self.was != self.will or self.told.concerns_anybody or bool(self.against))

    @property
    def untold(self) -> list[Person]:
        """People on it who were told no time yet, or none that is now wrong."""
        told = {person.id for person in (*self.told.texted, *self.told.to_call)}
        return [person for person in self.people if person.id not in told]


def preview_change(
    event: Event, shift: Shift, change: Callable[[], object], now: datetime, *, sender: str | None = None
) -> ShiftPreview:
    """What the change would do. Nothing is changed. Raises whatever the change itself raises.

    Don't call it within a transaction. ``sender``: the number texts come from.
    """
    expected = [sign_up for sign_up in shift.sign_ups if sign_up.state in EXPECTED]
    was, before = _snapshot(shift), _against(shift, expected, now)
    seen: list[tuple[ShiftSnapshot, _Objections]] = []

    def tried() -> None:
        change()
        seen.append((_snapshot(shift), _against(shift, expected, now)))

    told = consequences(event, tried, now, sender=sender)
    will, after = seen[0]
    against = [
        Against(sign_up.person, [refusal_of(each, called(shift.role)).of(sign_up.person.first_name) for each in new])
        for sign_up in expected
        if (new := [each for each in after[sign_up.id] if each not in before[sign_up.id]])
    ]
    return ShiftPreview(was, will, [sign_up.person for sign_up in expected], told, against)


def calling_off(shift: Shift, now: datetime, *, sender: str | None = None) -> Consequences:
    """What calling the shift off would do. ``sender``: the number texts come from."""
    return outlook(shift.event_id, now, sender=sender).calling_off(shift.id)


def _snapshot(shift: Shift) -> ShiftSnapshot:
    return ShiftSnapshot(shift.starts_at, shift.ends_at, shift.place, shift.call)


def _against(shift: Shift, sign_ups: Sequence[SignUp], now: datetime) -> _Objections:
    """The rules' objections to each current sign-up, except for capacity and clashes."""
    return {
        sign_up.id: [
            each
            for each in objections_to(shift, sign_up.person, now, besides=[sign_up.id])
            if each.obstacle not in NOT_OF_TIMES | SAID_BESIDE
        ]
        for sign_up in sign_ups
    }
