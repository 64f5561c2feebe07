"""The audit log, read: filters, pages, export and the way back. Alice owns the shows, Charlie must not see them."""

import csv
import html
import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.actions.records import forget_old_entries, record
from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db
from coordinator.events.actions.cast import mark_stage_manager
from coordinator.events.actions.events import SlugIsTaken, create_event, pause_texts, resume_texts, unpublish
from coordinator.events.actions.names import NOT_SHOWS
from coordinator.features.audit_log.presenting import in_words, value_name
from coordinator.features.audit_log.queries import PAGE
from coordinator.lineup.actions.answers import answer_slot
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.pressing import cancel_slot
from jobs.daily import chores_of
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, an_organisation, sign_in
from tests.databases import settings_for

SHOW = "/coordinate/justice-in-motion"
ALICE = Actor("Alice")


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night(
        [a_slot("Josh Granowski"), a_slot("Carlos Lumbi")],
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))],
    )


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def words(response: TestResponse) -> str:
    """What stands on the page, without its elements."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split()).replace(" :", ":")


def look(client: FlaskClient, night: ANight, address: str = f"{SHOW}/log") -> TestResponse:
    with time_machine.travel(night.at("23:00"), tick=False):
        return client.get(address)


def undo(client: FlaskClient, night: ANight, page: TestResponse, what: str) -> TestResponse:
    """Press *Undo* beside a change."""
    form = next(
        form for form in re.findall(r"<form method=\"post\".*?</form>", page.text, re.DOTALL) if f"Undo: {what}" in form
    )
    action = re.search(r'action="([^"]+)"', form)
    fields = dict(re.findall(r'name="([a-z]+)" value="([^"]*)"', form))
    assert action is not None
    with time_machine.travel(night.at("23:00"), tick=False):
        return client.post(action[1], data=fields)


def test_a_change_is_shown_with_who_when_how_and_both_values(alice: FlaskClient, night: ANight) -> None:
    slot = night.slot("Josh Granowski")
    josh = night.person("Josh Granowski")
    answer_slot(slot, "confirmed", actor=Actor.person(josh, Via.TEXT), now=night.at("12:05"), people=[josh])

    page = words(look(alice, night))

    assert "12:05 PM" in page
    assert "Josh Granowski answered for a slot: Josh Granowski" in page
    assert "by text" in page
    assert "Answer invited → confirmed" in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?by=Alice", {"hid the lineup", "called off a shift"}),
        ("?topic=volunteers", {"called off a shift"}),
        ("?topic=order", {"canceled a slot"}),
        ("?via=text", {"canceled a slot"}),
        ("?since=2026-12-05", set()),
        ("?until=2026-12-04", {"hid the lineup", "called off a shift", "canceled a slot"}),
        ("?since=nonsense&topic=nonsense", {"hid the lineup", "called off a shift", "canceled a slot"}),
    ],
)
def test_filters_leave_what_they_say(alice: FlaskClient, night: ANight, query: str, kept: set[str]) -> None:
    unpublish(night.event, actor=ALICE, now=night.at("12:00"))
    cancel_shift(night.shift("front-door-1"), actor=ALICE, now=night.at("12:01"))
    cancel_slot(night.slot("Josh Granowski").id, actor=Actor("Sam", via=Via.TEXT), now=night.at("12:02"))

    page = words(look(alice, night, f"{SHOW}/log{query}"))

    everything = {"hid the lineup", "called off a shift", "canceled a slot"}
    assert {what for what in everything if f" {what}" in page} == kept


def test_long_logs_are_turned_page_by_page(alice: FlaskClient, night: ANight) -> None:
    for number in range(PAGE + 3):
        record(night.event, ALICE, "text.read", f"message:{number}", now=night.at("12:00") + timedelta(seconds=number))

    first = look(alice, night)
    older = re.search(r'href="([^"]+before=\d+)"', first.text)
    assert older is not None
    second = look(alice, night, older[1].replace("&amp;", "&"))

    assert [page.text.count("marked a text as read") for page in (first, second)] == [PAGE, 3]


def test_the_organization_sees_every_show_and_what_is_of_none(alice: FlaskClient, night: ANight) -> None:
    other = a_night([a_slot("Wren")], slug="other", organisation=night.organisation, title="The other show")
    unpublish(other.event, actor=ALICE, now=night.at("12:00"))
    record(night.organisation, ALICE, "coordinator.added", "coordinator:7", now=night.at("12:01"))

    page = words(look(alice, night, "/coordinate/organisation/log"))

    assert "The other show" in page
    assert "Alice added a coordinator" in page


def test_nobody_else_sees_it(client: FlaskClient, night: ANight) -> None:
    unpublish(night.event, actor=ALICE, now=night.at("12:00"))
    stranger = look(client, night)
    charlie = sign_in(client, a_coordinator("Charlie", organisation=an_organisation("Elsewhere")))

    assert (stranger.status_code, look(charlie, night).status_code) == (303, 404)
    assert "hid the lineup" not in look(charlie, night, "/coordinate/organisation/log").text


def test_what_the_filters_leave_can_be_taken_away_and_that_is_recorded(alice: FlaskClient, night: ANight) -> None:
    unpublish(night.event, actor=Actor("=Alice"), now=night.at("12:00"))
    cancel_shift(night.shift("front-door-1"), actor=ALICE, now=night.at("12:01"))

    file = look(alice, night, "/coordinate/organisation/log.csv?show=justice-in-motion&topic=show")

    head, row = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff"))))
    assert head[:3] == ["When (UTC)", "Show", "Who"]
    assert row[2:5] == ["'=Alice", "on these pages", "hid the lineup"]
    assert "Alice exported the audit log" in words(look(alice, night))


def test_undo_is_the_press_the_other_way(alice: FlaskClient, night: ANight) -> None:
    josh = night.person("Josh Granowski")
    unpublish(night.event, actor=ALICE, now=night.at("12:00"))
    pause_texts(night.event, actor=ALICE, now=night.at("12:01"))
    mark_stage_manager(night.event, josh, runs=True, actor=ALICE, now=night.at("12:02"))
    cancel_shift(night.shift("front-door-1"), actor=ALICE, now=night.at("12:03"))

    page = look(alice, night)
    for what in ("hid the lineup", "paused the show", "let someone run", "called off a shift"):
        assert undo(alice, night, page, what).location.startswith(SHOW)

    after = words(look(alice, night))
    for what in ("published the lineup", "resumed the show's texts", "no longer lets someone", "brought a shift back"):
        assert what in after


def test_undo_shows_the_same_preview_as_the_press_itself(alice: FlaskClient, night: ANight) -> None:
    cancel_slot(night.slot("Carlos Lumbi").id, actor=ALICE, now=night.at("12:00"))

    asked = undo(alice, night, look(alice, night), "canceled a slot")

    assert asked.status_code == 200
    assert "Bring Carlos Lumbi back?" in words(asked)


def test_only_what_is_still_so_can_be_undone(alice: FlaskClient, night: ANight) -> None:
    pause_texts(night.event, actor=ALICE, now=night.at("12:00"))
    resume_texts(night.event, actor=ALICE, now=night.at("12:01"))

    page = look(alice, night).text

    assert "Undo: resumed the show&#39;s texts" in page
    assert "Undo: paused the show&#39;s texts" not in page


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        ([], "–"),
        (True, "yes"),
        ({"min": 2, "new_thing": None}, "At least 2, New thing –"),
        ([1, 2], "1, 2"),
    ],
)
def test_values_are_said_in_words(night: ANight, value: object, said: str) -> None:
    assert in_words(value) == said


def test_a_value_without_a_label_is_said_plainly() -> None:
    assert value_name("some_new_value") == "Some new value"


def test_old_entries_go_when_they_are_due(night: ANight) -> None:
    for day in (0, 1, 2):
        record(night.event, ALICE, "text.read", f"message:{day}", now=night.at("12:00") + timedelta(days=day))

    gone = forget_old_entries(night.at("12:00") + timedelta(days=2))

    left = db.session.scalars(select(AuditEntry.subject).where(AuditEntry.what == "text.read")).all()
    assert (gone, left) == (2, ["message:2"])


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (730, False)])
def test_how_long_the_log_is_kept_is_a_setting(tmp_path: Path, days: int, is_kept: bool) -> None:
    settings = replace(settings_for("sqlite://", tmp_path), keep_log_days=days)

    assert ("deleting old entries of the audit log" not in chores_of(settings)) == is_kept


def test_no_show_is_named_like_another_page(app: Flask, night: ANight) -> None:
    rules = [rule.rule.split("/")[2:3] for rule in app.url_map.iter_rules() if rule.rule.startswith("/coordinate/")]
    others = {name for part in rules for name in part if name and not name.startswith("<")}

    assert others <= set(NOT_SHOWS)
    with pytest.raises(SlugIsTaken):
        create_event(
            organisation_id=night.organisation.id,
            title="Organization",
            zone=night.event.zone,
            date=night.event.date,
            actor=ALICE,
            now=night.at("12:00"),
            slug="organisation",
        )
