"""What ought to be in the outbox about one subject: decisions over values, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Self

from ...core.reminders import LEAST_MOVE, LEAST_NOTICE, NewTime, Sighting, Told, cancelled_says, new_time, stable
from ...core.rules import UNDO, Rule, first_ask
from ...core.show_time import whole_minute
from ...core.timeline import Anchor
from ...messaging.models import Message
from ...people.models import Person
from ..queries import Gone, Recipient, Subject, Thread

A_MINUTE = timedelta(minutes=1)
UNTOLD: Final = Thread()
NOTHING_TOLD: Final = Told()
NOTHING_YET: Final[dict[str | None, Message | Gone]] = {}


class Wanted(NamedTuple):
    """One text that ought to go out, or to have gone out; unique by its key."""

    key: str
    kind: str  # reminder, new_time, cancelled
    rule: Rule | None
    subject: Subject
    person: Person
    anchor: str
    says_at: datetime
    due_at: datetime
    useful_until: datetime
    was: Told = NOTHING_TOLD


@dataclass(slots=True)
class Look:
    """One look at a subject: the texts wanted, the reminders that can no longer be true, when to look again.

    ``unsettled``: a time has moved and must be steady for a while. ``may_move``: how far the times can still move
    before somebody must be told.
    """

    wanted: list[Wanted] = field(default_factory=list)
    expired: set[str] = field(default_factory=set)  # keys of reminders whose time is gone for good
    unsettled: bool = False
    may_move: timedelta = LEAST_MOVE


@dataclass(frozen=True, slots=True)
class Moment:
    """What a look is taken with: the instant, the rules by audience and which of them asks first.

    ``undone_until``: while the last press can still be undone unnoticed, until when; else None.
    """

    now: datetime
    undone_until: datetime | None
    rules: Mapping[str, Sequence[Rule]]
    first_ask: str | None

    @classmethod
    def of(cls, now: datetime, pressed_at: datetime | None, rules: Sequence[Rule]) -> Self:
        by_audience: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            by_audience[rule.audience].append(rule)
        undone_until = pressed_at + UNDO if pressed_at is not None and now < pressed_at + UNDO else None
        return cls(now, undone_until, by_audience, first_ask(rules))


def look_at(
    subject: Subject,
    threads: Mapping[tuple[str, int], Thread],
    sightings: Mapping[str, Sequence[Sighting]],
    moment: Moment,
) -> Look:
    """Everything wanted about one subject, for each of its people."""
    look = Look()
    key, cancelled_at = subject.key, subject.cancelled_at
    for recipient in subject.recipients:
        person = recipient.person
        person_id = person.id
        thread = threads.get((key, person_id), UNTOLD)
        if cancelled_at is not None:
            look.wanted.extend(_cancelled(subject, recipient, thread, cancelled_at))
        elif person.can_be_texted:
            _remind(look, subject, recipient, thread, moment, f"{key}:{person_id}")
            if thread.told:
                _tell_new_times(look, subject, recipient, thread, sightings, moment.now)
    return look


def _cancelled(subject: Subject, recipient: Recipient, thread: Thread, cancelled_at: datetime) -> Iterator[Wanted]:
    says_at = cancelled_says(
        cancelled=True,
        has_press=subject.has_press,
        told_since=thread.told_since,
        told_start=thread.told.get(subject.own_anchor, Told()),
        planned_at=subject.planned_at,
    )
    if says_at is not None:
        key = f"cancelled:{subject.key}:{recipient.person.id}:{thread.cancellations}"
        anchor = Anchor.CHANGEOVER_START if recipient.audience == "changeover_crew" else subject.own_anchor
        yield Wanted(
            key,
            "cancelled",
            None,
            subject,
            recipient.person,
            anchor,
            says_at,
            cancelled_at + UNDO,
            _end_of_use(subject, says_at, cancelled_at),
        )


def _end_of_use(subject: Subject, says_at: datetime, cancelled_at: datetime) -> datetime:
    """A cancellation is worth telling for an hour after the time it takes back.

    While the show is on also for an hour after itself: who was told 20:00 may still stand in the wings at 21:10.
    """
    over_at = subject.leader.event.plan_until_at if subject.leader else None
    is_on = over_at is not None and cancelled_at < over_at
    return (max(says_at, cancelled_at) if is_on else says_at) + timedelta(hours=1)


def _remind(look: Look, subject: Subject, recipient: Recipient, thread: Thread, moment: Moment, whose: str) -> None:
    """``whose`` names the subject and the person in the keys of their reminders."""
    rows = {message.dedupe_key: message for message in thread.messages} if thread.messages else NOTHING_YET
    person, anchors = recipient.person, subject.anchors
    since_at, least_at = max(subject.existed_at, recipient.since_at), moment.now + LEAST_NOTICE
    for rule in moment.rules.get(recipient.audience, ()):
        if rule.only_unconfirmed and _has_answered(subject, recipient):
            continue
        key, anchor_at = f"{rule.key}:{whose}", anchors.get(rule.anchor)
        if anchor_at is None:
            look.expired.add(key)
            continue
        due_at, row = anchor_at - rule.lead, rows.get(key)
        if row is None:
            if anchor_at < least_at:
                continue
            if due_at < since_at:
                if rule.key != moment.first_ask:
                    continue  # its moment had passed before there was anything to remind of
                due_at = since_at
        says_at = whole_minute(anchor_at)
        if moment.undone_until is not None:
            due_at = _not_before_undo(due_at, row, says_at, moment.undone_until)
        look.wanted.append(Wanted(key, "reminder", rule, subject, person, rule.anchor, says_at, due_at, anchor_at))


def _has_answered(subject: Subject, recipient: Recipient) -> bool:
    return recipient.will_come if subject.slot is None else subject.slot.answer == "confirmed"


def _not_before_undo(
    due_at: datetime, row: Message | Gone | None, says_at: datetime, undone_until: datetime
) -> datetime:
    """A reminder that a press has made due waits until the press can no longer be undone unnoticed."""
    later = max(due_at, undone_until)
    if row is None or row.says_at != says_at or row.state == "cancelled":
        return later
    return later if row.due_at == later else due_at  # still waiting for the press that made it due


def _tell_new_times(
    look: Look,
    subject: Subject,
    recipient: Recipient,
    thread: Thread,
    sightings: Mapping[str, Sequence[Sighting]],
    now: datetime,
) -> None:
    for anchor, told in thread.told.items():
        anchor_at = subject.anchors.get(anchor)
        seen = sightings.get(anchor, ())
        announced = thread.announced.get(anchor, frozenset())
        answer = new_time(told, anchor_at, seen, now, early_ok=subject.early_ok, announced=announced)
        if anchor_at is None or told.at is None:
            continue
        if answer is NewTime.SEND:
            says_at = whole_minute(anchor_at)
            key = f"new_time:{subject.key}:{recipient.person.id}:{anchor}:{thread.cancellations}:{says_at:%Y%m%dT%H%M}"
            look.wanted.append(
                Wanted(key, "new_time", None, subject, recipient.person, anchor, says_at, now, anchor_at, told)
            )
        elif answer is NewTime.REPEATED:
            look.may_move = min(look.may_move, whole_minute(anchor_at) + A_MINUTE - anchor_at)  # the next is another
        elif told.voided or abs(anchor_at - told.at) >= LEAST_MOVE:
            look.unsettled = look.unsettled or not stable(seen, anchor_at, now)
        else:
            look.may_move = min(look.may_move, LEAST_MOVE - abs(anchor_at - told.at))


def first_texts(wanted: Iterable[Wanted], introduced: set[str]) -> set[str]:
    """The keys of the texts that will be the first to a phone: each names the sender and how to stop."""
    first: dict[str, Wanted] = {}
    for text in wanted:
        phone = text.person.phone
        if phone is None or phone in introduced:
            continue
        if phone not in first or text.due_at < first[phone].due_at:
            first[phone] = text
    return {text.key for text in first.values()}
