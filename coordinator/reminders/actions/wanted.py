"""What ought to be in the outbox about one subject: decisions over values, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Self

from ...core.reminders import LEAST_MOVE, LEAST_NOTICE, NewTime, Sighting, Told, cancelled_says, new_time, stable
from ...core.rules import Rule, first_ask
from ...core.show_time import whole_minute
from ...core.timeline import Anchor
from ...people.models import Person
from ..queries import Recipient, Subject, Thread

UNDO = timedelta(seconds=30)  # a text caused by a press leaves no sooner, so that undo is real
A_MINUTE = timedelta(minutes=1)
UNTOLD: Final = Thread()
NOTHING_TOLD: Final = Told()


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
    """What a look is taken with: the instant, the last press, the rules by audience and which of them asks first."""

    now: datetime
    pressed_at: datetime | None
    rules: Mapping[str, Sequence[Rule]]
    first_ask: str | None

    @classmethod
    def of(cls, now: datetime, pressed_at: datetime | None, rules: Sequence[Rule]) -> Self:
        by_audience: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            by_audience[rule.audience].append(rule)
        return cls(now, pressed_at, by_audience, first_ask(rules))


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
        thread = threads.get((key, recipient.person.id), UNTOLD)
        if cancelled_at is not None:
            look.wanted.extend(_cancelled(subject, recipient, thread, cancelled_at))
        elif recipient.person.can_be_texted:
            _remind(look, subject, recipient, thread, moment)
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


def _remind(look: Look, subject: Subject, recipient: Recipient, thread: Thread, moment: Moment) -> None:
    rows = {message.dedupe_key: message for message in thread.messages}
    whose = f"{subject.key}:{recipient.person.id}"
    since_at = max(subject.existed_at, recipient.since_at)
    for rule in moment.rules.get(recipient.audience, ()):
        if _is_answered(rule, subject):
            continue
        key = f"{rule.key}:{whose}"
        anchor_at = subject.anchors.get(rule.anchor)
        if anchor_at is None:
            look.expired.add(key)
            continue
        due_at = anchor_at - rule.lead
        row = rows.get(key)
        if row is None:
            if due_at < since_at and rule.key != moment.first_ask:
                continue  # its moment had passed before there was anything to remind of
            due_at = max(due_at, since_at)
        if row is None or row.says_at != whole_minute(anchor_at) or row.state == "cancelled":
            due_at = _not_before_undo(due_at, moment)
        elif row.due_at is not None and due_at < row.due_at == _not_before_undo(due_at, moment):
            due_at = row.due_at  # still waiting for the press that made it due
        if row is None and anchor_at - moment.now < LEAST_NOTICE:
            continue
        look.wanted.append(
            Wanted(
                key,
                "reminder",
                rule,
                subject,
                recipient.person,
                rule.anchor,
                whole_minute(anchor_at),
                due_at,
                anchor_at,
            )
        )


def _is_answered(rule: Rule, subject: Subject) -> bool:
    return rule.only_unconfirmed and subject.slot is not None and subject.slot.answer == "confirmed"


def _not_before_undo(due_at: datetime, moment: Moment) -> datetime:
    """A reminder that a press has made due waits until the press can no longer be undone unnoticed."""
    if moment.pressed_at is None or due_at > moment.pressed_at + UNDO or moment.now >= moment.pressed_at + UNDO:
        return due_at
    return moment.pressed_at + UNDO


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
