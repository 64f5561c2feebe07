"""The rules of an event as a coordinator sees them: what each says, to whom next, in how many segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ...core.rules import DEFAULT_RULES, DIGEST, SHIFT_ASK, Override, Rule, effective_rules
from ...events.models import Event
from ...messaging.models import UNSENT, Message
from ...messaging.queries import Wanted, texts_of
from ...reminders.queries import house_words_of, overrides_of
from ...shifts.queries import house_rule_of


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule: what it does, whether it is on, its words, and the texts that are planned by it."""

    key: str
    audience: str
    anchor: str
    lead: timedelta
    off: bool
    words: dict[str, str]
    house_words: dict[str, str]
    own_words: dict[str, str]
    planned: tuple[Message, ...]

    @property
    def amount(self) -> int:
        """The lead in its own unit."""
        return self.lead // timedelta(**{self.unit: 1})

    @property
    def unit(self) -> str:
        """Days, hours or minutes, whichever is whole."""
        if self.lead % timedelta(days=1) == timedelta(0):
            return "days"
        return (
            "hours" if self.lead % timedelta(hours=1) == timedelta(0) and self.lead > timedelta(hours=1) else "minutes"
        )


def shown_rules(event: Event) -> list[ShownRule]:
    """Every rule of the house and of the event, those that are switched off among them."""
    overrides = {change.key: change for change in overrides_of(event.id)}
    waiting = texts_of(event.id, Wanted(UNSENT, "out"))
    asks = house_rule_of(event).asks_to_confirm
    on = {rule.key: rule for rule in effective_rules(overrides.values(), asks_volunteers=asks)}
    house = (*DEFAULT_RULES, SHIFT_ASK) if asks else DEFAULT_RULES
    every = [on.get(rule.key, rule) for rule in house]
    every += [rule for rule in on.values() if rule.key not in {rule.key for rule in house}]
    return [_shown(rule, rule.key not in on, overrides.get(rule.key), waiting) for rule in every]


def digest_is_off(event: Event) -> bool:
    return any(change.key == DIGEST and change.off for change in overrides_of(event.id))


def _shown(rule: Rule, off: bool, change: Override | None, waiting: Sequence[Message]) -> ShownRule:
    planned = [message for message in waiting if message.rule == rule.key]
    own = dict(change.texts) if change else {}
    house = {language: house_words_of(rule.key, language) for language in ("en", "es")}
    words = house | own
    ordered = sorted(planned, key=lambda message: (message.due_at or message.created_at, message.id))
    return ShownRule(rule.key, rule.audience, rule.anchor, rule.lead, off, words, house, own, tuple(ordered))
