"""Recovery codes are read however they are typed."""

import pytest

from coordinator.core.recovery_codes import as_typed, written


def test_a_code_is_written_in_groups_of_four() -> None:
    assert written("7K3MQ9XD2V5C8BTN") == "7K3M-Q9XD-2V5C-8BTN"


@pytest.mark.parametrize(
    "typed",
    ["7K3M-Q9XD-2V1C-8B0N", "7k3mq9xd2v1c8b0n", " 7K3M Q9XD 2VIC 8BON\n", "7K3M-Q9XD-2VlC-8BoN"],
)
def test_a_code_is_read_in_any_case_with_or_without_dashes_and_with_letters_for_digits(typed: str) -> None:
    assert as_typed(typed) == "7K3MQ9XD2V1C8B0N"


@pytest.mark.parametrize(
    "typed", ["", "123456", "7K3M-Q9XD-2V5C-8BT", "7K3M-Q9XD-2V5C-8BTNN", "7K3M-Q9XD-2V5C-8BTU", "ñ" * 16]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert as_typed(typed) is None
