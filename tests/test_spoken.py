"""What is said of times, days, ranges and sums: by region, by language, on pages and in texts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.sms_text import measure
from coordinator.spoken import Manner, hours_and_minutes, in_text, masked, on_page, phone
from coordinator.spoken.regions import region

NEW_YORK, LONDON, BERLIN, MADRID = "America/New_York", "Europe/London", "Europe/Berlin", "Europe/Madrid"
MEXICO, SYDNEY = "America/Mexico_City", "Australia/Sydney"
BY_LANGUAGE = ("en", "es")


def at(zone: str, clock: str, day: str = "2026-12-04") -> datetime:
    """The instant at which clocks in the zone show this."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=region(zone).zone).astimezone(UTC)


CLOCKS = [  # zone, language, clock, on a page, in a text
    (NEW_YORK, "en", "20:30", "8:30 PM", "8:30pm"),
    (NEW_YORK, "en", "20:00", "8:00 PM", "8pm"),
    (NEW_YORK, "en", "09:05", "9:05 AM", "9:05am"),
    (NEW_YORK, "en", "12:00", "noon", "noon"),
    (NEW_YORK, "en", "12:15", "12:15 PM", "12:15pm"),
    (NEW_YORK, "en", "00:00", "midnight", "midnight"),
    (NEW_YORK, "en", "00:30", "12:30 AM (Thu night)", "12:30am"),
    (NEW_YORK, "en", "05:00", "5:00 AM", "5am"),
    (NEW_YORK, "es", "20:30", "8:30 p.\xa0m.", "8:30pm"),
    (NEW_YORK, "es", "20:00", "8:00 p.\xa0m.", "8pm"),
    (NEW_YORK, "es", "12:00", "12:00 p.\xa0m.", "12pm"),
    (NEW_YORK, "es", "00:30", "12:30 a.\xa0m. (noche del jue)", "12:30am"),
    (MEXICO, "es", "20:30", "8:30 p.\xa0m.", "8:30pm"),
    (LONDON, "en", "19:30", "7.30pm", "7.30pm"),
    (LONDON, "en", "19:00", "7.00pm", "7pm"),
    (SYDNEY, "en", "19:30", "7:30 pm", "7:30pm"),
    (BERLIN, "en", "19:30", "19:30", "19:30"),
    (BERLIN, "en", "00:30", "00:30 (Thu night)", "00:30"),
    (BERLIN, "en", "12:00", "12:00", "12:00"),
    (MADRID, "es", "20:30", "20:30", "20:30"),
]


@pytest.mark.parametrize(("zone", "language", "clock", "page", "text"), CLOCKS)
def test_a_clock_is_said_as_people_of_the_region_say_it(
    zone: str, language: str, clock: str, page: str, text: str
) -> None:
    instant = at(zone, clock)

    assert (on_page(zone, language).clock(instant), in_text(zone, language).clock(instant)) == (page, text)


RANGES = [
    (NEW_YORK, "en", "20:30", "21:10", "8:30–9:10 PM", "8:30-9:10pm"),
    (NEW_YORK, "en", "20:00", "21:00", "8:00–9:00 PM", "8-9pm"),
    (NEW_YORK, "en", "11:30", "12:15", "11:30 AM–12:15 PM", "11:30am-12:15pm"),
    (NEW_YORK, "en", "11:30", "12:00", "11:30 AM–noon", "11:30am-noon"),
    (NEW_YORK, "en", "12:00", "13:30", "noon–1:30 PM", "noon-1:30pm"),
    (NEW_YORK, "en", "00:30", "01:30", "12:30–1:30 AM (Thu night)", "12:30-1:30am"),
    (NEW_YORK, "es", "20:30", "21:10", "8:30–9:10 p.\xa0m.", "8:30-9:10pm"),
    (LONDON, "en", "19:30", "20:10", "7.30–8.10pm", "7.30-8.10pm"),
    (BERLIN, "en", "19:30", "20:10", "19:30–20:10", "19:30-20:10"),
]


@pytest.mark.parametrize(("zone", "language", "start", "end", "page", "text"), RANGES)
def test_a_range_says_the_half_of_the_day_once_where_it_is_one(
    zone: str, language: str, start: str, end: str, page: str, text: str
) -> None:
    ends = at(zone, start), at(zone, end)

    assert (on_page(zone, language).span(*ends), in_text(zone, language).span(*ends)) == (page, text)


def test_a_range_past_midnight_says_both_halves() -> None:
    evening = at(NEW_YORK, "22:00")

    said = [on_page(NEW_YORK, "en").span(evening, evening + timedelta(hours=hours)) for hours in (2, 3, 24)]

    assert said == ["10:00 PM–midnight", "10:00 PM–1:00 AM", "10:00–10:00 PM"]


