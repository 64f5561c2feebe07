from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from coordinator.web.spoken import bare_clock, clock, day, day_short, day_year, ends, hours_and_minutes, masked, money

EIGHT_THIRTY = datetime(2026, 12, 5, 1, 30, tzinfo=UTC)  # in New York still Friday evening
NEW_YORK = "America/New_York"


@pytest.mark.parametrize(("language", "said"), [("en", "8:30 pm"), ("es", "20:30")])
def test_a_clock_is_read_in_the_zone_of_the_show(language: str, said: str) -> None:
    assert clock(EIGHT_THIRTY, NEW_YORK, language) == said


@pytest.mark.parametrize(("language", "said"), [("en", "8:30"), ("es", "20:30")])
def test_a_bare_clock_leaves_the_half_of_the_day_to_the_reader(language: str, said: str) -> None:
    assert bare_clock(EIGHT_THIRTY, NEW_YORK, language) == said


def test_a_span_names_the_half_of_the_day_once_unless_noon_or_midnight_lies_within() -> None:
    evening = ends(EIGHT_THIRTY, EIGHT_THIRTY + timedelta(minutes=40), NEW_YORK, "en")
    past_midnight = ends(EIGHT_THIRTY, EIGHT_THIRTY + timedelta(hours=4), NEW_YORK, "en")
    whole_day = ends(EIGHT_THIRTY, EIGHT_THIRTY + timedelta(hours=24), NEW_YORK, "en")

    assert evening == ("8:30", "9:10 pm")
    assert past_midnight == ("8:30 pm", "12:30 am")
    assert whole_day == ("8:30", "8:30 pm")


@pytest.mark.parametrize(
    ("language", "long", "short", "with_year"),
    [
        ("en", "Friday 4 December", "Fri 4 Dec", "Friday 4 December 2026"),
        ("es", "viernes 4 de diciembre", "vie 4 dic", "viernes 4 de diciembre de 2026"),
    ],
)
def test_a_day_is_the_day_where_the_show_is(language: str, long: str, short: str, with_year: str) -> None:
    assert day(EIGHT_THIRTY, language, zone=NEW_YORK) == long
    assert day(date(2026, 12, 4), language) == long
    assert day_short(date(2026, 12, 4), language) == short
    assert day_year(date(2026, 12, 4), language) == with_year


def test_an_instant_has_no_day_without_a_zone() -> None:
    with pytest.raises(TypeError):
        day(EIGHT_THIRTY, "en")


def test_a_length_is_rounded_to_the_minute() -> None:
    assert hours_and_minutes(timedelta(minutes=64, seconds=30)) == (1, 5)
    assert hours_and_minutes(timedelta(minutes=-25)) == (0, 25)


@pytest.mark.parametrize(
    ("amount", "language", "said"),
    [(10, "en", "$10"), (Decimal("12.50"), "en", "$12.50"), (Decimal("10.00"), "es", "10 US$")],
)
def test_money_has_cents_only_where_there_are_any(amount: Decimal | int, language: str, said: str) -> None:
    assert money(amount, "USD", language) == said


def test_everything_said_in_english_fits_a_text_without_costly_letters() -> None:
    said = [clock(EIGHT_THIRTY, NEW_YORK, "en"), money(10, "USD", "es"), day_short(EIGHT_THIRTY, "en", zone=NEW_YORK)]

    assert all(words.isascii() for words in said)


@pytest.mark.parametrize(
    ("phone", "shown"), [("+12125550142", "•••-0142"), ("0142", "•••"), (None, "•••"), ("", "•••")]
)
def test_a_phone_is_known_by_its_last_four_digits(phone: str | None, shown: str) -> None:
    assert masked(phone) == shown
