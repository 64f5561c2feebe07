"""A free place is filled: the waitlist moves up, one is asked after the other, or all at once; on both databases."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from coordinator.db import db, transaction
from coordinator.events.models import EventPerson
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.messaging.actions.consent import stop_texts
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.covering import (
    answer_offer,
    ask_for_cover,
    come_after_all,
    look_for_somebody,
    stop_looking,
)
from coordinator.shifts.actions.planning import cancel_shift, edit_shift
from coordinator.shifts.actions.signing_up import join_waitlist, leave_shift, take_shift
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverOffer, SignUpSource
from coordinator.shifts.refusals.taking import CannotTakeShift
from tests.builders import ANight, a_night, a_shift, a_slot, minutes
from tests.documents import read
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


def test_long_before_a_shift_the_first_of_the_waitlist_moves_up_at_once_and_is_told(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 100)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)
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
    stop_texts(night.person("Dan Elm").phone or "", sender="simulated", cause="STOP", now=night.at("12:00"))

    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 100) - minutes(0.5), source=SignUpSource.LINK)
    next_waves(before(night, 100))

    assert on_it(night) == ["Eli Wood"]


def test_nearer_a_shift_the_place_is_offered_to_one_at_a_time_and_kept_for_them(app: Flask) -> None:
    night = a_door("Ben Ode", "Cleo Cedar")
    now = before(night, 10)

    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)
    next_waves(now)
    with transaction():
        passer_by = in_the_cast(night, "Passer By")
    try:
        take_shift(night.shift("front-door-1").id, passer_by, now=now + minutes(1), source=SignUpSource.LINK)
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
    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)

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
    leave_shift(sign_up(night, "Ana Ruiz"), now=now - minutes(0.5), source=SignUpSource.LINK)
    next_waves(now)

    leave_shift(sign_up(night, "Ben Ode"), now=now + minutes(1), source=SignUpSource.LINK)
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
    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 5), source=SignUpSource.LINK)
    next_waves(now)
    mark_as_left()

    put_on_shift(shift_id, night.person("Zoe Ash"), actor=ALICE, now=now + minutes(1))
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
        leave_shift(sign_up(night, name), now=before(night, 5), source=SignUpSource.LINK)
    next_waves(now)
    mark_as_left()

    take_shift(shift_id, night.person("Zoe Ash"), now=now + minutes(1), source=SignUpSource.LINK)
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
    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 10) - minutes(0.5), source=SignUpSource.LINK)
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

    leave_shift(sign_up(night, "Ana Ruiz"), now=before(night, 10) - minutes(0.5), source=SignUpSource.LINK)
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

    cancel_shift(night.shift("front-door-1"), actor=ALICE, now=now + minutes(1))
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

    edit_shift(night.shift("front-door-1"), actor=ALICE, now=now, max=2)
    next_waves(now + minutes(0.4))
    assert on_it(night) == ["Ana Ruiz"]
    next_waves(now + minutes(0.5))
    assert on_it(night) == ["Ana Ruiz", "Ben Ode"]
    take_off_shift(sign_up(night, "Ana Ruiz"), actor=ALICE, now=now + minutes(2))
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

    besides = look_for_somebody(shift, None, actor=ALICE, now=now)
    assert look_for_somebody(shift, None, actor=ALICE, now=now).id == besides.id
    in_place = look_for_somebody(shift, sign_up(night, "Ana Ruiz"), actor=ALICE, now=now)
    next_waves(now)
    assert offers(night) == []
    next_waves(now + minutes(0.5))
    stop_looking(in_place, actor=ALICE, now=now + minutes(1))

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

    look_for_somebody(night.shift("front-door-1"), sign_up(night, "Ana Ruiz"), actor=ALICE, now=now)
    next_waves(now + minutes(1))
    answer_offer(offer_to(night, "Ben Ode"), yes=True, now=now + minutes(2))

    assert on_it(night) == ["Ben Ode"]
    assert sign_up(night, "Ana Ruiz").state == "no_show"


def joins(night: ANight, name: str, now: datetime) -> None:
    with transaction():
        person = in_the_cast(night, name)
    join_waitlist(night.shift("front-door-1").id, person, now=now, source=SignUpSource.LINK)


def test_whoever_joins_the_waitlist_after_nobody_was_found_has_the_place_at_once(app: Flask) -> None:
    night = a_door()
    now = before(night, 100)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)

    joins(night, "Ben Ode", now + minutes(60))
    next_waves(now + minutes(60))

    assert (on_it(night), outcomes(night)) == (["Ben Ode"], ["nobody", "filled"])
    assert told(night)[1:] == [("Ana Ruiz", "cover-found"), ("Ben Ode", "waitlist-up")]


def test_whoever_joins_the_waitlist_is_offered_it_while_somebody_on_standby_still_thinks(app: Flask) -> None:
    night = a_door()
    ready(night, "Cleo Cedar", "Dan Elm")
    now = before(night, 10)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    mark_as_left()

    joins(night, "Ben Ode", now + minutes(5))
    next_waves(now + minutes(5))
    asked = offers(night)
    outcome = answer_offer(offer_to(night, "Ben Ode"), yes=True, now=now + minutes(6)).outcome

    assert asked == [("Cleo Cedar", "open"), ("Ben Ode", "open")]
    assert (outcome, on_it(night), outcomes(night)) == ("taken", ["Ben Ode"], ["filled"])
    assert ("Cleo Cedar", "cover-filled") in told(night)


def test_a_waitlist_that_cannot_take_it_does_not_make_anybody_wait_longer(app: Flask) -> None:
    night = a_door()
    ready(night, "Cleo Cedar", "Dan Elm")
    now = before(night, 10)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    joins(night, "Ben Ode", now + minutes(5))
    with transaction():
        night.add_shift(a_shift("Bar", "20:00", "22:00", people=("Ben Ode",)))

    next_waves(now + minutes(5))
    next_waves(now + minutes(30))

    assert offers(night) == [("Cleo Cedar", "expired"), ("Dan Elm", "open")]


def test_a_search_for_who_waits_asks_nobody_twice_and_goes_on_to_all_when_asked_again(app: Flask) -> None:
    night = a_door()
    ready(night, "Cleo Cedar")
    now = before(night, 10)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    answer_offer(offer_to(night, "Cleo Cedar"), yes=False, now=now + minutes(1))
    next_waves(now + minutes(1))
    joins(night, "Ben Ode", now + minutes(5))
    next_waves(now + minutes(5))
    answer_offer(offer_to(night, "Ben Ode"), yes=False, now=now + minutes(6))
    next_waves(now + minutes(6))
    nobody = told(night).count(("Ana Ruiz", "cover-nobody"))

    joins(night, "Eli Wood", now + minutes(10))
    next_waves(now + minutes(10))
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now + minutes(11))
    answer_offer(offer_to(night, "Eli Wood"), yes=False, now=now + minutes(12))
    next_waves(now + minutes(12))

    assert nobody == 1
    assert offers(night) == [
        ("Cleo Cedar", "no"),
        ("Ben Ode", "no"),
        ("Eli Wood", "no"),
        ("Ben Ode", "open"),
    ]


def a_show_with_others(**house: Any) -> ANight:
    """Ana has the door. Eli did that work at noon; Fay plays then, Gil later; Hal sets up; Sam runs the night."""
    night = a_night(
        [a_slot("Fay Stone", "19:30", minutes=30), a_slot("Gil Wood", "21:30", minutes=30)],
        shifts=[
            a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1),
            a_shift("Set up", "16:00", "17:00", people=("Hal Reed",)),
        ],
        quiet_from=None,
        quiet_to=None,
    )
    with transaction():
        night.add_shift(a_shift("Front door", "12:00", "12:30", people=("Eli Wood",)))
        in_the_cast(night, "Sam Ortiz")
    with transaction():
        night.shift("front-door-3").sign_ups[0].state = "done"
        part = select(EventPerson).where(EventPerson.person_id == night.person("Sam Ortiz").id)
        db.session.scalars(part).one().stage_manager = True
    edit_volunteer_policy(night.event, actor=ALICE, now=night.at("08:00"), **house)
    return night


def asked_for_cover(night: ANight) -> list[tuple[str, str]]:
    now = before(night, 1.5)
    ask_for_cover(sign_up(night, "Ana Ruiz"), now=now)
    next_waves(now)
    return [
        (offer.person.name, offer.source) for offer in db.session.scalars(select(CoverOffer).order_by(CoverOffer.id))
    ]


def test_once_the_nearer_are_used_up_everybody_of_the_show_who_is_free_is_asked(app: Flask) -> None:
    night = a_show_with_others()

    assert asked_for_cover(night) == [("Eli Wood", "known"), ("Gil Wood", "show"), ("Hal Reed", "show")]


def test_a_show_may_ask_those_with_history_alone(app: Flask) -> None:
    night = a_show_with_others(asks_whom="history")

    assert asked_for_cover(night) == [("Eli Wood", "known")]


def test_where_nobody_else_may_be_asked_the_waitlist_and_standby_still_are(app: Flask) -> None:
    night = a_show_with_others(asks_whom="nobody")
    ready(night, "Cleo Cedar")

    assert asked_for_cover(night) == [("Cleo Cedar", "standby")]


def test_whoever_of_the_show_has_not_agreed_to_texts_is_not_asked(app: Flask) -> None:
    night = a_show_with_others()
    with transaction():
        night.person("Hal Reed").agreed_at = None

    assert ("Hal Reed", "show") not in asked_for_cover(night)
