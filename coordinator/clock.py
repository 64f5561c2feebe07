"""The only place that reads the wall clock."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=5)  # more than clocks drift from one look to the next, less than anybody would notice


@dataclass
class _SetOff:
    """``wrong``: what a rehearsal of misfortunes adds to this process's clock; ``right``: what sets it right again."""

    wrong: timedelta = timedelta(0)
    right: timedelta = timedelta(0)


_set_off = _SetOff()


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC) + _set_off.wrong + _set_off.right


def agree_with(other: datetime) -> timedelta:
    """From now on, go by this clock, if ours differs from it by more than a jump; by how much it was set right."""
    differs = other - now()
    if abs(differs) <= JUMP:
        return timedelta(0)
    _set_off.right += differs
    return differs


def be_wrong(by: timedelta) -> None:
    """Let this process's clock be wrong, as a machine's may be. Only rehearsals of misfortunes do so."""
    _set_off.wrong = by


def go_by_the_machine() -> None:
    """Forget both what a rehearsal added and what was set right: this machine's own clock again."""
    _set_off.wrong = _set_off.right = timedelta(0)


class Steadiness:
    """For how long the clock has run evenly, by one that nobody can set: since the start, or since it jumped."""

    def __init__(self) -> None:
        self._since, self._began_at = time.monotonic(), now()

    def __call__(self) -> timedelta:
        passed, at = timedelta(seconds=time.monotonic() - self._since), now()
        if abs(at - self._began_at - passed) > JUMP:
            self._since, self._began_at = time.monotonic(), at
            return timedelta(0)
        return passed
