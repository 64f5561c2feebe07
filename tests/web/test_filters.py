from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import render_template_string
from flask_babel import force_locale

from tests.web.conftest import a_small_app

AT = datetime(2026, 12, 5, 1, 30, tzinfo=UTC)


def said(template: str, language: str = "en", **given: Any) -> str:
    with a_small_app().test_request_context("/"), force_locale(language):
        return render_template_string("{{ " + template + " }}", at=AT, zone="America/New_York", **given)


@pytest.mark.parametrize(
    ("template", "english", "spanish"),
    [
        ("at | clock(zone)", "8:30 PM", "8:30 p.\xa0m."),
        ("at | bare_clock(zone)", "8:30", "8:30"),
        ("at | span(later, zone)", "8:30–9:10 PM", "8:30–9:10 p.\xa0m."),
        ("at | day(zone)", "Friday, December 4", "viernes 4 de diciembre"),
        ("at | day_short(zone)", "Fri, Dec 4", "vie 4 de dic"),
        ("at | iso", "2026-12-05T01:30:00Z", "2026-12-05T01:30:00Z"),
        ("at | ago(later)", "40 minutes ago", "hace 40 minutos"),
        ("at | day_year(zone)", "Friday, December 4, 2026", "viernes 4 de diciembre de 2026"),
        ("zone | zone_name", "Eastern Time", "hora del Este"),
        ("zone | browser_manner", "en-US-u-hc-h12", "es-US-u-hc-h12"),
        ("10 | money('USD', zone)", "$10", "$10"),
    ],
)
def test_a_filter_speaks_the_language_of_the_page(template: str, english: str, spanish: str) -> None:
    later = AT + timedelta(minutes=40)

    assert (said(template, later=later), said(template, "es", later=later)) == (english, spanish)


def test_a_year_is_said_where_it_is_not_this_one() -> None:
    next_year = AT + timedelta(days=365)

    assert said("next_year | day(zone)", next_year=next_year) == "Saturday, December 4, 2027"
    assert said("next_year | day_short(zone)", "es", next_year=next_year) == "sáb 4 de dic de 2027"


@pytest.mark.parametrize(
    ("length", "english", "spanish", "short"),
    [
        (timedelta(minutes=25), "25 minutes", "25 minutos", "25 min"),
        (timedelta(minutes=1), "1 minute", "1 minuto", "1 min"),
        (timedelta(minutes=65), "1 hour 5 minutes", "1 hora 5 minutos", "65 min"),
        (timedelta(hours=2), "2 hours", "2 horas", "120 min"),
        (timedelta(0), "0 minutes", "0 minutos", "0 min"),
    ],
)
def test_a_length_is_said_in_hours_and_minutes(length: timedelta, english: str, spanish: str, short: str) -> None:
    assert said("length | minutes", length=length) == english
    assert said("length | minutes", "es", length=length) == spanish
    assert said("length | minutes_short", length=length) == short


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=3, seconds=50), "3 minutes ago"),
        (timedelta(hours=2, minutes=50), "2 hours ago"),
        (timedelta(days=1, hours=3), "1 day ago"),
    ],
)
def test_how_long_ago_is_never_more_exact_than_it_needs_to_be(gone: timedelta, words: str) -> None:
    assert said("at | ago(now)", now=AT + gone) == words
