"""An event's own changes to the rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.rules import DEFAULT_RULES, DIGEST, SHIFT_ASK
from coordinator.core.wording import check_words
from coordinator.db import transaction
from coordinator.events.models import Event

from ..models import RuleOverride

KNOWN = (*DEFAULT_RULES, SHIFT_ASK)
LEAST, MOST = 2, 60 * 24 * 60  # minutes: two, and sixty days
LONGEST = 600  # characters of a reminder's words with unfilled placeholders; the same limit as in an event document


class NoSuchRule(ValueError):
    """Neither the defaults nor the event have a rule with this key."""


class LeadOutOfRange(ValueError):
    """Less than two minutes before, or more than sixty days."""


class WordsTooLong(ValueError):
    """More words than a reminder can have."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change to a rule; ``lead`` None keeps the default, empty words restore the default text."""

    off: bool
    lead: timedelta | None
    text_en: str = ""
    text_es: str = ""


def change_rule(event: Event, key: str, change: RuleChange, *, actor: Actor, now: datetime) -> None:
    """Store the event's change to a rule. Raises NoSuchRule, LeadOutOfRange, and as check_rule_words."""
    if change.lead is not None and not timedelta(minutes=LEAST) <= change.lead <= timedelta(minutes=MOST):
        raise LeadOutOfRange(_("A reminder can go out anywhere from %(least)d minutes to 60 days before.", least=LEAST))
    check_rule_words(change.text_en, change.text_es)
    with transaction() as session:
        row = session.scalar(select(RuleOverride).where(RuleOverride.event_id == event.id, RuleOverride.key == key))
        if row is None:
            if key not in (*(rule.key for rule in KNOWN), DIGEST):
                raise NoSuchRule(_("There's no reminder called %(key)s.", key=key))
            row = RuleOverride(event_id=event.id, key=key)
            session.add(row)
        row.off, row.text_en, row.text_es = change.off, change.text_en.strip() or None, change.text_es.strip() or None
        row.lead = None if change.lead == _default_lead(key) else change.lead
        after = {"off": change.off, "text_en": change.text_en, "text_es": change.text_es}
        record(event, actor, "reminder.changed", key, now=now, after=after)


def check_rule_words(*texts: str) -> None:
    """Raises WordsTooLong, UnknownPlaceholder if the words cannot be stored."""
    for words in texts:
        if len(words.strip()) > LONGEST:
            raise WordsTooLong(_("A reminder is limited to %(most)d characters.", most=LONGEST))
        check_words(words)


def _default_lead(key: str) -> timedelta | None:
    return next((rule.lead for rule in KNOWN if rule.key == key), None)
