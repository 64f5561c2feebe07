import re
from itertools import product

import pytest

from coordinator.web.static import FOLDER

TEXT_ON = [
    *product(("ink", "ink-2", "brand", "bad"), ("paper", "surface", "sunk", "brand-soft")),
    *[(state, f"{state}-soft") for state in ("ok", "wait", "bad")],
    *product(("ink", "ink-2"), ("ok-soft", "wait-soft", "bad-soft")),
    ("brand-ink", "brand"),
    ("brand-ink", "brand-hover"),
    ("lamp-ink", "lamp"),
    ("surface", "bad"),
    ("paper", "ink"),
    ("spot", "curtain"),
    ("spot-2", "curtain"),
    ("gold", "curtain"),
]
EDGE_ON = list(product(("line-strong", "focus"), ("paper", "surface", "sunk")))


def colours(scheme: int) -> dict[str, str]:
    """The colors of the tokens by name, by day (0) or by night (1)."""
    tokens = (FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\);", tokens)
    fixed = re.findall(r"--([\w-]+):\s*(#\w{6});", tokens)
    return {name: both[scheme] for name, *both in pairs} | dict(fixed)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
def test_words_stand_out_from_what_they_are_written_on(scheme: int) -> None:
    colour = colours(scheme)

    dim = {pair: ratio for pair in TEXT_ON if (ratio := contrast(colour[pair[0]], colour[pair[1]])) < 4.5}

    assert dim == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
def test_edges_of_controls_and_the_focus_ring_can_be_seen(scheme: int) -> None:
    colour = colours(scheme)

    faint = {pair: ratio for pair in EDGE_ON if (ratio := contrast(colour[pair[0]], colour[pair[1]])) < 3}

    assert faint == {}


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
