"""What every page of the app promises, whatever it is about. The pages are those of the app's own map."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import TwilioSettings
from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.permissions import PERMISSIONS, Permission
from coordinator.db import Base, db
from coordinator.events.actions.events import unpublish
from coordinator.services import services
from tests.builders import sign_in
from tests.full_night import TITLE, FullNight, a_full_night, a_long_night
from tests.queries import counted
from tests.reading import bare_bones, read_page
from tests.walking import Stop, lost_stops, stops

LOST = {  # what is answered, where it is not 404, when a part of the address names nothing
    "sign_in.sign_in_by_token": 410,
    "sign_in.use_link": 410,
    "members.invitation": 410,
    "members.accept": 410,
    "check_in.here:sign_up_id": 403,
    "check_in.here_to_play:slot_id": 403,
    "check_in.scan:token": 410,
    "check_in.start:key": 410,
    "check_in.step:key": 410,
    "reminder_rules.change:key": 422,
    "sign_up.friend:key": 410,
    "texts.undo:batch": 303,
}
OPENED_BY_KEY = (
    "boards.wall",
    "check_in.",
)  # whoever holds a key that the house gave out is let in, also before publication
MOST_QUERIES = 8  # on a page that everyone may see

Problem = tuple[str, object]


@pytest.fixture
def full(sqlite_app: Flask) -> FullNight:
    return ready_to_walk(sqlite_app)


@pytest.fixture
def full_on_each(app: Flask) -> FullNight:
    """The same on each database in turn, where what is written matters."""
    return ready_to_walk(app)


def ready_to_walk(app: Flask) -> FullNight:
    """A page that breaks is one problem among others; why it broke is in the log."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return a_full_night(datetime.now(UTC))


def permission_of(app: Flask, stop: Stop) -> Permission | None:
    return getattr(app.view_functions[stop.endpoint], "permission", None)


def client_of(app: Flask, coordinator: Coordinator | None) -> FlaskClient:
    client = app.test_client()
    return sign_in(client, coordinator) if coordinator else client


def three(app: Flask, full: FullNight) -> dict[str, FlaskClient]:
    """Nobody in particular, and the three people of every permission test."""
    people = {"nobody": None, "Alice": full.alice, "Bob": full.bob, "Charlie": full.charlie}
    return {name: client_of(app, coordinator) for name, coordinator in people.items()}


def everything() -> dict[str, Sequence[Any]]:
    """Every row of every table."""
    tables = Base.metadata.sorted_tables
    return {table.name: db.session.execute(select(table).order_by(*table.primary_key)).all() for table in tables}


def test_a_coordinators_page_opens_to_its_own_house_alone(sqlite_app: Flask, full: FullNight) -> None:
    doors = three(sqlite_app, full)
    wrong: list[Problem] = []

    for stop in stops(sqlite_app, full):
        if stop.for_coordinators:
            answers = {name: client.get(stop.path) for name, client in doors.items()}
            found = {name: answer.status_code for name, answer in answers.items()}
            bob = 200 if permission_of(sqlite_app, stop) in PERMISSIONS["coordinator"] else 403
            if found != {"nobody": 303, "Alice": 200, "Bob": bob, "Charlie": 404 if stop.parameters else 200}:
                wrong.append((str(stop), found))
            elif not answers["nobody"].location.startswith("/sign-in?next=/"):
                wrong.append((str(stop), answers["nobody"].location))
            elif TITLE in answers["Charlie"].text:
                wrong.append((str(stop), "tells Charlie what is none of his business"))

    assert wrong == []


def test_every_other_page_opens_to_everybody(sqlite_app: Flask, full: FullNight) -> None:
    doors = three(sqlite_app, full)
    led_on = {"sign_in.sign_in": {302, 303}, "sign_in.again": {303}, "sign_in.code": {303}, "web.favicon": {302}}
    led_on |= {"sign_up.code": {302, 303}, "sign_up.who": {303}, "my_page.code": {303}, "my_page.who": {303}}
    led_on |= {"my_page.address_code": {303}}
    led_on |= {"check_in.scan": {303}, "operations.security_txt": {404}}  # nobody is named to report to
    wrong: list[Problem] = []

    for stop in stops(sqlite_app, full):
        if not stop.for_coordinators:
            found = {name: client.get(stop.path, buffered=True).status_code for name, client in doors.items()}
            if not set(found.values()) <= {200} | led_on.get(stop.endpoint, set()):
                wrong.append((str(stop), found))

    assert wrong == []


def test_an_unpublished_show_is_nobodys_business(sqlite_app: Flask, full: FullNight) -> None:
    doors = three(sqlite_app, full)
    unpublish(full.night.event, actor=Actor.of(full.alice), now=full.now)
    wrong: list[Problem] = []

    for method in ("GET", "POST"):
        for stop in stops(sqlite_app, full, method):
            if "slug" in stop.parameters and not stop.for_coordinators and not stop.endpoint.startswith(OPENED_BY_KEY):
                found = {name: client.open(stop.path, method=method).status_code for name, client in doors.items()}
                if (found["nobody"], found["Charlie"]) != (404, 404) or 404 in (found["Alice"], found["Bob"]):
                    wrong.append((str(stop), found))

    assert wrong == []
    assert all(TITLE not in client.get("/").text for client in doors.values())


