"""The shifts of an event as one person may choose them: which are open to them, and why the others are not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from coordinator.core.cover import OF_TIME, Objection, Obstacle
from coordinator.events.labels import called
from coordinator.features.public_lineup.queries.lineup import LineUp, Offer, line_up
from coordinator.people.models import Person
from coordinator.shifts.models import HOLDING, Shift, SignUp, SignUpState
from coordinator.shifts.queries.prospects import TELLABLE, Newcomer, Prospects
from coordinator.shifts.refusals.taking import refusal_of


@dataclass(frozen=True, slots=True)
class ShiftChoice:
    """One shift to choose. ``against``: current objections.

    ``beside``: objections once they have all else that they chose. ``mine``: the spot they have on it already.
    ``leaves``: shifts whose waitlist they leave by taking it.
    """

    offer: Offer
    against: Sequence[Objection]
    beside: Sequence[Objection]
    is_picked: bool
    wants_queue: bool
    mine: SignUp | None
    places_free: int
    leaves: Sequence[Shift] = ()

    @property
    def shift(self) -> Shift:
        return self.offer.shift

    @property
    def why(self) -> Objection | None:
        """The most serious objection, unless the person only needs to say more about themselves."""
        return next((each for each in self.against if each.obstacle not in TELLABLE), None)

    @property
    def is_mine(self) -> bool:
        return self.mine is not None and self.mine.state in HOLDING

    @property
    def is_queued(self) -> bool:
        return self.mine is not None and self.mine.state == SignUpState.WAITLISTED

    @property
    def is_open(self) -> bool:
        return self.why is None and not self.is_queued

    @property
    def can_queue(self) -> bool:
        """Whether the only objection is that it is full."""
        others = [each for each in self.against if each.obstacle not in {*TELLABLE, Obstacle.FULL}]
        return not (others or self.is_open or self.is_queued)

    @property
    def needs(self) -> list[Objection]:
        """What the person needs to say about themselves first."""
        return [each for each in self.against if each.obstacle in TELLABLE]

    @property
    def is_ticked(self) -> bool:
        return self.is_picked and self.wants_queue == self.can_queue

    @property
    def in_the_way(self) -> list[Objection]:
        """Why it cannot be combined with the other chosen shifts; a full one has a waitlist."""
        ignored = {Obstacle.FULL} if self.wants_queue and self.can_queue else set()
        return [each for each in self.beside if each.obstacle not in ignored]


@dataclass(frozen=True)
class Choices:
    """All shifts of an event, for one person or for someone we do not know yet."""

    shown: LineUp
    wanted: Sequence[ShiftChoice]  # to come, in order of time
    closed: Sequence[ShiftChoice]  # over, or called off

    @property
    def all(self) -> list[ShiftChoice]:
        return [*self.wanted, *self.closed]

    @property
    def is_any_open(self) -> bool:
        return any(choice.is_open or choice.can_queue for choice in self.all)

    @property
    def picked(self) -> list[ShiftChoice]:
        return [choice for choice in self.all if choice.is_picked]

    @property
    def taking(self) -> list[ShiftChoice]:
        """Chosen shifts to take, except those the person already has."""
        return [each for each in self.picked if not (each.can_queue or each.is_mine or each.is_queued)]

    @property
    def queueing(self) -> list[ShiftChoice]:
        return [each for each in self.picked if each.can_queue]

    @property
    def wrongs(self) -> list[tuple[Objection, str]]:
        """Why chosen shifts cannot be had, each also as a sentence, whatever the person says about themselves."""
        return [each for each in self._objections() if each[0].obstacle not in TELLABLE]

    @property
    def unsaid(self) -> list[tuple[Objection, str]]:
        """What the person needs to say about themselves before they can have the chosen shifts."""
        return [each for each in self._objections() if each[0].obstacle in TELLABLE]

    def _objections(self) -> list[tuple[Objection, str]]:
        """Objections to the chosen shifts; two that clash are mentioned once."""
        found: dict[frozenset[str], tuple[Objection, str]] = {}
        for choice in self.taking + self.queueing:
            for each in choice.in_the_way:
                about = frozenset({each.obstacle, called(choice.shift.role), each.what})
                found.setdefault(about, (each, self._sentence(choice, each)))
        return list(found.values())

    def _sentence(self, choice: ShiftChoice, objection: Objection) -> str:
        role, picked = called(choice.shift.role), {called(each.shift.role) for each in self.picked}
        if objection.obstacle is Obstacle.CLASH and objection.what in picked - {role}:
            return _("%(role)s and %(other)s are at the same time. Choose one.", role=role, other=objection.what)
        return str(refusal_of(objection, role))

    @property
    def skills(self) -> list[str]:
        """Required skills of the chosen shifts that are not known for this person."""
        return _different(each.what for each in self._needs(Obstacle.SKILL))

    @property
    def age(self) -> int | None:
        """The minimum age of the chosen shifts, in years, if the person's date of birth is unknown."""
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
    """Every shift with its objections, in the same number of queries however many there are.

    ``taking`` and ``queueing``: keys of the chosen shifts; ``besides``: sign-ups that are given up.
    """
    shown = line_up(event_id, now, person)
    every = [*shown.shifts, *shown.closed]
    event, promised = shown.event, shown.promised
    prospects = Prospects(event, every, shown.night, person=person, said=said, besides=besides, promised=promised)
    chosen = [shift for shift in every if shift.key in taking]
    waiting = _waited_for(shown.shifts, person)

    def choice(shift: Shift) -> ShiftChoice:
        return ShiftChoice(
            shown.as_offer(shift),
            prospects.against(shift),
            prospects.against(shift, chosen),
            is_picked=shift.key in taking or shift.key in queueing,
            wants_queue=shift.key in queueing,
            mine=_mine(shift, person),
            places_free=shown.places_free(shift),
            leaves=_left_for(shift, waiting, prospects),
        )

    return Choices(shown, [choice(shift) for shift in shown.shifts], [choice(shift) for shift in shown.closed])


def _mine(shift: Shift, person: Person | None) -> SignUp | None:
    return next((each for each in shift.sign_ups if person is not None and each.person_id == person.id), None)


def _waited_for(shifts: Iterable[Shift], person: Person | None) -> list[Shift]:
    return [shift for shift in shifts if (mine := _mine(shift, person)) and mine.state == SignUpState.WAITLISTED]


def _left_for(taken: Shift, waited_for: Sequence[Shift], prospects: Prospects) -> list[Shift]:
    """Those whose wait ends if the person takes the shift: their times do not go together."""
    found = []
    for shift in waited_for:
        before = prospects.against(shift)
        new = [each for each in prospects.against(shift, [taken]) if each not in before]
        if shift is not taken and any(each.obstacle in OF_TIME for each in new):
            found.append(shift)
    return found


def _different(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
