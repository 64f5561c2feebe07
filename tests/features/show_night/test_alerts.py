"""What needs the stage manager: each kind in its place, with what can be done about it."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, Via
from coordinator.db import transaction
from coordinator.lineup.actions.answers import answer_slot, say_here, say_late
from coordinator.messaging.models import Call
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.actions.stage_holds import hold_and_tell
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.holding import hold_stage
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, start_set
from tests.builders import (
    ANight,
    a_coordinator,
    a_message,
    a_night,
    a_shift,
    a_slot,
    a_stage,
    minutes,
    sign_in,
)
from tests.features.show_night.pressing import PAGE, SAM, at_time, press, shown
from tests.reading import words


def kinds(page: TestResponse) -> list[str]:
    return re.findall(r'<li id="alert-([a-z_]+)-', page.text)


@pytest.fixture
def four(client: FlaskClient) -> ANight:
    """Ann, Bob, Cy and Dee from 8 PM, half an hour each; Sam runs the stage, and everyone is here."""
    night = a_night([a_slot(name, minutes=30, changeover=10) for name in ("Ann", "Bob", "Cy", "Dee")])
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    take_charge(night.stage.id, actor=SAM, now=night.at("18:30"))
    for name in ("Ann", "Bob", "Cy", "Dee"):
        slot = night.slot(name)
        say_here(slot, call_at=slot.starts_at, actor=SAM, now=night.at("21:00"))
    return night


def test_nothing_that_needs_anybody_is_said_in_the_same_place(client: FlaskClient, four: ANight) -> None:
    with at_time(four, "19:50"):
        page = client.get(PAGE)

    assert kinds(page) == []
    assert "Nothing needs you." in words(page)


def test_a_stage_that_nobody_runs_is_not_said_to_need_nothing(client: FlaskClient) -> None:
    night = a_night([a_slot("Ann", minutes=30)])
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    with at_time(night, "19:50"):
        page = words(client.get(PAGE))

    assert "Run this stage to see what needs you." in page
    assert "Nothing needs you." not in page


def test_alerts_stand_in_the_order_of_their_urgency(client: FlaskClient, four: ANight) -> None:
    dee, cy = four.slot("Dee"), four.slot("Cy")
    answer_slot(dee, "declined", actor=Actor("Dee", via=Via.TEXT), now=four.at("19:00"), people=dee.people)
    say_late(cy, minutes(20), now=four.at("19:30"), starts_at=four.at("21:40"), person=cy.people[0])
    say_here(four.slot("Bob"), call_at=four.at("19:40"), actor=SAM, now=four.at("19:50"), undo=True)

    with at_time(four, "20:10"):
        page = client.get(PAGE)

    assert kinds(page) == ["question", "cannot", "late", "not_here"]
    assert "Bob isn't here. Call was 7:40 PM" in words(page)


def test_who_is_not_here_is_marked_here_from_the_alert(client: FlaskClient, four: ANight) -> None:
    say_here(four.slot("Bob"), call_at=four.at("19:40"), actor=SAM, now=four.at("19:50"), undo=True)

    with at_time(four, "19:50"):
        client.post(f"{PAGE}/here/bob")
        page = client.get(PAGE)

    assert four.slot("Bob").said_here_at == four.at("19:50")
    assert kinds(page) == []


def test_here_before_check_in_opens_says_when_it_does(client: FlaskClient, four: ANight) -> None:
    say_here(four.slot("Dee"), call_at=four.at("21:00"), actor=SAM, now=four.at("21:00"), undo=True)

    with at_time(four, "18:40"):
        answer = client.post(f"{PAGE}/here/dee")
        page = words(client.get(answer.location))

    assert four.slot("Dee").said_here_at is None
    assert "Check-in opens at" in page


def test_a_set_is_cancelled_from_the_alert_with_one_press(client: FlaskClient, four: ANight) -> None:
    dee = four.slot("Dee")
    answer_slot(dee, "declined", actor=Actor("Dee", via=Via.TEXT), now=four.at("19:00"), people=dee.people)

    with at_time(four, "19:50"):
        client.post(f"{PAGE}/dee/cancel", data={"shown": shown(client.get(PAGE), "dee", "cancel")})

    assert four.slot("Dee").cancelled_at == four.at("19:50")


def test_who_must_be_called_about_a_slot_is_named_and_ticked_off_here(client: FlaskClient, four: ANight) -> None:
    with transaction():
        four.person("Bob").phone = None
    declare_late(four.slot("Bob").id, 20, actor=SAM, now=four.at("19:45"))
    for wall in ("19:46", "19:48"):
        plan(four.at(wall), public_url="https://show.example")

    with at_time(four, "19:50"):
        before = client.get(PAGE)
        address = re.search(r'action="([^"]*/show/calls/\d+)"', before.text)
        assert address is not None
        client.post(address[1])
        after = client.get(PAGE)

    assert "call" in kinds(before)
    assert "Tell Bob: Bob is now on at" in words(before)
    assert "call" not in kinds(after)


def test_a_stage_manager_ticks_calls_of_their_own_stages_only(client: FlaskClient) -> None:
    two = a_night(stages=[a_stage("Inside", [a_slot("Josh")]), a_stage("Patio", [a_slot("Ana")])])
    mia = a_coordinator("Mia", organisation=two.organisation, role="stage_manager")
    slot = two.slot("Josh")
    with transaction() as session:
        mia.stage_ids = [two.stages[1].id]
        call = Call(
            organisation_id=two.organisation.id, event_id=two.event.id, person_id=slot.people[0].id, kind="new_time",
            why="no_phone", about="Josh", slot_id=slot.id, anchor="set_start", says_at=two.at("20:30"),
            was_at=two.at("20:00"), dedupe_key="x", made_at=two.at("19:00"), useful_until=two.at("20:30"),
            changed_at=two.at("19:00"),
        )  # fmt: skip
        session.add(call)
    sign_in(client, mia)

    with at_time(two, "19:50"):
        answers = [client.post(f"{PAGE}/calls/{call.id}"), client.post(f"{PAGE}/here/josh")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert call.ticked_at is None


@pytest.mark.parametrize(
    ("cancelled", "gap"),
    [
        (["Bob"], "8:30–9:10 PM"),
        (["Ann"], "8:00–8:40 PM"),
        (["Bob", "Cy"], "8:30–9:50 PM"),
        (["Dee"], None),
        ([], None),
    ],
)
def test_dead_air_is_what_something_that_fell_out_leaves(
    client: FlaskClient, four: ANight, cancelled: list[str], gap: str | None
) -> None:
    for name in cancelled:
        cancel_slot(four.slot(name).id, actor=SAM, now=four.at("19:30"))

    with at_time(four, "19:50"):
        page = client.get(PAGE)

    assert ("dead_air" in kinds(page)) == (gap is not None)
    if gap:
        assert f"Dead air: nothing on {gap}" in words(page)
        assert " ".join(f"{name} dropped out." for name in cancelled) in words(page)
        assert "/dead-air/" in page.text


def test_a_stage_on_hold_says_so_first_and_leads_to_where_it_goes_on(client: FlaskClient, four: ANight) -> None:
    hold_stage(four.stage.id, "weather", actor=SAM, now=four.at("20:03"))

    with at_time(four, "20:10"):
        page = client.get(PAGE)

    assert kinds(page)[0] == "held"
    assert "On hold since 8:03 PM: bad weather" in words(page)
    assert f"/hold/{four.stage.key}" in page.text


def test_the_tab_with_the_texts_stays_in_the_night(client: FlaskClient, four: ANight) -> None:
    a_message(four, four.person("Bob"), body="What time?", direction="in", state="received", needs_answer=True)
    a_message(four, four.person("Cy"), slot_id=four.slot("Cy").id, due_at=four.at("20:20"), state="waiting")

    with at_time(four, "19:50"):
        show = client.get(PAGE)
        page = client.get(f"{PAGE}/texts")

    assert f'href="{PAGE}/texts"' in show.text
    assert 'class="tabs"' in page.text
    assert f'href="{PAGE}"' in page.text
    assert "Bob What time? Answer" in words(page)
    assert "Going out next 8:20 Cy" in words(page)


def test_each_stage_says_what_is_on_what_is_next_how_late_and_whether_it_needs_somebody(client: FlaskClient) -> None:
    two = a_night(
        stages=[
            a_stage("Inside", [a_slot("Josh", "20:00", minutes=30), a_slot("Ira", "20:40")], curfew="22:00"),
            a_stage("Patio", [a_slot("Ana", "20:00", minutes=30), a_slot("Uma", "20:30")], curfew="20:45"),
        ]
    )
    sign_in(client, a_coordinator(organisation=two.organisation))
    for name in ("Josh", "Ana"):
        start_set(two.slot(name).id, actor=SAM, now=two.at("20:00"))
    for name in ("Ira", "Uma"):
        say_here(two.slot(name), call_at=two.at("20:00"), actor=SAM, now=two.at("20:00"))
    uma = two.slot("Uma")
    answer_slot(uma, "declined", actor=Actor("Uma", via=Via.TEXT), now=two.at("19:00"), people=uma.people)

    with at_time(two, "20:05"):
        page = words(client.get(PAGE))

    assert "Inside on time On now: Josh Next: 8:40 Ira" in page
    assert "Patio 1 needs your attention +20 over On now: Ana Next: 8:35 Uma" in page


def test_the_badge_never_says_on_time_past_a_curfew(client: FlaskClient) -> None:
    late = a_night([a_slot("Josh", "20:00", minutes=60)], curfew="20:45")
    sign_in(client, a_coordinator(organisation=late.organisation))

    with at_time(late, "19:50"):
        page = words(client.get(PAGE))

    assert "7:50 PM 15 min over curfew" in page
    assert "On time" not in page


def test_starting_another_than_the_next_says_what_becomes_of_the_others(client: FlaskClient, four: ANight) -> None:
    start_set(four.slot("Ann").id, actor=SAM, now=four.at("20:00"))

    with at_time(four, "20:20"):
        page = words(client.get(f"{PAGE}?verb=start&slot=dee"))

    assert "Ann ends with it. Bob is left out, and nobody tells them." in page
    assert "Cy is left out" in page
    assert "Bob 8:40 PM canceled" not in page


def test_a_pinned_slot_that_cannot_hold_is_said_before_the_press(client: FlaskClient) -> None:
    night = a_night([a_slot("Ann", minutes=30), a_slot("Bob", minutes=30, changeover=5, changeover_min=5, pinned=True)])
    sign_in(client, a_coordinator(organisation=night.organisation))
    start_set(night.slot("Ann").id, actor=SAM, now=night.at("20:00"))

    with at_time(night, "20:20"):
        page = words(client.get(PAGE))

    assert "+5 min: 1 act, no texts, Bob can't hold its time, ends" in page


def test_a_changeover_of_no_minutes_is_not_shown(client: FlaskClient) -> None:
    night = a_night([a_slot("Ann", "20:00", minutes=30), a_slot("Bob", "20:30", minutes=30, changeover=0)])
    sign_in(client, a_coordinator(organisation=night.organisation))

    with at_time(night, "19:50"):
        page = words(client.get(PAGE))

    assert "Changeover" not in page


def test_the_second_of_two_who_press_the_same_is_told_who_was_first(alice: FlaskClient, night: ANight) -> None:
    form = {"shown": shown(alice.get(PAGE), "carlos-lumbi", "end")}
    end_set(night.slot("Carlos Lumbi").id, actor=Actor("Ana"), now=night.at("20:51:57"))

    answer = alice.post(f"{PAGE}/carlos-lumbi/end", data=form)
    page, again = words(alice.get(answer.location)), words(alice.get(answer.location))

    assert answer.location == PAGE
    assert "Ana marked that 3 seconds ago." in page
    assert "Next 9:30 PM The Poor Nobodys" in page
    assert "Ana marked that" not in again


def test_an_act_that_is_here_is_here_for_all_its_sets_and_on_every_tab(client: FlaskClient) -> None:
    night = a_night(
        [a_slot("Ann", "20:00", minutes=30), a_slot("Bob", "20:40", minutes=30)],
        shifts=[a_shift("Door", "19:00", "19:45", people=("Bob",))],
    )
    sign_in(client, a_coordinator(organisation=night.organisation))
    with transaction():
        sign_up = night.shift("door-1").sign_ups[0]
        sign_up.state, sign_up.here_at = "checked_in", night.at("18:55")

    with at_time(night, "19:50"):
        show, people = (words(client.get(f"/coordinate/justice-in-motion/{page}")) for page in ("show", "people"))

    assert "Bob In the building since 6:55 PM Here" in show
    assert "Bob On at 8:40 PM Here since 6:55 PM" in people


def test_what_was_marked_is_signed_and_gone_from_the_bar_for_undo_after_a_minute(
    client: FlaskClient, night: ANight
) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    with at_time(night, "20:52"):
        press(client, "carlos-lumbi", "end")
    with at_time(night, "20:52:40"):
        later = client.get(PAGE)
    with at_time(night, "20:53:01"):
        gone = client.get(PAGE)

    assert "Main stage: Carlos Lumbi finished, you, 8:52. Undo" in words(later)
    assert 'id="pressed"' not in gone.text
    assert "Main stage: Carlos Lumbi finished, Alice, 8:52." in words(gone)
    assert "Undo: Carlos Lumbi finished 8:52, marked by Alice" in words(gone)


def test_who_else_has_marked_something_lately_is_named(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    a_message(night, night.person("Carlos Lumbi"), slot_id=night.slot("Carlos Lumbi").id)

    with at_time(night, "20:52"):
        now_on = words(client.get(PAGE))
    with at_time(night, "20:56"):
        alone = words(client.get(PAGE))

    assert "Also on: Sam Stage" in now_on
    assert "Also on" not in alone


def test_a_stage_on_hold_asks_for_nothing_else(client: FlaskClient, four: ANight) -> None:
    hold_and_tell(four.stage.id, "lightning", actor=SAM, now=four.at("19:50"))

    with at_time(four, "20:20"):
        page = client.get(PAGE)

    assert kinds(page) == ["held"]
