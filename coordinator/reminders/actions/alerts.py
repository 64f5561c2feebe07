"""Each round: statements and decisions about a slot become texts, and texts that are no longer true are withdrawn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select, update

from coordinator.core.wording import worded
from coordinator.db import db, transaction
from coordinator.events.actions.locking import lock_event
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.calls import owe_call, withdraw_call
from coordinator.messaging.actions.outbox import queue_text, withdraw
from coordinator.messaging.models import TOLD, UNSENT, Call, CallKind, Direction, Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of

from ..queries.alerting import Alert
from ..queries.alerts import news_of
from ..queries.not_here import CALL_MISSED
from ..queries.overdue import slots_to_look_at

KINDS = (MessageKind.ALERT, MessageKind.ACCEPTED, MessageKind.DISPUTED)
OWED = (
    CallKind.ACCEPTED,
    CallKind.ALERT_CANNOT,
    CallKind.ALERT_LATE,
    CallKind.ALERT_NOT_HERE,
    CallKind.ALERT_OVERDUE,
    CallKind.DISPUTED,
    CallKind.SETTLED_YES,
    CallKind.SETTLED_NO,
)


def pass_on_news(now: datetime, *, sender: str, public_url: str = "") -> int:
    """Queue texts about what performers said of their slots, and what was decided on it. How many slots.

    ``sender`` is the number or service whose opt-outs count. ``public_url``: where the pages are; "": no link.
    """
    news = select(Slot.id, Slot.event_id).where(Slot.news_at.is_not(None)).order_by(Slot.id)
    waiting = db.session.execute(news).all()
    for slot_id, event_id in waiting:
        with transaction() as session:
            lock_event(session, event_id)
            slot = session.scalar(select(Slot).where(Slot.id == slot_id).with_for_update(of=Slot))
            if slot is not None and slot.news_at is not None:
                slot.news_at = None
                _pass_on(slot, now, sender, public_url)
    return len(waiting)


def notice_what_is_missing(now: datetime, *, sender: str | None = None) -> int:
    """Have the slots looked at again that the clock alone made news of: nobody here, nothing marked. How many.

    ``sender`` as in ``pass_on_news``; None: any of ours.
    """
    slots = slots_to_look_at(now, sender)
    if slots:
        with transaction() as session:
            session.execute(update(Slot).where(Slot.id.in_(slots)).values(news_at=now))
    return len(slots)


def _pass_on(slot: Slot, now: datetime, sender: str, public_url: str) -> None:
    ours = select(Message).where(
        Message.slot_id == slot.id,
        Message.kind.in_(KINDS),
        Message.direction == Direction.OUT,
        or_(Message.rule.is_(None), Message.rule == CALL_MISSED),  # others tell of offers and holds: not decided here
    )
    texts = db.session.scalars(ours.order_by(Message.id).with_for_update(of=Message)).all()
    gone = [text for text in texts if text.state in TOLD]
    page = f"{public_url}/coordinate/{slot.event.slug}/show" if public_url else ""
    found = news_of(slot, gone, now, sender)
    wanted = {news.key: replace(news, values={**news.values, "link": page}) for news in found}
    known = {text.dedupe_key: text for text in texts}
    for text in texts:
        if text.state in UNSENT and text.dedupe_key not in wanted:
            withdraw(text, now=now, cause="no longer so")
    _end_calls(slot, wanted.keys(), now)
    for key, news in wanted.items():
        if key not in known:
            _tell(slot, news, now, sender)


def _end_calls(slot: Slot, wanted: Iterable[str], now: datetime) -> None:
    keys = set(wanted)
    owed = select(Call).where(Call.slot_id == slot.id, Call.kind.in_(OWED), Call.withdrawn_at.is_(None))
    for call in db.session.scalars(owed):
        if call.dedupe_key not in keys:
            withdraw_call(call.dedupe_key, now=now)


def _tell(slot: Slot, news: Alert, now: datetime, sender: str) -> None:
    why = silence_of(news.person, opted_out([news.person.phone or ""], sender))
    if why is None:
        _text(slot, news, now)
    elif news.call is not None:
        owe_call(
            organisation_id=slot.event.organisation_id,
            event_id=slot.event_id,
            person=news.person,
            kind=news.call,
            why=why,
            about=slot.name,
            dedupe_key=news.key,
            now=now,
            useful_until=news.useful_until,
            says_at=news.says_at,
            slot_id=slot.id,
            anchor=news.anchor,
        )


def _text(slot: Slot, news: Alert, now: datetime) -> None:
    event, person = slot.event, news.person
    words = default_text(news.words, person.language)
    said = worded(words, news.values, person.language, org=event.organisation.name)
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=news.kind,
        body=said.body,
        first_body=said.first_body,
        mail=mail_of(words, news.values, org=event.organisation.name, title=event.called(person.language)),
        now=now,
        due_at=news.due_at,
        useful_until=news.useful_until,
        any_hour=event.is_on(now),
        dedupe_key=news.key,
        slot_id=slot.id,
        anchor=news.anchor,
        rule=news.rule,
        says_at=news.says_at,
        planned_at=news.planned_at,
    )
