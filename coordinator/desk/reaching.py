"""Who of a show is reached by texts: the truth person by person, and whom somebody has to call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..messaging.models import Message
from ..messaging.queries import Reached, not_arrived, opted_out, reached_by_person
from ..people.models import Person
from .sending import UNANSWERED, Addressee, House, why_not

STANDINGS = (
    "unconfirmed",
    "planned",
    "sent",
    "delivered",
    "answered",
    "failed",
    "unsure",
    "opted_out",
    "not_agreed",
    "no_phone",
    "nothing",
)
OF_LATE = timedelta(days=2)  # a text about no time in particular that was lost longer ago is history
JUST_NOW = timedelta(hours=1)  # a time that has passed by more needs no call any more

_OF_THE_LAST = {
    **dict.fromkeys(("failed", "undelivered", "expired", "stopped"), "failed"),
    **dict.fromkeys(("sending", "unknown"), "unsure"),
    **dict.fromkeys(("accepted", "sent"), "sent"),
    "delivered": "delivered",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the show: what they do, and how far our texts have come."""

    person: Person
    parts: tuple[Addressee, ...]
    reached: Reached
    why_not: str | None

    @property
    def unanswered(self) -> Addressee | None:
        """The first slot that they have not answered for."""
        return next((part for part in self.parts if part.slot and part.slot.answer in UNANSWERED), None)

    @property
    def standing(self) -> str:
        """Where they stand, in the one word that matters most."""
        if self.why_not is not None:
            return self.why_not
        if self.reached.answered_at is not None:
            return "answered"
        if self.reached.last is not None:
            return _OF_THE_LAST[self.reached.last.state]
        if self.person.phone_trouble:
            return "failed"
        return "planned" if self.reached.planned else "nothing"

    @property
    def standings(self) -> set[str]:
        """All that is true of them, as one may look for it."""
        also = {
            "unconfirmed": self.unanswered is not None,
            "planned": self.reached.planned > 0,
            "failed": self.reached.failed > 0,
        }
        return {self.standing} | {word for word, is_so in also.items() if is_so}


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call: why, and what they should be told. ``why`` are reasons' keys, ``lost`` texts they never got."""

    person: Person
    why: tuple[str, ...]
    parts: tuple[Addressee, ...]
    lost: tuple[Message, ...]
    at: datetime | None


def person_rows(house: House, sender: str, *, what: str | None = None) -> list[PersonRow]:
    """Everybody with something to do, by name. ``what``: as far as texts of this rule or kind are concerned."""
    everybody = house.everybody
    reached = reached_by_person(house.event.id, what)
    stopped = opted_out({each.person.phone for each in everybody if each.person.phone}, sender)
    rows = [
        PersonRow(parts[0].person, parts, reached.get(parts[0].person.id, Reached()), why_not(parts[0].person, stopped))
        for parts in _by_person(everybody)
    ]
    found = [row for row in rows if what is None or row.reached.states]
    return sorted(found, key=lambda row: (row.person.name.casefold(), row.person.id))


def call_list(house: House, sender: str) -> list[Call]:
    """Whom texts do not reach, or who was asked and has not answered; who is on first comes first."""
    now, rows = house.night.now, person_rows(house, sender)
    lost: dict[int, list[Message]] = {}
    for message in not_arrived(house.event.id):
        if message.person_id and message.person and _still_matters(message, now):
            lost.setdefault(message.person_id, []).append(message)
    known = {row.person.id for row in rows}
    calls = [_call(house, row, lost.get(row.person.id, ())) for row in rows]
    calls += [_about(texts) for person_id, texts in lost.items() if person_id not in known]
    wanted = [call for call in calls if call.why]
    return sorted(wanted, key=lambda call: (call.at is None, call.at or now, call.person.name.casefold()))


def _call(house: House, row: PersonRow, lost: Sequence[Message]) -> Call:
    ahead = tuple(part for part in row.parts if not house.is_over(part))
    why = []
    if ahead and row.why_not is not None:
        why.append(row.why_not)
    if lost:
        why.append(_how_lost(lost))
    elif ahead and row.person.phone_trouble:
        why.append("failed")
    if row.unanswered in ahead and row.reached.last is not None:
        why.append("unconfirmed")
    return Call(row.person, tuple(why), ahead, _each_once(lost), house.begins_at(ahead[0]) if ahead else None)


def _about(texts: Sequence[Message]) -> Call:
    """Somebody who has nothing to do any more, and was not reached with that."""
    person = texts[0].person
    assert person is not None
    return Call(person, (_how_lost(texts),), (), _each_once(texts), texts[0].says_at)


def _how_lost(texts: Sequence[Message]) -> str:
    """Whether one of them surely did not arrive, or all of them may have."""
    unsure = all(text.state == "unknown" or text.error == "not_confirmed" for text in texts)
    return "unsure" if unsure else "failed"


def _still_matters(message: Message, now: datetime) -> bool:
    if message.kind == "code" or message.person is None or message.person.forgotten_at is not None:
        return False
    if message.says_at is not None:
        return message.says_at > now - JUST_NOW
    return (message.finished_at or message.claimed_at or message.created_at) > now - OF_LATE


def _each_once(texts: Iterable[Message]) -> tuple[Message, ...]:
    return tuple({text.body: text for text in reversed(list(texts))}.values())


def _by_person(everybody: Iterable[Addressee]) -> list[tuple[Addressee, ...]]:
    parts: dict[int, list[Addressee]] = {}
    for each in everybody:
        parts.setdefault(each.person.id, []).append(each)
    return [tuple(theirs) for theirs in parts.values()]
