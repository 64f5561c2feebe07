"""Every route, asked by members of every role, by a member of another organisation, and by a stranger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import RequestRedirect

from coordinator.accounts.models import AccountRole
from coordinator.accounts.permissions import PERMISSIONS, Permission, roles_with
from coordinator.accounts.queries import RUN_THE_NIGHT
from coordinator.db import Base, db, transaction
from coordinator.people.models import Person
from tests.builders import a_coordinator, sign_in
from tests.full_night import FullNight, a_full_night
from tests.reading import phones_in, read_page
from tests.walking import Stop, stops

ARCHITECTURE = (Path(__file__).resolve().parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
# After these the walk would go on as someone else.
ENDS = ("account.leave", "check_in.this_device", "members.change", "members.remove")
PASSIVE = ("account_sessions", "audit_entries", "attempts")  # who came, and who was refused


@pytest.fixture
def full(sqlite_app: Flask) -> FullNight:
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = False
    return a_full_night(datetime.now(UTC))


def members(app: Flask, full: FullNight) -> dict[str, FlaskClient]:
    """One browser for each role."""
    made = {AccountRole.OWNER: full.alice, AccountRole.COORDINATOR: full.bob}
    for role in AccountRole:
        if role not in made:
            made[role] = a_coordinator(role.title(), organisation=full.night.organisation, role=role)
    return {str(role): sign_in(app.test_client(), coordinator) for role, coordinator in made.items()}


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the route takes; None where it is open to everybody."""
    return getattr(app.view_functions[endpoint], "permission", None)


