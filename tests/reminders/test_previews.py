from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.consequences import Move
from coordinator.db import db
from coordinator.lineup.models import Slot
from coordinator.messaging.models import Message, OptOut
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import preview
from coordinator.reminders.queries.threads import new_time_key
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, start_set
from coordinator.shownight.models import Press
from coordinator.shownight.refusals import MinutesOutOfRange, NoSuchSlot, SetHasStarted
from tests.builders import ZONE, ANight, a_message, a_night, a_shift, a_slot, minutes

SAM = Actor("Sam Stage")


def proposed(night: ANight, verb: str, name: str, number: int | None = None) -> ProposedPress:
    return ProposedPress(verb, night.slot(name).id, number)


def told(night: ANight, name: str, says: str, *, slot: Slot | None = None, **columns: Any) -> Message:
    """A text that went out and told this person the start of their set (or of ``slot``)."""
    row = slot or night.slot(name)
    defaults: dict[str, Any] = {"rule": "call", "anchor": "set_start", "slot_id": row.id, "state": "delivered"}
    sent = {"says_at": night.at(says), "claimed_at": night.at("17:00"), "sent_at": night.at("17:00")}
    return a_message(night, night.person(name), **defaults | sent | columns)


def slot_moves(effect: Effect) -> list[tuple[str, Move]]:
    return [(moved.name, moved.move) for moved in effect.slots]


def move(night: ANight, from_wall: str | None, to_wall: str | None) -> Move:
    return Move(night.at(from_wall) if from_wall else None, night.at(to_wall) if to_wall else None)


def test_moving_the_rest_of_the_night_says_what_moves_and_who_is_texted(app: Flask) -> None:
    night = a_night(
        shifts=[
            a_shift("Stage help", follows="The Poor Nobodys", people=("Ana", "Bo")),
            a_shift("Clear up", "22:15", "23:00", people=("Zed",)),
        ]
    )
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:40"))
    told(night, "The Poor Nobodys", "21:30")

    effect = preview(night.event.id, proposed(night, "late", "The Poor Nobodys", 10), night.at("20:52"))

    assert slot_moves(effect) == [("The Poor Nobodys", move(night, "21:30", "21:40"))]
    assert [(text.person.name, text.kind, text.about, text.says_at) for text in effect.texts] == [
        ("The Poor Nobodys", "new_time", "The Poor Nobodys", night.at("21:40"))
    ]
    assert effect.texts[0].body == "The Poor Nobodys, new time: you're on at 9:40pm, was 9:30pm."
    assert effect.segments == 1


def test_a_preview_changes_nothing(app: Flask) -> None:
    night = a_night()
    revision = night.event.revision

    preview(night.event.id, proposed(night, "cancel", "Carlos Lumbi"), night.at("19:00"))

    assert not db.session.dirty
    db.session.expire_all()
    assert (night.slot("Carlos Lumbi").cancelled_at, night.event.revision) == (None, revision)
    assert db.session.scalars(select(Press)).all() == []


def test_a_shift_that_follows_the_show_moves_with_it(app: Flask) -> None:
    strike = a_shift(
        "Clear up",
        follows="The Poor Nobodys",
        follows_from="set_end",
        follows_to="curfew",
        people=("Ana", "Bo", "Zed"),
    )
    night = a_night(shifts=[strike, a_shift("Front door", "19:15", "21:00", people=("Dana",))])

    effect = preview(night.event.id, proposed(night, "late", "The Poor Nobodys", 10), night.at("19:00"))

    assert [(shift.role, shift.people, shift.move) for shift in effect.shifts] == [
        ("Clear up", 3, move(night, "22:15", "22:25"))
    ]


