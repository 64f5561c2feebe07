"""Who is there: marks in any order and any number, one action for every way to say it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from coordinator import create_app
from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db, transaction
from coordinator.lineup.refusals import CheckInNotOpen
from coordinator.shifts.actions.attendance import MarkOutcome, finish_shifts, mark
from coordinator.shifts.actions.forgetting import forget
from coordinator.shifts.actions.signing_up import leave_shift, take_shift
from coordinator.shifts.models import Mark, SignUp, SignUpSource
from coordinator.shifts.refusals.attendance import NotStarted
from coordinator.shownight.actions.pressing import declare_late, end_set, start_set
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_sign_up, minutes
from tests.databases import settings_for

SAM = Actor("Sam")


def a_door_night() -> ANight:
    return a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana",))])


def danas(night: ANight) -> SignUp:
    return db.session.scalars(select(SignUp).where(SignUp.event_id == night.event.id)).one()


def say(night: ANight, what: str, at: str, *, heard: str = "", key: str = "", late: int | None = None) -> MarkOutcome:
    """Dana's presence, as someone said it at a wall time and we heard it, at once unless told."""
    now = night.at(heard or at)
    late_by = minutes(late) if late is not None else None
    return mark(
        danas(night),
        what,
        key=key or f"{what}-{at}",
        at=night.at(at),
        actor=replace(SAM, via=Via.SHEET),
        now=now,
        late_by=late_by,
    )


def stands(night: ANight) -> tuple[str, datetime | None, datetime | None, timedelta | None]:
    sign_up = danas(night)
    return sign_up.state, sign_up.here_at, sign_up.left_at, sign_up.late_by


def test_a_mark_is_kept_with_when_it_was_so_and_when_we_heard_of_it(app: Flask) -> None:
    night = a_door_night()

    marked = say(night, "here", "19:10", heard="19:30")

    kept = db.session.scalars(select(Mark)).one()
    assert marked == MarkOutcome("confirmed", "checked_in")
    assert (kept.mark, kept.key, kept.at, kept.received_at, kept.via, kept.by) == (
        "here",
        "here-19:10",
        night.at("19:10"),
        night.at("19:30"),
        "sheet",
        "Sam",
    )
    assert stands(night) == ("checked_in", night.at("19:10"), None, None)


def test_the_same_key_is_the_same_mark_whatever_it_says(app: Flask) -> None:
    night = a_door_night()
    say(night, "here", "19:10", key="one")

    again = say(night, "no_show", "19:20", key="one")

    assert again == MarkOutcome("checked_in", "checked_in", was_known=True)
    assert stands(night) == ("checked_in", night.at("19:10"), None, None)
    assert db.session.scalar(select(func.count()).select_from(Mark)) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_marks_of_phones_that_were_cut_off_come_to_the_same_in_any_order(
    sqlite_app: Flask, order: tuple[int, ...]
) -> None:
    night = a_door_night()
    seen = [("no_show", "19:20"), ("here", "19:25"), ("left", "20:30")]

    for place in order:
        what, at = seen[place]
        say(night, what, at, heard="21:00")

    assert stands(night) == ("done", night.at("19:25"), night.at("20:30"), None)


def test_of_two_things_said_in_one_instant_the_one_heard_later_decides(app: Flask) -> None:
    night = a_door_night()

    for turn, what in enumerate(["here", "not_here", "here", "not_here"]):
        say(night, what, "19:10", key=f"{turn}")

    assert stands(night) == ("confirmed", None, None, None)


def test_a_phone_whose_clock_is_ahead_or_days_behind_is_put_right(app: Flask) -> None:
    night = a_door_night()

    say(night, "here", "23:00", heard="19:10")
    say(night, "late", "19:10-9", heard="19:12", late=5)

    ats = db.session.scalars(select(Mark.at).order_by(Mark.id)).all()
    assert ats == [night.at("19:10"), night.at("19:12") - timedelta(days=2)]


