"""The code on a printed page: anyone learns whether it is current, only members what changed."""

import re
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.models import Actor
from coordinator.core.printed import PrintedLine
from coordinator.db import db, transaction
from coordinator.events.models import Print, PrintKind
from coordinator.features.printouts.actions import KEPT, keep_print
from coordinator.people.actions.persons import edit_person
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shownight.actions.pressing import declare_late
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, an_organisation, sign_in
from tests.reading import words

PRINT = "/coordinate/justice-in-motion/print"
PAGES = ("running-order", "call-sheets", "shifts", "door", "calls", "badges")
SAM = Actor("Sam Stage")


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",), max=3)])


@pytest.fixture
def alice(app: Flask, night: ANight) -> FlaskClient:
    with time_machine.travel(night.at("19:39"), tick=False):
        return sign_in(app.test_client(), a_coordinator("Alice", organisation=night.organisation))


def printed(client: FlaskClient, page: str, at: datetime) -> str:
    """The path that the code on this page opens; the page itself is printed."""
    with time_machine.travel(at, tick=False):
        before = set(db.session.scalars(select(Print.key)))
        assert client.get(f"{PRINT}/{page}").status_code == 200
        (key,) = set(db.session.scalars(select(Print.key))) - before
    return f"/p/{key}"


def scanned(client: FlaskClient, path: str, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        return words(client.get(path))


@pytest.mark.parametrize("page", PAGES)
def test_a_print_is_current_until_what_it_shows_changes(
    app: Flask, night: ANight, alice: FlaskClient, page: str
) -> None:
    path = printed(alice, page, night.at("19:40"))
    fresh = scanned(app.test_client(), path, night.at("19:45"))
    person = night.person("Ana Ruiz" if page in {"shifts", "door", "calls", "badges"} else "Carlos Lumbi")
    with transaction():
        edit_person(person, name="Somebody Renamed")
        night.slot("Carlos Lumbi").note = "Bring a stool"

    stale = scanned(app.test_client(), path, night.at("19:46"))

    assert "This print is current" in fresh
    assert "Changed since Fri, Dec 4, 7:40 PM" in stale


def test_whoever_may_see_the_plan_learns_what_changed(app: Flask, night: ANight, alice: FlaskClient) -> None:
    path = printed(alice, "running-order", night.at("19:40"))
    declare_late(night.slot("Carlos Lumbi").id, 15, actor=SAM, now=night.at("19:50"))

    page = scanned(alice, path, night.at("19:51"))

    assert "Changed since Fri, Dec 4, 7:40 PM Running order, Songs for Justice in Motion." in page
    assert "First shown Fri, Dec 4, 7:40 PM, by Alice." in page
    assert "Carlos Lumbi now 8:45 PM (was 8:30 PM)" in page
    assert "Josh" not in page


def test_strangers_and_other_organizations_learn_only_that_it_changed(
    app: Flask, night: ANight, alice: FlaskClient
) -> None:
    path = printed(alice, "door", night.at("19:40"))
    shift, dana = night.shift("front-door-1"), a_person("Dana Door", organisation=night.organisation)
    put_on_shift(shift.id, dana, actor=SAM, now=night.at("19:50"))
    with transaction():
        night.event.published = False
    with time_machine.travel(night.at("19:50"), tick=False):
        charlie = sign_in(app.test_client(), a_coordinator("Charlie", organisation=an_organisation("Others")))
        checker = a_coordinator("Bob", organisation=night.organisation, role="check_in")
        bob = sign_in(app.test_client(), checker)

    pages = [scanned(each, path, night.at("19:51")) for each in (app.test_client(), charlie, bob)]
    ours = scanned(alice, path, night.at("19:51"))

    for page in pages:
        assert "Changed since Fri, Dec 4, 7:40 PM Door list." in page
        assert [name in page for name in ("Dana", "Front door", "Alice", "Justice")] == [False] * 4
    assert "Dana Door new, 7:15 PM" in ours


def test_printing_the_same_again_gives_the_same_code(app: Flask, night: ANight, alice: FlaskClient) -> None:
    path = printed(alice, "badges", night.at("19:40"))
    with time_machine.travel(night.at("19:45"), tick=False):
        alice.get(f"{PRINT}/badges?lang=es")
    declare_late(night.slot("Carlos Lumbi").id, 15, actor=SAM, now=night.at("19:50"))

    other = db.session.scalar(select(func.count(Print.id)))

    assert other == 1
    assert "This print is current" in scanned(app.test_client(), path, night.at("19:51"))


def test_only_the_newest_prints_of_a_kind_are_kept(app: Flask, night: ANight, alice: FlaskClient) -> None:
    oldest = printed(alice, "door", night.at("19:40"))
    badge = printed(alice, "badges", night.at("19:40"))
    someone = a_coordinator("Bob", organisation=night.organisation)
    for number in range(KEPT):
        state = {f"person:{number}:2026-12-04": _line()}
        keep_print(night.event, PrintKind.DOOR, state, made_by_id=someone.id, now=night.at("19:41"))

    with time_machine.travel(night.at("19:45"), tick=False):
        answer = app.test_client().get(oldest)

    assert (answer.status_code, "This print is too old" in words(answer)) == (404, True)
    assert "This print is current" in scanned(app.test_client(), badge, night.at("19:45"))


def test_what_is_kept_of_a_print_names_nobody(app: Flask, night: ANight, alice: FlaskClient) -> None:
    for page in PAGES:
        printed(alice, page, night.at("19:40"))

    kept = str([each.state for each in db.session.scalars(select(Print))])

    assert re.findall(r"Ana|Ruiz|Carlos|Lumbi|555", kept) == []


def test_what_was_removed_for_good_is_told_without_its_name(app: Flask, night: ANight, alice: FlaskClient) -> None:
    path = printed(alice, "shifts", night.at("19:40"))
    with transaction() as session:
        session.delete(night.shift("front-door-1"))

    page = scanned(alice, path, night.at("19:45"))

    assert "Something that was removed no longer on it (was 7:15 PM)" in page


def _line() -> PrintedLine:
    return PrintedLine(None, "abcde")
