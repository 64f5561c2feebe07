"""A waitlist that one's other spots make impossible: the person leaves it, and is back if they undo it."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.covering import answer_offer, look_for_somebody
from coordinator.shifts.actions.signing_up import change_shift, leave_shift, take_back_leave, take_shift
from coordinator.shifts.actions.swapping import agree_swap, ask_swap
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverOffer, SignUp, SignUpSource
from tests.builders import ANight, a_night, a_shift, a_sign_up, minutes
from tests.night import in_the_cast
from tests.shifts.covering import ALICE, told

DOOR, TEA, BAR = "front-door-1", "tea-2", "bar-3"


def an_evening() -> ANight:
    """Ben waits for the full front door, seven to nine. Tea is from eight to nine, the bar from six to half past."""
    night = a_night(
        [],
        shifts=[
            a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1),
            a_shift("Tea", "20:00", "21:00", max=3),
            a_shift("Bar", "18:00", "18:30", max=3),
        ],
        quiet_from=None,
        quiet_to=None,
    )
    waiting = a_sign_up(night, night.shift(DOOR), "Ben Ode", state="waitlisted")
    with transaction():
        waiting.waitlisted_at = night.at("08:00")
    return night


def noon(night: ANight) -> datetime:
    return night.at("12:00") - timedelta(days=5)


def bens(night: ANight, key: str) -> SignUp:
    return next(each for each in night.shift(key).sign_ups if each.person.name == "Ben Ode")


def of_ben(night: ANight) -> list[tuple[str, str]]:
    db.session.expire_all()
    rows = db.session.scalars(select(SignUp).order_by(SignUp.shift_id))
    return [(row.shift.role.name, row.state) for row in rows if row.person.name == "Ben Ode"]


def takes(night: ANight, key: str, source: SignUpSource = SignUpSource.LINK) -> SignUp:
    return take_shift(night.shift(key).id, night.person("Ben Ode"), now=noon(night), source=source)


def test_whoever_takes_another_shift_at_that_time_no_longer_waits(app: Flask) -> None:
    night = an_evening()

    takes(night, TEA)

    assert of_ben(night) == [("Front door", "cancelled"), ("Tea", "confirmed")]
    assert told(night) == []  # they see it on the page that they took it on
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "shift.stepped_aside")).one()
    assert (entry.by, entry.before, entry.after) == (
        "Ben Ode",
        {"state": "waitlisted"},
        {"state": "cancelled", "for": "Tea"},
    )


def test_whoever_takes_a_shift_that_fits_goes_on_waiting(app: Flask) -> None:
    night = an_evening()

    takes(night, BAR)

    assert of_ben(night) == [("Front door", "waitlisted"), ("Bar", "confirmed")]


def test_whoever_is_put_on_a_shift_is_told_in_half_a_minute_that_they_no_longer_wait(app: Flask) -> None:
    night = an_evening()

    put_on_shift(night.shift(TEA).id, night.person("Ben Ode"), actor=ALICE, now=noon(night))

    text = db.session.scalars(select(Message)).one()
    assert of_ben(night) == [("Front door", "cancelled"), ("Tea", "confirmed")]
    assert (text.rule, text.due_at) == ("waitlist-off", noon(night) + timedelta(seconds=30))
    assert (
        "Ben, you're off the waitlist for Front door at 7pm on Fri Dec 4: it doesn't fit with Tea, which you now have."
    ) in text.body


def test_undone_in_time_they_wait_as_before_and_hear_nothing(app: Flask) -> None:
    night = an_evening()
    tea = put_on_shift(night.shift(TEA).id, night.person("Ben Ode"), actor=ALICE, now=noon(night))

    take_off_shift(tea, actor=ALICE, now=noon(night) + timedelta(seconds=20))

    assert of_ben(night) == [("Front door", "waitlisted"), ("Tea", "cancelled")]
    assert bens(night, DOOR).waitlisted_at == night.at("08:00")
    assert told(night) == []


def test_giving_up_the_other_shift_soon_brings_back_the_old_position_and_later_it_does_not(app: Flask) -> None:
    night = an_evening()
    tea = takes(night, TEA)

    leave_shift(tea, now=noon(night) + minutes(9), source=SignUpSource.LINK)
    soon = of_ben(night)
    take_back_leave(tea, now=noon(night) + minutes(9), source=SignUpSource.LINK)
    again = of_ben(night)
    leave_shift(tea, now=noon(night) + minutes(19), source=SignUpSource.LINK)

    assert soon == [("Front door", "waitlisted"), ("Tea", "cancelled")]
    assert again == [("Front door", "cancelled"), ("Tea", "confirmed")]
    assert of_ben(night) == [("Front door", "cancelled"), ("Tea", "cancelled")]


def test_a_place_that_came_free_meanwhile_is_theirs(app: Flask) -> None:
    night = an_evening()
    tea = takes(night, TEA)
    ana = night.shift(DOOR).sign_ups[0]
    leave_shift(ana, now=noon(night) + minutes(1), source=SignUpSource.LINK)
    next_waves(noon(night) + minutes(2))

    leave_shift(tea, now=noon(night) + minutes(5), source=SignUpSource.LINK)
    next_waves(noon(night) + minutes(6))

    assert of_ben(night) == [("Front door", "confirmed"), ("Tea", "cancelled")]


def test_whoever_switches_to_what_fits_goes_on_waiting(app: Flask) -> None:
    night = an_evening()
    bar = takes(night, BAR)

    change_shift(bar, night.shift(TEA).id, now=noon(night), source=SignUpSource.LINK)
    clash = of_ben(night)
    change_shift(bens(night, TEA), bar.shift_id, now=noon(night) + minutes(1), source=SignUpSource.LINK)

    assert clash == [("Front door", "cancelled"), ("Tea", "confirmed"), ("Bar", "cancelled")]
    assert of_ben(night) == [("Front door", "waitlisted"), ("Tea", "cancelled"), ("Bar", "confirmed")]


def test_a_swap_and_a_cover_take_people_off_waitlists_too_and_tell_them(app: Flask) -> None:
    night = an_evening()
    bar = takes(night, BAR)
    with transaction():
        zoe = in_the_cast(night, "Zoe Ash")
    tea = take_shift(night.shift(TEA).id, zoe, now=noon(night), source=SignUpSource.LINK)

    agree_swap(ask_swap(bar, tea, now=noon(night)), now=noon(night))

    assert of_ben(night) == [("Front door", "cancelled"), ("Tea", "confirmed"), ("Bar", "cancelled")]
    assert [each for each in told(night) if each[0] == "Ben Ode"] == [
        ("Ben Ode", "waitlist-off"),
        ("Ben Ode", "swap-done"),
    ]


def test_who_is_asked_for_what_they_wait_for_no_longer_is_once_they_have_something_else(app: Flask) -> None:
    night = an_evening()
    now = night.at("17:00")
    look_for_somebody(night.shift(DOOR), night.shift(DOOR).sign_ups[0], actor=ALICE, now=now)
    next_waves(now + minutes(1))
    offer = db.session.scalars(select(CoverOffer)).one()

    take_shift(night.shift(TEA).id, night.person("Ben Ode"), now=now + minutes(2), source=SignUpSource.LINK)

    assert (offer.person.name, offer.answer) == ("Ben Ode", "no")
    assert answer_offer(offer, yes=True, now=now + minutes(3)).outcome == "refused"
