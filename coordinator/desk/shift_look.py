"""What changing one shift does to the people on it, found out by changing it and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.cover import Objection, Obstacle
from ..events.models import Event
from ..people.models import Person
from ..shifts.models import EXPECTED, Shift, SignUp
from ..shifts.queries import objections_to
from ..shifts.refusals import refusal_of
from .planning import NewlyTold, consequences

_Objections = dict[int, list[Objection]]  # by the id of the sign-up

NOT_OF_TIMES = frozenset({Obstacle.TAKEN, Obstacle.FULL, Obstacle.OVER, Obstacle.CALLED_OFF})


@dataclass(frozen=True, slots=True)
class Standing:
    """When and where a shift is planned to be."""

    starts_at: datetime
    ends_at: datetime
    place: str | None
    call: timedelta


@dataclass(frozen=True, slots=True)
class Against:
    """What the change makes stand against somebody being on the shift, in sentences."""

    person: Person
    refusals: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShiftLook:
    """A change of a shift before it is made: how it was, how it is to be, and whom it concerns."""

    was: Standing
    will: Standing
    people: Sequence[Person]
    told: Sequence[NewlyTold]
    against: Sequence[Against]

    @property
    def matters(self) -> bool:
        """Whether anybody has to know before it is made."""
        return bool(self.people) and (self.was != self.will or bool(self.told or self.against))

    @property
    def untold(self) -> list[Person]:
        """Those on it who were told no time yet, or none that is wrong now."""
        told = {one.person.id for one in self.told}
        return [person for person in self.people if person.id not in told]


def look_at(
    event: Event, shift: Shift, change: Callable[[], object], now: datetime, *, sender: str | None = None
) -> ShiftLook:
    """What the change would do. Nothing is changed. Raises whatever the change itself raises.

    Not to be called within a transaction. ``sender``: the number texts leave from.
    """
    expected = [sign_up for sign_up in shift.sign_ups if sign_up.state in EXPECTED]
    was, before = _standing(shift), _against(shift, expected, now)
    seen: list[tuple[Standing, _Objections]] = []

    def tried() -> None:
        change()
        seen.append((_standing(shift), _against(shift, expected, now)))

    told = consequences(event, tried, now, sender=sender)
    will, after = seen[0]
    against = [
        Against(sign_up.person, [refusal_of(each, shift.role.name).of(sign_up.person.first_name) for each in new])
        for sign_up in expected
        if (new := [each for each in after[sign_up.id] if each not in before[sign_up.id]])
    ]
    return ShiftLook(was, will, [sign_up.person for sign_up in expected], told, against)


def _standing(shift: Shift) -> Standing:
    return Standing(shift.starts_at, shift.ends_at, shift.place, shift.call)


def _against(shift: Shift, sign_ups: Sequence[SignUp], now: datetime) -> _Objections:
    """What the rules object to in each sign-up as it stands, but for its having a place."""
    return {
        sign_up.id: [
            each
            for each in objections_to(shift, sign_up.person, now, besides=[sign_up.id])
            if each.obstacle not in NOT_OF_TIMES
        ]
        for sign_up in sign_ups
    }
