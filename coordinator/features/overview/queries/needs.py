"""What needs a coordinator, the most urgent first."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.clashes import Clash, clashes
from coordinator.events.models import Event
from coordinator.features.cover.queries import risk_of, worries_in
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.labels import CALL_REASONS
from coordinator.messaging.models import Call, CallReason, Direction, Message, MessageState, TextError
from coordinator.messaging.queries.calls import open_calls
from coordinator.messaging.queries.silence import silence_of
from coordinator.messaging.queries.texts import MessageFilter, inbox, texts_of
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import asked_slots
from coordinator.reminders.queries.lateness import LateWord, late_word_of
from coordinator.reminders.queries.rules import first_ask_lead
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.clashes import PersonClash, clashes_in, standing
from coordinator.shownight.queries import Night

from ..labels import SILENT

WORTH_SHOWING = timedelta(days=2)  # a failed text older than this is history


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for a coordinator; ``kind`` says which, the other fields what it is about."""

    kind: str
    slot: Slot | None = None
    shift: Shift | None = None
    person: Person | None = None
    message: Message | None = None
    number: int = 0
    clash: Clash | None = None
    two_places: PersonClash | None = None
    call: Call | None = None
    other: Slot | None = None
    late: LateWord | None = None
    reason: str = ""

    @property
    def why_silent(self) -> str:
        """Why texts do not reach the person of a ``silent``."""
        return str({**CALL_REASONS, **SILENT}.get(self.reason, CALL_REASONS[CallReason.PHONE_TROUBLE]))


def needs_of(event: Event, night: Night, shifts: Sequence[Shift], now: datetime) -> list[Need]:
    """Everything that waits for a coordinator of this event. People who have to be called are listed only for that."""
    calls = open_calls(event.id, now)
    called = {call.person_id for call in calls}
    return [
        *_disputed(night),
        *_said_late(night),
        *(Need("call", person=call.person, call=call) for call in calls),
        *_written(event),
        *_declined(night),
        *_gathered(need for need in _silent(night, shifts) if need.person and need.person.id not in called),
        *(need for need in _failed(event, now) if need.person and need.person.id not in called),
        *_in_two_places(event, night, shifts),
        *_unanswered(night, asked_slots(event.id), first_ask_lead(event.id)),
        *_at_risk(event, night, shifts, now),
        *_short(shifts, now),
        *_clashing(night),
    ]


def _written(event: Event) -> Iterator[Need]:
    """One for each person, or number of nobody we know: their newest text, and how many wait in all."""
    waiting: dict[int | str, list[Message]] = {}
    for message in inbox(event.organisation_id):
        if message.event_id in (None, event.id):
            waiting.setdefault(message.person_id or message.phone, []).append(message)
    for texts in waiting.values():
        yield Need("written", person=texts[0].person, message=texts[0], number=len(texts))


def _playing(night: Night) -> list[Slot]:
    return [slot for slot in night.slots if slot.cancelled_at is None and slot.ended_at is None]


def _disputed(night: Night) -> Iterator[Need]:
    for slot in _playing(night):
        if slot.disputed_at is not None:
            yield Need("disputed", slot=slot, person=_first(slot))


def _said_late(night: Night) -> Iterator[Need]:
    for slot in _playing(night):
        word = late_word_of(slot)
        if word is not None:
            yield Need("says_late", slot=slot, person=word.person or _first(slot), late=word)


def _declined(night: Night) -> Iterator[Need]:
    for slot in _playing(night):
        if slot.answer == ActAnswer.DECLINED:
            yield Need("declined", slot=slot, person=_first(slot))
        elif slot.asks_for:
            yield Need("asks_for", slot=slot, person=_first(slot), reason=slot.asks_for)


