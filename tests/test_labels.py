"""Everything that is kept as a key and shown to people has a label, in every language; ``test_labels.txt`` shows them.

``pytest tests/test_labels.py --write-snapshots`` writes that file anew.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from coordinator.accounts import labels as accounts
from coordinator.accounts.models import AccountRole
from coordinator.core.arrivals import ArrivalState
from coordinator.core.clashes import ClashKind
from coordinator.core.commitments import OverlapKind
from coordinator.core.rules import ASK_NOW, ASK_NOW_AGAIN, DEFAULT_RULES, DIGEST, SHIFT_ASK, Audience
from coordinator.core.timeline import Anchor
from coordinator.events import labels as events
from coordinator.events.models import PrintKind
from coordinator.features.afterwards import labels as afterwards
from coordinator.features.changeover import labels as changeover
from coordinator.features.overview import labels as overview
from coordinator.features.people_list import labels as people_list
from coordinator.features.phones import labels as phones
from coordinator.features.reminder_rules import labels as reminder_rules
from coordinator.features.sheets import labels as sheets
from coordinator.features.shift_plan import labels as shift_plan
from coordinator.features.shift_plan.queries.shift_list import Kind
from coordinator.features.sign_up import labels as sign_up
from coordinator.features.sign_up.listing import DayPart
from coordinator.features.start_show import labels as start_show
from coordinator.features.text_setup import labels as text_setup
from coordinator.features.text_setup.steps import SETTINGS
from coordinator.features.texts import labels as texts
from coordinator.features.texts.queries.reached import STATUSES
from coordinator.features.texts.views.shelves import SHELVES
from coordinator.lineup import labels as lineup
from coordinator.lineup import models as lineup_models
from coordinator.messaging import labels as messaging
from coordinator.messaging import models as messaging_models
from coordinator.messaging.refusals import KNOWN_CODES, TROUBLES, kind_of
from coordinator.money import labels as money
from coordinator.money.models import MoneyKind
from coordinator.people.models import LANGUAGES
from coordinator.reminders import labels as reminders
from coordinator.shifts import labels as shifts
from coordinator.shifts.models import FOLLOWED
from coordinator.shownight import labels as shownight
from coordinator.shownight.models import ReadyPart, Verb
from coordinator.web import languages
from coordinator.web.labels import TEXTS
from coordinator.web.theme import THEMES
from tests.snapshots import Snapshot

TEMPLATES = Path(__file__).resolve().parent.parent / "coordinator/templates"
FILES = sorted({path.stem for path in (TEMPLATES / "sms").glob("*/*.txt")})
RULES = {rule.key for rule in (*DEFAULT_RULES, SHIFT_ASK, ASK_NOW, ASK_NOW_AGAIN)} | {DIGEST}
ALARMING = {code for code in KNOWN_CODES if kind_of(code) in ("account", "blocked")}
VIAS = "text link coordinator sheet door kiosk command job own document".split()
MINUTES = {"late", "extend"}
Labels = Mapping[Any, LazyString]

EVERY: list[tuple[str, Labels, Iterable[Any]]] = [
    ("roles of accounts", accounts.ROLES, AccountRole),
    ("the same of many", accounts.ROLES_OF_MANY, AccountRole),
    ("what roles do", accounts.WHAT_ROLES_DO, AccountRole),
    ("kinds of texts", messaging.TEXT_KINDS, messaging_models.MessageKind),
    ("states of texts", messaging.TEXT_STATES, messaging_models.MessageState),
    ("why a text failed", messaging.TEXT_ERRORS, tuple(messaging_models.TextError)),
    ("why somebody gets no text", messaging.UNREACHED, messaging_models.UNREACHED),
    ("the same in short", messaging.UNREACHED_SHORT, messaging_models.UNREACHED),
    ("the network's codes", messaging.NETWORK_CODES, KNOWN_CODES),
    ("codes that raise an alarm", messaging.ALARMS, ALARMING),
    ("troubles with a number", messaging.PHONE_TROUBLES, TROUBLES),
    ("why all texts are held", messaging.HELD_BECAUSE, tuple(messaging_models.HoldReason)),
    ("why somebody is called", messaging.CALL_REASONS, tuple(messaging_models.CallReason)),
    ("what is printed", events.PRINTS, tuple(PrintKind)),
    ("parts of the day", sign_up.DAY_PARTS, tuple(DayPart)),
    ("kinds of slots", lineup.SLOT_KINDS, tuple(lineup_models.SlotKind)),
    ("kinds of slots, in public", lineup.PUBLIC_SLOT_KINDS, tuple(lineup_models.SlotKind)),
    ("answers for slots", lineup.ANSWERS, lineup_models.ActAnswer),
    ("ways to confirm", lineup.CONFIRMED_HOW, VIAS),
    ("clashes", lineup.CLASHES, tuple(ClashKind)),
    ("clashes beside the act", lineup.CLASHES_IN_PLACE, tuple(ClashKind)),
    ("clashes of a person", shifts.CLASH_TITLES, OverlapKind),
    ("clashes of a person in words", shifts.CLASHES, OverlapKind),
    ("what is ready", changeover.READY, tuple(ReadyPart)),
    ("kinds of money", money.MONEY_KINDS, tuple(MoneyKind)),
    ("questions before a press", shownight.PRESS_QUESTIONS, tuple(Verb)),
    ("buttons of a press", shownight.PRESS_BUTTONS, set(Verb) - MINUTES),
    ("minutes of a press", shownight.PRESS_MINUTES, MINUTES),
    ("where somebody stands", shifts.ARRIVALS, tuple(ArrivalState)),
    ("what shifts follow", shifts.ANCHORS, FOLLOWED),
    ("reminders", reminders.RULES, RULES),
    ("whom reminders are for", reminders.AUDIENCES, tuple(Audience)),
    ("what reminders go before", reminders.ANCHORS, tuple(Anchor)),
    ("shelves of texts", texts.SHELVES, SHELVES),
    ("empty shelves", texts.EMPTY_SHELVES, SHELVES),
    ("how far texts have come", texts.STATUSES, STATUSES),
    (
        "why somebody is on the call list",
        texts.WHY_CALL,
        {*messaging_models.UNREACHED, "failed", "unsure", "unconfirmed"},
    ),
    ("why nobody is thanked", afterwards.NOT_THANKED, {*messaging_models.UNREACHED, "still_on", "thanked"}),
    ("why somebody is silent", overview.SILENT, {"no_phone", "not_agreed", *TROUBLES}),
    ("what was said for an act", overview.ANSWERED, ("confirmed", "declined", "invited")),
    ("how half an hour is filled", shift_plan.COVER, ("short", "over", "filled", "none")),
    ("which shifts are looked for", shift_plan.KINDS, tuple(Kind)),
    ("columns of a pasted list", sheets.COLUMNS, ("role", "date", "starts", "ends", "name", "act")),
    ("parts of people", people_list.DOES, ("performers", "volunteers", "crew", "nothing")),
    ("how people are told", people_list.TOLD, ("text", "email", "nothing")),
    ("quick answers", phones.ANSWERS, ("C", "X")),
    ("why a pasted line is skipped", sheets.SKIPPED, ("headings", "total")),
    ("units of a lead", reminder_rules.UNITS, ("minutes", "hours", "days")),
    ("words of a reminder", reminder_rules.WORDS, LANGUAGES),
    ("warnings about a flyer", start_show.WARNINGS, start_show.WARNINGS),
    ("steps", text_setup.STEP_STATES, ("done", "todo", "trouble", "note")),
    ("findings", text_setup.FINDINGS, (True, False, None)),
    ("settings", text_setup.SETTINGS, [key for keys in SETTINGS.values() for key in keys]),
    ("light or dark", THEMES, THEMES),
]


@pytest.fixture(scope="module")
def house() -> Flask:
    """An app that knows languages and nothing else."""
    app = Flask("coordinator")
    languages.init_app(app, secure=False)
    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "keys"), [pytest.param(table, keys, id=name) for name, table, keys in EVERY])
def test_each_has_a_label_and_nothing_else_has(house: Flask, table: Labels, keys: Iterable[Any], language: str) -> None:
    assert set(table) == set(keys)
    assert [key for key, words in said(house, table, language).items() if not words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_written_is_called_something(house: Flask, language: str) -> None:
    words = said(house, TEXTS, language)

    assert [file for file in FILES if not words.get(told_as(file))] == []


def test_a_new_text_must_be_called_something() -> None:
    assert told_as("cover-somewhere") not in TEXTS
    assert told_as("party") not in TEXTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_kinds_of_texts_are_not_called_the_same(house: Flask, language: str) -> None:
    words = list(said(house, TEXTS, language).values())

    assert sorted(word for word in words if words.count(word) > 1) == []


def test_every_label_reads_as_it_was_read_last(house: Flask, snapshot: Snapshot) -> None:
    tables = [*((name, table) for name, table, _ in EVERY), ("texts", TEXTS)]
    lines = []
    for name, table in tables:
        english, spanish = said(house, table, "en"), said(house, table, "es")
        lines += [name, *(f"  {key}: {english[key]} | {spanish[key]}" for key in sorted(english, key=str))]

    snapshot.check(Path(__file__).with_suffix(".txt"), "\n".join(lines) + "\n")


def test_templates_hold_no_tables_of_words() -> None:
    tables = re.compile(r"""\{\s*["'\w]+:\s*_\(""")
    found = [
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if tables.search(path.read_text("utf-8"))
    ]

    assert found == []


def said(house: Flask, table: Labels, language: str) -> dict[Any, str]:
    with house.test_request_context(), force_locale(language):
        return {key: str(words) for key, words in table.items()}


def told_as(file: str) -> str:
    """The rule or kind under which pages name the text of this file; parts are the insides of answers."""
    by_rule = {"ask": "ask-1", "ask-again": "ask-2", "other": "reminder", "try": "note"}
    family = {"part": "echo", "restored": "new_time", "settled": "disputed"}
    answers = dict.fromkeys(("help", "started", "stopped"), "echo")
    if file in TEXTS or file in by_rule | answers:
        return (by_rule | answers).get(file, file)
    kind = file.partition("-")[0]
    named = family.get(kind, kind)
    return named if named in messaging.TEXT_KINDS else file
