"""Every way onto a shift and off it: whoever it happens to hears of it in exactly one text.

``CALLERS`` names every function that puts someone on a shift or takes someone off one, with the stories below that go
through it; a new one fails here until someone has said how people hear of it.
"""

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.people_list.pasting.shifts import paste_shifts
from coordinator.people.models import Person
from coordinator.shifts.actions.coming import stand_by
from coordinator.shifts.actions.covering import ask_for_cover
from coordinator.shifts.actions.friends import bring_friend, come_alone, come_along, let_friends_go
from coordinator.shifts.actions.searches import open_search
from coordinator.shifts.actions.signing_up import join_waitlist, take_shift
from coordinator.shifts.actions.swapping import ask_swap
from coordinator.shifts.models import CoverOffer, SearchReason, SignUp, SignUpSource, Swap
from coordinator.shownight.actions.pressing import cancel_slot
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, sign_in
from tests.documents import read
from tests.links import token_of
from tests.night import in_the_cast
from tests.playing import PUBLIC_URL, Playing

SECONDS = timedelta(seconds=1)
DOOR, TEA, BAR = "front-door-1", "tea-table-2", "bar-3"
ANA, BEN = "Ana Ruiz", "Ben Ode"
ALICE = Actor("Alice")
VOLUNTEERS = "/coordinate/justice-in-motion/volunteers"
SIGN_UP = "/e/justice-in-motion/volunteer"


class World(NamedTuple):
    """A show in a fortnight, its clock and outbox, a coordinator's browser and a volunteer's."""

    night: ANight
    playing: Playing
    desk: FlaskClient
    visitor: FlaskClient

    def person(self, name: str) -> Person:
        return self.night.person(name)

    def text_in(self, name: str, body: str) -> None:
        self.playing.text_in(self.person(name).phone or "", body)

    def own(self, name: str, path: str, **fields: str) -> None:
        """A press on someone's own page."""
        token = token_of(self.person(name))
        self.post(self.visitor, f"/me/{token}/{path}", **fields)

    def post(self, browser: FlaskClient, path: str, **fields: str) -> None:
        with time_machine.travel(self.playing.now, tick=False):
            answer = browser.post(path, data=fields)
        assert answer.status_code == 303, answer.text

    def sign_up(self, name: str, key: str) -> SignUp:
        db.session.expire_all()
        return next(each for each in self.night.shift(key).sign_ups if each.person.name == name)

    def take(self, name: str, key: str) -> SignUp:
        """They have taken it, and know."""
        taken = take_shift(self.night.shift(key).id, self.person(name), now=self.playing.now, source=SignUpSource.LINK)
        self.later()
        return taken

    def later(self, seconds: int = 90) -> list[str]:
        """What is told in so many seconds."""
        told = self.playing.until(self.playing.now + seconds * SECONDS, every=SECONDS * 5)
        return [body for _, _, body in told]


@pytest.fixture
def world(app: Flask) -> World:
    night = a_night(
        [a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10)],
        shifts=[
            a_shift("Front door", "17:30", "18:30", max=1, min=0),
            a_shift("Tea table", "12:00", "13:00", max=1, min=0),
            a_shift("Bar", follows="Carlos Lumbi", max=1, min=0),
        ],
        quiet_from=None,
        quiet_to=None,
    )
    with transaction():
        in_the_cast(night, ANA)
        in_the_cast(night, BEN)
    playing = Playing(night.at("12:00") - timedelta(days=14))
    playing.tick()
    with time_machine.travel(playing.now, tick=False):
        desk = sign_in(app.test_client(), a_coordinator("Alice", organisation=night.organisation))
    return World(night, playing, desk, app.test_client())


def signs_up_on_the_page(world: World) -> None:
    world.post(world.visitor, f"{SIGN_UP}/details?shift={DOOR}", name="Amara", phone="(212) 555-0177")
    (code,) = world.later(5)
    world.post(world.visitor, f"{SIGN_UP}/code", code=code[-6:])


