"""The planner: level-triggered, so that whatever changed, however it changed, the next pass is right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from ...core.timeline import SlotState
from ...db import db, transaction
from ...events.models import Event
from ...messaging.actions import bring_back, change_state, queue_text, reword, withdraw
from ...messaging.models import UNSENT, Message
from ...messaging.queries import introduced
from ...people.actions import personal_link
from ...people.models import Person
from ...people.queries import link_tokens
from ...shifts.models import Shift
from ...shifts.queries import shifts_of
from ...shownight.models import Press
from ...shownight.queries import Night, StageNight, night, night_of
from ..queries import Gone, Subject, Thread, rules_of, subjects_of, threads_of
from .composing import compose
from .digest import plan_digest
from .seeing import Seen, fill_gaps, remember_all, sightings_of
from .wanted import Look, Moment, Wanted, first_texts, look_at

SETTLED_AFTER = timedelta(seconds=75)  # a change older than this has been decided upon
GLANCES = [timedelta(seconds=seconds) for seconds in (60, 45, 30, 15)]  # ago: how steady a time has been
A_LITTLE = timedelta(milliseconds=1500)  # before a text leaves whose time may have slid, it is looked at once more


def plan(now: datetime, *, public_url: str, glance_every: timedelta = GLANCES[-1]) -> int:
    """Make the outbox equal what ought to be sent, for the events that changed or are on. How many were looked at.

    While a show slides with the clock it is looked at when something may have to be told, and every ``glance_every``;
    when that is longer than the usual 15 s, each look is at everything, so that nothing is missed in between. An event
    that cannot be planned stops no other; what was wrong with the first of them is raised at the end.
    """
    looked, failures = 0, []
    for event_id in db.session.scalars(_needs_a_look(now)).all():
        try:
            looked += _look_once(event_id, now, public_url, glance_every)
        except Exception as failure:  # whatever it is, the other events' texts must leave
            failures.append(failure)
    if failures:
        raise failures[0]
    return looked


def _look_once(event_id: int, now: datetime, public_url: str, glance_every: timedelta) -> bool:
    """Plan one event, unless another process has just done so."""
    with transaction():
        event = db.session.scalar(_needs_a_look(now, event_id))
        if event is None:
            return False
        _plan_event(event, now, public_url, glance_every)
        return True


def _needs_a_look(now: datetime, event_id: int | None = None) -> Any:
    """Events that changed since they were planned, or whose times may have moved by themselves.

    One event is read whole and locked; one that another process is planning is skipped.
    """
    due = or_(Event.revision != Event.planned_revision, Event.look_again_at <= now)
    if event_id is None:
        return select(Event.id).where(due).order_by(Event.id)
    return select(Event).where(Event.id == event_id, due).with_for_update(skip_locked=True)


def _plan_event(event: Event, now: datetime, public_url: str, glance_every: timedelta) -> None:
    changed = event.revision != event.planned_revision
    tonight, shifts = night(event.id, now), shifts_of(event)
    subjects = subjects_of(event, tonight, shifts)
    seen = sightings_of(event.id)
    if not changed:
        fill_gaps(_glances(event, tonight, shifts, now), seen)
    moved = remember_all(event.id, subjects, seen, now)
    everything = changed or glance_every > GLANCES[-1]
    if not everything:
        recently = now - SETTLED_AFTER
        subjects = [subject for subject in subjects if subject.key in moved or seen.moved_since(subject.key, recently)]
    looks, threads = _look_at_all(event, subjects, seen, now, everything=everything)
    _write(event, looks, threads, now, public_url)
    digest_at = plan_digest(event, tonight, now, public_url) if changed or _is_digest_day(event, now) else None
    event.planned_revision, event.planned_at = event.revision, now
    event.look_again_at = _next_look(event, tonight, looks, [at for at in [digest_at] if at], now, glance_every)


def _glances(
    event: Event, tonight: Night, shifts: Sequence[Shift], now: datetime
) -> Iterator[tuple[datetime, list[Subject]]]:
    """The last minute as it would have been seen since the last look, with the same plan and facts."""
    for ago in GLANCES:
        at = now - ago
        if event.planned_at is not None and at > event.planned_at:
            then = night_of(event, [stage.stage for stage in tonight.stages], tonight.slots, at)
            yield at, subjects_of(event, then, shifts)


def _is_digest_day(event: Event, now: datetime) -> bool:
    """Whether the digest may still have to be written anew: until the afternoon of the show."""
    return (
        event.plan_until_at is not None
        and now > event.plan_until_at - timedelta(hours=21)
        and now.astimezone(ZoneInfo(event.zone)).time() < time(10)
    )


Threads = Mapping[tuple[str, int], Thread]


def _look_at_all(
    event: Event, subjects: Sequence[Subject], seen: Seen, now: datetime, *, everything: bool
) -> tuple[list[Look], Threads]:
    if not subjects and not everything:
        return [], {}
    threads = threads_of(event.id, None if everything else {subject.key for subject in subjects}, lock=True)
    moment = Moment.of(now, _last_press(event.id), rules_of(event.id))
    return [look_at(subject, threads, seen.of(subject.key), moment) for subject in subjects], threads


def _last_press(event_id: int) -> datetime | None:
    """The last press or undoing of one: 30 s after it its texts may leave."""
    pressed_at, undone_at = db.session.execute(
        select(func.max(Press.pressed_at), func.max(Press.undone_at)).where(Press.event_id == event_id)
    ).one()
    known = [at for at in (pressed_at, undone_at) if at is not None]
    return max(known) if known else None


def _write(event: Event, looks: Iterable[Look], threads: Threads, now: datetime, public_url: str) -> None:
    wanted = {text.key: text for look in looks for text in look.wanted}
    expired = {key for look in looks for key in look.expired}
    known = [message for thread in threads.values() for message in thread.messages]
    rows = {row.dedupe_key: row for row in known if row.dedupe_key and isinstance(row, Message)}
    gone = {text.dedupe_key for text in known if isinstance(text, Gone)}
    for key, row in rows.items():
        if row.state in UNSENT and key not in wanted:
            _take_back(row, expired=key in expired, now=now)
    undone = _undone(event.id)
    left = [text for key, text in wanted.items() if key not in gone]
    open_texts = [text for text in left if text.key not in rows or _is_open(rows[text.key], undone)]
    people = {text.person.id: text.person for text in open_texts}.values()
    links = {person_id: f"{public_url}/me/{token}" for person_id, token in _tokens(people, now).items()}
    phones = {person.phone for person in people if person.phone}
    first = first_texts(open_texts, introduced(phones, event.organisation_id))
    for text in open_texts:
        body = compose(text, event, now=now, links=links, is_first=text.key in first)
        _put(event, text, rows.get(text.key), body, now)


def _undone(event_id: int) -> list[tuple[datetime, datetime]]:
    """From when to when each press held that was undone later."""
    presses = select(Press.pressed_at, Press.undone_at).where(Press.event_id == event_id, Press.undone_at.is_not(None))
    return [(pressed_at, undone_at) for pressed_at, undone_at in db.session.execute(presses) if undone_at]


def _is_open(row: Message, undone: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether the text can still leave: not sent yet, taken back, or expired by a press that was undone."""
    if row.state in (*UNSENT, "cancelled"):
        return True
    expired_at = row.finished_at if row.state == "expired" else None
    return expired_at is not None and any(pressed_at <= expired_at <= undone_at for pressed_at, undone_at in undone)


