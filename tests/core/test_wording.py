"""Filling in the words of a text."""

import pytest

from coordinator.core.sms_text import fits_one_segment
from coordinator.core.wording import UnknownPlaceholder, check_words, fill


def test_placeholders_are_filled_in() -> None:
    assert fill("{first_name}, on at {time}.", {"first_name": "Ana", "time": "8:30 pm"}) == "Ana, on at 8:30 pm."


def test_a_bracketed_part_goes_when_what_it_names_is_empty() -> None:
    words = "On at {time}[, {stage}][, {venue}]."

    assert fill(words, {"time": "8:30", "stage": "", "venue": "Hall"}) == "On at 8:30, Hall."


def test_the_last_bracketed_parts_go_first_when_a_second_segment_would_be_needed() -> None:
    words = "{first_name}[, at {venue}][, see {link}]"
    values = {"first_name": "Ana", "venue": "V" * 120, "link": "L" * 60}

    text = fill(words, values)

    assert text == f"Ana, at {'V' * 120}"
    assert fits_one_segment(text)


def test_what_stands_before_and_after_counts_towards_the_segment() -> None:
    text = fill("{first_name}[ {link}]", {"first_name": "Ana", "link": "L" * 150}, before="House: ", after=" STOP")

    assert text == "House: Ana STOP"


def test_a_text_that_needs_two_segments_anyway_is_kept_whole() -> None:
    assert fill("x" * 200, {}) == "x" * 200


def test_curly_quotes_and_dashes_do_not_double_the_price() -> None:
    assert fill("{act} – now", {"act": "“Noor”"}) == '"Noor" - now'


def test_unknown_placeholders_are_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownPlaceholder, match=r"^\{nmae\} is not known\. These can be used: \{first_name\}, "):
        check_words("Hi {nmae}")
