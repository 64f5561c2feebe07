"""Whoever is in two places at once stands on every page that should know, however it came to be."""

import html
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.events.queries import event_by_slug
from coordinator.features.event_document.dump import dump_text
from coordinator.features.people_list.pasting.shifts import paste_shifts
from coordinator.lineup.actions.members import add_member
from coordinator.lineup.actions.moves import move_times
from coordinator.lineup.models import ActAnswer
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from coordinator.reminders.previews.outlook import preview
from coordinator.shifts.actions.clashes import accept_clash, reopen_clash
from coordinator.shifts.actions.planning import edit_shift
from coordinator.shifts.clash_words import clash_words
from coordinator.shifts.models import AcceptedClash, SignUp
from coordinator.shifts.queries.clashes import PersonClash, clashes_of, standing
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import (
    ANight,
    a_coordinator,
    a_night,
    a_person,
    a_shift,
    a_slot,
    a_stage,
    minutes,
    sign_in,
)
from tests.documents import small
from tests.queries import counted
from tests.reading import words

NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)  # three days before the show
ALICE = Actor("Alice")
JOSH = "Josh Granowski"
AT_ONCE = "Front door (Street), 7:00–9:00 PM, and Josh Granowski (Main stage), 8:00–8:20 PM: 20 min at once."


def found_in(night: ANight, now: datetime = NOW) -> list[tuple[str, str, int]]:
    """Who, which kind, how many minutes."""
    return [
        (each.person.name, each.overlap.kind, each.overlap.minutes) for each in standing(clashes_of(night.event, now))
    ]


def the_clash(night: ANight, now: datetime = NOW) -> PersonClash:
    (clash,) = clashes_of(night.event, now)
    return clash


def at_door(*people: str, starts: str = "19:00", ends: str = "21:00") -> Any:
    return a_shift("Front door", starts, ends, people=people, place="Street", max=5)


# ---- what counts ---------------------------------------------------------------------------------------------------


def test_a_performer_who_is_on_a_shift_meanwhile_is_found(app: Flask) -> None:
    assert found_in(a_night(shifts=[at_door(JOSH, "Ana Ruiz")])) == [(JOSH, "same_time", 20)]


def test_someone_in_two_acts_on_two_stages_is_found(app: Flask) -> None:
    main = a_stage("Main stage", [a_slot("Josh Granowski", "20:00")])
    garden = a_stage("Garden", [a_slot("The Poor Nobodys", "20:20", people=(JOSH, "Mia Wu"))])

    assert found_in(a_night(stages=[main, garden])) == [(JOSH, "same_time", 10)]


def test_a_host_who_goes_on_again_on_the_same_stage_is_not_found(app: Flask) -> None:
    slots = [a_slot("Host", "20:00", people=(JOSH,)), a_slot("Again", "20:35", changeover=5, people=(JOSH,))]

    assert found_in(a_night(slots)) == []


def test_crew_of_the_changeover_before_their_own_set_is_found(app: Flask) -> None:
    slots = [a_slot("Mia Wu", "20:00"), a_slot(JOSH, "20:45")]

    night = a_night(slots, shifts=[a_shift("Stage crew", follows=JOSH, people=(JOSH,))])

    assert found_in(night) == [(JOSH, "too_close", 20)]


def test_a_performer_has_to_clear_the_stage_before_their_shift(app: Flask) -> None:
    slots = [a_slot(JOSH, "20:00", minutes=30), a_slot("Mia Wu", "20:45", changeover_min=8)]
    close, far = at_door(JOSH, starts="20:42", ends="21:30"), at_door(JOSH, starts="20:43", ends="21:30")

    assert found_in(a_night(slots, shifts=[close])) == [(JOSH, "too_close", 1)]
    assert found_in(a_night(slots, shifts=[far], slug="other")) == []


def test_too_little_rest_between_two_shifts_is_found(app: Flask) -> None:
    night = a_night(shifts=[at_door("Ana Ruiz"), at_door("Ana Ruiz", starts="21:10", ends="22:00")])

    assert found_in(night) == [("Ana Ruiz", "rest", 5)]


