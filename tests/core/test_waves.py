"""Who is asked for a free place, in which order, how many at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.cover import (
    Candidate,
    Filling,
    Mode,
    SearchOffer,
    Source,
    Wave,
    chosen,
    in_order,
    mode_of,
    next_wave,
    wave_for_waiting,
)
from tests.core.stages import minutes

NOW = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
FILLING = Filling()
EVERYBODY = Wave(Mode.FASTEST, None, NOW, NOW, NOW)
ONE = Wave(Mode.OFFER, 1, NOW, NOW, NOW)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def waiting(person_id: int, since: float = 0) -> Candidate:
    return Candidate(person_id, Source.WAITLIST, NOW - hours(100 - since))


def standing_by(person_id: int, asked: int = 0) -> Candidate:
    return Candidate(person_id, Source.STANDBY, NOW, asked)


def known(person_id: int, asked: int = 0) -> Candidate:
    return Candidate(person_id, Source.KNOWN, NOW, asked)


def of_the_show(person_id: int, asked: int = 0) -> Candidate:
    return Candidate(person_id, Source.SHOW, NOW, asked)


def ask(wave: Wave, *candidates: Candidate, already: Sequence[int] = (), unfit: Sequence[int] = ()) -> list[int]:
    def fits(each: Candidate) -> bool:
        return each.person_id not in unfit

    return [each.person_id for each in chosen(candidates, wave, asked_already=already, fits=fits)]


def look(starts_in: timedelta, *asked: SearchOffer) -> Wave | datetime:
    starts_at = NOW + starts_in
    return next_wave(asked, starts_at=starts_at, ends_at=starts_at + hours(2), now=NOW, filling=FILLING)


def besides(starts_in: timedelta, *asked: SearchOffer) -> Wave | None:
    starts_at = NOW + starts_in
    return wave_for_waiting(asked, starts_at=starts_at, ends_at=starts_at + hours(2), now=NOW, filling=FILLING)


@pytest.mark.parametrize(
    ("lead", "mode"),
    [
        (hours(240), Mode.PROMOTE),
        (hours(24), Mode.PROMOTE),
        (hours(24) - minutes(1), Mode.OFFER),
        (hours(3), Mode.OFFER),
        (hours(3) - minutes(1), Mode.FASTEST),
        (-minutes(20), Mode.FASTEST),
    ],
)
def test_how_near_the_shift_is_decides_how_a_place_is_filled(lead: timedelta, mode: Mode) -> None:
    assert mode_of(lead, FILLING) is mode


def test_the_waitlist_is_first_then_standby_then_those_who_did_it_before_then_the_show_least_asked_first() -> None:
    people = [
        of_the_show(7),
        known(1, 2),
        known(2),
        standing_by(3, 1),
        standing_by(4),
        waiting(5, since=2),
        waiting(6, since=1),
    ]

    assert [each.person_id for each in in_order(people)] == [6, 5, 4, 3, 2, 1, 7]


def test_somebody_who_is_known_in_two_ways_is_asked_in_the_nearest() -> None:
    assert in_order([known(1), waiting(1), standing_by(1)]) == [waiting(1)]
    assert in_order([of_the_show(1), known(1)]) == [known(1)]


def test_a_place_is_offered_to_one_until_their_time_is_over() -> None:
    assert look(hours(10)) == Wave(Mode.OFFER, 1, NOW + minutes(30), NOW + minutes(30), next_at=NOW + minutes(30))
    assert look(hours(10), SearchOffer(1, NOW - minutes(10), NOW + minutes(20), is_open=True)) == NOW + minutes(20)
    assert isinstance(look(hours(10), SearchOffer(1, NOW - minutes(30), NOW, is_open=True)), Wave)
    assert isinstance(look(hours(10), SearchOffer(1, NOW - minutes(10), NOW + minutes(20), is_open=False)), Wave)


def test_long_before_those_who_do_not_wait_for_it_have_longer_to_answer() -> None:
    wave = look(hours(120))

    assert isinstance(wave, Wave)
    assert (wave.mode, wave.size) == (Mode.PROMOTE, 1)
    assert (wave.answer_until, wave.long_until) == (NOW + minutes(30), NOW + hours(10))


def test_shortly_before_a_wave_is_asked_together_and_the_next_goes_sooner_the_nearer_it_is() -> None:
    gaps = {lead: look(minutes(lead)) for lead in (170, 120, 60, 20, -30)}

    waits = [wave.next_at - NOW for wave in gaps.values() if isinstance(wave, Wave)]
    assert waits == [minutes(170) / 6, minutes(20), minutes(10), minutes(5), minutes(5)]
    until = NOW + minutes(120) + hours(2)
    assert look(minutes(120)) == Wave(Mode.FASTEST, None, until, until, NOW + minutes(20))


def test_a_wave_waits_for_the_one_before_it_unless_all_of_that_said_no() -> None:
    ends_at = NOW + hours(4)
    silent = SearchOffer(1, NOW - minutes(5), ends_at, is_open=True)
    said_no = SearchOffer(2, NOW - minutes(5), ends_at, is_open=False)

    assert look(hours(2), silent, said_no) == NOW + minutes(15)
    assert isinstance(look(hours(2), said_no), Wave)


def test_who_was_asked_alone_keeps_their_time_although_waves_would_go_now() -> None:
    assert look(hours(2.9), SearchOffer(1, NOW - minutes(20), NOW + minutes(10), is_open=True)) == NOW + minutes(10)


def test_whoever_joins_the_waitlist_is_asked_although_others_still_have_time_to_answer() -> None:
    standby = SearchOffer(1, NOW - minutes(10), NOW + minutes(20), is_open=True)
    first_of_waitlist = SearchOffer(2, NOW - minutes(5), NOW + minutes(25), is_open=True, is_waiting=True)
    in_a_wave = replace(first_of_waitlist, expires_at=NOW + hours(4))

    one = Wave(Mode.OFFER, 1, NOW + minutes(30), NOW + minutes(30), next_at=NOW + minutes(30))
    assert besides(hours(10), standby) == one
    assert besides(hours(10), standby, first_of_waitlist) is None
    assert besides(hours(10), replace(first_of_waitlist, is_open=False)) == one
    assert besides(hours(2), in_a_wave) == Wave(Mode.FASTEST, None, NOW + hours(4), NOW + hours(4), NOW + minutes(20))


def test_the_whole_waitlist_is_asked_together_and_others_fill_the_wave_up() -> None:
    assert ask(EVERYBODY, *map(waiting, range(9)), standing_by(20)) == list(range(9))
    assert ask(EVERYBODY, waiting(1), *map(standing_by, range(2, 20))) == [1, 2, 3, 4, 5, 6]
    assert ask(ONE, waiting(1), waiting(2)) == [1]


def test_who_was_asked_often_lately_is_left_in_peace_unless_they_wait_for_it_or_stand_by() -> None:
    assert ask(EVERYBODY, known(1, 3), known(2, 2), standing_by(3, 7)) == [3, 2]
    assert ask(EVERYBODY, of_the_show(1, 3), of_the_show(2, 2)) == [2]


sources = st.sampled_from([waiting, standing_by, known, of_the_show])
crowds = st.lists(st.builds(lambda kind, number: kind(number), sources, st.integers(1, 30)), max_size=40)
numbers = st.sets(st.integers(1, 30))


@given(crowd=crowds, unfit=numbers)
def test_wave_after_wave_nobody_is_asked_twice_nobody_unfit_at_all_and_everybody_else_once(
    crowd: list[Candidate], unfit: set[int]
) -> None:
    asked: list[int] = []
    while wave := ask(EVERYBODY, *crowd, already=asked, unfit=sorted(unfit)):
        asked += wave

    assert len(asked) == len(set(asked))
    assert set(asked) == {each.person_id for each in crowd} - unfit


@given(crowd=crowds, shuffled=st.data())
def test_the_order_does_not_depend_on_the_order_in_which_people_are_found(
    crowd: list[Candidate], shuffled: st.DataObject
) -> None:
    again = shuffled.draw(st.permutations(crowd))

    assert in_order(again) == in_order(crowd)


@given(
    lead=st.integers(-60, 60 * 24 * 9),
    ago=st.lists(st.tuples(st.integers(0, 600), st.integers(-60, 600), st.booleans()), max_size=5),
)
def test_what_is_waited_for_always_comes_and_a_wave_always_leaves_time_to_answer(
    lead: int, ago: list[tuple[int, int, bool]]
) -> None:
    asked = [
        SearchOffer(number, NOW - minutes(since), NOW + minutes(left), is_open)
        for number, (since, left, is_open) in enumerate(ago)
    ]

    told = look(minutes(lead), *asked)

    if isinstance(told, Wave):
        assert told.next_at > NOW
        assert min(told.answer_until, told.long_until) > NOW
    else:
        assert told > NOW
