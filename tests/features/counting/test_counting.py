"""Counting money on two phones: neither sees the other's number first; then match or not."""

import re
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Coordinator
from coordinator.db import db
from coordinator.features.counting.queries import initials_of
from coordinator.money.models import MoneyCount
from coordinator.money.queries import raised_of
from tests.builders import ANight, a_coordinator, a_night, sign_in
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/money"


class Phone:
    """One member's phone at the door, at nine."""

    def __init__(self, app: Flask, night: ANight, who: Coordinator) -> None:
        self.night, self.client = night, sign_in(app.test_client(), who)

    def look(self) -> TestResponse:
        with time_machine.travel(self.night.at("21:00"), tick=False):
            return self.client.get(PAGE)

    def post(self, path: str = "", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at("21:00"), tick=False):
            return self.client.post(f"{PAGE}{path}", data=fields)

    def start(self, amount: str, **fields: str) -> TestResponse:
        return self.post(**{"kind": "cash", "amount": amount, "initials": "ab", "note": "Front door"} | fields)

    def enter(self, amount: str, initials: str = "bo") -> TestResponse:
        count_id = db.session.scalars(select(MoneyCount.id)).one()
        return self.post(f"/{count_id}", **{f"count-{count_id}-amount": amount, f"count-{count_id}-initials": initials})


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night(beneficiary="Justice in Motion", donation_currency="USD", donation_goal=2500)


@pytest.fixture
def alice(app: Flask, night: ANight) -> Phone:
    return Phone(app, night, a_coordinator("Alice Brown", organisation=night.organisation))


@pytest.fixture
def bob(app: Flask, night: ANight) -> Phone:
    return Phone(app, night, a_coordinator("Bob Oh", organisation=night.organisation, role="check_in"))


def kept() -> MoneyCount:
    return db.session.scalars(select(MoneyCount).execution_options(populate_existing=True)).one()


def test_two_phones_match(alice: Phone, bob: Phone, night: ANight) -> None:
    alice.start("1,240.50")
    waiting = bob.look()
    bob.enter("$1,240.50")

    assert "Alice Brown has counted it. You'll see their number once you've entered yours." in words(waiting)
    assert "1,240" not in waiting.text.replace("like 1,240.50", "")
    assert (kept().amount, raised_of(night.event)) == (Decimal("1240.50"), Decimal("1240.50"))
    assert "Cash: Front door Signed AB BO, 9:00 PM $1,240.50 Match" in words(alice.look())
    assert "Confirmed so far $1,240.50 of $2,500" in words(alice.look())


def test_two_phones_do_not_match_and_count_again(alice: Phone, bob: Phone) -> None:
    alice.start("240")
    bob.enter("250")
    both = [words(alice.look()), words(bob.look())]
    bob.post(f"/{kept().id}/recount")
    anew = [words(alice.look()), words(bob.look())]

    for page in both:
        assert "No match Alice Brown (AB) $240 Bob Oh (BO) $250 Difference $10 Count again" in page
    for page in anew:
        assert "Your turn" in page
        assert "$240" not in page
        assert "$250" not in page


@pytest.mark.parametrize(("counted", "answer"), [("240", "Match"), ("250", "No match")])
def test_two_phones_that_start_together_make_one_card(alice: Phone, bob: Phone, counted: str, answer: str) -> None:
    alice.start("240", note="")
    bob.start(counted, initials="bo")

    assert [entry.amount for entry in kept().current] == [Decimal(240), Decimal(counted)]
    assert answer in words(alice.look())
    assert "Your turn" not in words(bob.look())


def test_who_counted_sees_their_own_number_and_can_correct_it(alice: Phone, bob: Phone) -> None:
    alice.start("240")
    own = words(alice.look())
    alice.enter("242", "ab")
    bob.enter("242")

    assert "You counted $240 (AB). Now someone else opens this page on their own phone" in own
    assert kept().amount == Decimal(242)


