"""Whatever someone changes is in the audit log: a walk over every action, and one over every button."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import Base, db
from coordinator.features.audit_log.labels import BELONGS, VERBS
from tests.architecture.source import SLICES, Source
from tests.builders import a_coordinator, a_night, a_slot, an_organisation, at, sign_in
from tests.full_night import a_full_night
from tests.links import token_of
from tests.playing import Playing
from tests.walking import stops

ROOT = Path(__file__).parents[1]
RECORD = ("accounts", "record")
VERB = re.compile(r"[a-z_]+\.[a-z_]+(\.undone)?")

Name = tuple[str, str]  # of which slice or feature, and what it is called

# What changes something and is in no log, by its reason. One that records after all must leave the list.
UNRECORDED: Mapping[str, str] = {
    "no person does it: the planner, the jobs and the network, whose texts keep each of their changes": """
        messaging.apply_bounce messaging.apply_receipts messaging.beat messaging.claim_due messaging.doubt_what_was_due
        messaging.expire_leases messaging.lift_alarms messaging.meet_database messaging.note_round messaging.raise_alarm
        messaging.receive_text messaging.record messaging.release_held messaging.still_to_leave
        messaging.store_receipt reminders.notice_what_is_missing reminders.pass_on_news
        reminders.release_unpaused reminders.write_draft shifts.finish_shifts""",
    "a step of an action that records it": """
        events.add_all_to_cast events.add_to_cast messaging.bring_back messaging.owe_call messaging.queue_text
        messaging.release_paused messaging.settle_older messaging.tick_call messaging.untick_call messaging.withdraw
        messaging.withdraw_call
        reminders.change_plan reminders.follow_the_plan reminders.places_are_back shifts.settle_plan_end
        text_replies.answer_text""",
    "opens a door, or counts who knocks: nothing of a plan changes": """
        accounts.count_try accounts.forgive accounts.give_back_try accounts.note_use accounts.proof_link
        accounts.reset_link accounts.sign_in_by_link accounts.sign_in_link messaging.count_at_door shifts.count_code
        shifts.say_who shownight.report_screen""",
    "of a person, kept with the person: when, how and in which words; whoever changes it for a show records that": """
        messaging.start_texts messaging.stop_texts people.add_person people.agree_to_emails people.agree_to_texts
        people.edit_person people.learn_about people.move_email people.move_phone people.note_about people.stop_emails
        people.take_back_agreement""",
    "what is forgotten is kept nowhere": """
        accounts.forget_membership accounts.forget_old_entries accounts.forget_old_tries messaging.forget_old_counts
        messaging.forget_texts_of messaging.forget_texts_of_nobody
        people.forget_person shifts.scrub shifts.forget shifts.forget_marks_of shifts.forget_old_codes""",
    "a copy of what the plan already said, kept with when it was made and by whom": "printouts.keep_print",
    "a tally, or a hold of every organisation's texts that somebody at the machine asks for": """
        messaging.count_one messaging.hold_everything""",
}
FORM = {  # says yes to much
    **dict.fromkeys(("published", "paused", "closed", "sure", "yes", "on"), "1"),
    "answer": "confirmed",
    "mark": "here",
    "minutes": "10",
    "amount": "30",
    "unit": "minutes",
}
NO_PLAN = ("account.", "sign_in.", "my_page.language")  # who comes in, and in which language they read
NO_TABLES = ("account_sessions", "attempts", "door_counts", "heartbeats", "audit_entries", "message", "sign_in_links")
EXCUSED = frozenset(name for names in UNRECORDED.values() for name in names.split())


def test_every_action_that_changes_something_is_recorded() -> None:
    assert sorted(_unrecorded(_sources()) - EXCUSED) == []


def test_nothing_is_excused_that_is_recorded() -> None:
    assert sorted(EXCUSED - _unrecorded(_sources())) == []


def test_the_walk_sees_an_action_that_is_not_recorded() -> None:
    words = "def drop_slot(slot):\n    with transaction():\n        slot.gone = True\n"
    careless = Source(PurePosixPath("coordinator/lineup/actions/dropping.py"), words)

    assert _unrecorded([*_sources(), careless]) - EXCUSED == {"lineup.drop_slot"}


def test_every_button_that_changes_something_is_recorded(sqlite_app: Flask) -> None:
    """Pressed by whoever may; a button that is refused changes nothing."""
    full = a_full_night(datetime.now(UTC))
    client, wrong = sign_in(sqlite_app.test_client(), full.alice), []

    for stop in stops(sqlite_app, full, "POST"):
        if stop.for_machines or stop.endpoint.startswith(NO_PLAN):
            continue
        before, entries = _plan(), _entries()
        client.post(stop.path, data=FORM)
        db.session.rollback()
        changed = [table for table, rows in _plan().items() if rows != before[table]]
        if changed and _entries() == entries:
            wrong.append((stop.endpoint, changed))

    assert wrong == []
    assert set(db.session.scalars(select(AuditEntry.what))) <= set(VERBS)


def test_every_verb_that_is_written_out_has_a_name() -> None:
    calls = [node for source in _sources() for node in source.nodes if isinstance(node, ast.Call)]
    recording = [call for call in calls if isinstance(call.func, ast.Name) and "record" in call.func.id]
    words = [word.value for call in recording for word in ast.walk(call) if isinstance(word, ast.Constant)]
    verbs = {word for word in words if isinstance(word, str) and VERB.fullmatch(word)}

    assert len(verbs) > 40
    assert verbs - set(VERBS) == set()
    assert {verb.split(".")[0] for verb in VERBS} <= {kind for kinds in BELONGS.values() for kind in kinds}


@pytest.mark.parametrize("via", Via)
def test_every_door_can_be_recorded(app: Flask, via: Via) -> None:
    record(an_organisation(), Actor("Alice", via=via), "slot.moved", "josh", now=at("12:00"))

    assert db.session.scalars(select(AuditEntry.via)).all() == [via]


def test_the_door_that_a_change_came_through_is_kept(client: FlaskClient) -> None:
    """The same answer about one slot: on a coordinator's page, on the performer's own page, and by text."""
    night = a_night([a_slot("Josh", "20:00")])
    slot, josh, playing = night.slot("Josh"), night.person("Josh"), Playing(night.at("12:00"))
    alice = a_coordinator("Alice", organisation=night.organisation)
    own_page = f"/me/{token_of(josh)}"

    with time_machine.travel(night.at("12:00"), tick=False):
        client.post(f"{own_page}/slots/{slot.id}/answer", data={"answer": "confirmed"})
        playing.text_in(josh.phone or "", "X")
        sign_in(client, alice).post(f"/coordinate/{night.event.slug}/answers/{slot.key}", data={"answer": "confirmed"})

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "slot.answered").order_by(AuditEntry.id))
    assert [(entry.by, entry.via, (entry.after or {})["answer"]) for entry in entries] == [
        ("Josh", "link", "confirmed"),
        ("Josh", "text", "declined"),
        ("Alice", "coordinator", "confirmed"),
    ]


def _plan() -> Mapping[str, list[Any]]:
    """What stands in every table that a plan is made of."""
    tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith(NO_TABLES)]
    return {table.name: list(db.session.execute(select(table).order_by(*table.primary_key))) for table in tables}


def _entries() -> int | None:
    return db.session.scalar(select(func.max(AuditEntry.id)))


def _unrecorded(sources: list[Source]) -> set[str]:
    calls = {(source.place.part, each.name): _calls(source, each) for source in sources for each in _functions(source)}
    recorded = {RECORD}
    while more := {name for name, called in calls.items() if called & recorded} - recorded:
        recorded |= more
    return {f"{part}.{name}" for part, name in _changing(sources) - recorded}


def _changing(sources: list[Source]) -> set[Name]:
    """The public actions that enter a transaction."""
    return {
        (source.place.part, each.name)
        for source in sources
        for each in _functions(source)
        if not each.name.startswith("_") and "transaction" in _names_called(each)
    }


def _sources() -> list[Source]:
    paths = [path.relative_to(ROOT) for path in sorted((ROOT / "coordinator").rglob("*.py"))]
    found = [Source(PurePosixPath(path), (ROOT / path).read_text()) for path in paths]
    return [source for source in found if source.room == "actions" and source.place.layer in {"slices", "features"}]


def _functions(source: Source) -> Iterator[ast.FunctionDef]:
    return (node for node in source.nodes if isinstance(node, ast.FunctionDef))


def _calls(source: Source, function: ast.FunctionDef) -> set[Name]:
    """What it calls, each under the slice or feature that it was imported from, or its own."""
    homes = {found.parts[-1]: _part(found.parts) for found in source.imports}
    return {(homes.get(name, source.place.part), name) for name in _names_called(function)}


def _part(parts: list[str]) -> str:
    at = 1 if len(parts) > 1 and parts[1] in SLICES else 2
    return parts[at] if parts[0] == "coordinator" and len(parts) > at else ""


def _names_called(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
