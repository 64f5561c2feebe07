"""URLs as QR codes."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white that a reader needs around the code


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code to draw: ``path`` is an SVG path in a field ``size`` modules wide and high."""

    path: str
    size: int


def square_of(address: str, *, on_screen: bool = False) -> Square:
    """The URL as a code that can be read with a quarter of it in shadow or torn.

    ``on_screen``: with an eighth, which makes for larger modules, read from farther away.
    """
    code = segno.make(address, error="m" if on_screen else "q", boost_error=False, micro=False)
    rows = [[bool(module) for module in row] for row in code.matrix]
    dark = (
        f"M{column + QUIET} {line + QUIET}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, module in enumerate(row)
        if module
    )
    return Square("".join(dark), len(rows) + 2 * QUIET)
