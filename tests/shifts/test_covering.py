"""A free place is filled: the waitlist moves up, one is asked after the other, or all at once; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.db import db, transaction
from coordinator.desk.document import dump, load
from coordinator.messaging.actions import stop_texts
from coordinator.messaging.models import Message
from coordinator.shifts.actions import (
    answer_offer,
    ask_for_cover,
    cancel_shift,
    come_after_all,
    edit_house_rule,
    edit_shift,
    join_waitlist,
    leave_shift,
    look_for_somebody,
    next_waves,
    put_on_shift,
    stand_by,
    stop_looking,
    take_off_shift,
    take_shift,
)
from coordinator.shifts.models import HOLDING, CoverOffer, CoverSearch, SignUp
from coordinator.shifts.queries import searches_of
from coordinator.shifts.refusals import CannotTakeShift, ShiftIsFull
from coordinator.shownight.actions import By
from tests.builders import ANight, a_night, a_shift, a_sign_up, minutes
from tests.databases import settings_for
from tests.documents import read
from tests.night import in_the_cast

ALICE = By("Alice")


def a_door(*waiting: str, people: tuple[str, ...] = ("Ana Ruiz",), **columns: Any) -> ANight:
    """A front door from seven to nine, for two at the most, with people waiting for it in this order."""
    shift = a_shift("Front door", "19:00", "21:00", people=people, **{"min": 1, "max": len(people)} | columns)
    night = a_night([], shifts=[shift], quiet_from=None, quiet_to=None)
    for number, name in enumerate(waiting):
        sign_up = a_sign_up(night, night.shift("front-door-1"), name, state="waitlisted")
        with transaction():
            sign_up.waitlisted_at = night.at("08:00") - timedelta(days=9) + minutes(number)
    return night


def ready(night: ANight, *names: str) -> None:
    """These people are on standby, in this order."""
    for number, name in enumerate(names):
        with transaction():
            person = in_the_cast(night, name)
        stand_by(night.event, person, by=ALICE, now=night.at("08:00") - timedelta(days=8) + minutes(number))


def sign_up(night: ANight, name: str, key: str = "front-door-1") -> SignUp:
    person = night.person(name)
    return next(each for each in night.shift(key).sign_ups if each.person_id == person.id)


def on_it(night: ANight, key: str = "front-door-1") -> list[str]:
    db.session.expire_all()
    return sorted(each.person.name for each in night.shift(key).sign_ups if each.state in HOLDING)


def offers(night: ANight) -> list[tuple[str, str]]:
    db.session.expire_all()
    found = select(CoverOffer).where(CoverOffer.event_id == night.event.id).order_by(CoverOffer.id)
    return [(offer.person.name, offer.answer) for offer in db.session.scalars(found)]


def offer_to(night: ANight, name: str) -> CoverOffer:
    found = select(CoverOffer).where(CoverOffer.person_id == night.person(name).id).order_by(CoverOffer.id.desc())
    return db.session.scalars(found.limit(1)).one()


def told(night: ANight) -> list[tuple[str, str]]:
    """Every note that was queued and not taken back: who, about what."""
    notes = select(Message).where(Message.kind == "note", Message.state != "cancelled").order_by(Message.id)
    return [(note.person.name, note.rule) for note in db.session.scalars(notes) if note.person and note.rule]


def mark_as_left() -> None:
    """Every offer has reached its phone."""
    with transaction():
        for message in db.session.scalars(select(Message).where(Message.rule == "cover-offer")):
            message.state = "delivered"


def outcomes(night: ANight) -> list[str | None]:
    return [search.outcome for search in reversed(searches_of(night.event))]


def before(night: ANight, hours: float) -> datetime:
    return night.at("19:00") - timedelta(hours=hours)


def test_long_before_a_shift_the_first_of_the_waitlist_moves_up_at_once_and_is_told(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")
    next_waves(now)
    next_waves(now + minutes(1))

    assert on_it(night) == ["Ben Ode"]
    assert sign_up(night, "Cleo Cedar").state == "waitlisted"
    assert (told(night), offers(night), outcomes(night)) == ([("Ben Ode", "waitlist-up")], [], ["filled"])


def test_who_does_not_fit_or_cannot_be_told_is_passed_by(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar", "Dan Elm", "Eli Wood")
    other = a_shift("Bar", "20:00", "22:00", people=("Ben Ode",))
    with transaction():
        night.add_shift(other)
        night.person("Cleo Cedar").agreed_at = None
    stop_texts(night.person("Dan Elm").phone or "", sender="simulated", how="STOP", now=night.at("12:00"))

    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 100), how="link")
    next_waves(before(night, 100))

    assert on_it(night) == ["Eli Wood"]


def test_nearer_a_shift_the_place_is_offered_to_one_at_a_time_and_kept_for_them(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")
    next_waves(now)
    with transaction():
        passer_by = in_the_cast(night, "Passer By")
    try:
        take_shift(night.shift("front-door-1").id, passer_by, now=now + minutes(1), how="link")
        refused = False
    except CannotTakeShift:
        refused = True
    next_waves(now + minutes(29))
    assert offers(night) == [("Ben Ode", "open")]
    next_waves(now + minutes(30))

    assert refused
    assert offers(night) == [("Ben Ode", "expired"), ("Cleo Cedar", "open")]
    assert answer_offer(offer_to(night, "Cleo Cedar"), yes=True, now=now + minutes(31)).outcome == "taken"
    assert (on_it(night), outcomes(night)) == (["Cleo Cedar"], ["filled"])


def test_a_no_lets_the_next_be_asked_at_once_and_nobody_is_asked_twice(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")

    next_waves(now)
    answer_offer(offer_to(night, "Ben Ode"), yes=False, now=now + minutes(1))
    next_waves(now + minutes(1))
    answer_offer(offer_to(night, "Cleo Cedar"), yes=False, now=now + minutes(2))
    next_waves(now + minutes(2))
    next_waves(now + minutes(60))

    assert offers(night) == [("Ben Ode", "no"), ("Cleo Cedar", "no")]
    assert (on_it(night), outcomes(night)) == ([], ["nobody"])


def test_who_leaves_the_waitlist_has_said_no_to_the_place_that_was_kept_for_them(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")
    next_waves(now)

    leave_shift(sign_up(night, "Ben Ode"), now=now + minutes(1), how="link")
    next_waves(now + minutes(1))

    assert offers(night) == [("Ben Ode", "no"), ("Cleo Cedar", "open")]
    assert told(night) == [("Cleo Cedar", "cover-offer")]


def test_shortly_before_everybody_is_asked_the_first_yes_has_it_and_the_others_are_thanked_once(app: Flask) -> None:
    night = a_door("Ben Ode")
    ready(night, "Cleo Cedar", "Dan Elm")
    now = before(night, 2)

    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    assert on_it(night) == ["Ana Ruiz"]
    assert offers(night) == [("Ben Ode", "open"), ("Cleo Cedar", "open"), ("Dan Elm", "open")]
    mark_as_left()
    outcome = [answer_offer(offer_to(night, name), yes=True, now=now + minutes(3)).outcome for name in ("Cleo Cedar",)]
    outcome += [answer_offer(offer_to(night, name), yes=True, now=now + minutes(4)).outcome for name in ("Cleo Cedar",)]
    outcome += [answer_offer(offer_to(night, name), yes=True, now=now + minutes(4)).outcome for name in ("Ben Ode",)]
    next_waves(now + minutes(30))

    assert outcome == ["taken", "taken", "too_late"]
    assert on_it(night) == ["Cleo Cedar"]
    assert sorted(told(night)) == [
        ("Ana Ruiz", "cover-found"),
        ("Ben Ode", "cover-filled"),
        ("Ben Ode", "cover-offer"),
        ("Cleo Cedar", "cover-offer"),
        ("Dan Elm", "cover-filled"),
        ("Dan Elm", "cover-offer"),
    ]


def test_who_was_asked_and_comes_without_a_reply_is_not_told_that_the_place_is_filled(app: Flask) -> None:
    night = a_door()
    ready(night, "Zoe Ash", "Cleo Cedar", "Dan Elm")
    now, shift_id = before(night, 2), night.shift("front-door-1").id
    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 5), how="link")
    next_waves(now)
    mark_as_left()

    put_on_shift(shift_id, night.person("Zoe Ash"), by=ALICE, now=now + minutes(1))
    next_waves(now + minutes(1))

    assert (on_it(night), outcomes(night)) == (["Zoe Ash"], ["filled"])
    assert offers(night) == [("Zoe Ash", "yes"), ("Cleo Cedar", "withdrawn"), ("Dan Elm", "withdrawn")]
    assert [who for who in told(night) if who[1] != "cover-offer"] == [
        ("Cleo Cedar", "cover-filled"),
        ("Dan Elm", "cover-filled"),
    ]


def test_who_comes_without_a_reply_is_not_asked_for_the_place_beside_it(app: Flask) -> None:
    night = a_door(people=("Ana Ruiz", "Eli Wood"), min=2)
    ready(night, "Zoe Ash", "Cleo Cedar")
    now, shift_id = before(night, 2), night.shift("front-door-1").id
    for name in ("Ana Ruiz", "Eli Wood"):
        leave_shift(sign_up(night, name), now=before(night, 5), how="link")
    next_waves(now)
    mark_as_left()

    take_shift(shift_id, night.person("Zoe Ash"), now=now + minutes(1), how="link")
    next_waves(now + minutes(1))

    assert offers(night) == [("Zoe Ash", "yes"), ("Cleo Cedar", "open")]
    assert [who for who in told(night) if who[1] != "cover-offer"] == []


def test_who_keeps_the_place_is_told_once_that_nobody_was_found(app: Flask) -> None:
    night = a_door()
    now = before(night, 10)

    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    for minute in range(3):
        next_waves(now + minutes(minute))

    assert (on_it(night), outcomes(night)) == (["Ana Ruiz"], ["nobody"])
    assert told(night) == [("Ana Ruiz", "cover-nobody")]


def test_who_comes_after_all_in_that_minute_is_not_told_that_nobody_was_found(app: Flask) -> None:
    night = a_door()
    now = before(night, 10)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)

    come_after_all(sign_up(night, "Ana Ruiz"), now=now)

    assert (outcomes(night), told(night)) == (["nobody"], [])


def test_who_has_left_or_whose_shift_has_begun_is_not_told_that_nobody_was_found(app: Flask) -> None:
    night = a_door(people=("Ana Ruiz", "Eli Wood"), min=2)
    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 10), how="link")
    ask_for_cover(sign_up(night, "Eli Wood"), now=before(night, 0.1))

    next_waves(before(night, -0.1))

    assert (outcomes(night), told(night)) == (["nobody", "nobody"], [])


def test_an_offer_that_has_not_left_is_taken_back_instead_of_thanked_for(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=before(night, 2))
    next_waves(before(night, 2))

    answer_offer(offer_to(night, "Ben Ode"), yes=True, now=before(night, 2))

    assert sorted(told(night)) == [("Ana Ruiz", "cover-found"), ("Ben Ode", "cover-offer")]


def test_the_next_wave_goes_to_those_who_did_the_work_before_least_asked_first(app: Flask) -> None:
    night = a_door()
    with transaction():
        earlier = a_night([], shifts=[], organisation=night.organisation, slug="earlier")
    done = a_shift("front door", "10:00", "11:00", people=tuple(f"Hand {n}" for n in range(9)), max=9)
    with transaction():
        earlier.add_shift(done)
        for each in earlier.shift("front-door-1").sign_ups:
            each.state = "done"
    now = before(night, 2)

    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    first = [name for name, _ in offers(night)]
    next_waves(now + minutes(19))
    assert len(offers(night)) == 6
    next_waves(now + minutes(20))

    assert first == [f"Hand {n}" for n in range(6)]
    assert [name for name, _ in offers(night)][6:] == ["Hand 6", "Hand 7", "Hand 8"]


def test_a_place_that_is_left_while_hands_enough_remain_is_only_for_those_who_wait(app: Flask) -> None:
    night = a_door(people=("Ana Ruiz", "Ben Ode"), min=1)
    ready(night, "Cleo Cedar")

    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 10), how="link")
    next_waves(before(night, 10))

    assert (offers(night), outcomes(night)) == ([], [])


def test_a_leaver_who_comes_back_ends_the_search_and_who_was_asked_is_told(app: Flask) -> None:
    night = a_door("Ben Ode")
    now = before(night, 2)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    mark_as_left()

    come_after_all(sign_up(night, "Ana Ruiz"), now=now + minutes(1))
    assert answer_offer(offer_to(night, "Ben Ode"), yes=True, now=now + minutes(1)).outcome == "too_late"
    next_waves(now + minutes(1))

    assert (on_it(night), outcomes(night)) == (["Ana Ruiz"], ["called_off"])


def test_a_shift_that_is_called_off_needs_nobody_any_more(app: Flask) -> None:
    night = a_door("Ben Ode")
    now = before(night, 2)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    mark_as_left()

    cancel_shift(night.shift("front-door-1"), by=ALICE, now=now + minutes(1))
    next_waves(now + minutes(1))
    assert outcomes(night) == [None]
    next_waves(now + minutes(1.5))

    assert outcomes(night) == ["called_off"]
    assert told(night) == [("Ben Ode", "cover-offer"), ("Ben Ode", "cover-off")]


def test_more_places_and_a_coordinator_who_takes_somebody_off_let_the_waitlist_move_up_after_the_undo(
    app: Flask,
) -> None:
    night = a_door("Ben Ode", "Cleo Cedar", "Dan Elm")
    now = before(night, 100)

    edit_shift(night.shift("front-door-1"), by=ALICE, now=now, max=2)
    next_waves(now + minutes(0.4))
    assert on_it(night) == ["Ana Ruiz"]
    next_waves(now + minutes(0.5))
    assert on_it(night) == ["Ana Ruiz", "Ben Ode"]
    take_off_shift(sign_up(night, "Ana Ruiz"), by=ALICE, now=now + minutes(2))
    next_waves(now + minutes(2.5))

    assert on_it(night) == ["Ben Ode", "Cleo Cedar"]


def test_more_places_in_an_event_document_let_the_waitlist_move_up(app: Flask) -> None:
    night = a_door("Ben Ode")
    document = dump(night.event)
    document["shifts"][0]["max"] = 2

    load(read(document), night.organisation, now=before(night, 100))
    next_waves(before(night, 100))

    assert on_it(night) == ["Ana Ruiz", "Ben Ode"]


def test_a_coordinator_can_look_for_somebody_besides_and_in_place_of_somebody_and_stop(app: Flask) -> None:
    night = a_door(max=2)
    ready(night, "Ben Ode", "Cleo Cedar")
    now, shift = before(night, 1), night.shift("front-door-1")

    besides = look_for_somebody(shift, None, by=ALICE, now=now)
    assert look_for_somebody(shift, None, by=ALICE, now=now).id == besides.id
    in_place = look_for_somebody(shift, sign_up(night, "Ana Ruiz"), by=ALICE, now=now)
    next_waves(now)
    assert offers(night) == []
    next_waves(now + minutes(0.5))
    stop_looking(in_place, by=ALICE, now=now + minutes(1))

    assert in_place.id != besides.id
    assert offers(night) == [("Ben Ode", "open"), ("Cleo Cedar", "open")]
    assert told(night) == [("Ben Ode", "cover-offer"), ("Cleo Cedar", "cover-offer")]
    assert sign_up(night, "Ana Ruiz").wants_cover_at is None
    assert outcomes(night) == [None, "called_off"]


def test_a_no_show_is_covered_while_the_shift_runs(app: Flask) -> None:
    night = a_door()
    ready(night, "Ben Ode")
    with transaction():
        sign_up(night, "Ana Ruiz").state = "no_show"
    now = before(night, -0.25)

    look_for_somebody(night.shift("front-door-1"), sign_up(night, "Ana Ruiz"), by=ALICE, now=now)
    next_waves(now + minutes(1))
    answer_offer(offer_to(night, "Ben Ode"), yes=True, now=now + minutes(2))

    assert on_it(night) == ["Ben Ode"]
    assert sign_up(night, "Ana Ruiz").state == "no_show"


def test_nobody_is_asked_while_people_sleep_nor_while_texts_are_paused(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    with transaction():
        night.event.quiet_from, night.event.quiet_to = time(21), time(8)
    edit_house_rule(night.event, by=ALICE, now=before(night, 200), promote_until=timedelta(days=30))
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
    """Whether somebody who waits for nothing gets a place on the door, ahead of those who do."""
    with transaction():
        stranger = in_the_cast(night, "Passer By")
    try:
        take_shift(night.shift("front-door-1").id, stranger, now=now, how="link")
    except ShiftIsFull:
        return False
    return True


def test_nobody_passes_the_waitlist_by_while_people_sleep(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    with transaction():
        night.event.quiet_from, night.event.quiet_to = time(21), time(8)
    bedtime = night.at("22:30") - timedelta(days=4)

    leave_shift(sign_up(night, "Ana Ruiz"), now=bedtime, how="link")
    next_waves(bedtime)
    passed_by = passes_by(night, bedtime + minutes(30))
    queued = join_waitlist(night.shift("front-door-1").id, night.person("Passer By"), now=bedtime, how="link")
    next_waves(bedtime + timedelta(hours=9.5))

    assert (passed_by, queued.state) == (False, "waitlisted")
    assert on_it(night) == ["Ben Ode"]


def test_nobody_passes_the_waitlist_by_while_texts_are_paused_or_a_press_can_be_undone(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)

    take_off_shift(sign_up(night, "Ana Ruiz"), by=ALICE, now=now)
    passed_by = passes_by(night, now + minutes(0.25))
    with transaction():
        night.event.texts_paused_at = now
    next_waves(now + minutes(1))

    assert (passed_by, passes_by(night, now + minutes(2))) == (False, False)


def test_who_waits_may_take_a_place_that_is_kept_for_those_who_wait(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")

    take_shift(night.shift("front-door-1").id, night.person("Ben Ode"), now=now, how="link")

    assert on_it(night) == ["Ben Ode"]


def test_a_late_yes_of_somebody_who_waits_counts_while_the_next_cannot_be_asked(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)
    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")
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
        leave_shift(sign_up(night, name), now=now, how="link")

    assert passes_by(night, now)


def test_shortly_before_a_shift_whoever_comes_first_has_the_place(app: Flask) -> None:
    night = a_door("Ben Ode")
    take_off_shift(sign_up(night, "Ana Ruiz"), by=ALICE, now=before(night, 2))

    assert passes_by(night, before(night, 2))


def test_somebody_on_standby_is_asked_for_a_place_that_nobody_who_waits_can_take(app: Flask) -> None:
    night = a_door("Ben Ode")
    ready(night, "Cleo Cedar")
    with transaction():
        night.add_shift(a_shift("Bar", "20:00", "22:00", people=("Ben Ode",)))
    now = before(night, 100)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now, how="link")
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
