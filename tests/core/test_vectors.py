import copy
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.vectors import BadVector, reminders_of, timeline_of

VECTORS = Path(__file__).parent / "vectors"
TIMELINES: list[dict[str, Any]] = json.loads((VECTORS / "timeline.json").read_text())
REMINDERS: list[dict[str, Any]] = json.loads((VECTORS / "reminders.json").read_text())

A_STAGE = TIMELINES[0]
A_NIGHT = REMINDERS[0]


def _by_name(vectors: Sequence[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", vectors, ids=[vector["name"] for vector in vectors])


def with_change(vector: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    """The vector with another value in this place."""
    changed: Any = copy.deepcopy(vector)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return dict(changed)


def without(vector: dict[str, Any], *path: str | int) -> dict[str, Any]:
    """The vector without what stands in this place."""
    changed: Any = copy.deepcopy(vector)
    place = changed
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return dict(changed)


@_by_name(TIMELINES)
def test_a_stage_is_projected_as_its_vector_says(vector: dict[str, Any]) -> None:
    assert timeline_of(vector) == vector["expect"]


@_by_name(REMINDERS)
def test_a_night_is_texted_as_its_vector_says(vector: dict[str, Any]) -> None:
    assert reminders_of(vector) == vector["expect"]


@_by_name(TIMELINES)
def test_an_answer_reads_like_its_vector_key_by_key(vector: dict[str, Any]) -> None:
    assert json.dumps(timeline_of(vector)) == json.dumps(vector["expect"])


@pytest.mark.parametrize(
    ("zone", "on", "starts", "length", "ends"),
    [
        ("Europe/Berlin", "2026-03-28", "01:00+1", 75, "03:15+1"),
        ("Europe/Berlin", "2026-03-28", "02:30+1", 10, "03:40+1"),
        ("Europe/Berlin", "2026-10-24", "02:30+1", 60, "02:30+1b"),
        ("Europe/Berlin", "2026-10-24", "02:30+1b", 60, "03:30+1"),
        ("America/New_York", "2026-10-31", "00:30+1", 90, "01:00+1b"),
        ("America/New_York", "2027-03-13", "01:30+1", 60, "03:30+1"),
        ("Australia/Lord_Howe", "2026-04-04", "01:15+1", 60, "01:45+1b"),
        ("Australia/Lord_Howe", "2026-10-03", "01:45+1", 30, "02:45+1"),
        ("Asia/Kathmandu", "2026-06-12", "23:45", 30, "00:15+1"),
        ("Europe/Berlin", "2026-06-12", "23:00+1", 120, "01:00+2"),
    ],
)
def test_minutes_are_real_minutes_when_the_clocks_change(
    zone: str, on: str, starts: str, length: int, ends: str
) -> None:
    slot = {"key": "a", "starts": starts, "length": length, "changeover": 0, "changeover_min": 0}

    seen = timeline_of({"zone": zone, "date": on, "curfew": None, "now": "12:00", "slots": [slot]})

    assert seen["projected_end"] == ends


def test_who_takes_charge_makes_no_difference_to_texts() -> None:
    charged = {**A_NIGHT, "attended": True, "script": [{"at": "19:00", "do": "attend"}, *A_NIGHT["script"]]}

    assert reminders_of(charged) == A_NIGHT["expect"]


def test_seconds_are_shown_as_parts_of_a_minute() -> None:
    seen: Any = timeline_of(with_change({**A_STAGE, "attended": True}, "now", to="20:00:30"))

    assert (seen["slots"]["a"]["starts"], seen["slots"]["a"]["late"]) == ("20:00:30", 0.5)


@pytest.mark.parametrize(
    ("vector", "says"),
    [
        (without(A_STAGE, "zone"), "The vector has no 'zone'; it must have one."),
        (without(A_STAGE, "curfew"), "The vector has no 'curfew'; it must have one."),
        (
            with_change(A_STAGE, "venue", to="Hall"),
            "The vector has an unknown key 'venue'; known are attended,",
        ),
        (with_change(A_STAGE, "zone", to="Berlin"), "'zone' of the vector: There is no time zone called 'Berlin'; "),
        (with_change(A_STAGE, "zone", to=1), "'zone' of the vector is 1; it must be a text in quotes."),
        (with_change(A_STAGE, "date", to="12.06.2026"), "is '12.06.2026'; it must be a date like 2026-06-12."),
        (with_change(A_STAGE, "date", to="20260612"), "is '20260612'; it must be a date like 2026-06-12."),
        (with_change(A_STAGE, "date", to="9999-12-31"), "is '9999-12-31'; it must be a date like 2026-06-12."),
        (
            with_change(A_STAGE, "now", to="7pm"),
            "'now' of the vector: '7pm' is no wall time; one is written like 20:00",
        ),
        (with_change(A_STAGE, "now", to="19:00b"), "'19:00b' ends with b, but 19:00 on 2026-06-12 does not come twice"),
        (with_change(A_STAGE, "now", to=None), "'now' of the vector is missing or null; it must be a text in quotes."),
        (with_change(A_STAGE, "attended", to="yes"), "'attended' of the vector is 'yes'; it must be true or false."),
        (with_change(A_STAGE, "slots", to={}), "'slots' of the vector is an object; it must be a list."),
        (with_change(A_STAGE, "slots", 1, to="b"), "Slot 2 must be an object with keys, not 'b'."),
        (without(A_STAGE, "slots", 1, "key"), "Slot 2 has no 'key'; it must have one."),
        (without(A_STAGE, "slots", 1, "length"), "Slot 'b' has no 'length'; it must have one."),
        (with_change(A_STAGE, "slots", 0, "Act", to="Josh"), "Slot 'a' has an unknown key 'Act'; known are cancelled,"),
        (with_change(A_STAGE, "slots", 1, "key", to="a"), "Two slots are called 'a'; each must have a key of its own."),
        (
            with_change(A_STAGE, "slots", 1, "length", to="40"),
            "'length' of slot 'b' is '40'; it must be a whole number of minutes, from 0 to 10080.",
        ),
        (with_change(A_STAGE, "slots", 1, "length", to=-1), "'length' of slot 'b' is -1; it must be a whole number of"),
        (
            with_change(A_STAGE, "slots", 1, "length", to=True),
            "'length' of slot 'b' is true; it must be a whole number",
        ),
        (
            with_change(A_STAGE, "slots", 1, "pinned", to="no"),
            "'pinned' of slot 'b' is 'no'; it must be true or false.",
        ),
        (
            with_change(A_STAGE, "slots", 1, "changeover_min", to=21),
            "'changeover_min' of slot 'b' is 21; it must be no more than the slot's 'changeover'.",
        ),
        (
            with_change(A_STAGE, "slots", 0, "started", to="19:01"),
            "'started' of slot 'a' is '19:01'; it must be no later than the present; a fact has already happened.",
        ),
        (with_change(A_STAGE, "slots", 0, "ended", to="20:30"), "'ended' of slot 'a' is '20:30'; it must be no later"),
    ],
)
def test_a_stage_that_cannot_be_read_is_refused_in_a_sentence(vector: dict[str, Any], says: str) -> None:
    with pytest.raises(BadVector) as refusal:
        timeline_of(vector)

    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("vector", "says"),
    [
        (without(A_NIGHT, "rules"), "The vector has no 'rules'; it must have one."),
        (with_change(A_NIGHT, "now", to="19:00"), "The vector has an unknown key 'now'"),
        (
            with_change(A_NIGHT, "until", to="18:44"),
            "'until' of the vector is '18:44'; it must be no earlier than 'from'.",
        ),
        (with_change(A_NIGHT, "doors", to="half 7"), "'doors' of the vector: 'half 7' is no wall time"),
        (
            with_change(A_NIGHT, "rules", 0, "lead", to=1),
            "'lead' of rule 1 is 1; it must be a whole number of minutes, from 2",
        ),
        (
            with_change(A_NIGHT, "rules", 0, "anchor", to="shift_start"),
            "'anchor' of rule 1 is 'shift_start'; it must be one of changeover_start, curfew, doors, set_end,",
        ),
        (
            with_change(A_NIGHT, "rules", 1, "rule", to="call"),
            "Two rules are called 'call'; each must have a key of its own.",
        ),
        (
            with_change(A_NIGHT, "rules", 1, "rule", to="new_time"),
            "'rule' of rule 2 is 'new_time'; it must be another name",
        ),
        (
            with_change(A_NIGHT, "script", 0, "do", to="encore"),
            "'do' of line 1 of the script is 'encore'; it must be one of",
        ),
        (
            with_change(A_NIGHT, "script", 0, "slot", to="z"),
            "'slot' of line 1 of the script is 'z'; it must be one of a, b, c.",
        ),
        (with_change(A_NIGHT, "script", 0, "minutes", to=5), "'minutes' of line 1 of the script must be left out"),
        (
            with_change(A_NIGHT, "script", 0, "do", to="late"),
            "'minutes' of line 1 of the script is missing or null; it must",
        ),
        (
            with_change(A_NIGHT, "script", 0, "do", to="plan"),
            "'starts' of line 1 of the script is missing or null; it must be a text in quotes.",
        ),
        (
            with_change(A_NIGHT, "script", 0, "starts", to="20:30"),
            "'starts' of line 1 of the script must be left out; only plan takes it.",
        ),
        (
            with_change(A_NIGHT, "script", 0, "do", to="attend"),
            "'slot' of line 1 of the script must be left out; who takes charge does so of the stage.",
        ),
        (without(A_NIGHT, "script", 0, "slot"), "'slot' of line 1 of the script is missing or null; it must be one of"),
        (
            with_change(A_NIGHT, "slots", 0, "started", to="20:00"),
            "'started' of slot 'a' is '20:00'; it must be no later",
        ),
    ],
)
def test_a_night_that_cannot_be_read_is_refused_in_a_sentence(vector: dict[str, Any], says: str) -> None:
    with pytest.raises(BadVector) as refusal:
        reminders_of(vector)

    assert says in str(refusal.value)


JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("02:30+1b"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def _places(value: object, so_far: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    deeper = [place for step, inner in steps for place in _places(inner, (*so_far, step))]
    return [*([so_far] if so_far else []), *deeper]


@given(JSON, st.data())
@pytest.mark.parametrize(("vector", "answer"), [(A_STAGE, timeline_of), (REMINDERS[1], reminders_of)])
def test_whatever_stands_anywhere_is_read_or_refused(
    vector: dict[str, Any], answer: Callable[[dict[str, Any]], dict[str, object]], value: object, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(_places({key: part for key, part in vector.items() if key != "expect"})))

    said = _said(answer, with_change(vector, *place, to=value))

    assert said == ", ".join(vector["expect"]) or said.endswith((".", "?"))


def _said(answer: Callable[[dict[str, Any]], dict[str, object]], vector: dict[str, Any]) -> str:
    try:
        return ", ".join(answer(vector))
    except BadVector as refusal:
        return str(refusal)


@pytest.mark.parametrize("value", [None, [], "a night", 3])
def test_what_is_no_object_is_refused(value: Any) -> None:
    with pytest.raises(BadVector, match="The vector must be an object with keys, not"):
        timeline_of(value)