def test_a_shift_at_another_show_of_the_organization_is_found_at_both(app: Flask) -> None:
    ours = a_night(shifts=[at_door("Ana Ruiz")])
    other = a_night([], organisation=ours.organisation, slug="other", shifts=[at_door("Ana Ruiz", starts="20:30")])

    assert found_in(ours) == found_in(other) == [("Ana Ruiz", "same_time", 30)]


@pytest.mark.parametrize("gone", ["canceled set", "declined set", "canceled shift", "left shift"])
def test_what_does_not_take_place_clashes_with_nothing(app: Flask, gone: str) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    with transaction():
        slot, shift = night.slot(JOSH), night.shift("front-door-1")
        slot.cancelled_at = NOW if gone == "canceled set" else None
        slot.answer = ActAnswer.DECLINED if gone == "declined set" else slot.answer
        shift.cancelled_at = NOW if gone == "canceled shift" else None
        if gone == "left shift":
            shift.sign_ups[0].state = "cancelled"

    assert found_in(night) == []


def test_what_is_past_is_history(app: Flask) -> None:
    night = a_night(shifts=[at_door(JOSH)])

    assert found_in(night, night.at("20:59")) != []
    assert found_in(night, night.at("21:00")) == []


def test_the_times_that_people_are_told_count(app: Flask) -> None:
    night = a_night(shifts=[at_door(JOSH, starts="18:00", ends="19:40"), at_door(JOSH, starts="20:35", ends="21:30")])
    assert found_in(night) == []

    declare_late(night.slot(JOSH).id, 15, actor=ALICE, now=night.at("19:45"))

    assert found_in(night, night.at("19:46")) == [(JOSH, "too_close", 10)]


def test_it_takes_the_same_number_of_queries_for_one_and_for_many(app: Flask) -> None:
    few = a_night(shifts=[at_door(JOSH, "Carlos Lumbi")])
    many = a_night(
        slug="many",
        shifts=[
            at_door(JOSH, "Carlos Lumbi", *(f"Ana {n}" for n in range(3)), starts=f"{hour}:00")
            for hour in (17, 18, 19, 20)
        ],
    )

    for night in (few, many):
        clashes_of(night.event, NOW)  # whatever stays known to the session is read
    with counted() as first:
        clashes_of(few.event, NOW)
    with counted() as second:
        clashes_of(many.event, NOW)

    assert len(first) == len(second) <= 14


PLACES = ("needs", "risk", "order", "report")
PASTED = f"role,starts,ends,max,place,person\nFront door,19:00,21:00,2,Street,{JOSH}\n"


def test_what_is_too_close_says_when_to_be_there_and_another_show_says_its_name_and_day(app: Flask) -> None:
    slots = [a_slot("Mia Wu", "20:00"), a_slot(JOSH, "20:45")]
    night = a_night(slots, shifts=[at_door(JOSH, starts="19:00", ends="20:28")])
    other = a_night([], organisation=night.organisation, slug="other", on=date(2026, 12, 5), title="Spring gala")
    with transaction():
        other.add_shift(at_door("Mia Wu", starts="20:00-1", ends="20:10-1"))

    said = [clash_words(each, night.event, "en") for each in clashes_of(night.event, NOW)]
    there = [clash_words(each, other.event, "en") for each in clashes_of(other.event, NOW)]

    assert said == [
        "Front door (Street), Spring gala, 8:00–8:10 PM, and Mia Wu (Main stage), 8:00–8:30 PM: 10 min at once.",
        "Front door (Street), 7:00–8:28 PM, then Josh Granowski (Main stage), 8:45–9:15 PM, be there 8:30 PM: "
        "3 min short of the 20 min needed.",
    ]
    assert there == [
        "Front door (Street), Fri, Dec 4, 8:00–8:10 PM, and Mia Wu (Main stage), Songs for Justice in Motion, "
        "Fri, Dec 4, 8:00–8:30 PM: 10 min at once."
    ]


# ---- four ways in, four places -------------------------------------------------------------------------------------


