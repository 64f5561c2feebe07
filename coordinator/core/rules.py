"""The rules of reminders: who is told how long before what, unless an event says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

from .reminders import LEAST_LEAD, LeadTooShort
from .timeline import Anchor

AUDIENCES = ("performers", "changeover_crew", "volunteers", "coordinators")
UNDO = timedelta(seconds=30)  # what a press sets off leaves no sooner, so that undo is real
DIGEST_AT = time(9)  # local, on the day of the show


@dataclass(frozen=True, slots=True)
class Rule:
    """A reminder for an audience, ``lead`` before an anchor. Raises LeadTooShort under 2 minutes.

    ``texts`` are the organiser's own words by language; a language without them has the words of the house.
    """

    key: str
    audience: str
    anchor: str
    lead: timedelta
    only_unconfirmed: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.lead < LEAST_LEAD:
            raise LeadTooShort(f"The reminder {self.key!r} must go out at least 2 minutes before its time.")


@dataclass(frozen=True, slots=True)
class Override:
    """What an event changes about the rule of its key; None leaves it as it is."""

    key: str
    off: bool = False
    audience: str | None = None
    anchor: str | None = None
    lead: timedelta | None = None
    only_unconfirmed: bool | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


def _rule(key: str, audience: str, anchor: str, lead: timedelta, *, only_unconfirmed: bool = False) -> Rule:
    return Rule(key, audience, anchor, lead, only_unconfirmed)


DEFAULT_RULES = (
    _rule("ask-1", "performers", Anchor.SET_START, timedelta(days=7), only_unconfirmed=True),
    _rule("ask-2", "performers", Anchor.SET_START, timedelta(days=2), only_unconfirmed=True),
    _rule("details", "performers", Anchor.SET_START, timedelta(days=1)),
    _rule("call", "performers", Anchor.SET_START, timedelta(minutes=60)),
    _rule("stage", "performers", Anchor.SET_START, timedelta(minutes=15)),
    _rule("changeover", "changeover_crew", Anchor.CHANGEOVER_START, timedelta(minutes=10)),
    _rule("shift-day", "volunteers", Anchor.SHIFT_START, timedelta(days=1)),
    _rule("shift-hour", "volunteers", Anchor.SHIFT_START, timedelta(minutes=60)),
)
SHIFT_ASK = _rule("shift-ask", "volunteers", Anchor.SHIFT_START, timedelta(days=3), only_unconfirmed=True)
DIGEST = "digest"  # the ninth default: coordinators, at DIGEST_AT; it has no anchor and no lead


def effective_rules(overrides: Iterable[Override], *, asks_volunteers: bool = False) -> tuple[Rule, ...]:
    """The default rules as changed by the event's own, then the event's own rules in their order.

    ``asks_volunteers``: the event asks those who help whether they will come, which is no default.

    An override of an unknown key is a rule of the event's own when it says for whom, before what and how long; else it
    changes nothing.
    """
    changes = {change.key: change for change in overrides}
    rules = (*DEFAULT_RULES, SHIFT_ASK) if asks_volunteers else DEFAULT_RULES
    changed = [_changed(rule, changes.pop(rule.key, None)) for rule in rules]
    own = [_own(change) for change in changes.values() if change.key != DIGEST]
    return tuple(rule for rule in [*changed, *own] if rule is not None)


def digest_is_on(overrides: Iterable[Override]) -> bool:
    """Whether coordinators get the digest on the day."""
    return not any(change.key == DIGEST and change.off for change in overrides)


def first_ask(rules: Iterable[Rule]) -> str | None:
    """The key of the first question whether a performer will play: it goes at once if its moment has passed."""
    asks = [rule for rule in rules if rule.audience == "performers" and rule.only_unconfirmed]
    return max(asks, key=lambda rule: rule.lead).key if asks else None


def _changed(rule: Rule, change: Override | None) -> Rule | None:
    if change is None:
        return rule
    if change.off:
        return None
    return replace(
        rule,
        audience=change.audience or rule.audience,
        anchor=change.anchor or rule.anchor,
        lead=rule.lead if change.lead is None else change.lead,
        only_unconfirmed=rule.only_unconfirmed if change.only_unconfirmed is None else change.only_unconfirmed,
        texts={**rule.texts, **change.texts},
    )


def _own(change: Override) -> Rule | None:
    if change.off or change.audience is None or change.anchor is None or change.lead is None:
        return None
    return Rule(
        change.key, change.audience, change.anchor, change.lead, bool(change.only_unconfirmed), dict(change.texts)
    )
