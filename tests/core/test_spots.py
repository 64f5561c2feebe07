"""What of a spot on a shift has changed since someone was told: times from 5 minutes on, places when they differ."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coordinator.core.reminders.spots import PlaceChange, SpotFacts, place_change

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
HALL = SpotFacts(NOON, NOON + 60 * MINUTE, 20 * MINUTE, "Side door", "", "Alder Street Hall")


def different(told: SpotFacts, now_is: SpotFacts, **how: bool) -> list[str]:
    found = place_change(told, now_is, **how)
    return [name for name in ("call", "times", "place", "venue") if found and getattr(found, name)]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({}, []),
        ({"ends_at": NOON + 64 * MINUTE}, []),
        ({"ends_at": NOON + 65 * MINUTE}, ["times"]),
        ({"ends_at": NOON + 55 * MINUTE}, ["times"]),
        ({"starts_at": NOON + 5 * MINUTE}, ["call", "times"]),
        ({"call": 24 * MINUTE}, []),
        ({"call": 25 * MINUTE}, ["call"]),
        ({"call": 0 * MINUTE}, ["call"]),
        ({"starts_at": NOON + 5 * MINUTE, "call": 25 * MINUTE}, ["times"]),
        ({"place": "Main entrance"}, ["place"]),
        ({"place": ""}, ["place"]),
        ({"stage": "Garden"}, []),
        ({"venue": "Town Hall"}, ["venue"]),
        ({"venue": ""}, []),
        ({"place": "Main entrance", "venue": "Town Hall"}, ["place", "venue"]),
    ],
)
def test_what_is_different_is_named(changed: dict[str, Any], what: list[str]) -> None:
    assert different(HALL, replace(HALL, **changed)) == what


def test_a_change_holds_what_was_told_and_what_holds_now() -> None:
    now_is = replace(HALL, place="Main entrance")

    assert place_change(HALL, now_is) == PlaceChange(HALL, now_is, call=False, times=False, place=True, venue=False)


@pytest.mark.parametrize(
    ("told", "now_is", "what"),
    [("Main stage", "Garden", ["place"]), ("", "Main stage", []), ("Main stage", "", [])],
)
def test_a_stage_counts_only_in_exchange_for_another(told: str, now_is: str, what: list[str]) -> None:
    on_stage = replace(HALL, place="")

    assert different(replace(on_stage, stage=told), replace(on_stage, stage=now_is)) == what


def test_what_was_not_said_has_not_changed() -> None:
    assert different(SpotFacts(starts_at=NOON), HALL) == []
    assert different(SpotFacts(starts_at=NOON), replace(HALL, starts_at=NOON + 5 * MINUTE)) == ["times"]


def test_the_times_of_a_shift_that_follows_are_named_only_beside_something_else() -> None:
    later = replace(HALL, starts_at=NOON + 10 * MINUTE, ends_at=NOON + 90 * MINUTE)

    assert different(HALL, later, follows=True) == []
    assert different(HALL, replace(HALL, ends_at=NOON + 90 * MINUTE), follows=True) == []
    assert different(HALL, replace(later, place="Main entrance"), follows=True) == ["call", "times", "place"]
    assert different(HALL, replace(HALL, call=30 * MINUTE), follows=True) == ["call"]


def test_facts_come_back_from_json_and_their_stamp_tells_them_apart() -> None:
    unsaid = SpotFacts()

    assert [SpotFacts.of_json(facts.as_json()) for facts in (HALL, unsaid)] == [HALL, unsaid]
    assert HALL.stamp == replace(HALL).stamp
    assert len({HALL.stamp, unsaid.stamp, replace(HALL, place="").stamp}) == 3
