"""What an organizer is asked to look at again, and what they are left in peace with."""

from datetime import date

import pytest

from coordinator.core.flyer import Flyer, FlyerWarning, read_flyer


def read(text: str) -> Flyer:
    return read_flyer(text, default_on=date(2027, 5, 1), zone="America/Chicago")


def codes(text: str) -> set[str]:
    return {warning.code for warning in read(text).warnings}


def test_a_flyer_in_good_order_has_no_warnings() -> None:
    assert read("Doors 6pm, curfew 11pm\n7pm-8pm Ash\n8pm-9pm Elm").warnings == ()


def test_a_list_printed_latest_first_is_turned_round_and_said_to_be() -> None:
    flyer = read("10pm Ash\n9pm Elm\n8pm Fir")

    assert [act.name for act in flyer.acts] == ["Fir", "Elm", "Ash"]
    assert flyer.warnings == (FlyerWarning("order_reversed", ("Ash", "Elm", "Fir")),)


@pytest.mark.parametrize(
    "text",
    [
        "Barn:\n8pm Ash\n9pm Elm\n\nTent:\n7pm Fir\n8:30pm Yew",
        "8pm Ash (Barn)\n9pm Elm (Barn)\n7pm Fir (Tent)\n8:30pm Yew (Tent)",
        "10pm Ash\n11pm Elm\n12am Fir",
        "Friday, June 4\n9pm Ash\nSaturday, June 5\n8pm Elm",
        "8pm Ash\n10pm Elm\n9pm Fir\n11pm Yew",
    ],
    ids=["a second stage by heading", "a second stage in brackets", "midnight", "a second day", "one row out of place"],
)
def test_not_every_step_back_is_a_list_turned_round(text: str) -> None:
    assert "order_reversed" not in codes(text)


def test_two_rows_in_one_minute_on_one_stage() -> None:
    assert read("8pm Ash\n8pm Elm\n9pm Fir").warnings == (FlyerWarning("same_time", ("Ash", "Elm")),)


def test_two_stages_may_start_in_one_minute() -> None:
    assert codes("8pm Ash (Barn)\n8pm Elm (Tent)") == set()


def test_the_same_minute_of_two_days_is_not_one() -> None:
    assert codes("Friday, June 4\n8pm Ash\nSaturday, June 5\n8pm Elm") == set()


@pytest.mark.parametrize("last", ["11:15pm Fir", "10:30pm - 11:30pm Fir", "12:15am Fir"])
def test_a_row_past_the_curfew(last: str) -> None:
    assert read(f"8pm Ash\n{last}\nCurfew 11pm").warnings == (FlyerWarning("past_curfew", ("Fir",)),)


@pytest.mark.parametrize("last", ["11pm Fir", "10pm - 11pm Fir", "10:45pm Fir"])
def test_a_row_up_to_the_curfew(last: str) -> None:
    assert codes(f"8pm Ash\n{last}\nCurfew 11pm") == set()


def test_a_curfew_after_midnight_is_later_than_the_evening() -> None:
    assert codes("8pm Ash\n11:30pm Fir\ncurfew 1am") == set()


def test_a_row_stated_to_end_after_the_next_one_starts() -> None:
    assert read("8pm - 9:15pm Ash\n9pm - 10pm Elm").warnings == (FlyerWarning("overlap", ("Ash", "Elm")),)


def test_rows_that_touch_do_not_overlap_nor_do_those_of_two_stages() -> None:
    assert codes("8pm - 9pm Ash\n9pm - 10pm Elm") == set()
    assert codes("8pm - 9:15pm Ash (Barn)\n9pm - 10pm Elm (Tent)") == set()


@pytest.mark.parametrize("text", ["8:00 Ash\n9:00 Elm", "7pm Ash\n8 Elm", "Doors 7\nBands:\nAsh\nElm", "half 8 - Ash"])
def test_an_hour_without_a_half_of_the_day_is_guessed(text: str) -> None:
    assert codes(text) == {"guessed_pm"}


@pytest.mark.parametrize(
    "text",
    [
        "8pm Ash\n9pm Elm",
        "20:00 Ash\n21:30 Elm",
        "6:15 - 6:45 pm Ash",
        "Noon - Ash",
        "19h30 - Ash",
        "9am Ash\n12pm Elm",
        "Ash",
    ],
)
def test_what_is_stated_is_not_guessed(text: str) -> None:
    assert codes(text) == set()


def test_the_guess_names_its_rows() -> None:
    assert read("7pm Ash\n8 Elm\n9:15 Fir").warnings == (FlyerWarning("guessed_pm", ("Elm", "Fir")),)
