"""Taking charge of a stage: once, recorded, undone; by the first GO, DONE or LATE of a phone as well."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.shownight.actions.charge import give_back_charge, take_charge
from coordinator.shownight.actions.pressing import delay_next, done, go, start_set
from coordinator.shownight.actions.undoing import undo_press
from coordinator.shownight.queries import night
from coordinator.shownight.refusals import NothingIsOn
from tests.builders import ANight, a_coordinator, a_night

SAM, RITA = Actor("Sam Stage"), Actor("Rita")


def is_attended(written: ANight, clock: str) -> bool:
    return night(written.event.id, written.at(clock)).stages[0].projection.attended


def changes() -> list[tuple[str, str, object, object]]:
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(entry.what, entry.by, entry.before, entry.after) for entry in entries]


def test_who_takes_charge_is_written_on_the_stage_and_recorded(app: Flask) -> None:
    written = a_night()
    alice = a_coordinator(organisation=written.organisation)

    stage = take_charge(written.stage.id, actor=Actor("Alice", alice.id), now=written.at("19:50"))

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (stage.attended_at, stage.attended_by) == (written.at("19:50"), "Alice")
    assert (entry.what, entry.subject, entry.coordinator_id) == ("stage.attended", f"stage:{stage.id}", alice.id)
    assert (entry.before, entry.after) == ({"attended_by": None}, {"attended_by": "Alice"})
    assert is_attended(written, "19:50")


def test_who_takes_charge_of_an_attended_stage_changes_nothing(app: Flask) -> None:
    written = a_night()
    take_charge(written.stage.id, actor=SAM, now=written.at("19:50"))
    revision = db.session.scalars(select(Event.revision)).one()

    stage = take_charge(written.stage.id, actor=RITA, now=written.at("19:55"))

    assert (stage.attended_at, stage.attended_by) == (written.at("19:50"), "Sam Stage")
    assert len(changes()) == 1
    assert db.session.scalars(select(Event.revision)).one() == revision


def test_charge_counts_as_a_change_of_the_event_when_taken_and_when_given_back(app: Flask) -> None:
    written = a_night()
    revisions = [db.session.scalars(select(Event.revision)).one()]

    for act in (take_charge, give_back_charge):
        act(written.stage.id, actor=SAM, now=written.at("19:50"))
        revisions.append(db.session.scalars(select(Event.revision)).one())

    assert revisions == sorted(set(revisions))


def test_charge_is_given_back_once(app: Flask) -> None:
    written = a_night()
    take_charge(written.stage.id, actor=SAM, now=written.at("19:50"))

    give_back_charge(written.stage.id, actor=RITA, now=written.at("19:51"))
    stage = give_back_charge(written.stage.id, actor=SAM, now=written.at("19:52"))

    assert (stage.attended_at, stage.attended_by) == (None, None)
    assert changes() == [
        ("stage.attended", "Sam Stage", {"attended_by": None}, {"attended_by": "Sam Stage"}),
        ("stage.attended.undone", "Rita", {"attended_by": "Sam Stage"}, {"attended_by": None}),
    ]
    assert not is_attended(written, "20:30")


@pytest.mark.parametrize(
    "press",
    [
        lambda stage_id, now: go(stage_id, actor=SAM, now=now),
        lambda stage_id, now: delay_next(stage_id, 10, actor=SAM, now=now),
    ],
    ids=["go", "late"],
)
def test_who_runs_the_night_by_phone_takes_charge_and_keeps_it_when_the_press_is_undone(
    app: Flask, press: Callable[..., object]
) -> None:
    written = a_night()

    made = press(written.stage.id, written.at("20:02"))
    db.session.flush()
    undo_press(made.id, actor=SAM, now=written.at("20:03"))  # type: ignore[attr-defined]

    assert (written.stage.attended_at, written.stage.attended_by) == (written.at("20:02"), "Sam Stage")
    assert is_attended(written, "20:04")


def test_done_takes_charge_as_well(app: Flask) -> None:
    written = a_night()
    start_set(written.slot("Josh Granowski").id, actor=RITA, now=written.at("20:00"))

    done(written.stage.id, actor=SAM, now=written.at("20:20"))

    assert written.stage.attended_by == "Sam Stage"


def test_a_press_that_is_refused_takes_no_charge(app: Flask) -> None:
    written = a_night()

    with pytest.raises(NothingIsOn):
        done(written.stage.id, actor=SAM, now=written.at("19:50"))

    assert written.stage.attended_at is None


def test_a_press_makes_a_stage_attended_only_while_it_stands(app: Flask) -> None:
    written = a_night()
    made = start_set(written.slot("Josh Granowski").id, actor=SAM, now=written.at("20:00"))
    db.session.flush()
    before = is_attended(written, "20:01")

    undo_press(made.id, actor=SAM, now=written.at("20:02"))

    assert (before, is_attended(written, "20:03")) == (True, False)
