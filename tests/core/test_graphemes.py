import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.graphemes import clusters

ZWJ = "\u200d"


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "o\u0302\u0323",
        "1\ufe0f\u20e3",
        "👍🏽",
        "☝\ufe0f🏽",
        "🇺🇸",
        f"👩{ZWJ}🚒",
        f"👨{ZWJ}👩{ZWJ}👧{ZWJ}👦",
        f"👩🏿{ZWJ}🎤",
        "각",
        "\u1100\u1161\u11a8",
        "가\u11a8",
        "개\u1161",
        "षि",
        "\u0600ا",
        "\r\n",
    ],
)
def test_what_reads_as_one_character_stays_whole(cluster: str) -> None:
    assert clusters(f"a{cluster}z") == ["a", cluster, "z"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("OK", ["O", "K"]),
        ("\n\u0301", ["\n", "\u0301"]),
        ("🇺🇸🇲🇽", ["🇺🇸", "🇲🇽"]),
        ("각가", ["각", "가"]),
        ("각\u1161", ["각", "\u1161"]),
        ("👍👍", ["👍", "👍"]),
        ("\ud83d\u0301", ["\ud83d", "\u0301"]),
    ],
)
def test_what_reads_as_two_characters_is_cut(text: str, cut: list[str]) -> None:
    assert clusters(text) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("🇺🇸\ufe0f\ufe0f", ["🇺🇸\ufe0f", "\ufe0f"]),
        ("🏃\ufe0f\ufe0f🏽", ["🏃\ufe0f\ufe0f", "🏽"]),
    ],
)
def test_where_the_calculator_departs_from_unicode_we_depart_with_it(text: str, cut: list[str]) -> None:
    assert clusters(text) == cut


@given(st.text(st.characters()))
def test_nothing_is_lost_by_cutting(text: str) -> None:
    assert "".join(clusters(text)) == text
