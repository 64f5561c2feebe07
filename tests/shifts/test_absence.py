"""Whoever did not come is looked for in no other way than by being marked, and by no mark twice."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions.afterwards import settle
from coordinator.shifts.actions.attendance import check_in, mark, new_key
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.actions.covering import answer_offer, ask_for_cover
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import HOLDING, CoverOffer, CoverSearch, SignUp
from coordinator.shifts.queries.searching import looked_for, searches_of
from tests.builders import ANight, a_coordinator, a_night, a_shift, minutes
from tests.night import in_the_cast


@pytest.fixture
def night(app: Flask) -> ANight:
    """Ana has the front door from seven to nine, Ben and Cleo stand by."""
    night = a_night(
        [], shifts=[a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",))], quiet_from=None, quiet_to=None
    )
    for name in ("Ben Ode", "Cleo Cedar"):
        with transaction():
            person = in_the_cast(night, name)
        stand_by(night.event, person, actor=Actor("Alice"), now=night.at("08:00"))
    return night


@pytest.fixture
def alice(night: ANight) -> Actor:
    return Actor("Alice", a_coordinator("Alice", organisation=night.organisation).id)


def anas(night: ANight) -> SignUp:
    db.session.expire_all()
    return next(each for each in night.shift("front-door-1").sign_ups if each.person.name == "Ana Ruiz")


def say(night: ANight, what: str, wall: str, actor: Actor, *, was_at: str = "", key: str = "") -> None:
    at = night.at(was_at or wall)
    mark(anas(night), what, key=key or new_key(), at=at, actor=replace(actor, via=Via.SHEET), now=night.at(wall))


def told(night: ANight) -> list[tuple[str, str]]:
    """Every text that was queued and not taken back."""
    notes = select(Message).where(Message.kind == "note", Message.state != "cancelled").order_by(Message.id)
    return [(note.person.name, note.rule) for note in db.session.scalars(notes) if note.person and note.rule]


def have_left(night: ANight) -> None:
    with transaction():
        for message in db.session.scalars(select(Message).where(Message.state == "waiting")):
            message.state = "delivered"


def outcomes(night: ANight) -> list[tuple[str, str | None]]:
    return [(search.why, search.outcome) for search in reversed(searches_of(night.event))]


def offer_to(night: ANight, name: str) -> CoverOffer:
    return db.session.scalars(select(CoverOffer).where(CoverOffer.person_id == night.person(name).id)).one()


def later(at: datetime) -> datetime:
    """When the first texts after a press may leave."""
    return at + minutes(0.5)


ASKED = [("Ben Ode", "cover-offer"), ("Cleo Cedar", "cover-offer")]


def test_a_no_show_is_looked_for_half_a_minute_after_the_mark(night: ANight, alice: Actor) -> None:
    say(night, "no_show", "19:20", alice)
    next_waves(night.at("19:20"))
    before = told(night)
    next_waves(later(night.at("19:20")))

    assert (before, told(night)) == ([], ASKED)
    assert looked_for(night.event.id) == {anas(night).id}
    assert [entry.what for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))][-2:] == [
        "shift.attendance",
        "shift.searched",
    ]


def test_the_first_yes_has_the_place_of_the_no_show(night: ANight, alice: Actor) -> None:
    say(night, "no_show", "19:20", alice)
    next_waves(later(night.at("19:20")))

    answer_offer(offer_to(night, "Cleo Cedar"), yes=True, now=night.at("19:23"))

    shift = night.shift("front-door-1")
    assert [each.person.name for each in shift.sign_ups if each.state in HOLDING] == ["Cleo Cedar"]
    assert anas(night).state == "no_show"
    assert outcomes(night) == [("no_show", "filled")]


def test_a_no_show_that_is_said_again_asks_nobody_again(night: ANight, alice: Actor) -> None:
    say(night, "no_show", "19:20", alice, key="one-press")
    next_waves(later(night.at("19:20")))
    say(night, "no_show", "19:22", alice, key="one-press")
    say(night, "no_show", "19:23", alice)
    next_waves(night.at("19:24"))
    for name in ("Ben Ode", "Cleo Cedar"):
        answer_offer(offer_to(night, name), yes=False, now=night.at("19:30"))
    next_waves(night.at("19:40"))
    say(night, "no_show", "19:45", alice)
    next_waves(night.at("19:50"))

    assert (told(night), outcomes(night)) == (ASKED, [("no_show", "nobody")])


@pytest.mark.parametrize("back", ["here", "not_here", "late"])
def test_a_no_show_taken_back_at_once_texts_nobody(night: ANight, alice: Actor, back: str) -> None:
    say(night, "no_show", "19:20", alice)
    say(night, back, "19:20", alice)
    next_waves(later(night.at("19:20")))

    assert (told(night), outcomes(night)) == ([], [("no_show", "called_off")])
    assert looked_for(night.event.id) == set()


def test_whoever_was_asked_is_told_once_that_the_no_show_came_after_all(night: ANight, alice: Actor) -> None:
    say(night, "no_show", "19:20", alice)
    next_waves(later(night.at("19:20")))
    have_left(night)

    check_in(anas(night), now=night.at("19:25"), actor=Actor("Ana Ruiz", via=Via.TEXT))
    say(night, "here", "19:26", alice)
    next_waves(night.at("19:27"))

    assert told(night) == [*ASKED, ("Ben Ode", "cover-off"), ("Cleo Cedar", "cover-off")]
    assert answer_offer(offer_to(night, "Ben Ode"), yes=True, now=night.at("19:28")).outcome == "too_late"


def test_a_mark_of_a_phone_that_was_cut_off_is_no_news_after_a_newer_one(night: ANight, alice: Actor) -> None:
    say(night, "here", "19:25", alice)

    say(night, "no_show", "19:40", alice, was_at="19:20")
    next_waves(night.at("19:41"))

    assert (anas(night).state, told(night), outcomes(night)) == ("checked_in", [], [])


@pytest.mark.parametrize("wall", ["21:00", "23:00"])
def test_nobody_is_looked_for_once_the_shift_is_over(night: ANight, alice: Actor, wall: str) -> None:
    settle(anas(night), came=False, actor=alice, now=night.at(wall))
    next_waves(night.at("23:30"))

    assert (anas(night).state, told(night), outcomes(night)) == ("no_show", [], [])


def test_nobody_is_looked_for_on_a_shift_that_was_called_off(night: ANight, alice: Actor) -> None:
    cancel_shift(night.shift("front-door-1"), actor=alice, now=night.at("18:00"))

    say(night, "no_show", "19:20", alice)

    assert outcomes(night) == []


def test_who_asked_for_cover_and_did_not_come_is_looked_for_in_one_search(night: ANight, alice: Actor) -> None:
    ask_for_cover(anas(night), now=night.at("18:00"))
    next_waves(night.at("18:00"))
    say(night, "no_show", "19:20", alice)
    say(night, "not_here", "19:21", alice)
    next_waves(night.at("19:22"))

    assert (told(night), outcomes(night)) == (ASKED, [("asked", None)])


def test_who_asked_for_cover_and_is_there_is_not_replaced(night: ANight) -> None:
    ask_for_cover(anas(night), now=night.at("18:00"))
    next_waves(night.at("18:00"))
    have_left(night)

    check_in(anas(night), now=night.at("18:55"), actor=Actor("Ana Ruiz", via=Via.DOOR))
    yes = answer_offer(offer_to(night, "Ben Ode"), yes=True, now=night.at("18:55")).outcome
    next_waves(night.at("18:55"))

    assert (yes, outcomes(night)) == ("too_late", [("asked", "called_off")])
    assert told(night) == [*ASKED, ("Cleo Cedar", "cover-off")]
    assert db.session.scalars(select(CoverSearch.closed_at)).one() == night.at("18:55")


def test_a_coordinators_wrong_press_of_here_does_not_end_a_search_for_cover(night: ANight, alice: Actor) -> None:
    ask_for_cover(anas(night), now=night.at("18:00"))
    next_waves(night.at("18:00"))

    say(night, "here", "18:02", alice)
    next_waves(night.at("18:02"))
    say(night, "not_here", "18:02", alice)
    next_waves(later(night.at("18:02")))

    assert (told(night), outcomes(night)) == (ASKED, [("asked", None)])