DAYS = [  # zone, language, full, short, in a text, full in another year, short in another year
    (NEW_YORK, "en", "Friday, December 4", "Fri, Dec 4", "Fri Dec 4", ", 2026", ", 2026"),
    (NEW_YORK, "es", "viernes 4 de diciembre", "vie 4 de dic", "vie 4 dic", " de 2026", " de 2026"),
    (MEXICO, "es", "viernes 4 de diciembre", "vie 4 de dic", "vie 4 dic", " de 2026", " de 2026"),
    (LONDON, "en", "Friday 4 December", "Fri 4 Dec", "Fri 4 Dec", " 2026", " 2026"),
    (BERLIN, "en", "Friday 4 December", "Fri 4 Dec", "Fri 4 Dec", " 2026", " 2026"),
    (MADRID, "es", "viernes 4 de diciembre", "vie 4 dic", "vie 4 dic", " de 2026", " de 2026"),
]


@pytest.mark.parametrize(("zone", "language", "full", "short", "text", "year", "short_year"), DAYS)
def test_a_day_has_its_year_only_when_that_is_not_this_one(
    zone: str, language: str, full: str, short: str, text: str, year: str, short_year: str
) -> None:
    on, page = date(2026, 12, 4), on_page(zone, language)

    assert [page.day(on), page.day(on, 2026), page.day(on, 2027)] == [full, full, full + year]
    assert [page.day_short(on), page.day_short(on, 2027)] == [short, short + short_year]
    assert in_text(zone, language).day(on) == text


TOLD = [  # language, the clock and day of what is told, the clock and day on which it is told, how the day is said
    ("en", "20:30", "2026-12-04", "09:00", "2026-12-04", "tonight"),
    ("en", "17:00", "2026-12-04", "05:00", "2026-12-04", "tonight"),
    ("en", "16:45", "2026-12-04", "09:00", "2026-12-04", "Fri Dec 4"),  # still the afternoon
    ("en", "20:30", "2026-12-04", "04:59", "2026-12-04", "Fri Dec 4"),  # the night before has not ended
    ("en", "01:15", "2026-12-05", "22:00", "2026-12-04", "tonight"),
    ("en", "01:15", "2026-12-05", "00:30", "2026-12-05", "tonight"),
    ("en", "20:30", "2026-12-04", "20:00", "2026-12-03", "Fri Dec 4"),
    ("es", "20:30", "2026-12-04", "09:00", "2026-12-04", "esta noche"),
    ("es", "18:00", "2026-12-04", "09:00", "2026-12-04", "vie 4 dic"),
    ("es", "01:15", "2026-12-05", "22:00", "2026-12-04", "esta noche"),
]


@pytest.mark.parametrize(("language", "clock", "day", "told_clock", "told_day", "said"), TOLD)
def test_a_text_says_tonight_in_the_evening_of_the_same_show_day(
    language: str, clock: str, day: str, told_clock: str, told_day: str, said: str
) -> None:
    manner = in_text(NEW_YORK, language)

    assert manner.day_told(at(NEW_YORK, clock, day), at(NEW_YORK, told_clock, told_day)) == said


def test_the_day_of_an_instant_is_the_day_where_the_show_is() -> None:
    late = at(NEW_YORK, "22:30")  # in London, and in UTC, it is Saturday

    assert (on_page(NEW_YORK, "en").day(late), on_page(LONDON, "en").day(late)) == (
        "Friday, December 4",
        "Saturday 5 December",
    )


def test_a_text_says_no_accent_that_would_make_three_segments_of_one() -> None:
    assert [in_text(NEW_YORK, "es").day(date(2026, 12, day)) for day in (5, 9)] == ["sab 5 dic", "mié 9 dic"]
    assert on_page(NEW_YORK, "es").day_short(date(2026, 12, 5)) == "sáb 5 de dic"


def test_an_hour_that_the_night_holds_twice_says_which_it_is() -> None:
    first = datetime(2026, 11, 1, 5, 15, tzinfo=UTC)
    second = first + timedelta(hours=1)
    page, text = on_page(NEW_YORK, "en"), in_text(NEW_YORK, "es")

    assert page.clock(first) == "1:15 AM, before the clocks go back"
    assert page.clock(second) == "1:15 AM, after the clocks go back"
    assert page.span(first, second) == "1:15 AM, before the clocks go back – 1:15 AM, after the clocks go back"
    assert text.clock(second) == "1:15am, después de atrasar el reloj"


