"""What an act answers to an offer: shifts move along, and whoever asked, or runs the stage, hears of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.rules import UNDO
from coordinator.core.wording import worded
from coordinator.db import transaction
from coordinator.lineup.models import OfferState, SlotOffer
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import TOLD, UNSENT, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.people.models import Person
from coordinator.shownight.actions.offers import answer_slot_offer, take_back_slot_answer
from coordinator.shownight.queries import night

from ..queries.alerting import OF_USE, stamp, values_of
from ..queries.who_is_asked import told_of_answers
from .plan_changes import change_plan

OFFER_ANSWER = "offer-answer"
SAID = {OfferState.ACCEPTED: "alert-offer-yes", OfferState.DECLINED: "alert-offer-no"}
TAKEN_BACK = {OfferState.ACCEPTED: "alert-offer-open", OfferState.DECLINED: "alert-offer-asked"}


def answer_and_tell(offer: SlotOffer, *, yes: bool, actor: Actor, now: datetime, people: Sequence[Person]) -> None:
    """An answer, for these ``people`` of the act, with what follows from it. Raises NoLongerOffered.

    Whoever asked and whoever runs the stage get a text in 30 s, but for ``actor``.
    """
    with transaction() as session:
        change_plan(offer.slot.event, lambda: answer_slot_offer(offer.id, yes=yes, actor=actor, now=now, people=people))
        session.flush()
        stage = night(offer.event_id, now).stage_of(offer.slot_id)
        for person in told_of_answers(offer, stage, actor):
            if person.can_be_reached:
                _tell(SAID[OfferState(offer.state)], offer, person, now, f"{_key_of(offer)}{person.id}")


def take_back_and_tell(offer: SlotOffer, *, actor: Actor, now: datetime, people: Sequence[Person]) -> None:
    """Undo an answer, for these ``people``; who else heard of what followed hears that too. Raises NoLongerOffered."""
    with transaction() as session:
        words, key = TAKEN_BACK.get(OfferState(offer.state), ""), _key_of(offer)
        change_plan(offer.slot.event, lambda: take_back_slot_answer(offer.id, actor=actor, now=now, people=people))
        ours = select(Message).where(Message.event_id == offer.event_id, Message.rule == OFFER_ANSWER)
        for text in session.scalars(ours.where(Message.dedupe_key.startswith(key)).order_by(Message.id)):
            if text.state in UNSENT:
                withdraw(text, now=now, cause="the answer was taken back")
            elif text.state in TOLD and text.person is not None:
                _tell(words, offer, text.person, now, f"{text.dedupe_key}:back")


def _key_of(offer: SlotOffer) -> str:
    """What the unique key of a text that tells the answer begins with; the person's id follows."""
    return f"{OFFER_ANSWER}:{offer.id}:{stamp(offer.answered_at) if offer.answered_at else ''}:"


def _tell(words: str, offer: SlotOffer, person: Person, now: datetime, key: str) -> None:
    event, text = offer.slot.event, default_text(words, person.language)
    values = values_of(offer.slot, night(event.id, now), offer.starts_at, person.language) | {"act": offer.act.name}
    said = worded(text, values, person.language, org=event.organisation.name)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        slot_id=offer.slot_id,
        person=person,
        kind=MessageKind.ALERT,
        rule=OFFER_ANSWER,
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(text, values, org=event.organisation.name, title=event.called(person.language)),
        now=now,
        due_at=now + UNDO,
        useful_until=offer.starts_at + OF_USE,
        any_hour=event.is_on(now),
        dedupe_key=key,
    )
