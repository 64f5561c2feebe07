"""The page of one shift, and those of roles. Alice owns the event, Bob helps, Charlie must not see it."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.db import db
from coordinator.shifts.models import Role, Shift, VolunteerPolicy
from coordinator.shifts.queries.planned import Follows, follows_of
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift, minutes
from tests.features.shift_plan.test_plan import Desk, people_on
from tests.reading import words

FIELDS = {"slot": "", "on": "2026-12-04", "starts": "19:15", "ends": "20:45", "least": "1", "most": "2", "call": "0"}


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", people=("Dana Door",)),
            a_shift("Clear up", "22:15", "23:15", max=4),
            a_shift("Tea", "21:30", "22:30", people=("Dana Door",)),
        ]
    )


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def told(night: ANight, key: str, wall: str) -> None:
    shift = night.shift(key)
    told: dict[str, Any] = {
        "shift_id": shift.id,
        "anchor": "shift_start",
        "says_at": night.at(wall),
        "rule": "shift-day",
    }
    a_message(night, night.person("Dana Door"), state="delivered", sent_at=night.at("10:00"), **told)


def test_other_times_are_shown_before_they_are_kept_with_whom_they_concern(alice: Desk, night: ANight) -> None:
    told(night, "front-door-1", "19:15")
    changed = FIELDS | {"starts": "20:15", "ends": "21:45", "place": "Street side"}

    asked = alice.press("shifts/front-door-1", **changed)
    before = night.shift("front-door-1").starts_at
    kept = alice.press("shifts/front-door-1", **changed, sure="1")

    said = words(asked)
    assert (asked.status_code, kept.status_code) == (200, 303)
    assert before == night.at("19:15")
    for expected in (
        "Change Front door?",
        "Until now Fri, Dec 4, 7:15–8:45 PM From now on Fri, Dec 4, 8:15–9:45 PM, Street side",
        "Front door, 1 person was 7:15 now 8:15 PM 1 person gets a text Dana Door Dana, Front door has changed: ",
        "Dana Door has two things at once. Front door (Street side), 8:15–9:45 PM, and Tea, 9:30–10:30 PM: 15 min",
    ):
        assert expected in said
    assert (night.shift("front-door-1").starts_at, night.shift("front-door-1").place) == (
        night.at("20:15"),
        "Street side",
    )
    assert people_on(night, "front-door-1") == [("Dana Door", "confirmed")]


def test_a_change_can_be_undone_for_half_a_minute(alice: Desk, night: ANight) -> None:
    changed = FIELDS | {"starts": "20:15", "ends": "21:45", "place": "Street side", "call": "10", "most": "3"}
    before = values_of(night.shift("front-door-1"))
    saved = alice.press("shifts/front-door-1", **changed, sure="1")

    offered = ["Front door was changed. Undo" in words(alice.follow(saved, wall)) for wall in ("12:00:29", "12:00:30")]
    late = alice.press("shifts/front-door-1/undo", "12:00:30")
    said, kept = alice.follow(late, "12:00:31"), values_of(night.shift("front-door-1"))
    undone = alice.press("shifts/front-door-1/undo", "12:00:29")

    assert offered == [True, False]
    assert "It's too late to undo that. Change the shift again." in words(said)
    assert kept != before
    assert values_of(night.shift("front-door-1")) == before
    assert "Front door is as it was." in words(alice.follow(undone, "12:00:32"))


def test_undoing_it_lets_a_shift_follow_its_slot_again(alice: Desk, night: ANight) -> None:
    slot_id = night.slot("Carlos Lumbi").id
    following = {"slot": str(slot_id), "begins": "changeover_start", "until": "set_end", "before": "5", "after": "10"}
    alice.press("shifts/clear-up-2", least="1", most="2", **following)
    alice.press("shifts/clear-up-2", "12:01", **FIELDS)

    alice.press("shifts/clear-up-2/undo", "12:01:20")

    assert follows_of(night.shift("clear-up-2")) == Follows(
        slot_id, "changeover_start", "set_end", minutes(5), minutes(10)
    )


def values_of(shift: Shift) -> tuple[object, ...]:
    return shift.starts_at, shift.ends_at, shift.starts_local, shift.place, shift.call, shift.min, shift.max


def test_what_concerns_nobody_is_kept_at_once(alice: Desk, night: ANight) -> None:
    on_nobodys = alice.press("shifts/clear-up-2", **FIELDS | {"starts": "22:30", "ends": "23:30"})
    more_places = alice.press("shifts/front-door-1", **FIELDS | {"most": "5"})

    assert (on_nobodys.status_code, more_places.status_code) == (303, 303)
    assert night.shift("clear-up-2").starts_at == night.at("22:30")
    assert night.shift("front-door-1").max == 5


def test_a_shift_is_let_follow_a_slot_and_made_to_stand_again(alice: Desk, night: ANight) -> None:
    slot_id = night.slot("Carlos Lumbi").id
    following = {"slot": str(slot_id), "begins": "changeover_start", "until": "set_end", "before": "5", "after": "10"}

    alice.press("shifts/clear-up-2", least="1", most="2", **following)
    follows = follows_of(night.shift("clear-up-2"))
    page = alice.open("shifts/clear-up-2").text
    alice.press("shifts/clear-up-2", **FIELDS)

    assert follows == Follows(slot_id, "changeover_start", "set_end", minutes(5), minutes(10))
    assert f'<option selected value="{slot_id}">' in page
    assert follows_of(night.shift("clear-up-2")) is None
    assert night.shift("clear-up-2").starts_at == night.at("19:15")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"most": "0", "least": "0"}, "A shift needs at least one spot"),
        ({"starts": ""}, "Choose a start time."),
        ({"ends": "late"}, "Not a valid time value."),
        ({"call": "-5"}, "Enter whole minutes from 0 to 1440."),
        ({"place": "x" * 201}, "That's too long: 200 characters at most."),
        ({"slot": "999999"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    alice: Desk, night: ANight, changed: dict[str, str], sentence: str
) -> None:
    answer = alice.press("shifts/front-door-1", **FIELDS | {"place": "By the curtain"} | changed)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert ("By the curtain" in answer.text) is ("place" not in changed)
    assert night.shift("front-door-1").place is None


def test_a_time_that_comes_twice_is_asked_about_and_either_reading_can_be_chosen(client: FlaskClient) -> None:
    night = a_night([], on=date(2026, 10, 31), doors=None, shifts=[a_shift("Watch", "23:00", "23:30")])
    with time_machine.travel(night.at("12:00"), tick=False):
        alice = Desk(client, night, a_coordinator("Alice", organisation=night.organisation))
    fields = FIELDS | {"on": "2026-11-01", "starts": "01:30", "ends": "03:00"}

    asked = alice.press("shifts/watch-1", **fields)
    seen = []
    for dst_fold in ("0", "1"):
        alice.press("shifts/watch-1", **fields, dst_fold=dst_fold)
        seen.append(night.shift("watch-1").starts_at)

    assert asked.status_code == 422
    assert "That time happens twice that night" in words(asked)
    assert seen == [night.at("01:30+1"), night.at("01:30+1b")]


def test_only_a_shift_without_people_is_removed(alice: Desk, night: ANight) -> None:
    alice.press("shifts/front-door-1/removal")
    alice.press("shifts/clear-up-2/removal")

    assert db.session.scalars(select(Shift.key).order_by(Shift.id)).all() == ["front-door-1", "tea-3"]


def test_a_role_is_added_and_changed_and_two_of_one_name_are_refused(alice: Desk, night: ANight) -> None:
    bar = {"name": "Bar", "skills": "Till, first aid", "minimum_age": "21", "never_alone": "y"}

    added = alice.press("roles", **bar)
    twice = alice.press("roles", **bar | {"note": "On your feet"})
    changed = alice.press("roles/bar", **bar | {"minimum_age": "", "instructions_es": "Pide el cambio."})
    old = alice.press("roles/bar", **bar | {"minimum_age": "200"})

    role = db.session.scalars(select(Role).where(Role.key == "bar")).one()
    assert [answer.status_code for answer in (added, twice, changed, old)] == [303, 422, 303, 422]
    assert "On your feet" in twice.text
    assert "Bar already exists." in words(twice)
    assert "A minimum age must be from 0 to 99 years." in words(old)
    assert (role.skills, role.minimum_age, role.never_alone, role.instructions_in("es")) == (
        ["till", "first aid"],
        None,
        True,
        "Pide el cambio.",
    )


def test_a_role_can_be_given_in_spanish_too(alice: Desk, night: ANight) -> None:
    spanish = {"name_es": "Barra", "note_es": "De pie", "instructions_es": "Pide el cambio."}
    english = {"name": "Bar", "note": "On your feet", "instructions": "Ask for the float."}

    alice.press("roles", **english, **spanish)
    too_long = alice.press("roles/bar", **english, **spanish | {"name_es": "x" * 121})

    role = db.session.scalars(select(Role).where(Role.key == "bar")).one()
    assert {name: getattr(role, name) for name in english | spanish} == english | spanish
    page = alice.open("roles/bar").text
    assert all(f'value="{words}"' in page for words in ("Bar", "Barra", "On your feet", "De pie"))
    assert too_long.status_code == 422
    assert "That&#39;s too long: 120 characters at most." in too_long.text
    assert "De pie" in too_long.text


def test_a_role_is_removed_where_no_shift_has_it(alice: Desk, night: ANight) -> None:
    alice.press("roles", name="Bar")
    offered, used = alice.open("roles/bar"), alice.open("roles/tea")

    removed = alice.press("roles/bar/removal")
    refused = alice.press("roles/tea/removal")

    assert ("Remove the role" in words(offered), "Remove the role" in words(used)) == (True, False)
    assert removed.headers["Location"].endswith("/volunteers/roles")
    assert refused.headers["Location"].endswith("/volunteers/roles/tea")
    assert "Tea has 1 shift. Remove it first." in words(alice.open("roles/tea"))
    assert sorted(db.session.scalars(select(Role.key))) == ["clear-up", "front-door", "tea"]


def test_another_house_sees_no_shift_and_no_role(client: FlaskClient, night: ANight) -> None:
    charlie = Desk(client, night, a_coordinator("Charlie"))

    answers = [
        charlie.open("shifts/front-door-1"),
        charlie.open("roles"),
        charlie.press("shifts/clear-up-2/removal"),
        charlie.press("roles", name="Bar"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert db.session.scalars(select(Shift.key).where(Shift.key == "clear-up-2")).one() == "clear-up-2"


RULES = {
    "walking": "10", "rest": "45", "longest": "", "minors_until": "21:30", "leave_until": "5 h",
    "promote_until": "2 days", "offer_until": "120", "offer_lasts": "20",
    "asks_whom": "history", "asks_to_confirm": "y", "worry_before": "20",
    "hour_is_worth": "18.50", "raised": "",
}  # fmt: skip


def test_the_rules_of_the_house_are_kept_and_shown_again(alice: Desk, night: ANight) -> None:
    kept = alice.press("rules", **RULES)
    page = alice.open("rules").text

    rule = db.session.get(VolunteerPolicy, night.event.id)
    assert kept.status_code == 303
    assert rule is not None
    assert (rule.walking, rule.rest, rule.longest, rule.minors_until) == (minutes(10), minutes(45), None, time(21, 30))
    assert (rule.leave_until, rule.promote_until, rule.asks_to_confirm) == (minutes(300), minutes(2880), True)
    assert (rule.offer_until, rule.offer_lasts, rule.worry_before) == (minutes(120), minutes(20), minutes(20))
    assert (rule.hour_is_worth, rule.raised) == (Decimal("18.50"), None)
    assert ('value="2 d"' in page, 'value="5 h"' in page, 'value="45 min"' in page) == (True, True, True)


def test_a_rule_that_cannot_be_is_said_and_nothing_typed_is_lost(alice: Desk) -> None:
    answer = alice.press("rules", **RULES | {"offer_lasts": "0", "rest": "long"})

    assert answer.status_code == 422
    assert "Enter a length from 1 min to 31 d." in words(answer)
    assert "Enter a length, like 4 h, 90 min or 1 d." in words(answer)
    assert ('value="2 days"' in answer.text, 'value="long"' in answer.text) == (True, True)
    assert db.session.scalars(select(VolunteerPolicy)).all() == []
