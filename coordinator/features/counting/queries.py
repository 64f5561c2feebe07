"""Each sum as one member may see it: nobody sees what the other counted before both have."""

from dataclasses import dataclass
from enum import StrEnum, auto

from coordinator.money.models import MoneyCount, MoneyEntry


class CountState(StrEnum):
    """What a sum waits for, as one member sees it."""

    YOURS = auto()  # the member is to count it
    OTHERS = auto()  # the member has counted it, somebody else is to
    MISMATCH = auto()
    CONFIRMED = auto()


@dataclass(frozen=True, slots=True)
class CountShown:
    """A sum, with the member's own entry of this round. ``shows_amounts``: whether they may see what was counted."""

    count: MoneyCount
    state: CountState
    own: MoneyEntry | None
    shows_amounts: bool


def shown(count: MoneyCount, member_id: int, *, sees_plan: bool) -> CountShown:
    """The sum for this member. Amounts are for who sees the plan, or counted them, once nobody else is to count."""
    own = next((entry for entry in count.current if entry.coordinator_id == member_id), None)
    state = _state(count, own)
    is_over = state in (CountState.MISMATCH, CountState.CONFIRMED)
    return CountShown(count, state, own, is_over and (sees_plan or own is not None))


def initials_of(name: str) -> str:
    """The first letters of a first and a last name."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


def _state(count: MoneyCount, own: MoneyEntry | None) -> CountState:
    if count.confirmed_at is not None:
        return CountState.CONFIRMED
    if count.is_mismatch:
        return CountState.MISMATCH
    return CountState.OTHERS if own is not None else CountState.YOURS
