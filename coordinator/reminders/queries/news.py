"""What someone should be told about a slot or shift that has moved, and whether by a text or by a person.

The planner and every preview use these same decisions, so that no text is announced that will not go out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from coordinator.core.consequences import KnownTimes, News
from coordinator.core.reminders import LEAST_NOTICE, NewTime, Sighting, Told, cancelled_says, new_time
from coordinator.core.reminders.sightings import STEADY_FOR
from coordinator.core.reminders.spots import PlaceChange
from coordinator.core.rules import UNDO, Audience, Rule
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.lineup.models import ActAnswer
from coordinator.messaging.models import CallReason, Message, MessageKind, MessageState, TextError
from coordinator.messaging.queries.silence import silence_of

from .changed import spot_change
from .subjects import Recipient, Subject
from .threads import Thread, changed_key

STILL_OF_USE: Final = timedelta(minutes=15)  # after its time; a press may still come that long
AN_HOUR: Final = timedelta(hours=1)
_HELD: Final = {
    NewTime.EARLIER: CallReason.EARLIER,
    NewTime.REPEATED: CallReason.REPEATED,
    NewTime.TOO_LATE: CallReason.TOO_LATE,
}
_LOST: Final[Mapping[str, str]] = {
    MessageState.FAILED: CallReason.FAILED,
    MessageState.UNDELIVERED: CallReason.FAILED,
    MessageState.STOPPED: CallReason.OPTED_OUT,
    MessageState.EXPIRED: CallReason.TOO_LATE,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What decides who is told: the instant, and what keeps texts from going out.

    ``rules``: the event's, by key. ``opted_out``: numbers that opted out. ``awake_at`` returns the end of the quiet
    hours around an instant, else the instant. ``known``: the start that people have in mind although no text told them.
    """

    now: datetime
    rules: Mapping[str, Rule] = field(default_factory=dict)
    opted_out: Collection[str] = ()
    awake_at: Callable[[datetime], datetime] = field(default=lambda at: at)
    known: KnownTimes = field(default_factory=dict)


def knows_the_plan(subject: Subject, recipient: Recipient) -> bool:
    """Whether someone has the planned start in mind although no text told them: they agreed to come."""
    if recipient.audience == Audience.CHANGEOVER_CREW:
        return False  # they know of their shift
    return subject.slot is None or subject.slot.answer == ActAnswer.CONFIRMED


def news_of(
    subject: Subject,
    recipient: Recipient,
    thread: Thread,
    telling: Telling,
    steady_at: Callable[[str], datetime] | None = None,
) -> list[News]:
    """What the person should be told if the times of the subject stay as they are.

    ``steady_at`` returns when an anchor's time has been steady long enough; None: as if it had just moved.
    """
    silent = silence_of(recipient.person, telling.opted_out)
    if subject.is_cancelled:
        return list(_cancelled(subject, recipient, thread, telling, silent))
    change = spot_change(subject, recipient, thread, silent, telling.known)
    told = () if change is None else _changed(subject, recipient, thread, change, telling, silent, steady_at)
    return [*told, *_new_times(subject, recipient, thread, telling, silent, steady_at, is_told=change is not None)]


def _cancelled(
    subject: Subject, recipient: Recipient, thread: Thread, telling: Telling, silent: str | None
) -> Iterator[News]:
    told = thread.told.get(subject.own_anchor, Told())
    unheard = _has_heard_nothing(subject, recipient, thread, silent)
    says_at = cancelled_says(
        cancelled=True,
        has_press=subject.has_press,
        told_since=thread.told_since or unheard is not None,
        told_start=told if told.at else Told(_known_start(subject, recipient, telling)),
        planned_at=subject.starts_at,
    )
    if says_at is None:
        return
    cancelled_at = subject.cancelled_at or telling.now
    leaves_at, useful_until = max(cancelled_at + UNDO, telling.now), _end_of_use(subject, says_at, cancelled_at)
    anchor = Anchor.CHANGEOVER_START if recipient.audience == Audience.CHANGEOVER_CREW else subject.own_anchor
    why = silent or unheard or _lost(thread, MessageKind.CANCELLED, anchor, says_at)
    wakes_at = telling.awake_at(leaves_at)
    why = why or _sleeps(wakes_at, leaves_at, useful_until)
    if telling.now < useful_until:
        yield News(MessageKind.CANCELLED, anchor, says_at, told, why, wakes_at, useful_until, wakes_at > leaves_at)


def _has_heard_nothing(subject: Subject, recipient: Recipient, thread: Thread, silent: str | None) -> str | None:
    """Why someone who was told nothing must hear about the cancellation anyway; None: they need not."""
    if subject.slot is None or recipient.audience != Audience.PERFORMERS or thread.told_since or thread.cancellations:
        return None
    return silent or (CallReason.NEVER_TOLD if subject.slot.answer == ActAnswer.CONFIRMED else None)


