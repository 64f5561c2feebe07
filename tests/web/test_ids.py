"""Numbers in addresses and forms: what no row can have is no id."""

from pathlib import Path

import pytest

from coordinator.web.ids import LARGEST_ID, an_id

UNBOUNDED = ("type=int", " IntegerField(", "coerce=int")


@pytest.mark.parametrize("written", ["", "x", "-1", "1.5", "٣", "²", str(LARGEST_ID + 1), "9" * 30, "9" * 5_000])
def test_what_no_row_can_have_is_no_id(written: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        an_id(written)


@pytest.mark.parametrize("number", [0, 7, LARGEST_ID])
def test_an_id_is_read(number: int) -> None:
    assert an_id(str(number)) == number


def test_no_number_of_a_request_is_read_without_a_bound() -> None:
    files = Path("coordinator").rglob("*.py")
    found = [(str(file), word) for file in files for word in UNBOUNDED if word in file.read_text(encoding="utf-8")]

    assert found == []
