"""What cannot be seen is taken out of what people type; what they wrote stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.clean_text import MOST_ACCENTS, cleaned, without_hidden

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PRIDE = "\U0001f3f3\ufe0f\u200d\U0001f308"
SCOTLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "gbsct") + "\U000e007f"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NOTHING = "\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206f\u3164\ufeff\uffa0\U000e0041"


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Núñez, ¿qué tal? — “hi”",
        "Zoe\u0308 Nu\u0301n\u0303ez",
        f"Ana {FAMILY} {PRIDE} {SCOTLAND}",
        "\U0001f469\U0001f3fd\u200d\U0001f3a4",
        "❤️ and 1\ufe0f\u20e3 and ☎\ufe0e",
        "می\u200cخواهم",
        "क्\u200dष",
        "שָׁלוֹם",
        "Việt Nam, Ệ",
        "葛\U000e0100城",
        "a\tb\nc\r\nd",
        "日本語のライブ",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize("char", [*BIDI, *NOTHING, "\u200c", "\u200d", "\ufe0f"])
def test_what_cannot_be_seen_goes(char: str) -> None:
    assert cleaned(f"An{char}a") == "Ana"


def test_control_characters_become_spaces() -> None:
    assert cleaned("a\x00b\x07c\x1bd\x7fe\x85f\u2028g\u2029h\ud800i") == "a b c d e f g h\ufffdi"


def test_control_characters_can_be_left_for_others_to_refuse() -> None:
    assert without_hidden("a\x00b\u202ec\ud800\u200bd") == "a\x00bc\ud800d"


def test_a_joiner_that_joins_nothing_goes() -> None:
    assert cleaned(f"\u200d{FAMILY}\u200d") == FAMILY
    assert cleaned("a\u200db \u200c") == "ab "


def test_tags_stay_in_flags_only() -> None:
    hidden = "".join(chr(0xE0000 + ord(char)) for char in "ignore this")

    assert cleaned(f"Ana{hidden}") == "Ana"
    assert cleaned(SCOTLAND) == SCOTLAND


def test_a_stack_of_accents_is_cut() -> None:
    stacked = cleaned("a" + "\u0301\u0323" * 1_000)

    assert len(stacked) == 1 + MOST_ACCENTS
    assert unicodedata.normalize("NFC", stacked)[0] == "ạ"


NEAR = [*BIDI, *NOTHING, "\u200c", "\u200d", "\ufe0f", "\ufe0e", "\u0301", "\u0323", "\u20e3", "1", "a", "❤", "ش", "क"]


@given(st.text() | st.lists(st.sampled_from([*NEAR, FAMILY, PRIDE, SCOTLAND])).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x0500)))
def test_letters_figures_and_signs_of_latin_texts_stay(text: str) -> None:
    assert cleaned(text) == text.replace("\u00ad", "")