def test_lateness_is_kept_without_changing_who_is_there_and_is_taken_back(app: Flask) -> None:
    night = a_door_night()

    say(night, "late", "19:00", late=10)
    told = stands(night)
    say(night, "late", "19:01", late=0)

    assert told == ("confirmed", None, None, minutes(10))
    assert stands(night) == ("confirmed", None, None, None)


def test_who_has_no_place_on_the_shift_is_marked_without_getting_one(app: Flask) -> None:
    night = a_door_night()
    leave_shift(danas(night), now=night.at("12:00"), source=SignUpSource.LINK)

    marked = say(night, "here", "19:10")

    assert (marked.counts, danas(night).state, danas(night).here_at) == (False, "cancelled", None)


def test_who_left_and_signed_up_again_begins_anew(app: Flask) -> None:
    night = a_door_night()
    say(night, "late", "10:00", late=10)
    leave_shift(danas(night), now=night.at("12:00"), source=SignUpSource.LINK)
    take_shift(night.shift("front-door-1").id, night.person("Dana"), now=night.at("13:00"), source=SignUpSource.LINK)

    say(night, "not_here", "19:00")

    assert stands(night) == ("confirmed", None, None, None)


def test_what_a_coordinator_says_is_recorded_and_what_people_say_of_themselves_is_not(app: Flask) -> None:
    night = a_door_night()
    alice = a_coordinator("Alice", organisation=night.organisation)
    say(night, "here", "19:10")

    actor, now = Actor("Alice", alice.id), night.at("19:20")
    mark(danas(night), "late", key="k", at=now, actor=replace(actor, via=Via.SHEET), now=now, late_by=minutes(15))

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.by, entry.at) == ("shift.attendance", "Alice", now)
    assert (entry.before, entry.after) == (
        {"state": "checked_in"},
        {"state": "checked_in", "mark": "late", "via": "sheet", "late": 15},
    )


def test_whoever_was_there_has_done_it_when_the_shift_is_over_and_others_wait_to_be_said(app: Flask) -> None:
    night = a_door_night()
    a_sign_up(night, night.shift("front-door-1"), "Ana")
    here = db.session.scalars(select(SignUp).join(SignUp.person).where(SignUp.person.has(name="Dana"))).one()
    mark(here, "here", key="k", at=night.at("19:10"), actor=replace(SAM, via=Via.TEXT), now=night.at("19:10"))

    too_early = finish_shifts(night.at("20:44"))
    done = finish_shifts(night.at("20:45"))

    states = {each.person_id: each.state for each in db.session.scalars(select(SignUp))}
    assert (too_early, done, finish_shifts(night.at("20:46"))) == (0, 1, 0)
    assert states == {night.person("Dana").id: "done", night.person("Ana").id: "confirmed"}


def test_a_shift_that_follows_a_late_set_is_not_over_before_it(app: Flask) -> None:
    follows = {"follows_from": "set_start", "follows_to": "set_end"}
    night = a_night(shifts=[a_shift("Stage help", follows="Carlos Lumbi", people=("Dana",), **follows)])
    say(night, "here", "20:25")
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("21:00"))

    early = finish_shifts(night.at("21:39"))
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("21:45"))

    assert (early, finish_shifts(night.at("21:45"))) == (0, 1)


def test_a_mark_from_before_the_end_may_come_after_it(app: Flask) -> None:
    night = a_door_night()
    say(night, "here", "19:10")
    finish_shifts(night.at("20:45"))

    say(night, "left", "20:15", heard="21:00")

    assert stands(night) == ("done", night.at("19:10"), night.at("20:15"), None)


def test_a_person_who_is_forgotten_leaves_no_name_in_what_they_said(app: Flask) -> None:
    night = a_door_night()
    say(night, "here", "19:10")
    mark(
        danas(night), "late", key="own", at=night.at("19:00"), actor=Actor("Dana", via=Via.TEXT), now=night.at("19:00")
    )

    forget(night.person("Dana"), night.at("20:00"))

    assert db.session.scalars(select(Mark.by).order_by(Mark.id)).all() == ["Sam", ""]


