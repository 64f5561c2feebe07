"""The default words of reminders."""

from coordinator.messaging.queries.default_texts import default_text

DEFAULT_TEXT_OF = {
    "ask-1": "ask",
    "ask-2": "ask-again",
    "ask-now": "ask",
    "ask-now-again": "ask-again",
    "details": "details",
    "call": "call",
    "stage": "stage",
    "changeover": "changeover",
    "shift-ask": "shift-ask",
    "shift-day": "shift-day",
    "shift-hour": "shift-hour",
}


def default_rule_text(rule: str, language: str) -> str:
    """The default text of the rule with this key; that of "other" for a rule of the event's own."""
    return default_text(DEFAULT_TEXT_OF.get(rule, "other"), language)
