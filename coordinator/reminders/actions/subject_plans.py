"""What should be in the outbox about one subject: decisions over values, nothing written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from coordinator.core.reminders import LEAST_NOTICE, NewTime, Sighting, Told, cancelled_says, new_time, steady_at
from coordinator.core.rules import UNDO, Audience
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.messaging.models import Message, MessageKind, MessageState

from ..queries.subjects import Recipient, Subject
from ..queries.threads import Gone, Thread, new_time_key
from .asking import asked_now
from .changed import tell_change
from .owed import OwedText, PlanningContext, SubjectPlan, has_answered

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
UNTOLD: Final = Thread()
NOTHING_YET: Final[dict[str | None, Message | Gone]] = {}


def plan_subject(
    subject: Subject,
    threads: Mapping[tuple[str, int], Thread],
    sightings: Mapping[str, Sequence[Sighting]],
    context: PlanningContext,
) -> SubjectPlan:
    """Everything owed about one subject, to each of its people."""
    subject_plan = SubjectPlan(subject)
    key, cancelled_at, plan = subject.key, subject.cancelled_at, subject.plan
    if plan.steady_at is not None and not plan.is_steady(context.now):
        subject_plan.plan_again_at.append(plan.steady_at)
    for recipient in subject.recipients:
        person = recipient.person
        person_id = person.id
        thread = threads.get((key, person_id), UNTOLD)
        if cancelled_at is not None:
            subject_plan.owed.extend(_cancelled(subject, recipient, thread, cancelled_at))
        elif person.can_be_reached:
            _remind(subject_plan, subject, recipient, thread, context, f"{key}:{person_id}")
            subject_plan.owed.extend(asked_now(subject, recipient, thread, context, f"{key}:{person_id}"))
            is_told = tell_change(subject_plan, recipient, thread, sightings, context.now)
            if thread.told:
                _tell_new_times(subject_plan, recipient, thread, sightings, context.now, is_told=is_told)
    return subject_plan


def _cancelled(subject: Subject, recipient: Recipient, thread: Thread, cancelled_at: datetime) -> Iterator[OwedText]:
    says_at = cancelled_says(
        cancelled=True,
        has_press=subject.has_press,
        told_since=thread.told_since,
        told_start=thread.told.get(subject.own_anchor, Told()),
        planned_at=subject.starts_at,
    )
    if says_at is not None:
        key = f"cancelled:{subject.key}:{recipient.person.id}:{thread.cancellations}"
        anchor = Anchor.CHANGEOVER_START if recipient.audience == Audience.CHANGEOVER_CREW else subject.own_anchor
        yield OwedText(
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

    During the show, also for an hour after itself: someone told 20:00 may still be in the wings at 21:10.
    """
    over_at = subject.leader.event.plan_until_at if subject.leader else None
    is_on = over_at is not None and cancelled_at < over_at
    return (max(says_at, cancelled_at) if is_on else says_at) + timedelta(hours=1)


def _remind(
    subject_plan: SubjectPlan,
    subject: Subject,
    recipient: Recipient,
    thread: Thread,
    context: PlanningContext,
    whose: str,
) -> None:
    """``whose`` names the subject and the person in the keys of their reminders.

    A reminder waits until the plan is steady; one that will be too late by then is not wanted before.
    """
    rows = {message.dedupe_key: message for message in thread.messages} if thread.messages else NOTHING_YET
    person, anchors = recipient.person, subject.anchors
    steady_from = subject.plan.steady_at or LONG_AGO
    least_at = max(context.now, steady_from) + LEAST_NOTICE
    is_steady = steady_from <= context.now
    for rule in context.rules.get(recipient.audience, ()):
        if rule.only_unconfirmed and has_answered(subject, recipient):
            continue
        if rule.anchor == Anchor.CHANGEOVER_START and not subject.has_changeover:
            continue
        key, anchor_at = f"{rule.key}:{whose}", anchors.get(rule.anchor)
        if anchor_at is None:
            if is_steady:
                subject_plan.expired.add(key)
            continue
        due_at, row = anchor_at - subject.lead_of(rule), rows.get(key)
        if anchor_at < least_at and (row is None or not is_steady):
            continue
        if row is None and due_at < (since_at := _part_of_it_since(subject, recipient)):
            if rule.key != context.first_ask:
                continue  # its moment was before there was anything to remind of
            due_at = since_at
        due_at, says_at = max(due_at, steady_from), whole_minute(anchor_at)
        if context.undone_until is not None:
            due_at = _not_before_undo(due_at, row, says_at, context.undone_until)
        subject_plan.owed.append(
            OwedText(key, MessageKind.REMINDER, rule, subject, person, rule.anchor, says_at, due_at, anchor_at)
        )


def _part_of_it_since(subject: Subject, recipient: Recipient) -> datetime:
    return max(subject.existed_at, recipient.since_at)


def _not_before_undo(
    due_at: datetime, row: Message | Gone | None, says_at: datetime, undone_until: datetime
) -> datetime:
    """A reminder that a press made due waits until the press can no longer be undone unnoticed."""
    later = max(due_at, undone_until)
    if row is None or row.says_at != says_at or row.state == MessageState.CANCELLED:
        return later
    return later if row.due_at == later else due_at  # still waiting because of the press that made it due


def _tell_new_times(
    subject_plan: SubjectPlan,
    recipient: Recipient,
    thread: Thread,
    sightings: Mapping[str, Sequence[Sighting]],
    now: datetime,
    *,
    is_told: bool,
) -> None:
    """``is_told``: another text gives the start of the shift, as it has changed otherwise too."""
    subject, person = subject_plan.subject, recipient.person
    plan = subject.plan
    for anchor, told in thread.told.items():
        if is_told and anchor == Anchor.SHIFT_START:
            continue
        anchor_at, seen = subject.anchors.get(anchor), sightings.get(anchor, ())
        answer = new_time(
            told,
            anchor_at,
            seen,
            now,
            planned_at=plan.planned_at,
            early_ok=subject.early_ok,
            announced=thread.announced(anchor, plan.moves),
        )
        if answer is NewTime.SEND and anchor_at is not None:
            says_at = whole_minute(anchor_at)
            key = new_time_key(subject.key, person.id, anchor, thread.round(plan.moves), says_at)
            subject_plan.owed.append(
                OwedText(key, MessageKind.NEW_TIME, None, subject, person, anchor, says_at, now, anchor_at, told)
            )
        elif (at := steady_at(seen, anchor_at)) is not None and at > now:
            subject_plan.plan_again_at.append(at)
