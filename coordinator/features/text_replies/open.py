"""The open questions to a phone, each with the text that asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.replies import OpenQuestion, Question
from coordinator.core.rules import SHIFT_ASK
from coordinator.lineup.models import Slot, SlotOffer
from coordinator.lineup.queries import asking_key, slot_offers_to
from coordinator.messaging.models import Message
from coordinator.messaging.queries.outbox import whole_body
from coordinator.messaging.queries.phones import texts_about
from coordinator.reminders.queries.asking import asking_keys, asking_texts
from coordinator.reminders.queries.rules import rules_of
from coordinator.shifts.models import Shift, SignUp, SignUpState, Swap
from coordinator.shifts.queries.searching import offers_to
from coordinator.shifts.queries.swapping import open_swaps
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of

from .choices import Means
from .sender_context import Mine, MyShift, SenderContext


@dataclass(frozen=True, slots=True)
class Open:
    """One question, or one earlier answer that can be changed: what a yes and a no do, and what it is about.

    ``asked`` is the newest sent text that asked it; None when no text did.
    """

    kind: Question
    yes: Means
    no: Means
    about: Slot | Shift
    at: datetime
    asked: Message | None = None
    swap: Swap | None = None
    slot_offer: SlotOffer | None = None

    def means(self, *, yes: bool) -> Means:
        return self.yes if yes else self.no

    def as_read(self) -> OpenQuestion:
        return OpenQuestion(self.kind, whole_body(self.asked) if self.asked else None)


def open_questions(sender_context: SenderContext, now: datetime) -> list[Open]:
    """Everything that this phone was asked and has not answered, slots first.

    A slot whose question has not been sent counts only when no other question was. Whoever is asked whether they start
    it earlier is not asked any more whether they play it.
    """
    texts = _Texts.of(sender_context)
    sooner = list(_slot_offers(sender_context, texts, now))
    slots = [each for each in _slots(sender_context.unconfirmed, texts) if each.about not in [o.about for o in sooner]]
    asked = [each for each in slots if each.asked is not None]
    return [
        *(asked or slots),
        *_offers(sender_context, texts, now),
        *_swaps(sender_context, texts),
        *sooner,
        *_comings(sender_context, now),
    ]


def declined_questions(sender_context: SenderContext) -> list[Open]:
    """What someone on this phone declined and can still accept."""
    declined = [mine for mine in sender_context.slots if mine.has_declined and mine.slot.started_at is None]
    wanting = [mine for mine in sender_context.shifts if mine.sign_up.wants_cover_at is not None]
    slots = [_slot(mine, Question.DECLINED, None) for mine in _each_slot(declined)]
    return [*slots, *(_coming(mine, Question.DECLINED, None) for mine in wanting)]


def accepted_questions(sender_context: SenderContext) -> list[Open]:
    """What someone on this phone is signed up for and can decline."""
    playing = [mine for mine in sender_context.slots if not mine.has_declined and mine.slot.started_at is None]
    slots = [_slot(mine, Question.ASK, None) for mine in _each_slot(playing)]
    return [*slots, *(_coming(mine, Question.COMING, None) for mine in sender_context.shifts)]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts to this phone about its slots and shifts that were sent, newest first."""

    texts: Sequence[Message]
    asking: frozenset[tuple[int, str]]  # (event id, key) of the reminders that ask a question

    @classmethod
    def of(cls, sender_context: SenderContext) -> _Texts:
        events = {mine.slot.event_id for mine in sender_context.slots}
        events |= {mine.sign_up.event_id for mine in sender_context.shifts}
        asking = {(event, key) for event in events for key in asking_keys(event)}
        return cls(texts_about(sender_context.phone), frozenset(asking))

    def slot(self, slot: Slot) -> Message | None:
        asks = ((text.event_id or 0, text.rule or "") in self.asking for text in self.texts)
        about = (text for text, is_asking in zip(self.texts, asks, strict=True) if is_asking)
        return next((text for text in about if text.slot_id == slot.id), None)

    def called(self, key: str) -> Message | None:
        return next((text for text in self.texts if text.dedupe_key == key), None)