def changes_to_another_shift(world: World) -> None:
    sign_up = world.take(ANA, TEA)
    world.own(ANA, f"shifts/{sign_up.id}/change", shift=DOOR)


def comes_along_with_a_friend(world: World) -> None:
    with transaction():
        world.night.shift(DOOR).max = 2
    now = world.playing.now
    (host,) = bring_friend([world.night.shift(DOOR).id], world.person(BEN), "Ana", now=now, source=SignUpSource.LINK)
    world.later()
    come_along(host.friends_key or "", world.person(ANA), event_id=world.night.event.id, now=world.playing.now)


def moves_up_from_the_waitlist(world: World) -> None:
    sign_up = world.take(BEN, DOOR)
    join_waitlist(world.night.shift(DOOR).id, world.person(ANA), now=world.playing.now, source=SignUpSource.LINK)
    world.own(BEN, f"shifts/{sign_up.id}/leave")


def is_offered_the_door(world: World) -> CoverOffer:
    stand_by(world.night.event, world.person(ANA), actor=ALICE, now=world.playing.now)
    with transaction():
        open_search(world.night.shift(DOOR), None, SearchReason.SHORT, now=world.playing.now)
    world.later()
    return db.session.scalars(select(CoverOffer)).one()


def takes_an_offered_place_by_text(world: World) -> None:
    is_offered_the_door(world)
    world.text_in(ANA, "C")


def takes_an_offered_place_on_their_page(world: World) -> None:
    world.own(ANA, f"offers/{is_offered_the_door(world).id}", answer="yes")


def does_not_mean_it(world: World) -> None:
    takes_an_offered_place_by_text(world)
    world.later()
    world.text_in(ANA, "UNDO")


def is_asked_to_swap(world: World) -> Swap:
    mine, theirs = world.take(ANA, DOOR), world.take(BEN, TEA)
    swap = ask_swap(mine, theirs, now=world.playing.now)
    world.later()
    return swap


def swap_by_text(world: World) -> None:
    is_asked_to_swap(world)
    world.text_in(BEN, "C")


def swap_on_a_page(world: World) -> None:
    world.own(BEN, f"swaps/{is_asked_to_swap(world).id}", answer="yes")


def is_added_by_a_coordinator(world: World) -> None:
    shift = world.night.shift(DOOR)
    world.post(world.desk, f"{VOLUNTEERS}/shifts/{DOOR}/people", **{f"on-{shift.id}-name": ANA})


def is_chosen_by_a_coordinator(world: World) -> None:
    world.post(world.desk, f"{VOLUNTEERS}/shifts/{DOOR}/people/{world.person(ANA).id}")


def is_pasted(world: World) -> None:
    text = f"role,date,starts,ends,person\nFront door,12/4/2026,5:30 pm,6:30 pm,{ANA}\n"
    paste_shifts(world.night.event, text, actor=ALICE, now=world.playing.now)


def stands_in_a_document(world: World) -> None:
    said: dict[str, Any] = dump(world.night.event)
    said["sign_ups"] = [{"shift": DOOR, "person": "ana-ruiz", "state": "confirmed"}]
    load(read(said), world.night.organisation, now=world.playing.now)


def leaves_on_their_page(world: World) -> None:
    world.own(ANA, f"shifts/{world.take(ANA, DOOR).id}/leave")


def leaves_by_text(world: World) -> None:
    world.take(ANA, DOOR)
    world.text_in(ANA, "X")


def comes_back_by_text(world: World) -> None:
    leaves_by_text(world)
    world.later(5)
    world.text_in(ANA, "UNDO")


def comes_back_on_their_page(world: World) -> None:
    sign_up = world.take(ANA, DOOR)
    world.own(ANA, f"shifts/{sign_up.id}/leave")
    world.own(ANA, f"shifts/{sign_up.id}/back")


