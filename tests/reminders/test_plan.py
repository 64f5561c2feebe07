"""The planner, on both databases: the outbox equals what ought to be sent."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, Coordinator, Via
from coordinator.core.personal_links import stand_in
from coordinator.core.show_time import UnknownZone
from coordinator.db import db, transaction
from coordinator.lineup.actions.answers import answer_slot
from coordinator.messaging.models import Message, OptOut
from coordinator.reminders.actions.plan import plan
from coordinator.reminders.actions.rules import RuleChange, change_rule
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, restore_slot, start_set
from coordinator.shownight.actions.undoing import undo_press
from tests.builders import a_coordinator, a_night, a_shift, a_slot
from tests.night import ANight
from tests.playing import PUBLIC_URL, Playing

ALICE = Actor("Alice")

SAM = Actor("Sam Stage")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def waiting() -> list[tuple[str | None, str, datetime | None]]:
    rows = db.session.scalars(select(Message).where(Message.state == "waiting").order_by(Message.due_at, Message.id))
    return [(row.rule or row.kind, row.person.name if row.person else "", row.due_at) for row in rows]


def a_played_night(night: ANight, begin: str) -> Playing:
    """The night from this wall time on, without the details that were due the day before."""
    for key in ("details", "shift-day"):
        change_rule(night.event, key, RuleChange(off=True, lead=None), actor=ALICE, now=night.at("12:00"))
    return Playing(night.at(begin))


def two_acts(**columns: Any) -> ANight:
    """The worked example of the timing model: 20:00 for 30 minutes, 20:50 for 40, changeovers 20, at least 10."""
    return a_night(
        [
            a_slot("Ana Alder", "20:00", minutes=30, changeover=20, changeover_min=10, answer="confirmed"),
            a_slot("Ben Birch", "20:50", minutes=40, changeover=20, changeover_min=10, answer="confirmed", **columns),
        ]
    )


def test_a_night_is_planned_and_planning_again_changes_nothing(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", minutes=20)])
    starts_at = night.at("20:00")

    plan(starts_at - timedelta(days=10), public_url=PUBLIC_URL)
    first = waiting()
    plan(starts_at - timedelta(days=10), public_url=PUBLIC_URL)

    assert first == [
        ("ask-1", "Josh Granowski", starts_at - timedelta(days=7)),
        ("ask-2", "Josh Granowski", starts_at - timedelta(days=2)),
        ("details", "Josh Granowski", starts_at - timedelta(days=1)),
        ("call", "Josh Granowski", starts_at - timedelta(minutes=60)),
        ("stage", "Josh Granowski", starts_at - timedelta(minutes=15)),
    ]
    assert waiting() == first


def test_an_event_that_has_not_changed_is_not_looked_at(app: Flask) -> None:
    night = a_night()
    now = night.at("12:00") - timedelta(days=10)

    assert plan(now, public_url=PUBLIC_URL) == 1
    assert plan(now + timedelta(days=1), public_url=PUBLIC_URL) == 0


def test_the_first_ask_goes_at_once_when_its_moment_passed_before_the_slot_existed(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski")])
    created_at = night.at("20:00") - timedelta(days=5)
    with transaction():
        slot = night.slot("Josh Granowski")
        slot.created_at = created_at
        slot.act.members[0].joined_at = created_at  # type: ignore[union-attr]

    link = stand_in(PUBLIC_URL, night.person("Josh Granowski").id)

    said = Playing(created_at).tick()

    assert said == [
        "Benefit Nights: Josh, can you play Songs for Justice in Motion at 8pm on Fri Dec 4, The Old Chapel? "
        f"Reply C to confirm, X if you can't. Or tap {link} Reply STOP to opt out."
    ]


def test_reminders_that_passed_before_somebody_joined_are_not_made_up_for(app: Flask) -> None:
    night = two_acts()
    with transaction():
        for name in ("Ana Alder", "Ben Birch"):
            night.slot(name).act.members[0].joined_at = night.at("19:30")  # type: ignore[union-attr]

    playing = Playing(night.at("19:30"))
    playing.until(night.at("20:00"))

    assert [body for _, _, body in playing.texts] == [
        "Benefit Nights: Ana, please head to the stage. "
        "You're on at 8pm, Songs for Justice in Motion. Reply STOP to opt out.",
        "Benefit Nights: Ben, be there 7:50pm; you're on at 8:50pm. Running late? Reply LATE 10. "
        "Already here? Reply HERE. Reply STOP to opt out.",
    ]


def test_the_worked_example_is_told_as_the_timing_model_says(app: Flask) -> None:
    night = two_acts()
    playing = a_played_night(night, "18:50")
    playing.until(night.at("20:25") - timedelta(seconds=15))
    start_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("20:25"))
    playing.until(night.at("20:55") - timedelta(seconds=15))
    end_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("20:55"))
    playing.until(night.at("21:05"))

    ben = [(at, body) for at, _, body in playing.texts if body.removeprefix("Benefit Nights: ").startswith("Ben")]
    assert ben[0][0] == night.at("19:50")
    assert ben[1:] == [
        (night.at("20:26"), "Ben, new time: you're on at 9:05pm, was 8:50pm."),
        (night.at("20:50"), "Ben, please head to the stage. You're on at 9:05pm, Songs for Justice in Motion."),
    ]


def test_declared_lateness_is_told_after_it_has_been_steady_for_a_minute(app: Flask) -> None:
    night = two_acts()
    playing = a_played_night(night, "19:50")
    playing.tick()
    playing.until(night.at("19:51:45"))

    declare_late(night.slot("Ben Birch").id, 20, actor=SAM, now=night.at("19:52"))
    told = playing.until(night.at("19:54"))

    assert [(at, body) for at, _, body in told if "new time" in body] == [
        (night.at("19:53"), "Ben, new time: you're on at 9:10pm, was 8:50pm.")
    ]


def test_a_press_that_is_undone_within_30_seconds_tells_nobody(app: Flask) -> None:
    night = two_acts()
    playing = a_played_night(night, "19:50")
    playing.tick()
    told_before = len(playing.texts)

    press = cancel_slot(night.slot("Ben Birch").id, actor=SAM, now=night.at("19:50:20"))
    playing.until(night.at("19:50:45"))
    undo_press(press.id, actor=SAM, now=night.at("19:50:45"))
    playing.until(night.at("19:55"))

    assert playing.texts[told_before:] == []


def test_a_cancelled_act_that_was_told_hears_of_it_after_30_seconds_and_of_its_return(app: Flask) -> None:
    night = two_acts()
    playing = a_played_night(night, "19:50")
    playing.tick()
    ben = night.slot("Ben Birch").id

    cancel_slot(ben, actor=SAM, now=night.at("19:55"))
    playing.until(night.at("19:59:45"))
    restore_slot(ben, actor=SAM, now=night.at("20:00"))
    playing.until(night.at("20:02"))

    about_ben = [(at, body) for at, _, body in playing.texts if "Ben," in body and at > night.at("19:50")]
    assert about_ben == [
        (night.at("19:55:30"), "Ben, your set at 8:50pm tonight is canceled. Questions? Just reply."),
        (night.at("20:01"), "Ben, your set is back on, at 8:50pm."),
    ]


def test_nobody_is_told_an_earlier_time_unless_the_set_may_start_early(app: Flask) -> None:
    night = two_acts(early_ok=True)
    playing = a_played_night(night, "19:45")
    playing.until(night.at("20:00"))
    ana = night.slot("Ana Alder").id

    start_set(ana, actor=SAM, now=night.at("20:00"))
    playing.until(night.at("20:09:45"))
    end_set(ana, actor=SAM, now=night.at("20:10"))
    told = playing.until(night.at("20:12"))

    assert [(at, body) for at, _, body in told] == [
        (night.at("20:10:30"), "Ben, please head to the stage. You're on at 8:20pm, Songs for Justice in Motion."),
    ]
    assert [body for _, _, body in playing.texts if "8:40" in body] == [
        "Benefit Nights: Ben, be there 7:40pm; you're on at 8:40pm. Running late? Reply LATE 10. "
        "Already here? Reply HERE. Reply STOP to opt out."
    ]


def test_confirming_takes_the_second_ask_back_and_declining_takes_everything_back(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50")])
    now = night.at("20:00") - timedelta(days=6)
    playing = Playing(now)
    playing.tick()

    answer_slot(night.slot("Josh Granowski"), "confirmed", actor=Actor("Josh", via=Via.TEXT), now=now)
    answer_slot(night.slot("Carlos Lumbi"), "declined", actor=Actor("Carlos", via=Via.TEXT), now=now)
    playing.tick(now + minutes(1))

    assert [(rule, name) for rule, name, _ in waiting()] == [
        ("details", "Josh Granowski"),
        ("call", "Josh Granowski"),
        ("stage", "Josh Granowski"),
    ]


def test_a_changeover_crew_moves_with_the_show(app: Flask) -> None:
    night = a_night(
        [
            a_slot("Ana Alder", "20:00", minutes=30, changeover=20, changeover_min=10, answer="confirmed"),
            a_slot("Ben Birch", "20:50", minutes=40, changeover=20, changeover_min=10, answer="confirmed"),
        ],
        shifts=[a_shift("Stage helpers", follows="Ben Birch", people=("Cleo Cedar",), before=minutes(5))],
    )
    playing = a_played_night(night, "19:25")
    playing.tick()
    playing.until(night.at("20:11:45"))
    start_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("20:12"))
    playing.until(night.at("20:40"))

    cleo = [(at, body) for at, phone, body in playing.texts if phone == night.person("Cleo Cedar").phone]
    assert cleo == [
        (
            night.at("19:25"),
            "Benefit Nights: Cleo, your shift: Stage helpers at 8:25pm, for Ben Birch at 8:50pm, The Old Chapel. "
            "Already here? Reply HERE. Reply STOP to opt out.",
        ),
        (night.at("20:13"), "Cleo, new time: Stage helpers at 8:37pm, was 8:25pm."),
        (night.at("20:32"), "Cleo, changeover at 8:42pm, before Ben Birch at 8:52pm."),
    ]


def test_a_rule_can_be_moved_reworded_and_switched_off(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")])
    now = night.at("20:00") - timedelta(days=10)
    plan(now, public_url=PUBLIC_URL)

    change_rule(night.event, "details", RuleChange(off=True, lead=None), actor=ALICE, now=night.at("12:00"))
    own_words = "Come, {first_name}: {time}[ {link}]"
    change_rule(
        night.event,
        "call",
        RuleChange(off=False, lead=minutes(90), text_en=own_words),
        actor=ALICE,
        now=night.at("12:00"),
    )
    plan(now, public_url=PUBLIC_URL)

    rows = db.session.scalars(select(Message).where(Message.state == "waiting").order_by(Message.due_at)).all()
    assert [(row.rule, row.due_at) for row in rows] == [
        ("call", night.at("18:30")),
        ("stage", night.at("19:45")),
    ]
    assert rows[0].body.startswith("Come, Josh: 8pm https://show.example/me/personal-link-")


def test_coordinators_get_the_digest_at_nine_on_the_day(app: Flask) -> None:
    night = a_night(
        [a_slot("Josh Granowski", "20:00"), a_slot("Carlos Lumbi", "20:50", answer="confirmed")],
        shifts=[a_shift("Front door", "19:00", "21:00", min=2, max=2, people=("Cleo Cedar",))],
    )
    alice: Coordinator = a_coordinator("Alice", organisation=night.organisation)
    playing = a_played_night(night, "08:50")
    playing.tick()

    told = playing.until(night.at("09:00"))

    assert [(at, body) for at, phone, body in told if phone == alice.person.phone] == [
        (
            night.at("09:00"),
            "Benefit Nights: Songs for Justice in Motion, today. Not confirmed: Josh Granowski. To fill: Front door 1. "
            "https://show.example/coordinate/justice-in-motion Reply STOP to opt out.",
        )
    ]


def test_the_digest_names_who_said_stop(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")])
    alice = a_coordinator("Alice", organisation=night.organisation)
    (josh,) = night.slot("Josh Granowski").people
    with transaction():
        db.session.add(OptOut(phone=josh.phone, sender="+15555550100", at=night.at("08:00"), cause="STOP"))
    playing = a_played_night(night, "08:50")
    playing.tick()

    told = playing.until(night.at("09:00"))

    (digest,) = [body for _, phone, body in told if phone == alice.person.phone]
    assert "Can't be texted: Josh." in digest


def test_a_digest_of_many_names_a_few_and_counts_the_rest(app: Flask) -> None:
    night = a_night([a_slot(f"Act {number}", "20:00") for number in range(9)])
    alice = a_coordinator("Alice", organisation=night.organisation)
    playing = a_played_night(night, "08:50")
    playing.tick()

    told = playing.until(night.at("09:00"))

    (digest,) = [body for _, phone, body in told if phone == alice.person.phone]
    assert "Not confirmed: Act 0, Act 1, Act 2, Act 3, Act 4, Act 5, +3." in digest


def test_a_digest_that_is_switched_off_and_on_again_before_its_hour_is_sent(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00")])
    alice = a_coordinator("Alice", organisation=night.organisation)
    playing = a_played_night(night, "08:40")
    playing.tick()
    change_rule(night.event, "digest", RuleChange(off=True, lead=None), actor=ALICE, now=night.at("12:00"))
    playing.tick(night.at("08:45"))
    change_rule(night.event, "digest", RuleChange(off=False, lead=None), actor=ALICE, now=night.at("12:00"))

    told = playing.until(night.at("09:01"))

    assert len([body for _, phone, body in told if phone == alice.person.phone]) == 1


def test_reminders_that_expired_by_a_press_come_back_when_it_is_undone(app: Flask) -> None:
    night = two_acts()
    playing = a_played_night(night, "12:00")
    playing.tick()

    press = start_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("12:01"))
    playing.until(night.at("12:05"))
    gone = [(rule, name) for rule, name, _ in waiting() if name == "Ana Alder"]
    undo_press(press.id, actor=SAM, now=night.at("12:05"))
    playing.until(night.at("12:06"))

    assert gone == []
    assert [(rule, name) for rule, name, _ in waiting() if name == "Ana Alder"] == [
        ("call", "Ana Alder"),
        ("stage", "Ana Alder"),
    ]


def test_an_event_that_cannot_be_planned_stops_no_other(app: Flask) -> None:
    broken = a_night([a_slot("Josh Granowski", "20:00")], slug="broken")
    a_night([a_slot("Carlos Lumbi", "20:00")], slug="whole")
    with transaction():
        broken.event.zone = "Nowhere/Else"

    with pytest.raises(UnknownZone):
        plan(broken.at("12:00") - timedelta(days=10), public_url=PUBLIC_URL)

    assert {name for _, name, _ in waiting()} == {"Carlos Lumbi"}
