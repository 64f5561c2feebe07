"""Whatever is pasted: nothing raises, nothing is dropped, every time is a time."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.flyer import Flyer, FlyerWarning, WallTime, plan_of, read_flyer
from coordinator.core.flyer.reader import READ
from tests.core.flyers.facts import folded

PIECES = [
    "8:00", "8pm", "20h30", "half 8", "noon", "Midnight", "7:30 - 8:15", "1015", "12", "24.00 Uhr", "ca. 22h",
    "til late", "until 2", "0:15", "Ash", "The Elms", "4th & Vine", "Route 9", "doors", "Doors", "show",
    "curfew", "Einlass", "load in", "raffle", "changeover", "TBA", "DJ", "(Barn)", "[Tent]", "Main Stage",
    "Barn:", "Saturday", "June 5", "21.05.2027", "6/7", "$10", "5 €", "suggested donation", "21+", "all ages",
    "benefit for", "in aid of the", "proceeds to", "at", "@", "-", "–", "/", "|", ",", ":", "~", "*", "\t",
    "and", "then", "Bands:", "\n", "\n\n", ". ", "終演", "１８：００", "🎸", "«", "“", "(", ")", "start,act,stage",
]  # fmt: skip
WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=9)
SHOWN = re.compile(r"\d\d:\d\d(\+1)?")


def read(text: str) -> Flyer:
    return read_flyer(text, default_on=date(2027, 5, 1), zone="America/Chicago")


def anything() -> st.SearchStrategy[str]:
    return st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join)


@given(anything())
def test_any_text_is_read_and_planned(text: str) -> None:
    flyer = read(text)

    plan = plan_of(flyer)

    changeovers = sum(act.kind == "changeover" and act.starts is not None for act in flyer.acts)
    assert len(plan.slots) + len(plan.notes) + len(plan.untimed) + changeovers == len(flyer.acts)
    assert all(slot.changeover_min <= slot.changeover for slot in plan.slots)


@given(anything())
def test_every_time_is_a_time_of_the_day_or_the_night_after_it(text: str) -> None:
    shown = read(text).as_json()

    acts = shown["acts"]
    assert isinstance(acts, list)
    times = [shown[key] for key in ("doors", "show", "curfew", "ends")] + [
        act[key] for act in acts for key in ("starts", "ends")
    ]
    assert all(time is None or SHOWN.fullmatch(str(time)) for time in times)


@given(anything())
def test_acts_are_in_order_of_date_and_time_and_none_ends_before_it_starts(text: str) -> None:
    acts = [act for act in read(text).acts if act.starts]

    for earlier, later in pairwise(acts):
        assert earlier.starts is not None
        assert later.starts is not None
        assert (earlier.on or date.min, earlier.starts) <= (later.on or date.min, later.starts)
    assert all(act.ends > act.starts for act in acts if act.ends and act.starts)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=8))
def test_no_line_without_a_time_is_dropped(lines: list[str]) -> None:
    flyer = read("\n".join(lines))

    kept = folded(" ".join(_strings(flyer.as_json())))
    assert [line for line in lines if folded(line) not in kept] == []


@given(anything())
def test_no_word_of_a_name_is_made_up(text: str) -> None:
    printed = folded(text.replace("\u00ad", ""))  # a soft hyphen stands inside a word and is not printed

    for act in read(text).acts:
        assert all(word in printed for word in folded(act.name).split())


@given(anything())
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    assert read(text) == read(text)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 1))
def test_a_wall_time_shows_its_hour_minute_and_day(hour: int, minute: int, days: int) -> None:
    time = WallTime((days * 24 + hour) * 60 + minute)

    assert (time.hour, time.minute, time.days_later) == (hour, minute, days)
    assert str(time) == f"{hour:02}:{minute:02}" + ("+1" if days else "")


MILLION = 1_000_000
NASTY = {
    "figures": "7" * MILLION,
    "lines of figures": "1234567890\n" * (MILLION // 11),
    "blanks": " " * (MILLION - 1) + "x",
    "colons": (":" * 80 + "\n") * 12_000,
    "brackets": ("(" * 1400 + "\n") * 700,
    "times": ("8:00 " * 280 + "\n") * 700,
    "bars": ("8:00|" * 280 + "\n") * 700,
    "hours": "8\n" * (MILLION // 2),
    "rows": "8:00 Ash\n" * (MILLION // 9),
    "one long word": "a" * MILLION,
    "money": ("money raised from the door " * 50 + "\n") * 700,
    "accents": "x" + "\u0301\u0323" * (MILLION // 2),
    "hours in one line": "at 8 " * (MILLION // 5),
    "places": ("@ " * 900 + "\n") * 500,
    "sums": ("$10 " * 450 + "\n") * 500,
    "cells": ("20:00\tAsh\t" * 100 + "\n") * 900,
    "nothing but line ends": "\r" * MILLION,
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_million_letters_are_read_and_none_of_their_words_is_lost(text: str) -> None:
    kept = "".join("".join(_strings(read(text).as_json())).split())

    assert set("".join(text.split())) <= set(kept) | set("08:00")


@pytest.mark.parametrize("figure", ["7", "0", "٣", "７", "²"])
def test_a_number_of_any_length_is_read(figure: str) -> None:
    for length in (4, 400, 1_900, 4_400, 100_000):
        flyer = read(f"Gathering {figure * length}\n8pm Ash\n{figure * length}")

        assert [act.name for act in flyer.acts if act.starts][:1] == ["Ash"]


BOUNDS = {
    "lines": ("", "\n", READ.lines - 1),
    "characters": ("la " * 300, "\n", READ.characters // 898 - 1),
    "figures": ("1 2 3 4 5 x", "\n", READ.figures // 5 - 1),
}


@pytest.mark.parametrize(("line", "end", "count"), BOUNDS.values(), ids=BOUNDS.keys())
def test_a_flyer_is_read_up_to_a_bound_and_the_rest_is_kept_with_a_warning(line: str, end: str, count: int) -> None:
    within, beyond = read((line + end) * count + "8pm Ash"), read((line + end) * (count + 2) + "8pm Ash")

    assert "Ash" in [act.name for act in within.acts]
    assert "too_long" not in [warning.code for warning in within.warnings]
    assert "Ash" not in [act.name for act in beyond.acts]
    assert (beyond.about or "").endswith("8pm Ash")
    assert FlyerWarning("too_long") in beyond.warnings


def test_a_line_that_is_too_long_is_kept_unread_and_the_lines_below_it_are_read() -> None:
    flyer = read("9pm " + "Ash " * READ.line + "\n8pm Beech\n")

    assert [act.name for act in flyer.acts] == ["Beech"]
    assert (flyer.about or "").startswith("9pm Ash Ash")
    assert FlyerWarning("too_long") in flyer.warnings


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]
