"""The code by the stage door."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.core.cover import WINDOW, door_token, is_door_token, next_door_token_at

SHOWN_AT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)  # the first instant of a window
SECOND = timedelta(seconds=1)


def test_a_code_is_shown_for_half_a_minute_and_then_another() -> None:
    shown = door_token("secret", 1, SHOWN_AT)

    assert door_token("secret", 1, SHOWN_AT + WINDOW - SECOND) == shown
    assert door_token("secret", 1, SHOWN_AT + WINDOW) != shown
    assert next_door_token_at(SHOWN_AT) == next_door_token_at(SHOWN_AT + WINDOW - SECOND) == SHOWN_AT + WINDOW


@pytest.mark.parametrize(
    ("after", "holds"),
    [(0, True), (29, True), (30, True), (89, True), (90, False), (3600, False), (-30, True), (-31, False)],
)
def test_a_code_holds_for_its_own_half_minute_and_the_two_after_it(after: int, holds: bool) -> None:
    token = door_token("secret", 1, SHOWN_AT)

    assert is_door_token("secret", 1, token, SHOWN_AT + after * SECOND) is holds


@pytest.mark.parametrize("token", ["", "abc", "é" * 16, "a" * 16, "a" * 5000])
def test_what_no_door_showed_opens_nothing(token: str) -> None:
    assert not is_door_token("secret", 1, token, SHOWN_AT)


def test_the_code_of_another_show_or_another_house_opens_nothing() -> None:
    assert not is_door_token("secret", 1, door_token("secret", 2, SHOWN_AT), SHOWN_AT)
    assert not is_door_token("secret", 1, door_token("another", 1, SHOWN_AT), SHOWN_AT)


def test_a_code_needs_no_escaping_in_an_address() -> None:
    token = door_token("secret", 1, SHOWN_AT)

    assert (len(token), token.isalnum(), token.isascii(), token.lower()) == (16, True, True, token)
