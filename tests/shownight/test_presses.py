from dataclasses import replace

import pytest

from coordinator.core.timeline import SlotPlan
from coordinator.shownight.actions.presses import Pressed, after_press
from coordinator.shownight.refusals import (
    CannotPress,
    EndsBeforeItStarts,
    MinutesOutOfRange,
    NotYet,
    SetHasEnded,
    SetHasNotStarted,
    SetHasStarted,
    SlotIsCancelled,
    SlotIsNotCancelled,
)
from tests.builders import at, minutes

NOW = at("20:31")
TO_COME = SlotPlan("carlos", at("20:30"), minutes(40), minutes(10), minutes(5))
ON = replace(TO_COME, started_at=at("20:25"))
OVER = replace(ON, ended_at=at("20:30"))
CANCELLED = replace(TO_COME, cancelled=True)


@pytest.mark.parametrize(
    ("verb", "plan", "given", "expected"),
    [
        ("start", TO_COME, None, replace(TO_COME, started_at=NOW)),
        ("end", ON, None, replace(ON, ended_at=NOW)),
        ("end", TO_COME, None, replace(TO_COME, ended_at=NOW)),
        ("extend", ON, 5, replace(ON, extension=minutes(5))),
        ("extend", replace(ON, extension=minutes(5)), 10, replace(ON, extension=minutes(15))),
        ("late", TO_COME, 240, replace(TO_COME, late_by=minutes(240))),
        ("late", replace(TO_COME, late_by=minutes(10)), 0, TO_COME),
        ("cancel", TO_COME, None, CANCELLED),
        ("cancel", ON, None, replace(ON, cancelled=True)),
        ("restore", CANCELLED, None, TO_COME),
    ],
)
def test_a_press_changes_one_fact_of_the_slot(verb: str, plan: SlotPlan, given: int | None, expected: SlotPlan) -> None:
    pressed = Pressed("Carlos Lumbi", plan, NOW, given)

    after = after_press(verb, pressed, NOW)

    assert after == expected


@pytest.mark.parametrize(
    ("verb", "plan", "given", "refusal"),
    [
        ("start", ON, None, SetHasStarted),
        ("start", OVER, None, SetHasEnded),
        ("start", CANCELLED, None, SlotIsCancelled),
        ("end", OVER, None, SetHasEnded),
        ("end", replace(ON, cancelled=True), None, SlotIsCancelled),
        ("end", replace(ON, started_at=at("20:32")), None, EndsBeforeItStarts),
        ("extend", TO_COME, 5, SetHasNotStarted),
        ("extend", OVER, 5, SetHasEnded),
        ("extend", ON, 0, MinutesOutOfRange),
        ("extend", ON, 121, MinutesOutOfRange),
        ("extend", ON, None, MinutesOutOfRange),
        ("late", ON, 10, SetHasStarted),
        ("late", TO_COME, -1, MinutesOutOfRange),
        ("late", TO_COME, 241, MinutesOutOfRange),
        ("late", CANCELLED, 10, SlotIsCancelled),
        ("cancel", CANCELLED, None, SlotIsCancelled),
        ("restore", TO_COME, None, SlotIsNotCancelled),
    ],
)
def test_a_press_that_makes_no_sense_is_refused(
    verb: str, plan: SlotPlan, given: int | None, refusal: type[CannotPress]
) -> None:
    pressed = Pressed("Carlos Lumbi", plan, NOW, given)

    with pytest.raises(refusal):
        after_press(verb, pressed, NOW)


def test_a_fact_cannot_lie_in_the_future() -> None:
    pressed = Pressed("Carlos Lumbi", TO_COME, NOW + minutes(1))

    with pytest.raises(NotYet):
        after_press("start", pressed, NOW)