def _silent(night: Night, shifts: Sequence[Shift]) -> Iterator[Need]:
    """People with something to do whom no text or email reaches."""
    wanted: dict[int, Need] = {}
    for slot in _playing(night):
        for person in slot.people if slot.answer != ActAnswer.DECLINED else ():
            wanted.setdefault(person.id, Need("silent", slot=slot, person=person, reason=_why_silent(person)))
    for shift in shifts:
        for sign_up in shift.holding:
            why = _why_silent(sign_up.person)
            wanted.setdefault(sign_up.person_id, Need("silent", shift=shift, person=sign_up.person, reason=why))
    return (need for need in wanted.values() if need.reason)


def _gathered(silent: Iterable[Need]) -> list[Need]:
    """Those who have only not agreed yet are one thing to do, however many they are."""
    needs = list(silent)
    not_agreed = [need for need in needs if need.reason == CallReason.NOT_AGREED]
    if len(not_agreed) < 2:
        return needs
    others = [need for need in needs if need.reason != CallReason.NOT_AGREED]
    return [Need("not_agreed", number=len(not_agreed)), *others]


def _why_silent(person: Person) -> str:
    why = silence_of(person, ())
    return person.phone_trouble or why if why == CallReason.PHONE_TROUBLE else why or ""


def _failed(event: Event, now: datetime) -> Iterator[Need]:
    seen: set[int] = set()
    lost = texts_of(
        event.id,
        MessageFilter(
            (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.UNKNOWN, MessageState.STOPPED), Direction.OUT
        ),
        limit=50,
    )
    unsure = texts_of(
        event.id, MessageFilter((MessageState.EXPIRED,), Direction.OUT, errors=(TextError.NOT_CONFIRMED,)), limit=50
    )  # it may have arrived
    for message in lost + unsure:
        recent = (message.finished_at or message.claimed_at or message.created_at) > now - WORTH_SHOWING
        if message.person_id and message.person_id not in seen and recent:
            seen.add(message.person_id)
            yield Need("failed", person=message.person, message=message)


def _unanswered(night: Night, asked: Container[int], lead: timedelta | None) -> Iterator[Need]:
    """Acts that were asked and haven't answered, or whose first question (``lead`` before the set) is due."""
    for slot in _playing(night):
        unanswered = slot.is_unanswered and slot.disputed_at is None
        is_due = slot.id in asked or (lead is not None and slot.starts_at - lead <= night.now)
        if unanswered and is_due and slot.act is not None and slot.started_at is None:
            yield Need("unanswered", slot=slot, person=_first(slot))


def _short(shifts: Sequence[Shift], now: datetime) -> Iterator[Need]:
    for shift in shifts:
        missing = shift.min - len(shift.holding)
        if missing > 0 and shift.ends_at > now and shift.cancelled_at is None:
            yield Need("short", shift=shift, number=missing)


def _at_risk(event: Event, night: Night, shifts: Sequence[Shift], now: datetime) -> Iterator[Need]:
    """How many people on shifts may not come, and spots for which nobody was found."""
    risk = risk_of(event, night, shifts, now)
    for each in risk.unfound:
        leaving = each.search.leaving
        yield Need("unfound", shift=each.search.shift, person=leaving.person if leaving else None, number=each.asked)
    if worrying := worries_in(risk):
        yield Need("at_risk", shift=worrying[0].shift, person=worrying[0].person, number=len(worrying))


def _in_two_places(event: Event, night: Night, shifts: Sequence[Shift]) -> Iterator[Need]:
    for clash in standing(clashes_in(event, night, shifts)):
        yield Need("two_places", person=clash.person, two_places=clash)


def _clashing(night: Night) -> Iterator[Need]:
    for stage in night.stages:
        by_key = {slot.key: slot for slot in stage.slots}
        for clash in clashes(stage.plans, stage.curfew_at):
            if clash.kind == "short":
                continue  # shorter than planned but still possible: shown only in the running order
            other = by_key.get(clash.after) if clash.after else None
            number = clash.whole_minutes
            yield Need("clash", slot=by_key[clash.slot], other=other, clash=clash, number=number)


def _first(slot: Slot) -> Person | None:
    return next((person for person in slot.people if person.phone), None)
