"""What volunteers did for a show, once it is over: who was there, for how long, who did not come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...core.cover import Presence, hours_worked, worth
from ...db import db
from ...events.models import Event
from ...people.models import Person
from ...shifts.models import HOLDING, WORKED, HouseRule, Shift, SignUp
from ...shifts.queries import Times, house_rule_of, shift_times, shifts_of
from ...shownight.queries import Night, night


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's shift as it was. ``came`` None: nobody has said."""

    sign_up: SignUp
    starts_at: datetime
    ends_at: datetime

    @property
    def came(self) -> bool | None:
        if self.sign_up.state in WORKED:
            return True
        return False if self.sign_up.state == "no_show" else None

    @property
    def presence(self) -> Presence:
        return Presence(self.starts_at, self.ends_at, self.sign_up.here_at, self.sign_up.left_at)


@dataclass(frozen=True, slots=True)
class Helped:
    """What one person did, in order of time."""

    person: Person
    turns: Sequence[Turn]

    @property
    def length(self) -> timedelta:
        return hours_worked(turn.presence for turn in self.turns if turn.came)

    @property
    def came(self) -> bool:
        return any(turn.came for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """All of them, by name, and the sums. ``value`` None: nobody has said what an hour is worth."""

    people: Sequence[Helped]
    rule: HouseRule

    @property
    def length(self) -> timedelta:
        return sum((each.length for each in self.people), timedelta(0))

    @property
    def value(self) -> Decimal | None:
        return worth(self.length, self.rule.hour_is_worth) if self.rule.hour_is_worth is not None else None

    def value_of(self, helped: Helped) -> Decimal | None:
        """What one person's work is worth."""
        return worth(helped.length, self.rule.hour_is_worth) if self.rule.hour_is_worth is not None else None

    @property
    def came(self) -> Sequence[Helped]:
        return [each for each in self.people if each.came]

    @property
    def unsaid(self) -> Sequence[Turn]:
        """The turns of which nobody has said whether somebody came."""
        return [turn for each in self.people for turn in each.turns if turn.came is None]

    @property
    def missed(self) -> Sequence[Turn]:
        return [turn for each in self.people for turn in each.turns if turn.came is False]


def aftermath_of(event: Event, now: datetime) -> Aftermath:
    """Who had a place on shifts that have begun, in the same number of queries however many there are."""
    tonight = night(event.id, now)
    turns: dict[int, list[Turn]] = defaultdict(list)
    people: dict[int, Person] = {}
    for shift in shifts_of(event):
        times = _times(shift, tonight)
        if shift.cancelled_at is not None or times[0] > now:
            continue
        for sign_up in shift.sign_ups:
            if sign_up.state in (*HOLDING, "no_show"):
                people[sign_up.person_id] = sign_up.person
                turns[sign_up.person_id].append(Turn(sign_up, *times))
    helped = [Helped(person, turns[person_id]) for person_id, person in people.items()]
    return Aftermath(sorted(helped, key=lambda each: each.person.name.casefold()), house_rule_of(event))


def no_shows_of(organisation_id: int) -> Sequence[SignUp]:
    """Every shift that somebody of the house did not come to, at any of its events, the newest first."""
    found = (
        select(SignUp)
        .join(Event, Event.id == SignUp.event_id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(Event.organisation_id == organisation_id, SignUp.state == "no_show")
        .order_by(Shift.starts_at.desc(), SignUp.id)
        .options(
            joinedload(SignUp.person),
            joinedload(SignUp.shift).joinedload(Shift.role),
            joinedload(SignUp.shift).joinedload(Shift.event),
        )
    )
    return db.session.scalars(found).all()


def no_show_of(organisation_id: int, sign_up_id: int) -> SignUp | None:
    """One of them."""
    return next((each for each in no_shows_of(organisation_id) if each.id == sign_up_id), None)


def _times(shift: Shift, tonight: Night) -> tuple[datetime, datetime]:
    times: Times = shift_times(shift, tonight)
    return times.or_planned(shift)
