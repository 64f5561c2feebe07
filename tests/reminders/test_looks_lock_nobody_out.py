"""A look tries the change and takes it back, while everyone else can write."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from coordinator.accounts.models import Actor, Organisation
from coordinator.db import db, transaction, trial
from coordinator.features.people_list.pasting.columns import MOST_LINES, MOST_NAMED, MOST_ROLES
from coordinator.features.people_list.pasting.people import paste_people
from coordinator.features.people_list.pasting.shifts import preview_shifts
from coordinator.lineup.actions.moves import move_times
from coordinator.reminders.actions.plan_changes import consequences
from coordinator.shifts.models import Shift
from tests.builders import a_night, a_slot

ALICE = Actor("Alice")


@contextmanager
def somebody_else_writes_during(statement: str) -> Iterator[list[str]]:
    """Whenever this kind of statement has run, someone else writes without waiting; a refusal fails the test."""
    done: list[str] = []
    other = sqlite3.connect(str(db.engine.url.database), timeout=0, isolation_level=None)

    def write(_connection: object, _cursor: object, words: str, *_rest: object) -> None:
        if words.startswith(statement):
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE organisations SET name = ?", (f"Renamed {len(done)}",))
            other.execute("COMMIT")
            done.append(words)

    event.listen(Engine, "after_cursor_execute", write)
    try:
        yield done
    finally:
        event.remove(Engine, "after_cursor_execute", write)
        other.close()


def organisation_name() -> str | None:
    db.session.rollback()
    return db.session.scalar(select(Organisation.name))


def the_largest_paste() -> str:
    lines = [
        f"Role {number % MOST_ROLES},20:00,20:30,Place {number},{f'Person {number}' if number < MOST_NAMED else ''}"
        for number in range(MOST_LINES["shifts"])
    ]
    return "\n".join(["role,starts,ends,place,person", *lines])


def test_others_write_while_the_largest_paste_is_looked_at(sqlite_app: Flask) -> None:
    night = a_night([])
    names = "name\n" + "\n".join(f"Person {number}" for number in range(MOST_NAMED))
    paste_people(night.event, names, actor=ALICE, now=night.at("12:00"))

    with somebody_else_writes_during("INSERT INTO sign_ups") as done:
        looked = preview_shifts(night.event, the_largest_paste(), actor=ALICE, now=night.at("12:00"))

    assert looked.count("adds") == MOST_LINES["shifts"]
    assert len(done) >= MOST_NAMED
    assert organisation_name() == f"Renamed {len(done) - 1}"
    assert db.session.scalars(select(Shift.id)).all() == []


def test_others_write_while_a_change_of_the_plan_is_looked_at(sqlite_app: Flask) -> None:
    night = a_night([a_slot("Ana Alder", answer="confirmed")])
    slot = night.slot("Ana Alder")
    starts_at = slot.starts_at

    def later() -> object:
        made = move_times(slot, 15, actor=ALICE, now=night.at("12:00"))
        db.session.flush()
        return made

    with somebody_else_writes_during("UPDATE slots") as done:
        consequences(night.event, later, night.at("12:00"))

    assert len(done) == 1
    assert (organisation_name(), slot.starts_at) == ("Renamed 0", starts_at)


def test_a_trial_is_taken_back_whatever_happens_in_it(app: Flask) -> None:
    night = a_night([])
    name = night.organisation.name

    def renamed() -> str:
        with transaction() as session:
            night.organisation.name = "Tried"
            session.flush()
        return str(db.session.scalar(select(Organisation.name)))

    with trial():
        seen = renamed()
    with pytest.raises(ZeroDivisionError), trial():
        assert 1 / (len(renamed()) - len("Tried"))

    assert (seen, organisation_name(), night.organisation.name) == ("Tried", name, name)
    renamed()
    assert organisation_name() == "Tried"


def test_a_trial_in_a_transaction_is_refused(app: Flask) -> None:
    def begin(inner: Callable[[], object]) -> None:
        with transaction():
            inner()

    with pytest.raises(RuntimeError, match="would be kept"):
        begin(lambda: trial().__enter__())
