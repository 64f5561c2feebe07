from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.reminders import (
    Act,
    Cue,
    Decision,
    LeadTooShort,
    NewTime,
    Rehearsal,
    RehearsalText,
    ReminderRule,
    Sighting,
    Told,
    Unsent,
    cancelled_says,
    decide,
    new_time,
    rehearse,
    remember,
    stable,
    ticks,
)
from coordinator.core.timeline import Anchor, SlotPlan

EIGHT = datetime(2026, 6, 12, 18, tzinfo=UTC)  # 20:00 in Berlin; every number below is minutes after it
CALL = ReminderRule("call", Anchor.SET_START, timedelta(minutes=60))
STAGE = ReminderRule("stage", Anchor.SET_START, timedelta(minutes=15))
CREW = ReminderRule("crew", Anchor.CHANGEOVER_START, timedelta(minutes=10))
RULES = (CALL, STAGE, CREW)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def at(count: float) -> datetime:
    return EIGHT + minutes(count)


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
) -> Rehearsal:
    """The night from the first to the last minute of ``span``, looked at every 15 seconds."""
    return rehearse(two_acts() if slots is None else slots, rules, cues, ticks(at(span[0]), at(span[1])))


def seen(*sightings: tuple[float, float | None]) -> tuple[Sighting, ...]:
    """Sightings so many seconds after eight, of a time so many minutes after eight."""
    return tuple(
        Sighting(EIGHT + seconds(second), None if minute is None else at(minute)) for second, minute in sightings
    )


@pytest.mark.parametrize("lead", [0, 1, 1.99])
def test_a_reminder_has_a_lead_of_at_least_two_minutes(lead: float) -> None:
    with pytest.raises(LeadTooShort, match="'now' must go out at least 2 minutes before its time"):
        ReminderRule("now", Anchor.SET_START, minutes(lead))


@pytest.mark.parametrize(
    ("now", "decision"),
    [
        (0, Decision.WAIT),
        (14.9, Decision.WAIT),
        (15, Decision.SEND),
        (29, Decision.SEND),
        (29.1, Decision.EXPIRE),
        (30, Decision.EXPIRE),
        (90, Decision.EXPIRE),
    ],
)
def test_a_reminder_goes_out_when_due_unless_less_than_a_minute_is_left(now: float, decision: Decision) -> None:
    assert decide(at(now), at(15), at(30)) is decision


def test_a_reminder_of_a_time_that_is_no_more_expires() -> None:
    assert decide(at(0), None, None) is Decision.EXPIRE


@pytest.mark.parametrize(
    ("sightings", "steady"),
    [
        ([], False),
        ([(0, 50)], True),
        ([(1, 50)], False),
        ([(0, 50), (30, 51.9), (60, 50)], True),
        ([(0, 50), (30, 52), (60, 50)], False),
        ([(0, 50), (30, 48), (60, 50)], False),
        ([(0, 50), (30, None), (60, 50)], False),
        ([(0, 10), (1, 50), (60, 50)], False),
        ([(-1, 10), (0, 50), (60, 50)], True),
        ([(-300, 50), (60, 50)], True),
        ([(-300, 10), (60, 50)], False),
    ],
)
def test_a_time_is_steady_after_a_minute_of_hardly_moving(
    sightings: list[tuple[float, float | None]], steady: bool
) -> None:
    assert stable(seen(*sightings), at(50), at(1)) is steady


def test_no_time_is_never_steady() -> None:
    assert not stable(seen((0, None), (60, None)), None, at(1))


def test_what_is_remembered_reaches_back_to_the_last_sighting_a_minute_ago() -> None:
    sightings = seen((-45, 50), (-30, 50), (-15, 50), (0, 50), (15, 50), (30, 50), (45, 50))

    assert remember(sightings, at(1), at(51)) == seen((0, 50), (15, 50), (30, 50), (45, 50), (60, 51))


def test_a_second_look_at_the_same_instant_replaces_the_first() -> None:
    assert remember(seen((0, 50)), EIGHT, at(70)) == seen((0, 70))


def test_a_look_by_a_machine_whose_clock_is_behind_finds_its_place() -> None:
    assert remember(seen((0, 50), (20, 70)), EIGHT + seconds(10), at(50)) == seen((0, 50), (10, 50), (20, 70))


def test_the_moment_of_a_jump_is_remembered_to_the_second() -> None:
    sightings: tuple[Sighting, ...] = ()
    for second in range(-100, 60):
        sightings = remember(sightings, EIGHT + seconds(second), at(50 if second < 7 else 70))

    answers = [stable(sightings, at(70), EIGHT + seconds(second)) for second in (66, 67)]

    assert answers == [False, True]