def loaded(folder: Path, app: Flask, text: str) -> str:
    """What ``flask event load`` says on the side of this document."""
    file = folder / "benefit.json"
    file.write_text(text, encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["event", "load", str(file)])
    assert result.exit_code == 0, result.output
    return result.stderr


def seen_everywhere(night: ANight, client: FlaskClient, folder: Path) -> dict[str, str]:
    """What Needs you, At risk, the running order and the report of a load say of the one clash."""
    sign_in(client, a_coordinator("Bob", organisation=night.organisation))
    report = loaded(folder, client.application, dump_text(night.event))
    pages = {"needs": "", "risk": "/volunteers/risk", "order": "/order"}
    said = {name: clash_on(client.get(f"/coordinate/{night.event.slug}{page}").text) for name, page in pages.items()}
    return said | {"report": report.removeprefix(f"clash: {JOSH} has two things at once. ").strip()}


def clash_on(page: str) -> str:
    """The words of the first clash on a page; empty when there is none."""
    found = re.search(r'id="clash-[^"]*">(.*?)</p>', page, re.DOTALL)
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[1]) if found else ""
    return " ".join(html.unescape(words).split()).removeprefix(f"{JOSH} has two things at once").lstrip(". ")


@pytest.fixture
def client(sqlite_client: FlaskClient, now: datetime) -> FlaskClient:
    return sqlite_client


def test_a_clash_that_a_document_brings_is_on_all_four_places(client: FlaskClient, tmp_path: Path) -> None:
    document = small()
    document["sign_ups"].append({"shift": "door-1", "person": "josh"})
    document["shifts"][0]["place"] = "Street"

    report = loaded(tmp_path, client.application, json.dumps(document))

    event = event_by_slug("benefit")
    assert event is not None
    words = "Front door (Street), 7:15–8:45 PM, and Josh Granowski (Main stage), 8:00–8:20 PM: 20 min at once."
    assert report == f"clash: {JOSH} has two things at once. {words}\n"
    assert seen_everywhere(ANight(event, event.organisation), client, tmp_path) == dict.fromkeys(PLACES, words)


def test_a_shift_that_was_moved_onto_a_set_is_on_all_four_places(client: FlaskClient, tmp_path: Path) -> None:
    night = a_night(shifts=[at_door(JOSH, starts="17:00", ends="19:00")])
    assert (
        clash_on(
            sign_in(client, a_coordinator(organisation=night.organisation)).get("/coordinate/justice-in-motion").text
        )
        == ""
    )

    shift = night.shift("front-door-1")
    edit_shift(shift, actor=ALICE, now=NOW, starts_at=night.at("19:00"), ends_at=night.at("21:00"))

    assert seen_everywhere(night, client, tmp_path) == dict.fromkeys(PLACES, AT_ONCE)


def test_a_pasted_helper_who_then_joins_an_act_is_on_all_four_places(client: FlaskClient, tmp_path: Path) -> None:
    slots = [a_slot(JOSH, "20:00", minutes=20, changeover=10, people=("Mia Wu",)), a_slot("Carlos Lumbi", "21:00")]
    night = a_night(slots)
    a_person(JOSH, organisation=night.organisation)
    paste_shifts(night.event, PASTED, actor=ALICE, now=NOW)
    assert found_in(night) == []

    act = night.slot(JOSH).act
    assert act is not None
    add_member(act, night.person(JOSH), actor=ALICE, now=NOW)

    assert seen_everywhere(night, client, tmp_path) == dict.fromkeys(PLACES, AT_ONCE)


def test_a_set_confirmed_before_it_was_moved_is_on_all_four_places(client: FlaskClient, tmp_path: Path) -> None:
    slots = [a_slot(JOSH, "18:00", minutes=20, changeover=10, answer="confirmed"), a_slot("Carlos Lumbi", "21:30")]
    night = a_night(slots, shifts=[at_door(JOSH)])
    assert found_in(night) == []

    change_plan(night.event, lambda: move_times(night.slot(JOSH), 120, actor=ALICE, now=NOW))

    assert seen_everywhere(night, client, tmp_path) == dict.fromkeys(PLACES, AT_ONCE)