def _each_slot(slots: Iterable[Mine]) -> list[Mine]:
    by_slot = {mine.slot.id: mine for mine in reversed(list(slots))}
    return sorted(by_slot.values(), key=lambda mine: (mine.slot.starts_at, mine.slot.id))


def _slots(unconfirmed: Sequence[Mine], texts: _Texts) -> Iterator[Open]:
    for mine in _each_slot(unconfirmed):
        yield _slot(mine, Question.ASK, texts.slot(mine.slot))


def _slot(mine: Mine, kind: Question, asked: Message | None) -> Open:
    means = {"slot": mine.slot.id, "person": mine.person.id, "minutes": None}
    return Open(kind, {"do": "confirm"} | means, {"do": "cannot"} | means, mine.slot, mine.slot.starts_at, asked)


def _offers(sender_context: SenderContext, texts: _Texts, now: datetime) -> Iterator[Open]:
    for offer in offers_to([person.id for person in sender_context.people], now):
        means, shift = {"do": "offer", "offer": offer.id}, offer.search.shift
        asked = texts.called(f"cover-offer:{offer.id}")
        yield Open(Question.OFFER, means | {"yes": True}, means | {"yes": False}, shift, shift.starts_at, asked)


def _swaps(sender_context: SenderContext, texts: _Texts) -> Iterator[Open]:
    ours = {person.id for person in sender_context.people}
    for swap in open_swaps([mine.sign_up.id for mine in sender_context.shifts]):
        if swap.theirs.person_id in ours:
            means, shift = {"do": "swap", "swap": swap.id}, swap.mine.shift
            asked = texts.called(f"swap-ask:{swap.id}")
            yield Open(
                Question.SWAP, means | {"yes": True}, means | {"yes": False}, shift, shift.starts_at, asked, swap
            )


def _slot_offers(sender_context: SenderContext, texts: _Texts, now: datetime) -> Iterator[Open]:
    ours = [person.id for person in sender_context.people]
    for offer in slot_offers_to(ours, now):
        means = {"do": "slot-offer", "offer": offer.id}
        asked = [texts.called(asking_key(offer.id, person_id)) for person_id in ours]
        yes, no = means | {"yes": True}, means | {"yes": False}
        newest = next((text for text in asked if text is not None), None)
        yield Open(Question.OFFER, yes, no, offer.slot, offer.starts_at, newest, slot_offer=offer)


def _comings(sender_context: SenderContext, now: datetime) -> Iterator[Open]:
    left = asking_texts([mine.sign_up for mine in sender_context.shifts])
    for mine in sender_context.shifts:
        sign_up, asked = mine.sign_up, left.get(mine.sign_up.id)
        is_open = (
            sign_up.will_come_at is None and sign_up.wants_cover_at is None and sign_up.state == SignUpState.CONFIRMED
        )
        if is_open and (asked is not None or _is_asked(sign_up, now)):
            yield _coming(mine, Question.COMING, asked)


def _coming(mine: MyShift, kind: Question, asked: Message | None) -> Open:
    means = {"sign_up": mine.sign_up.id}
    return Open(kind, {"do": "coming"} | means, {"do": "leave"} | means, mine.sign_up.shift, mine.starts_at, asked)


def _is_asked(sign_up: SignUp, now: datetime) -> bool:
    """Whether the time of the question has passed, even if no text could be sent."""
    shift = sign_up.shift
    if not volunteer_policy_of(shift.event).asks_to_confirm:
        return False
    leads = [rule.lead for rule in rules_of(shift.event_id) if rule.key == SHIFT_ASK.key]
    return any(shift.starts_at - lead <= now for lead in leads)
