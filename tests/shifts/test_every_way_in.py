"""Each rule of volunteering through each way onto a shift: none of them lets in whom another would refuse."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask

from coordinator.core.cover import SOFT, Obstacle
from coordinator.db import db, transaction
from coordinator.desk.answering import answer_text
from coordinator.desk.pasting import paste_shifts
from coordinator.messaging.actions import receive_text
from coordinator.people.models import Person
from coordinator.shifts.actions import (
    agree_swap,
    ask_swap,
    cancel_shift,
    edit_house_rule,
    next_waves,
    open_search,
    put_on_shift,
    take_shift,
)
from coordinator.shifts.models import HOLDING, CoverOffer, CoverSearch, Shift, SignUp
from coordinator.shifts.queries import objections_to
from coordinator.shifts.refusals import CannotTakeShift, NeedsAReason, SwapRefused
from coordinator.shownight.actions import By
from tests.builders import ANight, a_night, a_shift, a_sign_up, a_slot, minutes

ALICE = By("Alice")
DOOR, TEA, BAR = "front-door-1", "tea-2", "bar-3"
TOO_LATE = "21:30"


def a_house() -> ANight:
    """Ben has the front door from seven to nine, which has room for two. Ana pours tea in the morning, and plays late.

    Nobody has anything at the bar, from which it is a walk to the door.
    """
    night = a_night(
        [a_slot("Ana Ruiz", "22:40", minutes=15, changeover=0, answer="confirmed")],
        shifts=[
            a_shift("Front door", "19:00", "21:00", people=("Ben Ode",), max=2, place="Street side"),
            a_shift("Tea", "13:00", "14:00", people=("Ana Ruiz",), max=1, place="Foyer"),
            a_shift("Bar", "21:02", "22:00", place="Foyer"),
        ],
        quiet_from=None,
        quiet_to=None,
    )
    house(night, promote_until=timedelta(hours=1), offer_until=timedelta(minutes=30))
    return night


def house(night: ANight, **changes: Any) -> None:
    edit_house_rule(night.event, by=ALICE, now=night.at("08:00"), **changes)


def has(row: Any, **columns: Any) -> None:
    with transaction():
        for name, value in columns.items():
            setattr(row, name, value)


def ana(night: ANight) -> Person:
    return night.person("Ana Ruiz")


def sign_up(night: ANight, key: str, name: str) -> SignUp:
    return next(each for each in night.shift(key).sign_ups if each.person.name == name)


# What stands against Ana. Each makes it so, and every other rule would let her in.


def called_off(night: ANight) -> None:
    cancel_shift(night.shift(DOOR), by=ALICE, now=night.at("08:00"))


def taken(night: ANight) -> None:
    a_sign_up(night, night.shift(DOOR), "Ana Ruiz")


def full(night: ANight) -> None:
    has(night.shift(DOOR), max=1)


def too_young(night: ANight) -> None:
    has(ana(night), born_on=date(2010, 5, 1))
    has(night.shift(DOOR).role, minimum_age=18)


def night_work(night: ANight) -> None:
    has(ana(night), born_on=date(2010, 5, 1))
    house(night, minors_until=time(20))


def at_the_bar(night: ANight, starts: str, **changes: Any) -> None:
    bar = night.shift(BAR)
    has(bar, starts_at=night.at(starts), ends_at=night.at("22:00"))
    a_sign_up(night, bar, "Ana Ruiz")
    house(night, **changes)


def playing(night: ANight) -> None:
    has(night.slot("Ana Ruiz"), starts_at=night.at("20:00"))


def no_skill(night: ANight) -> None:
    has(night.shift(DOOR).role, skills=["first aid"])


def no_age(night: ANight) -> None:
    has(night.shift(DOOR).role, minimum_age=18)


def nobody_who_knows(night: ANight) -> None:
    has(night.shift(DOOR).role, never_alone=True)


RULES: dict[str, tuple[Obstacle, Callable[[ANight], None]]] = {
    "called off": (Obstacle.CALLED_OFF, called_off),
    "over": (Obstacle.OVER, lambda night: None),
    "on it already": (Obstacle.TAKEN, taken),
    "full": (Obstacle.FULL, full),
    "too young": (Obstacle.TOO_YOUNG, too_young),
    "too late for minors": (Obstacle.NIGHT, night_work),
    "another shift": (Obstacle.CLASH, lambda night: at_the_bar(night, "20:30")),
    "a set": (Obstacle.CLASH, playing),
    "no time to walk": (Obstacle.TOO_CLOSE, lambda night: at_the_bar(night, "21:02", rest=timedelta(0))),
    "no rest": (Obstacle.REST, lambda night: at_the_bar(night, "21:20")),
    "too long": (Obstacle.TOO_LONG, lambda night: house(night, longest=timedelta(hours=1))),
    "no skill": (Obstacle.SKILL, no_skill),
    "no age": (Obstacle.AGE_UNKNOWN, no_age),
    "alone": (Obstacle.ALONE, nobody_who_knows),
}


# The ways onto a shift.


def by_herself(night: ANight, now: datetime) -> None:
    with suppress(CannotTakeShift):
        take_shift(night.shift(DOOR).id, ana(night), now=now, how="link")


def by_a_coordinator(night: ANight, now: datetime) -> None:
    with suppress(CannotTakeShift):
        put_on_shift(night.shift(DOOR).id, ana(night), by=ALICE, now=now)


def by_text(night: ANight, now: datetime) -> None:
    """She was offered the place, and says yes to it."""
    with transaction() as session:
        search = CoverSearch(event_id=night.event.id, shift_id=night.shift(DOOR).id, why="short", opened_at=now)
        offer = CoverOffer(event_id=night.event.id, search=search, person=ana(night), source="standby", wave=1)
        offer.offered_at, offer.expires_at, offer.answer = now - minutes(1), now + minutes(20), "open"
        session.add_all((search, offer))
    phone = ana(night).phone or ""
    receive_text(phone=phone, to="+12025550100", body="C", sid="SM1", num_media=0, now=now, answer=answer_text)


def by_the_waitlist(night: ANight, now: datetime) -> None:
    if not any(each.person.name == "Ana Ruiz" for each in night.shift(DOOR).sign_ups):
        waiting = a_sign_up(night, night.shift(DOOR), "Ana Ruiz", state="waitlisted")
        has(waiting, waitlisted_at=night.at("08:00"))
    with transaction():
        open_search(night.shift(DOOR), None, "short", now=now)
    next_waves(now)


def by_a_swap(night: ANight, now: datetime) -> None:
    with suppress(SwapRefused):
        swap = ask_swap(sign_up(night, TEA, "Ana Ruiz"), sign_up(night, DOOR, "Ben Ode"), now=now)
        agree_swap(swap, now=now)


def by_an_import(night: ANight, now: datetime) -> None:
    rows = "role,starts,ends,place,person\nFront door,19:00,21:00,Street side,Ana Ruiz\n"
    paste_shifts(night.event, rows, by=ALICE, now=now, despite_wrong=True)


WAYS: dict[str, Callable[[ANight, datetime], None]] = {
    "self": by_herself,
    "coordinator": by_a_coordinator,
    "text": by_text,
    "waitlist": by_the_waitlist,
    "swap": by_a_swap,
    "import": by_an_import,
}
NO_SUCH_CASE = {("full", "swap")}  # who swaps brings no one more onto the shift


def at_the_door(night: ANight) -> list[str]:
    db.session.expire_all()
    return sorted(each.person.name for each in night.shift(DOOR).sign_ups if each.state in HOLDING)


def when(night: ANight, rule: str) -> datetime:
    return night.at(TOO_LATE if rule == "over" else "12:00")


def the_door(night: ANight) -> Shift:
    return night.shift(DOOR)


@pytest.mark.parametrize("rule", RULES)
def test_each_case_of_the_table_is_about_its_own_rule(sqlite_app: Flask, rule: str) -> None:
    night, (obstacle, hinder) = a_house(), RULES[rule]
    before = objections_to(the_door(night), ana(night), night.at("12:00"))

    hinder(night)

    against = {each.obstacle for each in objections_to(the_door(night), ana(night), when(night, rule))}
    assert (before, against) == ([], {obstacle})


@pytest.mark.parametrize("way", WAYS)
def test_each_way_leads_onto_the_shift_where_nothing_stands_against_it(app: Flask, way: str) -> None:
    night = a_house()

    WAYS[way](night, night.at("12:00"))

    assert "Ana Ruiz" in at_the_door(night)


@pytest.mark.parametrize(("rule", "way"), [case for case in product(RULES, WAYS) if case not in NO_SUCH_CASE])
def test_each_rule_holds_on_each_way(sqlite_app: Flask, rule: str, way: str) -> None:
    night = a_house()
    RULES[rule][1](night)
    before = at_the_door(night)

    WAYS[way](night, when(night, rule))

    assert at_the_door(night) == before


@pytest.mark.parametrize("rule", RULES)
def test_a_coordinator_passes_over_the_soft_rules_alone_and_says_why(sqlite_app: Flask, rule: str) -> None:
    night, (obstacle, hinder) = a_house(), RULES[rule]
    hinder(night)
    before, now = at_the_door(night), when(night, rule)

    if obstacle in SOFT:
        with pytest.raises(NeedsAReason):
            put_on_shift(the_door(night).id, ana(night), by=ALICE, now=now)
        put_on_shift(the_door(night).id, ana(night), by=ALICE, now=now, despite="I know her.")
        assert at_the_door(night) == ["Ana Ruiz", "Ben Ode"]
        assert sign_up(night, DOOR, "Ana Ruiz").despite == "I know her."
    else:
        with pytest.raises(CannotTakeShift):
            put_on_shift(the_door(night).id, ana(night), by=ALICE, now=now, despite="I know her.")
        assert at_the_door(night) == before
