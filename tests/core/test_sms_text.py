import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.sms_text import (
    Costly,
    Measure,
    cheapened,
    costly_characters,
    fits_one_segment,
    measure,
    plain,
    segments,
)

ANY_TEXT = st.text(st.characters())
TYPED = st.text(st.sampled_from("abc XYZ.,'\"\u2019\u201c\u201d\u2014\u2013\u2026\u00a0\u200b\u0301eé¿ñÍ🎤\r\n\t€"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Measure("GSM-7", 0, 1, 160, ())),
        ("You are on at 8:30.", Measure("GSM-7", 19, 1, 141, ())),
        ("ñ ü é ¿ ¡", Measure("GSM-7", 9, 1, 151, ())),
        ("a" * 160, Measure("GSM-7", 160, 1, 0, ())),
        ("a" * 161, Measure("GSM-7", 161, 2, 145, ())),
        ("a" * 306, Measure("GSM-7", 306, 2, 0, ())),
        ("a" * 307, Measure("GSM-7", 307, 3, 152, ())),
        ("$10, not €10 [10]", Measure("GSM-7", 20, 1, 140, ("€", "[", "]"))),
        ("two\r\nlines", Measure("GSM-7", 10, 1, 150, ())),
        ("SÍ", Measure("UCS-2", 2, 1, 68, ("Í",))),
        ("SÍ\r\n[10]", Measure("UCS-2", 8, 1, 62, ("Í",))),
        ("Josh’s €10, Carlos’s", Measure("UCS-2", 20, 1, 50, ("’",))),
        ("á" * 70, Measure("UCS-2", 70, 1, 0, ("á",))),
        ("á" * 71, Measure("UCS-2", 71, 2, 63, ("á",))),
        ("á" * 134, Measure("UCS-2", 134, 2, 0, ("á",))),
        ("👍🏽👍🏽 on", Measure("UCS-2", 11, 1, 59, ("👍🏽",))),
    ],
)
def test_a_text_is_measured_in_units_and_segments(body: str, expected: Measure) -> None:
    assert measure(body) == expected


def test_a_character_of_two_units_is_not_split_over_two_parts() -> None:
    assert measure("a" * 152 + "€" + "b" * 152) == Measure("GSM-7", 306, 3, 152, ("€",))


def test_a_surrogate_pair_is_not_split_over_two_parts() -> None:
    assert measure("á" * 66 + "🎤" + "á" * 66) == Measure("UCS-2", 134, 3, 66, ("á", "🎤"))


def test_a_family_of_emoji_is_not_split_over_two_parts() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"

    assert measure(family * 7) == Measure("UCS-2", 77, 2, 56, (family,))


def test_a_character_longer_than_a_segment_overfills_the_second_part() -> None:
    tower = "z" + "\u0335" * 70

    assert measure(tower) == Measure("UCS-2", 71, 2, 0, (tower,))


def test_two_halves_of_a_surrogate_pair_are_one_character() -> None:
    assert measure("\ud83c\udfa4") == measure("🎤")


def test_one_text_in_one_segment_fits_and_in_two_does_not() -> None:
    assert [fits_one_segment("a" * 160), fits_one_segment("a" * 161)] == [True, False]


@given(ANY_TEXT)
def test_any_text_can_be_measured_and_its_parts_hold_it(body: str) -> None:
    found = measure(body)

    room = {"GSM-7": 160, "UCS-2": 70}[found.encoding]
    assert found.segments == 1 or found.units > room
    assert found.segments >= 1
    assert 0 <= found.left <= room


@given(st.text(st.sampled_from("ab€[ñ\n"), max_size=700))
def test_a_text_of_the_common_alphabet_costs_each_character_once_or_twice(body: str) -> None:
    found = measure(body)

    assert (found.encoding, found.units) == ("GSM-7", len(body) + body.count("€") + body.count("["))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("“Josh’s set” is ‘now’", "\"Josh's set\" is 'now'"),
        ("8:30–9:15", "8:30-9:15"),
        ("Josh—now at 8:45", "Josh - now at 8:45"),
        ("Josh — now at 8:45", "Josh - now at 8:45"),
        ("Doors… soon", "Doors... soon"),
        ("at\u00a08:30\u202fpm", "at 8:30 pm"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree four"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Jose\u0301, man\u0303ana", "José, mañana"),
        ("Jose\u200b\u0301", "José"),
        ("Ángel e Íñigo 🎤", "Ángel e Íñigo 🎤"),
        ("Already plain.", "Already plain."),
    ],
)
def test_what_a_text_loses_nothing_by_is_made_plain(typed: str, sent: str) -> None:
    assert plain(typed) == sent


def test_a_text_that_would_grow_by_a_segment_stays_as_it_is() -> None:
    assert plain("…" * 70) == "…" * 70


@given(ANY_TEXT | TYPED)
def test_a_plain_text_is_never_dearer_and_stays_plain(body: str) -> None:
    sent = plain(body)

    assert segments(sent) <= segments(body)
    assert plain(sent) == sent


@pytest.mark.parametrize(
    ("body", "costly"),
    [
        ("You are on at 8:30.", ()),
        ("Sí, at 8:30.", ()),  # one segment either way: nothing would be saved
        ("a" * 161, ()),  # only fewer words help
        ("“" + "a" * 80 + "é" + "é\u0300", (Costly("“", '"'), Costly("é\u0300", "e"))),
        ("Aquí está la canción " + "a" * 60, (Costly("í", "i"), Costly("á", "a"), Costly("ó", "o"))),
        ("🎤" + "a" * 90, (Costly("🎤", None),)),
        ("10 €" + "a" * 157, ()),  # EUR is not shorter
        ("[x]" + "a" * 157, (Costly("[", "("), Costly("]", ")"))),
        ("zero\u200bwidth" + "a" * 90, (Costly("\u200b", None),)),
        ("Œuvre ½ " + "a" * 90, (Costly("Œ", None), Costly("½", None))),
    ],
)
def test_costly_characters_are_named_when_changing_them_saves_a_segment(body: str, costly: tuple[Costly, ...]) -> None:
    assert costly_characters(body) == costly


@given(ANY_TEXT)
def test_what_is_named_as_costly_saves_a_segment_when_it_is_changed(body: str) -> None:
    named = costly_characters(body)

    assert bool(named) == (segments(cheapened(body)) < segments(body) and bool(measure(body).costly))
    assert all(each.instead is None or measure(each.instead).encoding == "GSM-7" for each in named)
