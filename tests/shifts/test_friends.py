"""Coming with a friend: one's own place is firm, the friend's is held; nobody is texted who has not agreed."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator import create_app
from coordinator.accounts.models import Actor, Via
from coordinator.core.sms_text import segments
from coordinator.db import db
from coordinator.events.models import EventPerson
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.actions.attendance import check_in
from coordinator.shifts.actions.friends import bring_friend, come_alone, come_along, let_friends_go
from coordinator.shifts.actions.signing_up import join_waitlist, leave_shift
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import HOLDING, SignUp, SignUpSource
from coordinator.shifts.queries.company import company_of
from coordinator.shifts.refusals.friends import FriendIsTooLate, NoSuchFriend, OwnInvitation
from coordinator.shifts.refusals.taking import CannotTakeShift, ShiftClashes, ShiftIsFull
from tests.builders import ANight, a_night, a_person, a_shift, a_sign_up
from tests.databases import settings_for
from tests.links import link_in_texts

PAIRS, PLACES = 24, 7
URL = "https://show.example"


class Pair:
    """Ana, who brings Bo to the door or wherever she likes."""

    def __init__(self, night: ANight, *keys: str, wall: str = "12:00", before: timedelta = timedelta(0)) -> None:
        self.night, self.ana = night, a_person("Ana Ruiz", organisation=night.organisation)
        self.ids = [night.shift(key).id for key in keys or ("front-door-1",)]
        now = night.at(wall) - before
        self.own = bring_friend(self.ids, self.ana, "Bo", now=now, source=SignUpSource.LINK)

    @property
    def key(self) -> str:
        return self.own[0].friends_key or ""

    def bo(self, name: str = "Bo") -> Person:
        return a_person(name, organisation=self.night.organisation)

    def come_along(self, friend: Person, wall: str) -> list[SignUp]:
        return come_along(self.key, friend, event_id=self.night.event.id, now=self.night.at(wall))

    def let_go(self, wall: str, before: timedelta = timedelta(0)) -> int:
        return let_friends_go(self.night.at(wall) - before, public_url=URL)


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=2), a_shift("Tea", "21:30", "22:30", max=2)])


def held() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(SignUp).where(SignUp.state.in_(HOLDING)).order_by(SignUp.shift_id, SignUp.id))
    return [(row.shift.role.name, row.person.name, row.source) for row in rows]


def names() -> list[str]:
    found = db.session.scalars(select(Person.name).where(Person.name.in_(["Ana Ruiz", "Bo"])).order_by(Person.name))
    return list(found)


def test_a_place_is_held_for_a_day_under_the_name_alone(app: Flask) -> None:
    pair = Pair(a_door_night(), before=timedelta(days=5))

    company = company_of(pair.night.event.id, pair.key, pair.night.at("11:59") - timedelta(days=4))

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Front door", "Bo", "friend")]
    assert company is not None
    until = pair.night.at("12:00") - timedelta(days=4)
    assert (company.host, company.friend, company.until) == ("Ana", "Bo", until)
    assert company_of(pair.night.event.id, pair.key, until) is None
    assert db.session.scalars(select(Message)).all() == []


def test_a_place_is_held_no_longer_than_until_the_first_shift_starts(app: Flask) -> None:
    pair = Pair(a_door_night(), "tea-2", "front-door-1")

    company = company_of(pair.night.event.id, pair.key, pair.night.at("19:14"))

    assert company is not None
    assert [each.shift.key for each in company.held] == ["front-door-1", "tea-2"]
    assert company.until == pair.night.at("19:15")
    assert company_of(pair.night.event.id, pair.key, pair.night.at("19:15")) is None
    with pytest.raises(FriendIsTooLate):
        pair.come_along(pair.bo(), "19:15")


def test_the_friend_takes_the_places_as_the_person_they_are(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2")
    bo = pair.bo()

    taken = pair.come_along(bo, "12:10")

    assert [(each.person_id, each.state, each.friends_key) for each in taken] == [(bo.id, "confirmed", pair.key)] * 2
    assert names() == ["Ana Ruiz", "Bo"]
    assert pair.let_go("19:16") == 0
    assert len(held()) == 4
    assert db.session.scalars(select(EventPerson.key).where(EventPerson.key.startswith("bo"))).all() == ["bo"]


def test_a_friend_who_says_nothing_loses_their_place_and_ana_keeps_hers_and_is_told_once(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2", before=timedelta(days=5))

    days = timedelta(days=4)
    early, late, again = (pair.let_go(wall, before=days) for wall in ("11:59", "12:00", "12:01"))

    assert (early, late, again) == (0, 1, 0)
    assert held() == [("Front door", "Ana Ruiz", "link"), ("Tea", "Ana Ruiz", "link")]
    assert [each.friends_key for each in pair.own] == [None, None]
    assert names() == ["Ana Ruiz"]
    [text] = db.session.scalars(select(Message)).all()
    said = "Ana, Bo didn't say yes in time, so their spot at Songs for Justice in Motion is open again. You keep yours."
    assert text.body == f"{said} {link_in_texts(URL, pair.ana)}"
    assert (text.person_id, text.kind, text.rule, segments(text.body)) == (pair.ana.id, "note", "friend-late", 1)
    with pytest.raises(FriendIsTooLate):
        pair.come_along(pair.bo(), "12:31")


def test_of_a_shift_that_has_begun_nothing_is_told_but_of_a_later_one(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2", wall="18:50")
    check_in(pair.own[0], now=pair.night.at("19:00"), actor=Actor("Alice", via=Via.COORDINATOR))

    assert (pair.let_go("19:15"), pair.let_go("19:16")) == (1, 0)

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Tea", "Ana Ruiz", "link")]
    [text] = db.session.scalars(select(Message)).all()
    assert (text.rule, text.shift_id) == ("friend-late", pair.night.shift("tea-2").id)


def test_ana_whose_shift_begins_without_bo_is_told_nothing(app: Flask) -> None:
    pair = Pair(a_door_night(), wall="18:50")

    assert pair.let_go("19:15") == 1

    assert held() == [("Front door", "Ana Ruiz", "link")]
    assert [each.friends_key for each in pair.own] == [None]
    assert db.session.scalars(select(Message)).all() == []


def test_the_friends_place_goes_to_whoever_waits(app: Flask) -> None:
    pair = Pair(a_door_night(), before=timedelta(days=5))
    zed = a_person("Zed", organisation=pair.night.organisation)
    join_waitlist(pair.ids[0], zed, now=pair.night.at("12:10") - timedelta(days=5), source=SignUpSource.LINK)

    pair.let_go("12:00", before=timedelta(days=4))
    next_waves(pair.night.at("12:01") - timedelta(days=4))

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Front door", "Zed", "waitlist")]


def test_a_place_is_not_taken_from_the_page_of_another_show(app: Flask) -> None:
    pair, other = Pair(a_door_night()), a_night(slug="another-night")

    with pytest.raises(FriendIsTooLate):
        come_along(pair.key, pair.bo(), event_id=other.event.id, now=pair.night.at("12:10"))

    assert ("Front door", "Bo", "friend") in held()


def test_when_ana_leaves_nothing_is_held_for_bo(app: Flask) -> None:
    pair = Pair(a_door_night())
    leave_shift(pair.own[0], now=pair.night.at("12:05"), source=SignUpSource.LINK)

    assert pair.let_go("12:06") == 1

    assert held() == []
    assert db.session.scalars(select(Message)).all() == []


def test_ana_may_come_without_bo(app: Flask) -> None:
    pair = Pair(a_door_night(), "front-door-1", "tea-2")

    come_alone(pair.own[0], now=pair.night.at("12:05"))

    assert held() == [("Front door", "Ana Ruiz", "link"), ("Tea", "Ana Ruiz", "link")]
    assert [each.friends_key for each in pair.own] == [None, None]
    assert pair.let_go("19:16") == 0


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
                bring_friend([shift_id], db.session.get_one(Person, person_id), "Bo", now=now, source=SignUpSource.LINK)
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
