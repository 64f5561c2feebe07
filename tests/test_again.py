"""What is tried again after it failed beside all other tests."""

import pytest

from tests.again import to_try_again

PAPER = "tests/browser/test_paper.py::test_a_short_list_is_one_page"
SHOW = "tests/browser/test_show_night.py::test_a_press[dark]"


@pytest.mark.parametrize(
    ("failed", "again"),
    [
        ([SHOW, PAPER], [PAPER, SHOW]),
        ([], []),
        ([PAPER, "tests/core/test_cover.py::test_rest"], []),
        (["tests/browser/test_paper.py"], []),  # a file that could not even be read
        ([f"{SHOW}{number}" for number in range(4)], []),
    ],
)
def test_only_a_few_tests_of_a_browser_are_tried_again(failed: list[str], again: list[str]) -> None:
    assert to_try_again(failed) == again
