"""What a coordinator reads speaks of the person, not to them."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale

from coordinator.core.cover import Objection, Obstacle
from coordinator.shifts.refusals.taking import NoSuchShift, ShiftClashes, refusal_of

SPEAKS_TO_THEM = re.compile(r"\b(you|your|please|choose|elige|tienes|debes|dinos|has|tu|te)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_no_sentence_about_somebody_is_addressed_to_them(app: Flask, obstacle: Obstacle, language: str) -> None:
    refusal = refusal_of(Objection(obstacle, what="Bar", age=18), "Tea")

    with app.test_request_context(), force_locale(language):
        about = refusal.of("Ana Ruiz").replace("Ana Ruiz has told", "")

    assert SPEAKS_TO_THEM.findall(about) == []


@pytest.mark.parametrize(
    ("language", "to_them", "about_them"),
    [
        ("en", "Tea is at the same time as Bar, which you already have.", "Ana Ruiz is on Bar at that time."),
        ("es", None, "Ana Ruiz está en Bar a esa hora."),
    ],
)
def test_a_clash_is_said_to_the_person_and_of_the_person(
    app: Flask, language: str, to_them: str | None, about_them: str
) -> None:
    refusal = ShiftClashes("Tea", "Bar")

    with app.test_request_context(), force_locale(language):
        assert refusal.of("Ana Ruiz") == about_them
        assert to_them in (None, str(refusal))
        assert str(refusal) != refusal.of("Ana Ruiz")


def test_what_concerns_nobody_in_particular_names_nobody(app: Flask) -> None:
    assert NoSuchShift().of("Ana Ruiz") == "That shift was removed."