def is_covered(world: World) -> None:
    sign_up = world.take(ANA, DOOR)
    stand_by(world.night.event, world.person(BEN), actor=ALICE, now=world.playing.now)
    ask_for_cover(sign_up, now=world.playing.now)
    world.later()
    world.text_in(BEN, "C")


def friend_does_not_come(world: World) -> None:
    with transaction():
        world.night.shift(DOOR).max = 2
    now = world.playing.now
    bring_friend([world.night.shift(DOOR).id], world.person(ANA), "Ben", now=now, source=SignUpSource.LINK)
    world.playing.tick(now + timedelta(days=1))
    let_friends_go(world.playing.now, public_url=PUBLIC_URL)


def comes_without_the_friend(world: World) -> None:
    with transaction():
        world.night.shift(DOOR).max = 2
    now = world.playing.now
    (host,) = bring_friend([world.night.shift(DOOR).id], world.person(ANA), "Ben", now=now, source=SignUpSource.LINK)
    world.later()
    come_alone(host, now=world.playing.now)


def is_removed_by_a_coordinator(world: World) -> None:
    world.post(world.desk, f"{VOLUNTEERS}/sign-ups/{world.take(ANA, DOOR).id}/off")


def is_put_back_by_a_coordinator(world: World) -> None:
    sign_up = world.take(ANA, DOOR)
    world.later()
    world.post(world.desk, f"{VOLUNTEERS}/sign-ups/{sign_up.id}/off")
    world.post(world.desk, f"{VOLUNTEERS}/sign-ups/{sign_up.id}/back")


def shift_is_called_off(world: World) -> None:
    world.take(ANA, DOOR)
    world.post(world.desk, f"{VOLUNTEERS}/shifts/{DOOR}/cancelled")


def slot_is_cancelled(world: World) -> None:
    world.take(ANA, BAR)
    cancel_slot(world.night.slot("Carlos Lumbi").id, actor=ALICE, now=world.playing.now)


def is_left_out_of_a_document(world: World) -> None:
    world.take(ANA, DOOR)
    said: dict[str, Any] = dump(world.night.event) | {"sign_ups": []}
    load(read(said), world.night.organisation, now=world.playing.now, prune=True, force=True)


TOLD: dict[Callable[[World], None], list[str]] = {
    signs_up_on_the_page: ["Benefit Nights: Amara, you're on: Front door"],
    changes_to_another_shift: ["Benefit Nights: Ana, you're on: Front door"],
    comes_along_with_a_friend: ["Benefit Nights: Ana, you're on: Front door"],
    moves_up_from_the_waitlist: ["a spot opened and it's yours: Front door"],
    takes_an_offered_place_by_text: ["The shift is yours: Front door"],
    takes_an_offered_place_on_their_page: ["Benefit Nights: Ana, you're on: Front door"],
    does_not_mean_it: ["Undone: you're off Front door", "Carlos, can you help? Front door"],
    swap_by_text: ["Ana, you've traded with Ben", "Ben, you've traded with Ana"],
    swap_on_a_page: ["Ana, you've traded with Ben", "Benefit Nights: Ben, you're on: Front door"],
    is_added_by_a_coordinator: ["Ana, you're on: Front door"],
    is_chosen_by_a_coordinator: ["Ana, you're on: Front door"],
    is_pasted: ["Ana, you're on: Front door"],
    stands_in_a_document: ["Ana, you're on: Front door"],
    leaves_on_their_page: [],
    leaves_by_text: ["Thanks for telling us, Ana. You're off Front door"],
    comes_back_by_text: ["Undone: you're on Front door"],
    comes_back_on_their_page: [],
    is_covered: ["Ana, Ben is taking your shift: Front door", "Ben. The shift is yours: Front door"],
    friend_does_not_come: ["Ana, Ben didn't say yes in time"],
    comes_without_the_friend: [],
    is_removed_by_a_coordinator: ["Ana, you're no longer on Front door"],
    is_put_back_by_a_coordinator: [],
    shift_is_called_off: ["Ana, your shift is canceled: Front door"],
    slot_is_cancelled: ["Ana, your shift is canceled: Bar"],
    is_left_out_of_a_document: ["Ana, you're no longer on Front door"],
}


