"""What should be told about one slot: decisions over rows, nothing written."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordinator.accounts.models import Via
from coordinator.core.rules import UNDO
from coordinator.core.timeline import Anchor
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import CallKind, Message, MessageKind
from coordinator.shownight.queries import Night, night

from .alerting import Alert, AlertReason, stamp, to_stage_managers, values_of
from .disputes import told_of_a_dispute
from .lateness import holds_at, late_word_of
from .overdue import clock_alerts, here_by_day
from .rules import call_lead

SOON = timedelta(minutes=5)
LATENESS = ("alert-late", "alert-on-time")
ANSWERS = ("alert-cannot", "alert-disputed", "alert-can", "alert-open")
OWN_DOORS = (Via.TEXT, Via.LINK)  # how performers answer for themselves


def news_of(slot: Slot, gone: Sequence[Message], now: datetime, sender: str | None = None) -> list[Alert]:
    """Everything that should be told about the slot now; ``gone``: alerts and decisions about it that went out."""
    if slot.cancelled_at or slot.ended_at:
        return []
    seen = night(slot.event_id, now)
    alerts = clock_alerts(slot, seen, call_lead(slot.event_id), here_by_day(seen), sender)
    if slot.started_at or slot.act is None:
        return alerts
    said = [_lateness(slot, gone), _answer(slot, seen, gone)]
    alerts += [news for each in said if each for news in to_stage_managers(slot, seen, each)]
    return [*alerts, *told_of_a_dispute(slot, seen, gone), *_decision(slot, seen, gone)]


def _lateness(slot: Slot, gone: Sequence[Message]) -> AlertReason | None:
    word, last = late_word_of(slot), _last(gone, LATENESS)
    if word is not None and slot.said_late_at is not None:
        said_at, knowing = slot.said_late_at, (slot.said_late_person_id,)
        return AlertReason("alert-late", said_at, stamp(said_at), knowing, CallKind.ALERT_LATE)
    if slot.said_late_at is None and last is not None and _words_of(last) == "alert-late":
        return AlertReason("alert-on-time", None, f"after-{last.id}", tuple(person.id for person in slot.people))
    return None


def _answer(slot: Slot, seen: Night, gone: Sequence[Message]) -> AlertReason | None:
    last = _last(gone, ANSWERS)
    told = _words_of(last) if last else None
    if slot.disputed_at is not None:
        return AlertReason("alert-disputed", slot.disputed_at, stamp(slot.disputed_at), call=CallKind.DISPUTED)
    if slot.answer == ActAnswer.DECLINED:
        if slot.answered_via not in OWN_DOORS and told != "alert-disputed":
            return None  # a coordinator knows, and has known before
        no = [each for each in slot.answers if each.answer == ActAnswer.DECLINED]
        since_at = min((each.at for each in no), default=slot.answered_at or seen.now)
        knowing = tuple(each.person_id for each in no)
        return AlertReason("alert-cannot", since_at, stamp(since_at), knowing, CallKind.ALERT_CANNOT)
    if last is None or told not in ("alert-cannot", "alert-disputed"):
        return None
    words = "alert-can" if slot.answer == ActAnswer.CONFIRMED else "alert-open"
    return AlertReason(words, None, f"after-{last.id}", tuple(slot.said))


def _decision(slot: Slot, seen: Night, gone: Sequence[Message]) -> Iterator[Alert]:
    """The decision on a performer's statement, for whoever made it. Later moves are new times like any other."""
    person, said_at, decided_at = slot.said_late_person, slot.said_late_at, slot.late_decided_at
    if person is None or said_at is None or decided_at is None or decided_at < said_at or slot.said_start_at is None:
        return
    if any(text.kind == MessageKind.ACCEPTED and (text.claimed_at or text.created_at) >= said_at for text in gone):
        return
    at = holds_at(slot, seen)
    yield Alert(
        key=f"accepted:{slot.id}:{stamp(decided_at)}:{person.id}",
        kind=MessageKind.ACCEPTED,
        words="accepted" if at >= slot.said_start_at else "accepted-sooner",
        person=person,
        values=values_of(slot, seen, at, person.language) | {"first_name": person.first_name},
        due_at=decided_at + UNDO,
        useful_until=max(at, decided_at + SOON),
        call=CallKind.ACCEPTED,
        says_at=at,
        planned_at=seen.stage_of(slot.id).planned_starts[slot.key],
        anchor=Anchor.SET_START,
    )


def _last(gone: Sequence[Message], words: Sequence[str]) -> Message | None:
    return next((text for text in reversed(gone) if _words_of(text) in words), None)


def _words_of(text: Message) -> str:
    return (text.dedupe_key or "").partition(":")[0]
