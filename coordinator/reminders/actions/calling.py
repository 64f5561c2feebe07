"""Whom someone has to call: planned beside the texts, by the same decisions as every preview."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Select, select

from coordinator.core.consequences import KnownTimes, News
from coordinator.core.json_values import JsonObject
from coordinator.core.reminders import Sighting, steady_at
from coordinator.core.reminders.sightings import STEADY_FOR
from coordinator.core.show_time import whole_minute
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.actions.calls import owe_call, withdraw_call
from coordinator.messaging.models import Call
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person

from ..models import KnownTime
from ..queries.known import known_times
from ..queries.news import Telling, knows_the_plan, news_of
from ..queries.rules import rules_of
from ..queries.subjects import Recipient, Subject
from ..queries.threads import Thread
from .owed import OwedText
from .seeing import Seen

OURS = "call:"  # prefix of the keys of calls that the planner makes and withdraws
UNTOLD = Thread()
Threads = Mapping[tuple[str, int], Thread]


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One call as it should be stored, as values."""

    key: str
    person_id: int
    about: str
    slot_id: int | None
    shift_id: int | None
    planned_at: datetime | None
    news: News

    @property
    def tells(self) -> JsonObject | None:
        """The times and place of a changed shift, by its id."""
        change = self.news.change
        return {str(self.shift_id): change.now.as_json()} if change else None


@dataclass(frozen=True, slots=True)
class CallsDraft:
    """What has to be written so that an event's calls are right.

    ``owed``: calls to add or change. ``withdrawn``: keys of calls that nobody needs to make anymore. ``said``: what a
    person tells, by subject, person, kind and anchor, so that no text tells it too. ``known``: starts to store that
    people have in mind although no text told them.
    """

    owed: Sequence[PlannedCall]
    withdrawn: Sequence[str]
    said: frozenset[tuple[str, int, str, str]]
    known: KnownTimes
    is_news: bool

    def say(self, text: OwedText) -> bool:
        """Whether a person tells them instead of a text."""
        return (text.subject.key, text.person.id, text.kind, text.anchor) in self.said


def draft_calls(
    event: Event, subjects: Sequence[Subject], threads: Threads, seen: Seen, now: datetime, sender: str | None
) -> CallsDraft:
    """Everyone who has to be called at ``now``. ``sender``: the number texts come from; None: any of ours."""
    phones = {recipient.person.phone for subject in subjects for recipient in subject.recipients}
    silent = frozenset(opted_out([phone for phone in phones if phone], sender))
    before = known_times(event.id)
    known = _known(subjects, threads, before, silent)
    telling = Telling(now, {rule.key: rule for rule in rules_of(event.id)}, silent, partial(awake_at, event), known)
    accepted = _accepted(event.id)
    every = [call for subject in subjects for call in _calls(subject, threads, telling, seen)]
    wanted = [call for call in every if (call.slot_id, call.person_id, call.news.says_at) not in accepted]
    standing = {call.dedupe_key: call for call in db.session.scalars(_open(event.id))}
    keys = {call.key for call in wanted}
    return CallsDraft(
        owed=[call for call in wanted if not _is_unchanged(standing.get(call.key), call)],
        withdrawn=[key for key in standing if key not in keys],
        said=frozenset((_subject_of(call), call.person_id, call.news.kind, call.news.anchor) for call in wanted),
        known=known,
        is_news=known != before,
    )


def write_calls(event: Event, draft: CallsDraft, now: datetime) -> None:
    """Write the draft. The caller has locked the event and checked that it has not changed since it was read."""
    people = select(Person).where(Person.id.in_({call.person_id for call in draft.owed}))
    by_id = {person.id: person for person in db.session.scalars(people)} if draft.owed else {}
    for call in draft.owed:
        owe_call(
            organisation_id=event.organisation_id,
            event_id=event.id,
            person=by_id[call.person_id],
            kind=call.news.kind,
            why=call.news.why or "",
            about=call.about,
            dedupe_key=call.key,
            now=now,
            useful_until=call.news.useful_until,
            says_at=call.news.says_at,
            was_at=call.news.was_at,
            slot_id=call.slot_id,
            shift_id=call.shift_id,
            anchor=call.news.anchor,
            planned_at=call.planned_at,
            tells=call.tells,
            was=call.news.change.was.as_json() if call.news.change else None,
        )
    for key in draft.withdrawn:
        withdraw_call(key, now=now)
    if draft.is_news:
        _keep_known(event.id, draft.known)


