"""Texts about shifts that have changed since their people were told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coordinator.core.json_values import JsonObject
from coordinator.core.reminders import Sighting, steady_at
from coordinator.core.timeline import Anchor
from coordinator.messaging.models import MessageKind

from ..queries.changed import spot_change
from ..queries.subjects import Recipient
from ..queries.threads import Thread, changed_key
from .owed import OwedText, SubjectPlan


def tell_change(
    subject_plan: SubjectPlan,
    recipient: Recipient,
    thread: Thread,
    sightings: Mapping[str, Sequence[Sighting]],
    now: datetime,
) -> bool:
    """Owe the person one text about what has changed, once it has been steady for a minute; False: nothing has."""
    subject, anchor = subject_plan.subject, Anchor.SHIFT_START
    change = spot_change(subject, recipient, thread, None, {})
    if change is None or change.now.starts_at is None or subject.spot is None or subject.spot.ends_at is None:
        return False
    steady = [subject.plan.steady_at or now, steady_at(sightings.get(anchor, ()), subject.anchors.get(anchor)) or now]
    if max(steady) > now:
        subject_plan.plan_again_at.append(max(steady))
        return True
    key = changed_key(subject.key, recipient.person.id, thread, change.now)
    starts_at, ends_at = change.now.starts_at, subject.spot.ends_at
    if now < ends_at:
        owed = OwedText(key, MessageKind.CHANGED, None, subject, recipient.person, anchor, starts_at, now, ends_at)
        subject_plan.owed.append(owed._replace(change=change))
    return True


def told_spot(text: OwedText) -> JsonObject | None:
    """When and where a shift is, as this text tells it, by the shift's id; None: it tells no more than a time."""
    if text.subject.shift is None or text.subject.spot is None or text.rule is not None:
        return None
    spot = text.change.now if text.change else text.subject.spot
    return {str(text.subject.shift.id): spot.as_json()} if text.change or text.was.voided else None
