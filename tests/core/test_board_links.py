"""The secret part of a board's link."""

import re

from coordinator.core.board_links import BoardLinks

LINKS = BoardLinks("a secret of sixty-four characters")


def test_a_key_can_be_typed_on_a_television() -> None:
    key = LINKS.key(7)

    assert re.fullmatch("([0-9a-hjkmnp-tv-z]{4}-){2}[0-9a-hjkmnp-tv-z]{4}", key)
    assert LINKS.opens(key, 7)
    assert LINKS.opens(key.upper().replace("-", " ").replace("0", "O").replace("1", "l"), 7)


def test_no_other_key_and_no_other_secret_opens_it() -> None:
    assert not LINKS.opens(LINKS.key(8), 7)
    assert not LINKS.opens(BoardLinks("another").key(7), 7)
    assert not LINKS.opens("", 7)
    assert not LINKS.opens("ключ", 7)


def test_keys_do_not_repeat() -> None:
    assert len({LINKS.key(number) for number in range(2000)}) == 2000
