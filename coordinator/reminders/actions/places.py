"""Telling people about their spots: the texts caused by a sign-up, a coordinator or a cancelled shift."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from coordinator.core.personal_links import stand_in
from coordinator.core.reminders import SeenPlan
from coordinator.core.rules import UNDO
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.core.wording import Worded
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.actions.calls import owe_call
from coordinator.messaging.models import PLACE_KINDS, UNSENT, Call, Message, MessageKind, MessageState
from coordinator.people.models import Person
from coordinator.shifts.models import Shift
from coordinator.shownight.queries import Night

from ..queries.news import lost_because
from ..queries.places import PlaceNews, Threads, place_news, reasons_to_call
from ..queries.plans import shift_key
from .place_words import Contacts, mail_about, words_of
from .planned import LOST, PlaceCall, PlannedText, is_unchanged

ELSEWHERE: Final = "removed:gone:"  # texts about deleted shifts are not the planner's
# Whoever signed up has just seen it on the page; the printed call list names their shifts, and nobody has to call.
CALLED: Final = (MessageKind.ASSIGNED, MessageKind.REMOVED)


@dataclass(frozen=True, slots=True)
class PlacesDraft:
    """Texts to add or change, keys of texts to withdraw, calls to make, and keys of calls that are over."""

    texts: Sequence[PlannedText] = ()
    take_back: Mapping[str, bool] = field(default_factory=dict)
    calls: Sequence[PlaceCall] = ()
    calls_over: Sequence[str] = ()


NO_NEWS: Final = PlacesDraft()


def draft_places(
    event: Event,
    tonight: Night,
    shifts: Sequence[Shift],
    told: Threads,
    plans: Mapping[str, SeenPlan],
    now: datetime,
    public_url: str,
) -> PlacesDraft:
    """What people of these shifts should be told about their spots, and calls to those whom no text reaches."""
    news = {each.key: each for each in place_news(shifts, tonight, told, now)}
    rows, calls = _rows(event.id, news), _calls(event.id, news)
    why = reasons_to_call(each.person for each in news.values())
    lost = {key: because for key, row in rows.items() if key in news and (because := lost_because(row))}
    ticked = {key for key, call in calls.items() if call.ticked_at is not None}
    texted = {key: each for key, each in news.items() if each.person.id not in why and key not in {*ticked, *lost}}
    reasons = {each.key: why.get(each.person.id) or lost.get(each.key) for each in news.values() if each.kind in CALLED}
    called = [(news[key], reason) for key, reason in reasons.items() if reason]
    kept = {each.key for each, _ in called}
    return PlacesDraft(
        list(_texts(event, texted, rows, plans, now, public_url)),
        {key: False for key, row in rows.items() if key not in texted and row.state in UNSENT},
        [owed_call(each, reason) for each, reason in called],
        [key for key, call in calls.items() if key not in kept | ticked and call.withdrawn_at is None],
    )


def a_text_was_lost(event: Event) -> bool:
    """Whether a text about a spot has failed since the event was planned last."""
    lost = select(Message.id).where(
        Message.event_id == event.id,
        Message.kind.in_(PLACE_KINDS),
        Message.state.in_(LOST),
        Message.finished_at >= event.planned_at,
    )
    return db.session.scalar(lost.limit(1)) is not None


def owed_call(news: PlaceNews, why: str) -> PlaceCall:
    """The call that tells them what the text would have said."""
    first = news.places[0]
    return PlaceCall(
        key=news.key,
        kind=news.kind,
        why=why,
        person_id=news.person.id,
        about=", ".join(place.shift.role.name for place in news.places)[:200],
        shift_id=first.shift.id,
        anchor=Anchor.SHIFT_START,
        says_at=whole_minute(first.starts_at),
        useful_until=news.useful_until,
        tells=news.tells,
    )


def owe_place_call(event: Event, call: PlaceCall, person: Person, *, shift_id: int | None, now: datetime) -> None:
    """Store the call. ``shift_id``: None if the shift is about to be deleted."""
    owe_call(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=person,
        kind=call.kind,
        why=call.why,
        about=call.about,
        dedupe_key=call.key,
        now=now,
        useful_until=call.useful_until,
        says_at=call.says_at,
        shift_id=shift_id,
        anchor=call.anchor,
        tells=call.tells,
    )


def _rows(event_id: int, keys: Collection[str]) -> dict[str, Message]:
    """Texts about spots that may still change, and those with these keys in any state."""
    ours = select(Message).where(Message.event_id == event_id, Message.kind.in_(PLACE_KINDS))
    rows = db.session.scalars(ours.where(or_(Message.state.in_(UNSENT), Message.dedupe_key.in_(keys))))
    return {row.dedupe_key: row for row in rows if row.dedupe_key and not row.dedupe_key.startswith(ELSEWHERE)}


def _calls(event_id: int, keys: Collection[str]) -> dict[str, Call]:
    ours = select(Call).where(Call.event_id == event_id, Call.kind.in_(CALLED))
    is_open = Call.ticked_at.is_(None) & Call.withdrawn_at.is_(None)
    calls = db.session.scalars(ours.where(or_(is_open, Call.dedupe_key.in_(keys))))
    return {call.dedupe_key: call for call in calls if not call.dedupe_key.startswith(ELSEWHERE)}


def _texts(
    event: Event,
    texted: Mapping[str, PlaceNews],
    rows: Mapping[str, Message],
    plans: Mapping[str, SeenPlan],
    now: datetime,
    public_url: str,
) -> Iterator[PlannedText]:
    wanted = [
        each for key, each in texted.items() if key not in rows or rows[key].state in (*UNSENT, MessageState.CANCELLED)
    ]
    contacts = Contacts(event)
    for each in wanted:
        call = contacts.whom_to_call(each) if each.kind == "removed" else None
        said = words_of(each, event, link=stand_in(public_url, each.person.id), call=call)
        text = _planned(each, said, _due_at(each, rows.get(each.key), now), plans)
        text = replace(text, mail=mail_about(each, event, call=call))
        if not is_unchanged(rows.get(each.key), text):
            yield text


def _due_at(news: PlaceNews, row: Message | None, now: datetime) -> datetime:
    """Half a minute after it became so, or became so again, so that it can be undone."""
    if row is None:
        return (now if news.again else news.at) + UNDO
    if row.state == MessageState.CANCELLED:
        return max(news.at, now) + UNDO
    return row.due_at or now


def _planned(news: PlaceNews, said: Worded, due_at: datetime, plans: Mapping[str, SeenPlan]) -> PlannedText:
    first, others = news.places[0], news.places[1:]
    return PlannedText(
        key=news.key,
        kind=news.kind,
        rule=None,
        person_id=news.person.id,
        slot_id=None,
        shift_id=first.shift.id,
        anchor=Anchor.SHIFT_START,
        says_at=whole_minute(first.starts_at),
        due_at=due_at,
        useful_until=news.useful_until,
        phone=news.person.phone,
        language=news.person.language,
        body=said.body,
        first_body=said.first_body,
        any_hour=news.kind == "signed-up",
        planned_at=plans[shift_key(first.shift.id)].planned_at,
        other_times={str(place.shift.id): whole_minute(place.starts_at).isoformat() for place in others} or None,
        tells=news.tells,
    )
