"""Periods in which everything fails in one way."""

import time
from dataclasses import dataclass

from tests.faults.stand_in.script import FAULTS, Script

LENGTHS = {"refused": (0.05, 0.1), "outage": (0.1, 0.2), "burst": (0.02, 0.08), "unauthorised": (0.01, 0.03)}
LATE_FROM, LATE_TO = 0.75, 0.9  # an account error pauses sending for long, so it comes late in a run


@dataclass(frozen=True)
class Window:
    """``begins`` and ``ends`` are seconds after the start."""

    name: str
    begins: float
    ends: float


class Windows:
    """Which windows are open when: drawn for every ``stretch`` of seconds, or for the first one ``only``."""

    def __init__(self, script: Script, stretch: float, *, only: bool = False) -> None:
        self.script = script
        self.stretch = stretch
        self.only = only
        self.began = time.monotonic()

    def begin(self) -> None:
        """Start the first stretch now."""
        self.began = time.monotonic()

    def open_now(self) -> str | None:
        """The name of the open window, the first if there are several; None when there is none."""
        return self.open_at(time.monotonic() - self.began)

    def open_at(self, second: float) -> str | None:
        turn = int(second // self.stretch)
        if self.only and turn:
            return None
        return next((window.name for window in self.of_stretch(turn) if window.begins <= second < window.ends), None)

    def of_stretch(self, turn: int) -> list[Window]:
        """The windows of a stretch, highest priority first."""
        names = [name for name in FAULTS if FAULTS[name].kind == "window"]
        return [self._window(name, turn, n) for name in names for n in range(int(self.script.rates.get(name, 0)))]

    def _window(self, name: str, turn: int, n: int) -> Window:
        least, most = LENGTHS[name]
        length = least + (most - least) * self.script.number(name, "length", turn, n)
        first, last = (LATE_FROM, LATE_TO) if name == "unauthorised" else (0.05, 0.95 - length)
        begins = first + (last - first) * self.script.number(name, "begins", turn, n)
        return Window(name, (turn + begins) * self.stretch, (turn + begins + length) * self.stretch)
