"""The rules of reminders, and what an event may change about them."""

from datetime import timedelta

import pytest

from coordinator.core.reminders import LeadTooShort
from coordinator.core.rules import DEFAULT_RULES, Override, Rule, digest_is_on, effective_rules, first_ask
from coordinator.core.timeline import Anchor
from tests.core.stages import minutes


def test_the_default_rules_are_those_of_the_house() -> None:
    told = [(rule.key, rule.audience, rule.anchor, rule.lead, rule.only_unconfirmed) for rule in DEFAULT_RULES]

    assert told == [
        ("ask-1", "performers", "set_start", timedelta(days=7), True),
        ("ask-2", "performers", "set_start", timedelta(days=2), True),
        ("details", "performers", "set_start", timedelta(days=1), False),
        ("call", "performers", "set_start", minutes(60), False),
        ("stage", "performers", "set_start", minutes(15), False),
        ("changeover", "changeover_crew", "changeover_start", minutes(10), False),
        ("shift-day", "volunteers", "shift_start", timedelta(days=1), False),
        ("shift-hour", "volunteers", "shift_start", minutes(60), False),
    ]


def test_an_override_changes_what_it_names_and_leaves_the_rest() -> None:
    rules = {rule.key: rule for rule in effective_rules([Override("call", lead=minutes(90), texts={"en": "Come"})])}

    assert rules["call"] == Rule("call", "performers", Anchor.SET_START, minutes(90), texts={"en": "Come"})
    assert rules["stage"] == DEFAULT_RULES[4]


def test_a_rule_can_be_switched_off() -> None:
    assert "stage" not in [rule.key for rule in effective_rules([Override("stage", off=True)])]


def test_an_event_may_have_rules_of_its_own_after_those_of_the_house() -> None:
    own = Override("soundcheck", audience="performers", anchor="doors", lead=minutes(120))

    assert effective_rules([own])[-1] == Rule("soundcheck", "performers", "doors", minutes(120))


def test_an_unfinished_rule_of_its_own_is_none() -> None:
    assert effective_rules([Override("soundcheck", lead=minutes(120))]) == DEFAULT_RULES


def test_the_first_ask_is_the_one_with_the_longest_lead() -> None:
    assert first_ask(DEFAULT_RULES) == "ask-1"
    assert first_ask(effective_rules([Override("ask-1", off=True)])) == "ask-2"
    assert first_ask(()) is None


def test_the_digest_is_on_unless_switched_off() -> None:
    assert digest_is_on([])
    assert not digest_is_on([Override("digest", off=True)])


def test_a_lead_under_two_minutes_is_refused() -> None:
    with pytest.raises(LeadTooShort):
        Rule("call", "performers", Anchor.SET_START, minutes(1))
