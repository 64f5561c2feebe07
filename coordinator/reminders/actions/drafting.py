"""Deciding what one event's outbox should hold, and composing it: everything is read, nothing written or locked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from coordinator.core.personal_links import stand_in
from coordinator.core.reminders import SeenPlan
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.models import UNSENT, Message, MessageKind, MessageState
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.models import Press
from coordinator.shownight.queries import night

from ..queries.plans import observe_plans, seen_plans
from ..queries.rules import rules_of
from ..queries.subjects import subjects_of
from ..queries.threads import Gone, Thread, threads_of
from .calling import CallsDraft, draft_calls
from .changed import told_spot
from .composing import compose, compose_mail
from .digest import Digest, draft_digest
from .owed import OwedText, PlanningContext, SubjectPlan
from .places import NO_NEWS, a_text_was_lost, draft_places
from .planned import PlaceCall, PlannedText, is_unchanged
from .seeing import Seen, remember_all, sightings_of
from .subject_plans import plan_subject


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What has to be written so that an event's outbox is right, and the state of the event that it was read from.

    ``take_back``: keys of texts that are no longer wanted, each with whether its time is gone for good. ``calls_over``:
    keys of calls that nobody has to make anymore.
    """

    event_id: int
    revision: int
    planned_revision: int
    planned_at: datetime | None
    texts: Sequence[PlannedText]
    take_back: Mapping[str, bool]
    calls: Sequence[PlaceCall]
    calls_over: Sequence[str]
    seen: Seen
    digest: Digest | None
    called: CallsDraft
    plan_again_at: datetime | None


def draft_event(event: Event, now: datetime, public_url: str, sender: str | None = None) -> EventDraft:
    """Everything that has to be written about the event at ``now``; locks nothing."""
    changed = event.revision != event.planned_revision
    tonight, shifts, plans_before = night(event.id, now), shifts_of(event), seen_plans(event.id)
    plans = observe_plans(tonight, shifts, plans_before)
    subjects = subjects_of(event, tonight, shifts, plans)
    seen = sightings_of(event.id)
    seen.plans = {key: plan for key, plan in plans.items() if plan != plans_before.get(key)}
    remember_all(subjects, seen, now)
    threads = threads_of(event.id)
    context = PlanningContext.of(now, _last_press(event.id), rules_of(event.id))
    planned = [plan_subject(subject, threads, seen.of(subject.key), context) for subject in subjects]
    is_news = changed or a_text_was_lost(event)
    places = draft_places(event, tonight, shifts, threads, plans, now, public_url) if is_news else NO_NEWS
    called = draft_calls(event, subjects, threads, seen, now, sender)
    texts, take_back = _changes(event, planned, threads, called, now, public_url)
    digest = draft_digest(event, tonight, shifts, now, public_url) if changed or _is_digest_day(event, now) else None
    return EventDraft(
        event_id=event.id,
        revision=event.revision,
        planned_revision=event.planned_revision,
        planned_at=event.planned_at,
        texts=[*texts, *places.texts],
        take_back={**take_back, **places.take_back},
        calls=places.calls,
        calls_over=places.calls_over,
        seen=seen,
        digest=digest,
        called=called,
        plan_again_at=_next_look(event, planned, digest, now),
    )


def _is_digest_day(event: Event, now: datetime) -> bool:
    """Whether the digest may have to be written again: around the hour at which it goes out, on each show day."""
    return event.is_on(now) and time(8) < now.astimezone(ZoneInfo(event.zone)).time() < time(10)


Threads = Mapping[tuple[str, int], Thread]


def _last_press(event_id: int) -> datetime | None:
    """The last press or undo; its texts may go out 30 s later."""
    pressed_at, undone_at = db.session.execute(
        select(func.max(Press.pressed_at), func.max(Press.undone_at)).where(Press.event_id == event_id)
    ).one()
    known = [at for at in (pressed_at, undone_at) if at is not None]
    return max(known) if known else None