def test_a_sighting_that_stands_out_is_not_forgotten() -> None:
    edge, inside, moved = at(50) + seconds(1), at(50), at(48) + seconds(1)  # two minutes and a little less from moved
    sightings: tuple[Sighting, ...] = ()
    for second, anchor_at in ((0, inside), (1, edge), (2, inside), (10, moved)):
        sightings = remember(sightings, EIGHT + seconds(second), anchor_at)

    answers = [stable(sightings, moved, EIGHT + seconds(second)) for second in (61, 70)]

    assert answers == [False, True]


MOVES = st.sampled_from(["stay", "slide", "jump", "vanish"])


@given(st.lists(st.tuples(st.sampled_from([1, 2, 7, 14, 15, 16, 40]), MOVES, st.integers(-200, 200)), max_size=60))
def test_what_is_forgotten_never_makes_a_time_look_steady(moves: list[tuple[int, str, int]]) -> None:
    for everything, kept, anchor_at, now in _looks(moves):
        assert stable(everything, anchor_at, now) or not stable(kept, anchor_at, now)


@given(st.lists(st.tuples(st.sampled_from([1, 2, 7, 14]), MOVES, st.integers(-200, 200)), max_size=60))
def test_what_is_forgotten_hides_a_steady_time_by_no_more_than_a_slide(moves: list[tuple[int, str, int]]) -> None:
    for everything, kept, anchor_at, now in _looks(moves):
        assert stable(kept, anchor_at, now) or not _steady_within(minutes(2) - seconds(15), everything, anchor_at, now)


@given(st.lists(st.tuples(st.sampled_from([15, 16, 40]), MOVES, st.integers(-200, 200)), max_size=40))
def test_nothing_that_matters_is_forgotten_when_looking_every_15_seconds(moves: list[tuple[int, str, int]]) -> None:
    for everything, kept, anchor_at, now in _looks(moves):
        assert stable(kept, anchor_at, now) == stable(everything, anchor_at, now)


@pytest.mark.parametrize("every", [0.1, 1, 15])
def test_little_is_remembered_however_often_somebody_looks(every: float) -> None:
    sightings: tuple[Sighting, ...] = ()
    for look in range(round(200 / every)):
        sightings = remember(sightings, EIGHT + seconds(look * every), at(30) + seconds(look * every))

    assert len(sightings) <= 7


STEADY_AT_70 = seen((0, 70), (60, 70))


@pytest.mark.parametrize(
    ("told", "anchor", "answer"),
    [
        (Told(), 70, NewTime.NOTHING),
        (Told(at(50)), None, NewTime.NOTHING),
        (Told(at(50)), 70, NewTime.SEND),
        (Told(at(65)), 70, NewTime.SEND),
        (Told(at(66)), 70, NewTime.NOTHING),
        (Told(at(70)), 70, NewTime.NOTHING),
        (Told(at(74)), 70, NewTime.NOTHING),
        (Told(at(75)), 70, NewTime.EARLIER),
        (Told(at(70), voided=True), 70, NewTime.SEND),
        (Told(at(90), voided=True), 70, NewTime.SEND),
        (Told(at(50)), 75, NewTime.NOTHING),
    ],
)
def test_a_new_time_is_told_when_it_moved_by_five_minutes_and_is_steady(
    told: Told, anchor: float | None, answer: NewTime
) -> None:
    assert new_time(told, None if anchor is None else at(anchor), STEADY_AT_70, at(1)) is answer


def test_an_earlier_time_is_told_to_those_who_may_start_early() -> None:
    assert new_time(Told(at(90)), at(70), STEADY_AT_70, at(1), early_ok=True) is NewTime.SEND


def test_a_cancelled_slot_has_no_new_time_until_it_is_restored() -> None:
    voided = Told(at(70), voided=True)

    assert new_time(voided, at(70), STEADY_AT_70, at(1), restored=False) is NewTime.NOTHING
    assert new_time(voided, at(70), STEADY_AT_70, at(1), restored=True) is NewTime.SEND


def test_a_new_time_that_was_announced_before_is_held_back() -> None:
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(1), announced={at(70)}) is NewTime.REPEATED
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(1), announced={at(60)}) is NewTime.SEND


@pytest.mark.parametrize(("now", "answer"), [(69, NewTime.SEND), (69.1, NewTime.TOO_LATE), (71, NewTime.TOO_LATE)])
def test_a_new_time_needs_a_minute_s_notice(now: float, answer: NewTime) -> None:
    assert new_time(Told(at(50)), at(70), STEADY_AT_70, at(now)) is answer


