"""Reminder rules: who is reminded how long before what, by default and as an event changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from enum import StrEnum, auto

from .reminders import LEAST_LEAD, LeadTooShort
from .timeline import Anchor


class Audience(StrEnum):
    """Who gets a reminder."""

    PERFORMERS = auto()
    CHANGEOVER_CREW = auto()
    VOLUNTEERS = auto()
    COORDINATORS = auto()


UNDO = timedelta(seconds=30)  # texts caused by a button are not sent earlier, so that undo can still stop them
TAKE_BACK = timedelta(minutes=10)  # how long people can take back a spot that they gave up
DIGEST_AT = time(9)  # local, on the day of the show


@dataclass(frozen=True, slots=True)
class Rule:
    """A reminder for an audience, ``lead`` before an anchor. Raises LeadTooShort under 2 minutes.

    ``texts`` are the organizer's own words by language; other languages use the default text.
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
    """An event's changes to the rule with this key; None leaves a value unchanged."""

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
    _rule("ask-1", Audience.PERFORMERS, Anchor.SET_START, timedelta(days=7), only_unconfirmed=True),
    _rule("ask-2", Audience.PERFORMERS, Anchor.SET_START, timedelta(days=2), only_unconfirmed=True),
    _rule("details", Audience.PERFORMERS, Anchor.SET_START, timedelta(days=1)),
    _rule("call", Audience.PERFORMERS, Anchor.SET_START, timedelta(minutes=60)),
    _rule("stage", Audience.PERFORMERS, Anchor.SET_START, timedelta(minutes=15)),
    _rule("changeover", Audience.CHANGEOVER_CREW, Anchor.CHANGEOVER_START, timedelta(minutes=10)),
    _rule("shift-day", Audience.VOLUNTEERS, Anchor.SHIFT_START, timedelta(days=1)),
    _rule("shift-hour", Audience.VOLUNTEERS, Anchor.SHIFT_START, timedelta(minutes=60)),
)
SHIFT_ASK = _rule("shift-ask", Audience.VOLUNTEERS, Anchor.SHIFT_START, timedelta(days=3), only_unconfirmed=True)
ASK_NOW = _rule("ask-now", Audience.PERFORMERS, Anchor.SET_START, timedelta(minutes=2), only_unconfirmed=True)
ASK_NOW_AGAIN = replace(ASK_NOW, key="ask-now-again")  # to someone who was asked before
DIGEST = "digest"  # the ninth default rule: for coordinators, at DIGEST_AT; it has no anchor and no lead


def effective_rules(overrides: Iterable[Override], *, asks_volunteers: bool = False) -> tuple[Rule, ...]:
    """The default rules with the event's changes, then the event's own rules in their order.

    ``asks_volunteers``: the event asks volunteers whether they will come, which is off by default.

    An override with an unknown key is a rule of the event's own if it has an audience, an anchor and a lead; otherwise
    it is ignored.
    """
    changes = {change.key: change for change in overrides}
    rules = (*DEFAULT_RULES, SHIFT_ASK) if asks_volunteers else DEFAULT_RULES
    changed = [_changed(rule, changes.pop(rule.key, None)) for rule in rules]
    own = [_own(change) for change in changes.values() if change.key != DIGEST]
    return tuple(rule for rule in [*changed, *own] if rule is not None)


def digest_is_on(overrides: Iterable[Override]) -> bool:
    """Whether coordinators get the digest on the day of the show."""
    return not any(change.key == DIGEST and change.off for change in overrides)


def first_ask(rules: Iterable[Rule]) -> str | None:
    """The key of the first question whether a performer will play. It is sent at once when its time has passed."""
    asks = asking_rules(rules)
    return asks[0].key if asks else None


def asking_rules(rules: Iterable[Rule]) -> list[Rule]:
    """The rules that ask performers whether they will play, the earliest first."""
    asks = [rule for rule in rules if rule.audience == Audience.PERFORMERS and rule.only_unconfirmed]
    return sorted(asks, key=lambda rule: rule.lead, reverse=True)


def ask_now(rules: Iterable[Rule], *, again: bool) -> Rule:
    """The question that a coordinator has asked now, in the words of the first of these rules, or of the last."""
    asks = asking_rules(rules)
    words = asks[-1 if again else 0].texts if asks else {}
    return replace(ASK_NOW_AGAIN if again else ASK_NOW, texts=words)


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
