"""The page about a hole: what it offers, what each way out shows first and does then."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.lineup.models import Act, ActMember, SlotOffer, StandIn
from coordinator.lineup.queries import slot_offers_of
from coordinator.messaging.models import Message
from coordinator.shownight.actions.offers import answer_slot_offer, ask_to_come_forward, take_back_slot_answer
from coordinator.shownight.actions.pressing import cancel_slot, start_set
from coordinator.shownight.queries import night as night_at
from tests.builders import MADE_AT, a_coordinator, a_night, a_shift, a_slot, minutes, sign_in, three_acts
from tests.night import ANight, in_the_cast, key_of
from tests.playing import Playing, knows_us
from tests.reading import words

ALICE = Actor("Alice")
HOLE = "/coordinate/justice-in-motion/dead-air/the-poor-nobodys"


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """8:10 pm: Josh is on until 8:20; Carlos, who would follow, has fallen out; two acts come later."""
    acts = [*three_acts(), a_slot("Priya Nair", "22:20", minutes=20)]
    night = a_night(acts, shifts=[a_shift("Stage crew", follows="The Poor Nobodys", people=("Cleo Cedar",))])
    start_set(night.slot("Josh Granowski").id, actor=ALICE, now=night.at("20:00"))
    cancel_slot(night.slot("Carlos Lumbi").id, actor=ALICE, now=night.at("20:05"))
    return night


@pytest.fixture
def client(night: ANight, sqlite_app: Flask) -> FlaskClient:
    return sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))


def a_stand_in(night: ANight, name: str, away: int = 15, length: int = 30) -> StandIn:
    with transaction() as session:
        act = Act(event_id=night.event.id, key=key_of(name), name=name)
        person = in_the_cast(night, name)
        act.members.append(ActMember(event_id=night.event.id, person=person, joined_at=MADE_AT))
        stand_in = StandIn(event_id=night.event.id, act=act, minutes_away=away, length=minutes(length))
        session.add(stand_in)
    return stand_in


def offers(night: ANight) -> list[SlotOffer]:
    return list(slot_offers_of(night.event))


def told_start(night: ANight, name: str, at: datetime) -> datetime | None:
    return night_at(night.event.id, at).told(night.slot(name).id).starts_at


@pytest.fixture(autouse=True)
def ten_past_eight(night: ANight) -> Iterator[None]:
    with time_machine.travel(night.at("20:10"), tick=False):
        yield


def press(client: FlaskClient, path: str, **form: str) -> TestResponse:
    return client.post(path, data=form, follow_redirects=True)


def test_the_page_says_what_is_free_and_offers_every_way_out(client: FlaskClient, night: ANight) -> None:
    a_stand_in(night, "Ben Ode")

    page = words(client.get(HOLE))

    assert "50 minutes without anyone on" in page
    assert "Carlos Lumbi dropped out. Main stage is free from 8:20 PM until 9:10 PM; The Poor Nobodys is next" in page
    for way in ("Ask The Poor Nobodys to go on earlier", "Swap The Poor Nobodys and Priya Nair", "Ask a stand-in"):
        assert way in page
    assert "Let Josh Granowski play longer" in page
    assert "Fill the gap" in page


def test_bringing_forward_shows_what_a_yes_would_do_and_moves_nothing_before_it(
    client: FlaskClient, night: ANight
) -> None:
    first = {"starts": night.at("20:30").isoformat()}

    shown = words(press(client, f"{HOLE}/forward", **first))
    asked_after_looking = len(offers(night))
    done = words(press(client, f"{HOLE}/forward", **first, sure="1"))

    assert "Ask The Poor Nobodys to start at 8:30 PM? 1 person" in shown
    assert "Stage crew, 1 person" in shown
    assert (
        "1 person is asked in 30 seconds The Poor Nobodys The Poor Nobodys, could you start earlier: 8:30pm instead of "
        "9:30pm, tonight? Reply C for yes, X for no."
    ) in shown
    assert "1 person gets a text at once The Poor Nobodys OK The Poor Nobodys, you're on at 8:30pm, tonight" in shown
    assert "Undo before then" not in shown
    assert (asked_after_looking, len(offers(night))) == (0, 1)
    assert "Asked in 30 seconds. Nothing moves before a yes." in done
    assert "Asked at 8:10 PM" in done
    assert told_start(night, "The Poor Nobodys", night.at("20:10")) == night.at("21:30")


def test_it_says_when_those_who_move_along_hear_after_a_yes(client: FlaskClient, night: ANight) -> None:
    Playing(night.at("20:10")).tick()  # Cleo is told when to be there

    earlier = {"starts": night.at("20:30").isoformat()}
    shown = words(press(client, f"{HOLE}/forward", **earlier))

    assert "Texts go out a minute after the yes." in shown


def test_a_time_that_cannot_be_asked_is_refused_in_words(client: FlaskClient, night: ANight) -> None:
    refused = words(press(client, f"{HOLE}/forward", starts=night.at("21:40").isoformat()))

    assert "Choose a time before The Poor Nobodys is planned to start." in refused
    assert offers(night) == []


def test_the_words_that_stand_ins_would_read_are_shown_first(client: FlaskClient, night: ANight) -> None:
    a_stand_in(night, "Ben Ode")

    page = words(client.get(HOLE))

    assert "Whoever you choose gets a text in 30 seconds Ben Ode Ben, can you step in at The Old Chapel" in page
    assert "8:30-9pm, tonight. The first yes gets it. Reply C for yes, X for no." in page
    assert (offers(night), list(db.session.scalars(select(Message)))) == ([], [])


def test_a_yes_on_the_phone_moves_them_and_the_shift_that_follows(client: FlaskClient, night: ANight) -> None:
    press(client, f"{HOLE}/forward", starts=night.at("20:30").isoformat(), sure="1")

    press(client, f"/coordinate/justice-in-motion/dead-air/offers/{offers(night)[0].id}/yes")

    assert told_start(night, "The Poor Nobodys", night.at("20:10")) == night.at("20:30")
    assert night.shift("stage-crew-1").starts_at == night.at("20:20")


def test_no_longer_asking_and_a_no_leave_everything(client: FlaskClient, night: ANight) -> None:
    for answer, words_shown in (("no", "Said no"), ("withdraw", "No longer asked")):
        press(client, f"{HOLE}/forward", starts=night.at("20:30").isoformat(), sure="1")
        page = press(client, f"/coordinate/justice-in-motion/dead-air/offers/{offers(night)[0].id}/{answer}")

        assert words_shown in words(page)
    assert told_start(night, "The Poor Nobodys", night.at("20:10")) == night.at("21:30")


def test_swapping_is_shown_first(client: FlaskClient, night: ANight) -> None:
    shown = words(press(client, f"{HOLE}/swap"))
    press(client, f"{HOLE}/swap", sure="1")

    assert "Swap The Poor Nobodys with the act after it?" in shown
    assert told_start(night, "Priya Nair", night.at("20:10")) == night.at("21:30")


def test_a_speech_stands_in_the_hole_once_it_was_looked_at(client: FlaskClient, night: ANight) -> None:
    wrong = press(client, f"{HOLE}/between", kind="speech", name="", minutes="many")
    press(client, f"{HOLE}/between", kind="speech", name="Justice in Motion speaks", minutes="20", sure="1")

    assert wrong.status_code == 422
    assert "Enter who it is, or what it is." in words(wrong)
    speech = night.slot("Justice in Motion speaks")
    assert (speech.kind, speech.starts_local[11:], speech.length) == ("speech", "20:30", minutes(20))


def test_stand_ins_who_are_on_elsewhere_or_too_far_say_so(client: FlaskClient, night: ANight) -> None:
    a_stand_in(night, "Ben Ode", away=60)
    a_stand_in(night, "Cleo Cedar", away=5)  # on the crew, but that is later
    busy = a_stand_in(night, "Dan Elm", away=5)
    other = a_night(
        [a_slot("Elm Trio", "20:40", people=("Dan Elm",), minutes=30)], organisation=night.organisation, slug="x"
    )

    page = words(client.get(HOLE))
    press(client, f"{HOLE}/stand-ins", stand_in=str(busy.id))

    assert "Ben Ode 60 min away, 30 minutes Too far to be on time" in page
    assert "Cleo Cedar 5 min away, 30 minutes Dan Elm 5 min away, 30 minutes On elsewhere then Ben" in page
    assert (offers(night), other.event.slug) == ([], "x")


def test_the_first_stand_in_who_says_yes_is_in_the_running_order(client: FlaskClient, night: ANight) -> None:
    ben, cleo = a_stand_in(night, "Ben Ode"), a_stand_in(night, "Eve Fir")
    client.post(f"{HOLE}/stand-ins", data={"stand_in": [str(ben.id), str(cleo.id)]})
    asked = [offer.act.name for offer in offers(night)]

    press(client, f"/coordinate/justice-in-motion/dead-air/offers/{offers(night)[0].id}/yes")
    page = words(client.get(HOLE))

    assert sorted(asked) == ["Ben Ode", "Eve Fir"]
    assert told_start(night, "Eve Fir", night.at("20:10")) == night.at("20:30")
    assert "Someone else was first" in page or "There's no dead air" in page


def test_once_a_yes_is_taken_back_the_others_can_be_asked_again(client: FlaskClient, night: ANight) -> None:
    ben, eve = a_stand_in(night, "Ben Ode"), a_stand_in(night, "Eve Fir")
    knows_us(ben.act.people[0], eve.act.people[0])
    client.post(f"{HOLE}/stand-ins", data={"stand_in": [str(ben.id), str(eve.id)]})
    Playing(night.at("20:11")).tick()
    of_eve, _ = offers(night)
    answer_slot_offer(of_eve.id, yes=True, actor=ALICE, now=night.at("20:12"), people=[])
    given = words(client.get(HOLE))
    take_back_slot_answer(of_eve.id, actor=ALICE, now=night.at("20:13"), people=of_eve.act.people)

    free = words(client.get(HOLE))
    again = words(press(client, f"{HOLE}/stand-ins", stand_in=str(ben.id)))

    assert "Someone else was first" in given or "There's no dead air" in given
    assert "Ben Ode Was told it's filled Step in at 8:30 PM for 30 minutes Ask again" in free
    assert [(offer.act.name, offer.state) for offer in offers(night)] == [
        ("Ben Ode", "open"),
        ("Eve Fir", "open"),
        ("Ben Ode", "filled"),
    ]
    assert "Ben Ode Was told it's filled Step in at 8:30 PM for 30 minutes" in again
    assert "Ask again" not in again


def test_once_the_hole_is_closed_the_page_says_so(client: FlaskClient, night: ANight) -> None:
    asked = ask_to_come_forward(
        night.slot("The Poor Nobodys").id, night.at("20:35"), actor=ALICE, now=night.at("20:10")
    )
    press(client, f"/coordinate/justice-in-motion/dead-air/offers/{asked.id}/yes")

    assert "There's no dead air before The Poor Nobodys." in words(client.get(HOLE))


def test_nobody_is_asked_for_a_time_that_is_no_time(client: FlaskClient) -> None:
    assert client.post(f"{HOLE}/forward", data={"starts": "soon"}).status_code == 400


def test_a_stage_manager_of_another_stage_only_looks(sqlite_app: Flask, night: ANight) -> None:
    other = sign_in(sqlite_app.test_client(), a_coordinator("Vera", organisation=night.organisation, role="viewer"))

    page = words(other.get(HOLE))

    assert "50 minutes without anyone on" in page
    assert "Ask a stand-in" not in page
    assert other.post(f"{HOLE}/swap").status_code == 403
