"""Whom a free place is kept for: those who wait, while they can be asked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.db import db, transaction
from coordinator.shifts.actions.assigning import take_off_shift
from coordinator.shifts.actions.covering import (
    answer_offer,
    ask_for_cover,
)
from coordinator.shifts.actions.signing_up import join_waitlist, leave_shift, take_shift
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverOffer, CoverSearch, SignUpSource
from coordinator.shifts.refusals.taking import ShiftIsFull
from tests.builders import ANight, a_shift, minutes
from tests.databases import settings_for
from tests.night import in_the_cast
from tests.shifts.covering import (
    ALICE,
    a_door,
    before,
    mark_as_left,
    offer_to,
    offers,
    on_it,
    outcomes,
    ready,
    sign_up,
    told,
)


def test_nobody_is_asked_while_people_sleep_nor_while_texts_are_paused(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    with transaction():
        night.event.quiet_from, night.event.quiet_to = time(21), time(8)
    edit_volunteer_policy(night.event, actor=ALICE, now=before(night, 200), promote_until=timedelta(days=30))
    bedtime = night.at("22:00") - timedelta(days=2)

    ask_for_cover(sign_up(night, "Ana Ruiz"), now=bedtime)
    next_waves(bedtime)
    asked_at_night = offers(night)
    with transaction():
        night.event.texts_paused_at = bedtime
    next_waves(bedtime + timedelta(hours=10))
    asked_while_paused = offers(night)
    with transaction():
        night.event.texts_paused_at = None
    next_waves(bedtime + timedelta(hours=10, minutes=1))

    assert (asked_at_night, asked_while_paused) == ([], [])
    assert offers(night) == [("Ben Ode", "open")]


def passes_by(night: ANight, now: datetime) -> bool:
    """Whether someone who waits for nothing gets a place on the door, ahead of those who do."""
    with transaction():
        stranger = in_the_cast(night, "Passer By")
    try:
        take_shift(night.shift("front-door-1").id, stranger, now=now, source=SignUpSource.LINK)
    except ShiftIsFull:
        return False
    return True


def test_nobody_passes_the_waitlist_by_while_people_sleep(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    with transaction():
        night.event.quiet_from, night.event.quiet_to = time(21), time(8)
    bedtime = night.at("22:30") - timedelta(days=4)

    leave_shift(sign_up(night, "Ana Ruiz"), now=bedtime, source=SignUpSource.LINK)
    next_waves(bedtime)
    passed_by = passes_by(night, bedtime + minutes(30))
    queued = join_waitlist(
        night.shift("front-door-1").id, night.person("Passer By"), now=bedtime, source=SignUpSource.LINK
    )
    next_waves(bedtime + timedelta(hours=9.5))

    assert (passed_by, queued.state) == (False, "waitlisted")
    assert on_it(night) == ["Ben Ode"]


def test_nobody_passes_the_waitlist_by_while_texts_are_paused_or_a_press_can_be_undone(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)

    take_off_shift(sign_up(night, "Ana Ruiz"), actor=ALICE, now=now)
    passed_by = passes_by(night, now + minutes(0.25))
    with transaction():
        night.event.texts_paused_at = now
    next_waves(now + minutes(1))

    assert (passed_by, passes_by(night, now + minutes(2))) == (False, False)


def test_who_waits_may_take_a_place_that_is_kept_for_those_who_wait(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now, source=SignUpSource.LINK)

    take_shift(night.shift("front-door-1").id, night.person("Ben Ode"), now=now, source=SignUpSource.LINK)

    assert on_it(night) == ["Ben Ode"]


def test_a_late_yes_of_somebody_who_waits_counts_while_the_next_cannot_be_asked(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)
    next_waves(now)
    with transaction():
        night.event.texts_paused_at = now

    next_waves(now + minutes(40))
    answered = answer_offer(offer_to(night, "Ben Ode"), yes=True, now=now + minutes(41))

    assert (answered.outcome, on_it(night)) == ("taken", ["Ben Ode"])


@pytest.mark.parametrize("waiting", [(), ("Ben Ode",)])
def test_no_more_places_are_kept_than_there_are_people_who_wait(app: Flask, waiting: tuple[str, ...]) -> None:
    night = a_door(*waiting, people=("Ana Ruiz", "Eli Wood"), min=2)
    now = before(night, 100)

    for name in ("Ana Ruiz", "Eli Wood"):
        leave_shift(sign_up(night, name), now=now, source=SignUpSource.LINK)

    assert passes_by(night, now)


def test_shortly_before_a_shift_whoever_comes_first_has_the_place(app: Flask) -> None:
    night = a_door("Ben Ode")
    take_off_shift(sign_up(night, "Ana Ruiz"), actor=ALICE, now=before(night, 2))

    assert passes_by(night, before(night, 2))


def test_somebody_on_standby_is_asked_for_a_place_that_nobody_who_waits_can_take(app: Flask) -> None:
    night = a_door("Ben Ode")
    ready(night, "Cleo Cedar")
    with transaction():
        night.add_shift(a_shift("Bar", "20:00", "22:00", people=("Ben Ode",)))
    now = before(night, 100)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)
    next_waves(now)
    answered = answer_offer(offer_to(night, "Cleo Cedar"), yes=True, now=now + minutes(1))

    assert (answered.outcome, on_it(night)) == ("taken", ["Cleo Cedar"])


def test_two_places_are_filled_by_the_first_two_who_say_yes_whichever_they_were_asked_for(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar", "Dan Elm", people=("Ana Ruiz", "Eli Wood"))
    now = before(night, 2)
    for name in ("Ana Ruiz", "Eli Wood"):
        ask_for_cover(sign_up(night, name), now=now)
    next_waves(now)
    mark_as_left()

    said = {
        name: answer_offer(offer_to(night, name), yes=True, now=now).outcome
        for name in ("Ben Ode", "Cleo Cedar", "Dan Elm")
    }
    next_waves(now + minutes(20))

    assert said == {"Ben Ode": "taken", "Cleo Cedar": "taken", "Dan Elm": "too_late"}
    assert (on_it(night), outcomes(night)) == (["Ben Ode", "Cleo Cedar"], ["filled", "filled"])
    assert [who for who in told(night) if who[1] != "cover-offer"] == [
        ("Ana Ruiz", "cover-found"),
        ("Eli Wood", "cover-found"),
        ("Dan Elm", "cover-filled"),
    ]


def test_of_many_processes_one_sends_each_wave_and_one_yes_wins(app: Flask, tmp_path: Path) -> None:
    night = a_door("Ben Ode", "Cleo Cedar", "Dan Elm", "Eli Wood")
    now = before(night, 2)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    db.session.rollback()
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    at_once = Barrier(4)

    def look(number: int) -> int:
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                return next_waves(now)
            finally:
                db.session.remove()

    def say_yes(offer_id: int) -> str:
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                return answer_offer(db.session.get_one(CoverOffer, offer_id), yes=True, now=now + minutes(1)).outcome
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        looked = sum(pool.map(look, range(4), timeout=120))
        names = [name for name, _ in offers(night)]
        ids = list(db.session.scalars(select(CoverOffer.id)))
        db.session.rollback()
        answers = list(pool.map(say_yes, ids, timeout=120))
    with another.app_context():
        db.engine.dispose()

    assert looked == 1
    assert names == ["Ben Ode", "Cleo Cedar", "Dan Elm", "Eli Wood"]
    assert sorted(answers) == ["taken", "too_late", "too_late", "too_late"]
    assert len(on_it(night)) == 1
    assert on_it(night) != ["Ana Ruiz"]
    assert [search.outcome for search in db.session.scalars(select(CoverSearch))] == ["filled"]
