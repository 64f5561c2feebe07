"""What was tried on the public pages: counted with its reason, shown to owners, and stopped from there."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator import clock
from coordinator.accounts.actions.limits import TooManyTries
from coordinator.db import db, transaction
from coordinator.features.organisation.doors import code_cost
from coordinator.messaging.actions import doors as counting
from coordinator.messaging.actions.doors import count_at_door, forget_old_counts
from coordinator.messaging.models import Door, DoorCount, DoorOutcome, Message
from coordinator.messaging.queries.doors import code_segments, door_counts
from coordinator.shifts.actions.codes import CodeRequest, ask_code, prove_sign_up
from coordinator.shifts.refusals.codes import NoCodeNow, WrongCode
from tests.builders import ANight, a_coordinator, a_message, a_night, a_person, an_organisation, sign_in

PAGE = "/coordinate/organisation/doors"
HOUR = timedelta(hours=1)


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night()


def asks(night: ANight, phone: str = "+12025550101", address: str = "192.0.2.1", **more: Any) -> Any:
    of_her: dict[str, Any] = {"host": "localhost", "browser": "b", "language": "en", "name": "Ana"}
    asked = CodeRequest(sent_to=phone, address=address, **of_her, **more)
    return ask_code(night.event, asked, now=night.at("12:00"))


def counted(night: ANight) -> dict[tuple[str, str], int]:
    return dict(door_counts(night.organisation.id, night.at("12:00")))


def words(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def test_codes_are_counted_with_what_came_of_them(night: ANight) -> None:
    code = asks(night)
    with pytest.raises(WrongCode):
        prove_sign_up(code.id, "no code", browser="b", now=night.at("12:00"))
    for _ in range(2):
        asks(night)
    with pytest.raises(TooManyTries):
        asks(night)
    for column in ("texts_paused_at", "sign_up_closed_at"):
        with transaction():
            setattr(night.event, column, night.at("12:00"))
        with pytest.raises(NoCodeNow):
            asks(night, "+12025550102")

    assert counted(night) == {
        ("code", "sent"): 3,
        ("code", "wrong"): 1,
        ("code", "too_often"): 1,
        ("code", "paused"): 1,
        ("code", "closed"): 1,
    }


def test_a_proved_number_is_counted_once(night: ANight) -> None:
    code = asks(night)
    body = db.session.scalars(select(Message.body)).one()
    digits = re.search(r"\b(\d{6})\b", body or "")
    assert digits

    for _ in range(2):
        prove_sign_up(code.id, digits[1], browser="b", now=night.at("12:01"))

    assert counted(night)["code", "right"] == 1


def test_sign_in_is_counted_with_refusals(client: FlaskClient, night: ANight) -> None:
    for _ in range(6):
        client.post("/sign-in", data={"email": "alice@example.com", "password": "wrong"})

    now = clock.now()
    found = door_counts(night.organisation.id, now - HOUR)
    assert (found["sign_in", "wrong"], found["sign_in", "too_often"]) == (5, 1)


def test_no_flood_of_tries_writes_without_end(night: ANight) -> None:
    now = night.at("12:00")
    count_at_door(Door.KIOSK, DoorOutcome.WRONG, now, night.organisation.id)
    with transaction() as session:
        session.scalars(select(DoorCount)).one().number = counting.MOST_COUNTED

    count_at_door(Door.KIOSK, DoorOutcome.WRONG, now, night.organisation.id)

    assert counted(night) == {("kiosk", "wrong"): counting.MOST_COUNTED}


def test_counts_are_of_ones_own_organisation_and_kept_for_eight_days(night: ANight) -> None:
    now, other = night.at("12:00"), an_organisation("Another house")
    count_at_door(Door.DOOR, DoorOutcome.WRONG, now, other.id)
    count_at_door(Door.DOOR, DoorOutcome.RIGHT, now - timedelta(days=8, hours=2), night.organisation.id)
    count_at_door(Door.SIGN_IN, DoorOutcome.WRONG, now)

    assert dict(door_counts(night.organisation.id, now - timedelta(days=7))) == {("sign_in", "wrong"): 1}
    assert forget_old_counts(now) == 1
    assert len(db.session.scalars(select(DoorCount)).all()) == 2


def test_what_codes_cost_is_said_where_a_price_is_set(night: ANight) -> None:
    now, ana = night.at("12:00"), a_person(organisation=night.organisation)
    for state, claimed_at in (("delivered", now - HOUR), ("failed", now - HOUR), ("sent", now - timedelta(days=3))):
        a_message(night, ana, kind="code", state=state, segments=2, claimed_at=claimed_at)

    assert code_segments(night.organisation.id, now - timedelta(days=1)) == 2
    assert code_cost(night.organisation.id, None, now).prices is None
    assert code_cost(night.organisation.id, Decimal("0.0079"), now).prices == (Decimal("0.02"), Decimal("0.04"))


def test_an_owner_sees_the_counts_and_closes_sign_up_there(client: FlaskClient) -> None:
    night = a_night()
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation, role="owner"))
    for _ in range(3):
        count_at_door(Door.CODE, DoorOutcome.TOO_MANY, clock.now(), night.organisation.id)

    page = words(alice.get(PAGE))
    closed = alice.post(PAGE, data={"show": night.event.slug, "closed": "1"}, follow_redirects=True)
    was_closed_at: datetime | None = night.event.sign_up_closed_at
    again = alice.post(PAGE, data={"show": night.event.slug, "closed": "0"}, follow_redirects=True)

    assert "Refused: too many for one show or for all 3 3" in page
    assert "Sign-up is closed" in words(closed)
    assert was_closed_at is not None
    assert "Sign-up is open" in words(again)
    assert night.event.sign_up_closed_at is None
    assert alice.post(PAGE, data={"show": night.event.slug}).status_code == 400
    assert alice.post(PAGE, data={"show": "nobodys", "closed": "1"}).status_code == 404
    assert PAGE in alice.get("/coordinate/?all=1").text


def test_only_owners_see_the_page(client: FlaskClient) -> None:
    night = a_night()
    a_coordinator("Alice", organisation=night.organisation, role="owner")
    bo = sign_in(client, a_coordinator("Bo", organisation=night.organisation, role="coordinator"))

    for answer in (bo.get(PAGE), bo.post(PAGE, data={"show": night.event.slug, "closed": "1"})):
        assert answer.status_code == 403
        assert "Ask Alice" in words(answer)
    assert PAGE not in bo.get("/coordinate/?all=1").text