def _calls(subject: Subject, threads: Threads, telling: Telling, seen: Seen) -> Iterator[PlannedCall]:
    for recipient in subject.recipients:
        thread = threads.get((subject.key, recipient.person.id), UNTOLD)
        steady = partial(_steady_at, seen.of(subject.key), subject, telling.now)
        for news in news_of(subject, recipient, thread, telling, steady):
            if news.why is not None:
                yield _planned(subject, recipient, thread, news)


def _steady_at(sightings: Mapping[str, Sequence[Sighting]], subject: Subject, now: datetime, anchor: str) -> datetime:
    """When the time has been steady long enough to be told; now, if it has been."""
    at = steady_at(sightings.get(anchor, ()), subject.anchors.get(anchor))
    return max(at or now + STEADY_FOR, now)


def _planned(subject: Subject, recipient: Recipient, thread: Thread, news: News) -> PlannedCall:
    person_id = recipient.person.id
    round_ = f"{thread.cancellations}.{thread.calls_made}"
    what = news.change.now.stamp if news.change else f"{news.says_at:%Y%m%dT%H%M}"
    return PlannedCall(
        key=f"{OURS}{news.kind}:{subject.key}:{person_id}:{news.anchor}:{round_}:{what}",
        person_id=person_id,
        about=subject.name,
        slot_id=subject.slot.id if subject.slot else None,
        shift_id=subject.shift.id if subject.shift else None,
        planned_at=subject.plan.planned_at,
        news=news,
    )


def _subject_of(call: PlannedCall) -> str:
    return f"slot:{call.slot_id}" if call.slot_id is not None else f"shift:{call.shift_id}"


def _open(event_id: int) -> Select[Call]:
    ours = Call.event_id == event_id, Call.dedupe_key.startswith(OURS)
    return select(Call).where(*ours, Call.ticked_at.is_(None), Call.withdrawn_at.is_(None))


def _accepted(event_id: int) -> set[tuple[int | None, int, datetime | None]]:
    """The times that someone is already called about, because the lateness they asked for was accepted."""
    calls = select(Call).where(Call.event_id == event_id, Call.kind == "accepted")
    standing = db.session.scalars(calls.where(Call.ticked_at.is_(None), Call.withdrawn_at.is_(None)))
    return {(call.slot_id, call.person_id, call.says_at) for call in standing}


def _is_unchanged(row: Call | None, call: PlannedCall) -> bool:
    if row is None:
        return False
    news = call.news
    is_unchanged = (row.why, row.useful_until, row.was_at, row.about, row.planned_at)
    return is_unchanged == (news.why, news.useful_until, news.was_at, call.about, call.planned_at)


def _known(
    subjects: Sequence[Subject], threads: Threads, before: KnownTimes, silent: frozenset[str]
) -> dict[tuple[str, int], datetime]:
    """The planned start as it was when someone whom no text reaches first had it in mind."""
    found = {}
    for subject in subjects:
        for recipient in subject.recipients:
            key = subject.key, recipient.person.id
            is_told = subject.own_anchor in threads.get(key, UNTOLD).told
            if knows_the_plan(subject, recipient) and not is_told and silence_of(recipient.person, silent):
                found[key] = before.get(key, whole_minute(subject.starts_at))
    return found


def _keep_known(event_id: int, known: KnownTimes) -> None:
    rows = db.session.scalars(select(KnownTime).where(KnownTime.event_id == event_id)).all()
    for row in rows:
        if known.get((row.subject, row.person_id)) != row.at:
            db.session.delete(row)
    kept = {(row.subject, row.person_id): row.at for row in rows}
    db.session.flush()
    for (subject, person_id), at in known.items():
        if kept.get((subject, person_id)) != at:
            db.session.add(KnownTime(event_id=event_id, subject=subject, person_id=person_id, at=at))
