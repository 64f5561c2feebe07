"""The question that a coordinator has asked now, beside those that the reminders ask."""

from collections.abc import Iterator

from coordinator.core.reminders import LEAST_NOTICE
from coordinator.core.rules import ASK_NOW, UNDO, Audience, ask_now, asking_rules
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.messaging.models import TOLD, MessageKind

from ..queries.subjects import Recipient, Subject
from ..queries.threads import Thread
from .owed import OwedText, PlanningContext, has_answered


def asked_now(
    subject: Subject, recipient: Recipient, thread: Thread, context: PlanningContext, whose: str
) -> Iterator[OwedText]:
    """The question that a coordinator has asked by a press: once for each press, until it is answered."""
    slot, starts_at = subject.slot, subject.anchors.get(Anchor.SET_START)
    if slot is None or slot.asked_at is None or starts_at is None or has_answered(subject, recipient):
        return
    if recipient.audience != Audience.PERFORMERS or starts_at < context.now + LEAST_NOTICE:
        return
    key, rules = f"{ASK_NOW.key}:{whose}:{slot.asked_at:%Y%m%dT%H%M%S}", context.rules.get(recipient.audience, ())
    asks = {ASK_NOW.key, *(rule.key for rule in asking_rules(rules))}
    left = {row.dedupe_key for row in thread.messages if row.dedupe_key and row.state in TOLD} - {key}
    rule = ask_now(rules, again=any(each.partition(":")[0] in asks for each in left))
    says_at, due_at = whole_minute(starts_at), slot.asked_at + UNDO
    yield OwedText(key, MessageKind.REMINDER, rule, subject, recipient.person, rule.anchor, says_at, due_at, starts_at)
