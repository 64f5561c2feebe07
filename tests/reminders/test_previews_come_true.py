"""What a preview announces is what then happens: random nights, played on by the planner in virtual time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.lineup.actions.moves import move_times
from coordinator.lineup.refusals import CannotPlan
from coordinator.messaging.models import TOLD, Message
from coordinator.messaging.queries.calls import open_calls
from coordinator.reminders.actions.plan_changes import change_plan, consequences
from coordinator.reminders.previews.effects import Consequences
from coordinator.reminders.previews.outlook import preview
from coordinator.shifts.actions.planning import ShiftChanges, edit_shift
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import press
from coordinator.shownight.models import Verb
from coordinator.shownight.refusals import CannotPress
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, minutes
from tests.playing import Playing

SAM = Actor("Sam Stage")
NAMES = ("Ana", "Bo", "Cy", "Dee")
ON_FOR = timedelta(seconds=75)  # a press is seen by the next look, and what it changed is steady a minute later


class Said(NamedTuple):
    """One thing that someone is told, by a text or by a call."""

    source: str
    name: str
    kind: str
    says_at: datetime


def a_random_night(rng: Random) -> ANight:
    """Three to four acts with a crew, at random lengths and changeovers; some cannot be texted."""
    acts = [
        a_slot(
            name,
            minutes=rng.choice((20, 30, 45)),
            changeover=rng.choice((0, 10, 15)),
            changeover_min=rng.choice((0, 5)),
            answer=rng.choice(("confirmed", "invited")),
            early_ok=rng.random() < 0.2,
        )
        for name in NAMES[: rng.randint(3, 4)]
    ]
    crew = [
        a_shift("Stage", follows=rng.choice(acts).name, follows_from="set_start", follows_to="set_end", people=("Eli",))
    ]
    door = a_shift("Door", "19:00", "22:00", max=3, people=("Fay", "Gus"), place="Main entrance")
    night = a_night(acts, shifts=[*crew, door], curfew="23:30")
    with transaction():
        for name in (*(act.name for act in acts), "Eli", "Fay", "Gus"):
            person, luck = night.person(name), rng.random()
            if luck < 0.15:
                person.phone = None
            elif luck < 0.3:
                person.agreed_at = None
            elif luck < 0.4:
                person.phone_trouble = "landline"
    return night


def some_press(rng: Random, night: ANight) -> ProposedPress:
    verb = rng.choice(list(Verb))
    number = rng.choice((0, 4, 5, 10, 20, 35)) if verb == "late" else rng.choice((5, 15)) if verb == "extend" else None
    slots = [name for name in NAMES if name != "Dee" or rng.random() < 0.5]
    try:
        return ProposedPress(verb, night.slot(rng.choice(slots)).id, number)
    except Exception:  # this night has three acts
        return ProposedPress(verb, night.slot("Ana").id, number)


def announced(effect: Consequences) -> set[Said]:
    texts = {Said("text", one.person.name, one.kind, one.says_at) for one in effect.texts}
    return texts | {Said("call", one.person.name, one.kind, one.says_at) for one in effect.calls}


def texts_told(night: ANight) -> set[tuple[int, Said]]:
    rows = db.session.scalars(
        select(Message).where(
            Message.event_id == night.event.id,
            Message.state.in_(TOLD),
            Message.kind.in_(("new_time", "cancelled", "changed", "reminder", "removed")),
        )
    )
    return {
        (row.id, Said("text", row.person.name, row.kind, row.says_at)) for row in rows if row.person and row.says_at
    }


def calls_open(night: ANight, now: datetime) -> set[Said]:
    return {
        Said("call", call.person.name, call.kind, call.says_at)
        for call in open_calls(night.event.id, now)
        if call.says_at
    }


def played_until_the_show(night: ANight) -> Playing:
    play = Playing(night.at("18:30"))
    play.tick()
    play.until(night.at("19:45"), every=minutes(5))
    return play


def agrees(night: ANight, play: Playing, found: Consequences, change: Callable[[], object], why: object) -> None:
    """Make the change and play on: exactly those are told who were announced, in the way that was announced."""
    texts_before, calls_before = texts_told(night), calls_open(night, play.now)
    change()
    play.tick()
    called = calls_open(night, play.now) - calls_before
    play.until(play.now + ON_FOR)
    called |= calls_open(night, play.now) - calls_before
    texted = [said for _, said in texts_told(night) - texts_before]
    by_reminder = {said for said in announced(found) if said.kind == "reminder"}
    news = [said for said in texted if said.kind != "reminder"]

    assert by_reminder <= set(texted), why
    assert sorted([*news, *called, *by_reminder]) == sorted(announced(found)), why


@pytest.mark.parametrize("seed", range(10))
def test_a_press_tells_whom_its_preview_announced(app: Flask, seed: int) -> None:
    rng = Random(seed)
    night = a_random_night(rng)
    play = played_until_the_show(night)
    done = 0
    while done < 6 and play.now < night.at("22:30"):
        play.until(play.now + minutes(rng.randint(1, 12)), every=minutes(1))
        play.until(play.now + minutes(2))
        asked = some_press(rng, night)
        try:
            effect = preview(night.event.id, asked, play.now, sender=play.gateway.sender)
        except CannotPress:
            continue
        agrees(night, play, effect, partial(press, asked, actor=SAM, now=play.now), (seed, done, asked))
        done += 1
    assert done >= 3


@pytest.mark.parametrize("seed", range(10))
def test_a_change_of_the_plan_tells_whom_its_preview_announced(app: Flask, seed: int) -> None:
    rng = Random(seed)
    night = a_random_night(rng)
    alice = a_coordinator("Alice", organisation=night.organisation)
    play = played_until_the_show(night)
    done = 0
    while done < 4:
        play.until(play.now + minutes(rng.randint(2, 9)), every=minutes(1))
        play.until(play.now + minutes(2))
        name, number = rng.choice(NAMES[:3]), rng.choice((-20, -5, 5, 10, 30, 60))
        change = partial(move_times, night.slot(name), number, actor=Actor.of(alice), now=play.now)
        try:
            found = consequences(night.event, change, play.now, sender=play.gateway.sender)
        except CannotPlan:
            continue
        agrees(night, play, found, partial(change_plan, night.event, change), (seed, done, name, number))
        done += 1


def some_edit(rng: Random, night: ANight, now: datetime) -> Callable[[], object]:
    """Another start, end, call time or place, or several of them."""
    shift = night.shift(rng.choice(("stage-1", "door-2")))
    changes: ShiftChanges = {}
    if rng.random() < 0.5:
        changes["place"] = rng.choice(("Main entrance", "Side door", "Box office", None))
    if rng.random() < 0.4:
        changes["call"] = minutes(rng.choice((0, 3, 5, 20)))
    if shift.follows_slot_id is None and rng.random() < 0.5:
        changes["ends_at"] = shift.ends_at + minutes(rng.choice((-10, 3, 5, 30)))
    return partial(edit_shift, shift, actor=SAM, now=now, **changes)


@pytest.mark.parametrize("seed", range(10))
def test_a_change_of_a_shift_tells_whom_its_preview_announced(app: Flask, seed: int) -> None:
    rng = Random(seed)
    night = a_random_night(rng)
    play = played_until_the_show(night)
    for number in range(5):
        play.until(play.now + minutes(rng.randint(2, 9)), every=minutes(1))
        play.until(play.now + minutes(2))
        change = some_edit(rng, night, play.now)
        found = consequences(night.event, change, play.now, sender=play.gateway.sender)
        agrees(night, play, found, partial(change_plan, night.event, change), (seed, number, change))
