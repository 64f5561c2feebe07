"""Filling in the words of a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.sms_text import fits_one_segment, plain, segments
from coordinator.core.wording import UnknownPlaceholder, check_words, fill, with_times


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


def test_a_text_that_needs_two_segments_anyway_is_kept_whole_with_what_fits_into_the_second() -> None:
    assert fill("x" * 200, {}) == "x" * 200
    assert fill("x" * 200 + "[ and {act}][{venue}]", {"act": "Ana", "venue": "v" * 200}) == "x" * 200 + " and Ana"


def test_curly_quotes_and_dashes_do_not_double_the_price() -> None:
    assert fill("{act} – now", {"act": "“Noor”"}) == '"Noor" - now'


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("you play on {day} at 8pm", "tonight", "you play tonight at 8pm"),
        ("you play on {day} at 8pm", "Fri Dec 4", "you play on Fri Dec 4 at 8pm"),
        ("8pm[ on {day}].", "tonight", "8pm tonight."),
        ("On {day} you play.", "tonight", "Tonight you play."),
        ("tocas el {day} a las 8pm", "esta noche", "tocas esta noche a las 8pm"),
        ("tu turno del {day} a las 8pm", "esta noche", "tu turno de esta noche a las 8pm"),
        ("tu turno del {day} a las 8pm", "vie 4 dic", "tu turno del vie 4 dic a las 8pm"),
        ("El {day} tocas.", "esta noche", "Esta noche tocas."),
        ("turno, {day}, 8pm", "esta noche", "turno, esta noche, 8pm"),
        ("Depending on tonight, {day}", "tonight", "Depending on tonight, tonight"),  # only what is filled in
    ],
)
def test_a_night_is_led_by_no_word_for_a_date(words: str, day: str, said: str) -> None:
    assert fill(words, {"day": day}) == said


ONE_OCLOCK = [
    ("tocas a las 1:15am", "tocas a la 1:15am"),
    ("a las 1pm, antes a las 12:45pm", "a la 1pm, antes a las 12:45pm"),
    ("desde las 1:05 p.\xa0m.", "desde la 1:05 p.\xa0m."),
    ("a las 01:15", "a la 01:15"),
    ('Desde las <time datetime="x">1:15 a.\xa0m.</time>', 'Desde la <time datetime="x">1:15 a.\xa0m.</time>'),
    ("Las 1:15 anunciadas", "La 1:15 anunciadas"),
    ("a las 10:15pm", "a las 10:15pm"),
    ("a las 11:15", "a las 11:15"),
    ("a las 13:00", "a las 13:00"),
    ("las 1 de dos", "las 1 de dos"),
    ("Salas 1:15pm", "Salas 1:15pm"),
]


@pytest.mark.parametrize(("words", "said"), ONE_OCLOCK)
def test_one_oclock_is_one_hour_in_spanish(words: str, said: str) -> None:
    assert with_times(words) == said
    assert fill("{act}", {"act": words}) == said.replace("\xa0", " ")


ENDS_ONCE = [
    ("Empieza a las 8:30 p.\xa0m..", "Empieza a las 8:30 p.\xa0m."),
    ("A las 8:30 a. m.. Luego", "A las 8:30 a. m. Luego"),
    ("<b>8:30 p.\xa0m.</b>. Y", "<b>8:30 p.\xa0m.</b> Y"),
    ("Hasta las 8:30 p. m...", "Hasta las 8:30 p. m..."),
    ("The Porch Comm.. on", "The Porch Comm.. on"),
]


@pytest.mark.parametrize(("words", "said"), ENDS_ONCE)
def test_a_sentence_that_ends_with_a_spanish_time_ends_once(words: str, said: str) -> None:
    assert with_times(words) == said


def test_unknown_placeholders_are_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownPlaceholder, match=r"^\{nmae\} is not known\. These can be used: \{first_name\}, "):
        check_words("Hi {nmae}")


def test_words_of_a_hundred_thousand_brackets_are_filled_in_and_hang_nobody() -> None:
    assert fill("[x]" * 100_000, {}) == "x" * 160
    assert fill("Go[ {act}]" * 20_000, {"act": "Ana"}).replace(" Ana", "") == "Go" * 20_000


def brute(words: str, values: dict[str, str]) -> str:
    """The rule itself: of all ways to keep the first brackets, the longest that costs no more than none of them."""
    pieces = re.split(r"\[([^\[\]]*)\]", words)

    def said(kept: int) -> str:
        text = "".join(piece for at, piece in enumerate(pieces) if at % 2 == 0 or at // 2 < kept)
        return plain(re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), text).strip())

    least = segments(said(0))
    return next(said(kept) for kept in range(len(pieces) // 2, -1, -1) if segments(said(kept)) == least)


@given(st.lists(st.sampled_from(["Ana on at 8", "[, {venue}]", "[ é]", "[ñ — {act}]", "{act}", " and "]), max_size=40))
def test_as_many_brackets_are_kept_as_fit(pieces: list[str]) -> None:
    values = {"venue": "The Old Chapel", "act": "Los Güeros"}

    assert fill("".join(pieces), values) == brute("".join(pieces), values)


def test_what_is_said_in_texts_only_stands_in_angle_brackets() -> None:
    words = "{act} at {time}? <Reply C to confirm[, {stage}].>[ <If not, X.>]"

    assert fill(words, {"act": "I <3 you", "time": "8pm"}) == "I <3 you at 8pm? Reply C to confirm. If not, X."