def test_only_what_is_held_back_is_for_the_stage_manager() -> None:
    assert [answer for answer in NewTime if answer.is_held] == [NewTime.EARLIER, NewTime.REPEATED, NewTime.TOO_LATE]


@pytest.mark.parametrize(
    ("cancelled", "has_press", "told_since", "told_start", "says"),
    [
        (True, False, True, Told(at(65)), at(65)),
        (True, False, True, Told(at(65), voided=True), at(65)),
        (True, False, True, Told(), at(50)),
        (False, False, True, Told(at(65)), None),
        (True, True, True, Told(at(65)), None),
        (True, False, False, Told(at(65)), None),
    ],
)
def test_a_cancellation_takes_back_what_was_told(
    cancelled: bool, has_press: bool, told_since: bool, told_start: Told, says: datetime | None
) -> None:
    assert says == cancelled_says(
        cancelled=cancelled,
        has_press=has_press,
        told_since=told_since,
        told_start=told_start,
        planned_at=at(50) + seconds(20),
    )


def test_an_act_behind_one_that_starts_late_is_told_every_five_minutes() -> None:
    late = [Cue(at(25), Act.START, "a"), Cue(at(55), Act.END, "a")]

    assert played(late, [CALL, STAGE], span=(-60, 50)).texts == (
        RehearsalText(at(-60), "call", "a", at(0)),
        RehearsalText(at(-15), "stage", "a", at(0)),
        RehearsalText(at(-10), "call", "b", at(50)),
        RehearsalText(at(15), "new_time", "b", at(55)),
        RehearsalText(at(20), "new_time", "b", at(60)),
        RehearsalText(at(25), "new_time", "b", at(65)),
        RehearsalText(at(50), "stage", "b", at(65)),
    )


def test_the_same_texts_leave_at_the_same_moments_when_looking_every_second() -> None:
    cues = [
        Cue(at(12), Act.START, "a"),
        Cue(at(20), Act.LATE, "b", minutes(20)),
        Cue(at(24), Act.CANCEL, "b"),
        Cue(at(26), Act.RESTORE, "b"),
    ]

    nights = [rehearse(two_acts(), RULES, cues, ticks(at(-15), at(75), seconds(every))) for every in (1, 5, 15)]

    assert nights[0] == nights[1] == nights[2]
    assert [text.rule for text in nights[0].texts].count("new_time") == 5


