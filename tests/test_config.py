"""Settings that say how fast a sender's line is, and what a segment costs."""

from decimal import Decimal
from pathlib import Path

import pytest

from config import Settings, WrongSettings

TWILIO = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "a token", "TWILIO_FROM": "+12125550100"}


def settings_of(folder: Path, **environ: str) -> Settings:
    return Settings.from_env({"INSTANCE_PATH": str(folder), "SECRET_KEY": "x", **environ})


@pytest.mark.parametrize(("written", "pace"), [("", 0.0), ("0", 0.0), ("1", 1.0), ("0.1", 0.1), ("1000", 1000.0)])
def test_a_line_carries_as_many_segments_a_second_as_is_written(tmp_path: Path, written: str, pace: float) -> None:
    twilio = settings_of(tmp_path, **TWILIO, TWILIO_SEGMENTS_PER_SECOND=written).twilio

    assert twilio is not None
    assert twilio.segments_per_second == pace


@pytest.mark.parametrize("written", ["fast", "-1", "0.05", "1001", "nan", "inf"])
def test_a_pace_that_no_line_has_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, **TWILIO, TWILIO_SEGMENTS_PER_SECOND=written)

    assert refusal.value.problems == (
        f"TWILIO_SEGMENTS_PER_SECOND is {written!r}; it must be 0, or a number from 0.1 to 1000.",
    )


def test_a_pace_alone_does_not_ask_for_the_phone_network(tmp_path: Path) -> None:
    assert settings_of(tmp_path, TWILIO_SEGMENTS_PER_SECOND="1").twilio is None


@pytest.mark.parametrize(
    ("written", "price"), [("", None), ("0", Decimal(0)), ("0.0083", Decimal("0.0083")), ("100", Decimal(100))]
)
def test_a_segment_costs_what_is_written_or_nobody_knows(tmp_path: Path, written: str, price: Decimal | None) -> None:
    settings = settings_of(tmp_path, PRICE_PER_SEGMENT=written)

    assert (settings.price_per_segment, settings.price_currency) == (price, "USD")


@pytest.mark.parametrize("written", ["cheap", "-0.01", "100.01", "nan", "inf", "0,01", "$1"])
def test_a_price_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, PRICE_PER_SEGMENT=written)

    assert refusal.value.problems == (
        f"PRICE_PER_SEGMENT is {written!r}; it must be a price from 0 to 100 such as 0.0083, or empty.",
    )


@pytest.mark.parametrize("written", ["usd", "dollars", "XXQ", "$"])
def test_a_currency_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WrongSettings) as refusal:
        settings_of(tmp_path, PRICE_CURRENCY=written)

    assert refusal.value.problems == (
        f"PRICE_CURRENCY is {written!r}; it must be a currency's three letters such as USD or EUR.",
    )
