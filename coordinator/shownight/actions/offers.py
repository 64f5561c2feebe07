"""Asking an act to play at another time, and its answer: nothing moves before a yes, and the first yes has the spot."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import SlotState
from coordinator.db import transaction
from coordinator.lineup.actions.answers import answer_slot
from coordinator.lineup.actions.slots import SlotFacts, add_slot
from coordinator.lineup.actions.writing import put_in_order, start_at
from coordinator.lineup.models import Act, ActAnswer, OfferKind, OfferState, Slot, SlotOffer, StandIn
from coordinator.messaging.actions.outbox import withdraw
from coordinator.messaging.models import TOLD, UNSENT, Message
from coordinator.people.models import Person

from ..queries import night
from ..refusals import NoLongerOffered, NotEarlier, OfferIsAnswered, SetHasStarted, SlotIsCancelled, StartsInThePast
from .offer_states import answer_offer, close_offer, open_offers, record_offer
from .offer_texts import Question, ask, questions, tell_accepted
from .pressing import held


def ask_to_come_forward(slot_id: int, starts_at: datetime, *, actor: Actor, now: datetime) -> SlotOffer:
    """Ask the act of a slot to start at ``starts_at``, which is earlier than planned.

    An earlier question about the same slot is withdrawn. The texts go out in 30 s. Raises NoSuchSlot, SetHasStarted,
    SlotIsCancelled, NotEarlier, StartsInThePast.
    """
    with transaction() as session:
        slot = _to_come(session, slot_id)
        if starts_at <= now:
            raise StartsInThePast
        if starts_at >= slot.starts_at or slot.act is None:
            raise NotEarlier(slot.name)
        for offer in open_offers(slot, [OfferKind.FORWARD]):
            close_offer(offer, OfferState.WITHDRAWN, actor, now, is_asked_anew=True)
        offer = _offer(slot, OfferKind.FORWARD, slot.act, starts_at, slot.length)
        return _asked(session, [offer], actor, now)[0]


def ask_stand_ins(
    slot_id: int, stand_ins: Collection[int], starts_at: datetime, length: timedelta, *, actor: Actor, now: datetime
) -> Sequence[SlotOffer]:
    """Ask acts, by the id of their stand-in row, to play before this slot; none is asked while they can still answer.

    Nobody is asked to play longer than they can. The texts go out in 30 s. Raises NoSuchSlot, SetHasStarted,
    SlotIsCancelled, StartsInThePast.
    """
    with transaction() as session:
        slot = _to_come(session, slot_id)
        if starts_at <= now:
            raise StartsInThePast
        before = {offer.act_id: offer for offer in open_offers(slot, [OfferKind.STAND_IN])}
        asked = {act_id for act_id, offer in before.items() if offer.is_open(now)}
        theirs = (StandIn.event_id == slot.event_id, StandIn.id.in_(stand_ins), StandIn.act_id.not_in(asked))
        chosen = session.scalars(select(StandIn).where(*theirs).order_by(StandIn.id)).all()
        for unanswered in [before[each.act_id] for each in chosen if each.act_id in before]:
            answer_offer(unanswered, OfferState.WITHDRAWN, actor, now)
        return _asked(session, [_step_in(slot, each, starts_at, length) for each in chosen], actor, now)


def stand_in_questions(
    slot: Slot, stand_ins: Iterable[StandIn], starts_at: datetime, length: timedelta, now: datetime
) -> list[Question]:
    """What these stand-ins would be texted, were they asked now. Nothing is changed."""
    offers = [_step_in(slot, each, starts_at, length) for each in stand_ins]
    return [question for offer in offers for question in questions(offer, now)]


def answer_slot_offer(offer_id: int, *, yes: bool, actor: Actor, now: datetime, people: Sequence[Person]) -> SlotOffer:
    """An answer, for these ``people`` of the act. A yes moves the slot, or gives the act a slot of its own.

    Whoever was asked about the same hole is told that it is filled. Raises NoLongerOffered, also if something else
    stands there by now.
    """
    with transaction() as session:
        offer = _held_offer(session, offer_id)
        if not offer.is_open(now) or (yes and (_is_over(offer.slot) or _is_taken(offer, now))):
            raise NoLongerOffered
        answer_offer(offer, OfferState.ACCEPTED if yes else OfferState.DECLINED, actor, now)
        if not yes:
            return offer
        slot = _come_forward(offer) if offer.kind == OfferKind.FORWARD else _stand_in(offer, actor, now)
        answer_slot(slot, ActAnswer.CONFIRMED, actor=actor, now=now, people=people)
        session.flush()
        tell_accepted(offer, slot, now)
        for other in open_offers(offer.slot):
            close_offer(other, OfferState.FILLED, actor, now)
        return offer


def come_forward(slot: Slot, starts_at: datetime) -> None:
    """Plan the slot for this instant, as its yes does; a preview does the same. Inside a transaction."""
    start_at(slot, starts_at, slot.event.zone)
    put_in_order(slot.stage)


def take_back_slot_answer(offer_id: int, *, actor: Actor, now: datetime, people: Collection[Person]) -> SlotOffer:
    """Undo an answer: the slot is where it was, or the stand-in's own is gone; a no is open again.

    If anyone but these ``people``, who take it back, was told of a stand-in's slot, it is canceled, so that they hear.

    Raises NoLongerOffered if the set has begun or the time to answer is over.
    """
    with transaction() as session:
        offer = _held_offer(session, offer_id)
        slot = offer.made or offer.slot
        if offer.state not in (OfferState.ACCEPTED, OfferState.DECLINED) or slot.started_at or now >= offer.starts_at:
            raise NoLongerOffered
        if offer.state == OfferState.ACCEPTED and offer.was_at is not None:
            come_forward(slot, offer.was_at)
        elif offer.made is not None:
            _take_out(session, offer, offer.made, actor, now, people)
        answer_offer(offer, OfferState.OPEN, actor, now)
        return offer


def withdraw_slot_offer(offer_id: int, *, actor: Actor, now: datetime) -> SlotOffer:
    """Ask no longer: whoever was texted is told that the spot is filled. Raises OfferIsAnswered."""
    with transaction() as session:
        offer = _held_offer(session, offer_id)
        if offer.state != OfferState.OPEN:
            raise OfferIsAnswered(offer.act.name)
        close_offer(offer, OfferState.WITHDRAWN, actor, now)
        return offer


def _to_come(session: Session, slot_id: int) -> Slot:
    slot = held(session, slot_id)
    if slot.started_at or slot.ended_at:
        raise SetHasStarted(slot.name)
    if slot.cancelled_at:
        raise SlotIsCancelled(slot.name)
    return slot


def _is_over(slot: Slot) -> bool:
    return bool(slot.started_at or slot.ended_at or slot.cancelled_at)


def _is_taken(offer: SlotOffer, now: datetime) -> bool:
    """Whether something else that is to come on the stage stands in the time of the offer."""
    stage, ends_at = night(offer.event_id, now).stage_of(offer.slot_id), offer.starts_at + offer.length
    for slot in stage.slots:
        seen = stage.seen(slot)
        is_own = offer.kind == OfferKind.FORWARD and slot.id == offer.slot_id
        if is_own or seen.state is not SlotState.TO_COME or seen.starts_at is None:
            continue
        if seen.starts_at < ends_at and offer.starts_at < (seen.ends_at or seen.starts_at + slot.length):
            return True
    return False


def _held_offer(session: Session, offer_id: int) -> SlotOffer:
    """The question, with its event locked. Raises NoLongerOffered."""
    slot_id = session.scalar(select(SlotOffer.slot_id).where(SlotOffer.id == offer_id))
    if slot_id is None:
        raise NoLongerOffered
    held(session, slot_id)
    return session.get_one(SlotOffer, offer_id, populate_existing=True)


def _step_in(slot: Slot, stand_in: StandIn, starts_at: datetime, length: timedelta) -> SlotOffer:
    return _offer(slot, OfferKind.STAND_IN, stand_in.act, starts_at, min(length, stand_in.length))


def _offer(slot: Slot, kind: str, act: Act, starts_at: datetime, length: timedelta) -> SlotOffer:
    return SlotOffer(
        event_id=slot.event_id, kind=kind, slot=slot, act=act, starts_at=whole_minute(starts_at), length=length
    )


def _asked(session: Session, offers: Sequence[SlotOffer], actor: Actor, now: datetime) -> Sequence[SlotOffer]:
    for offer in offers:
        offer.state, offer.asked_at = OfferState.OPEN, now
        offer.asked_by, offer.coordinator_id = actor.name, actor.coordinator_id
        session.add(offer)
        session.flush()
        record_offer(offer, "slot.offered", actor, now)
        ask(offer, now)
    return offers


def _come_forward(offer: SlotOffer) -> Slot:
    offer.was_at = offer.slot.starts_at
    come_forward(offer.slot, offer.starts_at)
    return offer.slot


def _stand_in(offer: SlotOffer, actor: Actor, now: datetime) -> Slot:
    minimum = offer.slot.changeover_min
    facts = SlotFacts(offer.act.name, offer.starts_at, offer.length, changeover=minimum, changeover_min=minimum)
    offer.made = add_slot(offer.slot.stage, facts, actor=actor, now=now)
    return offer.made


def _take_out(
    session: Session, offer: SlotOffer, made: Slot, actor: Actor, now: datetime, people: Collection[Person]
) -> None:
    theirs = [person.id for person in people]
    texts = session.scalars(select(Message).where(Message.slot_id == made.id).order_by(Message.id)).all()
    for text in texts:
        if text.state in UNSENT:
            withdraw(text, now=now, cause="the yes was taken back")
    if any(text.state in TOLD and text.person_id not in theirs for text in texts):
        made.cancelled_at = now
        return
    record(made.event, actor, "slot.removed", made.key, now=now, before={"name": made.name})
    offer.made = None
    session.flush()
    session.delete(made)
