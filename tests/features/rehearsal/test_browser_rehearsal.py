"""The rehearsal of the browser: a whole night in one page, the same as the command's, and nothing of it written."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, Organisation
from coordinator.db import transaction
from coordinator.features.dead_air.actions import StandInFacts, add_stand_in
from coordinator.features.event_document.dump import dump
from coordinator.features.performers.actions import PerformerFacts
from coordinator.features.rehearsal.views.rehearsal import ROOM
from coordinator.messaging.gateway import RecordingGateway
from coordinator.services import services
from tests.builders import (
    ANight,
    a_coordinator,
    a_night,
    a_shift,
    a_slot,
    a_stage_manager,
    an_organisation,
    sign_in,
)
from tests.reading import Element, forms_of, read_page, words
from tests.test_every_page import everything

PAGE = "/coordinate/justice-in-motion/rehearsal"
EIGHT = "2026-12-04T20:00:00-05:00"
NINE = "2026-12-04T21:00:00-05:00"


def a_small_night(organisation: Organisation | None = None) -> ANight:
    night = a_night(
        [
            a_slot("Josh Granowski", minutes=30, answer="confirmed"),
            a_slot("Carlos Lumbi", minutes=30, changeover=10, answer="confirmed"),
        ],
        shifts=[a_shift("Door", "19:15", "20:45", people=("Dana",))],
        organisation=organisation,
        published=True,
    )
    a_stage_manager(night, "Sam Stage")
    return night


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_small_night()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    return sign_in(client, a_coordinator(organisation=night.organisation))


def script(*steps: dict[str, Any]) -> str:
    return json.dumps(list(steps))


def start(slot: str = "josh-granowski", at: str = EIGHT) -> dict[str, Any]:
    return {"at": at, "do": "start", "slot": slot}


def play(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post(PAGE, data=fields)


def again(client: FlaskClient, page: TestResponse, **fields: str) -> TestResponse:
    """What the page's own form sends, with what was pressed."""
    return client.post(PAGE, data=_kept(page) | fields)


def _kept(page: TestResponse) -> dict[str, str]:
    """The script, the tick and the moment, as the browser sends them."""
    elements = list(read_page(page.text).elements)
    fields = {"script": next(each.words for each in elements if each.attributes.get("id") == "script")}
    fields |= {"at": next(each.attributes["value"] for each in elements if each.attributes.get("name") == "at")}
    ticked = any(each.attributes.get("name") == "on_time" and "checked" in each.attributes for each in elements)
    return fields | ({"on_time": "1"} if ticked else {})


def seen(page: TestResponse, person: str) -> list[str]:
    """The texts that are seen on the person's phone, the newest first."""
    phone = next(each for each in read_page(page.text).elements if each.attributes.get("id") == f"phone-{person}")
    return [each.words for each in phone.elements if _is_bubble(each) and "hidden" not in each.attributes]


def _is_bubble(element: Element) -> bool:
    return "bubble" in element.attributes.get("class", "").split()


def stage(page: TestResponse) -> str:
    """What is said of the first stage at the moment."""
    shots = [each for each in read_page(page.text).elements if "shot" in each.attributes.get("class", "").split()]
    return next(shot.words for shot in shots if "hidden" not in shot.attributes)


def buttons(page: TestResponse, words: str) -> list[Element]:
    return [
        each for each in read_page(page.text).elements if each.attributes.get("name") == "to" and each.words == words
    ]


def error(page: TestResponse, field: str) -> str:
    return next(each.words for each in read_page(page.text).elements if each.attributes.get("id") == f"{field}-error")


