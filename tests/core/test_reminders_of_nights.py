"""Which texts whole nights send, cue by cue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.reminders import (
    Cue,
    CueKind,
    RehearsalText,
    ReminderRule,
    SeenPlan,
    StageRehearsal,
    Unsent,
    rehearse,
    see_plan,
    ticks,
)
from coordinator.core.timeline import Anchor, SlotPlan, planned_starts
from tests.core.stages import at, minutes, seconds

CALL = ReminderRule("call", Anchor.SET_START, timedelta(minutes=60))
STAGE = ReminderRule("stage", Anchor.SET_START, timedelta(minutes=15))
CREW = ReminderRule("crew", Anchor.CHANGEOVER_START, timedelta(minutes=10))
RULES = (CALL, STAGE, CREW)


def two_acts(*, early_ok: bool = False, cancelled: bool = False) -> list[SlotPlan]:
    return [
        SlotPlan("a", at(0), minutes(30), minutes(20), minutes(10)),
        SlotPlan("b", at(50), minutes(40), minutes(20), minutes(10), early_ok=early_ok, cancelled=cancelled),
    ]


def played(
    cues: Sequence[Cue],
    rules: Sequence[ReminderRule],
    *,
    span: tuple[int, int] = (-15, 60),
    slots: Sequence[SlotPlan] | None = None,
) -> StageRehearsal:
    """The night from the first to the last minute of ``span``, looked at every 15 seconds."""
    return rehearse(two_acts() if slots is None else slots, rules, cues, ticks(at(span[0]), at(span[1])))


def plan_seen(slots: Sequence[SlotPlan], before: Mapping[str, SeenPlan], now: datetime) -> dict[str, SeenPlan]:
    """What a look remembers of the plan."""
    return see_plan(slots, planned_starts(slots), before, now)


@pytest.mark.parametrize("cues", [[], [Cue(at(0), CueKind.START, "a")]], ids=["no press", "one press"])
def test_the_clock_alone_tells_nobody_anything(cues: list[Cue]) -> None:
    assert played(cues, [CALL, STAGE], span=(-60, 50)).texts == (
        RehearsalText(at(-60), "call", "a", at(0)),
        RehearsalText(at(-15), "stage", "a", at(0)),
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(35), "stage", "b", at(50)),
    )


def test_an_act_behind_one_that_starts_late_is_told_when_that_is_pressed() -> None:
    late = [Cue(at(25), CueKind.START, "a"), Cue(at(55), CueKind.END, "a")]

    assert played(late, [CALL, STAGE], span=(-60, 50)).texts == (
        RehearsalText(at(-60), "call", "a", at(0)),
        RehearsalText(at(-15), "stage", "a", at(0)),
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(26), "new_time", "b", at(65)),
        RehearsalText(at(50), "stage", "b", at(65)),
    )


def test_the_same_texts_leave_at_the_same_moments_when_looking_every_second() -> None:
    cues = [
        Cue(at(12), CueKind.START, "a"),
        Cue(at(20), CueKind.LATE, "b", minutes(20)),
        Cue(at(24), CueKind.CANCEL, "b"),
        Cue(at(26), CueKind.RESTORE, "b"),
        Cue(at(40), CueKind.PLAN, "b", starts_at=at(30)),
        Cue(at(40.5), CueKind.PLAN, "b", starts_at=at(65)),
    ]

    nights = [rehearse(two_acts(), RULES, cues, ticks(at(-15), at(75), seconds(every))) for every in (1, 5, 15)]

    assert nights[0] == nights[1] == nights[2]
    assert [text.rule for text in nights[0].texts].count("new_time") == 3


def test_a_slip_put_right_within_a_minute_tells_nobody_and_kills_no_reminder() -> None:
    right = played([], [CALL, STAGE], span=(-20, 50))

    slip = [Cue(at(-16), CueKind.PLAN, "b", starts_at=at(-30)), Cue(at(-15.25), CueKind.PLAN, "b", starts_at=at(50))]

    assert played(slip, [CALL, STAGE], span=(-20, 50)) == right


def test_a_slip_put_right_after_ten_minutes_revives_what_it_killed() -> None:
    slip = [Cue(at(-50), CueKind.PLAN, "b", starts_at=at(-70)), Cue(at(-40), CueKind.PLAN, "b", starts_at=at(50))]

    night = played([Cue(at(-40), CueKind.START, "a"), *slip], [CALL, STAGE], span=(-55, 50))

    assert [text for text in night.texts if text.slot == "b"] == [
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(35), "stage", "b", at(50)),
    ]
    assert [one for one in night.unsent if one.slot == "b"] == []


def test_whom_another_s_slip_pushed_waits_as_well() -> None:
    slip = [Cue(at(-10.5), CueKind.PLAN, "a", starts_at=at(60)), Cue(at(-9.75), CueKind.PLAN, "a", starts_at=at(0))]

    night = played(slip, [CALL], span=(-15, 20))

    assert [text for text in night.texts if text.slot == "b"] == [RehearsalText(at(-8.75), "call", "b", at(50))]


def test_a_plan_that_moves_somebody_earlier_is_told() -> None:
    night = played([Cue(at(-5), CueKind.PLAN, "b", starts_at=at(40))], [CALL], span=(-15, 30))

    assert [text for text in night.texts if text.slot == "b"] == [
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(-4), "new_time", "b", at(40)),
    ]


def test_nobody_is_called_for_a_changeover_of_no_minutes() -> None:
    back_to_back = [replace(slot, changeover=minutes(0), changeover_min=minutes(0)) for slot in two_acts()]

    assert played([], [CREW], slots=back_to_back) == StageRehearsal((), ())


def test_what_looks_have_seen_of_the_plan_says_when_it_changed() -> None:
    a, b = two_acts()
    moved = replace(a, starts_at=at(45))

    first = plan_seen([a, b], {}, at(0))
    pushed = plan_seen([moved, b], first, at(1))
    late = plan_seen([replace(moved, late_by=minutes(9)), b], pushed, at(2))

    assert first == {"a": SeenPlan(at(0), at(0)), "b": SeenPlan(at(50), at(50))}
    assert pushed == {"a": SeenPlan(at(45), at(45), at(1), 1), "b": SeenPlan(at(50), at(85), at(1), 1)}
    assert late == {"a": SeenPlan(at(45), at(54), at(1), 2), "b": SeenPlan(at(50), at(94), at(1), 2)}
    assert [late["b"].is_steady(at(now)) for now in (1.5, 2)] == [False, True]
    assert [late["b"].revives(at(then)) for then in (0.5, 2)] == [True, False]


def test_an_act_cancelled_twice_is_told_twice() -> None:
    night = played(
        [
            Cue(at(0), CueKind.START, "a"),
            Cue(at(0), CueKind.CANCEL, "b"),
            Cue(at(5), CueKind.RESTORE, "b"),
            Cue(at(10), CueKind.CANCEL, "b"),
            Cue(at(15), CueKind.RESTORE, "b"),
        ],
        [CALL],
        span=(-15, 17),
    )

    assert [text for text in night.texts if text.slot == "b"] == [
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(0), "cancelled", "b", at(50)),
        RehearsalText(at(6), "new_time", "b", at(50)),
        RehearsalText(at(10), "cancelled", "b", at(50)),
        RehearsalText(at(16), "new_time", "b", at(50)),
    ]


def test_an_act_that_has_begun_is_not_called_off_by_text() -> None:
    night = played([Cue(at(0), CueKind.START, "b"), Cue(at(5), CueKind.CANCEL, "b")], [CALL, STAGE])

    assert "cancelled" not in [text.rule for text in night.texts]


def test_a_reminder_waits_while_its_slot_is_cancelled_and_comes_back_with_it() -> None:
    cues = [Cue(at(0), CueKind.START, "a"), Cue(at(30), CueKind.END, "a"), Cue(at(40), CueKind.RESTORE, "b")]

    night = played(cues, [STAGE], span=(20, 60), slots=two_acts(cancelled=True))

    assert night.texts == (RehearsalText(at(40), "stage", "b", at(50)),)
    assert night.unsent == (Unsent(at(20), "stage", "a"),)


def test_a_time_that_facts_bring_back_is_not_announced_twice() -> None:
    extended = [Cue(at(0), CueKind.START, "a"), Cue(at(5), CueKind.EXTEND, "a", minutes(20))]
    ended = [Cue(at(25), CueKind.END, "a"), Cue(at(50), CueKind.END, "a")]

    night = played([*extended, *ended], [CALL], span=(-25, 58), slots=two_acts(early_ok=True))

    assert [(text.at, text.says) for text in night.texts if text.rule == "new_time"] == [
        (at(6), at(60)),
        (at(26), at(35)),
    ]


def test_a_time_that_words_bring_back_is_announced_again() -> None:
    lateness = [(1, 10), (5, 0), (8, 10), (12, 20), (16, 10)]
    cues = [Cue(at(after), CueKind.LATE, "b", minutes(length)) for after, length in lateness]

    night = played([Cue(at(0), CueKind.START, "a"), *cues], [CALL], span=(-15, 30))

    assert [(text.at, text.says) for text in night.texts if text.rule == "new_time"] == [
        (at(2), at(60)),
        (at(6), at(50)),
        (at(9), at(60)),
        (at(13), at(70)),
        (at(17), at(60)),
    ]


def test_reminders_about_doors_and_curfew_follow_those() -> None:
    rules = [ReminderRule("doors", Anchor.DOORS, minutes(10)), ReminderRule("curfew", Anchor.CURFEW, minutes(10))]

    with_both = rehearse(two_acts()[:1], rules, [], ticks(at(-60), at(0)), curfew_at=at(9), doors_at=at(-30))
    with_neither = rehearse(two_acts()[:1], rules, [], ticks(at(-60), at(0)))

    assert with_both == StageRehearsal(
        (RehearsalText(at(-40), "doors", "a", at(-30)), RehearsalText(at(-1), "curfew", "a", at(9))), ()
    )
    assert with_neither == StageRehearsal((), (Unsent(at(-60), "doors", "a"), Unsent(at(-60), "curfew", "a")))


def test_lateness_of_zero_withdraws_what_was_declared() -> None:
    cues = [
        Cue(at(0), CueKind.START, "a"),
        Cue(at(1), CueKind.LATE, "b", minutes(10)),
        Cue(at(5), CueKind.LATE, "b", minutes(0)),
    ]

    night = played(cues, [CALL], span=(-20, 10), slots=two_acts(early_ok=True))

    assert [text.says for text in night.texts if text.slot == "b"] == [at(40), at(60), at(40)]


def test_an_extension_adds_to_the_one_before() -> None:
    cues = [
        Cue(at(0), CueKind.START, "a"),
        Cue(at(5), CueKind.EXTEND, "a", minutes(10)),
        Cue(at(9), CueKind.EXTEND, "a", minutes(5)),
    ]

    night = played(cues, [CALL], span=(-15, 20))

    assert [(text.at, text.says) for text in night.texts if text.rule == "new_time"] == [(at(10), at(55))]


def cues(*acts: CueKind) -> st.SearchStrategy[list[Cue]]:
    """A few of these acts at any quarter of an hour; another plan lies within the first hour and a half."""
    one = st.builds(
        Cue,
        at=st.integers(-40, 100).map(lambda quarter: at(quarter / 4)),
        act=st.sampled_from(acts),
        slot=st.sampled_from(["a", "b"]),
        length=st.integers(0, 20).map(minutes),
        starts_at=st.integers(-10, 90).map(at),
    )
    return st.lists(one, max_size=8)


FACTS = (CueKind.START, CueKind.END, CueKind.EXTEND)


@settings(max_examples=25)
@given(cues(*CueKind), st.booleans())
def test_a_second_look_at_the_same_instant_sends_nothing(night: list[Cue], early_ok: bool) -> None:
    looks = list(ticks(at(-10), at(35)))

    once = rehearse(two_acts(early_ok=early_ok), RULES, night, looks)
    twice = rehearse(two_acts(early_ok=early_ok), RULES, night, [look for look in looks for _ in range(2)])

    assert twice == once


@given(cues(*CueKind), st.booleans())
def test_a_reminder_goes_out_once(night: list[Cue], early_ok: bool) -> None:
    played_night = rehearse(two_acts(early_ok=early_ok), [CALL, STAGE], night, ticks(at(-10), at(35)))

    reminders = [(text.rule, text.slot) for text in played_night.texts if text.rule in ("call", "stage")]

    assert len(set(reminders)) == len(reminders)


@given(cues(*FACTS, CueKind.CANCEL, CueKind.RESTORE), st.booleans())
def test_facts_never_tell_anything_twice(night: list[Cue], early_ok: bool) -> None:
    played_night = rehearse(two_acts(early_ok=early_ok), [CALL, STAGE], night, ticks(at(-10), at(35)))

    for texts in _stretches(played_night):
        assert len({(text.rule, text.says) for text in texts}) == len(texts)


@given(cues(*FACTS, CueKind.CANCEL, CueKind.RESTORE), st.booleans())
def test_facts_never_pull_anybody_forward_who_may_not_begin_early(night: list[Cue], early_ok: bool) -> None:
    played_night = rehearse(two_acts(early_ok=early_ok), [CALL], night, ticks(at(-10), at(35)))

    for texts in _stretches(played_night):
        moves = [after.says - before.says for before, after in pairwise(texts)]
        assert all(early_ok or move > minutes(0) for move in moves)


@given(cues(*CueKind), st.booleans())
def test_every_text_leaves_a_minute_and_new_times_move_by_five(night: list[Cue], early_ok: bool) -> None:
    played_night = rehearse(two_acts(early_ok=early_ok), [CALL], night, ticks(at(-10), at(35)))

    for texts in _stretches(played_night):
        moves = [after.says - before.says for before, after in pairwise(texts)]
        assert all(text.rule == "cancelled" or text.says > text.at for text in texts)
        assert all(abs(move) >= minutes(5) for move in moves)


def _stretches(night: StageRehearsal) -> list[list[RehearsalText]]:
    """The texts about each slot, from one cancellation of it to the next."""
    stretches: dict[str, list[list[RehearsalText]]] = {}
    for text in night.texts:
        of_slot = stretches.setdefault(text.slot, [[]])
        if text.rule == "cancelled":
            of_slot.append([])
        else:
            of_slot[-1].append(text)
    return [texts for of_slot in stretches.values() for texts in of_slot]
