"""The overview: where a show stands and what needs somebody."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from coordinator.db import db, transaction
from coordinator.desk.queries import overview_of
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.lineup.actions import say_late
from coordinator.shownight.actions import By, start_set
from tests.builders import a_coordinator, a_message, a_night, a_shift, a_slot, an_organisation, minutes, sign_in
from tests.night import ANight
from tests.playing import Playing
from tests.queries import counted

OVERVIEW = "/coordinate/justice-in-motion"


def kinds(night: ANight, wall: str = "12:00") -> list[tuple[str, str]]:
    needs = overview_of(night.event, night.at(wall)).needs
    return [(need.kind, (need.slot.name if need.slot else need.person.name if need.person else "")) for need in needs]


def test_a_night_in_order_needs_nobody(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")])

    assert kinds(night) == []


def test_what_needs_somebody_is_listed_the_most_urgent_first(app: Flask) -> None:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00"),
            a_slot("Carlos Lumbi", "20:50", answer="declined"),
            a_slot("Ana Alder", "21:40", answer="confirmed"),
        ],
        shifts=[a_shift("Front door", "19:00", "21:00", people=("Cleo Cedar",), min=2, max=2)],
    )
    with transaction():
        night.person("Cleo Cedar").phone = None
    say_late(night.slot("Ana Alder"), minutes(10), now=night.at("12:00"))
    Playing(night.at("12:00")).text_in(night.person("Josh Granowski").phone or "", "Where do I park?")
    a_message(
        night,
        night.person("Ana Alder"),
        state="undelivered",
        finished_at=night.at("11:00"),
        claimed_at=night.at("11:00"),
    )

    assert kinds(night) == [
        ("written", "Josh Granowski"),
        ("declined", "Carlos Lumbi"),
        ("says_late", "Ana Alder"),
        ("silent", "Cleo Cedar"),
        ("failed", "Ana Alder"),
        ("unanswered", "Josh Granowski"),
        ("short", ""),
    ]


def test_an_earlier_time_that_nobody_was_told_is_shown(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")])
    a_message(
        night,
        night.person("Josh Granowski"),
        state="delivered",
        rule="details",
        slot_id=night.slot("Josh Granowski").id,
        anchor="set_start",
        says_at=night.at("20:30"),
        claimed_at=night.at("09:00"),
    )

    needs = overview_of(night.event, night.at("12:00")).needs

    assert [(need.kind, need.held.told_at, need.held.now_at) for need in needs if need.held] == [
        ("held_back", night.at("20:30"), night.at("20:00"))
    ]


def test_times_that_clash_are_said_in_words(app: Flask, client: FlaskClient) -> None:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=60, answer="confirmed"),
            a_slot("Carlos Lumbi", "20:30", answer="confirmed"),
        ]
    )
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    assert "Carlos Lumbi begins 30 minutes before the one before it ends." in alice.get(OVERVIEW).text


def test_a_coordinator_answers_for_an_act(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.post(f"{OVERVIEW}/answers/josh-granowski", data={"answer": "confirmed"}, follow_redirects=True)

    assert "Josh Granowski is confirmed." in page.text
    assert (night.slot("Josh Granowski").answer, night.slot("Josh Granowski").answered_how) == (
        "confirmed",
        "coordinator",
    )


def test_an_answer_that_is_none_is_refused(sqlite_app: Flask, sqlite_client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    alice = sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))

    assert alice.post(f"{OVERVIEW}/answers/josh-granowski", data={"answer": "perhaps"}).status_code == 400
    assert alice.post(f"{OVERVIEW}/answers/nobody", data={"answer": "confirmed"}).status_code == 404


def test_an_unchanged_overview_is_answered_304_and_a_press_makes_it_new(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    etag = alice.get(OVERVIEW).headers["ETag"]

    same = alice.get(OVERVIEW, headers={"If-None-Match": etag})
    start_set(night.slot("Josh Granowski").id, by=By("Sam"), now=night.at("20:00"))
    other = alice.get(OVERVIEW, headers={"If-None-Match": etag})

    assert (same.status_code, same.data) in [(304, b""), (200, same.data)]  # the minute may have turned
    assert other.status_code == 200


def test_bob_may_look_and_charlie_must_not_know_that_it_exists(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    bob = a_coordinator("Bob", organisation=night.organisation, role="coordinator")
    charlie = a_coordinator("Charlie", organisation=an_organisation("Others"))

    seen = {who.person.name: sign_in(client, who).get(OVERVIEW).status_code for who in (bob, charlie)}

    assert seen == {"Bob": 200, "Charlie": 404}


def test_the_overview_takes_as_many_queries_for_thirty_slots_as_for_three(sqlite_app: Flask) -> None:
    now = a_night([a_slot(f"Act {number}", None) for number in range(3)], slug="few").at("12:00")
    a_night([a_slot(f"Act {number}", None, minutes=5) for number in range(30)], slug="many")

    with counted() as for_few:
        overview_of(_fresh("few"), now)
    with counted() as for_many:
        overview_of(_fresh("many"), now)

    assert len(for_many) == len(for_few) < 25


def _fresh(slug: str) -> Event:
    """The event as a request finds it: nothing of it read before."""
    db.session.rollback()
    db.session.expunge_all()
    event = event_by_slug(slug)
    assert event is not None
    return event


def test_one_show_is_opened_at_once_and_several_are_listed(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    only = alice.get("/coordinate/")
    a_night(organisation=night.organisation, slug="another", title="Another night", on=night.on + timedelta(days=7))

    several = alice.get("/coordinate/")

    assert only.location == OVERVIEW
    assert "Another night" in several.text