# ---- said before a change ------------------------------------------------------------------------------------------


def test_a_move_onto_a_shift_is_asked_about_before_it_is_made(client: FlaskClient) -> None:
    night = a_night(shifts=[at_door(JOSH, starts="17:00", ends="19:00")])
    sign_in(client, a_coordinator(organisation=night.organisation))

    fields = {"times-slot": night.slot(JOSH).key, "times-minutes": "-90", "show": "1"}
    body = client.post(f"/coordinate/{night.event.slug}/order/times", data=fields)

    assert f"{JOSH} has two things at once. Front door (Street), 5:00–7:00 PM, and {JOSH} (Main stage)" in words(body)
    assert found_in(night) == []


def test_a_clash_that_stands_already_is_not_asked_about_again(app: Flask) -> None:
    night = a_night(shifts=[at_door(JOSH)])

    found = consequences(night.event, lambda: move_times(night.slot(JOSH), 10, actor=ALICE, now=NOW), NOW)

    assert found.clashes == ()
    assert [each.overlap.minutes for each in clashes_of(night.event, NOW)] == [20]


def test_a_set_that_runs_late_into_a_shift_is_said_before_the_press(app: Flask) -> None:
    night = a_night(shifts=[at_door(JOSH, starts="20:35", ends="21:30")])

    effect = preview(night.event.id, ProposedPress("late", night.slot(JOSH).id, 20), night.at("19:45"))

    assert [(each.overlap.kind, each.overlap.minutes) for each in effect.clashes] == [("same_time", 5)]
    assert found_in(night, night.at("19:45")) == []


def test_someone_with_a_shift_meanwhile_joins_an_act_only_once_it_is_said(client: FlaskClient) -> None:
    night = a_night(shifts=[at_door("Ana Ruiz")])
    sign_in(client, a_coordinator(organisation=night.organisation))
    act, ana = night.slot(JOSH).act, night.person("Ana Ruiz")
    assert act is not None
    address, form = f"/coordinate/{night.event.slug}/performers/{act.key}/people", f"join-{act.id}-"
    fields = {
        f"{form}name": ana.name,
        f"{form}phone": ana.phone or "",
        f"{form}language": "en",
        f"{form}prefers": "text",
    }

    asked = client.post(address, data=fields)
    before = found_in(night)
    joined = client.post(address, data={**fields, "sure": "1"})

    assert (asked.status_code, joined.status_code) == (200, 303)
    assert "Add Ana Ruiz to Josh Granowski?" in words(asked)
    assert "Ana Ruiz has two things at once. Front door (Street), 7:00–9:00 PM" in words(asked)
    assert before == []
    assert found_in(night) == [("Ana Ruiz", "same_time", 20)]


# ---- ways out ------------------------------------------------------------------------------------------------------


def press(client: FlaskClient, page: str, words: str) -> str:
    """Press the button on the page; returns where that leads and what it says."""
    body = client.get(page).text
    forms = [form for form in re.findall(r"<form.*?</form>", body, re.DOTALL) if words in html.unescape(form)]
    action = html.unescape(re.search(r'action="([^"]+)"', forms[0])[1])  # type: ignore[index]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', forms[0]))
    return client.post(action, data={**fields, "csrf_token": ""}, follow_redirects=True).text


PAGES = ["", "/volunteers/risk", "/order"]


@pytest.mark.parametrize("page", PAGES)
def test_they_are_taken_off_the_shift_in_one_press_that_can_be_undone(client: FlaskClient, page: str) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation))

    body = press(client, f"/coordinate/{night.event.slug}{page}", "Take off Front door")

    assert "Josh Granowski was removed from Front door." in html.unescape(body)
    assert found_in(night) == []
    press(client, f"/coordinate/{night.event.slug}/volunteers?removed={db.session.scalar(select(SignUp.id))}", "Undo")
    assert found_in(night) == [(JOSH, "same_time", 20)]


