"""Words in one language or two."""

import pytest

from coordinator.core.two_languages import as_kept, in_language


@pytest.mark.parametrize(
    ("language", "words", "spanish", "read"),
    [
        ("en", "Door", "Puerta", "Door"),
        ("es", "Door", "Puerta", "Puerta"),
        ("es", "Door", None, "Door"),
        ("es", "Door", "", "Door"),
        ("en", None, "Puerta", "Puerta"),
        ("fr", "Door", "Puerta", "Door"),
        ("en", None, None, None),
    ],
)
def test_everybody_reads_their_own_language_or_the_one_there_is(
    language: str, words: str | None, spanish: str | None, read: str | None
) -> None:
    assert in_language(language, words, spanish) == read


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("Door", "Puerta"), ("Door", "Puerta")),
        (("Door", ""), ("Door", None)),
        (("", "Puerta"), ("Puerta", None)),
        ((None, None), (None, None)),
    ],
)
def test_words_that_were_written_once_stand_in_the_first_column(
    given: tuple[str | None, str | None], kept: tuple[str | None, str | None]
) -> None:
    assert as_kept(*given) == kept
