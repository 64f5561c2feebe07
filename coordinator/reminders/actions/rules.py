"""An event's own say about the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from ...core.rules import DEFAULT_RULES, DIGEST, SHIFT_ASK
from ...core.wording import check_words
from ...db import transaction
from ...events.models import Event
from ..models import RuleOverride

KNOWN = (*DEFAULT_RULES, SHIFT_ASK)
LEAST, MOST = 2, 60 * 24 * 60  # minutes: two, and sixty days


class NoSuchRule(ValueError):
    """The house has no rule of this key, nor has the event."""


class LeadOutOfRange(ValueError):
    """Less than two minutes before, or more than sixty days."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a coordinator wants of a rule; ``lead`` None keeps the default, empty words are the house's own."""

    off: bool
    lead: timedelta | None
    text_en: str = ""
    text_es: str = ""


def change_rule(event: Event, key: str, change: RuleChange) -> None:
    """Keep what the event changes about a rule. Raises NoSuchRule, LeadOutOfRange, UnknownPlaceholder."""
    if change.lead is not None and not timedelta(minutes=LEAST) <= change.lead <= timedelta(minutes=MOST):
        raise LeadOutOfRange(_("A reminder can go out from %(least)d minutes to 60 days before.", least=LEAST))
    for words in (change.text_en, change.text_es):
        check_words(words)
    with transaction() as session:
        row = session.scalar(select(RuleOverride).where(RuleOverride.event_id == event.id, RuleOverride.key == key))
        if row is None:
            if key not in (*(rule.key for rule in KNOWN), DIGEST):
                raise NoSuchRule(_("There is no reminder called %(key)s.", key=key))
            row = RuleOverride(event_id=event.id, key=key)
            session.add(row)
        row.off, row.text_en, row.text_es = change.off, change.text_en.strip() or None, change.text_es.strip() or None
        row.lead = None if change.lead == _default_lead(key) else change.lead


def _default_lead(key: str) -> timedelta | None:
    return next((rule.lead for rule in KNOWN if rule.key == key), None)
