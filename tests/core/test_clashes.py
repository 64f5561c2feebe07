from datetime import UTC, datetime

import pytest

from coordinator.core.clashes import Clash, ClashKind, clashes
from coordinator.core.timeline import SlotPlan
from tests.core.stages import minutes

EIGHT = datetime(2026, 6, 12, 18, tzinfo=UTC)


def a_slot(key: str, after: int, length: int = 30, *, cancelled: bool = False) -> SlotPlan:
    """A slot that starts so many minutes after eight, behind a changeover of 20 minutes, at least 10."""
    return SlotPlan(key, EIGHT + minutes(after), minutes(length), minutes(20), minutes(10), cancelled=cancelled)


def test_a_plan_with_room_for_every_changeover_has_no_clash() -> None:
    assert clashes([a_slot("a", 0), a_slot("b", 50), a_slot("c", 100)], EIGHT + minutes(130)) == ()


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (50, ()),
        (49, (Clash(ClashKind.SHORT, "b", "a", minutes(1)),)),
        (40, (Clash(ClashKind.SHORT, "b", "a", minutes(10)),)),
        (39, (Clash(ClashKind.TIGHT, "b", "a", minutes(1)),)),
        (30, (Clash(ClashKind.TIGHT, "b", "a", minutes(10)),)),
        (29, (Clash(ClashKind.OVERLAP, "b", "a", minutes(1)),)),
        (0, (Clash(ClashKind.OVERLAP, "b", "a", minutes(30)),)),
        (
            -5,
            (Clash(ClashKind.OUT_OF_ORDER, "b", "a", minutes(5)), Clash(ClashKind.OVERLAP, "b", "a", minutes(35))),
        ),
    ],
)
def test_the_gap_between_two_slots_decides(after: int, found: tuple[Clash, ...]) -> None:
    assert clashes([a_slot("a", 0), a_slot("b", after)], None) == found


def test_a_cancelled_slot_clashes_with_nobody() -> None:
    assert clashes([a_slot("a", 0), a_slot("x", 5, cancelled=True), a_slot("b", 50)], None) == ()


def test_the_last_slot_that_stands_must_end_by_the_curfew() -> None:
    slots = [a_slot("a", 0), a_slot("b", 50), a_slot("x", 300, cancelled=True)]

    assert clashes(slots, EIGHT + minutes(80)) == ()
    assert clashes(slots, EIGHT + minutes(73)) == (Clash(ClashKind.PAST_CURFEW, "b", None, minutes(7)),)


def test_an_empty_plan_has_no_clash() -> None:
    assert clashes([], EIGHT) == ()
