"""The longest and the largest documents: what is read can be kept, on every database."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.event_document.problems import BadDocument
from coordinator.features.event_document.read import read_document
from tests.builders import an_organisation, at
from tests.documents import full, read, small

A_MINUTE = timedelta(minutes=1)


def comes_back(document: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The document as it is dumped once it was loaded; loading that changes nothing."""
    event = load(read(document), an_organisation(), now=now).event
    dumped = dump(event)
    assert load(read(json.loads(json.dumps(dumped))), event.organisation, now=now).comparison.changes == ()
    return dumped


def the_longest() -> dict[str, Any]:
    """Every text as long as it may be, in letters that take more than one byte."""
    document = full()
    document.update(slug="a" * 80, title="夜" * 200, beneficiary="é" * 200, about="ß\n" * 25_000, notes="🎤" * 50_000)
    document["venue"] = {"name": "ø" * 200, "address": "Ł" * 300}
    document["donation"]["url"] = f"https://give.example/{'y' * 479}"
    document["donation"]["suggested"] = 1_000_000
    document["people"][0].update(name="й" * 200, texts={"agreed_at": "2026-11-01T08:00:00-05:00", "how": "ñ" * 80})
    document["acts"][0].update(name="क" * 200, about="ü" * 2000)
    document["stages"][0]["name"] = "Å" * 120
    document["stages"][0]["slots"][2].update(title="ж" * 200, note="ç" * 2000, length=1440, changeover=1440)
    document["roles"][0].update(name="ö" * 120, note="à" * 2000)
    document["shifts"][0].update(place="ê" * 200, max=1000)
    document["rules"][3].update(key="ř" * 40, lead=527_040, text={"en": "ú" * 600, "es": "ó" * 600})
    return document


def the_longest_keys() -> dict[str, Any]:
    document = small()
    document["people"][0]["key"] = document["acts"][0]["people"][0] = "ключ" * 20
    document["acts"][0]["key"] = document["stages"][0]["slots"][0]["act"] = "a" * 80
    document["stages"][0]["key"] = "s" * 80
    document["stages"][0]["slots"][1]["key"] = document["shifts"][1]["follows"]["slot"] = "r" * 80
    document["roles"][0]["key"] = document["shifts"][0]["role"] = document["shifts"][1]["role"] = "d" * 80
    document["shifts"][0]["key"] = document["sign_ups"][0]["shift"] = "f" * 80
    return document


def test_the_longest_texts_come_back_whole(app: Flask, now: datetime) -> None:
    assert comes_back(the_longest(), now) == the_longest()


def test_the_longest_keys_come_back_whole(app: Flask, now: datetime) -> None:
    dumped = comes_back(the_longest_keys(), now)

    assert dumped["people"][0]["key"] == "ключ" * 20
    assert dumped["sign_ups"] == [{"shift": "f" * 80, "person": "ana", "state": "confirmed"}]


def test_a_letter_more_is_refused(now: datetime) -> None:
    document = the_longest()
    document["title"] += "x"
    document["people"][0]["name"] += "x"
    document["rules"][3]["key"] += "x"

    with pytest.raises(BadDocument) as refused:
        read(document, now)

    assert [(problem[:10], problem.partition("; ")[2]) for problem in refused.value.problems] == [
        ("people[0].", "it must be one line of text, of 1 to 200 letters."),
        ("rules[3].k", "it must be a short name of 1 to 40 letters, without a slash."),
        ('title is "', "it must be one line of text, of 1 to 200 letters."),
    ]


def test_a_festival_of_2000_slots_comes_back_in_its_order(app: Flask, now: datetime) -> None:
    document = small() | {"acts": [], "shifts": [], "sign_ups": [], "stages": []}
    for stage in range(20):
        slots = [
            {
                "key": f"{stage}-{number}",
                "kind": "speech",
                "title": f"Speech {number}",
                "starts": (at("12:00") + number * A_MINUTE).isoformat(),
                "length": 1,
            }
            for number in range(100)
        ]
        document["stages"].append({"key": f"stage-{stage}", "name": f"Stage {stage}", "slots": slots})

    dumped = comes_back(document, now)

    assert [[slot["key"] for slot in stage["slots"]] for stage in dumped["stages"]] == [
        [slot["key"] for slot in stage["slots"]] for stage in document["stages"]
    ]


def the_largest() -> dict[str, Any]:
    """A festival: 300 slots, 1,000 shifts, 2,000 people."""
    document = small() | {"acts": [], "sign_ups": []}
    document["people"] = [{"key": f"person-{number}", "name": f"Person {number}"} for number in range(2000)]
    document["roles"] = [{"key": "tea", "name": "Tea"}]
    document["shifts"] = [
        {"key": f"tea-{number}", "role": "tea", "starts": at("12:00").isoformat(), "ends": at("13:00").isoformat()}
        for number in range(1000)
    ]
    slots = [
        {"key": f"speech-{number}", "kind": "speech", "title": "Speech", "starts": at("12:00").isoformat(), "length": 1}
        for number in range(300)
    ]
    return document | {"stages": [{"key": "main", "name": "Main", "slots": slots}]}


def test_a_festival_is_read(now: datetime) -> None:
    document = read_document(json.dumps(the_largest()), now=now)

    assert (len(document.slots), len(document.shifts), len(document.people)) == (300, 1000, 2000)


def test_more_than_any_festival_has_is_refused_before_it_is_read(now: datetime) -> None:
    document = small() | {"people": [None] * 1_000_000, "shifts": [{}] * 3001}
    document["stages"] = [{"slots": [0] * 1001}, {"slots": [0] * 1000}, "no stage"]

    with pytest.raises(BadDocument) as refused:
        read_document(json.dumps(document), now=now)

    assert refused.value.problems == (
        "people has 1000000 entries; it must have at most 5000.",
        "slots has 2001 entries; it must have at most 2000.",
        "shifts has 3001 entries; it must have at most 3000.",
    )


def test_people_may_share_a_phone_and_stay_apart(app: Flask, now: datetime) -> None:
    document = small()
    for person in document["people"]:
        person["phone"] = "+12125550101"

    dumped = comes_back(document, now)

    assert [(person["name"], person["phone"]) for person in dumped["people"]] == [
        ("Josh Granowski", "+12125550101"),
        ("Ana Ruiz", "+12125550101"),
    ]
