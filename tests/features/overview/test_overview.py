"""The overview: where a show stands and what needs someone."""

from flask import Flask
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.features.overview.queries.overview import overview_of
from coordinator.lineup.actions.answers import say_late
from coordinator.shownight.actions.pressing import start_set
from tests.builders import a_coordinator, a_message, a_night, a_shift, a_slot, an_organisation, minutes, sign_in
from tests.night import ANight
from tests.playing import Playing
from tests.queries import counted
from tests.reading import words

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
    ana = night.person("Ana Alder")
    say_late(night.slot("Ana Alder"), minutes(10), now=night.at("12:00"), starts_at=night.at("21:50"), person=ana)
    Playing(night.at("12:00")).text_in(night.person("Josh Granowski").phone or "", "Where do I park?")
    a_message(
        night,
        night.person("Ana Alder"),
        state="undelivered",
        finished_at=night.at("11:00"),
        claimed_at=night.at("11:00"),
    )

    assert kinds(night) == [
        ("says_late", "Ana Alder"),
        ("written", "Josh Granowski"),
        ("declined", "Carlos Lumbi"),
        ("silent", "Cleo Cedar"),
        ("failed", "Ana Alder"),
        ("unanswered", "Josh Granowski"),
        ("short", ""),
    ]


def test_who_wrote_twice_stands_there_once_with_the_newest_text(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:30")])
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    playing = Playing(night.at("12:00"))
    for name, body in (
        ("Josh Granowski", "Where do I park?"),
        ("Carlos Lumbi", "Is there a piano?"),
        ("Josh Granowski", "And can I bring my dog?"),
    ):
        playing.text_in(night.person(name).phone or "", body)
    for body in ("Who are you people", "Hello there"):
        playing.text_in("+12125550177", body)

    needs = overview_of(night.event, night.at("12:01")).needs
    written = [(each.person and each.person.name, each.number) for each in needs if each.kind == "written"]

    assert written == [(None, 2), ("Josh Granowski", 2), ("Carlos Lumbi", 1)]
    assert "“And can I bring my dog?” and 1 earlier text" in words(alice.get(OVERVIEW))


def test_times_that_clash_are_said_in_words(app: Flask, client: FlaskClient) -> None:
    night = a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=60, answer="confirmed"),
            a_slot("Carlos Lumbi", "20:30", answer="confirmed"),
        ]
    )
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    assert "Carlos Lumbi starts 30 min before the previous slot ends." in alice.get(OVERVIEW).text


def test_a_coordinator_answers_for_an_act(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    page = alice.post(f"{OVERVIEW}/answers/josh-granowski", data={"answer": "confirmed"}, follow_redirects=True)

    assert "Josh Granowski is confirmed." in page.text
    assert (night.slot("Josh Granowski").answer, night.slot("Josh Granowski").answered_via) == (
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
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam"), now=night.at("20:00"))
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

    assert len(for_many) == len(for_few) < 30


def _fresh(slug: str) -> Event:
    """The event as a request finds it: nothing of it read before."""
    db.session.rollback()
    db.session.expunge_all()
    event = event_by_slug(slug)
    assert event is not None
    return event
