"""The PIN in a stage manager's text: found, masked, and what was said beside it."""

import pytest

from coordinator.core.pins import MASK, is_pin, part_pin, without_mask


@pytest.mark.parametrize(
    ("body", "stored", "pin"),
    [
        ("GO 4821", f"GO {MASK}", "4821"),
        (" done, 482193 ", f"done {MASK}", "482193"),
        ("Late 10 4821", f"Late 10 {MASK}", "4821"),
        ("TARDE 15 min 4821.", f"TARDE 15 min {MASK}", "4821"),
        ("GO GARDEN 4821", f"GO GARDEN {MASK}", "4821"),
        ("4821 GO", f"GO {MASK}", "4821"),
        ("deshacer 4821", f"deshacer {MASK}", "4821"),
        ("4821", MASK, "4821"),
        ("GO", "GO", None),
        ("LATE 10", "LATE 10", None),
        ("LATE 120", "LATE 120", None),
        ("GO 123", "GO 123", None),
        ("GO 123456789", "GO 123456789", None),
        ("We go on at 2026", "We go on at 2026", None),
        ("STOP", "STOP", None),
        ("GO ٤٨٢١", "GO ٤٨٢١", None),
    ],
)
def test_a_pin_is_parted_from_what_is_said(body: str, stored: str, pin: str | None) -> None:
    assert part_pin(body) == (stored, pin)
    assert pin is None or pin not in stored


SAID = {f"GO {MASK}": "GO", f"Late 10 {MASK}": "Late 10", "GO": "GO", MASK: MASK}


@pytest.mark.parametrize(("body", "said"), SAID.items())
def test_what_was_said_beside_it_is_read(body: str, said: str) -> None:
    assert without_mask(body) == said


@pytest.mark.parametrize("typed", ["123", "123456789", "12a4", "", "１２３４", "12 34"])
def test_a_pin_has_four_to_eight_digits(typed: str) -> None:
    assert not is_pin(typed)
    assert is_pin("1234")
    assert is_pin("12345678")