@pytest.mark.parametrize("page", PAGES)
def test_somebody_is_asked_to_cover_in_one_press(client: FlaskClient, page: str) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation))

    press(client, f"/coordinate/{night.event.slug}{page}", "Find cover: Front door")

    assert "looking for cover for Front door" in html.unescape(client.get(f"/coordinate/{night.event.slug}{page}").text)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_to_be_fine_leaves_every_page_until_it_gets_worse(client: FlaskClient, page: str) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation))
    pages = [f"/coordinate/{night.event.slug}{each}" for each in PAGES]

    press(client, f"/coordinate/{night.event.slug}{page}", "It's fine")

    assert [clash_on(client.get(each).text) for each in pages] == ["", "", ""]
    assert "Alice said that it's fine." in html.unescape(client.get(pages[1]).text)
    with transaction():
        night.slot(JOSH).length = minutes(21)
    assert all("21 min at once" in clash_on(client.get(each).text) for each in pages)


def test_what_was_said_to_be_fine_is_shown_again_from_the_page_and_from_the_audit_log(client: FlaskClient) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation))
    risk = f"/coordinate/{night.event.slug}/volunteers/risk"

    for page, button in ((risk, "Show it again"), (f"/coordinate/{night.event.slug}/log", "Undo")):
        press(client, risk, "It's fine")
        assert found_in(night) == []
        press(client, page, button)
        assert found_in(night) == [(JOSH, "same_time", 20)]


def test_a_clash_that_got_worse_since_it_was_shown_is_not_fine_at_once(client: FlaskClient) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation))
    clash = the_clash(night)
    with transaction():
        night.slot(JOSH).length = minutes(25)

    fields = {"clash": clash.key, "shown": clash.shown, "page": "risk"}
    body = client.post(f"/coordinate/{night.event.slug}/volunteers/clashes", data=fields, follow_redirects=True).text

    assert "That clash has changed since you looked." in body
    assert found_in(night) == [(JOSH, "same_time", 25)]


def test_who_said_so_and_when_is_kept_and_recorded_and_goes_with_the_shift(app: Flask) -> None:
    night = a_night(shifts=[at_door(JOSH)])

    accepted = accept_clash(night.event, night.person(JOSH), the_clash(night).overlap, actor=ALICE, now=NOW)
    accept_clash(night.event, night.person(JOSH), the_clash(night).overlap, actor=Actor("Bob"), now=NOW)

    (kept,) = db.session.scalars(select(AcceptedClash)).all()
    assert (kept.by, kept.accepted_at, kept.kind, kept.minutes, kept.pair) == (
        "Bob",
        NOW,
        "same_time",
        20,
        accepted.pair,
    )
    reopen_clash(kept, actor=ALICE, now=NOW)
    recorded = db.session.execute(select(AuditEntry.by, AuditEntry.what, AuditEntry.before, AuditEntry.after))
    assert [tuple(row) for row in recorded] == [
        ("Alice", "clash.accepted", None, {"minutes": 20}),
        ("Bob", "clash.accepted", None, {"minutes": 20}),
        ("Alice", "clash.reopened", {"minutes": 20}, None),
    ]


def test_a_clash_of_two_shows_is_fine_at_both(app: Flask) -> None:
    ours = a_night(shifts=[at_door("Ana Ruiz")])
    other = a_night([], organisation=ours.organisation, slug="other", shifts=[at_door("Ana Ruiz", starts="20:30")])

    accept_clash(ours.event, ours.person("Ana Ruiz"), the_clash(ours).overlap, actor=ALICE, now=NOW)

    assert found_in(ours) == found_in(other) == []


def test_a_viewer_sees_the_clash_and_no_buttons(client: FlaskClient) -> None:
    night = a_night(shifts=[at_door(JOSH)])
    sign_in(client, a_coordinator(organisation=night.organisation, role="viewer"))

    pages = [client.get(f"/coordinate/{night.event.slug}{page}").text for page in PAGES]

    assert [clash_on(page) for page in pages] == [AT_ONCE] * 3
    assert not any("It's fine" in html.unescape(page) for page in pages)
