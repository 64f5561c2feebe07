"""A question to swap that ends: answered, taken back, or pointless since one of the two has left."""

from __future__ import annotations

from datetime import datetime

from ..models import Shift, SignUp, Swap
from ..queries import open_swaps
from .telling import take_back, tell


def close_swap(swap: Swap, outcome: str, now: datetime) -> None:
    """It is over: swapped, declined, withdrawn or impossible."""
    swap.closed_at, swap.outcome = now, outcome


def withdraw_question(swap: Swap, outcome: str, now: datetime) -> None:
    """The same, before the other has answered: the question is taken back if it has not left."""
    close_swap(swap, outcome, now)
    take_back("swap-ask", str(swap.id), now)


def close_swaps_of(sign_up: SignUp, now: datetime) -> None:
    """Who was asked has left: the one who asked is told. Who asked has left: the other may answer in vain."""
    for swap in open_swaps([sign_up.id]):
        withdraw_question(swap, "impossible", now)
        if swap.theirs_id == sign_up.id:
            tell_asker("swap-no", swap, swap.mine.shift, now)


def tell_asker(words: str, swap: Swap, shift: Shift, now: datetime) -> None:
    """Tell whoever asked what became of it; ``shift`` is the one that is theirs now."""
    asker, name = swap.mine.person, swap.theirs.person.first_name
    tell(words, shift, asker, now=now, key=str(swap.id), useful_until=shift.starts_at, name=name)
