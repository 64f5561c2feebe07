"""Show days in the event document."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.event_document.problems import BadDocument
from tests.builders import an_organisation
from tests.documents import read

FRIDAY = {
    "date": "2026-12-04",
    "doors": "2026-12-04T19:30:00-05:00",
    "curfews": {"main": "2026-12-04T23:00:00-05:00", "yard": "2026-12-04T22:00:00-05:00"},
}
SATURDAY = {"date": "2026-12-05", "doors": None, "curfews": {"main": "2026-12-06T00:30:00-05:00"}}
STAGES = [{"key": "main", "name": "Main stage", "slots": []}, {"key": "yard", "name": "The yard", "slots": []}]


@pytest.fixture
def ours(app: Flask) -> Organisation:
    return an_organisation()


def festival(**other: Any) -> dict[str, Any]:
    document = {"callboard": 1, "slug": "festival", "title": "Two days", "zone": "America/New_York"}
    return document | {"days": [FRIDAY, SATURDAY], "stages": STAGES} | other


def one_day(**other: Any) -> dict[str, Any]:
    document = festival(date="2026-12-04", doors=FRIDAY["doors"], **other)
    del document["days"]
    return document


def present() -> Event:
    with transaction() as session:
        return session.scalars(select(Event)).one()


def put_in(document: dict[str, Any], ours: Organisation, now: datetime, *, prune: bool = False) -> list[str | None]:
    return [change.field for change in load(read(document), ours, now=now, prune=prune).comparison.changes]


def test_days_come_back_as_they_went_in(ours: Organisation, now: datetime) -> None:
    put_in(festival(), ours, now)
    again = put_in(festival(), ours, now)

    dumped = dump(present())
    assert (dumped["days"], again) == ([FRIDAY, SATURDAY], [])
    assert {"date", "doors"} & dumped.keys() == set()
    assert ["curfew" in stage for stage in dumped["stages"]] == [False, False]
    assert put_in(dumped, ours, now) == []


def test_a_list_of_one_day_is_the_same_as_a_date(ours: Organisation, now: datetime) -> None:
    put_in(festival(days=[FRIDAY]), ours, now)

    dumped = dump(present())
    assert (dumped["date"], dumped["doors"]) == (FRIDAY["date"], FRIDAY["doors"])
    assert [stage["curfew"] for stage in dumped["stages"]] == ["2026-12-04T23:00:00-05:00", "2026-12-04T22:00:00-05:00"]


@pytest.mark.parametrize("prune", [False, True])
def test_a_show_gets_a_second_day_and_loses_it_again(prune: bool, ours: Organisation, now: datetime) -> None:
    put_in(one_day(), ours, now)
    grown = put_in(festival(), ours, now, prune=prune)
    with_two = present().days
    put_in(one_day(), ours, now, prune=prune)

    assert (grown, len(with_two)) == (["days"], 2)
    assert [day.on.isoformat() for day in present().days] == ["2026-12-04"]


def test_the_curfew_of_a_stage_that_goes_goes_with_it(ours: Organisation, now: datetime) -> None:
    put_in(festival(), ours, now)
    put_in(festival(days=[{**FRIDAY, "curfews": {}}, SATURDAY], stages=STAGES[:1]), ours, now, prune=True)

    assert [dict(day.curfews).keys() for day in present().days] == [set(), {"main"}]
    assert put_in(dump(present()), ours, now) == []


def test_another_zone_keeps_the_instants(ours: Organisation, now: datetime) -> None:
    put_in(festival(), ours, now)
    put_in(festival(zone="America/Chicago"), ours, now)

    assert dump(present())["days"][0]["doors"] == "2026-12-04T18:30:00-06:00"


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (festival(days=[]), "days is []; it must be a list of 1 to 31 days in order"),
        (festival(days=[SATURDAY, FRIDAY]), "days is ["),
        (festival(days=[FRIDAY, FRIDAY]), "days is ["),
        (festival(days=[{"doors": None}]), "days is ["),
        (festival(days=[{**FRIDAY, "gates": None}]), "days is ["),
        (festival(date="2026-12-04"), "date is given, and days as well; days takes its place."),
        (festival(doors=FRIDAY["doors"]), "doors is given, and days as well"),
        (
            festival(stages=[{**STAGES[0], "curfew": FRIDAY["doors"]}, STAGES[1]]),
            "stages[0].curfew is given, and days as well",
        ),
        (
            festival(days=[{**FRIDAY, "curfews": {"attic": FRIDAY["doors"]}}]),
            "days[0].curfews.attic is no stage of this document.",
        ),
        ({**one_day(), "date": None}, "date is null; it must be a date like 2026-12-04."),
        ({key: value for key, value in one_day().items() if key != "date"}, "date is missing"),
    ],
)
def test_days_that_cannot_be_are_refused_with_what_would_be_right(document: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadDocument) as refusal:
        read(document)

    assert str(refusal.value).startswith(sentence) or f"\n{sentence}" in str(refusal.value)


def test_what_is_planned_on_no_show_day_is_worth_a_warning() -> None:
    slot = {"key": "raffle", "kind": "speech", "title": "Raffle", "starts": "2026-12-08T20:00:00-05:00", "length": 10}

    warnings = read(festival(stages=[{**STAGES[0], "slots": [slot]}, STAGES[1]])).warnings

    assert [each for each in warnings if "raffle" in each or "slots" in each] == [
        "stages[0].slots[0].starts is 2026-12-08T20:00:00-05:00, which is not in the day of the show, "
        "2026-12-04, 2026-12-05."
    ]
