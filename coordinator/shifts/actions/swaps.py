"""The end of a question to trade: answered, withdrawn, or pointless because one of the two has left."""

from datetime import datetime

from ..models import Shift, SignUp, Swap, SwapOutcome
from ..queries.swapping import open_swaps
from .telling import take_back, tell


def close_swap(swap: Swap, outcome: SwapOutcome, now: datetime) -> None:
    """Close it: swapped, declined, withdrawn or impossible."""
    swap.closed_at, swap.outcome = now, outcome


def withdraw_question(swap: Swap, outcome: SwapOutcome, now: datetime) -> None:
    """The same, before the other has answered: the question is withdrawn if it has not gone out."""
    close_swap(swap, outcome, now)
    take_back("swap-ask", str(swap.id), now)


def close_swaps_of(sign_up: SignUp, now: datetime) -> None:
    """If the person asked has left, the one who asked is told.

    If the one who asked has left, an answer has no effect.
    """
    for swap in open_swaps([sign_up.id]):
        withdraw_question(swap, SwapOutcome.IMPOSSIBLE, now)
        if swap.theirs_id == sign_up.id:
            tell_asker("swap-no", swap, swap.mine.shift, now)


def tell_asker(words: str, swap: Swap, shift: Shift, now: datetime) -> None:
    """Tell the one who asked the result; ``shift`` is the one they have now."""
    asker, name = swap.mine.person, swap.theirs.person.first_name
    tell(words, shift, asker, now=now, key=str(swap.id), useful_until=shift.starts_at, name=name)
