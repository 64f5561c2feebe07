"""Money that two people count apart: match, mismatch, recount, reopen; each is on record, no number too early."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.money.actions import Money, count_money, delete_count, enter_count, recount, reopen
from coordinator.money.models import MoneyCount, MoneyKind
from coordinator.money.queries import counts_of, raised_of, totals_of
from coordinator.money.refusals import (
    CountIsConfirmed,
    CountsDiffer,
    IsConfirmed,
    NoInitials,
    NoSuchCount,
    NotConfirmed,
    NotMismatched,
)
from tests.builders import ANight, a_coordinator, a_night
from tests.databases import settings_for

CASH = Money(MoneyKind.CASH, note="Front door, 9 PM")
SUM = Decimal("240.50")


class Door:
    """Alice and Bob, each with a phone, at nine."""

    def __init__(self, night: ANight) -> None:
        self.night = night
        self.alice = Actor.of(a_coordinator("Alice", organisation=night.organisation))
        self.bob = Actor.of(a_coordinator("Bob", organisation=night.organisation, role="check_in"))
        self.nine = night.at("21:00")

    def first(self, amount: Decimal = SUM, money: Money = CASH) -> MoneyCount:
        return count_money(self.night.event, money, amount, "ab", actor=self.alice, now=self.nine)

    def second(self, counted: MoneyCount, amount: Decimal = SUM) -> MoneyCount:
        return enter_count(counted.id, amount, "B.O.", actor=self.bob, now=self.nine)

    @property
    def raised(self) -> Decimal:
        db.session.expire_all()
        return raised_of(self.night.event)


@pytest.fixture
def door(app: Flask) -> Door:
    return Door(a_night(beneficiary="Justice in Motion", donation_currency="USD"))


def recorded() -> list[tuple[str, dict[str, Any] | None]]:
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.what.like("money.%")).order_by(AuditEntry.id))
    return [(entry.what, entry.after) for entry in entries]


def test_two_that_agree_fix_a_sum(door: Door) -> None:
    counted = door.first()
    before = door.raised
    door.second(counted)

    assert before == Decimal(0)
    assert (counted.amount, counted.confirmed_at) == (SUM, door.nine)
    assert [(entry.by, entry.initials) for entry in counted.current] == [("Alice", "AB"), ("Bob", "BO")]
    assert door.raised == SUM


def test_the_log_names_no_amount_before_both_have_counted(door: Door) -> None:
    door.second(door.first())

    (first, its), (last, both) = recorded()
    assert (first, last) == ("money.counted", "money.confirmed")
    assert "240.50" not in str(its)
    assert both is not None
    assert (both["Alice (AB)"], both["Bob (BO)"]) == ("240.50 USD", "240.50 USD")


def test_two_that_differ_are_both_shown_and_count_again(door: Door) -> None:
    counted = door.first()
    door.second(counted, Decimal("250.50"))
    differed = (counted.is_mismatch, counted.difference, counted.amount)
    with pytest.raises(CountsDiffer):
        door.second(counted)

    recount(counted.id, actor=door.bob, now=door.nine)
    between = (counted.is_mismatch, counted.current)
    enter_count(counted.id, SUM, "AB", actor=door.alice, now=door.nine)
    door.second(counted)

    assert differed == (True, Decimal(10), None)
    assert between == (False, [])
    assert (counted.round, counted.amount, len(counted.entries)) == (2, SUM, 4)
    assert [what for what, _ in recorded()] == [
        "money.counted",
        "money.mismatched",
        "money.recounted",
        "money.counted",
        "money.confirmed",
    ]


def test_one_person_alone_never_confirms_cash(door: Door) -> None:
    counted = door.first(money=Money(MoneyKind.CASH, counters=1))
    enter_count(counted.id, Decimal(7), "AB", actor=door.alice, now=door.nine)

    corrected = [entry.amount for entry in counted.current]
    assert (counted.amount, corrected) == (None, [Decimal(7)])


def test_cards_need_one(door: Door) -> None:
    counted = door.first(money=Money(MoneyKind.CARD, counters=1))

    assert (counted.amount, door.raised) == (SUM, SUM)


def test_a_confirmed_sum_is_fixed_until_it_is_reopened(door: Door) -> None:
    counted = door.first()
    door.second(counted)
    with pytest.raises(CountIsConfirmed):
        door.second(counted, Decimal(1))
    with pytest.raises(IsConfirmed):
        delete_count(counted.id, actor=door.alice, now=door.nine)
    with pytest.raises(NotMismatched):
        recount(counted.id, actor=door.alice, now=door.nine)

    reopen(counted.id, actor=door.alice, now=door.nine)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "money.reopened")).one()
    assert (counted.amount, len(counted.current), door.raised) == (None, 0, Decimal(0))
    assert (entry.before, entry.after) == ({"amount": "240.50 USD"}, {"amount": None})
    with pytest.raises(NotConfirmed):
        reopen(counted.id, actor=door.alice, now=door.nine)


def test_a_count_by_mistake_goes(door: Door) -> None:
    counted = door.first()
    delete_count(counted.id, actor=door.alice, now=door.nine)

    assert counts_of(door.night.event) == []
    with pytest.raises(NoSuchCount):
        door.second(counted)


@pytest.mark.parametrize("initials", ["", "12", "ABCDE"])
def test_it_is_signed(door: Door, initials: str) -> None:
    with pytest.raises(NoInitials):
        count_money(door.night.event, CASH, SUM, initials, actor=door.alice, now=door.nine)

    assert counts_of(door.night.event) == []


def test_several_counts_add_up_by_cause_and_kind(door: Door) -> None:
    for money, amount in (
        (CASH, Decimal(100)),
        (Money(MoneyKind.CASH, cause="Justice in Motion"), Decimal("20.25")),
        (Money(MoneyKind.CASH, cause="Band gas money"), Decimal(30)),
    ):
        door.second(door.first(amount, money), amount)
    door.first(Decimal(60), Money(MoneyKind.ONLINE, counters=1))
    door.first(Decimal(999))  # nobody else has counted it

    assert door.raised == Decimal("180.25")  # for the beneficiary
    assert [(each.cause, dict(each.by_kind), each.total) for each in totals_of(door.night.event)] == [
        (None, {"cash": Decimal("120.25"), "online": Decimal(60)}, Decimal("180.25")),
        ("Band gas money", {"cash": Decimal(30)}, Decimal(30)),
    ]


def test_other_currencies_do_not_add_up(door: Door) -> None:
    door.first(Decimal(60), Money(MoneyKind.ONLINE, counters=1))
    event = db.session.get_one(Event, door.night.event.id)
    event.donation_currency = "EUR"
    door.first(Decimal(5), Money(MoneyKind.ONLINE, counters=1))

    assert raised_of(event) == Decimal(5)


@pytest.mark.parametrize(("amount", "confirmed"), [(SUM, SUM), (Decimal(240), None)])
def test_who_starts_the_same_count_joins_it(door: Door, amount: Decimal, confirmed: Decimal | None) -> None:
    counted = door.first(money=Money(MoneyKind.CASH))
    joined = count_money(door.night.event, CASH, amount, "BO", actor=door.bob, now=door.nine)

    assert (joined.id, joined.amount, joined.note) == (counted.id, confirmed, CASH.note)
    assert joined.is_mismatch is (confirmed is None)


@pytest.mark.parametrize(
    "other",
    [
        Money(MoneyKind.CARD, note=CASH.note),
        Money(MoneyKind.CASH, cause="Band gas money", note=CASH.note),
        Money(MoneyKind.CASH, note="The bar"),
    ],
)
def test_other_money_is_a_count_of_its_own(door: Door, other: Money) -> None:
    counted = door.first()
    apart = count_money(door.night.event, other, SUM, "BO", actor=door.bob, now=door.nine)

    assert apart.id != counted.id
    assert door.raised == Decimal(0)


def test_nobody_joins_their_own_count_or_one_that_is_over(door: Door) -> None:
    own = [door.first().id, door.first().id]
    for count_id, amount in zip(own, (SUM, Decimal(1)), strict=True):
        enter_count(count_id, amount, "BO", actor=door.bob, now=door.nine)  # one matches, one does not

    third = count_money(door.night.event, CASH, SUM, "CC", actor=Actor("Cleo"), now=door.nine)

    assert len({*own, third.id}) == 3


def at_the_same_instant(door: Door, url: str, where: Path, save: Callable[[Actor], object]) -> None:
    """Alice and Bob press *Save my count* together, each on a server of their own."""
    ready = Barrier(2)

    def press(own: Flask, actor: Actor) -> None:
        with own.app_context():
            ready.wait()
            save(actor)
            db.session.remove()
            db.engine.dispose()

    apps = [create_app(settings_for(url, where)) for _ in range(2)]
    threads = [Thread(target=press, args=each) for each in zip(apps, (door.alice, door.bob), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()


def test_two_who_save_at_the_same_instant_make_one_match(app: Flask, cloned_database_url: str, tmp_path: Path) -> None:
    door = Door(a_night())
    counted = door.first(Decimal(1))
    door.second(counted, Decimal(2))
    recount(counted.id, actor=door.alice, now=door.nine)
    count_id, now = counted.id, door.nine

    at_the_same_instant(
        door, cloned_database_url, tmp_path, lambda actor: enter_count(count_id, SUM, "XY", actor=actor, now=now)
    )

    db.session.refresh(counted)
    assert (counted.amount, len(counted.current)) == (SUM, 2)


def test_two_who_start_at_the_same_instant_make_one_count(app: Flask, cloned_database_url: str, tmp_path: Path) -> None:
    door = Door(a_night())
    event_id, now = door.night.event.id, door.nine

    def start(actor: Actor) -> None:
        count_money(db.session.get_one(Event, event_id), CASH, SUM, "XY", actor=actor, now=now)

    at_the_same_instant(door, cloned_database_url, tmp_path, start)

    assert [(counted.amount, len(counted.current)) for counted in counts_of(door.night.event)] == [(SUM, 2)]
