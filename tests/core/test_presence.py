"""Who is there, from what was said about it."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.cover import PresenceMark, PresenceState, Sign, check_in_opens, presence_after
from tests.core.stages import minutes

EIGHT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)

SAYINGS = st.builds(
    PresenceMark,
    key=st.sampled_from("abcdefgh"),
    sign=st.sampled_from(Sign),
    at=st.integers(0, 5).map(lambda number: EIGHT + minutes(number)),
    late_by=st.none() | st.integers(0, 30).map(lambda number: timedelta(minutes=number)),
)


def said(*signs: Sign, late_by: timedelta | None = None) -> list[PresenceMark]:
    """One after the other, a minute apart from eight o'clock."""
    return [PresenceMark(str(place), sign, EIGHT + minutes(place), late_by) for place, sign in enumerate(signs)]


def test_of_whom_nothing_was_said_nothing_is_known() -> None:
    assert presence_after([]) == PresenceState()


def test_whoever_is_here_is_here_since_they_came() -> None:
    assert presence_after(said(Sign.HERE, Sign.HERE)) == PresenceState("checked_in", here_at=EIGHT)


def test_whoever_left_has_done_it_and_may_come_back() -> None:
    assert presence_after(said(Sign.HERE, Sign.LEFT)) == PresenceState("done", EIGHT, EIGHT + minutes(1))
    assert presence_after(said(Sign.HERE, Sign.LEFT, Sign.HERE)) == PresenceState("checked_in", EIGHT)


def test_who_was_there_though_nobody_saw_them_come_is_not_known_to_have_left() -> None:
    assert presence_after(said(Sign.LEFT)) == PresenceState("done")


def test_not_here_after_all_is_as_if_they_had_never_come() -> None:
    assert presence_after(said(Sign.HERE, Sign.NOT_HERE)) == PresenceState("confirmed")
    assert presence_after(said(Sign.HERE, Sign.NOT_HERE, Sign.HERE)) == PresenceState("checked_in", EIGHT + minutes(2))


def test_a_no_show_who_comes_is_here() -> None:
    assert presence_after(said(Sign.NO_SHOW)) == PresenceState("no_show")
    assert presence_after(said(Sign.NO_SHOW, Sign.HERE)) == PresenceState("checked_in", EIGHT + minutes(1))


def test_a_no_show_who_says_that_they_are_late_is_expected_again() -> None:
    ten = minutes(10)

    assert presence_after(said(Sign.NO_SHOW, Sign.LATE, late_by=ten)) == PresenceState("confirmed", late_by=ten)


def test_lateness_alone_says_nothing_of_where_they_are_and_nothing_takes_it_back() -> None:
    assert presence_after(said(Sign.LATE, late_by=minutes(10))) == PresenceState(late_by=minutes(10))
    assert presence_after(said(Sign.LATE, late_by=minutes(0))) == PresenceState()


def test_what_was_so_earlier_and_is_heard_later_does_not_decide() -> None:
    here, gone = said(Sign.HERE, Sign.NO_SHOW)

    assert presence_after([gone, here]) == PresenceState("no_show")


@given(st.lists(SAYINGS, max_size=8), st.randoms(use_true_random=False))
def test_any_order_of_the_same_marks_comes_to_the_same(sayings: list[PresenceMark], chance: Random) -> None:
    shuffled = list(sayings)
    chance.shuffle(shuffled)

    assert presence_after(shuffled) == presence_after(sayings)


@given(st.lists(SAYINGS, max_size=6), st.data())
def test_what_is_said_twice_changes_nothing(sayings: list[PresenceMark], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(sayings), max_size=6)) if sayings else []

    assert presence_after([*sayings, *again]) == presence_after(sayings)


@given(st.lists(SAYINGS, max_size=8))
def test_the_latest_that_was_said_of_their_presence_decides(sayings: list[PresenceMark]) -> None:
    after = presence_after([*sayings, PresenceMark("last", Sign.HERE, EIGHT + minutes(60))])

    assert (after.state, after.left_at) == ("checked_in", None)
    assert presence_after([*sayings, PresenceMark("last", Sign.NO_SHOW, EIGHT + minutes(60))]).here_at is None


def test_check_in_opens_an_hour_before_somebody_must_be_there() -> None:
    assert check_in_opens(EIGHT) == EIGHT - minutes(60)
