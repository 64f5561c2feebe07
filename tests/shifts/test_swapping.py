"""Two people exchange their places: both agree, the rules hold for both, or nothing happens."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.actions.signing_up import leave_shift
from coordinator.shifts.actions.swapping import agree_swap, ask_swap, decline_swap, withdraw_swap
from coordinator.shifts.models import HOLDING, SignUp, SignUpSource
from coordinator.shifts.queries.swapping import open_swaps, others_to_swap_with
from coordinator.shifts.refusals.leaving import CannotSwap, OtherCannotSwap, OtherIsNotReached, SwapIsOver
from tests.builders import ANight, a_night, a_shift, minutes


def two_shifts() -> ANight:
    """Ana is at the door from six to eight, Ben at the bar from seven to nine; each shift is full."""
    return a_night(
        [],
        shifts=[
            a_shift("Front door", "18:00", "20:00", people=("Ana Ruiz",), max=1),
            a_shift("Bar", "19:00", "21:00", people=("Ben Ode",), max=1),
        ],
    )


def place_of(night: ANight, name: str) -> SignUp:
    held = select(SignUp).join(Person, Person.id == SignUp.person_id)
    return db.session.scalars(held.where(Person.name == name, SignUp.state.in_(HOLDING))).one()


def who_is_where(night: ANight) -> dict[str, list[str]]:
    db.session.expire_all()
    return {
        key: [each.person.name for each in night.shift(key).sign_ups if each.state in HOLDING]
        for key in ("front-door-1", "bar-2")
    }


def told() -> list[tuple[str, str]]:
    notes = select(Message).where(Message.kind == "note", Message.state != "cancelled").order_by(Message.id)
    return [(note.person.name, note.body) for note in db.session.scalars(notes) if note.person]


NOBODY_MOVED = {"front-door-1": ["Ana Ruiz"], "bar-2": ["Ben Ode"]}
SWAPPED = {"front-door-1": ["Ben Ode"], "bar-2": ["Ana Ruiz"]}
ASKED = (
    "Ben Ode",
    "Ben, Ana wants to trade: your Bar 7pm, tonight for Front door 6pm? Reply C for yes, X for no.",
)


def test_two_people_swap_full_shifts_that_overlap_and_both_are_told(app: Flask) -> None:
    night = two_shifts()
    now = night.at("12:00")

    swap = ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now)
    assert ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now).id == swap.id
    assert who_is_where(night) == NOBODY_MOVED
    agree_swap(swap, now=now)
    agree_swap(swap, now=now)

    assert who_is_where(night) == SWAPPED
    assert told() == [
        ASKED,
        (
            "Ana Ruiz",
            "Ana, you've traded with Ben. Yours now: Bar 7pm, tonight.",
        ),
    ]
    assert {each.source for each in db.session.scalars(select(SignUp))} == {"swap"}


def test_nothing_moves_when_the_other_declines_or_the_one_who_asked_withdraws(app: Flask) -> None:
    night = two_shifts()
    now = night.at("12:00")

    declined = ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now)
    decline_swap(declined, now=now)
    withdrawn = ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now)
    withdraw_swap(withdrawn, now=now)
    with pytest.raises(SwapIsOver):
        agree_swap(withdrawn, now=now)

    assert who_is_where(night) == NOBODY_MOVED
    assert open_swaps([place_of(night, "Ana Ruiz").id]) == []
    assert [who for who, _ in told()] == ["Ben Ode", "Ana Ruiz"]


def test_the_rules_are_asked_for_both_before_and_again_when_the_other_agrees(app: Flask) -> None:
    night = two_shifts()
    now = night.at("12:00")
    with transaction():
        night.add_shift(a_shift("Tea", "20:30", "22:00", people=("Ana Ruiz",)))
    door = next(each for each in night.shift("front-door-1").sign_ups)

    with pytest.raises(CannotSwap) as own:
        ask_swap(door, place_of(night, "Ben Ode"), now=now)
    with pytest.raises(OtherCannotSwap) as other:
        ask_swap(place_of(night, "Ben Ode"), door, now=now)
    tea = next(each for each in night.shift("tea-3").sign_ups)
    leave_shift(tea, now=now, source=SignUpSource.LINK)
    swap = ask_swap(door, place_of(night, "Ben Ode"), now=now)
    with transaction():
        tea.state = "confirmed"
    with pytest.raises(OtherCannotSwap):
        agree_swap(swap, now=now)

    assert str(own.value) == ("You can't trade: Bar is at the same time as Tea, which you already have.")
    assert str(other.value) == "Ana can't take Bar. Please ask someone else."
    assert (who_is_where(night), swap.outcome) == (NOBODY_MOVED, "impossible")


def test_a_place_that_was_left_or_has_begun_is_no_longer_swapped(app: Flask) -> None:
    night = two_shifts()
    morning = night.at("12:00")
    swap = ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=morning)

    with pytest.raises(SwapIsOver):
        agree_swap(swap, now=night.at("18:00"))
    with pytest.raises(SwapIsOver):
        ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=night.at("18:01"))

    assert who_is_where(night) == NOBODY_MOVED


@pytest.mark.parametrize("leaver", ["Ana Ruiz", "Ben Ode"])
def test_a_swap_ends_when_one_of_the_two_leaves_and_who_asked_is_told_if_they_stay(app: Flask, leaver: str) -> None:
    night = two_shifts()
    now = night.at("12:00")
    swap = ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now)
    with transaction():
        db.session.scalars(select(Message)).one().state = "delivered"

    leave_shift(place_of(night, leaver), now=now, source=SignUpSource.LINK)

    assert (swap.closed_at, swap.outcome) == (now, "impossible")
    told_ana = {"Ana Ruiz": [], "Ben Ode": [("Ana Ruiz", "Ben would rather not trade")]}[leaver]
    assert [(who, body.split("Ana, ")[1][:26]) for who, body in told()[1:]] == told_ana


@pytest.mark.parametrize("changed", [{"phone": None}, {"agreed_at": None}, {"phone_trouble": "unreachable"}, {}])
def test_nobody_is_asked_to_swap_whom_no_text_reaches(app: Flask, changed: dict[str, str | None]) -> None:
    night = two_shifts()
    now, ben = night.at("12:00"), night.person("Ben Ode")
    if not changed:
        stop_texts(ben.phone or "", sender="simulated", cause="STOP", now=now)
    with transaction():
        for column, value in changed.items():
            setattr(ben, column, value)

    with pytest.raises(OtherIsNotReached) as refusal:
        ask_swap(place_of(night, "Ana Ruiz"), place_of(night, "Ben Ode"), now=now)

    assert str(refusal.value) == "We can't ask Ben by text. Please ask someone else."
    assert others_to_swap_with(place_of(night, "Ana Ruiz"), now) == []
    assert open_swaps([place_of(night, "Ana Ruiz").id]) == []


def test_one_chooses_among_the_places_of_others_that_are_to_come(app: Flask) -> None:
    night = two_shifts()
    with transaction():
        night.add_shift(a_shift("Tea", "16:00", "17:00", people=("Cleo Cedar",)))
        night.add_shift(a_shift("Clean-up", "22:00", "23:00", people=("Ana Ruiz", "Dan Elm")))
    door = next(each for each in night.shift("front-door-1").sign_ups)

    found = others_to_swap_with(door, night.at("16:00") + minutes(1))

    assert [(each.person.name, each.shift.role.name) for each in found] == [("Ben Ode", "Bar")]
    assert others_to_swap_with(door, night.at("22:00") + timedelta(hours=1)) == []