def test_the_total_is_for_who_sees_the_plan(alice: Phone, bob: Phone) -> None:
    alice.start("240", kind="online")

    assert "Confirmed so far" not in words(bob.look())
    assert "Online: Front door Signed AB, 9:00 PM Confirmed" in words(bob.look())
    assert "$240" not in bob.look().text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": ""}, "Enter what you counted."),
        ({"amount": " "}, "Enter what you counted."),
        ({"amount": "lots"}, "Enter an amount, like 1,240.50."),
        ({"amount": "1.240"}, "That could be 1,240.00 or 1.240. Write it like 1,240.50."),
        ({"initials": ""}, "Sign with your initials, like IB."),
        ({"initials": "ABCDEF"}, "Sign with your initials, like IB."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(alice: Phone, typed: dict[str, str], sentence: str) -> None:
    answer = alice.start(**{"amount": "240", "note": "The jar by the bar"} | typed)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="The jar by the bar"' in answer.text
    assert db.session.scalars(select(MoneyCount)).all() == []


def test_a_second_count_that_cannot_be_read_stays_as_typed(alice: Phone, bob: Phone) -> None:
    alice.start("240")
    answer = bob.enter("two hundred")

    assert answer.status_code == 422
    assert 'value="two hundred"' in answer.text
    assert len(kept().entries) == 1


def test_a_comma_before_the_cents_is_understood_in_spanish(alice: Phone) -> None:
    alice.client.set_cookie("lang", "es")
    alice.start("1.240,50", kind="card")

    assert kept().amount == Decimal("1240.50")


def test_cards_take_one_coordinator_and_two_at_the_door(alice: Phone, bob: Phone) -> None:
    bob.start("80", kind="card", initials="bo")
    by_bob = kept()
    alice.enter("80", "ab")

    assert by_bob.counters == 2
    assert kept().amount == Decimal(80)


@pytest.mark.parametrize(("kind", "raised"), [("card", 500), ("cash", 0)])
def test_a_double_tap_makes_one_count(alice: Phone, night: ANight, kind: str, raised: int) -> None:
    key = re.findall(r'name="key"[^>]* value="([^"]+)"', alice.look().text)[0]
    answers = [alice.start("500", kind=kind, key=key).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(kept().entries) == 1
    assert raised_of(night.event) == raised


def test_a_double_tap_of_the_second_person_makes_one_count(alice: Phone, bob: Phone) -> None:
    alice.start("240", key="of-alice")
    for _ in range(2):
        bob.start("240", initials="bo", key="of-bob")

    assert kept().amount == Decimal(240)


def test_another_sum_from_the_same_page_is_another_count(alice: Phone, night: ANight) -> None:
    for amount in ("500", "80"):
        alice.start(amount, kind="card", key="same")

    assert raised_of(night.event) == Decimal(580)


def test_a_member_at_the_door_confirms_no_reopened_sum_alone(alice: Phone, bob: Phone) -> None:
    alice.start("500", kind="card")
    alice.post(f"/{kept().id}/reopening")
    asked = [words(phone.look()) for phone in (alice, bob)]
    bob.enter("900")
    alone = kept().amount
    alice.enter("900", "ab")

    assert ["Two people count it. You'll see the other number" in page for page in asked] == [False, True]
    assert (alone, kept().amount) == (None, Decimal(900))


def test_a_coordinator_confirms_a_reopened_sum_alone(alice: Phone) -> None:
    alice.start("500", kind="card")
    alice.post(f"/{kept().id}/reopening")
    alice.enter("510", "ab")

    assert kept().amount == Decimal(510)


def test_a_coordinator_reopens_and_deletes(alice: Phone, bob: Phone) -> None:
    alice.start("80", kind="card")
    refused = bob.post(f"/{kept().id}/reopening")
    alice.post(f"/{kept().id}/removal")
    still = kept().amount
    alice.post(f"/{kept().id}/reopening")
    opened = kept().amount
    alice.post(f"/{kept().id}/removal")

    assert refused.status_code == 403
    assert (still, opened) == (Decimal(80), None)
    assert db.session.scalars(select(MoneyCount)).all() == []


def test_another_organization_counts_nothing_here(app: Flask, night: ANight, alice: Phone) -> None:
    alice.start("80")
    charlie = Phone(app, night, a_coordinator("Charlie"))

    assert charlie.look().status_code == 404
    assert charlie.enter("80").status_code == 404
    assert len(kept().entries) == 1


@pytest.mark.parametrize(
    ("name", "initials"), [("Ines Bravo Cruz", "IC"), ("Prince", "P"), ("  ", ""), ("Ana de la 3", "AL")]
)
def test_initials_are_suggested(name: str, initials: str) -> None:
    assert initials_of(name) == initials
