"""How much is raised, for everybody to see, with a code to give."""

from decimal import Decimal

import pytest

from coordinator.db import transaction
from coordinator.features.boards.queries.goal import Goal
from coordinator.money.actions import Money, count_money
from coordinator.money.models import MoneyKind
from tests.builders import ANight
from tests.features.boards.conftest import SAM, Opened
from tests.reading import words

GOAL = "/e/justice-in-motion/goal"


def raised(night: ANight, amount: str) -> None:
    money = Money(MoneyKind.ONLINE, counters=1)
    count_money(night.event, money, Decimal(amount), "SS", actor=SAM, now=night.at("20:00"))


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ([], "$0 of $2,000 0% of the goal For Justice in Motion"),
        (["740", "500.50"], "$1,240.50 of $2,000 62% of the goal For Justice in Motion"),
        (["2100"], "$2,100 Goal of $2,000 reached 100% of the goal For Justice in Motion"),
    ],
)
def test_it_says_what_is_confirmed_of_how_much(opened: Opened, night: ANight, sums: list[str], said: str) -> None:
    with transaction():
        night.event.donation_goal = Decimal(2000)
    for amount in sums:
        raised(night, amount)

    assert said in words(opened(GOAL, "20:20"))


def test_without_a_goal_it_says_what_is_raised_and_without_a_sum_whom_it_is_for(opened: Opened, night: ANight) -> None:
    nothing = words(opened(GOAL, "20:20"))
    raised(night, "300")

    assert "8:20 PM For Justice in Motion" in nothing
    assert "$300 raised so far For Justice in Motion" in words(opened(GOAL, "20:20"))


def test_a_code_leads_to_where_one_gives(opened: Opened, night: ANight) -> None:
    without = opened(GOAL, "20:20").text
    with transaction():
        night.event.donation_url = "https://give.example/justice"

    assert "Scan to give" not in without
    assert "Scan to give" in opened(GOAL, "20:20").text


def test_the_percentage_is_whole_and_never_more_than_all() -> None:
    found = [
        Goal(Decimal(raised), goal).percent
        for raised, goal in ((0, None), (1999, Decimal(2000)), (3000, Decimal(2000)))
    ]

    assert found == [0, 99, 100]
