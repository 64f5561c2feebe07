"""Queues texts as a page or the planner does, and records them for the verdict."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coordinator import clock
from coordinator.accounts.models import Organisation
from coordinator.db import transaction
from coordinator.messaging.actions.outbox import queue_text
from coordinator.people.models import Channel, Person
from tests.builders import MADE_AT, an_event
from tests.faults.verdict import Due, DueList

AREAS: Final = (201, 202, 203, 205, 206, 207, 208, 209, 210, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229)
MOST_PEOPLE: Final = 100 * len(AREAS)  # each area code has a hundred unassigned numbers
BATCH: Final = 25


@dataclass(frozen=True)
class Recipients:
    """The recipients; all have agreed to texts, emails or both, and the show has no quiet hours."""

    organisation_id: int
    event_id: int
    people: list[Person]


def some_recipients(number: int) -> Recipients:
    """``number`` people and a show, in an empty database."""
    event = an_event(quiet_from=None, quiet_to=None)
    with transaction() as session:
        organisation = session.get_one(Organisation, event.organisation_id)
        people = [_person(organisation.id, each) for each in range(number)]
        session.add_all(people)
    return Recipients(organisation.id, event.id, people)


def _person(organisation_id: int, number: int) -> Person:
    """Of five people, two get texts, one gets emails, one gets emails where texts fail, one texts where emails do."""
    area, line = divmod(number, 100)
    texted, mailed = number % 5 != 2, number % 5 >= 2
    return Person(
        organisation_id=organisation_id,
        name=f"Player {number}",
        phone=f"+1{AREAS[area]}55501{line:02}" if texted else None,
        language="en",
        created_at=MADE_AT,
        agreed_at=MADE_AT if texted else None,
        email=f"player{number}@show.example" if mailed else None,
        email_agreed_at=MADE_AT if mailed else None,
        prefers=Channel.EMAIL if number % 5 == 4 else None,
    )


class Texts:
    """Queues ``number`` texts: two thirds at first, due over ``over`` seconds, the rest during the run."""

    def __init__(self, number: int, over: float, seed: int, company: Recipients, due: DueList) -> None:
        self.all, self.over = number, over
        self.company, self.due = company, due
        self.random = random.Random(seed)
        self.number = 0
        self.beforehand = number * 2 // 3

    def put_first(self, begins_at: datetime) -> None:
        while self.number < self.beforehand:
            moments = [timedelta(seconds=self.random.uniform(0, self.over)) for _ in range(self._batch())]
            self._put([begins_at + moment for moment in moments])

    def put_some(self, part: float) -> None:
        """Queue until the number of texts matches the fraction of the time, from 0 to 1, that has passed."""
        while self.number < self.beforehand + min(part, 1) * (self.all - self.beforehand) - 0.5:
            self._put([clock.now()] * min(BATCH, self.all - self.number))

    def _batch(self) -> int:
        return min(BATCH, self.beforehand - self.number)

    def _put(self, moments: list[datetime]) -> None:
        rows = [self._one(due_at) for due_at in moments]
        self.due.add(due for due, _, _ in rows)
        with transaction():
            for due, person, kind in rows:
                queue_text(
                    organisation_id=self.company.organisation_id,
                    event_id=self.company.event_id,
                    person=person,
                    kind=kind,
                    body=f"You are on soon, no {due.mark}.",
                    now=clock.now(),
                    due_at=due.due_at,
                    useful_until=due.useful_until,
                )

    def _one(self, due_at: datetime) -> tuple[Due, Person, str]:
        self.number += 1
        person, kind = self.random.choice(self.company.people), self.random.choice(("note", "note", "reminder"))
        useful = self.random.choice((None, 600, 180, 180, 40, 15))
        notice = 60 if kind == "reminder" else 0
        until = None if useful is None else due_at + timedelta(seconds=useful + notice)
        return Due(f"{self.number:05}", person.phone or "", due_at, until, person.email), person, kind
