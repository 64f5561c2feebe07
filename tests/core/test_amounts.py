"""Amounts as people type them, in either of the two ways to write thousands and cents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.amounts import MOST, NotAnAmount, Unread, read_amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,240.50", "1240.50"),
        ("1.240,50", "1240.50"),
        ("1240.50", "1240.50"),
        ("1240,5", "1240.50"),
        ("$1,240.50", "1240.50"),
        ("US$ 1,240.50", "1240.50"),
        ("1.240,50 €", "1240.50"),
        ("USD 12", "12.00"),
        ("12 EUR", "12.00"),
        ("1 240,50", "1240.50"),
        ("1\u202f240.50", "1240.50"),
        ("1'240.50", "1240.50"),
        ("12,345,678.90", "12345678.90"),
        ("1.234.567", "1234567.00"),
        ("  7 ", "7.00"),
        ("0", "0.00"),
        ("0.125000", None),
        ("5.10000", "5.10"),
        ("0.500", "0.50"),
    ],
)
def test_both_ways_of_writing_are_read(typed: str, amount: str | None) -> None:
    for mark in ".,":
        if amount is None:
            with pytest.raises(NotAnAmount):
                read_amount(typed, decimals=2, mark=mark)
        else:
            assert read_amount(typed, decimals=2, mark=mark) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "twelve",
        "-5",
        "1,24,0.50",
        "1.240.50",
        "1,240,50",
        "1..5",
        "12.",
        ".5.",
        "NaN",
        "Infinity",
        "1e5",
        "$",
        "5 5",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_amount(typed, decimals=2, mark=".")

    assert refused.value.why is Unread.NO_AMOUNT


def test_a_thousand_is_read_by_the_readers_own_mark() -> None:
    assert read_amount("1,240", decimals=2, mark=".") == Decimal(1240)
    assert read_amount("1.240", decimals=2, mark=",") == Decimal(1240)


@pytest.mark.parametrize(("typed", "mark"), [("1.240", "."), ("1,240", ",")])
def test_what_could_be_two_amounts_is_asked(typed: str, mark: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_amount(typed, decimals=2, mark=mark)

    assert (refused.value.why, refused.value.readings) == (Unread.TWO_READINGS, (Decimal(1240), Decimal("1.240")))


def test_a_currency_has_its_own_decimals() -> None:
    assert read_amount("1.240", decimals=3, mark=".") == Decimal("1.240")
    assert read_amount("1,240", decimals=0, mark=".") == Decimal(1240)
    with pytest.raises(NotAnAmount) as refused:
        read_amount("12.5", decimals=0, mark=".")
    assert refused.value.why is Unread.TOO_FINE


def test_more_than_any_night_raises_is_a_slip() -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_amount("100,000,000", decimals=2, mark=".")

    assert refused.value.why is Unread.TOO_MUCH


@given(st.decimals(0, MOST, places=2), st.sampled_from([".,", ",."]), st.sampled_from(".,"))
def test_what_is_written_either_way_is_read_again(amount: Decimal, marks: str, mark: str) -> None:
    written = f"{amount:,.2f}".translate(str.maketrans(".,", marks))

    assert read_amount(written, decimals=2, mark=mark) == amount


@given(st.text())
def test_anything_else_is_refused_and_never_breaks(typed: str) -> None:
    try:
        amount = read_amount(typed, decimals=2, mark=".")
    except NotAnAmount:
        return
    assert 0 <= amount <= MOST
