"""A rehearsal by the whole app: what the timing model says, and what quiet hours, merging and consent add to it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coordinator.core.vectors import reminders_of
from coordinator.features.rehearsal.commands.rehearse import played_through
from coordinator.features.rehearsal.script import steps_of
from coordinator.features.rehearsal.steps import BadScript
from tests.documents import read
from tests.vectors import as_document, as_script, wall

VECTORS = Path(__file__).parents[2] / "core" / "vectors" / "reminders.json"
NIGHTS: list[dict[str, Any]] = json.loads(VECTORS.read_text())
UNDO = timedelta(seconds=30)

Text = tuple[datetime, str, str, datetime | None]


def played(document: dict[str, Any], script: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return played_through(read(document), steps_of(script or []))


def told(night: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What left: when, to whom, by which rule."""
    return [(text["at"], text["to"], text["rule"]) for text in night["texts"]]


def by_the_model(vector: dict[str, Any]) -> list[Text]:
    """What the model says of the whole day; what a press itself causes waits until it can no longer be undone."""
    presses = {wall(vector, line["at"]) for line in vector["script"]}
    said: dict[str, Any] = reminders_of({**vector, "from": min("05:00", vector["from"])})
    found: list[Text] = []
    for each in (*said["texts"], *said["unsent"]):
        at, says = wall(vector, each["at"]), each.get("says")
        is_caused = at in presses and (says is None or each["rule"] == "cancelled")
        found.append((at + UNDO if is_caused else at, each["rule"], each["slot"], says and wall(vector, says)))
    return sorted(found, key=_in_order)


def by_the_app(vector: dict[str, Any]) -> list[Text]:
    night = played(as_document(vector), as_script(vector))
    found: list[Text] = []
    for each in (*night["texts"], *night["unsent"]):
        says = datetime.fromisoformat(each["says"]).astimezone(UTC) if "says" in each else None
        found.append((datetime.fromisoformat(each["at"]).astimezone(UTC), each["rule"], each["subject"], says))
    return sorted((text for text in found if text[0] <= wall(vector, vector["until"])), key=_in_order)


def _in_order(text: Text) -> tuple[Any, ...]:
    return *text[:3], str(text[3])


@pytest.mark.parametrize("vector", NIGHTS, ids=[vector["name"] for vector in NIGHTS])
def test_the_app_tells_what_the_timing_model_tells(sqlite_app: Flask, vector: dict[str, Any]) -> None:
    assert by_the_app(vector) == by_the_model(vector)


def two_acts(**changes: Any) -> dict[str, Any]:
    """A from 20:00 to 20:30, B from 20:50, ten minutes between them at least; told 60 and 15 minutes before."""
    night = next(vector for vector in NIGHTS if vector["name"] == "new-time-after-told")
    return {**night, "from": "12:00", **changes}


def test_words_that_come_and_go_are_told_each_time(sqlite_app: Flask) -> None:
    vector = two_acts(
        until="21:07",
        script=[
            {"at": "20:00", "do": "start", "slot": "a"},
            {"at": "20:05", "do": "late", "slot": "b", "minutes": 20},
            {"at": "20:10", "do": "late", "slot": "b", "minutes": 0},
            {"at": "20:15", "do": "late", "slot": "b", "minutes": 20},
        ],
    )

    seen = by_the_app(vector)

    assert seen == by_the_model(vector)
    assert [(at, says) for at, rule, _, says in seen if rule == "new_time"] == [
        (wall(vector, at), wall(vector, says))
        for at, says in (("20:06", "21:10"), ("20:11", "20:50"), ("20:16", "21:10"))
    ]


def test_a_slip_that_was_put_right_after_ten_minutes_leaves_both_reports(sqlite_app: Flask) -> None:
    vector = next(vector for vector in NIGHTS if vector["name"] == "plan-slip-put-right-after-ten-minutes")

    seen = by_the_app(vector)

    assert seen == by_the_model(vector)
    assert len([rule for _, rule, _, says in seen if says is None]) == len(vector["expect"]["unsent"])


def test_a_cancellation_long_after_the_time_it_takes_back_is_still_told(sqlite_app: Flask) -> None:
    vector = two_acts(until="21:20", script=[{"at": "21:10", "do": "cancel", "slot": "a"}])

    seen = by_the_app(vector)

    assert seen == by_the_model(vector)
    assert (wall(vector, "21:10:30"), "cancelled", "a", wall(vector, "20:00")) in seen


def one_act(**changes: Any) -> dict[str, Any]:
    """Josh at 20:00, invited; the default rules."""
    document: dict[str, Any] = {
        "callboard": 1,
        "slug": "benefit",
        "title": "Songs for Justice in Motion",
        "zone": "America/New_York",
        "date": "2026-12-04",
        "doors": "2026-12-04T19:30:00-05:00",
        "people": [
            {
                "key": "josh",
                "name": "Josh Granowski",
                "phone": "+12125550101",
                "texts": {"agreed_at": "2026-11-01T12:00:00Z"},
            }
        ],
        "acts": [{"key": "josh", "name": "Josh Granowski", "people": ["josh"]}],
        "stages": [
            {
                "key": "main",
                "name": "Main stage",
                "slots": [
                    {
                        "key": "josh",
                        "act": "josh",
                        "starts": "2026-12-04T20:00:00-05:00",
                        "length": 20,
                        "state": "confirmed",
                        "started_at": "2026-12-04T20:00:00-05:00",
                        "ended_at": "2026-12-04T20:20:00-05:00",
                    }
                ],
            }
        ],
    }
    document["stages"][0]["slots"][0].update(changes)
    return document


