from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import render_template_string
from flask_babel import force_locale

from tests.web.conftest import a_house

AT = datetime(2026, 12, 5, 1, 30, tzinfo=UTC)


def said(template: str, language: str = "en", **given: Any) -> str:
    with a_house().test_request_context("/"), force_locale(language):
        return render_template_string("{{ " + template + " }}", at=AT, zone="America/New_York", **given)


@pytest.mark.parametrize(
    ("template", "english", "spanish"),
    [
        ("at | clock(zone)", "8:30 pm", "20:30"),
        ("at | bare_clock(zone)", "8:30", "20:30"),
        ("at | span(later, zone)", "8:30 to 9:10 pm", "20:30 a 21:10"),
        ("at | day(zone)", "Friday 4 December", "viernes 4 de diciembre"),
        ("at | day_short(zone)", "Fri 4 Dec", "vie 4 dic"),
        ("at | iso", "2026-12-05T01:30:00Z", "2026-12-05T01:30:00Z"),
        ("at | ago(later)", "40 minutes ago", "hace 40 minutos"),
        ("10 | money('USD')", "$10", "10 US$"),
    ],
)
def test_a_filter_speaks_the_language_of_the_page(template: str, english: str, spanish: str) -> None:
    later = AT + timedelta(minutes=40)

    assert (said(template, later=later), said(template, "es", later=later)) == (english, spanish)


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
