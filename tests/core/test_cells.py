"""What people write into the cells of a table."""

from coordinator.core.cells import read_language, read_yes


def test_yes_and_no_and_neither() -> None:
    assert [read_yes(word) for word in ("Yes", "x", "SÍ", "si", "1", "TRUE", "")] == [True] * 6 + [False]
    assert [read_yes(word) for word in ("no", "0", "false", "maybe", "?")] == [False, False, False, None, None]


def test_languages_by_their_names() -> None:
    assert [read_language(word) for word in ("en", "English", "inglés", "ES", "Español", "fr", "")] == [
        "en",
        "en",
        "en",
        "es",
        "es",
        None,
        None,
    ]
