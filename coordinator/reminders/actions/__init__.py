"""Making the outbox equal what ought to be sent."""

from .composing import SENDER, house_words
from .holding import hold
from .plan import plan

__all__ = ["SENDER", "hold", "house_words", "plan"]
