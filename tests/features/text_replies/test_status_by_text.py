"""STATUS by text: what is on or should be on each stage, how late it runs, what is on hold, whether curfew holds."""

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import segments
from coordinator.db import transaction
from coordinator.shownight.actions.holding import hold_stage
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


HELD = {
    ("weather", 1, "en"): "On hold since 7:50pm: bad weather. Next: Ana Alder.",
    ("weather", 1, "es"): "En pausa desde las 7:50pm: mal tiempo. Sigue: Ana Alder.",
    ("weather", 2, "en"): "Garden stage on hold since 7:50pm: bad weather. Barn: Ben Birch was due 8:10pm, not marked.",
    ("weather", 2, "es"): "Garden stage en pausa desde 7:50pm: mal tiempo. "
    "Barn: Ben Birch debia empezar 8:10pm, sin marcar.",
    ("the power is out in the whole street", 1, "en"): "On hold since 7:50pm: the power is out in the whol... "
    "Next: Ana Alder.",
}


@pytest.mark.parametrize(("reason", "number", "language"), HELD)
def test_status_of_a_stage_on_hold_says_since_when_and_why(app: Flask, reason: str, number: int, language: str) -> None:
    night = a_festival(number)
    hold_stage(night.slot("Ana Alder").stage_id, reason, actor=SAM, now=night.at("19:50"))

    answer = status(night, "20:22", language)

    assert answer == HELD[reason, number, language]
    assert segments(answer) == 1


def test_status_of_a_hold_in_the_middle_of_a_set_says_what_is_on(app: Flask) -> None:
    night = a_festival(1)
    started(night, "Ana Alder", "20:00")
    hold_stage(night.slot("Ana Alder").stage_id, "medical", actor=SAM, now=night.at("20:05"))

    said = "On hold since 8:05pm: medical emergency. Next: Eva Elm. On: Ana Alder since 8pm."

    assert status(night, "20:22") == said


@pytest.mark.parametrize(
    ("held", "said"),
    [("19:50", "Ana Alder is now at"), ("20:06", "Nothing marked since 8pm. What's on now?")],
)
def test_late_asks_what_is_on_only_if_a_start_was_missing_before_the_hold(app: Flask, held: str, said: str) -> None:
    night = a_festival(1)
    person = a_stage_manager(night, "Sam Stage")
    knows_us(person)
    hold_stage(night.slot("Ana Alder").stage_id, "lightning", actor=SAM, now=night.at(held))

    (answer,) = Playing(night.at("20:22")).heard_by(person.phone or "", [(night.at("20:22"), "LATE 30")])

    assert answer.startswith(said)