def test_an_act_cancelled_twice_is_told_twice() -> None:
    night = played(
        [
            Cue(at(0), Act.START, "a"),
            Cue(at(0), Act.CANCEL, "b"),
            Cue(at(5), Act.RESTORE, "b"),
            Cue(at(10), Act.CANCEL, "b"),
            Cue(at(15), Act.RESTORE, "b"),
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
    night = played([Cue(at(0), Act.START, "b"), Cue(at(5), Act.CANCEL, "b")], [CALL, STAGE])

    assert "cancelled" not in [text.rule for text in night.texts]


def test_a_reminder_waits_while_its_slot_is_cancelled_and_comes_back_with_it() -> None:
    cues = [Cue(at(0), Act.START, "a"), Cue(at(30), Act.END, "a"), Cue(at(40), Act.RESTORE, "b")]

    night = played(cues, [STAGE], span=(20, 60), slots=two_acts(cancelled=True))

    assert night.texts == (RehearsalText(at(40), "stage", "b", at(50)),)
    assert night.unsent == (Unsent(at(20), "stage", "a"),)


def test_a_time_that_comes_back_is_not_announced_twice() -> None:
    night = played(
        [
            Cue(at(0), Act.START, "a"),
            Cue(at(1), Act.LATE, "b", minutes(10)),
            Cue(at(5), Act.LATE, "b", minutes(0)),
            Cue(at(8), Act.LATE, "b", minutes(10)),
            Cue(at(12), Act.LATE, "b", minutes(20)),
            Cue(at(16), Act.LATE, "b", minutes(10)),
        ],
        [CALL],
        span=(-15, 30),
    )

    assert [(text.at, text.says) for text in night.texts if text.rule == "new_time"] == [
        (at(2), at(60)),
        (at(13), at(70)),
    ]


def test_reminders_about_doors_and_curfew_follow_those() -> None:
    rules = [ReminderRule("doors", Anchor.DOORS, minutes(10)), ReminderRule("curfew", Anchor.CURFEW, minutes(10))]

    with_both = rehearse(two_acts()[:1], rules, [], ticks(at(-60), at(0)), curfew_at=at(9), doors_at=at(-30))
    with_neither = rehearse(two_acts()[:1], rules, [], ticks(at(-60), at(0)))

    assert with_both == Rehearsal(
        (RehearsalText(at(-40), "doors", "a", at(-30)), RehearsalText(at(-1), "curfew", "a", at(9))), ()
    )
    assert with_neither == Rehearsal((), (Unsent(at(-60), "doors", "a"), Unsent(at(-60), "curfew", "a")))


def test_lateness_of_zero_withdraws_what_was_declared() -> None:
    cues = [Cue(at(0), Act.START, "a"), Cue(at(1), Act.LATE, "b", minutes(10)), Cue(at(5), Act.LATE, "b", minutes(0))]

    night = played(cues, [CALL], span=(-20, 10), slots=two_acts(early_ok=True))

    assert [text.says for text in night.texts if text.slot == "b"] == [at(40), at(60), at(40)]


def test_an_extension_adds_to_the_one_before() -> None:
    cues = [
        Cue(at(0), Act.START, "a"),
        Cue(at(5), Act.EXTEND, "a", minutes(10)),
        Cue(at(9), Act.EXTEND, "a", minutes(5)),
    ]

    night = played(cues, [CALL], span=(-15, 20))

    assert [(text.at, text.says) for text in night.texts if text.rule == "new_time"] == [(at(10), at(55))]


CUES = st.lists(
    st.builds(
        Cue,
        at=st.integers(-40, 100).map(lambda quarter: at(quarter / 4)),
        act=st.sampled_from(list(Act)),
        slot=st.sampled_from(["a", "b"]),
        length=st.integers(0, 20).map(minutes),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(CUES, st.booleans())
def test_a_second_look_at_the_same_instant_sends_nothing(cues: list[Cue], early_ok: bool) -> None:
    looks = list(ticks(at(-10), at(35)))

    once = rehearse(two_acts(early_ok=early_ok), RULES, cues, looks)
    twice = rehearse(two_acts(early_ok=early_ok), RULES, cues, [look for look in looks for _ in range(2)])

    assert twice == once


@given(CUES, st.booleans())
def test_no_text_goes_out_twice(cues: list[Cue], early_ok: bool) -> None:
    night = rehearse(two_acts(early_ok=early_ok), [CALL, STAGE], cues, ticks(at(-10), at(35)))

    for texts in _stretches(night):
        assert len({(text.rule, text.says) for text in texts}) == len(texts)


@given(CUES, st.booleans())
def test_every_text_leaves_a_minute_and_new_times_move_by_five(cues: list[Cue], early_ok: bool) -> None:
    night = rehearse(two_acts(early_ok=early_ok), [CALL], cues, ticks(at(-10), at(35)))

    for texts in _stretches(night):
        moves = [after.says - before.says for before, after in pairwise(texts)]
        assert all(text.says > text.at for text in texts)
        assert all(abs(move) >= minutes(5) and (early_ok or move > minutes(0)) for move in moves)


def _stretches(night: Rehearsal) -> list[list[RehearsalText]]:
    """The texts about each slot, from one cancellation of it to the next."""
    stretches: dict[str, list[list[RehearsalText]]] = {}
    for text in night.texts:
        of_slot = stretches.setdefault(text.slot, [[]])
        if text.rule == "cancelled":
            of_slot.append([])
        else:
            of_slot[-1].append(text)
    return [texts for of_slot in stretches.values() for texts in of_slot]


def _looks(
    moves: list[tuple[int, str, int]],
) -> Iterable[tuple[list[Sighting], tuple[Sighting, ...], datetime | None, datetime]]:
    """Look after look: every sighting so far, those that are kept, the present time and the instant."""
    now, last, present = EIGHT, at(60), True
    everything: list[Sighting] = []
    kept: tuple[Sighting, ...] = ()
    for waited, move, size in moves:
        now += seconds(waited)
        last += seconds({"slide": waited, "jump": size}.get(move, 0))
        present = move != "vanish"
        anchor_at = last if present else None
        everything.append(Sighting(now, anchor_at))
        kept = remember(kept, now, anchor_at)
        yield everything, kept, anchor_at, now


def _steady_within(limit: timedelta, sightings: Sequence[Sighting], anchor_at: datetime | None, now: datetime) -> bool:
    """What ``stable`` says, put literally and with another limit."""
    old = [sighting.seen_at for sighting in sightings if sighting.seen_at <= now - minutes(1)]
    return bool(old) and all(
        anchor_at is not None and sighting.anchor_at is not None and abs(sighting.anchor_at - anchor_at) < limit
        for sighting in sightings
        if sighting.seen_at >= max(old)
    )
