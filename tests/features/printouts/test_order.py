"""The printed running order and the call sheets: all stages by show day, with changeovers, crews, curfews and notes."""

import re

from flask import Flask
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor
from coordinator.shownight.actions.pressing import cancel_slot, declare_late
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage, minutes, sign_in, three_acts
from tests.reading import words

PRINT = "/coordinate/justice-in-motion/print"
SAM = Actor("Sam Stage")


def two_days() -> ANight:
    """Friday on two stages, Saturday on one."""
    acts = three_acts()
    acts[1].columns["note"] = "Two DI boxes"
    return a_night(
        stages=[
            a_stage("Main stage", [*acts, a_slot("Marimba Sur", "19:00+1", minutes=45)]),
            a_stage("Courtyard", [a_slot("Raffle", "20:15", minutes=10, kind="speech")], curfew=None),
        ],
        shifts=[a_shift("Stage help", follows="Carlos Lumbi", people=("Kim Tran",), max=2)],
        days=2,
        venue_name="Orchard Hall",
        contact_name="Alice",
        contact_phone="+12125550100",
    )


def desk(app: Flask, night: ANight, role: str = "viewer") -> FlaskClient:
    return sign_in(app.test_client(), a_coordinator("Alice", organisation=night.organisation, role=role))


def test_every_stage_stands_under_each_day_it_plays_on(sqlite_app: Flask) -> None:
    page = words(desk(sqlite_app, two_days()).get(f"{PRINT}/running-order"))

    friday, saturday = page.partition("Running order, Saturday, December 5, 2026")[::2]
    assert "Main stage Doors 7:30 PM, curfew 11:00 PM" in friday
    assert "8:30 PM Carlos Lumbi Waiting 40 min 8:20–8:30 PM Kim Tran Two DI boxes" in friday
    assert "Courtyard Doors 7:30 PM" in friday
    assert "8:15 PM Raffle speech 10 min" in friday
    assert "Main stage 7:00 PM Marimba Sur Waiting 45 min" in saturday
    assert ("Courtyard" in saturday, "Marimba" in friday, "curfew" in saturday) == (False, False, False)


def test_the_times_are_those_that_people_are_told(sqlite_app: Flask) -> None:
    night = two_days()
    declare_late(night.slot("Carlos Lumbi").id, 20, actor=SAM, now=night.at("19:40"))
    cancel_slot(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("19:41"))

    page = words(desk(sqlite_app, night).get(f"{PRINT}/running-order"))

    assert "8:50 PM Carlos Lumbi" in page
    assert "9:30 PM The Poor Nobodys Canceled 45 min Marimba" not in page
    assert "9:30 PM The Poor Nobodys Canceled" in page


def test_a_call_sheet_says_all_that_one_act_needs(sqlite_app: Flask) -> None:
    page = desk(sqlite_app, two_days()).get(f"{PRINT}/call-sheets")

    sheets = re.findall(r"<article.*?</article>", page.text, flags=re.DOTALL)
    said = " ".join(re.sub(r"<[^>]+>", " ", sheets[1]).split())
    assert len(sheets) == 4
    assert "Call sheets, Friday, December 4, 2026" in said
    for fact in (
        "Carlos Lumbi Day Friday, December 4",
        "Be there at 7:30 PM",
        "On stage 8:30–9:10 PM",
        "Stage Main stage",
        "Length 40 minutes",
        "Changeover 8:20–8:30 PM",
        "Crew Kim Tran",
        "Notes Two DI boxes",
        "Who Carlos Lumbi",
        "Venue Orchard Hall",
        "Questions Alice, (212) 555-0100",
    ):
        assert fact in said, said


def test_acts_that_do_not_play_have_no_sheet(sqlite_app: Flask) -> None:
    acts = three_acts()
    acts[0].columns["answer"] = "declined"
    night = a_night(acts)
    cancel_slot(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("19:41"))

    page = desk(sqlite_app, night).get(f"{PRINT}/call-sheets")

    assert re.findall(r'<h2 id="act-\d+">(.*?)</h2>', page.text) == ["The Poor Nobodys"]


def test_the_lists_of_people_go_by_day(sqlite_app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",), call=minutes(15)),
            a_shift("Clean-up", "10:00+1", "12:00+1", people=("Ana Ruiz", "Bo Birch"), max=2),
        ]
    )
    alice = desk(sqlite_app, night, "owner")

    door, phones = words(alice.get(f"{PRINT}/door")), words(alice.get(f"{PRINT}/calls"))

    friday, saturday = door.partition("Door list, Saturday, December 5, 2026")[::2]
    assert "Ana Ruiz Coming Front door 7:00 PM" in friday
    assert "Bo Birch" not in friday
    assert "Ana Ruiz Coming Clean-up 10:00 AM Bo Birch Coming Clean-up 10:00 AM" in saturday
    assert "Front door Fri, Dec 4, 7:15 PM , Clean-up Sat, Dec 5, 10:00 AM" in phones
