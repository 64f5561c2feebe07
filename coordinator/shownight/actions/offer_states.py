"""The state of the questions to acts: which are open, and how one is answered or closed. Inside a transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.lineup.models import OfferKind, OfferState, Slot, SlotOffer

from .offer_texts import no_longer_ask

VERBS = {
    OfferState.OPEN: "slot.offer_open",
    OfferState.ACCEPTED: "slot.offer_accepted",
    OfferState.DECLINED: "slot.offer_declined",
    OfferState.WITHDRAWN: "slot.offer_withdrawn",
    OfferState.FILLED: "slot.offer_filled",
}


def open_offers(slot: Slot, kinds: Collection[str] = tuple(OfferKind)) -> Sequence[SlotOffer]:
    """The questions about this slot, or the hole before it, that nobody has answered."""
    ours = (SlotOffer.slot_id == slot.id, SlotOffer.kind.in_(kinds), SlotOffer.state == OfferState.OPEN)
    return db.session.scalars(select(SlotOffer).where(*ours).order_by(SlotOffer.id)).all()


def answer_offer(offer: SlotOffer, state: str, actor: Actor, now: datetime) -> None:
    """Its new state, recorded; nobody is told."""
    before = offer.state
    offer.state = state
    offer.answered_at, offer.answered_by = (None, None) if state == OfferState.OPEN else (now, actor.name)
    record_offer(offer, VERBS[OfferState(state)], actor, now, before=before)


def close_offer(offer: SlotOffer, state: str, actor: Actor, now: datetime, *, is_asked_anew: bool = False) -> None:
    """Nobody is asked any longer; whoever may have read the question is told so, unless another one follows."""
    answer_offer(offer, state, actor, now)
    no_longer_ask(offer, now, is_asked_anew=is_asked_anew)


def follow_the_hole(slot: Slot, following: Slot | None, actor: Actor, now: datetime) -> None:
    """The slot is canceled: its act is no longer asked to start earlier, and the hole now ends with ``following``."""
    for offer in open_offers(slot):
        if offer.kind == OfferKind.STAND_IN and following is not None:
            offer.slot = following
        else:
            close_offer(offer, OfferState.WITHDRAWN, actor, now)


def record_offer(offer: SlotOffer, verb: str, actor: Actor, now: datetime, before: str | None = None) -> None:
    after = {"state": offer.state, "act": offer.act.name, "starts": offer.starts_at.isoformat()}
    was = {"state": before} if before else None
    record(offer.slot.event, actor, verb, f"slot:{offer.slot_id}", now=now, before=was, after=after)
