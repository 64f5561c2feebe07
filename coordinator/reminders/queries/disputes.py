"""What the members of an act are told when they disagree, and when that is settled."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordinator.core.rules import UNDO
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import CallKind, Message, MessageKind
from coordinator.people.models import Person
from coordinator.shownight.queries import Night

from .alerting import Alert, stamp, values_of
from .lateness import holds_at

SOON = timedelta(minutes=5)
DISPUTED = {"disputed-no": CallKind.DISPUTED, "disputed-yes": CallKind.DISPUTED}  # by what the others have said
SETTLED = {"settled-yes": CallKind.SETTLED_YES, "settled-no": CallKind.SETTLED_NO}


def told_of_a_dispute(slot: Slot, seen: Night, gone: Sequence[Message]) -> Iterator[Alert]:
    """Whoever answered before the others said otherwise, while the act is disputed; once it is settled, everybody.

    Those who speak last, or settle it themselves, have read it in the answer to their own word.
    """
    if slot.disputed_at is not None:
        yield from _disputed(slot, slot.disputed_at, seen)
    else:
        yield from _settled(slot, seen, gone)


def _disputed(slot: Slot, since_at: datetime, seen: Night) -> Iterator[Alert]:
    yes, no = slot.saying
    for words, ours, others in (("disputed-no", yes, no), ("disputed-yes", no, yes)):
        name = " & ".join(other.first_name for other in others)
        for person in ours:
            said_at = _said_at(slot, person)
            if said_at is not None and said_at < since_at:
                yield _to_member(slot, seen, person, words, stamp(since_at), since_at, name)


def _settled(slot: Slot, seen: Night, gone: Sequence[Message]) -> Iterator[Alert]:
    """Told once of each dispute that was told: what becomes of the act later is news of its own."""
    last = next((text for text in reversed(gone) if _words_of(text) in DISPUTED), None)
    words = {ActAnswer.CONFIRMED: "settled-yes", ActAnswer.DECLINED: "settled-no"}.get(ActAnswer(slot.answer))
    if last is None or words is None:
        return
    name, told_at = f"after-{last.id}", last.claimed_at or last.created_at
    if any(_words_of(text) in SETTLED and _words_of(text) != words and f":{name}:" in _key_of(text) for text in gone):
        return
    settled_at = slot.answered_at if slot.answered_at and slot.answered_at > told_at else seen.now
    for person in slot.people:
        said_at = _said_at(slot, person)
        if said_at is None or said_at < told_at:
            yield _to_member(slot, seen, person, words, name, settled_at, "")


def _to_member(
    slot: Slot, seen: Night, person: Person, words: str, round_: str, since_at: datetime, name: str
) -> Alert:
    at = holds_at(slot, seen)
    return Alert(
        key=f"{words}:{slot.id}:{round_}:{person.id}",
        kind=MessageKind.DISPUTED,
        words=words,
        person=person,
        values=values_of(slot, seen, at, person.language) | {"first_name": person.first_name, "name": name},
        due_at=since_at + UNDO,
        useful_until=max(at, since_at + SOON),
        call=(DISPUTED | SETTLED)[words],
        says_at=at,
    )


def _said_at(slot: Slot, person: Person) -> datetime | None:
    """When this member last answered; None: never."""
    return next((each.at for each in slot.answers if each.person_id == person.id), None)


def _words_of(text: Message) -> str:
    return _key_of(text).partition(":")[0]


def _key_of(text: Message) -> str:
    return text.dedupe_key or ""