def _tokens(people: Collection[Person], now: datetime) -> dict[int, str]:
    """The token of each person's own page, made where there was none."""
    tokens = link_tokens(person.id for person in people)
    missing = [person for person in people if person.id not in tokens]
    return tokens | {person.id: personal_link(person, now).token for person in missing}


def _take_back(row: Message, *, expired: bool, now: datetime) -> None:
    if expired and row.kind == "reminder":
        change_state(row, "expired", now=now, cause="its slot has passed, so there is no time to tell")
    else:
        withdraw(row, now=now, cause="no longer wanted")


def _put(event: Event, text: Wanted, row: Message | None, body: str, now: datetime) -> None:
    if row is None:
        queue_text(
            organisation_id=event.organisation_id,
            event_id=event.id,
            person=text.person,
            kind=text.kind,
            body=body,
            now=now,
            due_at=text.due_at,
            useful_until=text.useful_until,
            dedupe_key=text.key,
            rule=text.rule.key if text.rule else None,
            slot_id=text.subject.slot.id if text.subject.slot else None,
            shift_id=text.subject.shift.id if text.subject.shift else None,
            anchor=text.anchor,
            says_at=text.says_at,
        )
        return
    if row.state in ("cancelled", "expired") and not bring_back(row, now=now, cause="wanted again"):
        return
    if row.due_at != text.due_at:
        row.due_at = text.due_at
        if row.state == "held" and text.due_at > now:
            change_state(row, "waiting", now=now, cause="its time has moved")
    row.useful_until, row.says_at = text.useful_until, text.says_at
    row.phone, row.language = text.person.phone or row.phone, text.person.language
    if row.body != body:
        reword(row, body)


def _next_look(
    event: Event,
    tonight: Night,
    looks: Sequence[Look],
    wanted_at: list[datetime],
    now: datetime,
    glance_every: timedelta,
) -> datetime | None:
    """When times may have moved although nothing is pressed: when a set runs over, or one to come is not started."""
    if event.plan_until_at is not None and now >= event.plan_until_at:
        return None
    if any(look.unsettled for look in looks):
        wanted_at.append(now)
    slides_from = [at for stage in tonight.stages for at in _slides_from(stage) if at is not None]
    wanted_at.extend(at for at in slides_from if at > now)
    if any(at <= now for at in slides_from):
        wanted_at.append(now + min([glance_every, *(look.may_move for look in looks)]))
        wanted_at.extend(at - A_LITTLE for at in [_next_due(event.id)] if at is not None)
    return max(min(wanted_at), now) if wanted_at else None


def _next_due(event_id: int) -> datetime | None:
    """When the next text of the event may leave."""
    return db.session.scalar(
        select(func.min(Message.due_at)).where(Message.event_id == event_id, Message.state == "waiting")
    )


def _slides_from(stage: StageNight) -> list[datetime | None]:
    """From when the stage slides with the clock: what is on should be over, what comes first should have begun."""
    projected = stage.projection.slots
    on = [slot.ends_at for slot in projected if slot.state is SlotState.ON]
    to_come = [slot.starts_at for slot in projected if slot.state is SlotState.TO_COME]
    return [*on, *to_come[:1]]