def test_nothing_is_written_and_nothing_leaves(app: Flask, alice: FlaskClient) -> None:
    alice.get(PAGE)
    gateway, mail_line = RecordingGateway(), RecordingGateway()
    app.extensions["callboard"] = replace(services(), gateway=gateway, mail_line=mail_line)
    before = everything()

    page = play(alice, ready="late")
    page = again(alice, page, press="cancel", slot="carlos-lumbi")
    page = again(alice, page, say="josh-granowski X")
    page = again(alice, page, press="hold", reason="Weather", at=EIGHT)
    page = again(alice, page, press="no_show", person="dana", at=EIGHT)

    assert page.status_code == 200
    assert "texts" in words(page)
    assert everything() == before
    assert (gateway.texts, mail_line.texts) == ([], [])


def test_the_texts_are_those_of_the_command(app: Flask, client: FlaskClient, tmp_path: Any) -> None:
    night = a_small_night(an_organisation("Callboard"))  # as the command names whoever has no name
    alice = sign_in(client, a_coordinator(organisation=night.organisation))
    steps = script(
        {"at": "2026-12-04T19:50:00-05:00", "do": "late", "slot": "josh-granowski", "minutes": 10},
        {"at": "2026-12-04T20:10:00-05:00", "do": "text", "from": "sam-stage", "body": "GO"},
    )
    (tmp_path / "night.json").write_text(json.dumps(dump(night.event)))
    (tmp_path / "script.json").write_text(steps)

    page = play(alice, script=steps, own="1")

    asked = ["rehearse", str(tmp_path / "night.json"), "--script", str(tmp_path / "script.json"), "--json"]
    told = json.loads(app.test_cli_runner().invoke(args=asked).stdout)["texts"]
    listed = [each.words for each in read_page(page.text).elements if each.attributes.get("class") == "words small"]
    assert listed == [" ".join(text["body"].split()) for text in told]
    assert len(listed) > 8


