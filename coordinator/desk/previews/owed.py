"""Which texts are owed to one person about one slot or shift, given its times: the planner's own rules, asked early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ...core.reminders import NewTime, Sighting, Told, cancelled_says, new_time
from ...core.reminders.sightings import STEADY_FOR
from ...core.show_time import whole_minute
from ...core.timeline import Anchor
from ...reminders.queries import Recipient, Subject, Thread


@dataclass(frozen=True, slots=True)
class Owed:
    """A text that ought to go out: what it tells, and what was told before."""

    kind: str
    anchor: str
    says_at: datetime
    was: Told


def owed_to(
    recipient: Recipient, subject: Subject, thread: Thread, now: datetime, *, cancelled: bool
) -> Iterator[Owed]:
    """The texts that would go out about the subject if its times stayed as they are from ``now`` on."""
    if cancelled:
        yield from _cancelled(recipient, subject, thread)
        return
    for anchor, told in thread.told.items():
        anchor_at = subject.anchors.get(anchor)
        if anchor_at is not None and _is_told_anew(subject, thread, anchor, told, anchor_at, now):
            yield Owed("new_time", anchor, whole_minute(anchor_at), told)


def _is_told_anew(
    subject: Subject, thread: Thread, anchor: str, told: Told, anchor_at: datetime, now: datetime
) -> bool:
    """Whether a new time goes out once it has been steady for long enough."""
    answer = new_time(
        told,
        anchor_at,
        (Sighting(now, anchor_at),),
        now + STEADY_FOR,
        early_ok=subject.early_ok,
        announced=thread.announced.get(anchor, frozenset()),
    )
    return answer is NewTime.SEND


def _cancelled(recipient: Recipient, subject: Subject, thread: Thread) -> Iterator[Owed]:
    told = thread.told.get(subject.own_anchor, Told())
    says_at = cancelled_says(
        cancelled=True,
        has_press=subject.has_press,
        told_since=thread.told_since,
        told_start=told,
        planned_at=subject.planned_at,
    )
    if says_at is not None:
        crew = recipient.audience == "changeover_crew"
        yield Owed("cancelled", Anchor.CHANGEOVER_START if crew else subject.own_anchor, says_at, told)
