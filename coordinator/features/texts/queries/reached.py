"""How well each person of a show is reached by texts and emails, and who must be called."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.messaging.models import Message, MessageKind, MessageState, TextError
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.reached import Reached, not_arrived, reached_by_person
from coordinator.messaging.queries.silence import never_texted, silence_of
from coordinator.people.models import Person

from .recipients import Addressee, EventContacts

STATUSES = (
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
OF_LATE = timedelta(days=2)  # a lost text without a time of its own matters no longer than this
JUST_NOW = timedelta(hours=1)  # no call is needed for a time that passed longer ago

_OF_THE_LAST: Mapping[str, str] = {
    **dict.fromkeys(
        (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.EXPIRED, MessageState.STOPPED), "failed"
    ),
    **dict.fromkeys((MessageState.SENDING, MessageState.UNKNOWN), "unsure"),
    **dict.fromkeys((MessageState.ACCEPTED, MessageState.SENT), "sent"),
    MessageState.DELIVERED: "delivered",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the show: what they do, and how far our texts have come."""

    person: Person
    parts: tuple[Addressee, ...]
    reached: Reached
    why_not: str | None
    trouble: str | None = None  # why nothing arrives, although something is sent

    @property
    def unanswered(self) -> Addressee | None:
        """The first slot that they have not answered; None when they have."""
        return next((part for part in self.parts if part.slot and part.slot.is_unanswered), None)

    @property
    def last_at(self) -> datetime | None:
        """When the last text was sent or failed; None without texts."""
        last = self.reached.last
        return (last.sent_at or last.claimed_at or last.finished_at or last.created_at) if last else None

    @property
    def status(self) -> str:
        """Their most important status."""
        if self.why_not is not None:
            return self.why_not
        if self.reached.answered_at is not None:
            return "answered"
        if self.reached.last is not None:
            return _OF_THE_LAST[self.reached.last.state]
        if self.trouble:
            return "failed"
        return "planned" if self.reached.planned else "nothing"

    @property
    def statuses(self) -> set[str]:
        """Every status that applies, for filtering."""
        also = {
            "unconfirmed": self.unanswered is not None,
            "planned": self.reached.planned > 0,
            "failed": self.reached.failed > 0,
        }
        return {self.status} | {word for word, is_so in also.items() if is_so}


@dataclass(frozen=True, slots=True)
class CallToMake:
    """Someone to call. ``why`` are keys of reasons, ``lost`` the texts they did not get."""

    person: Person
    why: tuple[str, ...]
    parts: tuple[Addressee, ...]
    lost: tuple[Message, ...]
    at: datetime | None


def person_rows(contacts: EventContacts, sender: str, *, what: str | None = None) -> list[PersonRow]:
    """Everyone with something to do, by name. ``what``: count only texts of this rule or kind."""
    everybody = contacts.everybody
    reached = reached_by_person(contacts.event.id, what)
    stopped = opted_out({each.person.phone for each in everybody if each.person.phone}, sender)
    rows = [
        PersonRow(person, parts, reached.get(person.id, Reached()), *_silence(person, stopped))
        for parts in _by_person(everybody)
        for person in [parts[0].person]
    ]
    found = [row for row in rows if what is None or row.reached.states]
    return sorted(found, key=lambda row: (row.person.name.casefold(), row.person.id))


def call_list(contacts: EventContacts, sender: str) -> list[CallToMake]:
    """People whom neither texts nor emails reach, or who did not answer; those who are on first come first."""
    now, rows = contacts.night.now, person_rows(contacts, sender)
    lost: dict[int, list[Message]] = {}
    for message in not_arrived(contacts.event.id):
        if message.person_id and message.person and _still_matters(message, now):
            lost.setdefault(message.person_id, []).append(message)
    known = {row.person.id for row in rows}
    calls = [_call(contacts, row, lost.get(row.person.id, ())) for row in rows]
    calls += [_about(texts) for person_id, texts in lost.items() if person_id not in known]
    wanted = [call for call in calls if call.why]
    return sorted(wanted, key=lambda call: (call.at is None, call.at or now, call.person.name.casefold()))


def _call(contacts: EventContacts, row: PersonRow, lost: Sequence[Message]) -> CallToMake:
    ahead = tuple(part for part in row.parts if not contacts.is_over(part))
    why = []
    if ahead and row.why_not is not None:
        why.append(row.why_not)
    if lost:
        why.append(_how_lost(lost))
    elif ahead and row.trouble:
        why.append("failed")
    if row.unanswered in ahead and row.reached.last is not None:
        why.append("unconfirmed")
    return CallToMake(row.person, tuple(why), ahead, _each_once(lost), contacts.begins_at(ahead[0]) if ahead else None)


def _silence(person: Person, stopped: Collection[str]) -> tuple[str | None, str | None]:
    """Why nothing is sent to them, or else why nothing arrives."""
    why_not = never_texted(person, stopped)
    return why_not, None if why_not else silence_of(person, stopped)


def _about(texts: Sequence[Message]) -> CallToMake:
    """Someone who has nothing to do anymore, and did not get the text that said so."""
    person = texts[0].person
    assert person is not None
    return CallToMake(person, (_how_lost(texts),), (), _each_once(texts), texts[0].says_at)


def _how_lost(texts: Sequence[Message]) -> str:
    """Whether one of them certainly did not arrive, or all of them may have."""
    unsure = all(text.state == MessageState.UNKNOWN or text.error == TextError.NOT_CONFIRMED for text in texts)
    return "unsure" if unsure else "failed"


def _still_matters(message: Message, now: datetime) -> bool:
    if message.kind == MessageKind.CODE or message.person is None or message.person.forgotten_at is not None:
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
