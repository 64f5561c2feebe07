"""What is owed about a subject: texts, and what a look at it knows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple, Self

from coordinator.core.reminders import Told
from coordinator.core.reminders.spots import PlaceChange
from coordinator.core.rules import UNDO, Rule, first_ask
from coordinator.lineup.models import ActAnswer
from coordinator.people.models import Person

from ..queries.subjects import Recipient, Subject

NOTHING_TOLD: Final = Told()


class OwedText(NamedTuple):
    """One text that should go out, or should have gone out; unique by its key."""

    key: str
    kind: str  # reminder, new_time, changed, cancelled
    rule: Rule | None
    subject: Subject
    person: Person
    anchor: str
    says_at: datetime
    due_at: datetime
    useful_until: datetime
    was: Told = NOTHING_TOLD
    change: PlaceChange | None = None


@dataclass(slots=True)
class SubjectPlan:
    """The result of one look at a subject: texts owed, reminders that can no longer be true, and when to look again.

    ``plan_again_at``: instants at which a time, or the plan, has been steady long enough to decide.
    """

    subject: Subject
    owed: list[OwedText] = field(default_factory=list)
    expired: set[str] = field(default_factory=set)  # keys of reminders whose time is gone
    plan_again_at: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanningContext:
    """What all subjects of one look are planned with: the instant, the rules by audience and which of them asks first.

    ``undone_until``: until when the last press can be undone unnoticed; None if that is over.
    """

    now: datetime
    undone_until: datetime | None
    rules: Mapping[str, Sequence[Rule]]
    first_ask: str | None

    @classmethod
    def of(cls, now: datetime, pressed_at: datetime | None, rules: Sequence[Rule]) -> Self:
        by_audience: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            by_audience[rule.audience].append(rule)
        undone_until = pressed_at + UNDO if pressed_at is not None and now < pressed_at + UNDO else None
        return cls(now, undone_until, by_audience, first_ask(rules))


def has_answered(subject: Subject, recipient: Recipient) -> bool:
    if subject.slot is None:
        return recipient.will_come
    return subject.slot.answer == ActAnswer.CONFIRMED or recipient.has_said