def everything() -> dict[str, object]:
    """Every row that somebody refused must leave as it is."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in PASSIVE]
    return {table.name: db.session.execute(select(table).order_by(*table.primary_key)).all() for table in tables}


def test_every_coordinators_route_takes_a_permission(sqlite_app: Flask) -> None:
    ours = ("/coordinate/", "/phones")
    bare = [
        rule.endpoint
        for rule in sqlite_app.url_map.iter_rules()
        if rule.rule.startswith(ours) and permission_of(sqlite_app, rule.endpoint) is None
    ]

    assert bare == []


def test_the_table_in_the_architecture_is_what_the_code_says(sqlite_app: Flask) -> None:
    told = {row[0]: (row[1].split(", "), row[2].split(", ")) for row in table_rows()}
    coded = {
        str(permission): (
            [str(role) for role in roles_with(permission)],
            sorted(each for each in sqlite_app.view_functions if permission_of(sqlite_app, each) is permission)
            or ["—"],
        )
        for permission in Permission
    }

    assert told == coded


def table_rows() -> Iterator[list[str]]:
    """Permission, roles, endpoints."""
    part = ARCHITECTURE.partition("## Who may do what")[2].partition("\n## ")[0]
    for row in re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", part, re.MULTILINE):
        yield [each.replace("`", "") for each in row]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_role_opens_what_its_permissions_say(sqlite_app: Flask, full: FullNight, method: str) -> None:
    doors = members(sqlite_app, full)
    wrong: list[tuple[str, str, int]] = []

    for stop in stops(sqlite_app, full, method):
        permission = permission_of(sqlite_app, stop.endpoint)
        if permission is None:
            continue
        for role, client in doors.items():
            refused = permission not in PERMISSIONS[role]
            if method == "POST" and not refused and stop.endpoint in ENDS:
                continue
            before = everything() if refused else {}
            answer = client.open(stop.path, method=method)
            asked_who = answer.status_code == 303 and answer.location.startswith("/sign-in")
            if refused != (answer.status_code == 403) or asked_who or answer.status_code >= 500:
                wrong.append((str(stop), role, answer.status_code))
            if refused and everything() != before:
                wrong.append((f"{stop} changes something", role, answer.status_code))

    assert wrong == []


def test_whoever_is_refused_reads_who_may(sqlite_app: Flask, full: FullNight) -> None:
    viewer = members(sqlite_app, full)["viewer"]

    answer = viewer.post(f"/coordinate/{full.night.event.slug}/publication", data={"published": "0"})
    only_owners = viewer.post("/coordinate/texting/test")

    assert answer.status_code == 403
    words = read_page(answer.text).words
    assert "Your role at Benefit Nights is: Viewer. This is for owners, coordinators. Ask Alice." in words
    assert "This is for owners. Ask Alice." in read_page(only_owners.text).words


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_from_outside_comes_in_by_any_role(sqlite_app: Flask, full: FullNight, method: str) -> None:
    """A stranger is asked who they are; a member of another organisation finds nothing, whatever their role there."""
    stranger = sqlite_app.test_client()
    elsewhere = [
        sign_in(
            sqlite_app.test_client(), a_coordinator(f"Other {role}", organisation=full.charlie.organisation, role=role)
        )
        for role in AccountRole
    ]
    wrong: list[tuple[str, int]] = []

    for stop in stops(sqlite_app, full, method):
        if permission_of(sqlite_app, stop.endpoint) is None:
            continue
        answer = stranger.open(stop.path, method=method)
        if answer.status_code != 303 or not answer.location.startswith("/sign-in"):
            wrong.append((str(stop), answer.status_code))
        if stop.parameters:
            found = {client.open(stop.path, method=method).status_code for client in elsewhere}
            wrong += [(str(stop), status) for status in found - {403, 404}]

    assert wrong == []


@pytest.mark.parametrize("role", [str(role) for role in AccountRole])
def test_a_page_leads_nobody_where_they_may_not_go(sqlite_app: Flask, full: FullNight, role: str) -> None:
    client = members(sqlite_app, full)[role]
    wrong: list[tuple[str, str]] = []

    for stop in pages_of(sqlite_app, full, role):
        for method, address in leads(client.get(stop.path).text, stop.path):
            permission = permission_at(sqlite_app, address, method)
            if permission is not None and permission not in PERMISSIONS[role]:
                wrong.append((str(stop), f"{method} {address}"))

    assert wrong == []


@pytest.mark.parametrize("role", ["viewer", "check_in"])
def test_who_may_see_no_numbers_reads_none(sqlite_app: Flask, full: FullNight, role: str) -> None:
    client = members(sqlite_app, full)[role]
    phones = {phone for phone in db.session.scalars(select(Person.phone)) if phone}

    found = {str(stop): phones_in(client.get(stop.path).text, phones) for stop in pages_of(sqlite_app, full, role)}

    assert {stop: numbers for stop, numbers in found.items() if numbers} == {}


def test_whoever_is_asked_about_the_night_may_press() -> None:
    assert set(RUN_THE_NIGHT) == set(roles_with(Permission.RUN_NIGHT))


def test_a_stage_manager_runs_the_stages_that_are_theirs(sqlite_app: Flask, full: FullNight) -> None:
    stages = {stage.key: stage.id for stage in full.night.event.stages}
    manager = a_coordinator("Mia", organisation=full.night.organisation, role="stage_manager")
    with transaction():
        manager.stage_ids = [stages["courtyard"]]
    client = sign_in(sqlite_app.test_client(), manager)
    base = f"/coordinate/{full.night.event.slug}/show"
    before = everything()

    refused = [
        client.post(f"{base}/{full.night.slot(full.act).key}/extend", data={"minutes": "10"}),
        client.post(f"{base}/now/{full.night.slot(full.act).key}/on"),
        client.post(f"{base}/stages/{full.night.stage.key}"),
    ]

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert everything() == before
    assert client.post(f"{base}/stages/courtyard").status_code == 303


def pages_of(app: Flask, full: FullNight, role: str) -> list[Stop]:
    """The pages that the role may open."""
    return [
        stop
        for stop in stops(app, full)
        if (permission := permission_of(app, stop.endpoint)) is not None and permission in PERMISSIONS[role]
    ]


def leads(html: str, page: str) -> Iterator[tuple[str, str]]:
    """Where links and forms of a page lead, with the method."""
    for element in read_page(html).every("a", "form"):
        address = element.attributes.get("href" if element.name == "a" else "action", page)
        if element.name == "form" and element.attributes.get("method", "get").lower() == "post":
            yield "POST", address
        else:
            yield "GET", address


def permission_at(app: Flask, address: str, method: str) -> Permission | None:
    path = urlsplit(address).path
    if not path.startswith("/"):
        return None
    try:
        endpoint, _values = app.url_map.bind("localhost").match(path, method)
    except RequestRedirect:
        return None
    return permission_of(app, endpoint)