def test_two_phones_and_a_repeated_post_mark_one_person_once(app: Flask, tmp_path: Path) -> None:
    night = a_door_night()
    sign_up_id, now = danas(night).id, night.at("19:30")
    another = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    posts = [(phone, what) for phone in ("a", "b") for what in ("here", "left")] * 2
    at_once = Barrier(len(posts))

    def post(phone: str, what: str) -> bool:
        at = night_at[what] + timedelta(seconds=ord(phone))
        at_once.wait(timeout=60)
        with another.app_context():
            try:
                sign_up = db.session.get_one(SignUp, sign_up_id)
                actor = Actor(phone, via=Via.SHEET)
                return mark(sign_up, what, key=f"{phone}-{what}", at=at, actor=actor, now=now).was_known
            finally:
                db.session.remove()

    night_at = {"here": night.at("19:10"), "left": night.at("19:20")}
    with ThreadPoolExecutor(len(posts)) as pool:
        known = list(pool.map(lambda each: post(*each), posts, timeout=120))
    with another.app_context():
        db.engine.dispose()

    db.session.rollback()
    assert sorted(known) == [False] * 4 + [True] * 4
    assert db.session.scalar(select(func.count()).select_from(Mark)) == 4
    first, last = night_at["here"] + timedelta(seconds=ord("a")), night_at["left"] + timedelta(seconds=ord("b"))
    assert stands(night) == ("done", first, last, None)


def test_here_counts_from_an_hour_before_call_time_and_no_sooner(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana",), call=minutes(15))])

    with pytest.raises(CheckInNotOpen, match=r"^Check-in opens at 6:00 PM on Friday, December 4\.$"):
        say(night, "here", "17:59")
    with pytest.raises(CheckInNotOpen):
        say(night, "left", "17:59")
    early = (stands(night), db.session.scalars(select(Mark)).all())
    say(night, "here", "18:00")

    assert early == (("confirmed", None, None, None), [])
    assert stands(night) == ("checked_in", night.at("18:00"), None, None)


def test_nobody_is_a_no_show_before_the_shift_starts(app: Flask) -> None:
    night = a_door_night()

    with pytest.raises(NotStarted, match=r"^This shift starts at 7:15 PM on Friday, December 4\."):
        say(night, "no_show", "19:14")
    early = stands(night)
    say(night, "no_show", "19:15")

    assert early == ("confirmed", None, None, None)
    assert stands(night) == ("no_show", None, None, None)


def test_a_mark_of_a_phone_that_was_cut_off_counts_by_the_instant_it_is_about(app: Flask) -> None:
    night = a_door_night()

    with pytest.raises(CheckInNotOpen):
        say(night, "here", "18:00", heard="19:30")
    say(night, "here", "18:15", heard="19:31")

    assert stands(night) == ("checked_in", night.at("18:15"), None, None)


def test_a_show_that_runs_late_opens_check_in_no_later(app: Flask) -> None:
    follows = {"follows_from": "set_start", "follows_to": "set_end"}
    night = a_night(shifts=[a_shift("Stage help", follows="Carlos Lumbi", people=("Dana",), **follows)])
    declare_late(night.slot("Carlos Lumbi").id, 60, actor=SAM, now=night.at("19:00"))

    say(night, "here", "19:30")

    assert stands(night) == ("checked_in", night.at("19:30"), None, None)


def test_who_was_there_once_is_there_again_though_the_shift_was_moved_to_later(app: Flask) -> None:
    night = a_door_night()
    say(night, "here", "18:30")
    say(night, "left", "18:40")
    with transaction():
        night.shift("front-door-1").starts_at = night.at("20:00")

    say(night, "here", "18:45")

    assert stands(night) == ("checked_in", night.at("18:30"), None, None)
