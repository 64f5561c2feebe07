"""Making the outbox equal what ought to be sent."""

from .composing import house_words
from .holding import hold
from .plan import plan

__all__ = ["hold", "house_words", "plan"]
