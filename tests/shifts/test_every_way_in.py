"""Each rule of volunteering through each way onto a shift: none of them lets in whom another would refuse."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.core.cover import SOFT, Obstacle
from coordinator.db import db, transaction
from coordinator.features.people_list.pasting.shifts import paste_shifts
from coordinator.features.text_replies.routing import answer_text
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shifts.actions.searches import open_search
from coordinator.shifts.actions.signing_up import take_back_leave, take_shift
from coordinator.shifts.actions.swapping import agree_swap, ask_swap
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import HOLDING, CoverOffer, CoverSearch, SearchReason, Shift, SignUp, SignUpSource
from coordinator.shifts.queries.roster import objections_to
from coordinator.shifts.refusals.leaving import SwapRefused
from coordinator.shifts.refusals.taking import CannotTakeShift, NeedsAReason
from tests.builders import ANight, a_night, a_shift, a_sign_up, a_slot, minutes
from tests.playing import PUBLIC_URL

ALICE = Actor("Alice")
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
    edit_volunteer_policy(night.event, actor=ALICE, now=night.at("08:00"), **changes)


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
    cancel_shift(night.shift(DOOR), actor=ALICE, now=night.at("08:00"))


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
    "no rest": (Obstacle.REST, lambda night: at_the_bar(night, "21:14")),
    "too long": (Obstacle.TOO_LONG, lambda night: house(night, longest=timedelta(hours=1))),
    "no skill": (Obstacle.SKILL, no_skill),
    "no age": (Obstacle.AGE_UNKNOWN, no_age),
    "alone": (Obstacle.ALONE, nobody_who_knows),
}


# The ways onto a shift.


def by_herself(night: ANight, now: datetime) -> None:
    with suppress(CannotTakeShift):
        take_shift(night.shift(DOOR).id, ana(night), now=now, source=SignUpSource.LINK)


def by_a_coordinator(night: ANight, now: datetime) -> None:
    with suppress(CannotTakeShift):
        put_on_shift(night.shift(DOOR).id, ana(night), actor=ALICE, now=now)


def by_taking_it_back(night: ANight, now: datetime) -> None:
    """She had the place, and gave it up a minute ago."""
    rows = [each for each in night.shift(DOOR).sign_ups if each.person.name == "Ana Ruiz"]
    left = rows[0] if rows else a_sign_up(night, night.shift(DOOR), "Ana Ruiz", state="cancelled")
    has(left, given_up_at=now - minutes(1))
    with suppress(CannotTakeShift):
        take_back_leave(left, now=now, source=SignUpSource.LINK)


def by_text(night: ANight, now: datetime) -> None:
    """She was offered the place, and says yes to it."""
    with transaction() as session:
        search = CoverSearch(event_id=night.event.id, shift_id=night.shift(DOOR).id, why="short", opened_at=now)
        offer = CoverOffer(event_id=night.event.id, search=search, person=ana(night), source="standby", wave=1)
        offer.offered_at, offer.expires_at, offer.answer = now - minutes(1), now + minutes(20), "open"
        session.add_all((search, offer))
    phone = ana(night).phone or ""
    answer = partial(answer_text, public_url=PUBLIC_URL)
    receive_text(InboundText(phone=phone, to="+12025550100", body="C", sid="SM1"), now=now, answer=answer)


def by_the_waitlist(night: ANight, now: datetime) -> None:
    if not any(each.person.name == "Ana Ruiz" for each in night.shift(DOOR).sign_ups):
        waiting = a_sign_up(night, night.shift(DOOR), "Ana Ruiz", state="waitlisted")
        has(waiting, waitlisted_at=night.at("08:00"))
    with transaction():
        open_search(night.shift(DOOR), None, SearchReason.SHORT, now=now)
    next_waves(now)


def by_a_swap(night: ANight, now: datetime) -> None:
    with suppress(SwapRefused):
        swap = ask_swap(sign_up(night, TEA, "Ana Ruiz"), sign_up(night, DOOR, "Ben Ode"), now=now)
        agree_swap(swap, now=now)


def by_an_import(night: ANight, now: datetime) -> None:
    rows = "role,starts,ends,place,person\nFront door,19:00,21:00,Street side,Ana Ruiz\n"
    paste_shifts(night.event, rows, actor=ALICE, now=now, skip_wrong=True)


WAYS: dict[str, Callable[[ANight, datetime], None]] = {
    "self": by_herself,
    "coordinator": by_a_coordinator,
    "taken back": by_taking_it_back,
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
            put_on_shift(the_door(night).id, ana(night), actor=ALICE, now=now)
        put_on_shift(the_door(night).id, ana(night), actor=ALICE, now=now, override_reason="I know her.")
        assert at_the_door(night) == ["Ana Ruiz", "Ben Ode"]
        assert sign_up(night, DOOR, "Ana Ruiz").override_reason == "I know her."
    else:
        with pytest.raises(CannotTakeShift):
            put_on_shift(the_door(night).id, ana(night), actor=ALICE, now=now, override_reason="I know her.")
        assert at_the_door(night) == before
