"""The only place that reads the wall clock."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=5)  # more than clocks drift between two looks, less than anyone would notice


@dataclass
class _SetOff:
    """``wrong``: what a fault rehearsal adds to this process's clock. ``right``: the correction that undoes a jump."""

    wrong: timedelta = timedelta(0)
    right: timedelta = timedelta(0)


_set_off = _SetOff()


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC) + _set_off.wrong + _set_off.right


def agree_with(other: datetime) -> timedelta:
    """Follow this clock from now on, if ours differs from it by more than JUMP. Returns the correction."""
    differs = other - now()
    if abs(differs) <= JUMP:
        return timedelta(0)
    _set_off.right += differs
    return differs


def be_wrong(by: timedelta) -> None:
    """Make this process's clock wrong, as a machine's may be. Only fault rehearsals call this."""
    _set_off.wrong = by


def go_by_the_machine() -> None:
    """Drop both the rehearsal's offset and the correction: use this machine's own clock again."""
    _set_off.wrong = _set_off.right = timedelta(0)


class Steadiness:
    """How long the clock has run evenly, measured by one that nobody can set: since startup, or since it jumped."""

    def __init__(self) -> None:
        self._since, self._began_at = time.monotonic(), now()

    def __call__(self) -> timedelta:
        passed, at = timedelta(seconds=time.monotonic() - self._since), now()
        if abs(at - self._began_at - passed) > JUMP:
            self._since, self._began_at = time.monotonic(), at
            return timedelta(0)
        return passed