def _changes(
    event: Event,
    plans: Iterable[SubjectPlan],
    threads: Threads,
    called: CallsDraft,
    now: datetime,
    public_url: str,
) -> tuple[list[PlannedText], dict[str, bool]]:
    """The texts to add or change in the outbox, and those to withdraw.

    ``called``: what people tell by phone.
    """
    owed = {text.key: text for each in plans for text in each.owed if not called.say(text)}
    expired = {key: each.subject.plan for each in plans for key in each.expired}
    known = [message for thread in threads.values() for message in thread.messages]
    rows = {row.dedupe_key: row for row in known if row.dedupe_key and isinstance(row, Message)}
    gone = {text.dedupe_key for text in known if isinstance(text, Gone)}
    undone = _undone(event.id)
    take_back = {
        key: key in expired
        for key, row in rows.items()
        if key not in owed and (row.state in UNSENT or (key in expired and _is_open(row, undone, expired[key])))
    }
    left = [text for key, text in owed.items() if key not in gone]
    open_texts = [text for text in left if text.key not in rows or _is_open(rows[text.key], undone, text.subject.plan)]
    composed = _composed(event, _once(open_texts, now), now, public_url)
    return [text for text in composed if not is_unchanged(rows.get(text.key), text)], take_back


def _once(texts: Sequence[OwedText], now: datetime) -> list[OwedText]:
    """Without new times that a reminder going out now tells anyway."""
    said = {(text.subject.key, text.person.id, text.anchor) for text in texts if text.rule and text.due_at <= now}
    return [
        text
        for text in texts
        if text.kind != MessageKind.NEW_TIME or (text.subject.key, text.person.id, text.anchor) not in said
    ]


def _composed(event: Event, open_texts: Sequence[OwedText], now: datetime, public_url: str) -> Iterator[PlannedText]:
    people = {text.person.id: text.person for text in open_texts}
    links = {person_id: stand_in(public_url, person_id) for person_id in people}
    for text in open_texts:
        said = compose(text, event, now=now, links=links)
        yield PlannedText(
            key=text.key,
            kind=text.kind,
            rule=text.rule.key if text.rule else None,
            person_id=text.person.id,
            slot_id=text.subject.slot.id if text.subject.slot else None,
            shift_id=text.subject.shift.id if text.subject.shift else None,
            anchor=text.anchor,
            says_at=text.says_at,
            planned_at=text.subject.plan.planned_at,
            due_at=text.due_at,
            useful_until=text.useful_until,
            phone=text.person.phone,
            language=text.person.language,
            body=said.body,
            first_body=said.first_body,
            mail=compose_mail(text, event, now=now),
            tells=told_spot(text),
        )


def _undone(event_id: int) -> list[tuple[datetime, datetime]]:
    """For each press that was undone: from when until when it was in effect."""
    presses = select(Press.pressed_at, Press.undone_at).where(Press.event_id == event_id, Press.undone_at.is_not(None))
    return [(pressed_at, undone_at) for pressed_at, undone_at in db.session.execute(presses) if undone_at]


def _is_open(row: Message, undone: Iterable[tuple[datetime, datetime]], plan: SeenPlan) -> bool:
    """Whether the text can still go out: unsent, withdrawn, or expired by a press or a plan that was changed since."""
    if row.state in (*UNSENT, MessageState.CANCELLED):
        return True
    if row.state != MessageState.EXPIRED or row.finished_at is None:
        return False
    expired_at = row.finished_at
    return plan.revives(expired_at) or any(pressed_at <= expired_at <= undone_at for pressed_at, undone_at in undone)


def _next_look(event: Event, plans: Sequence[SubjectPlan], digest: Digest | None, now: datetime) -> datetime | None:
    """When something can be decided although nothing changes; None once the show is over."""
    if event.plan_until_at is not None and now >= event.plan_until_at:
        return None
    wanted_at = [at for each in plans for at in each.plan_again_at]
    if digest is not None and digest.again_at is not None:
        wanted_at.append(digest.again_at)
    return max(min(wanted_at), now) if wanted_at else None
