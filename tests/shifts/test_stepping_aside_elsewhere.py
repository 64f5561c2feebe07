"""A waitlist at another show of the organization that a new spot makes impossible: the person leaves it soon."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shifts.actions.elsewhere import step_aside_elsewhere
from coordinator.shifts.actions.signing_up import leave_shift, take_shift
from coordinator.shifts.models import SignUp, SignUpSource
from tests.builders import ANight, a_night, a_shift, a_sign_up, minutes
from tests.night import in_the_cast
from tests.shifts.covering import ALICE

DOOR, TEA, BAR = "front-door-1", "tea-1", "bar-2"


@pytest.fixture
def other(app: Flask) -> ANight:
    """Ben waits for the full front door of this show, seven to nine."""
    door = a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1)
    night = a_night([], shifts=[door], quiet_from=None, quiet_to=None)
    waiting = a_sign_up(night, night.shift(DOOR), "Ben Ode", state="waitlisted")
    with transaction():
        waiting.waitlisted_at = night.at("08:00")
    return night


@pytest.fixture
def night(other: ANight) -> ANight:
    """The organization's other show of that evening: tea is from eight to nine, the bar from ten."""
    shifts = [a_shift("Tea", "20:00", "21:00", max=3), a_shift("Bar", "22:00", "23:00", max=3)]
    return a_night([], organisation=other.organisation, slug="next-door", shifts=shifts)


def noon(night: ANight) -> datetime:
    return night.at("12:00") - timedelta(days=5)


def of_ben(other: ANight) -> str:
    db.session.expire_all()
    return next(each.state for each in other.shift(DOOR).sign_ups if each.person.name == "Ben Ode")


def takes(night: ANight, other: ANight, key: str, source: SignUpSource = SignUpSource.LINK) -> SignUp:
    return take_shift(night.shift(key).id, other.person("Ben Ode"), now=noon(night), source=source)


def test_whoever_takes_a_shift_at_that_time_no_longer_waits_at_the_other_show(night: ANight, other: ANight) -> None:
    takes(night, other, TEA)

    changed = [step_aside_elsewhere(noon(night) + minutes(number)) for number in (1, 2)]

    assert changed == [1, 0]
    assert of_ben(other) == "cancelled"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "shift.stepped_aside")).one()
    assert (entry.event_id, entry.by, entry.via, entry.after) == (
        other.event.id,
        "Ben Ode",
        "job",
        {"state": "cancelled", "for": "Tea"},
    )


def test_whoever_takes_what_fits_and_whoever_waits_at_both_go_on_waiting(night: ANight, other: ANight) -> None:
    takes(night, other, BAR)
    a_sign_up(night, night.shift(TEA), "Ben Ode", state="waitlisted")

    assert step_aside_elsewhere(noon(night) + minutes(1)) == 0
    assert of_ben(other) == "waitlisted"


def test_whoever_is_put_on_a_shift_is_told_that_they_no_longer_wait(night: ANight, other: ANight) -> None:
    with transaction():
        in_the_cast(night, "Ben Ode")
    put_on_shift(night.shift(TEA).id, other.person("Ben Ode"), actor=ALICE, now=noon(night))

    step_aside_elsewhere(noon(night) + minutes(1))

    text = db.session.scalars(select(Message).where(Message.rule == "waitlist-off")).one()
    assert "Ben, you're off the waitlist for Front door at 7pm on Fri Dec 4: it doesn't fit with Tea" in text.body


def test_whoever_gives_the_other_shift_up_soon_waits_in_their_old_position(night: ANight, other: ANight) -> None:
    tea = takes(night, other, TEA)
    step_aside_elsewhere(noon(night) + minutes(1))
    leave_shift(tea, now=noon(night) + minutes(5), source=SignUpSource.LINK)

    step_aside_elsewhere(noon(night) + minutes(6))

    (waiting,) = (each for each in other.shift(DOOR).sign_ups if each.person.name == "Ben Ode")
    assert (waiting.state, waiting.waitlisted_at) == ("waitlisted", other.at("08:00"))


def test_whoever_gives_it_up_later_does_not(night: ANight, other: ANight) -> None:
    tea = takes(night, other, TEA)
    step_aside_elsewhere(noon(night) + minutes(1))
    leave_shift(tea, now=noon(night) + minutes(12), source=SignUpSource.LINK)

    assert step_aside_elsewhere(noon(night) + minutes(13)) == 0
    assert of_ben(other) == "cancelled"