def _new_times(
    subject: Subject,
    recipient: Recipient,
    thread: Thread,
    telling: Telling,
    silent: str | None,
    steady_at: Callable[[str], datetime] | None,
    *,
    is_told: bool,
) -> Iterator[News]:
    """``is_told``: a text about the changed shift gives its start too."""
    for anchor, told in _in_mind(subject, recipient, thread, telling, silent):
        anchor_at = subject.anchors.get(anchor)
        if anchor_at is None or told.at is None or (anchor == Anchor.SHIFT_START and is_told):
            continue
        if anchor == subject.own_anchor and subject.slot is not None and subject.has_press:
            continue  # they are on
        leaves_at = steady_at(anchor) if steady_at else telling.now + STEADY_FOR
        answer = new_time(
            told,
            anchor_at,
            (Sighting(leaves_at - STEADY_FOR, anchor_at),),
            leaves_at,
            planned_at=subject.plan.planned_at,
            early_ok=subject.early_ok,
            announced=thread.announced(anchor, subject.plan.moves),
        )
        if answer is NewTime.NOTHING:
            continue
        says_at = whole_minute(anchor_at)
        if not silent and (sooner := _reminder_that_says_it(subject, thread, anchor, telling, leaves_at)):
            yield sooner
            continue
        why = silent or _HELD.get(answer) or _lost(thread, MessageKind.NEW_TIME, anchor, says_at)
        wakes_at = telling.awake_at(leaves_at)
        why = why or _sleeps(wakes_at, leaves_at, anchor_at)
        useful_until = anchor_at if why is None else max(anchor_at, told.at) + STILL_OF_USE
        if telling.now < useful_until:
            yield News(MessageKind.NEW_TIME, anchor, says_at, told, why, wakes_at, useful_until, wakes_at > leaves_at)


def _changed(
    subject: Subject,
    recipient: Recipient,
    thread: Thread,
    change: PlaceChange,
    telling: Telling,
    silent: str | None,
    steady_at: Callable[[str], datetime] | None,
) -> Iterator[News]:
    anchor, spot, ends_at = Anchor.SHIFT_START, change.now, subject.spot.ends_at if subject.spot else None
    assert spot.starts_at is not None
    assert ends_at is not None
    leaves_at = steady_at(anchor) if steady_at else telling.now + STEADY_FOR
    if steady_at and subject.plan.steady_at is not None:
        leaves_at = max(leaves_at, subject.plan.steady_at)
    key, wakes_at = changed_key(subject.key, recipient.person.id, thread, spot), telling.awake_at(leaves_at)
    is_late = (change.call or change.times) and (spot.call_at or spot.starts_at) - leaves_at < LEAST_NOTICE
    why = silent or (CallReason.TOO_LATE if is_late and spot.starts_at > telling.now else None)
    why = why or _lost_by_key(thread, key) or _sleeps(wakes_at, leaves_at, ends_at)
    told = Told(change.was.starts_at)
    if telling.now < ends_at:
        is_held = wakes_at > leaves_at
        yield News(MessageKind.CHANGED, anchor, spot.starts_at, told, why, wakes_at, ends_at, is_held, change=change)


def _reminder_that_says_it(
    subject: Subject, thread: Thread, anchor: str, telling: Telling, leaves_at: datetime
) -> News | None:
    """The unsent reminder that goes out before a new time would, and tells it."""
    anchor_at = subject.anchors.get(anchor)
    if anchor_at is None:
        return None
    says_at = whole_minute(anchor_at)
    for row in thread.unsent:
        rule = telling.rules.get(row.rule or "") if row.kind == MessageKind.REMINDER and row.anchor == anchor else None
        if rule is None:
            continue
        is_planned = row.says_at == says_at and row.due_at is not None
        due_at = row.due_at if is_planned and row.due_at else max(anchor_at - subject.lead_of(rule), telling.now + UNDO)
        if due_at <= leaves_at and anchor_at - due_at >= LEAST_NOTICE:
            return News(MessageKind.REMINDER, anchor, says_at, Told(), None, due_at, anchor_at, rule=rule.key)
    return None


def _in_mind(
    subject: Subject, recipient: Recipient, thread: Thread, telling: Telling, silent: str | None
) -> Iterator[tuple[str, Told]]:
    """The times that the person has in mind: those told, or the plan as it was if no text reaches them."""
    yield from thread.told.items()
    if silent and subject.own_anchor not in thread.told and recipient.audience != Audience.CHANGEOVER_CREW:
        is_off = thread.cancellations > 0 and not thread.told_since
        yield subject.own_anchor, Told(_known_start(subject, recipient, telling), voided=is_off)


def _known_start(subject: Subject, recipient: Recipient, telling: Telling) -> datetime:
    return telling.known.get((subject.key, recipient.person.id), whole_minute(subject.starts_at))


def _lost(thread: Thread, kind: str, anchor: str, says_at: datetime) -> str | None:
    """Why the text that says this did not arrive; None if there was none, or it may still go out."""
    for message in thread.rows:
        if (message.kind, message.anchor, message.says_at) == (kind, anchor, says_at) and message.state in _LOST:
            return lost_because(message)
    return None


def lost_because(text: Message) -> str | None:
    """Why the text did not arrive; None if it did, or may still go out."""
    return CallReason.UNSURE if text.error == TextError.NOT_CONFIRMED else _LOST.get(text.state)


def _lost_by_key(thread: Thread, key: str) -> str | None:
    row = next((message for message in thread.rows if message.dedupe_key == key and message.state in _LOST), None)
    return None if row is None else lost_because(row)


def _sleeps(wakes_at: datetime, leaves_at: datetime, useful_until: datetime) -> str | None:
    """Whether quiet hours hold the text longer than it is of use."""
    return CallReason.QUIET_HOURS if wakes_at > leaves_at and useful_until - wakes_at < LEAST_NOTICE else None


def _end_of_use(subject: Subject, says_at: datetime, cancelled_at: datetime) -> datetime:
    """An hour after the time that is taken back; during the show also an hour after the cancellation."""
    over_at = subject.leader.event.plan_until_at if subject.leader else None
    is_on = over_at is not None and cancelled_at < over_at
    return (max(says_at, cancelled_at) if is_on else says_at) + AN_HOUR
