"""Searching by words, as people type them."""

import pytest

from coordinator.core.search_words import is_found, searchable


def test_case_accents_and_extra_spaces_do_not_count() -> None:
    assert searchable("  Ángel   RUIZ ") == "angel ruiz"


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("ruiz", True), ("door angel", True), ("Ángel", True), ("tea", False), ("angel tea", False)],
)
def test_each_word_is_found_somewhere(words: str, found: bool) -> None:
    assert is_found(words, "Ángel Ruiz", "Front door", None) == found