def test_what_the_stage_manager_presses_is_a_script_of_its_own(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night = a_small_night()
    alice = sign_in(sqlite_client, a_coordinator(organisation=night.organisation))

    calm = play(alice, ready="calm")

    whole = next(each.words for each in read_page(calm.text).elements if each.attributes.get("id") == "whole-script")
    assert [(step["do"], step["slot"], step["at"][11:16]) for step in json.loads(whole)] == [
        ("start", "josh-granowski", "20:00"),
        ("end", "josh-granowski", "20:30"),
        ("start", "carlos-lumbi", "20:40"),
        ("end", "carlos-lumbi", "21:10"),
    ]
    assert summary(play(alice, script=whole, own="1")) == summary(calm)


def summary(page: TestResponse) -> str:
    return words(page).partition("The whole night")[2].partition("The script")[0]


def test_a_late_start_moves_what_follows_and_is_told(alice: FlaskClient) -> None:
    page = play(alice, ready="late")
    page = again(alice, page, to="2026-12-04T20:27:00-05:00")

    assert "25 min late On now Josh Granowski 8:25–8:55 PM Next Carlos Lumbi" in stage(page)
    assert "new time: you're on at 9pm" in seen(page, "carlos-lumbi")[0]


def test_a_happening_by_hand_changes_what_follows(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:20:00-05:00")
    assert "On time" in stage(page)

    page = again(alice, page, press="late", slot="josh-granowski", minutes="20")
    assert "20 min late" in stage(page)
    page = again(alice, page, to="text")

    assert "new time: you're on at 8:20pm, was 8pm" in seen(page, "josh-granowski")[0]
    assert json.loads(_kept(page)["script"]) == [
        {"at": "2026-12-04T19:20:00-05:00", "do": "late", "slot": "josh-granowski", "minutes": 20}
    ]
    page = again(alice, page, drop="0")
    assert "On time" in stage(page)
    assert "new time" not in seen(page, "josh-granowski")[0]


def test_it_opens_with_the_first_text_or_the_first_happening(alice: FlaskClient) -> None:
    texts = play(alice, ready="nobody")
    before = {"at": "2026-11-27T12:00:00-05:00", "do": "late", "slot": "josh-granowski", "minutes": 5}
    happening = play(alice, script=script(before, start()), own="1")

    at = _kept(texts)["at"]
    assert any(seen(texts, name) for name in ("josh-granowski", "carlos-lumbi", "dana"))
    assert [_kept(again(alice, texts, to="text", at="2026-11-27T00:30:00Z"))["at"]] == [at]
    assert _kept(happening)["at"] == "2026-11-27T17:00:00Z"


def test_a_held_stage_tells_who_is_on_soon_and_goes_on(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="calm"), to="2026-12-04T19:45:00-05:00")
    page = again(alice, page, press="hold", reason="Lightning")
    assert page.status_code == 200  # though the script doesn't end it yet
    page = again(alice, page, press="go_on", minutes="10", at="2026-12-04T20:10:00-05:00")
    page = again(alice, page, to="2026-12-04T20:21:00-05:00")

    assert "Lightning" in " ".join(seen(page, "josh-granowski"))
    assert "The stage is held: Lightning" in words(page)
    assert "The stage goes on in 10 min" in words(page)
    assert "On now Josh Granowski 8:20–8:50 PM" in stage(page)  # started by the stage manager, once it may


def test_two_acts_swap(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T18:00:00-05:00")
    page = again(alice, page, press="swap", slot="josh-granowski")
    page = again(alice, page, to="2026-12-04T18:10:00-05:00")

    assert "Next Carlos Lumbi 8:00 PM" in stage(page)
    assert "8:40pm" in seen(page, "josh-granowski")[0]


@pytest.mark.parametrize(("answer", "is_on"), [("C", True), ("X", False)])
def test_a_stand_in_is_asked_and_answers(client: FlaskClient, answer: str, is_on: bool) -> None:
    night = a_night([a_slot("Josh", minutes=30), a_slot("Carlos", "20:40"), a_slot("Zoe", "22:00")], published=True)
    ana = PerformerFacts("Ana", "+12125550177", "en", agreed_how="by phone", words="Yes")
    facts = StandInFacts("Ana Duo", 20, timedelta(minutes=30), None, ana)
    add_stand_in(night.event, facts, actor=Actor("Alice"), now=night.at("12:00"))
    alice = sign_in(client, a_coordinator(organisation=night.organisation))

    page = again(alice, play(alice, ready="calm"), to="2026-12-04T19:00:00-05:00")
    page = again(alice, page, press="cancel", slot="carlos")
    page = again(alice, page, press="stand_in", slot="zoe", act="ana-duo", at="2026-12-04T19:10:00-05:00")
    page = again(alice, page, say=f"ana {answer}", at="2026-12-04T19:15:00-05:00")
    page = again(alice, page, to="2026-12-04T20:50:00-05:00")

    assert "Ana Duo is asked to play before Zoe" in words(page)
    assert ("On now Ana Duo" in stage(page)) is is_on


def test_a_volunteer_does_not_show_up(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:20:00-05:00")
    page = again(alice, page, press="no_show", person="dana")
    page = again(alice, page, to="2026-12-04T19:25:00-05:00")

    assert "Dana doesn't show up" in words(page)
    assert not [each for each in read_page(page.text).elements if each.attributes.get("id") == "person-error"]
    assert "Didn't happen" not in words(page)


def test_what_the_desk_does_is_a_script_like_the_rest(alice: FlaskClient) -> None:
    steps: list[dict[str, Any]] = [
        {"at": "2026-12-04T19:30:00-05:00", "do": "hold", "stage": "main-stage", "reason": "Weather"},
        {"at": "2026-12-04T19:40:00-05:00", "do": "go_on", "stage": "main-stage", "minutes": 0},
        {"at": "2026-12-04T19:41:00-05:00", "do": "no_show", "person": "dana"},
        {"at": "2026-12-04T19:42:00-05:00", "do": "swap", "slot": "josh-granowski"},
    ]

    page = play(alice, script=script(*steps), own="1")

    assert page.status_code == 200
    assert json.loads(_kept(page)["script"]) == steps


def test_an_answer_from_a_phone_is_understood(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:30:00-05:00")

    page = again(alice, page, **{"say": "josh-granowski", "text-josh-granowski": "late 10"})

    assert [text.partition(" Fri")[0] for text in seen(page, "josh-granowski")[:2]][1] == "late 10"
    assert "8:10pm" in seen(page, "josh-granowski")[0]


def test_enter_in_a_phone_sends_what_was_typed_there(alice: FlaskClient) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:30:00-05:00")

    page = again(alice, page, **{"to": "stay", "text-dana": "when", "text-josh-granowski": ""})

    assert seen(page, "dana")[1].startswith("when")


def test_each_step_leads_to_the_next_text_minute_or_happening(alice: FlaskClient) -> None:
    page = play(alice, script=script(start()), own="1")
    first = again(alice, page, to="text")
    minute = again(alice, first, to="minute")
    happening = again(alice, minute, to="happening")
    end = again(alice, happening, to="happening")

    moments = [_kept(each)["at"] for each in (page, first, minute, happening, end)]
    start_again = again(alice, end, to=next(each.attributes["value"] for each in buttons(page, "From the start")))
    assert _kept(start_again)["at"] == "2026-11-27T00:30:00Z"  # 8 days before doors
    assert sum(len(seen(first, name)) for name in ("josh-granowski", "carlos-lumbi", "dana", "sam-stage")) >= 1
    assert moments[1] < moments[2] < moments[3]
    assert moments[3:] == ["2026-12-05T01:00:00Z", "2026-12-05T10:00:00Z"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("{", "Not JSON: expecting property name enclosed in double quotes at line 1, column 2."),
        (script(start() | {"minutes": 5}), 'Step 1: "start" takes no minutes; they belong to late and extend.'),
        (script(start("x")), f"The step \"start\" at {EIGHT} names slot 'x', which is not there."),
        (
            script(start(), start(at=NINE)),
            f'The step "start" at {NINE} cannot be taken. Josh Granowski has already started.',
        ),
        (script(*[start()] * 301), "A script here is limited to 300 steps."),
    ],
)
def test_a_wrong_script_is_refused_with_its_words_and_kept(alice: FlaskClient, typed: str, sentence: str) -> None:
    page = play(alice, script=typed, own="1")

    assert (page.status_code, error(page, "script")) == (422, sentence)
    assert json.dumps(typed) == json.dumps(forms_of(page.text)[-1].fields["script"])


@pytest.mark.parametrize(
    ("pressed", "field", "sentence"),
    [
        ({"press": "extend", "slot": "carlos-lumbi", "minutes": "10"}, "slot", "hasn't started yet"),
        ({"press": "late", "slot": "carlos-lumbi", "minutes": "ten"}, "minutes", "Enter a whole number of minutes"),
        ({"press": "restore", "slot": "carlos-lumbi"}, "slot", "Carlos Lumbi isn't canceled."),
        ({"press": "start", "slot": "nothing"}, "slot", "names slot 'nothing', which is not there."),
        ({"press": "go_on", "minutes": "10"}, "reason", "isn't on hold"),
        ({"press": "hold", "reason": " "}, "reason", "Say why, in a few words."),
        ({"press": "swap", "slot": "nothing"}, "slot", "names slot 'nothing', which is not there."),
        ({"press": "no_show", "person": "nobody"}, "person", "nobody has no shift to come at that time."),
        ({"press": "boo", "slot": "carlos-lumbi"}, "slot", "Choose what happens."),
        ({"say": "dana", "text-dana": " "}, "text-dana", "Enter a text first, like C."),
        ({"say": "dana", "text-dana": "x" * 1601}, "text-dana", "Texts are limited to 1,600 characters."),
    ],
)
def test_what_cannot_happen_is_said_beside_its_field(
    alice: FlaskClient, pressed: dict[str, str], field: str, sentence: str
) -> None:
    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:30:00-05:00")

    after = again(alice, page, **pressed)

    assert after.status_code == 422
    assert sentence in error(after, field)
    assert _kept(after) == _kept(page)
    if "text-dana" in pressed and pressed["text-dana"].strip():
        assert pressed["text-dana"] in after.text


def test_a_step_that_became_impossible_is_skipped_and_says_why(alice: FlaskClient) -> None:
    page = play(alice, script=script(start(), start("carlos-lumbi", NINE)), own="1")

    page = again(alice, page, press="cancel", slot="carlos-lumbi")

    assert page.status_code == 200
    assert "Didn't happen: Carlos Lumbi is canceled. Bring it back first." in words(page)


def test_who_has_no_phone_would_have_to_be_told_in_person(alice: FlaskClient, night: ANight) -> None:
    with transaction():
        dana = night.person("Dana")
        dana.phone = dana.agreed_at = None

    page = again(alice, play(alice, ready="nobody"), to="2026-12-04T19:30:00-05:00")

    phone = next(each for each in read_page(page.text).elements if each.attributes.get("id") == "phone-dana")
    assert "We don't have their number. You'd have to tell them in person." in phone.words
    assert not [each for each in phone.elements if each.attributes.get("name", "").startswith("text-")]


def test_no_link_on_a_rehearsed_phone_opens_anything(client: FlaskClient) -> None:
    night = a_night()
    alice = sign_in(client, a_coordinator(organisation=night.organisation))

    page = again(alice, play(alice, ready="calm"), to=EIGHT)

    links = set(re.findall(r"/me/([\w-]+)", " ".join(seen(page, "josh-granowski"))))
    assert links
    assert all(link.startswith("personal-link-") for link in links)


def test_a_show_that_takes_too_long_is_refused_in_words(app: Flask, alice: FlaskClient) -> None:
    app.extensions[ROOM].most_seconds = 0.0

    page = play(alice, script=script(start()), own="1")

    assert page.status_code == 503
    assert "This show is too large to play in a browser." in words(page)
    assert json.loads(forms_of(page.text)[-1].fields["script"]) == [start()]


def test_who_comes_third_is_asked_to_try_again(app: Flask, alice: FlaskClient) -> None:
    places = app.extensions[ROOM].places
    assert places.acquire(blocking=False)
    assert places.acquire(blocking=False)

    page = play(alice, ready="calm")

    places.release()
    assert (page.status_code, "Other rehearsals are being played right now." in words(page)) == (503, True)
    places.release()
    assert play(alice, ready="calm").status_code == 200


def test_a_night_that_was_played_is_not_played_again_for_each_step(app: Flask, alice: FlaskClient) -> None:
    page = play(alice, ready="calm")
    app.extensions[ROOM].most_seconds = 0.0  # whatever is played now is refused

    assert again(alice, page, to="minute").status_code == 200
    assert again(alice, page, press="cancel", slot="carlos-lumbi").status_code == 503


def test_a_show_without_a_time_has_nothing_to_rehearse(client: FlaskClient) -> None:
    night = a_night([], doors=None)
    alice = sign_in(client, a_coordinator(organisation=night.organisation))

    assert "There's nothing to rehearse yet" in words(alice.get(PAGE))
    assert play(alice, ready="calm").status_code == 422


def test_the_page_speaks_spanish(alice: FlaskClient) -> None:
    page = alice.post(f"{PAGE}?lang=es", data={"script": "{", "own": "1"})

    assert error(page, "script").startswith("No es JSON")


def test_a_lock_is_free_after_a_refusal(app: Flask, alice: FlaskClient) -> None:
    play(alice, script=script(start("x")), own="1")

    turn: Lock = app.extensions[ROOM].turn
    assert turn.acquire(blocking=False)
    turn.release()
