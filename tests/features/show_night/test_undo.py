"""A press of the night is taken back from the page."""

from flask import Flask
from flask.testing import FlaskClient

from tests.builders import ANight, a_coordinator, a_night, a_slot, a_stage, sign_in
from tests.features.show_night.pressing import PAGE, at_time, press, undo_form
from tests.reading import words


def test_undo_puts_it_back(alice: FlaskClient, night: ANight) -> None:
    page = alice.get(press(alice, "carlos-lumbi", "end").location)
    address, form = undo_form(page, '"Undo: Carlos Lumbi finished 8:52"')

    undone = alice.post(address, data=form)

    assert (undone.status_code, undone.location) == (303, PAGE)
    assert night.slot("Carlos Lumbi").ended_at is None
    assert "On now Carlos Lumbi" in words(alice.get(PAGE))


def test_what_somebody_else_pressed_is_told_and_not_offered_for_undo(
    alice: FlaskClient, app: Flask, night: ANight
) -> None:
    bob = sign_in(app.test_client(), a_coordinator("Bob", organisation=night.organisation))
    press(bob, "carlos-lumbi", "end")

    page, of_bob = alice.get(PAGE), bob.get(PAGE)

    assert "Main stage: Carlos Lumbi finished, Bob, 8:52." in words(page)
    assert '"Undo: Carlos Lumbi finished 8:52"' not in page.text
    assert "Undo: Carlos Lumbi finished 8:52, marked by Bob" in words(page)
    assert "Main stage: Carlos Lumbi finished, you, 8:52. Nobody has been told yet. Undo" in words(of_bob)


def test_somebody_elses_press_is_undone_only_by_asking_for_it(alice: FlaskClient, app: Flask, night: ANight) -> None:
    bob = sign_in(app.test_client(), a_coordinator("Bob", organisation=night.organisation))
    own, own_form = undo_form(bob.get(press(bob, "carlos-lumbi", "end").location), 'finished 8:52"')

    refused = alice.post(own, data=own_form)
    stands = night.slot("Carlos Lumbi").ended_at
    said = words(alice.get(refused.location))
    expressly, of_bob = undo_form(alice.get(PAGE), "finished 8:52, marked by Bob")
    alice.post(expressly, data=of_bob)

    assert stands == night.at("20:52")
    assert "Bob marked that. To undo it, open Carlos Lumbi in the running order." in said
    assert night.slot("Carlos Lumbi").ended_at is None


def test_ones_own_press_on_another_stage_is_not_undone_from_this_one(client: FlaskClient) -> None:
    two = a_night(stages=[a_stage("Inside", [a_slot("Josh")]), a_stage("Patio", [a_slot("Ana")])])
    sign_in(client, a_coordinator(organisation=two.organisation))

    with at_time(two, "20:00"):
        press(client, "ana", "start")
        inside, patio = client.get(PAGE), client.get(f"{PAGE}?stage=patio")
        address, form = undo_form(patio, '"Undo: Ana started 8:00"')
        refused = client.post(address, data=form | {"stage": "inside"})
        stands = two.slot("Ana").started_at
        client.post(address, data=form)

    assert "Ana started" not in words(inside)
    assert (refused.location, stands) == (f"{PAGE}?stage=patio", two.at("20:00"))
    assert two.slot("Ana").started_at is None
