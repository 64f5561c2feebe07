"""Coming with a friend: both or neither, and nobody is texted who has not agreed."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.core.sms_text import segments
from coordinator.db import db
from coordinator.events.models import EventPerson
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.actions import bring_friend, check_in, come_alone, come_along, leave_shift, let_friends_go
from coordinator.shifts.models import HOLDING, SignUp
from coordinator.shifts.queries import company_of
from coordinator.shifts.refusals import (
    CannotTakeShift,
    FriendIsTooLate,
    NoSuchFriend,
    OwnInvitation,
    ShiftClashes,
    ShiftIsFull,
)
from coordinator.shownight.actions import By
from tests.builders import ANight, a_night, a_person, a_shift, a_sign_up
from tests.databases import settings_for

PAIRS, PLACES = 24, 7
URL = "https://show.example"


class Pair:
    """Ana, who brings Bo to the door or wherever she likes."""

    def __init__(self, night: ANight, *keys: str, wall: str = "12:00") -> None:
        self.night, self.ana = night, a_person("Ana Ruiz", organisation=night.organisation)
        self.ids = [night.shift(key).id for key in keys or ("front-door-1",)]
        self.own = bring_friend(self.ids, self.ana, "Bo", now=night.at(wall), how="link")

    @property
    def key(self) -> str:
        return self.own[0].friends or ""

    def bo(self, name: str = "Bo") -> Person:
        return a_person(name, organisation=self.night.organisation)

    def come_along(self, friend: Person, wall: str) -> list[SignUp]:
        return come_along(self.key, friend, event_id=self.night.event.id, now=self.night.at(wall))

    def let_go(self, wall: str) -> int:
        return let_friends_go(self.night.at(wall), public_url=URL)


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2), a_shift("Tea", "21:30", "22:30", max=2)])


def held() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(SignUp).where(SignUp.state.in_(HOLDING)).order_by(SignUp.shift_id, SignUp.id))
    return [(row.shift.role.name, row.person.name, row.how) for row in rows]


def names() -> list[str]:
    found = db.session.scalars(select(Person.name).where(Person.name.in_(["Ana Ruiz", "Bo"])).order_by(Person.name))
    return list(found)


def test_a_place_is_held_for_half_an_hour_under_the_name_alone(app: Flask) -> None:
    pair = Pair(a_door_night())

    company = company_of(pair.night.event.id, pair.key, pair.night.at("12:29"))

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Front door", "Bo", "friend")]
    assert company is not None
    assert (company.host, company.friend, company.until) == ("Ana", "Bo", pair.night.at("12:30"))
    assert company_of(pair.night.event.id, pair.key, pair.night.at("12:30")) is None
    assert db.session.scalars(select(Message)).all() == []


def test_the_friend_takes_the_places_as_the_person_they_are(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2")
    bo = pair.bo()

    taken = pair.come_along(bo, "12:10")

    assert [(each.person_id, each.state, each.friends) for each in taken] == [(bo.id, "confirmed", pair.key)] * 2
    assert names() == ["Ana Ruiz", "Bo"]
    assert pair.let_go("12:31") == 0
    assert len(held()) == 4
    assert db.session.scalars(select(EventPerson.key).where(EventPerson.key.startswith("bo"))).all() == ["bo"]


def test_a_friend_who_says_nothing_costs_both_their_places_and_ana_is_told_once(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2")

    early, late, again = pair.let_go("12:29"), pair.let_go("12:30"), pair.let_go("12:31")

    assert (early, late, again) == (0, 1, 0)
    assert held() == []
    assert names() == ["Ana Ruiz"]
    [text] = db.session.scalars(select(Message)).all()
    assert text.body.startswith("Ana, Bo did not say yes in time, so both your places")
    assert (text.person_id, text.kind, text.rule, segments(text.body)) == (pair.ana.id, "note", "friend-late", 1)
    with pytest.raises(FriendIsTooLate):
        pair.come_along(pair.bo(), "12:31")


def test_ana_who_is_there_keeps_her_place_when_bo_does_not_come(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2", wall="18:50")
    check_in(pair.own[0], now=pair.night.at("19:00"), how="coordinator", by=By("Alice"))

    assert (pair.let_go("19:20"), pair.let_go("19:21")) == (1, 0)

    assert held() == [("Front door", "Ana Ruiz", "link")]
    [text] = db.session.scalars(select(Message)).all()
    assert (text.rule, text.shift_id) == ("friend-late", pair.night.shift("tea-2").id)


def test_ana_keeps_a_place_on_a_shift_that_has_begun_and_is_told_nothing(app: Flask) -> None:
    pair = Pair(a_door_night(), wall="18:50")

    assert pair.let_go("19:20") == 1

    assert held() == [("Front door", "Ana Ruiz", "link")]
    assert [each.friends for each in pair.own] == [None]
    assert db.session.scalars(select(Message)).all() == []


def test_a_place_is_not_taken_from_the_page_of_another_show(app: Flask) -> None:
    pair, other = Pair(a_door_night()), a_night(slug="another-night")

    with pytest.raises(FriendIsTooLate):
        come_along(pair.key, pair.bo(), event_id=other.event.id, now=pair.night.at("12:10"))

    assert ("Front door", "Bo", "friend") in held()


def test_when_ana_leaves_nothing_is_held_for_bo(app: Flask) -> None:
    pair = Pair(a_door_night())
    leave_shift(pair.own[0], now=pair.night.at("12:05"), how="link")

    assert pair.let_go("12:06") == 1

    assert held() == []
    assert db.session.scalars(select(Message)).all() == []


def test_ana_may_come_without_bo(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2")

    come_alone(pair.own[0], now=pair.night.at("12:05"))

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Tea", "Ana Ruiz", "link")]
    assert [each.friends for each in pair.own] == [None, None]
    assert pair.let_go("12:31") == 0


def test_what_stands_against_the_friend_is_told_and_the_place_stays_held(app: Flask) -> None:
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", max=2), a_shift("Tea", "20:00", "21:00", people=("Bo Li",))]
    )
    pair = Pair(night)

    with pytest.raises(ShiftClashes):
        pair.come_along(night.person("Bo Li"), "12:10")

    assert ("Front door", "Bo", "friend") in held()


def test_nobody_is_their_own_friend(app: Flask) -> None:
    pair = Pair(a_door_night())

    with pytest.raises(OwnInvitation) as refusal:
        pair.come_along(pair.ana, "12:10")

    assert str(refusal.value) == "This link is for Bo. Send it to them."


def test_where_one_place_is_left_neither_comes(app: Flask) -> None:
    night = a_door_night()
    a_sign_up(night, night.shift("front-door-1"), "Zed")

    with pytest.raises(NoSuchFriend):
        Pair(night)

    assert held() == [("Front door", "Zed", "link")]
    assert names() == ["Ana Ruiz"]


def test_pairs_at_once_fill_a_shift_two_by_two(app: Flask, tmp_path: Path) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=PLACES)])
    crowd = [a_person("Ana", organisation=night.organisation).id for _ in range(PAIRS)]
    shift_id, now = night.shift("front-door-1").id, night.at("12:00")
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    at_once = Barrier(8)

    def try_to_take(person_id: int) -> str:
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                bring_friend([shift_id], db.session.get_one(Person, person_id), "Bo", now=now, how="link")
            except CannotTakeShift as refusal:
                return type(refusal).__name__
            else:
                return "both"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        outcomes = Counter(pool.map(try_to_take, crowd, timeout=120))
    with another.app_context():
        db.engine.dispose()

    db.session.rollback()
    assert outcomes["both"] == PLACES // 2
    assert set(outcomes) == {"both", NoSuchFriend.__name__} or set(outcomes) == {"both", ShiftIsFull.__name__}
    assert len(held()) == 2 * (PLACES // 2)
    assert len(names()) == PLACES // 2