@pytest.mark.parametrize(
    ("zone", "english", "spanish"),
    [
        (NEW_YORK, "Eastern Time", "hora del Este"),
        ("America/Los_Angeles", "Pacific Time", "hora del Pacífico"),
        ("America/Denver", "Mountain Time", "hora de la Montaña"),
        (BERLIN, "Central European Time", "hora de Europa central"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time", "hora de Buenos Aires"),
        (LONDON, "UK Time", "hora del Reino Unido"),
        ("Pacific/Honolulu", "Hawaii Time", "hora de Hawái"),
        ("Etc/UTC", "UTC", "UTC"),
        ("Etc/Greenwich", "UTC", "UTC"),
        ("Etc/GMT-8", "UTC+8", "UTC+8"),  # their names count the other way
        ("Etc/GMT+5", "UTC-5", "UTC-5"),
    ],
)
def test_a_zone_has_its_usual_name(zone: str, english: str, spanish: str) -> None:
    assert (on_page(zone, "en").zone_name(), on_page(zone, "es").zone_name()) == (english, spanish)


@pytest.mark.parametrize(
    ("zone", "language", "amount", "currency", "page", "text"),
    [
        (NEW_YORK, "en", 10, "USD", "$10", "$10"),
        (NEW_YORK, "en", Decimal("12.50"), "USD", "$12.50", "$12.50"),
        (NEW_YORK, "en", 12345, "USD", "$12,345", "$12,345"),
        (NEW_YORK, "es", Decimal("10.00"), "USD", "$10", "$10"),
        (LONDON, "en", 10, "GBP", "£10", "£10"),
        (BERLIN, "es", Decimal("12.50"), "EUR", "12,50 €", "12.50 EUR"),
        (MEXICO, "es", 200, "MXN", "$200", "$200"),
    ],
)
def test_a_sum_is_said_as_the_region_writes_its_currency(
    zone: str, language: str, amount: Decimal | int, currency: str, page: str, text: str
) -> None:
    said = on_page(zone, language).money(amount, currency), in_text(zone, language).money(amount, currency)

    assert said == (page, text)


def test_a_bare_clock_leaves_the_half_of_the_day_to_stand_beside_it() -> None:
    instant = at(NEW_YORK, "20:00")
    manners = [on_page(NEW_YORK, "en"), on_page(NEW_YORK, "es"), on_page(BERLIN, "en")]

    assert [(says.bare_clock(instant), says.half(instant), says.hour(instant)) for says in manners] == [
        ("8:00", "PM", "8"),
        ("8:00", "p.\xa0m.", "8"),
        ("02:00", "", "2"),
    ]


def test_browsers_are_told_the_language_the_region_and_its_clock() -> None:
    assert [on_page(NEW_YORK, "es").tag, on_page(BERLIN, "en").tag] == ["es-US-u-hc-h12", "en-DE-u-hc-h23"]


def test_a_language_that_we_do_not_speak_is_english() -> None:
    assert on_page(NEW_YORK, "fr").day(date(2026, 12, 4)) == "Friday, December 4"


INSTANTS = st.integers(946684800, 2840140800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 2000 to 2059
TEXTS = st.builds(in_text, st.sampled_from(sorted(available_timezones())), st.sampled_from(BY_LANGUAGE))


@given(says=TEXTS, at=INSTANTS, minutes=st.integers(1, 3000), amount=st.integers(0, 10**6))
def test_nothing_said_in_a_text_costs_more_than_the_basic_alphabet(
    says: Manner, at: datetime, minutes: int, amount: int
) -> None:
    end = at + timedelta(minutes=minutes)
    currencies = ("USD", "EUR", "GBP", "MXN", "INR", "CHF")
    sums = [says.money(Decimal(amount) / 100, currency) for currency in currencies]

    said = [says.clock(at), says.bare_clock(at), says.span(at, end), says.day(at), says.day_short(at, 1999), *sums]

    measured = measure("".join(said))
    assert (measured.encoding, measured.costly) == ("GSM-7", ())


def test_a_length_is_rounded_to_the_minute() -> None:
    assert hours_and_minutes(timedelta(minutes=64, seconds=30)) == (1, 5)
    assert hours_and_minutes(timedelta(minutes=-25)) == (0, 25)


def test_a_length_is_said_in_hours_and_minutes() -> None:
    said = [in_text(NEW_YORK, "en").length(timedelta(minutes=minutes)) for minutes in (0, 45, 60, 150)]

    assert said == ["0 min", "45 min", "1 hour", "2 hours 30 min"]
    assert in_text(NEW_YORK, "es").length(timedelta(minutes=150)) == "2 horas 30 min"


@pytest.mark.parametrize(
    ("phone", "shown"), [("+12125550142", "•••-0142"), ("0142", "•••"), (None, "•••"), ("", "•••")]
)
def test_a_phone_is_known_by_its_last_four_digits(phone: str | None, shown: str) -> None:
    assert masked(phone) == shown


def test_a_number_is_read_out_as_people_near_it_read_it() -> None:
    assert [phone("+12125550142"), phone("+447700900123")] == ["(212) 555-0142", "+44 7700 900123"]