@pytest.mark.parametrize("way", TOLD, ids=lambda way: way.__name__)
def test_each_way_tells_whoever_it_happens_to_in_one_text(world: World, way: Callable[[World], None]) -> None:
    way(world)

    told = sorted(world.later())

    assert len(told) == len(TOLD[way]), told
    for body, words in zip(told, sorted(TOLD[way]), strict=True):
        assert words in body


MOVES = {"take_shift", "take_shifts", "put_on_shift", "take_off_shift", "leave", "leave_shift", "change_shift"} | {
    "SignUp",
    "come_back",
    "take_back_leave",
}
CALLERS: dict[str, list[Callable[[World], None]]] = {
    "features/event_document/writer.py _new": [stands_in_a_document],
    "shifts/actions/bulk_assigning.py put_many_on_shifts": [is_pasted],
    "shifts/actions/places.py signed_up_at_once": [is_pasted],
    "features/my_page/views/page.py change": [changes_to_another_shift],
    "features/my_page/views/page.py leave": [leaves_on_their_page],
    "features/sign_up/views/page.py _take": [signs_up_on_the_page],
    "features/my_page/views/cover.py take_back": [comes_back_on_their_page],
    "features/text_replies/volunteers.py leave_chosen": [leaves_by_text],
    "features/text_replies/volunteers.py undo_left": [comes_back_by_text],
    "features/shift_plan/views/people.py take_off": [is_removed_by_a_coordinator],
    "features/shift_plan/views/people.py choose": [is_chosen_by_a_coordinator],
    "features/shift_plan/views/people.py put_back": [is_put_back_by_a_coordinator],
    "features/shift_plan/actions.py put_on_by_name": [is_added_by_a_coordinator],
    "shifts/actions/covering.py _take": [takes_an_offered_place_by_text, takes_an_offered_place_on_their_page],
    "shifts/actions/covering.py give_back": [does_not_mean_it],
    "shifts/actions/friends.py _open": [friend_does_not_come, comes_without_the_friend],
    "shifts/actions/friends.py bring_friend": [comes_along_with_a_friend],
    "shifts/actions/friends.py come_along": [comes_along_with_a_friend],
    "shifts/actions/places.py signed_up": [signs_up_on_the_page],
    "shifts/actions/signing_up.py change_shift": [changes_to_another_shift],
    "shifts/actions/signing_up.py leave_shift": [leaves_on_their_page],
    "shifts/actions/signing_up.py take_back_leave": [comes_back_by_text, comes_back_on_their_page],
    "shifts/actions/assigning.py put_on_shift": [is_added_by_a_coordinator],
    "shifts/actions/assigning.py take_off_shift": [is_removed_by_a_coordinator],
    "shifts/actions/signing_up.py take_shifts": [signs_up_on_the_page],
    "shifts/actions/swapping.py _exchange": [swap_by_text, swap_on_a_page],
    "shifts/actions/waves.py _promote": [moves_up_from_the_waitlist],
    "shifts/actions/waves.py filled": [is_covered],
}


def test_no_way_onto_a_shift_or_off_it_is_left_out() -> None:
    house = Path(__file__).parents[1] / "coordinator"
    found = set()
    for file in house.rglob("*.py"):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                called = (each.func for each in ast.walk(function) if isinstance(each, ast.Call))
                if any(isinstance(each, ast.Name) and each.id in MOVES for each in called):
                    found.add(f"{file.relative_to(house).as_posix()} {function.name}")

    assert found == set(CALLERS)
    assert {way for ways in CALLERS.values() for way in ways} <= set(TOLD)
