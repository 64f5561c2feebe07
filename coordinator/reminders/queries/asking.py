"""Whether the people on a shift will come, as far as they were asked and have answered."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from coordinator.core.rules import ASK_NOW, ASK_NOW_AGAIN, SHIFT_ASK
from coordinator.db import db
from coordinator.messaging.models import TOLD, Call, Direction, Message, MessageKind
from coordinator.shifts.models import SignUp, SignUpState

from .rules import rules_of


def asking_keys(event_id: int) -> set[str]:
    """The keys of the event's reminders that ask a question."""
    rules = {rule.key for rule in rules_of(event_id) if rule.only_unconfirmed}
    return rules | {ASK_NOW.key, ASK_NOW_AGAIN.key}


def asked_slots(event_id: int) -> dict[int, datetime]:
    """When each slot's act was last asked by a text that left, by the slot's id."""
    asks = select(Message.slot_id, func.max(Message.claimed_at)).where(
        Message.event_id == event_id, Message.rule.in_(asking_keys(event_id)), Message.state.in_(TOLD)
    )
    rows = db.session.execute(asks.where(Message.slot_id.is_not(None)).group_by(Message.slot_id))
    return {slot_id: at for slot_id, at in rows if slot_id is not None and at is not None}


def asking_texts(sign_ups: Iterable[SignUp]) -> dict[int, Message]:
    """Who is to answer C or X, by sign-up id, with the last text that asked, went out and is unanswered.

    Asked are people put on a shift by a coordinator, and recipients of the rule ``shift-ask``.
    """
    waiting = {(each.shift_id, each.person_id): each for each in sign_ups if _is_open(each)}
    if not waiting:
        return {}
    asks = or_(Message.kind == MessageKind.ASSIGNED, Message.rule == SHIFT_ASK.key)
    left = select(Message).where(Message.direction == Direction.OUT, asks, Message.state.in_(TOLD))
    left = left.where(Message.shift_id.in_({shift for shift, _ in waiting}))
    left = left.where(Message.person_id.in_({person for _, person in waiting}))
    found: dict[int, Message] = {}
    for message in db.session.scalars(left.order_by(Message.claimed_at, Message.id)):
        sign_up = waiting.get((message.shift_id or 0, message.person_id or 0))
        if sign_up is not None and message.claimed_at is not None and message.claimed_at >= sign_up.created_at:
            found[sign_up.id] = message
    return found


def coming_of(sign_ups: Sequence[SignUp]) -> dict[int, str]:
    """How sure it is that expected people come, by id: not_told, asked, coming or cannot.

    Whoever signed up is coming; someone put on the shift has to say so, and is ``not_told`` until a text or a call has
    asked.
    """
    expected = [each for each in sign_ups if each.state == SignUpState.CONFIRMED]
    asked, keys = asking_texts(expected), {each.assigned_key for each in expected if _is_open(each)}
    called = select(Call.dedupe_key).where(Call.dedupe_key.in_(keys), Call.ticked_at.is_not(None))
    told = set(db.session.scalars(called)) if keys else set()
    return {each.id: _coming(each, is_asked=each.id in asked or each.assigned_key in told) for each in expected}


def _coming(sign_up: SignUp, *, is_asked: bool) -> str:
    if sign_up.wants_cover_at is not None:
        return "cannot"
    if sign_up.will_come_at is not None:
        return "coming"
    if is_asked:
        return "asked"
    return "not_told" if sign_up.notice == "assigned" else "coming"


def _is_open(sign_up: SignUp) -> bool:
    return sign_up.state == SignUpState.CONFIRMED and sign_up.will_come_at is None and sign_up.wants_cover_at is None
