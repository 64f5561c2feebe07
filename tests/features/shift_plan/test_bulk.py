"""Several shifts in one go. Alice owns the event, Charlie must not see it."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.core.show_time import write_wall, zone_named
from coordinator.db import db
from coordinator.features.shift_plan.bulk_shifts.benefit import small_benefit
from coordinator.features.shift_plan.bulk_shifts.changeovers import crew_at_every_changeover
from coordinator.features.shift_plan.bulk_shifts.drafts import BulkDraft, Pattern
from coordinator.features.shift_plan.bulk_shifts.earlier import as_last_time
from coordinator.features.shift_plan.bulk_shifts.repeats import one_after_another
from coordinator.shifts.actions.bulk_shifts import add_many_shifts
from coordinator.shifts.actions.roles import RoleFacts
from coordinator.shifts.models import Shift
from coordinator.shifts.queries.planned import follows_of, roles_of
from coordinator.shifts.refusals.planning import (
    EndsBeforeItBegins,
    ImpossibleShift,
    LengthOutOfReach,
    NothingToLayBy,
    TooManyShifts,
)
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage, minutes, three_acts
from tests.features.shift_plan.test_plan import Desk
from tests.reading import words

ALICE = Actor("Alice")
CREW = Pattern(RoleFacts("Crew"), 1, 2, "Stage left", minutes(10))


def said(night: ANight, bulk: BulkDraft) -> list[tuple[str, str, str, int, int]]:
    """What is to be added, in wall times."""
    zone = zone_named(night.zone)
    return [
        (
            draft.role.name,
            write_wall(draft.starts_at, night.on, zone),
            write_wall(draft.ends_at, night.on, zone),
            draft.least,
            draft.most,
        )
        for draft in bulk.drafts
    ]


def test_every_changeover_gets_a_crew_that_moves_with_it(app: Flask) -> None:
    night = a_night()

    bulk = crew_at_every_changeover(night.event, night.event.stages, CREW, before=minutes(5), after=minutes(2))
    added = add_many_shifts(night.event, bulk.drafts, actor=ALICE, now=night.at("12:00"))

    assert said(night, bulk) == [
        ("Crew", "19:45", "20:02", 1, 2),
        ("Crew", "20:15", "20:32", 1, 2),
        ("Crew", "21:05", "21:32", 1, 2),
    ]
    assert [(shift.key, shift.follows.name if shift.follows else None, shift.place, shift.call) for shift in added] == [
        ("crew-1", "Josh Granowski", "Stage left", minutes(10)),
        ("crew-2", "Carlos Lumbi", "Stage left", minutes(10)),
        ("crew-3", "The Poor Nobodys", "Stage left", minutes(10)),
    ]


def test_a_changeover_that_has_a_crew_gets_no_second_one_and_one_without_time_is_named(app: Flask) -> None:
    night = a_night(
        [a_slot("Josh", "20:00", changeover=0), a_slot("Carlos", "21:00"), a_slot("Nobodys", "22:00")],
        shifts=[a_shift("Crew", follows="Carlos", follows_to="set_end")],
    )

    bulk = crew_at_every_changeover(night.event, night.event.stages, CREW)

    assert said(night, bulk) == [("Crew", "21:45", "22:00", 1, 2)]
    assert bulk.left_out == ("There's no changeover before Josh.",)


def test_one_stage_can_be_chosen(app: Flask) -> None:
    night = a_night(stages=[a_stage("Main", [a_slot("Josh")]), a_stage("Yard", [a_slot("Carlos")])])

    bulk = crew_at_every_changeover(night.event, night.stages[1:], CREW)

    assert [draft.follows.slot_id for draft in bulk.drafts if draft.follows] == [night.slot("Carlos").id]


def test_one_after_another_the_last_is_cut_at_the_end(app: Flask) -> None:
    night = a_night([])

    bulk = one_after_another(CREW, night.at("22:00"), night.at("00:30+1"), every=minutes(60), length=minutes(75))

    assert said(night, bulk) == [
        ("Crew", "22:00", "23:15", 1, 2),
        ("Crew", "23:00", "00:15+1", 1, 2),
        ("Crew", "00:00+1", "00:30+1", 1, 2),
    ]


def test_hours_are_hours_on_the_night_the_clocks_go_back(app: Flask) -> None:
    night = a_night([], on=date(2026, 10, 31))

    bulk = one_after_another(CREW, night.at("23:30"), night.at("02:30+1"), every=minutes(60), length=minutes(60))

    assert [(starts, ends) for _, starts, ends, _, _ in said(night, bulk)] == [
        ("23:30", "00:30+1"),
        ("00:30+1", "01:30+1"),
        ("01:30+1", "01:30+1b"),
        ("01:30+1b", "02:30+1"),
    ]


@pytest.mark.parametrize(
    ("until", "every", "length", "refusal"),
    [
        ("20:00", 60, 60, EndsBeforeItBegins),
        ("23:00", 0, 60, LengthOutOfReach),
        ("23:00", 60, 0, LengthOutOfReach),
        ("20:00+9", 1, 60, TooManyShifts),
    ],
)
def test_what_cannot_be_repeated_is_refused(
    app: Flask, until: str, every: int, length: int, refusal: type[ImpossibleShift]
) -> None:
    night = a_night([])

    with pytest.raises(refusal):
        one_after_another(CREW, night.at("20:00"), night.at(until), every=minutes(every), length=minutes(length))


def test_a_small_benefit_is_laid_by_doors_and_the_running_order(app: Flask) -> None:
    night = a_night()

    bulk = small_benefit(night.event)

    assert said(night, bulk) == [
        ("Set up", "18:00", "19:15", 2, 4),
        ("Front door", "19:15", "20:45", 1, 2),
        ("Front door", "20:45", "22:15", 1, 2),
        ("Tea and bar", "19:30", "22:15", 1, 2),
        ("Changeover crew", "19:45", "20:00", 1, 2),
        ("Changeover crew", "20:15", "20:30", 1, 2),
        ("Changeover crew", "21:05", "21:30", 1, 2),
        ("Clean up", "22:15", "23:15", 2, 6),
    ]
    assert [draft.follows.slot_id for draft in bulk.drafts[-1:] if draft.follows] == [night.slot("The Poor Nobodys").id]


def test_a_small_benefit_of_two_days_is_laid_for_each(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00", minutes=60), a_slot("Wren", "20:00+1", minutes=60)], days=2)

    bulk = small_benefit(night.event)

    first, second = said(night, bulk)[:6], said(night, bulk)[6:]
    assert [(name, starts) for name, starts, *_ in first] == [
        ("Set up", "18:00"),
        ("Front door", "19:15"),
        ("Front door", "20:15"),
        ("Tea and bar", "19:30"),
        ("Changeover crew", "19:40"),
        ("Clean up", "21:00"),
    ]
    assert [(name, starts) for name, starts, *_ in second] == [
        ("Set up", "18:00+1"),
        ("Front door", "19:15+1"),
        ("Front door", "20:15+1"),
        ("Tea and bar", "19:30+1"),
        ("Changeover crew", "19:40+1"),
        ("Clean up", "21:00+1"),
    ]


def test_without_doors_or_slots_there_is_nothing_to_lay_by(app: Flask) -> None:
    by_curfew = a_night([], slug="by-curfew")
    bare = a_night([], slug="bare", doors=None)

    assert [name for name, *_ in said(by_curfew, small_benefit(by_curfew.event))] == [
        "Set up",
        "Front door",
        "Front door",
        "Tea and bar",
        "Clean up",
    ]
    with pytest.raises(NothingToLayBy):
        small_benefit(bare.event)
    with pytest.raises(NothingToLayBy):
        as_last_time(bare.event, by_curfew.event)


def test_an_earlier_events_shifts_come_as_far_from_doors_and_follow_the_slot_in_the_same_place(app: Flask) -> None:
    was = a_night(
        slug="last-year",
        on=date(2025, 12, 5),
        shifts=[
            a_shift(
                "Front door", "19:15", "00:30+1", people=("Dana Door",), min=2, max=3, place="Street", call=minutes(10)
            ),
            a_shift("Crew", follows="Carlos Lumbi", before=minutes(5)),
            a_shift("Crew", follows="The Poor Nobodys"),
        ],
    )
    night = a_night(three_acts()[:2], organisation=was.organisation, doors="18:00")

    bulk = as_last_time(night.event, was.event)
    for _ in range(2):
        add_many_shifts(night.event, bulk.drafts, roles=bulk.roles, actor=ALICE, now=night.at("12:00"))

    assert said(night, bulk) == [
        ("Front door", "17:45", "23:00", 2, 3),
        ("Crew", "20:15", "20:30", 1, 2),
    ]
    assert bulk.left_out == ("Crew has no matching slot to follow here.",)
    shifts = db.session.scalars(select(Shift).where(Shift.event_id == night.event.id).order_by(Shift.id)).all()
    assert [(shift.key, shift.place, shift.call, shift.sign_ups) for shift in shifts] == [
        ("front-door-1", "Street", minutes(10), []),
        ("crew-1", None, minutes(0), []),
    ]
    assert follows_of(shifts[1]) is not None
    assert [role.name for role in roles_of(night.event)] == ["Crew", "Front door"]


def test_the_wall_clock_decides_how_far_it_was_from_doors(app: Flask) -> None:
    """Five hours on the wall are six on the night the clocks go back; the copy is five hours after doors again."""
    was = a_night(
        [], slug="last-year", on=date(2026, 10, 31), doors="21:00", shifts=[a_shift("Bar", "22:00", "02:00+1")]
    )
    night = a_night([], organisation=was.organisation, doors="20:00")

    assert said(night, as_last_time(night.event, was.event)) == [("Bar", "21:00", "01:00+1", 1, 2)]


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def test_what_would_be_laid_is_shown_and_laid_when_it_is_meant_and_once(alice: Desk, night: ANight) -> None:
    crew = {"changeovers-work": "Crew", "changeovers-least": "1", "changeovers-most": "2", "changeovers-stage": ""}
    crew |= {"changeovers-before": "5", "changeovers-after": "0"}

    shown = alice.press("several/changeovers", **crew)
    before = db.session.scalars(select(Shift.id)).all()
    added = alice.press("several/changeovers", **crew, sure="1")
    again = alice.press("several/changeovers", **crew)

    assert (shown.status_code, added.status_code, again.status_code) == (200, 303, 200)
    assert "3 shifts are new." in words(shown)
    assert "Fri, Dec 4, about 8:15–8:30 PM Crew Moves with the show 2 spots, 1 needed" in words(shown)
    assert before == []
    assert db.session.scalars(select(Shift.key).order_by(Shift.id)).all() == ["crew-1", "crew-2", "crew-3"]
    assert "All of this is already there." in words(again)
    assert db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all() == ["role.added", "shifts.laid"]


def test_a_pattern_that_cannot_be_is_said_where_it_was_typed(alice: Desk) -> None:
    repeat = {"work": "Bar", "on": "2026-12-04", "starts": "20:00", "ends": "23:00", "every": "60", "length": "60"}
    repeat |= {"least": "3", "most": "1"}

    impossible = alice.press("several/repeat", **{f"repeat-{name}": value for name, value in repeat.items()}, sure="1")
    wordless = alice.press("several/changeovers", **{"changeovers-work": ""})
    unknown = alice.press("several/magic")

    assert (impossible.status_code, wordless.status_code, unknown.status_code) == (422, 422, 404)
    assert "can't need more people than it has spots" in words(impossible)
    assert 'value="23:00"' in impossible.text
    assert "Enter what the work is" in words(wordless)


def test_only_ones_own_shows_can_be_copied(client: FlaskClient, alice: Desk) -> None:
    a_night(slug="charlies", shifts=[a_shift("Front door", "19:15", "20:45")])

    answer = alice.press("several/earlier", **{"earlier-earlier": "charlies"}, sure="1")

    assert answer.status_code == 422
    assert db.session.scalars(select(Shift.key)).all() == ["front-door-1"]
