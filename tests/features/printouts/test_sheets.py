"""The printed sheets say how sure it is that each volunteer comes."""

import time_machine
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.shifts.actions.assigning import put_on_shift
from tests.builders import a_coordinator, a_night, a_person, a_shift, minutes, sign_in
from tests.playing import Playing
from tests.reading import words

SHOW = "/coordinate/justice-in-motion"


def test_every_list_of_volunteers_says_who_was_asked_and_who_comes(sqlite_app: Flask) -> None:
    """Dana signed up; Ana and Bo were added, and Bo a moment ago; Cy, who was added too, can't come."""
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=9, people=("Dana Door", "Cy Cedar"))])
    with time_machine.travel(night.at("11:00"), tick=False):
        desk = sign_in(sqlite_app.test_client(), a_coordinator("Alice", organisation=night.organisation))
    shift, alice = night.shift("front-door-1"), Actor("Alice")
    put_on_shift(shift.id, a_person("Ana Ash", organisation=night.organisation), actor=alice, now=night.at("11:00"))
    Playing(night.at("11:00")).until(night.at("11:05"), every=minutes(1))
    put_on_shift(shift.id, a_person("Bo Birch", organisation=night.organisation), actor=alice, now=night.at("11:10"))
    with transaction():
        night.shift("front-door-1").sign_ups[1].wants_cover_at = night.at("11:00")

    with time_machine.travel(night.at("11:10:10"), tick=False):
        pages = [words(desk.get(f"{SHOW}/{path}")) for path in ("print/shifts", "print/door", "print/calls")]
        people = words(desk.get(f"{SHOW}/texts/people"))

    for page in pages:
        assert [said in page for said in ("Dana Door Coming", "Cy Cedar Can't make it")] == [True, True]
        assert [said in page for said in ("Ana Ash Asked", "Bo Birch Not told yet")] == [True, True]
    for state in ("Coming", "Can't make it", "Asked", "Not told yet"):
        assert f"Front door, 7:15 PM {state}" in people, people