def test_a_shift_that_was_called_off_before_is_no_effect_of_the_press(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Cloakroom", "19:15", "21:00", people=("Eli",))])
    cancel_shift(night.shift("cloakroom-1"), actor=SAM, now=night.at("18:00"))

    effect = preview(night.event.id, proposed(night, "cancel", "Carlos Lumbi"), night.at("19:00"))

    assert effect.shifts == ()


def test_pressing_on_time_moves_nothing(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")

    effect = preview(night.event.id, proposed(night, "start", "Josh Granowski"), night.at("20:00"))

    assert (effect.moves_anything, effect.texts, effect.later_reminders, effect.to_call) == (False, (), 0, ())


def test_an_extension_says_when_the_set_should_end_and_whom_it_pushes(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:00", minutes=30, changeover=0), a_slot("Carlos", "20:35")])
    start_set(night.slot("Josh").id, actor=SAM, now=night.at("20:00"))

    effect = preview(night.event.id, proposed(night, "extend", "Josh", 10), night.at("20:20"))

    assert effect.set_end == move(night, "20:30", "20:40")
    assert slot_moves(effect) == [("Carlos", move(night, "20:35", "20:45"))]


def test_a_move_of_less_than_five_minutes_texts_nobody(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 4), night.at("19:00"))

    assert (slot_moves(effect), effect.texts) == ([("Carlos Lumbi", move(night, "20:30", "20:34"))], ())


def test_nobody_is_told_who_was_told_nothing_yet(app: Flask) -> None:
    night = a_night()

    effect = preview(night.event.id, proposed(night, "cancel", "Carlos Lumbi"), night.at("19:00"))

    assert (slot_moves(effect), effect.texts) == ([("Carlos Lumbi", move(night, "20:30", None))], ())


def test_a_cancellation_is_told_to_those_who_were_told_a_time(app: Flask) -> None:
    strike = a_shift("Stage help", follows="Carlos Lumbi", people=("Ana",))
    night = a_night(shifts=[strike])
    told(night, "Carlos Lumbi", "20:30")
    shift = night.shift("stage-help-1")
    a_message(
        night,
        night.person("Ana"),
        shift_id=shift.id,
        anchor="shift_start",
        says_at=night.at("20:20"),
        claimed_at=night.at("17:00"),
        state="sent",
    )

    effect = preview(night.event.id, proposed(night, "cancel", "Carlos Lumbi"), night.at("19:00"))

    assert [(text.person.name, text.kind, text.about, text.says_at) for text in effect.texts] == [
        ("Carlos Lumbi", "cancelled", "Carlos Lumbi", night.at("20:30")),
        ("Ana", "cancelled", "Stage help", night.at("20:20")),
    ]
    assert [person.name for person in effect.texted] == ["Carlos Lumbi", "Ana"]


def test_bringing_a_slot_back_tells_a_time_even_if_it_is_the_old_one(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    cancel_slot(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("18:00"))
    told(night, "Carlos Lumbi", "20:30", kind="cancelled", rule=None, claimed_at=night.at("18:01"))

    effect = preview(night.event.id, proposed(night, "restore", "Carlos Lumbi"), night.at("18:30"))

    assert slot_moves(effect) == [("Carlos Lumbi", move(night, None, "20:30"))]
    assert [(text.person.name, text.kind, text.says_at) for text in effect.texts] == [
        ("Carlos Lumbi", "new_time", night.at("20:30"))
    ]


@pytest.mark.parametrize(("verb", "expected"), [("late", (1, 0)), ("cancel", (0, 1))])
def test_reminders_that_have_not_left_move_silently_or_are_taken_back(
    app: Flask, verb: str, expected: tuple[int, int]
) -> None:
    night = a_night()
    waiting: dict[str, Any] = {"anchor": "set_start", "slot_id": night.slot("Carlos Lumbi").id, "rule": "stage"}
    a_message(night, night.person("Carlos Lumbi"), due_at=night.at("20:15"), says_at=night.at("20:30"), **waiting)
    other = waiting | {"slot_id": night.slot("Josh Granowski").id}
    a_message(night, night.person("Josh Granowski"), due_at=night.at("19:45"), says_at=night.at("20:00"), **other)

    effect = preview(night.event.id, proposed(night, verb, "Carlos Lumbi", 10), night.at("19:00"))

    assert (effect.later_reminders, effect.dropped_reminders) == expected


def test_a_text_that_goes_out_anyway_is_no_effect_of_the_press(app: Flask) -> None:
    night = a_night()
    told(night, "The Poor Nobodys", "21:30")
    declare_late(night.slot("The Poor Nobodys").id, 15, actor=SAM, now=night.at("20:00"))

    effect = preview(night.event.id, proposed(night, "start", "Josh Granowski"), night.at("20:00"))

    assert effect.texts == ()


def test_who_cannot_be_texted_is_named_to_be_called(app: Flask) -> None:
    night = a_night()
    silent = night.person("Carlos Lumbi")
    silent.agreed_at = None

    late = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 10), night.at("19:00"))
    hardly = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 3), night.at("19:00"))

    assert ([person.name for person in late.to_call], hardly.to_call) == (["Carlos Lumbi"], ())


def test_who_opted_out_gets_no_text(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    phone = night.person("Carlos Lumbi").phone
    db.session.add(OptOut(phone=phone, sender="+12125550100", at=night.at("18:00"), cause="STOP"))

    effect = preview(
        night.event.id, proposed(night, "late", "Carlos Lumbi", 10), night.at("19:00"), sender="+12125550100"
    )

    assert (effect.texts, [person.name for person in effect.to_call]) == ((), ["Carlos Lumbi"])


def test_the_curfew_is_forecast_with_what_could_be_won_back(app: Flask) -> None:
    night = a_night(curfew="22:20")

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 25), night.at("19:00"))

    assert (effect.forecast.end, effect.forecast.curfew_at) == (move(night, "22:15", "22:30"), night.at("22:20"))
    assert (effect.forecast.over_curfew, effect.forecast.recoverable) == (minutes(10), minutes(5))


