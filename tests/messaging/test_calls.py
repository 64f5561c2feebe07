"""Calls that someone has to make: owed, brought back, ticked, taken back."""

import pytest

from coordinator.accounts.models import Actor
from coordinator.messaging.actions.calls import owe_call, tick_call, untick_call, withdraw_call
from coordinator.messaging.models import Call
from coordinator.messaging.queries.calls import call_of, calls_mark, open_calls, ticked_calls
from tests.builders import ANight, a_night, a_slot, an_event, minutes

KEY = "new_time:slot:1:1"


@pytest.fixture
def night(app: object) -> ANight:
    return a_night([a_slot("Ana Reyes", "20:30")])


def owed(night: ANight, key: str = KEY, *, says: str = "20:45", useful: str = "20:45", why: str = "too_late") -> Call:
    return owe_call(
        organisation_id=night.organisation.id,
        event_id=night.event.id,
        person=night.person("Ana Reyes"),
        kind="new_time",
        why=why,
        about="Ana Reyes",
        dedupe_key=key,
        now=night.at("20:00"),
        useful_until=night.at(useful),
        says_at=night.at(says),
        was_at=night.at("20:30"),
        slot_id=night.slot("Ana Reyes").id,
        anchor="set_start",
    )


def keys(calls: list[Call]) -> list[str]:
    return [call.dedupe_key for call in calls]


def test_an_owed_call_stands_open_with_whom_to_call_and_what_to_say(night: ANight) -> None:
    owed(night)

    (call,) = open_calls(night.event.id, night.at("20:00"))

    assert (call.person.name, call.kind, call.why, call.about) == ("Ana Reyes", "new_time", "too_late", "Ana Reyes")
    assert (call.was_at, call.says_at) == (night.at("20:30"), night.at("20:45"))


def test_the_most_urgent_call_comes_first(night: ANight) -> None:
    owed(night, "a", useful="22:00")
    owed(night, "b", useful="20:15")

    assert keys(open_calls(night.event.id, night.at("20:00"))) == ["b", "a"]


def test_owing_the_same_once_more_makes_no_second_call(night: ANight) -> None:
    first = owed(night)

    again = owed(night, why="no_phone", useful="21:00")

    assert again.id == first.id
    assert [call.why for call in open_calls(night.event.id, night.at("20:50"))] == ["no_phone"]


def test_a_call_that_is_of_no_use_any_more_goes_away_by_itself(night: ANight) -> None:
    owed(night)

    assert open_calls(night.event.id, night.at("20:45")) == []


def test_a_call_whose_reason_ended_goes_away_and_comes_back_when_it_holds_again(night: ANight) -> None:
    owed(night)

    assert withdraw_call(KEY, now=night.at("20:05"))
    assert open_calls(night.event.id, night.at("20:05")) == []
    assert not withdraw_call(KEY, now=night.at("20:06"))
    owed(night)
    assert keys(open_calls(night.event.id, night.at("20:07"))) == [KEY]


def test_a_ticked_call_has_been_made_and_a_tick_can_be_taken_back(night: ANight) -> None:
    call = owed(night)

    tick_call(call, actor=Actor("Bob"), now=night.at("20:10"))
    tick_call(call, actor=Actor("Alice"), now=night.at("20:11"))

    assert open_calls(night.event.id, night.at("20:12")) == []
    assert [(one.ticked_by, one.ticked_at) for one in ticked_calls(night.event.id, night.at("20:12"))] == [
        ("Bob", night.at("20:10"))
    ]
    untick_call(call, now=night.at("20:13"))
    assert keys(open_calls(night.event.id, night.at("20:13"))) == [KEY]


def test_a_call_that_was_made_is_neither_owed_again_nor_withdrawn(night: ANight) -> None:
    tick_call(owed(night), actor=Actor("Bob"), now=night.at("20:10"))

    owed(night)

    assert not withdraw_call(KEY, now=night.at("20:11"))
    assert open_calls(night.event.id, night.at("20:11")) == []
    assert keys(ticked_calls(night.event.id, night.at("20:11"))) == [KEY]


def test_every_change_of_a_call_changes_the_mark_of_the_pages_that_show_it(night: ANight) -> None:
    marks = [calls_mark(night.event.id)]

    call = owed(night)
    marks.append(calls_mark(night.event.id))
    tick_call(call, actor=Actor("Bob"), now=night.at("20:10"))
    marks.append(calls_mark(night.event.id))
    untick_call(call, now=night.at("20:11"))
    marks.append(calls_mark(night.event.id))
    withdraw_call(KEY, now=night.at("20:12"))
    marks.append(calls_mark(night.event.id))

    assert len(set(marks)) == 5


def test_a_call_belongs_to_its_own_event(night: ANight) -> None:
    call = owed(night)
    other = an_event(slug="another")

    assert call_of(night.event.id, call.id) == call
    assert call_of(other.id, call.id) is None
    assert open_calls(other.id, night.at("20:00")) == []


def test_what_no_page_could_say_is_refused(night: ANight) -> None:
    with pytest.raises(ValueError, match="no words"):
        owed(night, why="because")


def test_a_call_is_of_use_until_the_minute_it_is_about(night: ANight) -> None:
    owed(night)

    assert keys(open_calls(night.event.id, night.at("20:45") - minutes(1))) == [KEY]
