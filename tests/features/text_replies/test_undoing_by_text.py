"""UNDO by text of what the same person pressed on the page."""

import pytest
from flask import Flask

from coordinator.accounts.models import Actor, Coordinator
from coordinator.shownight.actions.pressing import cancel_slot, extend_set, start_set
from tests.builders import ANight, a_coordinator, a_night, a_slot, a_stage
from tests.playing import Playing, knows_us


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night(
        stages=[
            a_stage("Garden stage", [a_slot("Ana Alder", "20:00"), a_slot("Eva Elm", "21:00")]),
            a_stage("Barn", [a_slot("Ben Birch", "20:00")]),
        ]
    )


@pytest.fixture
def alice(night: ANight) -> Coordinator:
    found = a_coordinator("Alice", organisation=night.organisation)
    knows_us(found.person)
    return found


def heard(night: ANight, alice: Coordinator, *said: tuple[str, str]) -> list[str]:
    return Playing(night.at(said[0][0])).heard_by(alice.person.phone or "", [(night.at(at), body) for at, body in said])


def test_undo_takes_back_what_was_pressed_on_the_page(night: ANight, alice: Coordinator) -> None:
    start_set(night.slot("Ana Alder").id, actor=Actor.of(alice), now=night.at("20:01"))
    extend_set(night.slot("Ana Alder").id, 5, actor=Actor.of(alice), now=night.at("20:02"))

    said = heard(night, alice, ("20:03", "UNDO"), ("20:04", "UNDO"), ("20:05", "UNDO"))

    assert said[0].startswith("Undone: Ana Alder playing longer, Garden stage. On: Ana Alder since 8:01pm.")
    assert said[1].startswith("Undone: Ana Alder started at 8:01pm, Garden stage.")
    assert said[2] == "There's nothing from the last 10 minutes to undo."
    assert night.slot("Ana Alder").started_at is None


def test_undo_after_ten_minutes_takes_back_nothing(night: ANight, alice: Coordinator) -> None:
    cancel_slot(night.slot("Eva Elm").id, actor=Actor.of(alice), now=night.at("20:01"))

    assert heard(night, alice, ("20:12", "UNDO")) == ["There's nothing from the last 10 minutes to undo."]
    assert night.slot("Eva Elm").cancelled_at is not None


def test_undo_takes_back_nothing_that_somebody_else_pressed(night: ANight, alice: Coordinator) -> None:
    start_set(night.slot("Ana Alder").id, actor=Actor("Alice"), now=night.at("20:01"))

    assert heard(night, alice, ("20:02", "UNDO")) == ["There's nothing from the last 10 minutes to undo."]


def test_undo_that_may_mean_two_presses_asks_which(night: ANight, alice: Coordinator) -> None:
    start_set(night.slot("Ana Alder").id, actor=Actor.of(alice), now=night.at("20:01"))
    start_set(night.slot("Ben Birch").id, actor=Actor.of(alice), now=night.at("20:02"))

    said = heard(night, alice, ("20:03", "UNDO"), ("20:04", "4"), ("20:05", "UNDO BARN"))

    assert said[0] == "Which one? Reply 3 for Ben Birch 8:02pm, Barn; 4 for Ana Alder 8:01pm, Garden stage."
    assert said[1].startswith("Undone: Ana Alder started at 8:01pm, Garden stage.")
    assert said[2].startswith("Undone: Ben Birch started at 8:02pm, Barn.")


def test_undo_after_a_text_means_the_text_unless_a_press_came_later(night: ANight, alice: Coordinator) -> None:
    start_set(night.slot("Ben Birch").id, actor=Actor.of(alice), now=night.at("20:01"))
    playing, phone = Playing(night.at("20:01")), alice.person.phone or ""
    texted = [("20:02", "GO GARDEN"), ("20:03", "UNDO"), ("20:04", "GO GARDEN")]
    said = playing.heard_by(phone, [(night.at(at), body) for at, body in texted])
    extend_set(night.slot("Ben Birch").id, 5, actor=Actor.of(alice), now=night.at("20:05"))

    asked = playing.heard_by(phone, [(night.at("20:06"), "UNDO"), (night.at("20:07"), "4")])

    assert said[1].startswith("Undone: Ana Alder started at 8:02pm, Garden stage.")
    assert asked[0] == "Which one? Reply 3 for Ben Birch 8:05pm, Barn; 4 for Ana Alder 8:04pm, Garden stage."
    assert asked[1].startswith("Undone: Ana Alder started at 8:04pm, Garden stage.")
