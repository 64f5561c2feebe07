"""The planner: level-triggered, so whatever changed, however it changed, the next pass is right.

An event is read, decided and composed without a lock. The result is written in short transactions, each of which first
checks that the event has not changed since it was read. If it has, the next pass starts over.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, or_, select

from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.messaging.actions.calls import withdraw_call
from coordinator.messaging.actions.outbox import bring_back, change_state, queue_text, reword, withdraw
from coordinator.messaging.models import PLACE_KINDS, UNSENT, Message, MessageKind, MessageState
from coordinator.people.models import Person

from .calling import write_calls
from .digest import write_digest
from .drafting import EventDraft, draft_event
from .places import owe_place_call
from .planned import LOST, PlannedText, says
from .seeing import keep

TELL_ONCE = (
    MessageKind.NEW_TIME,
    MessageKind.CANCELLED,
    MessageKind.CHANGED,
    *PLACE_KINDS,
)  # no later text repeats them
Row = TypeVar("Row")
AT_ONCE = 200  # texts that one transaction writes; nobody waits longer for the planner

Change = PlannedText | tuple[str, bool]  # a text to add, or the key of one to withdraw and whether it has expired


def plan(now: datetime, *, public_url: str, sender: str | None = None) -> int:
    """Make the outbox equal what should be sent, for events that changed or are due. How many were looked at.

    The clock alone changes no told time: an event is looked at when it has changed, when a change has been steady for a
    minute, and when a text that told a change was lost. An event that cannot be planned does not stop the others; the
    first failure is raised at the end. ``sender`` is the number that texts come from, so that people who opted out of
    it are called; None: any of ours.
    """
    looked, failures = 0, []
    for event_id in db.session.scalars(select(Event.id).where(_is_due(now)).order_by(Event.id)).all():
        try:
            looked += _look_once(event_id, now, public_url, sender)
        except Exception as failure:  # whatever it is, the other events' texts must leave
            db.session.rollback()
            failures.append(failure)
    if failures:
        raise failures[0]
    return looked


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Events that changed since they were planned, or about which something can be decided by now."""
    lost = exists().where(
        Message.event_id == Event.id,
        Message.state.in_(LOST),
        Message.kind.in_(TELL_ONCE),
        Message.finished_at >= Event.planned_at,
    )
    return or_(Event.revision != Event.planned_revision, Event.plan_again_at <= now, lost)


def _look_once(event_id: int, now: datetime, public_url: str, sender: str | None) -> bool:
    """Plan one event, unless another process has just done so, or is at it."""
    db.session.expire_all()
    event = db.session.scalar(select(Event).where(Event.id == event_id, _is_due(now)))
    return event is not None and write_draft(draft_event(event, now, public_url, sender), now)


def write_draft(draft: EventDraft, now: datetime) -> bool:
    """Write the draft, a few texts at a time; False if the event has changed since it was read."""
    changes: list[Change] = [*draft.take_back.items(), *draft.texts]
    is_right = True
    for some in _batches(changes):
        with transaction():
            event = _unchanged(draft)
            if event is None:
                return False
            is_right = _put_all(event, some, now) and is_right
    with transaction():
        event = _unchanged(draft)
        if event is None:
            return False
        keep(event.id, draft.seen)
        _owe_calls(event, draft, now)
        write_calls(event, draft.called, now)
        if draft.digest is not None:
            write_digest(event, draft.digest, now)
        event.planned_at, event.plan_again_at = now, draft.plan_again_at if is_right else now
        if is_right:
            event.planned_revision = draft.revision
    return True


def _unchanged(draft: EventDraft) -> Event | None:
    """The event, locked, if it has not changed since it was read and nobody else is planning it."""
    as_read = (
        Event.id == draft.event_id,
        Event.revision == draft.revision,
        Event.planned_revision == draft.planned_revision,
        Event.planned_at.is_not_distinct_from(draft.planned_at),
    )
    return db.session.scalar(select(Event).where(*as_read).with_for_update(skip_locked=True))


def _put_all(event: Event, changes: Sequence[Change], now: datetime) -> bool:
    """False if a text went out, or changed its state otherwise, since it was decided on: decide again."""
    texts = [change for change in changes if isinstance(change, PlannedText)]
    keys = [change.key if isinstance(change, PlannedText) else change[0] for change in changes]
    locked = select(Message).where(Message.dedupe_key.in_(keys)).order_by(Message.id).with_for_update(of=Message)
    rows = {row.dedupe_key: row for row in db.session.scalars(locked)}
    wanted = select(Person).where(Person.id.in_({text.person_id for text in texts}))
    people = {person.id: person for person in db.session.scalars(wanted)}
    is_right = True
    for change in changes:
        if isinstance(change, PlannedText):
            is_right = _put(event, change, people[change.person_id], rows.get(change.key), now) and is_right
        else:
            key, expired = change
            is_right = key in rows and _take_back(rows[key], expired=expired, now=now) and is_right
    return is_right


def _take_back(row: Message, *, expired: bool, now: datetime) -> bool:
    """``expired``: its time is gone; a text that waited for a steady plan, or was reopened by one, expires now."""
    if row.state not in UNSENT and not (expired and bring_back(row, now=now, cause="the plan has been changed")):
        return False
    if expired and row.kind == MessageKind.REMINDER:
        return change_state(
            row, MessageState.EXPIRED, now=now, cause="its slot has passed, so there is no time to tell"
        )
    return withdraw(row, now=now, cause="no longer wanted")


def _put(event: Event, text: PlannedText, person: Person, row: Message | None, now: datetime) -> bool:
    if row is None:
        queue_text(
            organisation_id=event.organisation_id,
            event_id=event.id,
            person=person,
            kind=text.kind,
            body=text.body,
            first_body=text.first_body,
            mail=text.mail,
            now=now,
            due_at=text.due_at,
            useful_until=text.useful_until,
            dedupe_key=text.key,
            rule=text.rule,
            slot_id=text.slot_id,
            shift_id=text.shift_id,
            anchor=text.anchor,
            says_at=text.says_at,
            any_hour=text.any_hour,
            other_times=text.other_times,
            planned_at=text.planned_at,
            tells=text.tells,
        )
        return True
    ended = row.state in (MessageState.CANCELLED, MessageState.EXPIRED)
    if ended and not bring_back(row, now=now, cause="wanted again"):
        return True
    if row.state not in UNSENT:
        return False
    if row.due_at != text.due_at:
        row.due_at = text.due_at
        if row.state == MessageState.HELD and text.due_at > now:
            change_state(row, MessageState.WAITING, now=now, cause="its time has moved")
    row.useful_until, row.says_at, row.other_times = text.useful_until, text.says_at, text.other_times
    row.planned_at, row.tells, row.mail = text.planned_at, text.tells, text.mail
    row.phone, row.language = text.phone or row.phone, text.language
    if not says(row, text):
        reword(row, text.body, text.first_body)
    return True


def _owe_calls(event: Event, draft: EventDraft, now: datetime) -> None:
    for key in draft.calls_over:
        withdraw_call(key, now=now)
    wanted = select(Person).where(Person.id.in_({call.person_id for call in draft.calls}))
    people = {person.id: person for person in db.session.scalars(wanted)} if draft.calls else {}
    for call in draft.calls:
        owe_place_call(event, call, people[call.person_id], shift_id=call.shift_id, now=now)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
