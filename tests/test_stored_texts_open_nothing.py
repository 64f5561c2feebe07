"""Nothing that is stored opens anybody's page; what leaves carries a link that does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.core.personal_links import stand_in
from coordinator.core.replies import Meaning, OpenQuestion, Question, ReplyContext, read_reply
from coordinator.db import Base, db
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.linking_gateway import LinkingGateway
from coordinator.messaging.listing import FROM_US, Listed, Sought, is_ours
from coordinator.people.models import Person
from coordinator.reminders.actions.plan import plan
from tests.builders import a_night, a_slot
from tests.full_night import a_full_night
from tests.links import LINKS, new_link, token_of

IN_A_TEXT = re.compile(r"/me/([\w-]{20,})")
NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def everything_stored() -> list[str]:
    """Every value of every column, as text."""
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [str(value) for row in rows for value in row]


def test_no_column_holds_what_opens_a_page(app: Flask, client: FlaskClient) -> None:
    a_full_night(NOW)
    stored = everything_stored()
    in_texts = {token for value in stored for token in IN_A_TEXT.findall(value)}
    people = db.session.scalars(select(Person)).all()

    with time_machine.travel(NOW, tick=False):
        assert {client.get(f"/me/{token}").status_code for token in in_texts} == {404}
        assert {client.get(f"/me/{token_of(person)}").status_code for person in people} == {200}
    assert [person.name for person in people if token_of(person) in "\n".join(stored)] == []


@pytest.mark.parametrize("renewed", [False, True])
def test_what_leaves_carries_the_link_that_opens_the_page_now(app: Flask, client: FlaskClient, renewed: bool) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    josh, network = night.person("Josh"), RecordingGateway()
    first = token_of(josh)
    told_at = night.at("20:00") - timedelta(days=1)
    plan(told_at - timedelta(days=1), public_url=LINKS.public_url)
    if renewed:
        new_link(josh, told_at)

    dispatch_due(LinkingGateway(network, LINKS), now=lambda: told_at + MINUTE, worker="test")

    sent = {token for text in network.texts for token in IN_A_TEXT.findall(text.body)}
    assert (sent, first in sent) == ({token_of(josh)}, not renewed)


def test_a_text_is_found_in_the_networks_list_by_its_words_without_the_link(app: Flask) -> None:
    kept = f"Hi Josh: {stand_in(LINKS.public_url, 7)}"
    listed = Listed("SM1", FROM_US, "+12125550100", "", kept.replace("personal-link", "7abc_d-EFGHIJ"), NOW, "sent")
    sought = Sought("+12025550101", kept, NOW - MINUTE, NOW + MINUTE)

    assert is_ours(listed, sought, "+12125550100")
    assert not is_ours(listed, Sought("+12025550101", kept + " now", NOW - MINUTE, NOW + MINUTE), "+12125550100")


@pytest.mark.parametrize("cut", [None, 60, 70])
def test_a_tap_on_a_text_with_a_link_is_an_answer_to_it(app: Flask, cut: int | None) -> None:
    asked = f"Can you play at 8pm? Reply C or X. {stand_in(LINKS.public_url, 7)}"
    shown = asked.replace("personal-link", "7abc_d-EFGHIJ")
    quoted = shown if cut is None else shown[:cut] + "…"

    reply = read_reply(f"Liked “{quoted}”", ReplyContext(open=(OpenQuestion(Question.ASK, asked),)))

    assert reply.meaning is Meaning.YES


def test_a_link_is_dead_sixty_days_after_the_last_show(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    over_at, token = night.event.plan_until_at, token_of(night.person("Josh"))
    assert over_at is not None
    days = {59: 200, 61: 410}

    for day, status in days.items():
        with time_machine.travel(over_at + timedelta(days=day), tick=False):
            assert client.get(f"/me/{token}").status_code == status


def test_a_person_replaces_their_own_link(app: Flask, client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", "20:00")])
    josh = night.person("Josh")
    before = token_of(josh)

    with time_machine.travel(night.at("12:00"), tick=False):
        moved = client.post(f"/me/{before}/link")
        old, new = client.get(f"/me/{before}"), client.get(moved.location)

    assert moved.location == f"/me/{token_of(josh)}"
    assert (old.status_code, new.status_code) == (410, 200)
    assert "This link was replaced or ended" in old.text