def test_the_house_tells_of_a_confirmed_set_three_times(sqlite_app: Flask) -> None:
    assert told(played(one_act())) == [
        ("2026-12-03T20:00:00-05:00", "josh", "details"),
        ("2026-12-04T19:00:00-05:00", "josh", "call"),
        ("2026-12-04T19:45:00-05:00", "josh", "stage"),
    ]


def test_what_falls_into_quiet_hours_comes_when_they_end(sqlite_app: Flask) -> None:
    asleep = one_act() | {"quiet": {"from": "19:59", "to": "09:10"}}

    assert told(played(asleep)) == [
        ("2026-12-04T09:10:00-05:00", "josh", "details"),
        ("2026-12-04T19:00:00-05:00", "josh", "call"),
        ("2026-12-04T19:45:00-05:00", "josh", "stage"),
    ]


def test_who_did_not_agree_is_not_texted(sqlite_app: Flask) -> None:
    document = one_act()
    del document["people"][0]["texts"]

    assert played(document) == {"texts": [], "unsent": []}


def test_only_the_first_text_to_a_phone_names_the_sender(sqlite_app: Flask) -> None:
    bodies = [text["body"] for text in played(one_act())["texts"]]

    assert [body.startswith("Callboard: ") and body.endswith(" Reply STOP to opt out.") for body in bodies] == [
        True,
        False,
        False,
    ]


def test_reminders_within_five_minutes_leave_as_one_text(sqlite_app: Flask) -> None:
    rules = [
        {"key": "details", "off": True},
        {"key": "stage", "lead": 56, "text": {"en": "Soon."}},
        {"key": "call", "text": {"en": "An hour."}},
    ]

    texts = played(one_act() | {"rules": rules})["texts"]

    body = "Callboard: An hour. Reply STOP to opt out.\nSoon."
    assert [(text["at"], text["rule"], text["body"]) for text in texts] == [
        ("2026-12-04T19:00:00-05:00", "call", body),
        ("2026-12-04T19:00:00-05:00", "stage", body),
    ]


def test_facts_in_the_document_happen_when_they_happened(sqlite_app: Flask) -> None:
    late = one_act(late_by=15, started_at="2026-12-04T20:15:00-05:00", ended_at=None)
    late["stages"][0]["slots"].append(
        {
            "key": "again",
            "act": "josh",
            "starts": "2026-12-04T20:30:00-05:00",
            "length": 20,
            "changeover": 5,
            "state": "confirmed",
            "ended_at": "2026-12-04T21:00:00-05:00",
        }
    )

    says = {(text["rule"], text["subject"]): text["says"] for text in played(late)["texts"]}

    assert says["stage", "josh"] == "2026-12-04T20:15:00-05:00"
    assert says["stage", "again"] == "2026-12-04T20:40:00-05:00"


def test_a_cancelled_slot_is_silent_whatever_was_pressed(sqlite_app: Flask) -> None:
    assert played(one_act(state="cancelled")) == {"texts": [], "unsent": []}


def test_an_answer_by_text_is_echoed_and_counts(sqlite_app: Flask) -> None:
    night = played(
        one_act(state="invited"),
        [{"at": "2026-11-27T20:01:10-05:00", "do": "text", "from": "josh", "body": "C"}],
    )

    assert told(night) == [
        ("2026-11-27T20:00:00-05:00", "josh", "ask-1"),
        ("2026-11-27T20:01:15-05:00", "josh", "echo"),
        ("2026-12-03T20:00:00-05:00", "josh", "details"),
        ("2026-12-04T19:00:00-05:00", "josh", "call"),
        ("2026-12-04T19:45:00-05:00", "josh", "stage"),
    ]


def test_what_was_undone_within_half_a_minute_was_never_told(sqlite_app: Flask) -> None:
    night = played(
        one_act(started_at=None, ended_at=None),
        [
            {"at": "2026-12-04T19:50:00-05:00", "do": "cancel", "slot": "josh"},
            {"at": "2026-12-04T19:50:15-05:00", "do": "restore", "slot": "josh"},
            {"at": "2026-12-04T20:00:00-05:00", "do": "start", "slot": "josh"},
            {"at": "2026-12-04T20:20:00-05:00", "do": "end", "slot": "josh"},
        ],
    )

    assert [rule for _, _, rule in told(night)] == ["details", "call", "stage"]


def test_steps_before_the_beginning_happen_with_it(sqlite_app: Flask) -> None:
    night = played(
        one_act(started_at=None, ended_at=None), [{"at": "2026-10-01T12:00:00Z", "do": "cancel", "slot": "josh"}]
    )

    assert night == {"texts": [], "unsent": []}


def test_there_must_be_something_to_rehearse(sqlite_app: Flask) -> None:
    document = one_act() | {"doors": None, "stages": []}

    with pytest.raises(BadScript) as refused:
        played(document)

    assert str(refused.value) == "There is nothing to rehearse: the event has neither doors nor slots."
