"""The rules of an event for a coordinator: what each says, to whom next, in how many segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from coordinator.core.rules import DEFAULT_RULES, DIGEST, SHIFT_ASK, Override, Rule, effective_rules
from coordinator.events.models import Event
from coordinator.messaging.models import UNSENT, Direction, Message
from coordinator.messaging.queries.texts import MessageFilter, texts_of
from coordinator.reminders.queries.default_texts import default_rule_text
from coordinator.reminders.queries.rules import overrides_of
from coordinator.shifts.queries.volunteer_policy import volunteer_policy_of


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule: what it does, whether it is on, its words, and its planned texts."""

    key: str
    audience: str
    anchor: str
    lead: timedelta
    off: bool
    words: dict[str, str]
    default_texts: dict[str, str]
    own_words: dict[str, str]
    planned: tuple[Message, ...]

    @property
    def amount(self) -> int:
        """The lead in its own unit."""
        return self.lead // timedelta(**{self.unit: 1})

    @property
    def unit(self) -> str:
        """Days, hours or minutes: the largest unit that gives a whole number."""
        if self.lead % timedelta(days=1) == timedelta(0):
            return "days"
        return (
            "hours" if self.lead % timedelta(hours=1) == timedelta(0) and self.lead > timedelta(hours=1) else "minutes"
        )


def shown_rules(event: Event) -> list[ShownRule]:
    """Every default rule and every rule of the event, including those that are turned off."""
    overrides = {change.key: change for change in overrides_of(event.id)}
    waiting = texts_of(event.id, MessageFilter(UNSENT, Direction.OUT))
    asks = volunteer_policy_of(event).asks_to_confirm
    on = {rule.key: rule for rule in effective_rules(overrides.values(), asks_volunteers=asks)}
    defaults = (*DEFAULT_RULES, SHIFT_ASK) if asks else DEFAULT_RULES
    every = [on.get(rule.key, rule) for rule in defaults]
    every += [rule for rule in on.values() if rule.key not in {rule.key for rule in defaults}]
    return [_shown(rule, rule.key not in on, overrides.get(rule.key), waiting) for rule in every]


def digest_is_off(event: Event) -> bool:
    return any(change.key == DIGEST and change.off for change in overrides_of(event.id))


def _shown(rule: Rule, off: bool, change: Override | None, waiting: Sequence[Message]) -> ShownRule:
    planned = [message for message in waiting if message.rule == rule.key]
    own = dict(change.texts) if change else {}
    defaults = {language: default_rule_text(rule.key, language) for language in ("en", "es")}
    words = defaults | own
    ordered = sorted(planned, key=lambda message: (message.due_at or message.created_at, message.id))
    return ShownRule(rule.key, rule.audience, rule.anchor, rule.lead, off, words, defaults, own, tuple(ordered))
