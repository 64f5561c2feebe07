"""Many people put on shifts in one go: the same comes of it as when a coordinator puts them on one by one."""

from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db, transaction
from coordinator.events.models import EventPerson
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.bulk_assigning import put_many_on_shifts
from coordinator.shifts.actions.searches import open_search
from coordinator.shifts.models import CoverSearch, SearchReason, Shift, SignUp
from coordinator.shifts.refusals.taking import CannotTakeShift
from tests.builders import ANight, a_night, a_person, a_shift, a_sign_up, a_slot, minutes

ALICE = Actor("Alice")
WANTED = [
    ("front-door-1", "Cy"),
    ("front-door-1", "Dee"),  # the last spot of two
    ("front-door-1", "Ben Ode"),  # was removed a moment ago; now it is full
    ("front-door-1", "Eve"),
    ("bar-2", "Cy"),  # clashes with the spot that he got just now
    ("bar-2", "Ana Ruiz"),  # plays then
    ("bar-2", "Gil"),  # was removed a moment ago, and is put back
    ("bar-2", "Eve"),  # is full, now that Gil is back
    ("clean-up-3", "Fay"),  # has never done it, and is alone
    ("clean-up-3", "Dee"),  # has, at an earlier show
    ("clean-up-3", "Fay"),
]
EXPECTED = [
    None,
    None,
    ["ShiftIsFull"],
    ["ShiftIsFull"],
    ["ShiftClashes"],
    ["ShiftClashes"],
    None,
    ["ShiftIsFull"],
    ["NotAlone"],
    None,
    None,
]


def a_house(slug: str) -> ANight:
    night = a_night(
        [a_slot("Ana Ruiz", "20:00", minutes=30, answer="confirmed")],
        slug=slug,
        shifts=[
            a_shift("Front door", "19:00", "20:30", people=("Ben Ode",), max=2),
            a_shift("Bar", "20:00", "21:00", people=("Gil",), max=1),
            a_shift("Clean-up", "22:00", "23:00", max=5),
        ],
    )
    for name in ("Cy", "Dee", "Eve", "Fay"):
        a_person(name, organisation=night.organisation)
    earlier = a_night(
        [], slug=f"{slug}-earlier", organisation=night.organisation, shifts=[a_shift("Tea", "09:00", "10:00")]
    )
    a_sign_up(earlier, earlier.shift("tea-1"), "Dee", state="done")
    with transaction():
        night.shift("clean-up-3").role.never_alone = True
    for key in ("front-door-1", "bar-2"):
        take_off_shift(night.shift(key).sign_ups[0], actor=ALICE, now=night.at("12:00"))
    open_search(night.shift("front-door-1"), None, SearchReason.SHORT, now=night.at("12:00"), after=minutes(60))
    return night


def one_by_one(night: ANight) -> list[CannotTakeShift | None]:
    refused: list[CannotTakeShift | None] = []
    for key, name in WANTED:
        try:
            put_on_shift(night.shift(key).id, night.person(name), actor=ALICE, now=night.at("12:00"))
            refused.append(None)
        except CannotTakeShift as refusal:
            refused.append(refusal)
    return refused


def at_once(night: ANight) -> list[CannotTakeShift | None]:
    pairs = [(night.shift(key), night.person(name)) for key, name in WANTED]
    return put_many_on_shifts(night.event, pairs, actor=ALICE, now=night.at("12:00"))


def why(refusal: CannotTakeShift | None) -> list[str] | None:
    if refusal is None:
        return None
    return [type(each).__name__ for each in getattr(refusal, "refusals", [refusal])]


def written(night: ANight) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the night's tables say of who is on what, by name."""
    names = {person.id: person.name for person in db.session.scalars(select(Person))}
    shifts = {shift.id: shift.key for shift in db.session.scalars(select(Shift))}
    signed_up = db.session.scalars(select(SignUp).where(SignUp.event_id == night.event.id)).all()
    cast = db.session.scalars(select(EventPerson).where(EventPerson.event_id == night.event.id)).all()
    said = db.session.scalars(select(AuditEntry).where(AuditEntry.event_id == night.event.id)).all()
    searches = db.session.scalars(select(CoverSearch).where(CoverSearch.event_id == night.event.id)).all()
    return {
        "sign_ups": sorted(
            (shifts[each.shift_id], names[each.person_id], each.state, each.source, each.notice, each.changed_at)
            for each in signed_up
        ),
        "cast": sorted((names[each.person_id], each.key) for each in cast),
        "audit": sorted((each.what, each.by, str(each.before), str(each.after)) for each in said),
        "searches": sorted((shifts[each.shift_id], each.next_wave_at, each.closed_at) for each in searches),
    }


def test_the_same_comes_of_it_as_one_by_one(app: Flask) -> None:
    first, second = a_house("one-by-one"), a_house("at-once")

    refused = one_by_one(first), at_once(second)

    assert [[why(each) for each in way] for way in refused] == [EXPECTED, EXPECTED]
    assert written(first) == written(second)
    assert ("front-door-1", first.at("12:00"), None) in written(first)["searches"]