def test_looking_changes_nothing(app: Flask, full_on_each: FullNight) -> None:
    doors = three(app, full_on_each)
    walk = [stop for method in ("HEAD", "GET") for stop in stops(app, full_on_each, method)]
    before = everything()
    wrong: list[Problem] = []

    for stop in walk:
        for name in ("nobody", "Alice", "Charlie"):
            doors[name].open(stop.path, method=stop.method, buffered=True)
            after = everything()
            wrong += [(f"{stop} by {name}", table) for table in before if after[table] != before[table]]
            before = after

    recorded = [problem for problem in wrong if "export" in problem[0] or ".csv" in problem[0]]
    printed = [problem for problem in wrong if "/print/" in problem[0]]
    assert [problem for problem in wrong if problem not in recorded + printed] == []
    assert {table for _stop, table in recorded} <= {"audit_entries"}  # who took what along is recorded
    assert {table for _stop, table in printed} <= {"prints"}  # what a page showed, so that its code can tell later


def test_a_form_from_elsewhere_changes_nothing(sqlite_app: Flask, full: FullNight) -> None:
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    doors = three(sqlite_app, full)
    walk = stops(sqlite_app, full, "POST")
    before = everything()
    wrong: list[Problem] = []

    for stop in walk:
        by_its_address = stop.for_machines or stop.endpoint == "unsubscribe.stop"  # proved by a signature
        refused = {404} if by_its_address else {400}
        wrong += [(str(stop), name) for name, each in doors.items() if each.post(stop.path).status_code not in refused]

    assert wrong == []
    assert everything() == before


def test_a_machine_that_does_not_sign_is_refused(sqlite_app: Flask, full: FullNight) -> None:
    signed = TwilioSettings("AC00000000000000000000000000000000", "a token", sender="+12125550100")
    sqlite_app.extensions["callboard"] = replace(services(), settings=replace(services().settings, twilio=signed))
    walk = [stop for stop in stops(sqlite_app, full, "POST") if stop.for_machines]
    before = everything()

    answers = {str(stop): sqlite_app.test_client().post(stop.path, data={"Body": "C"}).status_code for stop in walk}

    assert len(answers) >= 2
    assert set(answers.values()) == {403}
    assert everything() == before


def test_only_its_own_house_changes_a_show(sqlite_app: Flask, full: FullNight) -> None:
    doors = three(sqlite_app, full)
    walk = [stop for stop in stops(sqlite_app, full, "POST") if stop.for_coordinators and stop.parameters]
    before = everything()
    wrong: list[Problem] = []

    for stop in walk:
        found = {name: doors[name].post(stop.path) for name in ("nobody", "Charlie")}
        if found["nobody"].status_code != 303 or not found["nobody"].location.startswith("/sign-in"):
            wrong.append((str(stop), found["nobody"].status))
        if found["Charlie"].status_code != 404:
            wrong.append((str(stop), found["Charlie"].status))

    assert wrong == []
    assert everything() == before


def test_an_empty_form_is_answered_with_words(app: Flask, full_on_each: FullNight) -> None:
    doors = three(app, full_on_each)
    wrong: list[Problem] = []

    for stop in stops(app, full_on_each, "POST"):
        if not stop.for_machines:
            answer = doors["Alice" if stop.for_coordinators else "nobody"].post(stop.path)
            if answer.status_code >= 500:
                wrong.append((str(stop), answer.status))
            if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
                wrong += [(str(stop), problem) for problem in bare_bones(read_page(answer.text), "en")]

    assert wrong == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_names_nothing_leads_nowhere(sqlite_app: Flask, full: FullNight, method: str) -> None:
    alice = client_of(sqlite_app, full.alice)
    wrong: list[Problem] = []

    for stop, name in lost_stops(sqlite_app, full, method):
        expected = LOST.get(f"{stop.endpoint}:{name}", LOST.get(stop.endpoint, 404))
        answer = alice.open(stop.path, method=method)
        if not stop.for_machines and answer.status_code != expected:
            wrong.append((f"{stop} without a {name}", answer.status))

    assert wrong == []


def test_a_long_night_costs_no_more_questions_than_a_short_one(app: Flask) -> None:
    now = datetime.now(UTC)
    short, long = (a_long_night(now, slots, slug=f"night-of-{slots}") for slots in (3, 30))

    asked_short, asked_long = (dict(questions(app, full)) for full in (short, long))

    assert asked_long == asked_short


def test_a_page_that_everybody_may_see_asks_little_of_the_database(app: Flask) -> None:
    full = a_long_night(datetime.now(UTC), 30)

    asked = {name: count for name, count in questions(app, full) if name.startswith("/e/") or name == "/"}

    assert asked
    assert {name: count for name, count in asked.items() if count > MOST_QUERIES} == {}


def questions(app: Flask, full: FullNight) -> Iterator[tuple[str, int]]:
    """How many statements each page of the night takes, by its rule and what was asked of it."""
    doors = {True: client_of(app, full.alice), False: client_of(app, None)}
    for stop in stops(app, full):
        if not stop.endpoint.startswith(("operations.", "twilio_webhooks.", "phones.", "sign_in.", "static", "web.")):
            client = doors[stop.for_coordinators]
            client.get(stop.path)  # what is read once in the life of a process does not count
            with counted() as count:
                client.get(stop.path)
            yield face(stop, full), len(count)


def face(stop: Stop, full: FullNight) -> str:
    query = stop.path.partition("?")[2]
    return f"{stop.rule}?{query}" if query else stop.rule
