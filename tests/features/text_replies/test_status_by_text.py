"""STATUS by text: what is on or should be on each stage, how late it runs, and whether curfew holds."""

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import segments
from coordinator.db import transaction
from coordinator.shownight.actions.pressing import end_set, start_set
from tests.builders import ANight, AStage, a_night, a_slot, a_stage, a_stage_manager, minutes
from tests.playing import Playing, knows_us

SAM = Actor("Sam Stage")


def a_festival(number: int) -> ANight:
    """The first ``number`` stages: Garden misses its curfew, nobody marks Barn, Attic is in time, Cellar was short."""
    stages: list[AStage] = [
        a_stage("Garden stage", [a_slot("Ana Alder", "20:00"), a_slot("Eva Elm", "20:40")], curfew="21:15"),
        a_stage("Barn", [a_slot("Ben Birch", "20:10"), a_slot("Flo Fir", "21:00")]),
        a_stage("Attic", [a_slot("Al Ash", "21:00")]),
        a_stage("Cellar", [a_slot("Cy Cedar", "20:00", minutes=10)]),
    ]
    return a_night(stages=stages[:number])


def status(night: ANight, wall: str, language: str = "en") -> str:
    """The one answer that Sam gets."""
    person = a_stage_manager(night, "Sam Stage")
    with transaction():
        person.language = language
    knows_us(person)
    (said,) = Playing(night.at(wall)).heard_by(person.phone or "", [(night.at(wall), "STATUS")])
    return said


def started(night: ANight, name: str, wall: str) -> None:
    start_set(night.slot(name).id, actor=SAM, now=night.at(wall))


ONE = {
    "en": "Running 20 min late. On: Ana Alder since 8:20pm. Next: Eva Elm at 8:55pm. "
    "Show ends at 9:25pm, 10 min past its 9:15pm curfew.",
    "es": "Vamos 20 min tarde. Ahora: Ana Alder desde las 8:20pm. Sigue: Eva Elm a las 8:55pm. "
    "La funcion termina a las 9:25pm, 10 min después del cierre (9:15pm).",
}
TWO = {
    "en": "Garden stage, 20 min late: Ana Alder on, next Eva Elm 8:55pm, ends 10 min past curfew. "
    "Barn: Ben Birch was due 8:10pm, not marked.",
    "es": "Garden stage, 20 min tarde: Ana Alder, sigue Eva Elm 8:55pm, termina 10 min después del cierre. "
    "Barn: Ben Birch debia empezar 8:10pm, sin marcar.",
}
FOUR = {
    "en": " Attic: next Al Ash 9pm. Cellar: finished.",
    "es": " Attic: sigue Al Ash 9pm. Cellar: terminado.",
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("number", "said"), [(1, ONE), (2, TWO)])
def test_status_says_whose_lateness_what_is_not_marked_and_whether_curfew_holds(
    app: Flask, number: int, said: dict[str, str], language: str
) -> None:
    night = a_festival(number)
    started(night, "Ana Alder", "20:20")

    answer = status(night, "20:22", language)

    assert answer == said[language]
    assert segments(answer) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_status_of_four_stages_names_each(app: Flask, language: str) -> None:
    night = a_festival(4)
    started(night, "Ana Alder", "20:20")
    started(night, "Cy Cedar", "20:00")
    end_set(night.slot("Cy Cedar").id, actor=SAM, now=night.at("20:10"))

    answer = status(night, "20:22", language)

    assert answer.endswith(FOUR[language])
    assert segments(answer) <= 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Ben Birch was due at 8:10pm and isn't marked. Show ends at 9:30pm, curfew 11pm."),
        (
            "es",
            "Ben Birch debia empezar a las 8:10pm y no esta marcado. La funcion termina a las 9:30pm (cierre 11pm).",
        ),
    ],
)
def test_status_says_what_should_be_on_and_is_not_marked(app: Flask, language: str, said: str) -> None:
    night = a_night([a_slot("Ben Birch", "20:10"), a_slot("Flo Fir", "21:00")])

    assert status(night, "20:22", language) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Show ended at 8:20pm."), ("es", "La funcion termino a las 8:20pm.")]
)
def test_status_of_a_show_that_is_over_says_when_it_ended(app: Flask, language: str, said: str) -> None:
    night = a_night([a_slot("Ana Alder", "20:00", minutes=30)])
    started(night, "Ana Alder", "20:00")
    end_set(night.slot("Ana Alder").id, actor=SAM, now=night.at("20:00") + minutes(20))

    assert status(night, "20:40", language) == said