@pytest.mark.parametrize(
    ("verb", "number", "refusal"), [("late", 500, MinutesOutOfRange), ("start", None, SetHasStarted)]
)
def test_what_cannot_be_pressed_cannot_be_previewed(
    app: Flask, verb: str, number: int | None, refusal: type[Exception]
) -> None:
    night = a_night()
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    name = "Josh Granowski" if verb == "start" else "Carlos Lumbi"

    with pytest.raises(refusal):
        preview(night.event.id, proposed(night, verb, name, number), night.at("20:05"))


def test_a_slot_of_another_show_cannot_be_previewed(app: Flask) -> None:
    night, other = a_night(), a_night(slug="other")

    with pytest.raises(NoSuchSlot):
        preview(night.event.id, proposed(other, "start", "Josh Granowski"), night.at("20:05"))


def calls_of(effect: Effect) -> list[tuple[str, str, str, str]]:
    """Whom to call, of what kind, to say which time, and why."""
    return [
        (call.person.name, call.kind, f"{call.says_at.astimezone(ZoneInfo(ZONE)):%H:%M}", call.why)
        for call in effect.calls
    ]


@pytest.mark.parametrize(("at", "texted", "why"), [("20:44", ["Carlos Lumbi"], []), ("20:44:30", [], ["too_late"])])
def test_a_time_that_is_too_near_for_a_text_has_to_be_called(
    app: Flask, at: str, texted: list[str], why: list[str]
) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:20"))

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 16), night.at(at))

    assert [text.person.name for text in effect.texts] == texted
    assert [call.why for call in effect.calls] == why


def test_a_time_that_was_told_before_has_to_be_called(app: Flask) -> None:
    night = a_night()
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:00"))
    subject, person_id = f"slot:{night.slot('Carlos Lumbi').id}", night.person("Carlos Lumbi").id
    key = new_time_key(subject, person_id, "set_start", "0", night.at("20:40"))
    told(night, "Carlos Lumbi", "20:40", kind="new_time", rule=None, dedupe_key=key)
    told(night, "Carlos Lumbi", "20:30", claimed_at=night.at("17:30"))

    effect = preview(night.event.id, proposed(night, "extend", "Josh Granowski", 15), night.at("20:10"))

    assert calls_of(effect) == [("Carlos Lumbi", "new_time", "20:40", "repeated")]


@pytest.mark.parametrize("verb", ["late", "cancel"])
def test_somebody_without_a_number_is_called_about_what_others_are_texted(app: Flask, verb: str) -> None:
    night = a_night()
    night.person("Carlos Lumbi").phone = None
    db.session.commit()

    effect = preview(night.event.id, proposed(night, verb, "Carlos Lumbi", 15), night.at("19:00"))

    says, kind = ("20:45", "new_time") if verb == "late" else ("20:30", "cancelled")
    assert (effect.texts, calls_of(effect)) == ((), [("Carlos Lumbi", kind, says, "no_phone")])
    assert [call.was_at for call in effect.calls] == [night.at("20:30")] or verb == "cancel"


def test_somebody_whose_texts_fail_is_called(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    night.person("Carlos Lumbi").phone_trouble = "landline"
    db.session.commit()

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 15), night.at("19:00"))

    assert calls_of(effect) == [("Carlos Lumbi", "new_time", "20:45", "phone_trouble")]


def test_a_text_that_was_lost_is_not_announced_again(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    told(night, "Carlos Lumbi", "20:45", kind="new_time", rule=None, state="failed")

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 15), night.at("19:00"))

    assert calls_of(effect) == [("Carlos Lumbi", "new_time", "20:45", "failed")]


def test_whoever_said_yes_and_was_told_nothing_hears_of_the_cancellation(app: Flask) -> None:
    night = a_night([a_slot("Carlos Lumbi", "20:30", answer="confirmed")])

    effect = preview(night.event.id, proposed(night, "cancel", "Carlos Lumbi"), night.at("19:00"))

    assert calls_of(effect) == [("Carlos Lumbi", "cancelled", "20:30", "never_told")]


def test_quiet_hours_that_outlast_a_text_make_it_a_call(app: Flask) -> None:
    night = a_night([a_slot("Carlos Lumbi", "20:30")], quiet_to=time(20))
    told(night, "Carlos Lumbi", "20:30", claimed_at=night.at("12:00") - minutes(60 * 24))
    before = night.at("02:00")  # of the show's day before 5, which belongs to the night before

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 15), before)

    assert [(text.leaves_at, text.is_held) for text in effect.texts] == [(night.at("20:00"), True)]
    assert effect.held_until == night.at("20:00")


def test_paused_texts_are_said_to_wait(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")
    night.event.texts_paused_at = night.at("18:00")
    db.session.commit()

    effect = preview(night.event.id, proposed(night, "late", "Carlos Lumbi", 15), night.at("19:00"))

    assert (len(effect.texts), effect.paused) == (1, True)


def test_nobody_is_called_about_a_set_that_they_are_playing(app: Flask) -> None:
    night = a_night()
    told(night, "Carlos Lumbi", "20:30")

    effect = preview(night.event.id, proposed(night, "start", "Carlos Lumbi"), night.at("20:45"))

    assert (effect.texts, effect.calls) == ((), ())
