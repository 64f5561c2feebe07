"""The shifts of an event as one person may choose them: which are open to them, and why the others are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ...core.cover import Objection, Obstacle
from ...people.models import Person
from ...shifts.models import HOLDING, Shift, SignUp
from ...shifts.queries import TELLABLE, Newcomer, Prospects
from ...shifts.refusals import refusal_of
from .public import LineUp, Offer, line_up


@dataclass(frozen=True, slots=True)
class Choice:
    """One shift as somebody may choose it. ``against`` is what stands against it now, ``beside`` what does once they
    have all else that they picked; ``mine`` is what they have on it already."""

    offer: Offer
    against: Sequence[Objection]
    beside: Sequence[Objection]
    is_picked: bool
    wants_queue: bool
    mine: SignUp | None
    places_free: int

    @property
    def shift(self) -> Shift:
        return self.offer.shift

    @property
    def why(self) -> Objection | None:
        """What stands against it, the gravest, unless the person need only say more of themselves."""
        return next((each for each in self.against if each.obstacle not in TELLABLE), None)

    @property
    def is_mine(self) -> bool:
        return self.mine is not None and self.mine.state in HOLDING

    @property
    def is_queued(self) -> bool:
        return self.mine is not None and self.mine.state == "waitlisted"

    @property
    def is_open(self) -> bool:
        return self.why is None and not self.is_queued

    @property
    def can_queue(self) -> bool:
        """Whether the only thing in the way is that every place is taken."""
        others = [each for each in self.against if each.obstacle not in {*TELLABLE, Obstacle.FULL}]
        return not (others or self.is_open or self.is_queued)

    @property
    def needs(self) -> list[Objection]:
        """What the person is to say of themselves first."""
        return [each for each in self.against if each.obstacle in TELLABLE]

    @property
    def is_ticked(self) -> bool:
        return self.is_picked and self.wants_queue == self.can_queue

    @property
    def in_the_way(self) -> list[Objection]:
        """Why it cannot be had with the others that are picked; a full one may be queued for."""
        ignored = {Obstacle.FULL} if self.wants_queue and self.can_queue else set()
        return [each for each in self.beside if each.obstacle not in ignored]


@dataclass(frozen=True)
class Choices:
    """All shifts of an event, for one person or for somebody we do not know yet."""

    shown: LineUp
    early: Sequence[Choice]
    late: Sequence[Choice]
    closed: Sequence[Choice]  # over, or called off

    @property
    def all(self) -> list[Choice]:
        return [*self.early, *self.late, *self.closed]

    @property
    def is_any_open(self) -> bool:
        return any(choice.is_open or choice.can_queue for choice in self.all)

    @property
    def picked(self) -> list[Choice]:
        return [choice for choice in self.all if choice.is_picked]

    @property
    def taking(self) -> list[Choice]:
        """What is picked to be taken, but for what the person has already."""
        return [each for each in self.picked if not (each.can_queue or each.is_mine or each.is_queued)]

    @property
    def queueing(self) -> list[Choice]:
        return [each for each in self.picked if each.can_queue]

    @property
    def wrongs(self) -> list[tuple[Objection, str]]:
        """Why the picked ones cannot be had, each as a sentence too, whatever the person may say of themselves."""
        return [each for each in self._objections() if each[0].obstacle not in TELLABLE]

    @property
    def unsaid(self) -> list[tuple[Objection, str]]:
        """What the person is to say of themselves before they can have the picked ones."""
        return [each for each in self._objections() if each[0].obstacle in TELLABLE]

    def _objections(self) -> list[tuple[Objection, str]]:
        """Those against the picked ones; two that clash are said once."""
        found: dict[frozenset[str], tuple[Objection, str]] = {}
        for choice in self.taking + self.queueing:
            for each in choice.in_the_way:
                about = frozenset({each.obstacle, choice.shift.role.name, each.what})
                found.setdefault(about, (each, self._sentence(choice, each)))
        return list(found.values())

    def _sentence(self, choice: Choice, objection: Objection) -> str:
        role, picked = choice.shift.role.name, {each.shift.role.name for each in self.picked}
        if objection.obstacle is Obstacle.CLASH and objection.what in picked - {role}:
            return _(
                "%(role)s and %(other)s are at the same time. Choose one of them.", role=role, other=objection.what
            )
        return str(refusal_of(objection, role))

    @property
    def skills(self) -> list[str]:
        """What the picked ones ask for that nobody knows of this person."""
        return _different(each.what for each in self._needs(Obstacle.SKILL))

    @property
    def age(self) -> int | None:
        """The age that the picked ones ask for, in years, where the person has not said when they were born."""
        return max((each.age or 0 for each in self._needs(Obstacle.AGE_UNKNOWN)), default=None)

    def _needs(self, obstacle: Obstacle) -> list[Objection]:
        return [each for choice in self.picked for each in choice.needs if each.obstacle is obstacle]


def choices(
    event_id: int,
    now: datetime,
    *,
    person: Person | None = None,
    taking: Collection[str] = (),
    queueing: Collection[str] = (),
    said: Newcomer | None = None,
    besides: Collection[int] = (),
) -> Choices:
    """Every shift with what stands against it, in the same number of queries however many there are.

    ``taking`` and ``queueing``: keys of the shifts that are picked; ``besides``: sign-ups that are given up.
    """
    shown = line_up(event_id, now, person)
    every = [*shown.shifts, *shown.closed]
    them: Any = {"person": person, "said": said, "besides": besides}
    prospects = Prospects(shown.event, every, shown.night, **them, promised=shown.promised)
    chosen = [shift for shift in every if shift.key in taking]

    def choice(shift: Shift) -> Choice:
        against = prospects.against(shift)
        mine = next((each for each in shift.sign_ups if person is not None and each.person_id == person.id), None)
        return Choice(
            shown.as_offer(shift),
            against,
            prospects.against(shift, chosen) if chosen else against,
            is_picked=shift.key in taking or shift.key in queueing,
            wants_queue=shift.key in queueing,
            mine=mine,
            places_free=shown.places_free(shift),
        )

    wanted = [choice(shift) for shift in shown.shifts]
    return Choices(
        shown,
        [each for each in wanted if shown.is_early(each.offer)],
        [each for each in wanted if not shown.is_early(each.offer)],
        [choice(shift) for shift in shown.closed],
    )


def _different(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
